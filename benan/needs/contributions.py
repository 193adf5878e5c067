"""What needs contribute to cases."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from benan.audit.events import EVENTS
from benan.cases import acts
from benan.cases.extensions import (
    EXTENSIONS,
    HISTORY,
    RECEPTION_STEPS,
    TABS,
    CaseExtension,
    CaseTab,
    HistoryLine,
    ReceptionStep,
)
from benan.cases.models import Step
from benan.core.counts import COUNTS
from benan.core.desk import PARTS
from benan.core.explanations import EXPLANATIONS, Explanation
from benan.core.navigation import PAGES_OF_PLACES
from benan.needs import case_changes, desk, joining, queries
from benan.needs.answers import answer_by_law
from benan.needs.counts import NEED_COUNTS
from benan.needs.events import NeedEvent
from benan.needs.procedure import GROUP

COUNTS.add(*NEED_COUNTS)
EVENTS.add(NeedEvent)
acts.GROUPS.add(GROUP)
PAGES_OF_PLACES.add(("needs:", "cases:list"))
EXTENSIONS.add(
    CaseExtension(
        "needs",
        after_change=answer_by_law,
        follow=joining.follow,
        stays=joining.stays,
        copied_lines=Q(key="need_gone"),
        check_closing=case_changes.check_closing,
        on_closing=case_changes.end_needs,
        on_reopening=case_changes.reopen_needs,
    )
)
PARTS.add(desk.desk_part)
TABS.add(
    CaseTab("needs:overview", _("Nhu cầu, hỗ trợ"), place=20, when_idle=_("Hỗ trợ theo nhu cầu, đưa về nơi cư trú"))
)


def _nothing_was_needed(rows: list[Step]) -> bool:
    """Whether somebody was asked and needed nothing at once: then there is nothing to give."""
    return any(row.key == "screen_needs" and row.details.get("needs") == [] for row in rows)


EXPLANATIONS.add(
    Explanation(
        "needs:overview",
        _(
            "Cột “Quy định” cho biết nhu cầu có thuộc diện được hỗ trợ không, vì sao, và còn cần biết điều gì. Nhu cầu nào cũng ghi hỗ trợ được, kể cả từ nguồn khác."
        ),
    )
)
RECEPTION_STEPS.add(
    ReceptionStep(
        "needs:given",
        _("Hỗ trợ đã cấp"),
        place=90,
        done_by=frozenset({"support_given", "support_offered", "support_refused", "support_begun"}),
        is_done=_nothing_was_needed,
        answers=queries.given_at_reception,
    )
)
HISTORY.add(
    HistoryLine("support_offered", _("Đề nghị hỗ trợ")),
    HistoryLine("support_refused", _("Người ấy từ chối hỗ trợ")),
    HistoryLine("support_begun", _("Bắt đầu hỗ trợ")),
    HistoryLine("support_given", _("Đã hỗ trợ xong")),
    HistoryLine("support_taken_back", _("Rút dòng hỗ trợ ghi nhầm"), after_end=True),
    HistoryLine("need_gone", _("Không còn cần")),
)
