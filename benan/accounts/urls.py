"""Addresses of accounts, roles, ways in and duty numbers."""

from django.urls import path

from benan.accounts.views import confirming, entering, numbers, people

app_name = "accounts"
urlpatterns = [
    path("vao/<str:secret>/", entering.enter, name="enter"),
    path("tai-khoan/", people.listing, name="people"),
    path("tai-khoan/vai-tro/", people.all_roles, name="roles"),
    path("tai-khoan/<str:username>/", people.show, name="person"),
    path("tai-khoan/<str:username>/giao/<slug:role>/", people.grant, name="grant"),
    path("tai-khoan/<str:username>/thoi/<int:pk>/", people.end, name="end"),
    path("tai-khoan/<str:username>/duong-dan/", people.link, name="link"),
    path("tai-khoan/<str:username>/ho-ten/", people.rename, name="rename"),
    path("tai-khoan/<str:username>/ngung/", people.stop, name="stop"),
    path("tai-khoan/<str:username>/mo-lai/", people.reopen, name="reopen"),
    path("tai-khoan/<str:username>/mo-khoa/", people.lift, name="lift"),
    path("xac-nhan/", confirming.confirmations, name="confirmations"),
    path("xac-nhan/<int:pk>/", confirming.confirm_role, name="confirm"),
    path("xac-nhan/thoi/<int:pk>/", confirming.agree, name="agree"),
    path("xac-nhan/thoi/<int:pk>/khong-dong-y/", confirming.decline, name="decline"),
    path("xac-nhan/thoi/<int:pk>/rut/", confirming.withdraw, name="withdraw"),
    path("xac-nhan/mat-dien-thoai/<str:username>/", confirming.restore, name="restore"),
    path("so-truc/", numbers.listing, name="numbers"),
    path("so-truc/them/", numbers.add, name="add_number"),
    path("so-truc/<int:pk>/thoi/", numbers.end, name="end_number"),
]
