"""Addresses of reports; each carries its plan. The newest return of an agency, or "tong-hop", stands under its period."""

from django.urls import path

from benan.reports import views
from benan.reports.views import official, papers, periods, returns

app_name = "reports"
PLAN = "ke-hoach/<plan:slug>/bao-cao/"
RETURN = f"{PLAN}<slug:period>/<slug:agency>/"
TEMPLATE = "ke-hoach/<plan:slug>/mau-bao-cao/<slug:form>/<slug:agency>/"
urlpatterns = [
    path("bao-cao/", views.home, name="home"),
    path(PLAN, periods.periods, name="periods"),
    path(f"{PLAN}so-lieu/", views.report, name="report"),
    path(f"{PLAN}so-lieu/tai/", views.report_docx, name="report_docx"),
    path(f"{PLAN}mo/", periods.open_on_request, name="open_on_request"),
    path(f"{PLAN}mo/theo-ke-hoach/", periods.open_by_rule, name="open_by_rule"),
    path(f"{PLAN}<slug:period>/", periods.period, name="period"),
    path(f"{PLAN}<slug:period>/lap-tong-hop/", periods.consolidate, name="consolidate"),
    path(RETURN, returns.ret, name="return"),
    path(f"{RETURN}lan-<int:number>/", returns.earlier, name="earlier"),
    path(f"{RETURN}trinh/", returns.before_head, name="before_head"),
    path(f"{RETURN}nop/", returns.submit_return, name="submit"),
    path(f"{RETURN}chuyen-lai/", returns.give_back, name="give_back"),
    path(f"{RETURN}tinh-lai/", returns.refresh, name="refresh"),
    path(f"{RETURN}nhan/", returns.accept, name="accept"),
    path(f"{RETURN}tra-lai/", returns.send_back, name="send_back"),
    path(f"{RETURN}thay-the/", returns.replace, name="replace"),
    path(f"{RETURN}van-ban/tep/", returns.paper, name="paper"),
    path(f"{RETURN}vao-so/", returns.arrival, name="arrival"),
    path(f"{RETURN}tai-docx/", papers.docx, name="download_docx"),
    path(f"{RETURN}tai-xlsx/", papers.xlsx, name="download_xlsx"),
    path(f"{RETURN}tai-phieu-trinh/", papers.note, name="download_note"),
    path(f"{RETURN}tai-mau-rieng/", papers.own, name="download_own"),
    path(f"{TEMPLATE}tep/", papers.office_template, name="office_template"),
    path(f"{TEMPLATE}khoi-dau/", papers.start, name="template_start"),
    path(f"{TEMPLATE}dang-dung/", papers.used, name="template_used"),
    path(f"{TEMPLATE}bo/", papers.drop, name="template_drop"),
    path("bieu-thong-ke/", official.home, name="official_home"),
    path("bieu-thong-ke/<int:year>/", official.official, name="official"),
    path("bieu-thong-ke/<int:year>/<slug:table>/", official.table, name="official_table"),
    path("bieu-thong-ke/<int:year>/<slug:table>/tai-docx/", official.docx, name="official_docx"),
    path("bieu-thong-ke/<int:year>/<slug:table>/tai-xlsx/", official.xlsx, name="official_xlsx"),
]
