"""What verification contributes to cases."""

from django.utils.translation import gettext_lazy as _

from benan.accounts.models import TeamMember
from benan.cases import acts
from benan.cases.extensions import EXTENSIONS, HISTORY, PANELS, CaseExtension, CasePanel, HistoryLine
from benan.core.counts import COUNTS
from benan.core.desk import PARTS
from benan.core.navigation import PAGES_OF_PLACES
from benan.verification import case_changes, desk, joining, queries, statuses
from benan.verification.counts import VERIFICATION_COUNTS
from benan.verification.procedure import GROUP

acts.GROUPS.add(GROUP)
PAGES_OF_PLACES.add(("verification:", "cases:list"))
EXTENSIONS.add(
    CaseExtension(
        "verification",
        after_change=statuses.rewrite,
        events=case_changes.certificate_event,
        day_corrected=case_changes.move_finding,
        follow=joining.follow,
        rows_of_tracks={"verification": "verification.finding"},
        team_parts={"verification": TeamMember.Part.VERIFIES},
        check_closing=case_changes.check_closing,
        on_closing=case_changes.end_verification,
    )
)
PARTS.add(desk.desk_part)
PANELS.add(CasePanel("verification/findings.html", queries.findings_panel))
HISTORY.add(
    HistoryLine("draft_finding", _("Dự thảo kết luận xác minh")),
    HistoryLine("return_draft", _("Trả lại dự thảo kết luận để sửa")),
)

COUNTS.add(*VERIFICATION_COUNTS)
