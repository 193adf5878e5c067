"""What protection contributes to cases."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from benan.cases import acts
from benan.cases.extensions import DEADLINES_SHOWN_ELSEWHERE, EXTENSIONS, TABS, CaseExtension, CaseTab
from benan.core.counts import COUNTS
from benan.core.desk import PARTS
from benan.core.navigation import PAGES_OF_PLACES
from benan.needs.joining import DONE_FOR_NEEDS
from benan.protection import case_changes, dangers, desk, views
from benan.protection.counts import PROTECTION_COUNTS
from benan.protection.models import Measure
from benan.protection.procedure import GROUP

acts.GROUPS.add(GROUP)
PAGES_OF_PLACES.add(("protection:", "cases:list"))
EXTENSIONS.add(
    CaseExtension(
        "protection",
        after_change=dangers.keep_up_to_date,
        copied_lines=Q(event="protection_refused"),
        check_closing=case_changes.check_closing,
        on_closing=case_changes.end_measures,
        on_reopening=case_changes.resume_measures,
        on_losing_sight=views.handed_over,
    )
)
PARTS.add(desk.desk_part)
TABS.add(CaseTab("protection:overview", _("Bảo vệ"), place=30, on_danger=True))
DONE_FOR_NEEDS.add(Measure)
# Danger that waits for a decision is a task of its own.
DEADLINES_SHOWN_ELSEWHERE.add(Q(limit="decide_protection", case__danger_since__isnull=False))

COUNTS.add(*PROTECTION_COUNTS)
