"""Acts of a procedure: the verb, form and page that an app has for each act that a procedure file names.

An app lists its acts in its `procedure.py`. Label, article, permissions, holder and stages come from the procedure file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benan.accounts.models import Membership
from benan.accounts.policy import WORKERS, Held
from benan.accounts.roles import P
from benan.agencies.kinds import AgencyKind
from benan.cases.addresses import address
from benan.core.days import legal_day
from benan.core.registry import Registry
from benan.rules import procedures
from benan.rules.schema import Duty, Move

if TYPE_CHECKING:
    from benan.cases.models import Case, Track

Condition = Callable[["Case", Mapping[str, Any]], object]
# Only the office that holds the stage may do these itself; another records them on its behalf.
HOLDERS_OWN = frozenset({P.REQUEST_RECEIVE, P.FINDING_SIGN})


@dataclass(frozen=True)
class Offer:
    """A button that leads to the page of an act (`key`: the act's). The `usual` one is filled, the others are outlined."""

    label: str
    url: str
    key: str = ""
    icon: str = ""
    usual: bool = False


@dataclass(frozen=True, eq=False)
class Act:
    """One act of a procedure file: its verb, its form, and the conditions that the file names for it.

    `verb` takes `by`, `case` and the fields of the form as keywords. A condition is called with the case and the mapping that
    the verb gave (`Change.take(said=…)`). Without a form the act is a part of another verb or has a `page` of its own (URL
    name, takes the case's code). `slug` is in the address, by default the key; of acts with the same slug the one that may be
    done at the present stage is meant. `when`: whether the act is offered on a case; `allows`: whether what is held on the
    case suffices, beyond the permissions of the file. `offers` gives the buttons instead of the act's own one;
    `listed` is false where another part of a page leads to the act.
    `follows_slug`: the slug of the act of the same group whose page follows; without it the page where the group's acts start.
    `warnings` gives sentences to show after the verb, from what it returned. `usual_when`: whether the act, usual at its stage,
    is so in a case.
    """

    key: str
    verb: Callable[..., object]
    form: Callable[..., Any] | None = None
    conditions: Mapping[str, Condition] = field(default_factory=dict)
    slug: str = ""
    page: str = ""
    when: Callable[[Case], object] | None = None
    allows: Callable[[Held], object] | None = None
    offers: Callable[[Held, Case, str], list[Offer]] | None = None
    listed: bool = True
    follows_slug: str = ""
    warns_of_family: bool = False
    warnings: Callable[[Any], list[str]] | None = None
    usual_when: Callable[[Case], object] | None = None


@dataclass(frozen=True, eq=False)
class ActGroup:
    """The acts of an app: `page` is the URL name of the generic page (code, slug), `home` that of the page they start from.

    `button` sends their forms.
    """

    page: str
    home: str
    acts: tuple[Act, ...]
    button: str | Promise = gettext_lazy("Ghi")

    def follows(self, slug: str) -> bool:
        """Whether the page of a slug follows another act of the group by itself, where it is offered."""
        return any(act.follows_slug == slug for act in self.acts)

    def act_at(self, slug: str, case: Case, tracks: Mapping[str, Track]) -> Act | None:
        """The act of a slug that has a form; of several the one that may be done at the present stage."""
        found = [act for act in self.acts if (act.slug or act.key) == slug and act.form is not None]
        here = [act for act in found if (move := move_of(case, act.key, tracks)) and is_at_source(move, tracks)]
        return next(iter(here or found), None)

    def url(self, act: Act, code: str) -> str:
        """The address of an act's page; "" where it has none."""
        if act.page:
            return address(act.page, code)
        return address(self.page, code, act.slug or act.key) if act.form else ""


GROUPS: Registry[ActGroup] = Registry()


def act_of_key(key: str) -> Act:
    """The act of a key. Raises KeyError where no app has it."""
    return _acts_by_key()[key][0]


def page_of(key: str, code: str) -> str:
    """The address of the page of an act; "" where it has none."""
    act, group = _acts_by_key()[key]
    return group.url(act, code)


def home_of(track: str, code: str) -> str:
    """The address of the page from which the acts of a track start."""
    owned = (group for group in GROUPS if any(_track_of(act.key) == track for act in group.acts))
    group = next(owned, None)
    return address(group.home, code) if group else address("cases:case", code)


def tracks_of(case: Case) -> dict[str, Track]:
    """The tracks of a case by kind, each with the version of its procedure and the stage that apply today.

    Where a later version took the track over, that is not saved here but by the next act of the track.
    """
    return {track.kind: _at_todays_version(track) for track in case.tracks.all()}


def _at_todays_version(track: Track) -> Track:
    version, stage = procedures.taking_over(procedures.for_track(track), track.kind, track.stage, legal_day())
    track.procedure, track.version, track.stage = version.key, version.in_force.lower, stage
    return track


def procedure_of(case: Case, kind: str, tracks: Mapping[str, Track]) -> procedures.Procedure:
    """The procedure of a track of a case: that under which it began, or under which it would have at reception."""
    if kind in tracks:
        return procedures.for_track(tracks[kind])
    return procedures.begun_by(case.reception.channel, case.reception.came_on)


def move_of(case: Case, key: str, tracks: Mapping[str, Track]) -> Move | None:
    """The move of an act in the procedure of the case; None where that has no such act."""
    return procedure_of(case, _track_of(key), tracks).move(key)


def is_at_source(move: Move, tracks: Mapping[str, Track]) -> bool:
    """Whether the track of a move is at a stage from which it may be made."""
    if not move.track:
        return True
    track = tracks.get(move.track)
    return track.stage in move.sources if track else not move.sources


def offers(held: Held, case: Case, tracks: Mapping[str, Track], group: ActGroup, *, ends: bool) -> list[Offer]:
    """The buttons of the acts of a group that may be done now with what is `held` on the case; `ends`: may end it.

    The first is the usual one, if any is. What is recorded on behalf of an office is usual where nobody works there in the
    program.
    """
    if not case.is_open:
        return []
    likely = usual_acts(case, tracks)
    own: list[Offer] = []
    special: list[Offer] = []
    for act in group.acts:
        move = move_of(case, act.key, tracks)
        if not act.listed or move is None or not is_at_source(move, tracks) or (act.when and not act.when(case)):
            continue
        holder = holder_of(move, tracks)
        if act.offers:
            more = [replace(offer, key=act.key) for offer in act.offers(held, case, holder)]
            special += [offer for offer in more if offer.url not in {each.url for each in special}]
        elif (url := group.url(act, case.code)) and _may_be_done(held, act, move, holder, ends):
            behalf = on_behalf(held, move, holder)
            label = move.button or move.label
            label = _("Ghi thay: %(what)s") % {"what": label} if behalf else label
            usual = (
                act.key in likely
                and (act.usual_when is None or bool(act.usual_when(case)))
                and (not behalf or answers_on_paper(case, holder))
            )
            own.append(Offer(label, url, act.key, usual=usual))
    found = [replace(offer, usual=offer.usual and offer.key in likely) for offer in special + own]
    return one_usual(sorted(found, key=lambda offer: likely.index(offer.key) if offer.usual else 0))


def usual_acts(case: Case, tracks: Mapping[str, Track]) -> list[str]:
    """The acts (keys) that mostly come next, the likelier first: of the stages of the case's tracks, and those that open the
    tracks not begun."""
    found: list[str] = []
    for kind, track in procedures.begun_by(case.reception.channel, case.reception.came_on).tracks.items():
        if kind in tracks:
            found += procedures.for_track(tracks[kind]).tracks[kind].stages[tracks[kind].stage].usual
        else:
            found += track.usual
    return found


def usual_offer(held: Held, case: Case, tracks: Mapping[str, Track], *, ends: bool) -> Offer | None:
    """The button of the usual act that the user may do now, whatever page it starts from: of the acts of the case's own page,
    else of the app in the highest layer."""
    highest = list(GROUPS)[::-1]
    for group in sorted(highest, key=lambda group: group.home != "cases:case"):
        found = offers(held, case, tracks, ActGroup(group.page, group.home, tuple(map(_listed, group.acts))), ends=ends)
        if found and found[0].usual:
            return found[0]
    return None


def one_usual(found: list[Offer]) -> list[Offer]:
    """Buttons with the usual one first; of several that are usual the first alone stays so."""
    ordered = sorted(found, key=lambda offer: not offer.usual)
    return ordered[:1] + [replace(offer, usual=False) for offer in ordered[1:]]


def answers_on_paper(case: Case, kind: str) -> bool:
    """Whether nobody in the program works at the agency of a kind that is on the case's team."""
    members = case.team.members.filter(until=None, agency__kind__in=(kind, AgencyKind.OUTSIDE))
    at_work = Membership.objects.holding().filter(role__in=WORKERS, agency__in=members.values("agency"))
    return not at_work.exists()


def _listed(act: Act) -> Act:
    return act if act.listed else replace(act, listed=True)


def holder_of(move: Move, tracks: Mapping[str, Track]) -> str:
    """The kind of agency that must act at the present stage of the track of a move; "" where the track has not begun."""
    track = tracks.get(move.track)
    return procedures.for_track(track).tracks[move.track].stages[track.stage].holder if track else ""


def on_behalf(held: Held, move: Move, holder: str) -> bool:
    """Whether the user would record a move on behalf of the office that must act (`holder`): they may record answers and have
    no seat there."""
    own = {*map(P, move.permissions)} - {P.ANSWER_RECORD}
    sits = any(own & seat.rights.permissions and seat.agency.kind == holder for seat in held.seats)
    return P.ANSWER_RECORD in move.permissions and held.any(P.ANSWER_RECORD) and not sits


def button_of_limit(limit: str, track: str, held: Held, code: str) -> Offer:
    """The button that leads to the page of the act that meets a time limit, or where several do, the page they start from.

    "Mở", to the case's own page, where the procedure names no button, or where one act alone meets the limit and the user may
    not do it.
    """
    duty = procedures.duties().get(limit)
    open_case = Offer(_("Mở"), address("cases:case", code))
    if duty is None or not duty.button:
        return open_case
    known, every, keys = _acts_by_key(), procedures.moves(), _acts_that_meet(duty)
    pages = {
        url
        for key in keys
        if held.any(*map(P, every[key].permissions)) and (url := known[key][1].url(known[key][0], code))
    }
    if len(pages) == 1:
        return Offer(duty.button, pages.pop(), usual=True)
    home = home_of(track, code)
    return Offer(duty.button, home, usual=True) if pages or (len(keys) > 1 and home != open_case.url) else open_case


def limits_of_tasks(permissions: frozenset[P]) -> tuple[str, ...]:
    """The time limits (keys) that are tasks of whoever holds some permissions: they may do an act that meets one, or do what
    leads to it. What no act of the program meets is a task of whoever works on cases."""
    return _limits_of_tasks(permissions, procedures.versions())


@cache
def _limits_of_tasks(permissions: frozenset[P], _versions: tuple[procedures.Procedure, ...]) -> tuple[str, ...]:
    every, works = procedures.moves(), permissions & {P.SUPPORT_RECORD, P.REQUEST_RECEIVE}
    found = []
    for limit, duty in procedures.duties().items():
        keys = _acts_that_meet(duty)
        able = {*duty.done_by} or {each for key in keys for each in every[key].permissions}
        if permissions & {*map(P, able)} if able else works:
            found.append(limit)
    return tuple(found)


def _acts_that_meet(duty: Duty) -> list[str]:
    known = _acts_by_key()
    if duty.act:
        return [duty.act]
    return [key for key, move in procedures.moves().items() if move.event in duty.met_by and key in known]


def _may_be_done(held: Held, act: Act, move: Move, holder: str, ends: bool) -> bool:
    permissions = [*map(P, move.permissions)]
    if act.allows and not act.allows(held):
        return False
    holds = holder in {seat.agency.kind for seat in held.seats}
    if P.CASE_CLOSE in permissions:
        return ends and (holds or not holder)
    only_the_holder = not holds and held.permissions & {*permissions} <= HOLDERS_OWN
    return held.any(*permissions) and not (holder and only_the_holder)


def _track_of(key: str) -> str:
    move = procedures.moves().get(key)
    return move.track if move else ""


@cache
def _acts_by_key() -> dict[str, tuple[Act, ActGroup]]:
    return {act.key: (act, group) for group in GROUPS for act in group.acts}
