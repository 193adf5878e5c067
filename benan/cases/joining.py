"""How what is known of a person follows them into another of their files, and back again.

Rows are changed through `Moves`, which remembers what each was; the line "join" of the history keeps that list, so
that the joining can be undone. Lines of history are never moved: those of a line of work that the other file takes
further are copied, and those they stand for are set aside by a line of their own. Sealed words stay where they are:
they open with the key of the person they were written about.
"""

import datetime as dt

from django.apps import apps
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import TeamMember
from benan.accounts.roles import Kind
from benan.cases import statuses, steps
from benan.cases.models import Fact, File, Finding, Step, Track
from benan.core.days import legal_day, show
from benan.core.refusals import Refused
from benan.vault import access
from benan.vault.ages import Age

Part = TeamMember.Part
SET_ASIDE = "set_aside"
_FOLLOWING = []

# From the least to the furthest; where two stand equally far, the file that goes on keeps its own.
FURTHER = {
    "verification": (
        "closed", "received", "notified", "taken", "outside", "requested", "verifying", "reported_up",
        "verifying_province", "not_victim", "not_victim_told", "victim",
    ),
    "protection": (
        "asked", "not_needed", "declined", "refused", "ended", "needed", "in_force", "reviewed", "more_needed",
    ),
    "support": ("support_closed", "initial", "assessed", "in_shelter"),
}  # fmt: skip
COPIED = (
    "track", "key", "event", "stage", "on", "of_entry", "at", "by", "agency", "for_agency", "to_agency", "to_unit", "paper_no",
    "paper_on", "procedure",
)  # fmt: skip
FACTS = (
    "sex", "age_class", "nationality", "resides_here", "ethnic_code", "poor_household",
    "financial_difficulty", "cannot_pay_travel", "residence_code", "residence_on",
)  # fmt: skip


class Moves:
    """Changes of rows, each remembered: [model, id, what it was, what it became]; a row made has neither."""

    def __init__(self):
        self.rows = []

    def change(self, row, **new) -> None:
        """Change fields of a row (a foreign key by its column)."""
        old = {name: getattr(row, name) for name in new}
        for name, value in new.items():
            setattr(row, name, value)
        row.save(update_fields=list(new))
        self.rows.append([row._meta.label_lower, row.pk, _plain(old), _plain(new)])

    def made(self, row) -> None:
        """Remember a row made by the joining."""
        self.rows.append([row._meta.label_lower, row.pk, None, None])


def register(follow, stays) -> None:
    """Have rows of an app above follow the person.

    `follow(file=…, other=…, moves=…)` moves them and gives the agencies (ids) that still have something to do;
    `stays(moved=…)` gives those of the moved rows, as (model, id), that stay with the file that went on.
    """
    if (follow, stays) not in _FOLLOWING:
        _FOLLOWING.append((follow, stays))


def bring(*, by, file, other) -> list:
    """Bring everything of `other` into `file`; gives what was moved.

    Raises Refused where an office from which one file is kept works on the other.
    """
    _keep_from(file, other)
    moves = Moves()
    busy = set()
    for follow, _stays in _FOLLOWING:
        busy |= follow(file=file, other=other, moves=moves)
    taken = {
        track.kind for track in other.tracks.all() if _goes_further(track, file.tracks.filter(kind=track.kind).first())
    }
    for kind in sorted(taken):
        _take_track(by, file, other, kind, moves)
    _copy_what_needs_rest_on(file, other, taken)
    _bring_findings(file, other, "verification" in taken, moves)
    _bring_facts(by, file, other, "support" in taken, moves)
    for row in list(other.guardianships.all()):
        moves.change(row, file_id=file.pk)
    _bring_team(file, other, taken, busy, moves)
    return moves.rows


def put_back(*, by, file, other, moved) -> None:
    """Undo what `bring` moved, but for what changed since; what was added since stays with `file`."""
    staying = set().union(*(stays(moved=moved) for _follow, stays in _FOLLOWING))
    went_on = _put_back_tracks(by, file, other, moved)
    for label, pk, old, new in reversed(moved):
        model = apps.get_model(label)
        row = model._base_manager.filter(pk=pk).first()
        if row is None or (label, pk) in staying or model is Track:
            continue
        if "verification" in went_on and (model is Finding or "kind" in (old or ())):
            continue
        if old is None:
            old, new = {"until": legal_day().isoformat()}, {"until": None}
        back = {name: value for name, value in old.items() if _plain({name: getattr(row, name)})[name] == new[name]}
        for name, value in back.items():
            setattr(row, name, model._meta.get_field(name).to_python(value))
        if back:
            row.save(update_fields=list(back))
    file, other = File.objects.lock(file), File.objects.lock(other)
    if file.age_class == Age.UNKNOWN:
        access.carry_birth(by=by, giver=None, taker=file.person_id)
    for each in (file, other):
        statuses.rewrite(each)


