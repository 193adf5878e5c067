"""The five measures that plan 12089 asks for in II.2: one definition for each number, whoever asks.

Each says where a case stands on a day, from its history alone. Where a measure is of those received, area and agency are
those of the reception; of the others they are those of the agency responsible on the day of the question.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from benan.cases.measures import OUTSIDE
from benan.core.figures import (
    CountedApart,
    Duty,
    IndicatorMeasure,
    Judged,
    Judgement,
    Missing,
    Standing,
    Words,
)
from benan.indicators.definitions import DEFINITIONS
from benan.indicators.history import CaseHistory
from benan.needs.kinds import ADVICE, GROUPS, KINDS, LAWFUL, SAFETY
from benan.needs.measures import NeedFact
from benan.needs.models import Need

MET, LATE, IN_TIME, SHORT = Standing
SERVICES = frozenset(key for key, kind in KINDS.items() if kind.group)
# Not weighed against Luật 66/2011, Điều 32: safety and advice have measures of their own.
MEASURED_ELSEWHERE = {SAFETY, *ADVICE}
UNSENT = {"labour_intake": _("Chưa ghi giấy tờ chứng nhận, cũng chưa gửi đề nghị xác minh")}
NEEDS_APART = {
    "needs_not_granted": _("nhu cầu không thuộc diện được hỗ trợ theo Điều 32 Luật 66/2011"),
    "needs_not_answered": _("nhu cầu chưa đủ thông tin để xác định theo Điều 32"),
}
PENDING_APART = {
    "pending": _("người còn chờ xác minh (và người đi cùng) có nhu cầu an toàn"),
    "pending_protected": _("trong đó đã được áp dụng biện pháp bảo vệ"),
}
# A need (its kind), the day to which it belongs, and where it stands.
JudgedNeed = tuple[str, dt.date, Standing]


def _received(history: CaseHistory, as_of: dt.date) -> Judgement | None:
    """Those who say that they are victims and came in the period."""
    case, verification = history.case, history.verification
    if not case.is_claimant or case.came_on > as_of:
        return None
    initial = [
        (need.kind, case.came_on, standing)
        for need in history.needs.recorded(as_of, phase=Need.Phase.INITIAL)
        if (standing := need.standing(need.recorded_on, as_of, left=MET, done=need.met_on)) is not None
    ]
    here, answer = case.received_by, verification.answer(as_of)
    judged = [
        _judged("notice", case.came_on, case.done_by_next_day(as_of, "labour_notified"), here),
        _judged("screening", case.came_on, case.done_by_next_day(as_of, "needs_screened"), here),
        *_judged_needs(initial, history.mover(as_of)),
    ]
    if answer == SHORT:
        clock = verification.clock(as_of)
        whose = history.agency_outside(as_of) or verification.answering_agency(as_of)
        limit, due_on = (clock.limit, clock.due_on) if clock else ("", None)
        judged.append(Judged(case.came_on, answer, (Missing("answer", whose, limit=limit, due_on=due_on),)))
    else:
        judged.append(Judged(case.came_on, answer))
    outside = case.exclusion(as_of, unanswered=verification.first_finding(as_of) is None)
    return Judgement(tuple(judged), outside, here)


def _supported(history: CaseHistory, as_of: dt.date) -> Judgement | None:
    """Victims, by each need that the law grants; and needs that it does not grant, or of which too little is known."""
    case = history.case
    judged: list[Judged] = []
    outside = case.exclusion(as_of, unanswered=False)
    for recognised in history.verification.recognised(as_of):
        assessed = any(history.needs.assessed(as_of))
        judged += _never_asked(history, recognised, as_of, asked=assessed)
        granted = [need for need in history.needs.recorded(as_of) if need.granted == Need.Granted.YES]
        judged += _judged_needs(_since_recognised(granted, recognised, as_of), history.mover(as_of))
        if not outside:
            judged += _needs_apart(history.needs.recorded(as_of), recognised)
    return _judgement(history, judged, outside, as_of)


def _needs_apart(needs: Iterable[NeedFact], recognised: dt.date) -> Iterator[Judged]:
    found: Counter[tuple[str, dt.date]] = Counter()
    for need in needs:
        if need.granted != Need.Granted.YES and need.kind not in MEASURED_ELSEWHERE:
            unanswered = need.granted == Need.Granted.UNKNOWN and need.kind in LAWFUL
            key = "needs_not_answered" if unanswered else "needs_not_granted"
            found[key, max(need.recorded_on, recognised)] += 1
    return (Judged(day, MET, apart=key, number=number) for (key, day), number in found.items())


def _count_needs_apart(found: Sequence[CountedApart]) -> dict[str, int]:
    return {key: sum(each.number for each in found if each.key == key) for key in NEEDS_APART}


def _protected(history: CaseHistory, as_of: dt.date) -> Judgement | None:
    """Victims, and those joined to a victim by a reception, recognised on the day that person was; and people with a need
    of safety who wait for an answer, or came with nobody but such people."""
    case, verification, needs = history.case, history.verification, history.needs
    theirs = None if case.is_claimant else verification.companion_recognised(as_of)
    days = verification.recognised(as_of) or ([theirs] if theirs else [])
    judged: list[Judged] = []
    outside = ""
    for recognised in days:
        early = not case.is_claimant and case.closed_on is not None and case.closed_on < recognised
        outside = case.exclusion(as_of, unanswered=early)
        asked = any(one.safety_asked for one in needs.assessed(as_of)) or case.has_step(as_of, *CONCLUDED)
        judged += _never_asked(history, recognised, as_of, asked=asked or not case.is_claimant)
        safety = _since_recognised(needs.recorded(as_of, kinds=(SAFETY,)), recognised, as_of, history.protected_on)
        judged += _judged_needs(safety, history.mover(as_of))
    waits = (
        verification.first_finding(as_of) is None
        if case.is_claimant
        else not theirs and verification.waits_beside(as_of)
    )
    if waits and not case.is_closed(as_of) and not case.exclusion(as_of, unanswered=False):
        judged += _pending(history, as_of)
    return _judgement(history, judged, outside, as_of)


CONCLUDED = ("protection_needed", "protection_not_needed", "protection_started")


def _pending(history: CaseHistory, as_of: dt.date) -> Iterator[Judged]:
    for need in history.needs.recorded(as_of, kinds=(SAFETY,)):
        done = history.protected_on.get(need.pk)
        standing = need.standing(need.recorded_on, as_of, left=None, done=done)
        if standing is not None:
            yield Judged(need.recorded_on, standing, apart="pending")


def _count_pending(found: Sequence[CountedApart]) -> dict[str, int]:
    protected = sum(each.cases for each in found if each.standing <= LATE)
    return {"pending": sum(each.cases for each in found), "pending_protected": protected}


def _settled(history: CaseHistory, as_of: dt.date) -> Judgement | None:
    """Victims, on the later of two days: recognised, and back where they live."""
    case, needs = history.case, history.needs
    if case.residence_on is None:
        return None
    # The first return counts; the case itself keeps the last.
    first = next(case.steps_by(as_of, "residence_established"), None)
    home = first.on if first else case.residence_on
    judged: list[Judged] = []
    for recognised in history.verification.recognised(as_of):
        settled = max(home, recognised)
        if settled > as_of:
            continue
        mover, now = history.mover(as_of), needs.groups_asked(as_of)
        if now.issuperset(GROUPS):
            standing = MET if needs.groups_asked(settled).issuperset(GROUPS) else LATE
        else:
            standing = SHORT if settled < as_of else IN_TIME
        lacks = tuple(key for key in GROUPS if key not in now)
        judged.append(_judged("groups", settled, standing, mover, lacks))
        services = [
            (need.kind, settled, found)
            for need in needs.recorded(as_of, kinds=SERVICES)
            if (found := need.standing(max(need.recorded_on, settled), as_of, left=MET, done=need.met_on)) is not None
        ]
        judged += _judged_needs(services, mover)
    return _judgement(history, judged, case.exclusion(as_of, unanswered=False), as_of)


def _advised(history: CaseHistory, as_of: dt.date) -> Judgement | None:
    """Victims, by each need of advice on health or psychological services."""
    judged: list[Judged] = []
    for recognised in history.verification.recognised(as_of):
        asked = any(one.advice_asked for one in history.needs.assessed(as_of))
        judged += _never_asked(history, recognised, as_of, asked=asked)
        advice = history.needs.recorded(as_of, kinds=ADVICE)
        judged += _judged_needs(_since_recognised(advice, recognised, as_of), history.mover(as_of))
    return _judgement(history, judged, history.case.exclusion(as_of, unanswered=False), as_of)


def _since_recognised(
    needs: Iterable[NeedFact], recognised: dt.date, as_of: dt.date, done: dict[int, dt.date] | None = None
) -> Iterator[JudgedNeed]:
    """Needs by their need day; one refused after a real offer, or gone, leaves them. `done`: met on other days, by id."""
    for need in needs:
        day = max(need.recorded_on, recognised)
        met_on = need.met_on if done is None else done.get(need.pk)
        standing = need.standing(day, as_of, left=None, done=met_on)
        if standing is not None:
            yield need.kind, day, standing


def _never_asked(history: CaseHistory, recognised: dt.date, as_of: dt.date, *, asked: bool) -> Iterator[Judged]:
    """Those who were never asked: due on the day of recognition."""
    if not asked:
        standing = SHORT if recognised < as_of else IN_TIME
        yield _judged("assessment", recognised, standing, history.mover(as_of))


def _judged_needs(needs: Iterable[JudgedNeed], whose: int | None) -> list[Judged]:
    """Needs as one duty for each day to which some belong."""
    worst: dict[dt.date, Standing] = {}
    lacks: dict[dt.date, list[str]] = {}
    for kind, day, standing in needs:
        worst[day] = max(worst.get(day, MET), standing)
        if standing == SHORT:
            lacks.setdefault(day, []).append(kind)
    return [_judged("needs", day, standing, whose, tuple(lacks.get(day, ()))) for day, standing in worst.items()]


def _judged(duty: str, day: dt.date, standing: Standing, whose: int | None, lacks: tuple[str, ...] = ()) -> Judged:
    return Judged(day, standing, (Missing(duty, whose, lacks),) if standing == SHORT else ())


def _judgement(history: CaseHistory, judged: Sequence[Judged], outside: str, as_of: dt.date) -> Judgement | None:
    return Judgement(tuple(judged), outside, history.case.responsible(as_of)) if judged else None


def _need_names(keys: Iterable[str]) -> list[Words]:
    return [KINDS[key].label for key in dict.fromkeys(keys)]


def _group_names(keys: Iterable[str]) -> list[Words]:
    return [GROUPS[key] for key in keys]


def _needs_duty(words: Words) -> Duty:
    return Duty("needs", words, name=_need_names)


MEASURES = (
    IndicatorMeasure(
        "received_verified_and_supported",
        _("Được làm thủ tục xác minh và hỗ trợ ban đầu"),
        _("trên số người được tiếp nhận"),
        _received,
        duties=(
            Duty("notice", _("Chưa báo Phòng LĐ-TB&XH")),
            Duty("screening", _("Chưa hỏi nhu cầu ban đầu")),
            _needs_duty(_("Nhu cầu ban đầu chưa được đáp ứng")),
            Duty("answer", _("Chưa có trả lời xác minh"), instead=UNSENT),
        ),
        by_area=True,
        outside=OUTSIDE,
        definition=DEFINITIONS["received_verified_and_supported"],
    ),
    IndicatorMeasure(
        "victims_supported",
        _("Được hỗ trợ theo luật"),
        _("trên số nạn nhân có nhu cầu"),
        _supported,
        duties=(
            Duty("assessment", _("Chưa được đánh giá nhu cầu")),
            _needs_duty(_("Nhu cầu chưa được hỗ trợ")),
        ),
        outside=OUTSIDE,
        definition=DEFINITIONS["victims_supported"],
        apart=_count_needs_apart,
        apart_names=NEEDS_APART,
    ),
    IndicatorMeasure(
        "people_protected",
        _("Được bảo vệ an toàn"),
        _("trên số nạn nhân, thân nhân có nhu cầu"),
        _protected,
        duties=(
            Duty("assessment", _("Chưa được hỏi về an toàn")),
            _needs_duty(_("Chưa được áp dụng biện pháp bảo vệ")),
        ),
        outside=OUTSIDE,
        definition=DEFINITIONS["people_protected"],
        apart=_count_pending,
        apart_names=PENDING_APART,
        with_companions=True,
    ),
    IndicatorMeasure(
        "victims_reintegrated",
        _("Được dịch vụ hòa nhập sau khi rõ nơi cư trú"),
        _("trên số nạn nhân"),
        _settled,
        duties=(
            Duty("groups", _("Chưa được hỏi đủ tám nhóm dịch vụ"), name=_group_names),
            _needs_duty(_("Dịch vụ chưa được cung cấp")),
        ),
        outside=OUTSIDE,
        definition=DEFINITIONS["victims_reintegrated"],
    ),
    IndicatorMeasure(
        "victims_advised_on_health",
        _("Được tư vấn sức khỏe, tâm lý"),
        _("trên số nạn nhân có nhu cầu"),
        _advised,
        duties=(
            Duty("assessment", _("Chưa được hỏi có cần tư vấn sức khỏe, tâm lý")),
            _needs_duty(_("Chưa có buổi tư vấn")),
        ),
        outside=OUTSIDE,
        definition=DEFINITIONS["victims_advised_on_health"],
    ),
)
