"""What the law answers to the needs of one person on a day: with who they were, what was true and where they stayed then.

The answer to a need is that of the need's day: the later of the day it was recorded and the day the person was found
to be a victim. What happens later neither grants it nor takes it back.
"""

import itertools

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from benan.cases import known, statuses, steps
from benan.cases.models import File, Finding, Status
from benan.rules import entitlements
from benan.rules.entitlements import Answer, EntitlementTable, Grant
from benan.rules.refusals import NotInForce
from benan.support.models import Need, Provision
from benan.support.needs import APPLIED, KINDS, LAWFUL

_LEFT = {"shelter_left", "residence_established", "support_closed"}


def answer_by_law(*, file) -> None:
    """Ask the law again what each need is granted on its own day, with what is now known of that day.

    What a claimant is found to be also answers the needs of those who came along. Where a minor's age can no longer be
    asked (their identity was erased, or no key is at hand), the answers stay as they are.
    """
    theirs = {"file__reception": file.reception_id} if file.kind == File.Kind.CLAIMANT else {"file": file}
    rows = Need.objects.unscoped(reason="those who came together are answered together").filter(**theirs)
    rows = rows.filter(Q(file=file) | ~Q(file__kind=File.Kind.CLAIMANT), kind__in=LAWFUL).order_by("file", "pk")
    needs = list(rows.select_related("file", "file__reception"))
    for _pk, of_one in itertools.groupby(needs, key=lambda need: need.file_id):
        of_one = list(of_one)
        if not of_one[0].file.tells_age:
            continue
        answers = Answers(of_one[0].file)
        for need in of_one:
            grant = answers.of(need)
            if (need.granted, need.citation) != (grant.answer, grant.citation):
                need.granted, need.citation = grant.answer, grant.citation
                need.save(update_fields=["granted", "citation"])


@transaction.atomic
def answer_everybody() -> None:
    """Ask the law again for every file with a need, after the data of the law changed."""
    needs = Need.objects.unscoped(reason="the law changed").select_related("file__reception").order_by("file")
    for file in {need.file_id: need.file for need in needs}.values():
        answer_by_law(file=file)


class Answers:
    """Everything that rights of one person depend on, read once, and what the law answers with it."""

    def __init__(self, file):
        self._file = file
        self._table = EntitlementTable.load(person=file.kind)
        claimants = statuses.claimants_of(file)
        self._statuses = list(Status.objects.filter(file__in=claimants))
        self._finding = (
            Finding.objects.filter(file__in=claimants, outcome=Finding.Outcome.VICTIM, on__isnull=False)
            .filter(replaced_on=None, withdrawn=False).order_by("on").first()
        )  # fmt: skip
        self._facts = list(file.facts.all())
        asked = Q(key=APPLIED) | Q(event__in={"shelter_entered", *_LEFT})
        found = list(steps.current(file).filter(asked))
        self._applied = [step for step in found if step.key == APPLIED]
        self._stays = [step for step in found if step.key != APPLIED]
        self._last_to_apply = file.dues.filter(limit="apply_for_support").values_list("due_on", flat=True).first()
        same = Provision.objects.unscoped(reason="what a person was given once").filter(file__person=file.person_id)
        given = same.filter(outcome=Provision.Outcome.GIVEN, taken_back=False)
        self._given = list(given.values_list("need", "need__kind", "on"))

    def day(self, need):
        """The need's day."""
        return max(need.recorded_on, self._finding.on) if self._finding else need.recorded_on

    def of(self, need, day=None) -> Grant:
        """What the law answers to a need on a day, by itself the need's own. Where the program holds no rule for it
        the answer is unknown, without an article: care is recorded all the same."""
        day = day or self.day(need)
        status = statuses.on_day(self._statuses, day)
        found = min(self._finding.on, self._finding.certificate_on) if self._finding else None
        right = KINDS[need.kind].right
        try:
            return self._table.granted(
                self._file.kind, status, self._nationality(day), right, self.facts(need, day), day,
                found if status == Status.Kind.VICTIM else None,
            )  # fmt: skip
        except NotInForce as unknown:
            return Grant(Answer.UNKNOWN, "", _("%(why)s Việc hỗ trợ vẫn được ghi.") % {"why": unknown})

    def beside(self, need, day) -> list:
        """Other grounds for a need on a day, each with how well it is known."""
        status = statuses.on_day(self._statuses, day)
        return entitlements.grounds(self._file.kind, status, KINDS[need.kind].right, self.facts(need, day), day)

    def facts(self, need, day) -> dict[str, bool]:
        """What is known that rights depend on, as it was on a day; what is not known is left out."""
        facts = {
            "child": self._file.may_be_under(16, day),
            "in_facility": self._in_facility(day),
            "applied_late": self._applied_late(need, day),
            "given_before": any(pk != need.pk and kind == need.kind and on <= day for pk, kind, on in self._given),
        }
        for name in ("poor_household", "financial_difficulty", "cannot_pay_travel"):
            if (value := known.on(self._facts, name, day)) is not None:
                facts[name] = value
        return facts

    def _nationality(self, day):
        known_as = known.on(self._facts, "nationality", day)
        return {"": "unknown", File.Nationality.STATELESS: "stateless_other"}.get(known_as, known_as)

    def _in_facility(self, day):
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

    def _applied_late(self, need, day):
        """Whether the application came after the months in which it may be made, or none came while they ran."""
        applied = [step.on for step in self._applied if need.kind in step.details.get("needs", ()) and step.on <= day]
        return self._last_to_apply is not None and min(applied, default=day) > self._last_to_apply