def goes_on(file) -> File:
    """The file in which somebody's matter goes on: this one, or the one it was joined to, through all joinings."""
    while file.joined_to_id:
        file = file.joined_to
    return file


def require_not_joined(by, file) -> None:
    """Refuse what belongs to a person's matter where it goes on in another file, with the way there for whoever sees it."""
    if not file.joined_to_id:
        return
    words = _("Hồ sơ này đã ghép vào hồ sơ khác của cùng một người ngày %(on)s, nên không ghi gì thêm vào đây.")
    onward = File.objects.visible_to(by).filter(pk=goes_on(file).pk).first()
    way = (
        format_html(' <a href="{}">{} {}</a>', onward.get_absolute_url(), _("Ghi vào hồ sơ"), onward) if onward else ""
    )
    raise Refused(format_html("{}{}", words % {"on": show(file.closed_on)}, way))


def _take_track(by, file, other, kind, moves):
    """The line of work of `other`, with its stage, its procedure and its lines, in place of the file's own."""
    for row in list(steps.current(file).filter(track=kind).order_by("pk")):
        Step.objects.create(
            file=file, key=SET_ASIDE, on=row.on, by=by, agency=row.agency, corrects=row,
            details={"label": steps.sentence(row), "for": other.code},
        )  # fmt: skip
    for row in steps.current(other).filter(track=kind).order_by("pk"):
        _copy(row, file, other)
    theirs, ours = other.tracks.get(kind=kind), file.tracks.filter(kind=kind).first()
    place = {name: getattr(theirs, name) for name in ("procedure", "version", "stage", "since")}
    if ours:
        moves.change(ours, **place)
    else:
        moves.made(Track.objects.create(file=file, kind=kind, **place))
    if kind == "verification" and file.kind != File.Kind.CLAIMANT:
        moves.change(file, kind=File.Kind.CLAIMANT)


def _copy(row, file, other, **instead):
    values = {name: getattr(row, name) for name in COPIED} | instead
    return Step.objects.create(file=file, details={**row.details, "joined_from": other.code}, **values)


def _copy_what_needs_rest_on(file, other, taken):
    """Lines of no line of work on which something rests: why a need ended, and what a clock runs from."""
    rows = steps.current(other)
    for row in rows.filter(Q(key="need_gone") | Q(track="") & ~Q(event="")).order_by("pk"):
        _copy(row, file, other)
    if "protection" not in taken:
        for row in rows.filter(event="protection_refused").order_by("pk"):
            _copy(row, file, other, track="", stage="")


def _bring_findings(file, other, taken, moves):
    for draft in (file if taken else other).findings.filter(on=None, withdrawn=False):
        moves.change(draft, withdrawn=True)
    in_force = [each.findings.filter(on__isnull=False, replaced_on=None).first() for each in (file, other)]
    if all(in_force):
        first, last = sorted(in_force, key=_weight)
        moves.change(last, replaced_on=max(first.on, last.on))
    for finding in list(other.findings.order_by("pk")):
        moves.change(finding, file_id=file.pk)


def _weight(finding):
    """Which of two findings stays in force: of a victim the earlier, else the later."""
    victim = finding.outcome == Finding.Outcome.VICTIM
    return not victim, finding.on.toordinal() * (1 if victim else -1)


def _bring_facts(by, file, other, residence, moves):
    """What is not known yet; where the person lives, from the file that followed them home."""
    learned = {name: getattr(other, name) for name in FACTS if getattr(file, name) in (None, "")}
    if residence and other.residence_on:
        learned |= {"residence_code": other.residence_code, "residence_on": other.residence_on}
    if learned.get("residence_on") and learned["residence_on"] < file.reception.came_on:
        learned["residence_on"] = file.reception.came_on
    learned = {name: value for name, value in learned.items() if value not in (None, "", getattr(file, name))}
    if "age_class" in learned:
        learned["age_class"] = _bring_birth(by, file, other)
    if learned:
        moves.change(file, **learned)
    for row in Fact.objects.filter(file=other, name__in=learned):
        moves.change(row, file_id=file.pk)


def _bring_birth(by, file, other):
    """Seal the other person's birth for this one as well; gives the class of age on the day of this arrival.

    A birth that cannot be theirs, by that day, is left behind.
    """
    then = access.age_class(person_id=other.person_id, on=file.reception.came_on)
    if then not in Age.values:
        return Age.UNKNOWN
    access.carry_birth(by=by, giver=other.person_id, taker=file.person_id)
    return then


