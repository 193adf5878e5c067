"""What plans contribute: the navigation, and the clauses that their pages serve."""

from django.utils.translation import gettext_lazy as _

from benan.audit.events import EVENTS
from benan.core import figures
from benan.core.clause_pages import clause_pages
from benan.core.navigation import PAGES_OF_PLACES, PLACES, Place
from benan.plan import periods
from benan.plan.events import PlanEvent
from benan.plan.serving import CLAUSES, OVERVIEW

EVENTS.add(PlanEvent)
PLACES.add(Place("plan:overview", _("Kế hoạch"), "plan", place=50, group=1, on_phone=40))
PAGES_OF_PLACES.add(("plan:", "plan:overview"))
clause_pages.add(OVERVIEW, CLAUSES)
figures.standard_questions.add(periods.standard_questions)
