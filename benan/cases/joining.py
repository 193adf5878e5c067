"""Moving the records of a person from one of their cases to another when the two are joined, and undoing it.

Rows are changed through `Moves`, which keeps the old values of each; the line "join" of the history stores that list, so
that the joining can be undone. Lines of the history are never moved: those of a track that is further in the other case
are copied, and a new line sets aside each line that they replace. Sealed words stay where they are: they are opened with
the key of the person they were written about.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db.models import Field, Model, Q
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import TeamMember, User
from benan.agencies.kinds import AgencyKind
from benan.cases import history
from benan.cases.extensions import parts
from benan.cases.models import Case, Fact, Step, Track
from benan.core.days import legal_day, show
from benan.core.refusals import Refused
from benan.rules import procedures
from benan.vault import access
from benan.vault.ages import Age

# Model label, id, old and new values of the changed fields; of a row that was created, None and None.
MovedRow = list[Any]

Part = TeamMember.Part
SET_ASIDE = "set_aside"

COPIED = (
    "track", "key", "event", "stage", "on", "of_entry", "at", "by", "agency", "for_agency", "to_agency", "to_unit", "paper_no",
    "paper_on", "procedure",
)  # fmt: skip
FACTS = (
    "sex", "age_class", "nationality", "resides_here", "ethnic_code", "poor_household",
    "financial_difficulty", "cannot_pay_travel", "residence_code", "residence_on",
)  # fmt: skip


class Moves:
    """Changes rows and lists what was changed.

    `tracks_taken` are the kinds of tracks that come from the other case, because they are further there.
    """

    def __init__(self, tracks_taken: Collection[str] = frozenset()) -> None:
        self.rows: list[MovedRow] = []
        self.tracks_taken = tracks_taken

    def change(self, row: Model, **new: Any) -> None:
        """Change fields of a row (a foreign key by its column) and save it."""
        old = {name: getattr(row, name) for name in new}
        for name, value in new.items():
            setattr(row, name, value)
        row.save(update_fields=list(new))
        self.rows.append([row._meta.label_lower, row.pk, _plain(old), _plain(new)])

    def created(self, row: Model) -> None:
        """List a row that the joining created."""
        self.rows.append([row._meta.label_lower, row.pk, None, None])


def move_records(*, by: User, case: Case, other: Case) -> list[MovedRow]:
    """Move everything recorded in `other` to `case`; gives what was moved.

    Raises Refused where an office from which one case is kept works on the other.
    """
    _keep_from(case, other)
    taken = {
        track.kind for track in other.tracks.all() if _is_further(track, case.tracks.filter(kind=track.kind).first())
    }
    moves = Moves(taken)
    busy: set[int] = set().union(*(follow(case, other, moves) for follow in parts("follow")))
    for kind in sorted(taken):
        _take_track(by, case, other, kind, moves)
    _copy_other_needed_lines(case, other, taken)
    _move_facts(by, case, other, moves)
    for row in list(other.guardianships.all()):
        moves.change(row, case_id=case.pk)
    _move_team(case, other, taken, busy, moves)
    return moves.rows


def undo_moves(*, by: User, case: Case, other: Case, moved: Sequence[MovedRow]) -> None:
    """Undo what `move_records` moved, except what changed since; what was added since stays with `case`."""
    staying: set[tuple[str, int]] = set().union(*(stays(moved) for stays in parts("stays")))
    went_on = _undo_tracks(by, case, other, moved)
    for label, pk, old, new in reversed(moved):
        model = apps.get_model(label)
        row = model._base_manager.filter(pk=pk).first()
        if row is None or (label, pk) in staying or model is Track:
            continue
        if _belongs_to(label, old, went_on):
            continue
        if old is None:
            old, new = {"until": legal_day().isoformat()}, {"until": None}
        back = {name: value for name, value in old.items() if _plain({name: getattr(row, name)})[name] == new[name]}
        for name, value in back.items():
            setattr(row, name, _from_plain(model, name, value))
        if back:
            row.save(update_fields=list(back))
    case, other = Case.objects.lock(case), Case.objects.lock(other)
    if case.age_class == Age.UNKNOWN:
        access.carry_birth(by=by, giver=None, taker=case.person_id)


def continuing_case(case: Case) -> Case:
    """The case in which the person's matter continues: the last in the chain of cases joined to another, or itself."""
    while case.joined_to:
        case = case.joined_to
    return case


