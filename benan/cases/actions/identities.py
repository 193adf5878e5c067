"""Identities: the search before a case is created, opening sealed values, and joining two cases of one person."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from benan.accounts import policy
from benan.accounts.models import User
from benan.accounts.roles import P
from benan.audit import trail
from benan.audit.models import Event as Line
from benan.cases import joining, opening, steps
from benan.cases.events import CaseEvent
from benan.cases.models import Case, CaseQuerySet
from benan.cases.purposes import Purpose, contact_code
from benan.core.days import clock, legal_day
from benan.core.refusals import Refused
from benan.vault import access
from benan.vault.numbers import papers, telephones
from benan.vault.tracing import ComparedIdentity, Points, tokens

MOST_UNSURE = 5  # cases shown by one search without a strong match: each of them was looked at
MOST_ANSWERS_A_DAY, A_DAY = 30, dt.timedelta(hours=24)  # of the clock
MOST_NUMBERS = 3  # telephones, and papers, about which one search asks
MOST_UNANSWERED_A_DAY = 100  # numbers that were found nowhere; a name alone counts as one
YEARS_APART = 5  # by which the births of two cases may differ that are joined: some are guesses


@dataclass(frozen=True)
class Answer:
    """One answer of a search: a case that the user reaches, or only the agency (id) that manages it and a contact code."""

    points: Points
    case: Case | None = None
    agency_id: int | None = None
    contact_code: str = ""


@dataclass(frozen=True)
class Answers:
    """The answers of a search.

    `used_up`: the user gets no more answers about cases elsewhere today. `more`: the number of cases within reach that were
    left out because they agree no better than those listed.
    """

    listed: list[Answer]
    used_up: bool
    more: int = 0


@transaction.atomic
def search(*, by: User, facts: ComparedIdentity) -> Answers:
    """Search, before a case is created, for cases of the same person.

    Of the cases whose identity the user may open, all strong matches and the best few others. Of other cases only strong
    matches, and of these only the managing agency and a contact code; the trail of such a case says that somebody asked. A
    user who had MOST_ANSWERS_A_DAY of these, or asked about MOST_UNANSWERED_A_DAY numbers that were found nowhere, gets none.
    Raises Refused where the facts cannot identify anybody, or have more numbers than one person has.
    """
    policy.require_right(by, P.CASE_RECEIVE)
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # two searches at once would both be the last
    if not tokens(facts):
        raise Refused(
            _("Ghi ít nhất hai tiếng của họ tên, hoặc riêng tên kèm năm sinh hay tuổi (chênh nhau không quá 5 năm), "
              "hoặc đủ số giấy tờ, hoặc đủ số điện thoại để tìm.")
        )  # fmt: skip
    asked = _numbers_asked(facts)
    reached = Case.objects.can(by, P.IDENTITY_OPEN)
    matches = _matches(facts, first=reached.values("person"))
    near = reached.filter(person__in=matches, joined_to=None).select_related("reception").order_by("-opened_on")
    answers = [Answer(points=matches[case.person_id].points, case=case) for case in near]
    unsure = sorted((one for one in answers if not one.points.strong), key=lambda answer: -answer.points.weight)
    answers = [one for one in answers if one.points.strong] + unsure[:MOST_UNSURE]
    own = {case.person_id for case in near}
    left = _answers_left(by)
    far = [] if not left else [pk for pk, match in matches.items() if match.points.strong and pk not in own]
    others: CaseQuerySet = Case.objects.unscoped(reason="strong matches").filter(person__in=far, closed_on=None)
    others = others.exclude(team__kept_from__in=[seat.agency_id for seat in by.seats])
    elsewhere: list[Case] = sorted(others, key=lambda case: -matches[case.person_id].points.weight)
    for case in elsewhere[:left]:
        code = contact_code(trail.record(by=by, event=CaseEvent.SEARCH_MATCHED, on=case))
        points = matches[case.person_id].points.told_elsewhere
        answers.append(Answer(points=points, agency_id=case.agency_id, contact_code=code))
    found = sum(answer.points.strong for answer in answers)
    trail.record(by=by, event=CaseEvent.SEARCHED, data={"candidates": len(matches), "asked": asked, "answers": found})
    used_up = not left or len(elsewhere) > left
    return Answers(sorted(answers, key=lambda answer: -answer.points.weight), used_up, len(unsure[MOST_UNSURE:]))


@transaction.atomic
def open_identity(
    *, by: User, case: Case, purpose: str, fields: Collection[str], old: bool = False
) -> list[access.Value]:
    """Open fields of the person's identity for a purpose; replaced values (`old`) only for those who may correct."""
    policy.require(by, P.IDENTITY_OPEN, case)
    if old:
        policy.require(by, P.CASE_CORRECT, case)
    if purpose not in Purpose.values:
        raise Refused(_("Chọn mục đích mở danh tính."), field="purpose")
    if not fields:
        raise Refused(_("Chọn ít nhất một mục cần xem."), field="fields")
    return access.reveal(by=by, person_id=case.person_id, on=case, purpose=purpose, fields=list(fields), old=old)


