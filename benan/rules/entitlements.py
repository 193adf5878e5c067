"""What the support regime of Luật 66/2011 grants to whom, with the article and the reason."""

import datetime as dt
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _

from benan.core.days import show
from benan.rules.models import Entitlement
from benan.rules.reading import published
from benan.rules.refusals import NotInForce

Answer = Entitlement.Answer
NAMED_BY_ARTICLE_32 = (
    Entitlement.Nationality.CITIZEN,
    Entitlement.Nationality.STATELESS_RESIDENT,
    Entitlement.Nationality.FOREIGNER,
)


@dataclass(frozen=True)
class Grant:
    """The answer to one need: yes, no or unknown, its article and why; `missing` names facts not known yet."""

    answer: Answer
    citation: str
    why: str
    missing: tuple[str, ...] = ()


class EntitlementTable:
    """All answers to all needs."""

    def __init__(self, rows):
        self._rows = {}
        for row in rows:
            self._rows.setdefault((row.person, row.status, row.nationality, row.need), []).append(row)

    @classmethod
    def load(cls) -> "EntitlementTable":
        """The table as it stands in the database; one query."""
        return cls(Entitlement.objects.all())

    def granted(self, person, status, nationality, need, facts, on: dt.date) -> Grant:
        """What a person is granted for a need on a day: for a victim, the day of the finding (Luật 53/2024, Điều 63).

        `status` of a minor or relative is that of the person they belong to; `nationality` may be "unknown";
        `facts` maps names to true or false, and what it does not name is not known. Raises `NotInForce`.
        """
        if nationality != "unknown":
            return _weighed(self._row(person, status, nationality, need, on), facts)
        every = [self.granted(person, status, each, need, facts, on) for each in NAMED_BY_ARTICLE_32]
        if len({grant.answer for grant in every}) == 1:
            return every[0]
        return Grant(Answer.UNKNOWN, every[0].citation, _("Chưa rõ quốc tịch của người ấy."), ("nationality",))

    def _row(self, person, status, nationality, need, on):
        for row in self._rows.get((person, status, nationality, need), ()):
            if on in row.in_force:
                return row
        sentence = _("Chưa có quy định về «%(need)s» cho ngày %(day)s trong chương trình.")
        raise NotInForce(sentence % {"need": Entitlement.Need(need).label, "day": show(on)})


def _weighed(row, facts):
    if row.answer != Answer.YES:
        return Grant(Answer(row.answer), row.citation, row.why)
    false = [name for name in row.all_of if facts.get(name) is False]
    missing = [name for name in row.all_of if facts.get(name) is None]
    if row.any_of and not any(facts.get(name) for name in row.any_of):
        unknown = [name for name in row.any_of if facts.get(name) is None]
        missing += unknown
        false += [] if unknown else row.any_of
    if false:
        words = _("%(why)s Không đủ điều kiện: %(facts)s.")
        return Grant(Answer.NO, row.citation, words % {"why": row.why, "facts": _in_words(false)})
    if missing:
        words = _("%(why)s Còn phải biết: %(facts)s.")
        return Grant(
            Answer.UNKNOWN, row.citation, words % {"why": row.why, "facts": _in_words(missing)}, tuple(missing)
        )
    return Grant(Answer.YES, row.citation, row.why)


def _in_words(names):
    labels = fact_labels()
    return "; ".join(labels[name] for name in names)


@cache
def fact_labels() -> dict[str, str]:
    """The facts that an entitlement may depend on, in words."""
    return {name: entry.text() for name, entry in published("entitlements.yaml").mapping()["facts"].mapping().items()}