def require_not_joined(by: User, case: Case) -> None:
    """Raise Refused where the case was joined to another, with a link to the other for whoever may see it."""
    if not case.joined_to_id:
        return
    words = _("Hồ sơ này đã ghép vào hồ sơ khác của cùng một người ngày %(on)s, nên không ghi thêm được vào hồ sơ này.")
    onward = Case.objects.visible_to(by).filter(pk=continuing_case(case).pk).first()
    way = (
        format_html(' <a href="{}">{} {}</a>', onward.get_absolute_url(), _("Ghi vào hồ sơ"), onward) if onward else ""
    )
    raise Refused(format_html("{}{}", words % {"on": show(case.closed_on)}, way))


def _take_track(by: User, case: Case, other: Case, kind: str, moves: Moves) -> None:
    """Replace a track of the case by that of `other`: its stage, its procedure and copies of its lines of the history."""
    for row in list(history.current(case).filter(track=kind).order_by("pk")):
        Step.objects.create(
            case=case, key=SET_ASIDE, on=row.on, by=by, agency=row.agency, corrects=row,
            details={"label": history.sentence(row), "for": other.code},
        )  # fmt: skip
    for row in history.current(other).filter(track=kind).order_by("pk"):
        _copy(row, case, other)
    theirs, ours = other.tracks.get(kind=kind), case.tracks.filter(kind=kind).first()
    place = {name: getattr(theirs, name) for name in ("procedure", "version", "stage", "since")}
    if ours:
        moves.change(ours, **place)
    else:
        moves.created(Track.objects.create(case=case, kind=kind, **place))
    if _for_claimants(kind) and case.kind != Case.Kind.CLAIMANT:
        moves.change(case, kind=Case.Kind.CLAIMANT)


def _copy(row: Step, case: Case, other: Case, **instead: Any) -> Step:
    values = {name: getattr(row, name) for name in COPIED} | instead
    return Step.objects.create(case=case, details={**row.details, "joined_from": other.code}, **values)


def _copy_other_needed_lines(case: Case, other: Case, taken: Collection[str]) -> None:
    """Copy the needed lines of `other` that belong to no track taken from it: those with an event, from which deadlines
    run, and those that apps name (`copied_lines`)."""
    resting = Q(track="") & ~Q(event="")
    for lines in parts("copied_lines"):
        resting |= lines
    for row in history.current(other).filter(resting).exclude(track__in=taken).order_by("pk"):
        _copy(row, case, other, **({"track": "", "stage": ""} if row.track else {}))


def _belongs_to(label: str, old: Mapping[str, Any] | None, tracks: Collection[str]) -> bool:
    """Whether a moved row belongs to one of some tracks: it is of a model of such a track, or the change of the case's kind
    that such a track made."""
    labels = {label for rows in parts("rows_of_tracks") for track, label in rows.items() if track in tracks}
    return label in labels or ("kind" in (old or ()) and any(_for_claimants(track) for track in tracks))


def _for_claimants(kind: str) -> bool:
    return any(kind in version.tracks and version.tracks[kind].for_claimants for version in procedures.versions())


def _move_facts(by: User, case: Case, other: Case, moves: Moves) -> None:
    """Set the columns of the case that are still empty to the values of `other`, and move the dated facts of these."""
    learned = {name: getattr(other, name) for name in FACTS if getattr(case, name) in (None, "")}
    if learned.get("residence_on") and learned["residence_on"] < case.reception.came_on:
        learned["residence_on"] = case.reception.came_on
    learned = {name: value for name, value in learned.items() if value not in (None, "", getattr(case, name))}
    if "age_class" in learned:
        learned["age_class"] = _copy_birth(by, case, other)
    if learned:
        moves.change(case, **learned)
    for row in Fact.objects.filter(case=other, name__in=learned):
        moves.change(row, case_id=case.pk)


def _copy_birth(by: User, case: Case, other: Case) -> str:
    """Seal the other person's birth for this one as well; gives the class of age on the day of this arrival.

    A birth that is impossible on that day is not copied.
    """
    then = access.age_class(person_id=other.person_id, on=case.reception.came_on)
    if then not in Age.values:
        return Age.UNKNOWN
    access.carry_birth(by=by, giver=other.person_id, taker=case.person_id)
    return str(then)


