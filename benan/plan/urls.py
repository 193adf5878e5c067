"""Addresses of plans: each carries its plan, so that no link leads into another."""

from django.urls import include, path

from benan.plan import views
from benan.plan.views import agency_plans, carrying, plan_files, work

app_name = "plan"
AGENCY_PLAN = [
    path("", agency_plans.agency_plan, name="agency_plan"),
    path("lap/", agency_plans.draft, name="draft_agency_plan"),
    path("hoat-dong/", agency_plans.add_activity, name="add_activity"),
    path("hoat-dong/<int:pk>/", agency_plans.change_activity, name="change_activity"),
    path("hoat-dong/<int:pk>/bo/", agency_plans.remove_activity, name="remove_activity"),
    path("trinh/", agency_plans.put_before_head, name="put_agency_plan"),
    path("duyet/", agency_plans.approve, name="approve_agency_plan"),
    path("tra-lai/", agency_plans.send_back, name="return_agency_plan"),
    path("thay/", agency_plans.replace, name="replace_agency_plan"),
    path("van-ban/", agency_plans.paper, name="paper_of_agency_plan"),
]
urlpatterns = [
    path("", views.home, name="home"),
    path("tat-ca/", plan_files.every, name="every"),
    path("nap/tep/", plan_files.load, name="load"),
    path("nap/xac-nhan/", plan_files.confirm, name="confirm_load"),
    path("<plan:slug>/sao-chep/", plan_files.next_plan, name="next_plan"),
    path("<plan:slug>/so-sanh/", plan_files.compare, name="compare"),
    path("<plan:slug>/so-sanh/<plan:other>/", plan_files.compare, name="compare_with"),
    path("<plan:slug>/chuyen-tiep/", carrying.carry, name="carry"),
    path("<plan:slug>/chuyen-tiep/<clause:number>/", carrying.carry_clause, name="carry_clause"),
    path("<plan:slug>/", views.overview, name="overview"),
    path("<plan:slug>/chi-tieu/<clause:number>/", views.indicator, name="indicator"),
    path("<plan:slug>/so-dem/<slug:count>/", views.count, name="count"),
    path("<plan:slug>/muc/", views.clauses, name="clauses"),
    path("<plan:slug>/muc/<clause:number>/", views.clause, name="clause"),
    path("<plan:slug>/muc/<clause:number>/tien-do/<slug:agency>/tep/", work.progress, name="progress"),
    path("<plan:slug>/muc/<clause:number>/so-lieu/<slug:agency>/", work.typed_figure, name="typed_figure"),
    path("<plan:slug>/don-vi/", views.agencies, name="agencies"),
    path("<plan:slug>/don-vi/<slug:agency>/", views.agency, name="agency"),
    path("<plan:slug>/don-vi/<slug:agency>/ke-hoach/<plan_year:year>/", include(AGENCY_PLAN)),
    path("<plan:slug>/ke-hoach-don-vi/", agency_plans.everybody, name="agency_plans"),
    path("<plan:slug>/ke-hoach-don-vi/<plan_year:year>/", agency_plans.everybody, name="agency_plans_of_year"),
    path("<plan:slug>/thoi-gian/", views.timeline, name="timeline"),
    path("<plan:slug>/xu-huong/", views.trend, name="trends"),
    path("<plan:slug>/dia-ban/", views.areas, name="areas"),
    path("<plan:slug>/dia-ban/<int:pk>/", work.end_area, name="end_area"),
]