@transaction.atomic
def open_notes(*, by: User, case: Case, purpose: str) -> dict[int, str]:
    """Open the sealed words of a case's history for a purpose: step id → words."""
    policy.require(by, P.IDENTITY_OPEN, case)
    if purpose not in Purpose.values:
        raise Refused(_("Chọn mục đích mở ghi chú."), field="purpose")
    notes = {step.pk: bytes(step.note) for step in case.steps.exclude(note=None) if step.note}
    return access.reveal_notes(by=by, person_id=case.person_id, on=case, purpose=purpose, notes=notes)


@transaction.atomic
def join(*, by: User, case: Case, other: Case, seen: int | None = None) -> Case:
    """Join two cases of one person: `case` continues, `other` is closed and refers to it.

    The records about the person move to `case`: findings, needs, what was given, measures, assessments, stays and visits, and
    each track from the case in which it is further. Raises Refused for two cases of one reception, where either is closed, or
    where they cannot be of one person.
    """
    policy.require(by, P.CASE_CORRECT, case)
    policy.require(by, P.CASE_CORRECT, other)
    if case.pk == other.pk:
        raise Refused(_("Đây là cùng một hồ sơ."), field="code")
    if case.reception_id == other.reception_id:
        raise Refused(_("Hai hồ sơ của cùng một lần tiếp nhận là hai người."), field="code")
    Case.objects.lock_each([case.pk, other.pk])
    with steps.change(other, by=by) as ending, steps.change(case, by=by, seen=seen) as change:
        case, other = change.case, ending.case
        if not (case.is_open and other.is_open):
            raise Refused(_("Chỉ ghép được hai hồ sơ đang mở."), field="code")
        _require_one_person(case, other)
        moved = joining.move_records(by=by, case=case, other=other)
        for one, details in ((change, {"case": other.code, "moved": moved}), (ending, {"case": case.code})):
            one.note("join", permission=P.CASE_CORRECT, trail_event=CaseEvent.JOINED, details=details)
        other.closed_on, other.closing, other.joined_to = legal_day(), Case.Closing.JOINED, case
        other.save(update_fields=["closed_on", "closing", "joined_to"])
    return case


def _require_one_person(case: Case, other: Case) -> None:
    """Refuse two cases that say what cannot be true of one person; whoever finds that one is wrong corrects it first."""
    if case.sex and other.sex and case.sex != other.sex:
        raise Refused(_("Hai hồ sơ ghi giới tính khác nhau. Sửa hồ sơ ghi sai rồi ghép."), field="code")
    if not access.may_be_one_birth(persons=(case.person_id, other.person_id), years=YEARS_APART):
        words = _("Hai hồ sơ ghi năm sinh cách nhau hơn %(n)d năm. Sửa hồ sơ ghi sai rồi ghép.")
        raise Refused(words % {"n": YEARS_APART}, field="code")


