"""Addresses of protection."""

from django.urls import path

from benan.cases.views.acts import page_of_group
from benan.protection import views
from benan.protection.procedure import GROUP

app_name = "protection"
urlpatterns = [
    path("bao-nguy/<int:notice>/", views.notice, name="notice"),
    path("ho-so/<code:code>/bao-ve/", views.overview, name="overview"),
    path("ho-so/<code:code>/bao-ve/<slug:slug>/", page_of_group(GROUP), name="act"),
]
