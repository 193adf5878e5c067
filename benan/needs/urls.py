"""Addresses of needs."""

from django.urls import path

from benan.cases.views.acts import page_of_act, page_of_group
from benan.needs import views
from benan.needs.kinds import APPLIED
from benan.needs.procedure import GROUP

app_name = "needs"
urlpatterns = [
    path("ho-so/<code:code>/tiep-nhan/da-trao/", views.given, name="given"),
    path("ho-so/<code:code>/nhu-cau/", views.overview, name="overview"),
    path("ho-so/<code:code>/nhu-cau/dieu-da-biet/<str:name>/", views.fact, name="fact"),
    path("ho-so/<code:code>/nhu-cau/don-de-nghi/", page_of_act(GROUP, APPLIED), name="apply"),
    path("ho-so/<code:code>/nhu-cau/don-de-nghi/<slug:slug>/", page_of_group(GROUP), name="application"),
    path("ho-so/<code:code>/nhu-cau/<int:need>/", views.provide, name="provide"),
    path("ho-so/<code:code>/ho-tro/<int:provision>/rut/", views.take_back, name="take_back"),
]
