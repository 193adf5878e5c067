"""Who gets the paper of a return."""

import datetime as dt

from benan.plan import parties
from benan.reports.models import Return

REGISTRY = "Lưu: VT"  # the sender's own, which keeps a copy


def of_return(ret: Return, on: dt.date) -> list[str]:
    """The lines "Nơi nhận" of a return: those that the plan states of the consolidated report, else its addressee."""
    if ret.consolidates:
        return list(ret.period.consolidation.get("recipients") or [*_stated(ret), REGISTRY])
    return [addressee(ret, on), REGISTRY]


def addressee(ret: Return, on: dt.date) -> str:
    """To whom a return is addressed on a day: all whom the consolidated report is for; of an agency's own the first of them, through
    whoever consolidates."""
    stated = _stated(ret)
    if ret.consolidates and stated:
        return ", ".join(stated)
    through = ret.period.consolidation.get("by") or ret.period.plan.follow_up
    (office,) = parties.names([through], on)
    if not stated:
        return office
    return stated[0] if through in parties.keys_of(ret.agency) else f"{stated[0]} (qua {office})"


def _stated(ret: Return) -> list[str]:
    return list(ret.period.consolidation.get("to", ()))
