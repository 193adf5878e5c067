"""Every address of the program. Addresses carry codes, never names."""

from django.urls import include, path, register_converter

from benan.cases.converters import CaseCode
from benan.plan.converters import ClauseNumber, PlanSlug, PlanYear

register_converter(CaseCode, "code")
register_converter(ClauseNumber, "clause")
register_converter(PlanSlug, "plan")
register_converter(PlanYear, "plan_year")

urlpatterns = [
    path("", include("benan.shell.urls")),
    path("", include("benan.documents.urls")),
    path("", include("benan.cases.urls")),
    path("", include("benan.verification.urls")),
    path("", include("benan.needs.urls")),
    path("", include("benan.protection.urls")),
    path("", include("benan.support.urls")),
    path("", include("benan.reports.urls")),
    path("ke-hoach/", include("benan.plan.urls")),
    path("", include("benan.notices.urls")),
    path("luat/", include("benan.rules.urls")),
    path("", include("benan.accounts.urls")),
    path("cua/", include("benan.accounts.entrance")),
]

handler403 = "benan.accounts.views.kept.forbidden"
handler404 = "benan.accounts.views.kept.not_found"
handler500 = "benan.ui.views.server_error"
