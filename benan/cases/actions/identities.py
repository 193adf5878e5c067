"""Looking at who somebody is: search before create, and opening what is sealed."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts import policy
from benan.accounts.models import User
from benan.accounts.roles import P
from benan.audit import trail
from benan.audit.events import Event
from benan.audit.models import Event as Line
from benan.cases import joining, opening, steps
from benan.cases.models import File
from benan.cases.purposes import Purpose, contact_code
from benan.core.days import clock, legal_day
from benan.core.refusals import Refused
from benan.vault import access
from benan.vault.numbers import papers, telephones
from benan.vault.tracing import Facts, tokens

MOST_UNSURE = 5  # files shown by one search without a strong match: each of them was looked at
MOST_ANSWERS_A_DAY, A_DAY = 30, dt.timedelta(hours=24)  # of the clock
MOST_NUMBERS = 3  # telephones, and papers, about which one search asks
MOST_UNANSWERED_A_DAY = 100  # numbers that were found nowhere; a name alone counts as one


@dataclass(frozen=True)
class Answer:
    """One answer of search before create: a file one reaches, or only who manages it and a contact code."""

    points: object
    file: File | None = None
    agency_id: int | None = None
    contact_code: str = ""


@dataclass(frozen=True)
class Answers:
    """What search before create answers; `used_up` where the day's answers about files elsewhere are, `more` counts
    the files within reach that agree no better than those listed and were left out."""

    listed: list[Answer]
    used_up: bool
    more: int = 0


@transaction.atomic
def search(*, by, facts: Facts) -> Answers:
    """Ask, before creating, whether somebody already has a file.

    Where one may open identities: the files, of those without a strong match the best few. Elsewhere only a strong match
    answers, and only with the managing unit and a contact code; the holder sees that somebody asked. Whose answers of the
    day are used up, or who asked about too many numbers that were found nowhere, gets none from elsewhere, match or no
    match. Raises Refused where the facts cannot identify anybody, or hold more numbers than one person has.
    """
    policy.require_right(by, P.FILE_RECEIVE)
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # two searches at once would both be the last
    if not tokens(facts):
        raise Refused(
            _("Ghi ít nhất hai tiếng của họ tên, hoặc riêng tên kèm năm sinh hay tuổi (chênh nhau không quá 5 năm), "
              "hoặc đủ số giấy tờ, hoặc đủ số điện thoại để tìm.")
        )  # fmt: skip
    asked = _numbers_asked(facts)
    reached = File.objects.can(by, P.IDENTITY_OPEN)
    matches = _matches(facts, first=reached.values("person"))
    near = reached.filter(person__in=matches, joined_to=None).select_related("reception").order_by("-opened_on")
    answers = [Answer(points=matches[file.person_id].points, file=file) for file in near]
    unsure = sorted((one for one in answers if not one.points.strong), key=lambda answer: -answer.points.weight)
    answers = [one for one in answers if one.points.strong] + unsure[:MOST_UNSURE]
    own = {file.person_id for file in near}
    left = _answers_left(by)
    far = [] if not left else [pk for pk, match in matches.items() if match.points.strong and pk not in own]
    elsewhere = File.objects.unscoped(reason="strong matches, Settled 11").filter(person__in=far, closed_on=None)
    elsewhere = elsewhere.exclude(team__kept_from__in=[seat.agency_id for seat in by.seats])
    elsewhere = sorted(elsewhere, key=lambda file: -matches[file.person_id].points.weight)
    for file in elsewhere[:left]:
        code = contact_code(trail.record(by=by, event=Event.SEARCH_MATCHED, on=file))
        points = matches[file.person_id].points.told_elsewhere
        answers.append(Answer(points=points, agency_id=file.agency_id, contact_code=code))
    found = sum(answer.points.strong for answer in answers)
    trail.record(by=by, event=Event.SEARCHED, data={"candidates": len(matches), "asked": asked, "answers": found})
    used_up = not left or len(elsewhere) > left
    return Answers(sorted(answers, key=lambda answer: -answer.points.weight), used_up, len(unsure[MOST_UNSURE:]))


@transaction.atomic
def open_identity(*, by, file, purpose, fields, old=False) -> list[access.Value]:
    """Open chosen fields of who somebody is, for a purpose; old values only to those who may correct."""
    policy.require(by, P.IDENTITY_OPEN, file)
    if old:
        policy.require(by, P.FILE_CORRECT, file)
    if purpose not in Purpose.values:
        raise Refused(_("Chọn mục đích mở danh tính."), field="purpose")
    if not fields:
        raise Refused(_("Chọn ít nhất một mục cần xem."), field="fields")
    return access.reveal(by=by, person_id=file.person_id, on=file, purpose=purpose, fields=list(fields), old=old)


@transaction.atomic
def open_notes(*, by, file, purpose) -> dict:
    """Open the sealed words of a file's history, for a purpose: step id → words."""
    policy.require(by, P.IDENTITY_OPEN, file)
    if purpose not in Purpose.values:
        raise Refused(_("Chọn mục đích mở lời ghi."), field="purpose")
    notes = {step.pk: step.note for step in file.steps.exclude(note=None)}
    return access.reveal_notes(by=by, person_id=file.person_id, on=file, purpose=purpose, notes=notes)


