"""The five measures that plan 12089 asks for in II.2: one definition for each number, whoever asks.

Where a measure is of those received, area and agency are those of the reception; of the others they are those of the
agency responsible on the day of the question.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Count, Exists, F, FilteredRelation, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from benan.cases.models import Case
from benan.indicators.definitions import DEFINITIONS
from benan.needs.kinds import ADVICE, GROUPS, KINDS, SAFETY
from benan.needs.models import Need
from tests.indicators.oracle.cases import (
    OUTSIDE,
    cases_joined_into,
    done_by_next_day,
    exclusion_reason,
    has_step,
    managed_where_asked,
    received_where_asked,
    responsible_agency,
    steps_by,
)
from tests.indicators.oracle.conventions import limits_by_convention
from tests.indicators.oracle.figures import (
    IN_TIME,
    LATE,
    MET,
    NOTHING,
    SHORT,
    Duty,
    IndicatorMeasure,
    Question,
    Standing,
    Words,
    choose,
    every_row,
    later_day,
)
from tests.indicators.oracle.needs import CountedNeeds, assessed_by, groups_asked_by, needs_by
from tests.indicators.oracle.protection import protected_on
from tests.indicators.oracle.support import agency_outside, agency_to_act
from tests.indicators.oracle.verification import (
    answer_standing,
    answering_agency,
    companion_recognised_on,
    findings_by,
    is_victim,
    verification_clock,
)

CLAIMANT = Case.Kind.CLAIMANT
NOBODY = Q(pk__in=[])
SERVICES = [key for key, kind in KINDS.items() if kind.group]
LAWFUL = [key for key, kind in KINDS.items() if kind.right]
# Not weighed against Luật 66/2011, Điều 32: safety and advice have measures of their own.
MEASURED_ELSEWHERE = {SAFETY, *ADVICE}
UNSENT = {"labour_intake": _("Chưa ghi giấy tờ chứng nhận, cũng chưa gửi đề nghị xác minh")}
NEEDS_APART = {
    "needs_not_granted": _("nhu cầu mà Điều 32 Luật 66/2011 không cho"),
    "needs_not_answered": _("nhu cầu chưa đủ điều biết để trả lời theo Điều 32"),
}
PENDING_APART = {
    "pending": _("người còn chờ xác minh (và người đi cùng) có nhu cầu an toàn"),
    "pending_protected": _("trong đó đã được áp dụng biện pháp bảo vệ"),
}


def _cases(asked: Question) -> QuerySet[Case]:
    """Every case, with the agency responsible on the day of the question, and the one whose move the case is."""
    rows = every_row(Case).alias(responsible=responsible_agency(asked.as_of))
    return rows.alias(mover=agency_to_act(asked.as_of))


def _received_anywhere(asked: Question) -> QuerySet[Case]:
    """Those who say that they are victims and came in the period."""
    people = _cases(asked).filter(kind=CLAIMANT, reception__came_on__range=asked.known)
    return people.annotate(outside=exclusion_reason(asked.as_of, unanswered=~Exists(findings_by(asked.as_of))))


def _received(asked: Question) -> QuerySet[Case]:
    return received_where_asked(_received_anywhere(asked), asked)


def _received_duties(asked: Question) -> list[Duty]:
    came, day = "reception__came_on", asked.as_of
    here = F("reception__agency")
    initial = CountedNeeds(needs_by(day, phase=Need.Phase.INITIAL), "recorded_on", day, left=MET)
    by_convention = limits_by_convention(_received_anywhere(asked), day)
    answer = answer_standing(day, by_convention)
    whose = Coalesce(agency_outside(day), answering_agency(day, by_convention), output_field=IntegerField())
    return [
        Duty("notice", done_by_next_day("labour_notified", came, day), _("Chưa báo Phòng LĐ-TB&XH"), here),
        Duty("screening", done_by_next_day("needs_screened", came, day), _("Chưa hỏi nhu cầu ban đầu"), here),
        _needs_duty(initial, _("Nhu cầu ban đầu chưa được đáp ứng")),
        Duty("answer", answer, _("Chưa có trả lời xác minh"), whose, limit=verification_clock(day), instead=UNSENT),
    ]


def _recognised_victims(asked: Question) -> QuerySet[Any]:
    """The cases of people who are victims by a finding in force on the day of the question.

    Annotated with `recognised`, the day of that finding, and `outside`, why the case is not counted ("" where it is).
    """
    found = FilteredRelation("findings", condition=is_victim(asked.as_of, "findings__"))
    people = _cases(asked).annotate(found=found).filter(found__isnull=False).annotate(recognised=F("found__on"))
    return people.annotate(outside=exclusion_reason(asked.as_of, unanswered=NOBODY))


def _victims(asked: Question) -> QuerySet[Case]:
    return managed_where_asked(_recognised_victims(asked), asked)


def _supported_duties(asked: Question) -> list[Duty]:
    granted = _needs_in_period(needs_by(asked.as_of, granted=Need.Granted.YES), asked)
    never = _never_asked(asked, assessed_by(asked.as_of))
    return [
        Duty("assessment", never, _("Chưa được đánh giá nhu cầu"), F("mover")),
        _needs_duty(granted, _("Nhu cầu chưa được hỗ trợ")),
    ]


def _supported_apart(asked: Question) -> dict[str, int]:
    """Needs of victims that the law does not grant, and those of which too little is known for an answer."""
    found = FilteredRelation("case__findings", condition=is_victim(asked.as_of, "case__findings__"))
    rows = every_row(Need).annotate(found=found).filter(found__isnull=False)
    rows = rows.alias(day=Greatest("recorded_on", "found__on")).filter(day__range=asked.known)
    rows = rows.exclude(granted=Need.Granted.YES).exclude(kind__in=MEASURED_ELSEWHERE)
    victims = managed_where_asked(_recognised_victims(asked).filter(outside=""), asked)
    rows = rows.filter(case__in=victims.values("pk"))
    unanswered = Q(granted=Need.Granted.UNKNOWN, kind__in=LAWFUL)
    return rows.aggregate(
        needs_not_granted=Count("pk", filter=~unanswered), needs_not_answered=Count("pk", filter=unanswered)
    )


def _protected(asked: Question) -> QuerySet[Case]:
    """Victims, and those joined to a victim by a reception, `recognised` on the day that person was."""
    found = FilteredRelation("findings", condition=is_victim(asked.as_of, "findings__"))
    theirs = models.Case(When(~Q(kind=CLAIMANT), then=companion_recognised_on(asked.as_of)))
    people = _cases(asked).annotate(found=found).annotate(recognised=Coalesce("found__on", theirs))
    before = ~Q(kind=CLAIMANT) & Q(closed_on__lt=F("recognised"))
    people = people.filter(recognised__isnull=False).annotate(outside=exclusion_reason(asked.as_of, unanswered=before))
    return managed_where_asked(people, asked)


def _protected_duties(asked: Question) -> list[Duty]:
    day = asked.as_of
    concluded = has_step(day, "protection_needed", "protection_not_needed", "protection_started")
    never = _never_asked(asked, assessed_by(day, safety_asked=True) | concluded, kind=CLAIMANT)
    safety = needs_by(day, kind=SAFETY).alias(protected_on=protected_on(day))
    return [
        Duty("assessment", never, _("Chưa được hỏi về an toàn"), F("mover")),
        _needs_duty(_needs_in_period(safety, asked, done="protected_on"), _("Chưa được áp dụng biện pháp bảo vệ")),
    ]


def _protected_apart(asked: Question) -> dict[str, int]:
    """People with a need of safety who wait for an answer, and those who came with nobody but such people."""
    day = asked.as_of
    still_open = Q(closed_on=None) | Q(closed_on__gt=day)
    waits = Q(kind=CLAIMANT) & ~Exists(findings_by(day))
    waiting = every_row(Case).filter(still_open, waits)
    beside = Exists(waiting.filter(reception=OuterRef("reception"))) | Exists(
        waiting.filter(pk__in=cases_joined_into())
    )
    came_along = ~Q(kind=CLAIMANT) & beside & Q(recognised=None)
    rows = needs_by(day, kind=SAFETY, recorded_on__range=asked.known).alias(protected_on=protected_on(day))
    safety = CountedNeeds(rows, "recorded_on", day, left=NOTHING, done="protected_on")
    people = managed_where_asked(_cases(asked), asked).filter(still_open).alias(recognised=companion_recognised_on(day))
    people = people.filter(waits | came_along)
    people = people.alias(outside=exclusion_reason(day, unanswered=NOBODY), standing=safety.standing).filter(outside="")
    return people.aggregate(
        pending=Count("pk", filter=Q(standing__isnull=False)),
        pending_protected=Count("pk", filter=Q(standing__lte=Standing.LATE)),
    )


def _settled(asked: Question) -> QuerySet[Case]:
    """Victims of whom the later of two days lies in the period: recognised, and back where they live (`settled_on`)."""
    # The first return counts; the case itself keeps the last.
    first = Subquery(steps_by(asked.as_of, "residence_established").values("on")[:1])
    people = _recognised_victims(asked).filter(residence_on__isnull=False)
    people = people.alias(settled_on=Greatest(Coalesce(first, "residence_on"), "recognised"))
    people = people.filter(settled_on__range=asked.known)
    people = people.alias(groups_then=groups_asked_by(OuterRef("settled_on")))
    return managed_where_asked(people.alias(groups_now=groups_asked_by(asked.as_of)), asked)


def _settled_duties(asked: Question) -> list[Duty]:
    day = asked.as_of
    every = list(GROUPS)
    gone_through = choose(
        (Q(groups_then__contains=every), MET),
        (Q(groups_now__contains=every), LATE),
        (Q(settled_on__lt=day), SHORT),
        default=IN_TIME,
    )
    services = needs_by(day, kind__in=SERVICES).alias(need_day=later_day("recorded_on", "settled_on"))
    return [
        Duty("groups", gone_through, _("Chưa được hỏi đủ tám nhóm dịch vụ"), F("mover"),
             lacks=F("groups_now"), name=_groups_not_asked),
        _needs_duty(CountedNeeds(services, "need_day", day, left=MET), _("Dịch vụ chưa được cung cấp")),
    ]  # fmt: skip


def _advised_duties(asked: Question) -> list[Duty]:
    advice = _needs_in_period(needs_by(asked.as_of, kind__in=ADVICE), asked)
    never = _never_asked(asked, assessed_by(asked.as_of, advice_asked=True))
    return [
        Duty("assessment", never, _("Chưa được hỏi có cần tư vấn sức khỏe, tâm lý"), F("mover")),
        _needs_duty(advice, _("Chưa có buổi tư vấn")),
    ]


def _needs_in_period(rows: QuerySet[Need], asked: Question, **more: Any) -> CountedNeeds:
    """Needs whose need day lies in the period; one refused after a real offer, or gone, leaves them."""
    rows = rows.alias(need_day=later_day("recorded_on", "recognised")).filter(need_day__range=asked.known)
    return CountedNeeds(rows, "need_day", asked.as_of, left=NOTHING, **more)


def _never_asked(asked: Question, was_asked: Any, **who: Any) -> Combinable:
    """The standing of those recognised in the period and never asked: due on the day of recognition."""
    missed = Q(recognised__range=asked.known, **who) & ~was_asked
    return choose((missed & Q(recognised__lt=asked.as_of), SHORT), (missed, IN_TIME))


def _needs_duty(counted: CountedNeeds, words: Words) -> Duty:
    return Duty("needs", counted.standing, words, F("mover"), lacks=counted.missing, name=_need_names)


def _need_names(keys: Iterable[str]) -> list[Words]:
    return [KINDS[key].label for key in dict.fromkeys(keys)]


def _groups_not_asked(asked: Iterable[str]) -> list[Words]:
    return [label for key, label in GROUPS.items() if key not in asked]


MEASURES = (
    IndicatorMeasure(
        "received_verified_and_supported",
        _("Được làm thủ tục xác minh và hỗ trợ ban đầu"),
        _("trên số người được tiếp nhận"),
        _received,
        _received_duties,
        place="area_code",
        outside=OUTSIDE,
        definition=DEFINITIONS["received_verified_and_supported"],
    ),
    IndicatorMeasure(
        "victims_supported",
        _("Được hỗ trợ theo luật"),
        _("trên số nạn nhân có nhu cầu"),
        _victims,
        _supported_duties,
        place="responsible",
        outside=OUTSIDE,
        definition=DEFINITIONS["victims_supported"],
        apart=_supported_apart,
        apart_names=NEEDS_APART,
    ),
    IndicatorMeasure(
        "people_protected",
        _("Được bảo vệ an toàn"),
        _("trên số nạn nhân, thân nhân có nhu cầu"),
        _protected,
        _protected_duties,
        place="responsible",
        outside=OUTSIDE,
        definition=DEFINITIONS["people_protected"],
        apart=_protected_apart,
        apart_names=PENDING_APART,
        with_companions=True,
    ),
    IndicatorMeasure(
        "victims_reintegrated",
        _("Được dịch vụ hòa nhập sau khi rõ nơi cư trú"),
        _("trên số nạn nhân"),
        _settled,
        _settled_duties,
        place="responsible",
        outside=OUTSIDE,
        definition=DEFINITIONS["victims_reintegrated"],
    ),
    IndicatorMeasure(
        "victims_advised_on_health",
        _("Được tư vấn sức khỏe, tâm lý"),
        _("trên số nạn nhân có nhu cầu"),
        _victims,
        _advised_duties,
        place="responsible",
        outside=OUTSIDE,
        definition=DEFINITIONS["victims_advised_on_health"],
    ),
)
