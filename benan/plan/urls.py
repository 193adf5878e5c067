"""Addresses of the plan, its indicators and its clauses."""

from django.urls import path

from benan.plan import views

app_name = "plan"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("chi-tieu/<clause:number>/", views.indicator, name="indicator"),
    path("muc/", views.clauses, name="clauses"),
    path("muc/<clause:number>/", views.clause, name="clause"),
]
