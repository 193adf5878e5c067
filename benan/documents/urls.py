"""Addresses of stored files and of the registers of papers."""

from django.urls import path

from benan.documents import views

app_name = "documents"
urlpatterns = [
    path("tep/<str:key>/", views.download, name="download"),
    path("so-van-ban/", views.register, name="register"),
    path("so-van-ban/van-ban-di/tep/", views.outgoing, name="outgoing"),
    path("so-van-ban/van-ban-den/tep/", views.incoming, name="incoming"),
    path("so-van-ban/<int:paper>/tep/", views.scan, name="scan"),
    path("so-van-ban/<int:paper>/gach/", views.cancel, name="cancel"),
]
