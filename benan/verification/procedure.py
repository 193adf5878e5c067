"""The acts of the track of verification (benan/rules/data/procedures): verb, form and conditions of each."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from benan.cases.acts import Act, ActGroup
from benan.cases.models import Case
from benan.verification import actions, forms, queries
from benan.verification.models import Finding
from benan.verification.vocabulary import CLOSED_EARLY, ONWARD


def _is_foreign(case: Case) -> bool:
    return case.nationality == Case.Nationality.FOREIGNER


def _is_not_foreign(case: Case) -> bool:
    return not _is_foreign(case)


def _declared_foreign(case: Case, said: Mapping[str, Any]) -> object:
    return _is_foreign(case)


def _not_declared_foreign(case: Case, said: Mapping[str, Any]) -> object:
    return not _declared_foreign(case, said)


def _proof_absent(case: Case, said: Mapping[str, Any]) -> object:
    in_force = case.findings.filter(on__isnull=False, replaced_on=None)
    return not in_force.exclude(basis=Finding.Basis.ANSWER).exists()


def _proof_recorded(case: Case, said: Mapping[str, Any]) -> object:
    return said["basis"] and said["issuer"] and said["certificate_no"] and said["certificate_on"]


def _request_recorded(case: Case, said: Mapping[str, Any]) -> object:
    return said["paper_no"] and said["paper_on"]


def _receipt_recorded(case: Case, said: Mapping[str, Any]) -> object:
    return said["arrival_no"]


def _complexity_recorded(case: Case, said: Mapping[str, Any]) -> object:
    return said["complexity"]


def _answer_recorded(case: Case, said: Mapping[str, Any]) -> object:
    return said["answer"]


def _certificate_recorded(case: Case, said: Mapping[str, Any]) -> object:
    return said["certificate"]


def _onward_recorded(case: Case, said: Mapping[str, Any]) -> object:
    return said["onward"] in ONWARD


def _closing_reason_recorded(case: Case, said: Mapping[str, Any]) -> object:
    return said["reason"] in CLOSED_EARLY


ACTS = (
    Act("take_notice", actions.take_notice, forms.NoticeTakenForm),
    Act(
        "record_proof", actions.record_proof, forms.ProofForm, conditions={"proof_recorded": _proof_recorded}
    ),
    Act(
        "request_verification", actions.request_verification, forms.RequestForm, when=_is_not_foreign,
        conditions={
            "not_declared_foreign": _not_declared_foreign, "proof_absent": _proof_absent,
            "request_recorded": _request_recorded,
        },
    ),
    Act(
        "receive_request", actions.receive_request, forms.PaperArrivalForm,
        conditions={"receipt_recorded": _receipt_recorded},
    ),
    Act(
        "report_to_province", actions.report_to_province, forms.ReportUpForm,
        conditions={"complexity_recorded": _complexity_recorded},
    ),
    Act(
        "receive_report", actions.receive_report, forms.PaperArrivalForm,
        conditions={"receipt_recorded": _receipt_recorded},
    ),
    Act(
        "answer_victim", actions.sign_finding, offers=queries.answer_offers,
        conditions={"answer_recorded": _answer_recorded, "certificate_recorded": _certificate_recorded},
    ),
    Act(
        "answer_not_victim", actions.sign_finding,
        conditions={"answer_recorded": _answer_recorded},
    ),
    Act(
        "tell_outcome", actions.tell_outcome, forms.OutcomeToldForm, conditions={"onward_recorded": _onward_recorded},
        warns_of_family=True,
    ),
    Act(
        "hand_to_immigration", actions.hand_to_immigration, forms.ImmigrationForm, when=_is_foreign,
        conditions={"declared_foreign": _declared_foreign},
    ),
    Act(
        "close_verification", actions.close_verification, forms.CloseEarlyForm,
        conditions={"closing_reason_recorded": _closing_reason_recorded},
    ),
)  # fmt: skip
GROUP = ActGroup(page="verification:act", home="cases:case", acts=ACTS, button=_("Ghi bước này"))
