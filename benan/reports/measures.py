"""The five indicators of the plan (II.2): one definition for each number, whoever asks.

Unit: a file. Everything is judged by legal dates as of one day. The denominator holds those served and those
who fall short; those still within their time, and those outside the plan, stand beside it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, CharField, Count, Exists, F, FilteredRelation, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import Agency
from benan.cases.models import File
from benan.places import queries as places
from benan.reports import conventions
from benan.reports import standing as s
from benan.reports.figures import Figure, Question
from benan.reports.standing import Duty, Needed
from benan.support.models import Need
from benan.support.needs import ADVICE, GROUPS, KINDS, SAFETY

Closing, Kind, Nationality = File.Closing, File.Kind, File.Nationality
SERVICES = [key for key, kind in KINDS.items() if kind.group]
LAWFUL = [key for key, kind in KINDS.items() if kind.right]
# Not weighed against Luật 66/2011, Điều 32: safety and advice have indicators of their own.
ELSEWHERE = {SAFETY, *ADVICE}
EARLY = (Closing.DIED, Closing.LEFT, Closing.ERROR)  # a refusal to go on is not among them
UNSENT = {"labour_intake": _("Chưa ghi giấy tờ chứng nhận, cũng chưa gửi đề nghị xác minh")}
APART = {
    "needs_not_granted": _("nhu cầu mà Điều 32 Luật 66/2011 không cho"),
    "needs_not_answered": _("nhu cầu chưa đủ điều biết để trả lời theo Điều 32"),
    "pending": _("người còn chờ xác minh (và người đi cùng) có nhu cầu an toàn"),
    "pending_protected": _("trong đó đã được áp dụng biện pháp bảo vệ"),
}


@dataclass(frozen=True)
class Indicator:
    """One indicator: whom it may concern, with which duties, and what is listed apart."""

    number: str
    name: str
    of: str
    people: Callable
    duties: Callable
    place: str = "responsible"
    apart: Callable = field(default=lambda asked: {})

    @property
    def letter(self) -> str:
        """As the plan calls it among the five."""
        return self.number.rpartition(".")[2]


def figure(indicator, asked: Question) -> Figure:
    """The figure for a question: one query, and those for what is listed apart."""
    # A condition on the standing would have every duty of every file worked out a second time.
    rows = concerned(indicator, asked).values("standing", "outside", "place", "kind").annotate(files=ArrayAgg("pk"))
    return Figure.of(indicator, rows, indicator.apart(asked))


def figures(asked: Question) -> list[Figure]:
    """All five."""
    return [figure(indicator, asked) for indicator in INDICATORS.values()]


def concerned(indicator, asked):
    """The files an indicator may concern, each with `outside`, `place` and `standing`, NULL where it does not."""
    people = _of(indicator.people(asked), asked, indicator.place)
    return people.annotate(standing=s.worst(indicator.duties(asked)), place=F(indicator.place))


def _files(asked):
    rows = s.everybody(File).alias(responsible=s.responsible(asked.as_of))
    return rows.alias(mover=s.whose_move(asked.as_of))


def _of(people, asked, place="responsible"):
    """Those of the area and agency asked for."""
    if place == "area_code":
        people = people.filter(area_code__in=places.within(asked.area, places.EVER)) if asked.area else people
        return people.filter(reception__agency=asked.agency) if asked.agency else people
    if asked.area:
        units = {asked.area, *places.within(asked.area, places.EVER)}
        agencies = Agency.objects.filter(unit_code__in=units).values_list("pk", flat=True)
        people = people.filter(responsible__in=list(agencies))
    return people.filter(responsible=asked.agency.pk) if asked.agency else people


def _outside(asked, *, unanswered):
    """Why a file stands outside the indicators, or "". `unanswered`: that it had no answer when it closed."""
    stateless = (Nationality.STATELESS, Nationality.STATELESS_RESIDENT)
    foreign = Q(nationality=Nationality.FOREIGNER) | Q(nationality__in=stateless, resides_here=False)
    return Case(
        When(closing=Closing.JOINED, then=Value("joined")),  # one person on every day, whenever that was learned
        When(foreign, then=Value("not_beneficiary")),
        When(unanswered, closing__in=EARLY, closed_on__lte=asked.as_of, then=Value("closed_before_answer")),
        default=Value(""),
        output_field=CharField(),
    )


def _received(asked):
    """Those who say that they are victims and came in the period."""
    people = _files(asked).filter(kind=Kind.CLAIMANT, reception__came_on__range=asked.known)
    return people.annotate(outside=_outside(asked, unanswered=~Exists(s.findings(asked.as_of))))


def _received_duties(asked):
    came, day = "reception__came_on", asked.as_of
    here = F("reception__agency")
    initial = Needed(s.needs(day, phase=Need.Phase.INITIAL), "recorded_on", day, left=s.MET)
    stood_in = conventions.stood_in(_received(asked), day)
    answer, whose = s.answer(day, stood_in), s.whose_answer(day, stood_in)
    return [
        Duty("notice", s.by_next_day("labour_notified", came, day), _("Chưa báo Phòng LĐ-TB&XH"), here),
        Duty("screening", s.by_next_day("needs_screened", came, day), _("Chưa hỏi nhu cầu ban đầu"), here),
        _unmet(initial, _("Nhu cầu ban đầu chưa được đáp ứng")),
        Duty("answer", answer, _("Chưa có trả lời xác minh"), whose, limit=s.clock(day), instead=UNSENT),
    ]


def _victims(asked):
    """Those who are victims by a finding in force on the day, `recognised` on its day."""
    found = FilteredRelation("findings", condition=s.victim(asked.as_of, "findings__"))
    people = _files(asked).annotate(found=found).filter(found__isnull=False).annotate(recognised=F("found__on"))
    return people.annotate(outside=_outside(asked, unanswered=Q(pk__in=[])))


def _supported_duties(asked):
    granted = _in_period(s.needs(asked.as_of, granted=Need.Granted.YES), asked)
    never = _never(asked, s.assessed(asked.as_of))
    return [
        Duty("assessment", never, _("Chưa được đánh giá nhu cầu"), F("mover")),
        _unmet(granted, _("Nhu cầu chưa được hỗ trợ")),
    ]


def _supported_apart(asked):
    """Needs of victims that the law does not grant, and those of which too little is known for an answer."""
    found = FilteredRelation("file__findings", condition=s.victim(asked.as_of, "file__findings__"))
    rows = s.everybody(Need).annotate(found=found).filter(found__isnull=False)
    rows = rows.alias(day=Greatest("recorded_on", "found__on")).filter(day__range=asked.known)
    rows = rows.exclude(granted=Need.Granted.YES).exclude(kind__in=ELSEWHERE)
    rows = rows.filter(file__in=_of(_victims(asked).filter(outside=""), asked).values("pk"))
    unanswered = Q(granted=Need.Granted.UNKNOWN, kind__in=LAWFUL)
    return rows.aggregate(
        needs_not_granted=Count("pk", filter=~unanswered), needs_not_answered=Count("pk", filter=unanswered)
    )


def _protected(asked):
    """Victims, and those joined to a victim by a reception, `recognised` on the day that person was."""
    found = FilteredRelation("findings", condition=s.victim(asked.as_of, "findings__"))
    theirs = Case(When(~Q(kind=Kind.CLAIMANT), then=s.recognised_beside(asked.as_of)))
    people = _files(asked).annotate(found=found).annotate(recognised=Coalesce("found__on", theirs))
    before = ~Q(kind=Kind.CLAIMANT) & Q(closed_on__lt=F("recognised"))
    return people.filter(recognised__isnull=False).annotate(outside=_outside(asked, unanswered=before))


def _protected_duties(asked):
    day = asked.as_of
    concluded = s.steps(day, "protection_needed", "protection_not_needed", "protection_started")
    never = _never(asked, s.assessed(day, safety_asked=True) | Exists(concluded), kind=Kind.CLAIMANT)
    safety = _in_period(s.needs(day, kind=SAFETY).alias(protected_on=s.protected_on(day)), asked, done="protected_on")
    return [
        Duty("assessment", never, _("Chưa được hỏi về an toàn"), F("mover")),
        _unmet(safety, _("Chưa được áp dụng biện pháp bảo vệ")),
    ]


def _protected_apart(asked):
    """People with a need of safety who wait for an answer, and those who came with nobody but such people."""
    day = asked.as_of
    still_open = Q(closed_on=None) | Q(closed_on__gt=day)
    waits = Q(kind=Kind.CLAIMANT) & ~Exists(s.findings(day))
    waiting = s.everybody(File).filter(still_open, waits)
    beside = Exists(waiting.filter(reception=OuterRef("reception"))) | Exists(waiting.filter(pk__in=s.joined_on()))
    came_along = ~Q(kind=Kind.CLAIMANT) & beside & Q(recognised=None)
    rows = s.needs(day, kind=SAFETY, recorded_on__range=asked.known).alias(protected_on=s.protected_on(day))
    safety = Needed(rows, "recorded_on", day, left=s.NOTHING, done="protected_on")
    people = _of(_files(asked), asked).filter(still_open).alias(recognised=s.recognised_beside(day))
    people = people.filter(waits | came_along)
    people = people.alias(outside=_outside(asked, unanswered=Q(pk__in=[])), standing=safety.standing).filter(outside="")
    return people.aggregate(
        pending=Count("pk", filter=Q(standing__isnull=False)),
        pending_protected=Count("pk", filter=Q(standing__lte=s.Standing.LATE)),
    )


def _settled(asked):
    """Victims of whom the later of two days lies in the period: recognised, and back where they live (`settled_on`)."""
    # The first return counts; the file itself keeps the last.
    first = Subquery(s.steps(asked.as_of, "residence_established").values("on")[:1])
    people = _victims(asked).filter(residence_on__isnull=False)
    people = people.alias(settled_on=Greatest(Coalesce(first, "residence_on"), "recognised"))
    people = people.filter(settled_on__range=asked.known)
    people = people.alias(groups_then=s.groups_asked(OuterRef("settled_on")))
    return people.alias(groups_now=s.groups_asked(asked.as_of))


def _settled_duties(asked):
    day = asked.as_of
    every = list(GROUPS)
    gone_through = s.case(
        (Q(groups_then__contains=every), s.MET),
        (Q(groups_now__contains=every), s.LATE),
        (Q(settled_on__lt=day), s.SHORT),
        default=s.IN_TIME,
    )
    services = s.needs(day, kind__in=SERVICES).alias(need_day=s.later_of("recorded_on", "settled_on"))
    return [
        Duty("groups", gone_through, _("Chưa được hỏi đủ tám nhóm dịch vụ"), F("mover"),
             lacks=F("groups_now"), name=_groups_left),
        _unmet(Needed(services, "need_day", day, left=s.MET), _("Dịch vụ chưa được cung cấp")),
    ]  # fmt: skip


def _advised_duties(asked):
    advice = _in_period(s.needs(asked.as_of, kind__in=ADVICE), asked)
    never = _never(asked, s.assessed(asked.as_of, advice_asked=True))
    return [
        Duty("assessment", never, _("Chưa được hỏi có cần tư vấn sức khỏe, tâm lý"), F("mover")),
        _unmet(advice, _("Chưa có buổi tư vấn")),
    ]


def _in_period(rows, asked, **more):
    """Needs whose need day lies in the period; one refused after a real offer, or gone, leaves them."""
    rows = rows.alias(need_day=s.later_of("recorded_on", "recognised")).filter(need_day__range=asked.known)
    return Needed(rows, "need_day", asked.as_of, left=s.NOTHING, **more)


def _never(asked, was_asked, **who):
    """Recognised in the period and never asked: due on the day of recognition."""
    missed = Q(recognised__range=asked.known, **who) & ~was_asked
    return s.case((missed & Q(recognised__lt=asked.as_of), s.SHORT), (missed, s.IN_TIME))


def _unmet(needed, words):
    return Duty("needs", needed.standing, words, F("mover"), lacks=needed.missing, name=_need_names)


def _need_names(keys):
    return [KINDS[key].label for key in dict.fromkeys(keys)]


def _groups_left(asked):
    return [label for key, label in GROUPS.items() if key not in asked]


INDICATORS = {
    indicator.number: indicator
    for indicator in (
        Indicator(
            "II.2.a", _("Được làm thủ tục xác minh và hỗ trợ ban đầu"), _("trên số người được tiếp nhận"),
            _received, _received_duties, place="area_code",
        ),
        Indicator(
            "II.2.b", _("Được hỗ trợ theo luật"), _("trên số nạn nhân có nhu cầu"),
            _victims, _supported_duties, apart=_supported_apart,
        ),
        Indicator(
            "II.2.c", _("Được bảo vệ an toàn"), _("trên số nạn nhân, thân nhân có nhu cầu"),
            _protected, _protected_duties, apart=_protected_apart,
        ),
        Indicator(
            "II.2.d", _("Được dịch vụ hòa nhập sau khi rõ nơi cư trú"), _("trên số nạn nhân"),
            _settled, _settled_duties,
        ),
        Indicator(
            "II.2.đ", _("Được tư vấn sức khỏe, tâm lý"), _("trên số nạn nhân có nhu cầu"),
            _victims, _advised_duties,
        ),
    )
}  # fmt: skip
