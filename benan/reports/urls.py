"""Addresses of reports; each carries its plan."""

from django.urls import path

from benan.reports import views

app_name = "reports"
urlpatterns = [
    path("bao-cao/", views.home, name="home"),
    path("ke-hoach/<plan:slug>/bao-cao/", views.report, name="report"),
    path("ke-hoach/<plan:slug>/bao-cao/tai/", views.report_docx, name="report_docx"),
]
