"""Who gets the paper of a return, or of the figures of a period."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from benan.agencies.models import Agency
from benan.plan import parties
from benan.plan.models import Plan, ReportRule
from benan.plan.periods import ReportPeriod
from benan.reports.issuers import BLANK
from benan.reports.models import Return

REGISTRY = "Lưu: VT"  # the sender's own, which keeps a copy


def of_return(ret: Return, on: dt.date) -> list[str]:
    """The lines "Nơi nhận" of a return: those that the plan states of the consolidated report, else its addressee."""
    if ret.consolidates:
        return _consolidated(ret.period.consolidation)
    return [addressee(ret, on), REGISTRY]


def of_figures(plan: Plan, period: ReportPeriod, sender: Agency) -> list[str]:
    """The lines "Nơi nhận" of a paper of the figures of a period: whoever consolidates sends it as the plan states; to whom another
    agency sends it is left to be filled in."""
    rule = ReportRule.objects.filter(clause__plan=plan, clause__number=period.clause, key=period.kind).first()
    if rule and rule.consolidation.get("by") in parties.keys_of(sender):
        return _consolidated(rule.consolidation)
    return [BLANK, REGISTRY]


def addressee(ret: Return, on: dt.date) -> str:
    """To whom a return is addressed on a day: all whom the consolidated report is for; of an agency's own the first of them, through
    whoever consolidates."""
    stated = ret.period.consolidation.get("to", ())
    if ret.consolidates and stated:
        return ", ".join(stated)
    through = ret.period.consolidation.get("by") or ret.period.plan.follow_up
    (office,) = parties.names([through], on)
    if not stated:
        return office
    return stated[0] if through in parties.keys_of(ret.agency) else f"{stated[0]} (qua {office})"


def _consolidated(stated: Mapping[str, Any]) -> list[str]:
    return list(stated.get("recipients") or [*(stated.get("to") or [BLANK]), REGISTRY])
