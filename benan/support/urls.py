"""Addresses of support."""

from django.urls import path

from benan.cases.views.acts import page_of_group
from benan.support import views
from benan.support.procedure import GROUP

app_name = "support"
urlpatterns = [
    path("chuyen-tuyen/", views.referrals, name="referrals"),
    path("ho-so/<code:code>/tiep-nhan/an-toan/", views.screening, name="screening"),
    path("ho-so/<code:code>/nhu-cau/danh-gia/", views.assess, name="assess"),
    path("ho-so/<code:code>/ve-nha/", views.reintegration, name="reintegration"),
    path("ho-so/<code:code>/ve-nha/<slug:slug>/", page_of_group(GROUP), name="act"),
    path("ho-so/<code:code>/chuyen-tuyen/<int:referral>/<slug:act>/", views.answer, name="referral"),
    path("chuong-trinh/", views.programmes, name="programmes"),
    path("ho-so/<code:code>/chuong-trinh/", views.join_programme, name="join_programme"),
    path("ho-so/<code:code>/chuong-trinh/<int:enrolment>/ket-thuc/", views.end_programme, name="end_programme"),
    path("ho-so/<code:code>/chuong-trinh/<int:enrolment>/rut/", views.take_programme_back, name="take_programme_back"),
    path("ho-so/<code:code>/tham/<int:visit>/", views.visit, name="visit"),
]
