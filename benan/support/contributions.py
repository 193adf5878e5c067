"""What support contributes to cases."""

from django.utils.translation import gettext_lazy as _

from benan.accounts.models import TeamMember
from benan.accounts.roles import P
from benan.cases import acts
from benan.cases.extensions import (
    EXTENSIONS,
    HISTORY,
    LISTS,
    RECEPTION_STEPS,
    TABS,
    CaseExtension,
    CaseTab,
    HistoryLine,
    ListPage,
    ReceptionStep,
)
from benan.core.clause_pages import ClausePage, clause_pages
from benan.core.counts import COUNTS
from benan.core.desk import PARTS
from benan.core.explanations import EXPLANATIONS, Explanation
from benan.core.navigation import PAGES_OF_PLACES, PLACES, Place
from benan.support import case_changes, desk, joining, queries
from benan.support.counts import SUPPORT_COUNTS
from benan.support.procedure import GROUP

acts.GROUPS.add(GROUP)
PAGES_OF_PLACES.add(("support:", "cases:list"))
PLACES.add(
    Place(
        "support:referrals",
        _("Chuyển tuyến"),
        "refer",
        place=40,
        group=0,
        permissions=(P.REFERRAL_ANSWER,),
        on_phone=70,
    )
)
PARTS.add(desk.desk_part)
EXTENSIONS.add(
    CaseExtension(
        "support",
        facts=case_changes.facts_of_stay,
        day_corrected=case_changes.move_residence,
        follow=joining.follow,
        stays=joining.stays,
        team_parts={joining.TRACK: TeamMember.Part.SHELTERS},
        on_closing=case_changes.end_support,
        on_reopening=case_changes.ask_receivers_again,
    )
)
LISTS.add(
    ListPage("support:referrals", _("Chuyển tuyến")), ListPage("support:programmes", _("Chương trình kinh tế, xã hội"))
)
TABS.add(CaseTab("support:reintegration", _("Chuyển tuyến, về nơi cư trú"), place=40))
EXPLANATIONS.add(
    Explanation(
        "support:screening",
        _(
            "Chỉ cần hỏi người ấy có an toàn không và cần gì ngay. Các bước sau ghi lúc nào cũng được, từ máy nào cũng được."
        ),
    ),
    Explanation(
        "support:assess",
        _("Ghi những gì hỏi lần này; cột “Lần trước” cho biết những lần trước. Điều chưa hỏi thì để ở “Chưa hỏi”."),
    ),
)
RECEPTION_STEPS.add(
    ReceptionStep(
        "support:screening",
        _("An toàn và nhu cầu ngay"),
        place=30,
        done_by=frozenset({"screen_needs"}),
        answers=queries.answers_at_reception,
    )
)
HISTORY.add(
    HistoryLine("safety_asked", _("Hỏi về an toàn, chưa hỏi được nhu cầu")),
    HistoryLine("screen_again", _("Hỏi lại nhu cầu trước mắt")),
    HistoryLine("assess_again", _("Đánh giá lại nhu cầu")),
    HistoryLine("referral_accepted", _("Nơi nhận đã đồng ý tiếp nhận")),
    HistoryLine("referral_declined", _("Nơi nhận từ chối")),
    HistoryLine("referral_refused", _("Người ấy không đồng ý chuyển đến")),
    HistoryLine("arrived", _("Đã đến nơi")),
    HistoryLine("visit_made", _("Thăm lại")),
    HistoryLine("programme_joined", _("Tham gia chương trình kinh tế, xã hội")),
    HistoryLine("programme_ended", _("Kết thúc tham gia chương trình")),
    HistoryLine("programme_end_taken_back", _("Rút việc kết thúc chương trình ghi nhầm"), after_end=True),
    HistoryLine("programme_taken_back", _("Rút chương trình ghi nhầm"), after_end=True),
)
clause_pages.add(
    ClausePage("referrals", "support:referrals", _("Chuyển tuyến"), order=20),
    ClausePage("programmes", "support:programmes", _("Chương trình kinh tế, xã hội"), order=25),
)

COUNTS.add(*SUPPORT_COUNTS)
