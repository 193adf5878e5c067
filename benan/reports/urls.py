"""Addresses of the plan, its indicators and clauses, and its reports."""

from django.urls import path

from benan.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.plan, name="plan"),
    path("chi-tieu/<clause:number>/", views.indicator, name="indicator"),
    path("muc/", views.clauses, name="clauses"),
    path("muc/<clause:number>/", views.clause, name="clause"),
    path("bao-cao/", views.report, name="report"),
    path("bao-cao/tai/", views.report_docx, name="report_docx"),
]
