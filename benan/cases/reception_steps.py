"""The guided reception of somebody: its pages in order, and which of them were done."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts.policy import Held
from benan.accounts.roles import P
from benan.cases import history
from benan.cases.extensions import RECEPTION_STEPS, ReceptionStep
from benan.cases.families import may_be_minor
from benan.cases.models import Case, Step
from benan.core.days import legal_day
from benan.rules import procedures

# In the address of a page that was opened from the review, and leads back to it.
BACK, REVIEW = "ve", "xem-lai"
NOTICE = "cases:review"  # the page on which the labour office is told, where a procedure asks for it


def in_order() -> list[ReceptionStep]:
    """All pages of the guided reception."""
    return sorted(RECEPTION_STEPS, key=lambda step: step.place)


def stepper(case: Case | None, here: str) -> dict[str, Any]:
    """What templates need to draw the guided reception: its steps, the number and label of the current one, the total, and a
    note under the list.

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
    if case:
        note = _("Mỗi bước được lưu ngay. Có thể bỏ qua một bước và làm tiếp sau, kể cả trên máy khác.")
    else:
        note = _(
            "Một người chỉ có một hồ sơ trong toàn tỉnh. Chỉ cần biết người ấy đến bằng cách nào là lập được hồ sơ."
        )
    return {
        "steps": drawn, "number": number, "total": len(drawn), "label": drawn[number - 1]["label"], "steps_note": note,
    }  # fmt: skip


def review(held: Held, case: Case) -> list[dict[str, Any]]:
    """What was answered on each page of the guided reception, with the page on which it is changed ("" where one may not).

    Of the arrival only the day can be changed, by those who may correct.
    """
    shown = []
    for step in in_order():
        if step.answers is None or (step.minors_only and not may_be_minor(case)):
            continue
        if _is_asked(step):
            url = reverse(step.page, args=[case.code])
        elif held.any(P.CASE_CORRECT) and (received := history.current(case).filter(key="receive").first()):
            url = reverse("cases:correct_day", args=[case.code, received.pk])
        else:
            url = ""
        answers = step.answers(case)
        shown.append({
            "label": step.label, "url": f"{url}?{BACK}={REVIEW}" if url else "", "answers": answers,
            "answered": any(answer for _question, answer in answers),
        })  # fmt: skip
    return shown


def recorded(page: str, case: Case) -> list[tuple[str, str]]:
    """What was answered on a page (URL name) of the guided reception that was done; empty before."""
    step = next(step for step in RECEPTION_STEPS if step.page == page)
    done = step.answers is not None and is_done(step, list(case.steps.all()))
    return step.answers(case) if step.answers and done else []


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


def keys_of(page: str) -> frozenset[str]:
    """The keys of the lines of the history that say that the step of a page (URL name) was done."""
    return next(step.done_by for step in RECEPTION_STEPS if step.page == page)


def is_step(page: str) -> bool:
    """Whether a page (URL name) is one of the guided reception."""
    return any(step.page == page for step in RECEPTION_STEPS)


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