def _move_team(case: Case, other: Case, taken: Collection[str], busy: Collection[int], moves: Moves) -> None:
    """End the parts on the team of `other`; an agency that still has something to do gets the same part on this case.

    The office that manages this case manages the other as well, so that it can read it.
    """
    today = legal_day()
    if case.agency.kind != AgencyKind.LABOUR_OFFICE and other.agency.kind == AgencyKind.LABOUR_OFFICE:
        for member in case.team.members.filter(part=Part.MANAGES, until=None):
            moves.change(member, until=today)
        _give_part(case, other.agency_id, Part.MANAGES, None, moves)
        moves.change(case, agency_id=other.agency_id)
    tracks = {part: track for parts_ in parts("team_parts") for track, part in parts_.items()}
    ended = {part for part, track in tracks.items() if track in taken}
    for member in case.team.members.filter(part__in=ended, until=None):
        moves.change(member, until=today)
    for member in list(other.team.members.filter(until=None).order_by("pk")):
        goes_along = (
            member.part == Part.SUPPORTS
            or (member.part in tracks and _takes_part(case, tracks[member.part], taken))
            or (member.part == Part.RECEIVES and member.agency_id in busy)
        )
        if goes_along:
            _give_part(case, member.agency_id, member.part, member.seat_id, moves)
        if not (member.part == Part.MANAGES and member.agency_id == case.agency_id):
            moves.change(member, until=today)
    _give_part(other, case.agency_id, Part.MANAGES, None, moves)


def _takes_part(case: Case, kind: str, taken: Collection[str]) -> bool:
    """Whether an agency with the part of a track on the other case gets that part on this one: the track is taken from the
    other case, or this case has none, or nobody is housed here."""
    ours = case.tracks.filter(kind=kind).first()
    return kind in taken or ours is None or ours.stage in procedures.stages_marked(kind, "not_housed")


def _keep_from(case: Case, other: Case) -> None:
    """Keep each case from the offices from which the other is kept. Raises Refused where such an office works on it."""
    for one, another in ((case, other), (other, case)):
        kept = one.team.kept_from.all()
        if another.team.members.filter(until=None, agency__in=kept).exists():
            raise Refused(
                _("Một cơ quan không được chia sẻ hồ sơ %(code)s đang phụ trách hồ sơ kia. Trước khi ghép, ghi "
                  "ở hồ sơ kia việc không chia sẻ hồ sơ với cơ quan ấy.")
                % {"code": one.shown_code},
                field="code",
            )  # fmt: skip
    for one, another in ((case, other), (other, case)):
        one.team.kept_from.add(*another.team.kept_from.all())


def _give_part(case: Case, agency: int, part: str, seat: int | None, moves: Moves) -> None:
    if not case.team.members.filter(agency=agency, part=part, until=None).exists():
        row = TeamMember.objects.create(team=case.team, agency_id=agency, part=part, seat_id=seat, since=legal_day())
        moves.created(row)


def _undo_tracks(by: User, case: Case, other: Case, moved: Iterable[MovedRow]) -> set[str]:
    """Undo the change of the tracks whose stage is as the joining left it; gives the kinds of those that changed since."""
    went_on: set[str] = set()
    for label, pk, old, _new in moved:
        if label != Track._meta.label_lower:
            continue
        track = Track.objects.get(pk=pk)
        theirs = other.tracks.get(kind=track.kind)
        if (track.stage, track.since) != (theirs.stage, theirs.since):
            went_on.add(track.kind)
            continue
        for row in list(history.current(case).filter(track=track.kind, details__joined_from=other.code)):
            Step.objects.create(case=case, key=SET_ASIDE, on=row.on, by=by, agency=row.agency, corrects=row,
                                details={"label": history.sentence(row), "back": other.code})  # fmt: skip
        for row in list(
            history.current(case)
            .filter(key=SET_ASIDE, details__for=other.code, corrects__track=track.kind)
            .order_by("pk")
        ):
            _restore(row)
        if old is None:
            track.delete()
        else:
            for name, value in old.items():
                setattr(track, name, _from_plain(Track, name, value))
            track.save(update_fields=list(old))
    for row in list(history.current(case).filter(track="", details__joined_from=other.code)):
        Step.objects.create(case=case, key=SET_ASIDE, on=row.on, by=by, agency=row.agency, corrects=row,
                            details={"label": history.sentence(row), "back": other.code})  # fmt: skip
    return went_on


def _restore(aside: Step) -> None:
    """Write again the line that the line `aside` set aside."""
    if (line := aside.corrects) is None:
        return
    values = {name: getattr(line, name) for name in (*COPIED, "details", "note")}
    Step.objects.create(case=line.case, corrects=aside, **values)


def _is_further(theirs: Track, ours: Track | None) -> bool:
    return ours is None or _progress(theirs) > _progress(ours)


def _progress(track: Track) -> tuple[int, dt.date]:
    """How far a track is, for comparing it with another of its kind; of two stages equally far the later one is further."""
    groups = procedures.for_track(track).tracks[track.kind].progress
    at = next((place for place, group in enumerate(groups) if track.stage in group), len(groups))
    equal = at < len(groups) and len(groups[at]) > 1
    return at, track.since if equal else dt.date.min


def _from_plain(model: type[Model], name: str, value: Any) -> Any:
    field = model._meta.get_field(name)
    return field.to_python(value) if isinstance(field, Field) else value


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in values.items()}
