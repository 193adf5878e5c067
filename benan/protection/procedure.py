"""The acts of the track of protection (benan/rules/data/procedures): verb, form and conditions of each."""

from collections.abc import Mapping
from typing import Any

from benan.cases.acts import Act, ActGroup
from benan.cases.models import Case
from benan.protection import forms, policy, queries
from benan.protection.actions import danger, measures


def _consent_recorded(case: Case, said: Mapping[str, Any]) -> object:
    return said["consented"]


def _measure_within_competence(case: Case, said: Mapping[str, Any]) -> object:
    return said["competent"]


def _written_reason_recorded(case: Case, said: Mapping[str, Any]) -> object:
    return said["written_reason"]


def _refusal_warned(case: Case, said: Mapping[str, Any]) -> object:
    return said["warned"]


def _ending_reason_recorded(case: Case, said: Mapping[str, Any]) -> object:
    return said["reason"]


def _in_danger(case: Case) -> object:
    return case.in_danger_since


DECIDING = policy.deciding_seats
ACTS = (
    Act("ask_danger", danger.report_danger),
    Act("ask_danger_again", danger.report_danger),
    Act("find_need", danger.report_danger),
    Act("find_no_need", danger.report_danger),
    Act("find_more_need", danger.report_danger),
    Act(
        "danger_over", measures.say_danger, forms.StillDangerForm, slug="con-nguy-hiem", when=queries.asks_whether_over,
        allows=DECIDING,
    ),
    Act("danger_stands", measures.say_danger),
    Act(
        "start_measure", measures.start, forms.MeasureForm, slug="ap-dung", follows_slug="con-nguy-hiem",
        conditions={
            "consent_recorded": _consent_recorded, "measure_within_competence": _measure_within_competence,
        },
        warns_of_family=True, allows=DECIDING,
    ),
    Act(
        "more_measure", measures.start, forms.MeasureForm, slug="ap-dung", follows_slug="con-nguy-hiem", warns_of_family=True,
        allows=DECIDING,
    ),
    Act("review_measure", measures.review, forms.DayForm, slug="ra-soat", follows_slug="con-nguy-hiem", allows=DECIDING),
    Act(
        "end_measure", measures.end, forms.MeasuresEndedForm, slug="cham-dut",
        conditions={"ending_reason_recorded": _ending_reason_recorded}, allows=DECIDING,
    ),
    Act(
        "record_refusal", measures.refuse, forms.RefusalForm, slug="tu-choi", conditions={"refusal_warned": _refusal_warned},
        allows=DECIDING,
    ),
    Act(
        "decline_measure", measures.decline, forms.NoMeasureForm, slug="khong-ap-dung",
        conditions={"written_reason_recorded": _written_reason_recorded}, allows=DECIDING,
    ),
    Act("danger_called", danger.record_call, forms.CallForm, slug="da-goi", when=_in_danger),
    Act("danger_written", danger.record_request, forms.ProtectionRequestForm, slug="van-ban", when=_in_danger),
    Act("kept_from", danger.keep_from_agency, forms.KeepFromForm, slug="khong-bao", when=_in_danger),
)  # fmt: skip
GROUP = ActGroup(page="protection:act", home="protection:overview", acts=ACTS)
