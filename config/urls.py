"""Every address of the program. Addresses carry codes, never names."""

from django.urls import include, path, register_converter

from benan.cases.converters import FileCode
from benan.plan.converters import ClauseNumber

register_converter(FileCode, "code")
register_converter(ClauseNumber, "clause")

urlpatterns = [
    path("", include("benan.shell.urls")),
    path("", include("benan.cases.urls")),
    path("", include("benan.support.urls")),
    path("ke-hoach/", include("benan.reports.urls")),
    path("luat/", include("benan.rules.urls")),
    path("", include("benan.accounts.urls")),
    path("cua/", include("benan.accounts.entrance")),
]

handler403 = "benan.accounts.views.kept.forbidden"
handler404 = "benan.accounts.views.kept.not_found"
handler500 = "benan.shell.views.broken"
