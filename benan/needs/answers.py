"""What the law answers to the needs of one person on a day: with who they were, what was true and where they stayed then.

The answer to a need is that of the need's day: the later of the day it was recorded and the day the person was found
to be a victim. What happens later neither grants it nor takes it back.
"""

import datetime as dt
import itertools

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from benan.cases import history, known, statuses
from benan.cases.models import Case, Status
from benan.needs.kinds import APPLIED, ASKED_FACTS, KINDS, LAWFUL
from benan.needs.models import Need, Provision
from benan.rules import entitlements
from benan.rules.entitlements import Answer, EntitlementTable, Grant
from benan.rules.models import Certainty
from benan.rules.refusals import NotInForce
from benan.verification.models import Finding

_LEFT = {"shelter_left", "residence_established", "support_closed"}


def answer_by_law(case: Case) -> None:
    """Ask the law again what each need is granted on its own day, with what is now known of that day.

    What a claimant is found to be also answers the needs of those who came along. Where a minor's age can no longer be
    asked (their identity was erased, or no key is at hand), the answers stay as they are.
    """
    theirs = Q(case__reception=case.reception_id) if case.kind == Case.Kind.CLAIMANT else Q(case=case)
    rows = Need.objects.unscoped(reason="those who came together are answered together").filter(theirs)
    rows = rows.filter(Q(case=case) | ~Q(case__kind=Case.Kind.CLAIMANT), kind__in=LAWFUL).order_by("case", "pk")
    needs = list(rows.select_related("case", "case__reception"))
    for _pk, group in itertools.groupby(needs, key=lambda need: need.case_id):
        of_one = list(group)
        if not of_one[0].case.has_readable_age:
            continue
        answers = Answers(of_one[0].case)
        for need in of_one:
            grant = answers.of(need)
            if (need.granted, need.citation) != (grant.answer, grant.citation):
                need.granted, need.citation = grant.answer, grant.citation
                need.save(update_fields=["granted", "citation"])


@transaction.atomic
def answer_everybody() -> None:
    """Ask the law again for every case with a need, after the data of the law changed."""
    needs = Need.objects.unscoped(reason="the law changed").select_related("case__reception").order_by("case")
    for case in {need.case_id: need.case for need in needs}.values():
        answer_by_law(case)


class Answers:
    """Everything that rights of one person depend on, read once, and what the law answers with it."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._table = EntitlementTable.load()
        claimants = statuses.claimant_case_ids(case)
        self._statuses = list(Status.objects.filter(case__in=claimants))
        self._finding = (
            Finding.objects.filter(case__in=claimants, outcome=Finding.Outcome.VICTIM, on__isnull=False)
            .filter(replaced_on=None, withdrawn=False).order_by("on").first()
        )  # fmt: skip
        self._facts = list(case.facts.all())
        asked = Q(key=APPLIED) | Q(event__in={"shelter_entered", *_LEFT})
        found = list(history.current(case).filter(asked))
        self._applied = [step for step in found if step.key == APPLIED]
        self._stays = [step for step in found if step.key != APPLIED]
        self._last_to_apply = case.deadlines.filter(limit="apply_for_support").values_list("due_on", flat=True).first()
        same = Provision.objects.unscoped(reason="what a person was given once").filter(case__person=case.person_id)
        given = same.filter(outcome=Provision.Outcome.GIVEN, taken_back=False)
        self._given = list(given.values_list("need", "need__kind", "on"))

    def day(self, need: Need) -> dt.date:
        """The need's day."""
        return max(need.recorded_on, self._finding.decided_on) if self._finding else need.recorded_on

    def of(self, need: Need, day: dt.date | None = None) -> Grant:
        """What the law answers to a need on a day, by itself the need's own. Where the program holds no rule for it
        the answer is unknown, without an article: care is recorded all the same."""
        day = day or self.day(need)
        status = statuses.status_from_rows(self._statuses, day)
        finding = self._finding
        found = min(finding.decided_on, finding.certificate_on or finding.decided_on) if finding else None
        right = KINDS[need.kind].right
        try:
            return self._table.granted(
                self._case.kind, status, self._nationality(day), right, self.facts(need, day), day,
                found if status == Status.Kind.VICTIM else None,
            )  # fmt: skip
        except NotInForce as unknown:
            return Grant(Answer.UNKNOWN, "", _("%(why)s Việc hỗ trợ vẫn được ghi.") % {"why": unknown})

    def beside(self, need: Need, day: dt.date) -> list[tuple[Grant, Certainty]]:
        """Other grounds for a need on a day, each with how well it is known."""
        status = statuses.status_from_rows(self._statuses, day)
        return entitlements.grounds(self._case.kind, status, KINDS[need.kind].right, self.facts(need, day), day)

    def facts(self, need: Need, day: dt.date) -> dict[str, bool]:
        """What is known that rights depend on, as it was on a day; what is not known is left out."""
        facts = {
            "child": self._case.may_be_under(16, day),
            "in_facility": self._in_facility(day),
            "applied_late": self._applied_late(need, day),
            "given_before": any(pk != need.pk and kind == need.kind and on <= day for pk, kind, on in self._given),
        }
        for name in ASKED_FACTS:
            if (value := known.value_on(self._facts, name, day)) is not None:
                facts[name] = bool(value)
        return facts

    def _nationality(self, day: dt.date) -> str:
        known_as = str(known.value_on(self._facts, "nationality", day))
        return {"": "unknown", Case.Nationality.STATELESS: "stateless_other"}.get(known_as, known_as)

    def _in_facility(self, day: dt.date) -> bool:
        """Whether the day lies in a stay: the day of entering and that of leaving belong to it."""
        inside = False
        for step in self._stays:
            if step.on > day:
                break
            if step.event in _LEFT and step.on < day:
                inside = False
            elif step.event == "shelter_entered":
                inside = True
        return inside

    def _applied_late(self, need: Need, day: dt.date) -> bool:
        """Whether the application came after the months in which it may be made, or none came while they ran."""
        applied = [step.on for step in self._applied if need.kind in step.details.get("needs", ()) and step.on <= day]
        return self._last_to_apply is not None and min(applied, default=day) > self._last_to_apply
