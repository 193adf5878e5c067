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
from benan.core.desk import PARTS
from benan.core.navigation import PAGES_OF_PLACES, PLACES, Place
from benan.support import case_changes, desk, joining
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
        team_parts={joining.TRACK: TeamMember.Part.SHELTERS},
        on_closing=case_changes.end_support,
        on_reopening=case_changes.ask_receivers_again,
    )
)
LISTS.add(ListPage("support:referrals", _("Chuyển tuyến")))
TABS.add(CaseTab("support:reintegration", _("Chuyển tuyến, về nhà"), place=40))
RECEPTION_STEPS.add(
    ReceptionStep("support:screening", _("An toàn và nhu cầu ngay"), place=30, done_by=frozenset({"screen_needs"}))
)
HISTORY.add(
    HistoryLine("safety_asked", _("Hỏi về an toàn, chưa hỏi được nhu cầu")),
    HistoryLine("screen_again", _("Hỏi lại nhu cầu trước mắt")),
    HistoryLine("assess_again", _("Đánh giá lại nhu cầu")),
    HistoryLine("referral_accepted", _("Nơi nhận đã nhận lời")),
    HistoryLine("referral_declined", _("Nơi nhận từ chối")),
    HistoryLine("referral_refused", _("Người ấy không đồng ý chuyển đến")),
    HistoryLine("arrived", _("Đã đến nơi")),
    HistoryLine("visit_made", _("Thăm lại")),
)
clause_pages.add(
    ClausePage("support:referrals", _("Chuyển tuyến"), order=20, plan="12089/KH-UBND", clauses=("III.5.d",))
)