@transaction.atomic
def join(*, by, file, other, seen=None) -> File:
    """Join two files found to be one person: `file` goes on, `other` closes and points to it.

    What is known of the person follows them: findings, needs, what was given, measures, assessments, stays and visits,
    and each line of work from the file in which it is further. Raises Refused for two files of one reception, or
    where either is closed.
    """
    policy.require(by, P.FILE_CORRECT, file)
    policy.require(by, P.FILE_CORRECT, other)
    if file.pk == other.pk:
        raise Refused(_("Đây là cùng một hồ sơ."), field="code")
    if file.reception_id == other.reception_id:
        raise Refused(_("Hai hồ sơ của cùng một lần tiếp nhận là hai người."), field="code")
    File.objects.lock_each([file.pk, other.pk])
    file, other = steps.lock(file, seen=seen, by=by), steps.lock(other)
    if not (file.is_open and other.is_open):
        raise Refused(_("Chỉ ghép được hai hồ sơ đang mở."), field="code")
    today = legal_day()
    moved = joining.bring(by=by, file=file, other=other)
    line = {"by": by, "key": "join", "permission": P.FILE_CORRECT, "event": Event.FILES_JOINED}
    steps.note(file=file, details={"file": other.code, "moved": moved}, **line)
    steps.note(file=other, details={"file": file.code}, **line)
    other.closed_on, other.closing, other.joined_to = today, File.Closing.JOINED, file
    other.save(update_fields=["closed_on", "closing", "joined_to"])
    for one in (file, other):
        steps.after_change(one)
    return file


@transaction.atomic
def unjoin(*, by, file, words, seen=None) -> File:
    """Part a file from the one it was joined to, with the reason: both are as before.

    What was added since the joining stays with the file that went on. Raises Refused where that one was joined on
    in its turn, or the person was received again meanwhile.
    """
    target = file.joined_to
    if target is None:
        raise Refused(_("Hồ sơ này chưa ghép vào hồ sơ nào."))
    policy.require(by, P.FILE_CORRECT, file)
    policy.require(by, P.FILE_CORRECT, target)
    File.objects.lock_each([file.pk, target.pk])
    target, file = steps.lock(target), steps.lock(file, seen=seen, by=by)
    if file.joined_to_id != target.pk:
        raise Refused(_("Hồ sơ này chưa ghép vào hồ sơ nào."))
    if not words.strip():
        raise Refused(_("Ghi vì sao hai hồ sơ không phải của một người."), field="words")
    if target.joined_to_id:
        raise Refused(
            _("Hồ sơ %(code)s đã được ghép tiếp vào hồ sơ khác. Tách hồ sơ ấy trước.") % {"code": target.shown_code}
        )
    opening.require_none_open(file.person_id, by=by, but=file)
    joined = target.steps.filter(key="join", details__file=file.code).order_by("-pk").first()
    joining.put_back(by=by, file=target, other=file, moved=joined.details["moved"])
    # What was moved is as it was; the rows in hand are not.
    target, file = steps.lock(target), steps.lock(file)
    opening.open_again(file)
    line = {"by": by, "key": "unjoin", "permission": P.FILE_CORRECT, "event": Event.FILE_CORRECTED}
    for one, another in ((file, target), (target, file)):
        steps.note(file=one, words=words, details={"file": another.code}, **line)
        steps.after_change(one)
    return file


def _matches(facts, first):
    """Who may be meant, by person: each with the best match of any of their files that were joined."""
    found = {match.person_id: match for match in access.match(facts=facts, first=first)}
    joined = File.objects.unscoped(reason="where a joined person's matter goes on").exclude(joined_to=None)
    for file in joined.filter(person__in=found):
        match, goes_on = found[file.person_id], joining.goes_on(file).person_id
        if goes_on not in found or found[goes_on].points.weight < match.points.weight:
            found[goes_on] = match
    return found


def _numbers_asked(facts) -> int:
    """How many numbers of the person's own a search asks about, a name alone counted as one."""
    boxes = {"id_number": papers(facts.id_number), "phone": telephones(facts.phone)}
    own = {field: sum(numbers.values()) for field, numbers in boxes.items()}
    for field, number in own.items():
        if number > MOST_NUMBERS:
            raise Refused(
                _("Ô này có %(n)d số. Một lần tìm cho một người nhận nhiều nhất %(most)d số; bỏ bớt rồi tìm lại.")
                % {"n": number, "most": MOST_NUMBERS},
                field=field,
            )
    return max(1, sum(own.values()))


def _answers_left(by) -> int:
    """How many more answers about files elsewhere a day allows somebody; the trail is the counter."""
    day = Line.objects.filter(by=by.username, at__gt=clock() - A_DAY)
    asked = day.filter(event=Event.SEARCHED).values_list("data", flat=True)
    unanswered = sum(max(0, data.get("asked", 0) - data.get("answers", 0)) for data in asked)
    if unanswered >= MOST_UNANSWERED_A_DAY:
        return 0
    return max(0, MOST_ANSWERS_A_DAY - day.filter(event=Event.SEARCH_MATCHED).count())
