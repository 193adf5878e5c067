"""The history of a case over every register that figures read, loaded for many cases at once."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from benan.cases import measures as cases
from benan.cases.measures import CaseFacts
from benan.needs import measures as needs
from benan.needs.measures import NeedsFacts
from benan.protection import measures as protection
from benan.support import measures as support
from benan.verification import measures as verification
from benan.verification.measures import VerificationFacts


@dataclass(frozen=True)
class CaseHistory:
    """One case. `protected_on`: need (id) → the first day of a protection measure for it. `outside`: the agency (id) outside
    the province to which the case was handed over when it ended."""

    case: CaseFacts
    verification: VerificationFacts
    needs: NeedsFacts
    protected_on: dict[int, dt.date]
    outside: int | None

    def agency_outside(self, as_of: dt.date) -> int | None:
        """The agency (id) outside the province to which the case had been handed by a day."""
        return self.outside if self.case.is_closed(as_of) else None

    def mover(self, as_of: dt.date) -> int | None:
        """The agency (id) whose move the case is on a day: the one that manages it, or the one outside that took over."""
        return self.agency_outside(as_of) or self.case.responsible(as_of)

    def days(self) -> list[dt.date]:
        """Every day on which a judgement of this case may change, the earliest first."""
        found = {*self.case.days(), *self.verification.days(), *self.needs.days()}
        found |= {self.protected_on[need.pk] for need in self.needs.needs if need.pk in self.protected_on}
        if self.case.residence_on:
            found |= {self.case.residence_on, self.case.residence_on + cases.DAY}
        found |= {step.on + cases.DAY for step in self.case.steps if step.event == "residence_established"}
        return sorted(found)


def load(pks: Collection[int]) -> dict[int, CaseHistory]:
    """The histories of some cases, by id, in a number of queries that does not grow with the cases."""
    facts = cases.load(pks)
    found, wanted = verification.load(facts), needs.load(facts)
    protected, outside = protection.load(wanted.values()), support.load(facts)
    return {pk: CaseHistory(case, found[pk], wanted[pk], protected, outside.get(pk)) for pk, case in facts.items()}
