"""Return to the place of residence, and support for reintegration there."""

import datetime as dt

from benan.accounts.models import TeamMember, User
from benan.accounts.roles import P
from benan.cases import deadlines, invariants, steps
from benan.cases.actions import receptions
from benan.cases.models import Case, Step
from benan.cases.steps import Paper
from benan.core import papers
from benan.core.refusals import Refused
from benan.places.models import Level
from benan.support.vocabulary import NO_ASSESSMENT


def return_home(
    *, by: User, case: Case, on: dt.date, residence_code: str, safety_assessed: bool = False, assessment_no: str = "",
    assessment_on: dt.date | None = None, words: str = "", seen: int | None = None,
) -> Step:  # fmt: skip
    """Record that the person is back where they live: the residence is established from this day.

    For a minor the safety of returning must have been assessed (Nghị định 09/2013, Điều 21 khoản 3), and in writing
    where the family did the harm (Nghị định 56/2017, Điều 32 khoản 3).
    """
    with steps.change(case, by=by, seen=seen) as change:
        case = change.case
        residence_code = invariants.unit_on(on, residence_code, *Level, field="residence_code").code
        assessment_no = papers.number(assessment_no, field="assessment_no")
        adult = not case.may_be_under(18, on)
        if not adult and deadlines.harmed_by_family(case) and not (assessment_no.strip() and assessment_on):
            raise Refused(NO_ASSESSMENT, field="assessment_no")
        step = change.take(
            "return_home", on=on, words=words, details={"residence": residence_code},
            paper=Paper(no=assessment_no, on=assessment_on), said={"safety_assessed": adult or safety_assessed},
        )  # fmt: skip
        receptions.change_facts(change, permission=P.SUPPORT_RECORD, residence_code=residence_code, residence_on=on)
        change.leave_team(TeamMember.Part.SHELTERS, on)
        return step


def start_reintegration(
    *, by: User, case: Case, on: dt.date, plan_made: bool, words: str = "", seen: int | None = None
) -> Step:
    """Begin support for reintegration, on a plan made with the person (Thông tư 35/2013, Điều 15)."""
    with steps.change(case, by=by, seen=seen) as change:
        return change.take("start_reintegration", on=on, words=words, said={"plan_made": plan_made})


def start_following(*, by: User, case: Case, on: dt.date, words: str = "", seen: int | None = None) -> Step:
    """Pass from support to following up."""
    with steps.change(case, by=by, seen=seen) as change:
        return change.take("start_following", on=on, words=words)
