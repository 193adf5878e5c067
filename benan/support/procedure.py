"""The acts of the track of support (benan/rules/data/procedures): verb, form and conditions of each."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from benan.cases import unattended
from benan.cases.actions import closing
from benan.cases.acts import Act, ActGroup
from benan.cases.models import Case, Status
from benan.support import forms, queries
from benan.support.actions import referrals, reintegration, screening, stays, visits


def _stay_grounds_recorded(case: Case, said: Mapping[str, Any]) -> object:
    return said["stay_grounds"]


def _minor_safety_assessed(case: Case, said: Mapping[str, Any]) -> object:
    return said["safety_assessed"]


def _recognised_as_victim(case: Case, said: Mapping[str, Any]) -> object:
    return case.recognised_on


def _plan_recorded(case: Case, said: Mapping[str, Any]) -> object:
    return said["plan_made"]


def _closing_reason_recorded(case: Case, said: Mapping[str, Any]) -> object:
    return said["closing"]


STAY = {"stay_grounds_recorded": _stay_grounds_recorded}
ACTS = (
    Act(
        "admission_minuted", stays.record_minutes, forms.MinutesForm, slug="bien-ban",
        when=partial(queries.admission_paper_is_owed, "admission_minutes"),
    ),
    Act(
        "admission_completed", stays.complete_admission, forms.DayForm, slug="ho-so-tiep-nhan",
        when=partial(queries.admission_paper_is_owed, "admission_file"),
    ),
    Act(
        "referral_sent", referrals.refer, forms.ReferForm, slug="chuyen-tuyen", warns_of_family=True,
        warnings=lambda referral: unattended.warnings([referral.receiver_id]),
    ),
    Act("screen_needs", screening.screen, page="support:screening"),
    Act("assess_needs", screening.assess, page="support:assess", listed=False),  # offered by the page of needs
    Act("enter_shelter", stays.arrive, conditions=STAY),
    Act("enter_shelter_first", stays.arrive, conditions=STAY),
    Act("leave_shelter", stays.leave_shelter, forms.DayForm, slug="roi-co-so"),
    Act(
        "return_home", reintegration.return_home, forms.ReturnForm, slug="ve-noi-cu-tru",
        conditions={"minor_safety_assessed": _minor_safety_assessed}, warns_of_family=True,
        usual_when=lambda case: case.status != Status.Kind.PENDING,
    ),
    Act(
        "start_reintegration", reintegration.start_reintegration, forms.ReintegrateForm, slug="hoa-nhap",
        conditions={"recognised_as_victim": _recognised_as_victim, "plan_recorded": _plan_recorded},
    ),
    Act("start_following", reintegration.start_following, forms.DayForm, slug="theo-doi"),
    Act("visit_planned", visits.plan_visit, forms.PlanVisitForm, slug="hen-tham", warns_of_family=True),
    Act("close_support", closing.close, conditions={"support_closing_reason_recorded": _closing_reason_recorded}),
)  # fmt: skip
GROUP = ActGroup(page="support:act", home="support:reintegration", acts=ACTS)
