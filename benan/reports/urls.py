"""Addresses of the reports of a period."""

from django.urls import path

from benan.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.report, name="report"),
    path("tai/", views.report_docx, name="report_docx"),
]
