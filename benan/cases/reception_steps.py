"""The guided reception of somebody: its pages in order, and which of them were done."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts.policy import Held
from benan.accounts.roles import P
from benan.cases.extensions import RECEPTION_STEPS, ReceptionStep
from benan.cases.families import may_be_minor
from benan.cases.models import Case, Step
from benan.core.days import legal_day
from benan.rules import procedures

NOTICE = "cases:review"  # the page on which the labour office is told, where a procedure asks for it


def in_order() -> list[ReceptionStep]:
    """All pages of the guided reception."""
    return sorted(RECEPTION_STEPS, key=lambda step: step.place)


def stepper(case: Case | None, here: str) -> dict[str, Any]:
    """What templates need to draw the guided reception: its steps, the number and label of the current one, the total.

    `here` is the current page by its URL name; without a case no step is done yet.
    """
    rows: list[Step] = list(case.steps.all()) if case else []
    told = _gives_notice(case)
    drawn = [
        {
            "label": step.label if told or step.page != NOTICE else _("Xem lại"),
            "url": reverse(step.page, args=[case.code]) if case and _is_asked(step) else "",
            "done": is_done(step, rows) if _is_asked(step) else bool(case),
            "current": step.page == here,
        }
        for step in in_order()
        if not step.minors_only or step.page == here or (case and may_be_minor(case))
    ]
    number = [step["current"] for step in drawn].index(True) + 1
    return {"steps": drawn, "number": number, "total": len(drawn), "label": drawn[number - 1]["label"]}


def next_after(page: str, case: Case) -> str:
    """The page (URL name) of the step that follows another for a case."""
    later = [step for step in in_order() if not step.minors_only or may_be_minor(case)]
    pages = [step.page for step in later]
    return pages[pages.index(page) + 1]


def left_over(held: Held, case: Case, rows: list[Step]) -> list[dict[str, Any]]:
    """The steps of receiving that were never recorded, each with its page; none on a case that has ended or for an officer
    who may not receive."""
    if not (case.is_open and held.any(P.CASE_RECEIVE)):
        return []
    claimant, told = case.kind == Case.Kind.CLAIMANT, _gives_notice(case)
    return [
        {"label": step.label, "url": reverse(step.page, args=[case.code])}
        for step in in_order()
        if _is_asked(step) and not is_done(step, rows) and (told or step.page != NOTICE)
        if (claimant or not step.once) and (not step.minors_only or may_be_minor(case))
    ]


def is_done(step: ReceptionStep, rows: list[Step]) -> bool:
    """Whether lines of the history say that a step was done."""
    return any(row.key in step.done_by for row in rows) or bool(step.is_done and step.is_done(rows))


def _is_asked(step: ReceptionStep) -> bool:
    """Whether a step asks about a case that exists; the first two steps create the case."""
    return bool(step.done_by or step.is_done)


def _gives_notice(case: Case | None) -> bool:
    if case is None:
        return procedures.is_covered(legal_day())
    return procedures.begun_by(case.reception.channel, case.reception.came_on).key != procedures.UNCOVERED