@transaction.atomic
def unjoin(*, by: User, case: Case, words: str, seen: int | None = None) -> Case:
    """Undo the joining of a case to another, with the reason; both are as they were before.

    What was added since the joining stays with the other case. Raises Refused where that one was itself joined to a third,
    or the person was received again meanwhile.
    """
    target = case.joined_to
    if target is None:
        raise Refused(_("Hồ sơ này chưa ghép vào hồ sơ nào."))
    policy.require(by, P.CASE_CORRECT, case)
    policy.require(by, P.CASE_CORRECT, target)
    Case.objects.lock_each([case.pk, target.pk])
    target, case = steps.lock(target), steps.lock(case, seen=seen, by=by)
    if case.joined_to_id != target.pk:
        raise Refused(_("Hồ sơ này chưa ghép vào hồ sơ nào."))
    if not words.strip():
        raise Refused(_("Ghi lý do hai hồ sơ không phải của một người."), field="words")
    if target.joined_to_id:
        raise Refused(
            _("Hồ sơ %(code)s đã được ghép tiếp vào hồ sơ khác. Tách hồ sơ ấy trước.") % {"code": target.shown_code}
        )
    opening.require_none_open(case.person_id, by=by, but=case)
    joined = target.steps.filter(key="join", details__case=case.code).order_by("-pk").first()
    joining.undo_moves(by=by, case=target, other=case, moved=joined.details["moved"] if joined else [])
    # What was moved is as it was; the rows in hand are not.
    with steps.change(target, by=by) as onward, steps.change(case, by=by) as change:
        opening.open_again(change.case)
        for one, another in ((change, target), (onward, case)):
            one.note(
                "unjoin", permission=P.CASE_CORRECT, words=words, details={"case": another.code},
                trail_event=CaseEvent.CORRECTED,
            )  # fmt: skip
        return change.case


def _matches(facts: ComparedIdentity, first: QuerySet[Case, Any]) -> dict[UUID, access.Match]:
    """The persons who may be meant, by id. A case joined to another counts for the person of the case that continues, who
    gets the best match of all of them. `first`: persons (a query of ids) preferred among equal candidates."""
    found = {match.person_id: match for match in access.match(facts=facts, first=first)}
    joined = Case.objects.unscoped(reason="where a joined person's matter goes on").exclude(joined_to=None)
    for case in joined.filter(person__in=found):
        match, person = found[case.person_id], joining.continuing_case(case).person_id
        if person not in found or found[person].points.weight < match.points.weight:
            found[person] = match
    return found


def _numbers_asked(facts: ComparedIdentity) -> int:
    """How many of the person's own numbers a search asks about; 1 for a name alone. Raises Refused for too many."""
    boxes = {"id_number": papers(facts.id_number), "phone": telephones(facts.phone)}
    own = {field: sum(numbers.values()) for field, numbers in boxes.items()}
    for field, number in own.items():
        if number > MOST_NUMBERS:
            raise Refused(
                _("Ô này có %(n)d số. Một lần tìm cho một người nhận nhiều nhất %(most)d số; bớt số rồi tìm lại.")
                % {"n": number, "most": MOST_NUMBERS},
                field=field,
            )
    return max(1, sum(own.values()))


def _answers_left(by: User) -> int:
    """How many more answers about cases elsewhere a user may get today, counted in the trail."""
    day = Line.objects.filter(by=by.username, at__gt=clock() - A_DAY)
    asked = day.filter(event=CaseEvent.SEARCHED).values_list("data", flat=True)
    unanswered = sum(max(0, data.get("asked", 0) - data.get("answers", 0)) for data in asked)
    if unanswered >= MOST_UNANSWERED_A_DAY:
        return 0
    return max(0, MOST_ANSWERS_A_DAY - day.filter(event=CaseEvent.SEARCH_MATCHED).count())
