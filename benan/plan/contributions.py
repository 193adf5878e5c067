"""What plans contribute: the navigation, and the clauses that their pages serve."""

from django.utils.translation import gettext_lazy as _

from benan.audit.events import EVENTS
from benan.core import figures
from benan.core.clause_pages import ClausePage, clause_pages
from benan.core.desk import PARTS
from benan.core.navigation import PAGES_OF_PLACES, PLACES, Place
from benan.documents.readers import FILE_READERS
from benan.notices.due import DUES, FOLLOWED
from benan.plan import agency_plan_pages, desk, dues, periods, policy, trends
from benan.plan.events import PlanEvent
from benan.plan.serving import CLAUSES, OVERVIEW
from benan.plan.state_pages import AGENCY_PANELS

EVENTS.add(PlanEvent)
PLACES.add(Place("plan:home", _("Kế hoạch"), "plan", place=50, group=1, on_phone=40))
PAGES_OF_PLACES.add(("plan:", "plan:home"))
clause_pages.add(
    OVERVIEW,
    CLAUSES,
    ClausePage("plan_agencies", "plan:agencies", _("Nhiệm vụ theo đơn vị"), order=33, of_plan=True),
    ClausePage("agency_plans", "plan:agency_plans", _("Kế hoạch của các đơn vị"), order=35, of_plan=True),
    ClausePage("plan_areas", "plan:areas", _("Địa bàn ưu tiên"), order=34, of_plan=True),
)
DUES.add(dues.due)
FOLLOWED.add(dues.followed)
FILE_READERS.add(policy.evidence)
figures.kept_besides.add(trends.keep)
figures.standard_questions.add(periods.standard_questions)
PARTS.add(desk.desk_part)
AGENCY_PANELS.add(agency_plan_pages.panel)
