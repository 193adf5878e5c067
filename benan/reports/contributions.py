"""What reports contribute to the navigation, to the desk and to the plan's pages."""

from django.utils.translation import gettext_lazy as _

from benan.accounts.roles import P
from benan.audit.events import EVENTS
from benan.core.clause_pages import ClausePage, clause_pages
from benan.core.desk import PARTS
from benan.core.navigation import PAGES_OF_PLACES, PLACES, Place
from benan.documents.readers import FILE_READERS
from benan.notices.due import DUES
from benan.plan.duties import FULFILMENTS
from benan.plan.periods import report_views
from benan.plan.state_pages import AGENCY_PANELS
from benan.reports import desk, dues, fulfilments, official_tables, period_pages, policy
from benan.reports.events import ReportEvent

EVENTS.add(ReportEvent)
PLACES.add(
    Place(
        "reports:home", _("Báo cáo kỳ"), "report", place=60, group=1,
        permissions=(P.WORK_RECORD, P.WORK_APPROVE, P.REPORT_MAKE), on_phone=50,
    ),
)  # fmt: skip
PAGES_OF_PLACES.add(("reports:", "reports:home"))
PARTS.add(desk.desk_part)
clause_pages.add(
    ClausePage("period_report", "reports:report", _("Số liệu của kỳ"), order=40, of_plan=True),
    ClausePage("returns", "reports:periods", _("Báo cáo kỳ"), order=39, of_plan=True),
)
report_views.add("reports:periods")
FULFILMENTS.add(fulfilments.fulfilments)
AGENCY_PANELS.add(period_pages.agency_panel)
DUES.add(dues.due, official_tables.dues)
FILE_READERS.add(policy.scans)
