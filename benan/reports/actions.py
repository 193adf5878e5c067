"""What leaves a line in the trail: figures listed by code, reports made."""

from django.db import transaction

from benan.accounts import policy
from benan.accounts.roles import P
from benan.audit import trail
from benan.audit.events import Event
from benan.reports import answers, reach, report


@transaction.atomic
def list_short(*, by, figures, asked, periods=()) -> dict[str, list]:
    """The files that fall short in each figure, with codes for those `by` may see; number → list.

    Raises Refused where the question goes beyond the reach of `by`.
    """
    reach.require(by, asked, periods)
    found = answers.short(figures, asked, by)
    trail.record(by=by, event=Event.FIGURES_LISTED, on="indicators", data=listed(asked, found))
    return found


@transaction.atomic
def make_report(*, by, plan, period, asked) -> bytes:
    """The report of a period as a .docx file: counts with reasons, no codes, no identities."""
    policy.require_right(by, P.REPORT_MAKE)
    reach.require(by, asked)
    made = report.report(seat=by.seat(P.REPORT_MAKE), plan=plan, period=period, asked=asked)
    trail.record(by=by, event=Event.REPORT_MADE, on=f"plan:{plan.number}", data=named(asked) | {"period": period.key})
    return made


def named(asked) -> dict:
    """A question as the trail keeps it."""
    return {
        "from": asked.first.isoformat(),
        "to": asked.last.isoformat(),
        "as_of": asked.as_of.isoformat(),
        "area": asked.area,
        "agency": asked.agency.key if asked.agency else "",
    }


def listed(asked, found) -> dict:
    """What the trail keeps of a list: the question, the codes that were shown, and under which indicator each."""
    codes = {number: [row.code for row in rows if row.code] for number, rows in found.items()}
    short = {number: shown for number, shown in codes.items() if shown}
    return named(asked) | {"files": sorted({code for shown in short.values() for code in shown}), "short": short}
