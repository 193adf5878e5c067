"""Addresses of plans: each carries its plan, so that no link leads into another."""

from django.urls import path

from benan.plan import views
from benan.plan.views import work

app_name = "plan"
urlpatterns = [
    path("", views.home, name="home"),
    path("<plan:slug>/", views.overview, name="overview"),
    path("<plan:slug>/chi-tieu/<clause:number>/", views.indicator, name="indicator"),
    path("<plan:slug>/muc/", views.clauses, name="clauses"),
    path("<plan:slug>/muc/<clause:number>/", views.clause, name="clause"),
    path("<plan:slug>/muc/<clause:number>/tien-do/<slug:agency>/tep/", work.progress, name="progress"),
    path("<plan:slug>/muc/<clause:number>/so-lieu/<slug:agency>/", work.typed_figure, name="typed_figure"),
    path("<plan:slug>/don-vi/", views.agencies, name="agencies"),
    path("<plan:slug>/don-vi/<slug:agency>/", views.agency, name="agency"),
    path("<plan:slug>/thoi-gian/", views.timeline, name="timeline"),
    path("<plan:slug>/xu-huong/", views.trend, name="trends"),
    path("<plan:slug>/dia-ban/", views.areas, name="areas"),
    path("<plan:slug>/dia-ban/<int:pk>/", work.end_area, name="end_area"),
]
