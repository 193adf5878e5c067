"""Addresses of the plan, its indicators and clauses, and its reports."""

from django.urls import path, re_path

from benan.reports import views

app_name = "reports"
NUMBER = r"(?P<number>[IVX]+(?:\.\w{1,2}){1,3})"  # of a clause: II.2.đ, VI.3
urlpatterns = [
    path("", views.plan, name="plan"),
    re_path(rf"^chi-tieu/{NUMBER}/$", views.indicator, name="indicator"),
    path("muc/", views.clauses, name="clauses"),
    re_path(rf"^muc/{NUMBER}/$", views.clause, name="clause"),
    path("bao-cao/", views.report, name="report"),
    path("bao-cao/tai/", views.report_docx, name="report_docx"),
]