def _bring_team(file, other, taken, busy, moves):
    """Parts on the other file end; who still has something to do for the person gets the part on this one.

    The office that manages this file keeps the other readable.
    """
    today = legal_day()
    if file.agency.kind != Kind.LABOUR_OFFICE and other.agency.kind == Kind.LABOUR_OFFICE:
        for member in file.team.members.filter(part=Part.MANAGES, until=None):
            moves.change(member, until=today)
        _give_part(file, other.agency_id, Part.MANAGES, None, moves)
        moves.change(file, agency_id=other.agency_id)
    ended = {Part.VERIFIES} if "verification" in taken else set()
    support = file.tracks.filter(kind="support").first()
    housed = "support" in taken or support is None or support.stage in ("initial", "assessed")
    ended |= {Part.SHELTERS} if "support" in taken else set()
    for member in file.team.members.filter(part__in=ended, until=None):
        moves.change(member, until=today)
    for member in list(other.team.members.filter(until=None).order_by("pk")):
        goes_along = (
            member.part == Part.SUPPORTS
            or (member.part == Part.VERIFIES and "verification" in taken)
            or (member.part == Part.SHELTERS and housed)
            or (member.part == Part.RECEIVES and member.agency_id in busy)
        )
        if goes_along:
            _give_part(file, member.agency_id, member.part, member.user_id, moves)
        if not (member.part == Part.MANAGES and member.agency_id == file.agency_id):
            moves.change(member, until=today)
    _give_part(other, file.agency_id, Part.MANAGES, None, moves)


def _keep_from(file, other):
    """Whom one file is kept from must not learn of it through the other."""
    for one, another in ((file, other), (other, file)):
        kept = one.team.kept_from.all()
        if another.team.members.filter(until=None, agency__in=kept).exists():
            raise Refused(
                _("Một cơ quan không được biết hồ sơ %(code)s đang phụ trách hồ sơ kia. Trước khi ghép, ghi ở hồ sơ kia rằng không cho cơ quan ấy biết.")
                % {"code": one.shown_code},
                field="code",
            )  # fmt: skip
    for one, another in ((file, other), (other, file)):
        one.team.kept_from.add(*another.team.kept_from.all())


def _give_part(file, agency, part, user, moves):
    if not file.team.members.filter(agency=agency, part=part, until=None).exists():
        row = TeamMember.objects.create(team=file.team, agency_id=agency, part=part, user_id=user, since=legal_day())
        moves.made(row)


def _put_back_tracks(by, file, other, moved) -> set:
    """Put back the lines of work that stand where the joining left them; gives the kinds of those that went on since."""
    went_on = set()
    for label, pk, old, _new in moved:
        if label != Track._meta.label_lower:
            continue
        track = Track.objects.get(pk=pk)
        theirs = other.tracks.get(kind=track.kind)
        if (track.stage, track.since) != (theirs.stage, theirs.since):
            went_on.add(track.kind)
            continue
        for row in list(steps.current(file).filter(track=track.kind, details__joined_from=other.code)):
            Step.objects.create(file=file, key=SET_ASIDE, on=row.on, by=by, agency=row.agency, corrects=row,
                                details={"label": steps.sentence(row), "back": other.code})  # fmt: skip
        for row in list(
            steps.current(file)
            .filter(key=SET_ASIDE, details__for=other.code, corrects__track=track.kind)
            .order_by("pk")
        ):
            _restore(row, by)
        if old is None:
            track.delete()
        else:
            for name, value in old.items():
                setattr(track, name, track._meta.get_field(name).to_python(value))
            track.save(update_fields=list(old))
    for row in list(steps.current(file).filter(track="", details__joined_from=other.code)):
        Step.objects.create(file=file, key=SET_ASIDE, on=row.on, by=by, agency=row.agency, corrects=row,
                            details={"label": steps.sentence(row), "back": other.code})  # fmt: skip
    return went_on


def _restore(aside, by):
    """The line that was set aside, once more."""
    line = aside.corrects
    values = {name: getattr(line, name) for name in (*COPIED, "details", "note")}
    Step.objects.create(file=line.file, corrects=aside, **values)


def _goes_further(theirs, ours) -> bool:
    return ours is None or _place(theirs) > _place(ours)


def _place(track):
    order = FURTHER[track.kind]
    if track.kind == "support":
        # From the shelter on, a person is where they were last.
        at = order.index(track.stage) if track.stage in order else order.index("in_shelter")
        return at, track.since if at == order.index("in_shelter") else dt.date.min
    return (order.index(track.stage) if track.stage in order else len(order)), dt.date.min


def _plain(values):
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in values.items()}
