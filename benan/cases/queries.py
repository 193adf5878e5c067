"""What pages of cases show: the case's page, the list of cases, and what every page of a case shows."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts import policy
from benan.accounts.models import User
from benan.accounts.policy import Held
from benan.accounts.roles import P
from benan.agencies import queries as agencies
from benan.agencies.models import OnCallContact
from benan.cases import acts, erasing, families, history, in_charge, reception_steps, unattended
from benan.cases.addresses import address
from benan.cases.clocks import deadline_context, due_sort_key
from benan.cases.codes import shown
from benan.cases.extensions import PANELS, TABS
from benan.cases.models import Case, CaseQuerySet, Deadline, Status, Step, Track
from benan.core.days import clock, legal_day, show
from benan.places import queries as places
from benan.rules import procedures
from benan.vault import access
from benan.vault.ages import YEARS, Age

Kind = Case.Kind


def case_page(user: User, case: Case) -> dict[str, Any]:
    """What the case's page shows to the user; the number of queries does not grow with the history."""
    rows = list(case.steps.select_related("by").order_by("-on", "-pk"))
    replaced = {row.corrects_id: row for row in rows if row.corrects_id}
    deadlines = list(case.deadlines.all())
    team = in_charge.team_of(case)
    today = legal_day()
    # The history has the names that agencies had on its days; what is still to be done has those of today.
    then = {(agency, row.on) for row in rows for agency in (row.agency_id, row.to_agency_id, row.for_agency_id)}
    now = {row.agency_id for row in deadlines} | {row.agency_id for row in team}
    called = agencies.names_by_day(then | {(agency, today) for agency in now})
    names: dict[int | None, str] = {agency: name for (agency, day), name in called.items() if day == today}
    held = policy.held_on(user, case)
    tracks = acts.tracks_of(case)
    first = procedures.begun_by(case.reception.channel, case.reception.came_on)
    ends = may_end(user, case)
    offered = main_acts(held, case, tracks, ends=ends)
    comes_next = next_step(held, case, deadlines, names, offered, usual_offer(held, case, tracks, ends=ends))
    shown = {(action.url, action.label) for action in comes_next["actions"]} if comes_next else set()
    return {
        "case": case,
        "status": status(case),
        "facts": _facts(case),
        "notice": first.notice,
        "procedure": "" if first.notice else _("Thủ tục theo luật 2011"),
        "streams": drawn_tracks(case, tracks, rows, replaced),
        "left": reception_steps.left_over(held, case, rows),
        "minor": families.minor_panel(held, case, deadlines),
        "next": comes_next,
        "moves": [offer for offer in offered if (offer.url, offer.label) not in shown],
        "history": [_line(row, called, held) for row in rows if row.pk not in replaced],
        "clocks": [deadline_context(row) | {"whose": names.get(row.agency_id, "")} for row in deadlines if row.is_open],
        "unattended": unattended.warnings_about(case, deadlines, team),
        "team": [
            (str(member.get_part_display()), names.get(member.agency_id, ""), in_charge.officer_of(member))
            for member in team
        ],
        "may_put_in_charge": case.is_open and any(row.agency_id in held.agencies() for row in team),
        "related": cases_received_together(user, case),
        **other_cases_of_person(user, case, held, ends=ends),
        "panels": [{"template": panel.template, **panel.context(user, case, held)} for panel in PANELS],
        **erasing.panel_context(user, case, held),
        "may_open": held.any(P.IDENTITY_OPEN) and not case.erased_on,
        "may_correct": held.any(P.CASE_CORRECT),
    }


def frame(case: Case, here: str) -> dict[str, Any]:
    """The tabs of a case (`here`: the URL name of the current one), and the address to which the mark of danger leads."""
    ordered = sorted(TABS, key=lambda tab: tab.place)
    tabs = [{"label": tab.label, "url": address(tab.page, case.code), "current": tab.page == here} for tab in ordered]
    return {"tabs": tabs, "danger_url": danger_url(case)}


def danger_url(case: Case) -> str:
    """The page to which the mark of danger of a case leads; "" where no app has one."""
    return next((address(tab.page, case.code) for tab in TABS if tab.on_danger), "")


def status(case: Case) -> tuple[str, str]:
    """What the person is called in the matter: the key of the drawing, and the words. "victim" only after a finding."""
    if case.kind != Kind.CLAIMANT:
        return case.kind, str(Kind(case.kind).label)
    found: dict[str, tuple[str, str]] = {
        Status.Kind.VICTIM: ("victim", _("Nạn nhân")),
        Status.Kind.NOT_VICTIM: ("received", _("Người được tiếp nhận")),
    }
    return found.get(case.status, ("pending", _("Chờ xác minh")))


def drawn_tracks(
    case: Case, tracks: Mapping[str, Track], rows: Sequence[Step], replaced: Collection[int]
) -> list[dict[str, Any]]:
    """What templates need to draw the tracks of a case: each with its stages, from the lines of the history, latest first,
    without those that a correction replaced (ids)."""
    first = procedures.begun_by(case.reception.channel, case.reception.came_on)
    kinds = [kind for kind, track in first.tracks.items() if case.kind == Kind.CLAIMANT or not track.for_claimants]
    drawn = []
    for kind in kinds:
        procedure = procedures.for_track(tracks[kind]) if kind in tracks else first
        history = [
            (row.stage, row.on) for row in reversed(rows) if row.track == kind and row.stage and row.pk not in replaced
        ]
        stations = [
            {"key": each.key, "label": each.label, "state": each.state, "under": f"{each.on:%d/%m}" if each.on else ""}
            for each in procedure.stations(kind, history)
        ]
        drawn.append({"key": kind, "label": procedure.tracks[kind].label, "stations": stations})
    return drawn


def main_acts(held: Held, case: Case, tracks: Mapping[str, Track], *, ends: bool) -> list[acts.Offer]:
    """The buttons of the acts that start from the case's own page and may be done now; `ends`: the user may end the case."""
    found: list[acts.Offer] = []
    for group in acts.GROUPS:
        if group.home == "cases:case":
            found += acts.offers(held, case, tracks, group, ends=ends)
    return acts.one_usual(found)


def next_step(
    held: Held, case: Case, deadlines: Iterable[Deadline], names: Mapping[int | None, str], own: Sequence[acts.Offer],
    usual: acts.Offer | None,
) -> dict[str, Any] | None:  # fmt: skip
    """What to do next on a case, and buttons: the earliest governing deadline that is the user's to meet or owed to a child, else
    that of others, and what the user may do meanwhile; without any the usual act.

    `names`: agencies by id; `own`: the acts offered on the case's page, `usual`: as `usual_offer` gives it. None where the case has ended.
    """
    if not case.is_open:
        return None
    tasks = {(seat.agency_id, each) for seat in held.seats for each in acts.limits_of_tasks(seat.rights.permissions)}
    near = lambda row: (row.agency_id, row.limit) in tasks or row.owed_to_child  # noqa: E731
    running = sorted(
        (row for row in deadlines if row.is_open and row.governs and not row.lapses),
        key=lambda row: (not near(row), due_sort_key(row)),
    )
    if not running and usual:
        return {"what": usual.label, "actions": [usual]}
    if not running:
        return _when_idle(case, own)
    deadline = running[0]
    button = acts.button_of_limit(deadline.limit, deadline.track, held, case.code)
    what, wait = str(deadline.label), ""
    if button.url != case.get_absolute_url():
        actions = [replace(button, usual=near(deadline))]
    else:
        actions = list(own[:2]) if acts.home_of(deadline.track, case.code) == button.url else []
        what = own[0].label if actions and near(deadline) and own[0].usual else what
    if usual and not any(action.usual for action in actions):
        wait = usual.label
        actions = [usual, *(action for action in actions if action.url != usual.url)][:2]
    return deadline_context(deadline) | {
        "what": what,
        "meanwhile": _meanwhile(
            "" if (deadline.agency_id, deadline.limit) in tasks else names.get(deadline.agency_id, ""), wait
        ),
        "actions": actions,
    }


def _meanwhile(whose: str, wait: str) -> str:
    words = [_("Việc của %(agency)s.") % {"agency": whose}] if whose else []
    return " ".join(words + ([_("Trong lúc chờ: %(what)s.") % {"what": wait}] if wait and words else []))


def usual_offer(held: Held, case: Case, tracks: Mapping[str, Track], *, ends: bool) -> acts.Offer | None:
    """The button of what the user mostly does next, whatever page it starts from: the end of the case (`ends`: they may end
    it) once somebody was told that they were not found to be a victim, else the usual act that they may do."""
    if not case.is_open:
        return None
    told = any(
        procedures.for_track(track).tracks[kind].for_claimants
        and procedures.for_track(track).tracks[kind].stages[track.stage].ends
        for kind, track in tracks.items()
    )
    if ends and told and case.status == Status.Kind.NOT_VICTIM:
        return acts.Offer(_("Kết thúc hồ sơ"), reverse("cases:close", args=[case.code]), usual=True)
    return acts.usual_offer(held, case, tracks, ends=ends)


def _when_idle(case: Case, own: Sequence[acts.Offer]) -> dict[str, Any]:
    tab = next(tab for tab in TABS if tab.when_idle)
    page = acts.Offer(str(tab.label), address(tab.page, case.code))
    return {"what": tab.when_idle, "actions": [page, *own[:1]]}


def list_lines(cases: Iterable[Case]) -> list[dict[str, Any]]:
    """Lines of a list of cases: person, status, place, and the earliest open deadline that governs; three queries."""
    cases = list(cases)
    today = legal_day()
    deadlines: dict[int, Deadline] = {}
    running = Deadline.objects.open().filter(case__in=cases, governs=True, lapses=False)
    for deadline in running.order_by("-due_on", "-due_at", "-pk"):
        if deadline.due_on:
            deadlines[deadline.case_id] = deadline
    for case in cases:
        if case.pk in deadlines:
            deadlines[case.pk].case = case
    where = places.paths({(case.area_code, case.reception.came_on) for case in cases})
    return [
        {
            "case": case, "status": status(case), "where": where[case.area_code, case.reception.came_on],
            "came_on": case.reception.came_on, "clock": deadline_context(deadlines[case.pk], today) if case.pk in deadlines else None,
        }
        for case in cases
    ]  # fmt: skip


def numbers_on_call(case: Case) -> list[OnCallContact]:
    """Who answers the telephone now for the place where somebody was received, without the offices from which the case is
    kept."""
    came_on = case.reception.came_on
    numbers = agencies.on_call_contacts(case.area_code, legal_day(), clock().time(), came_on)
    return agencies.contacts_without(case.team.kept_from.all(), numbers)


def cases_received_together(user: User, case: Case) -> list[dict[str, Any]]:
    """The other cases of the same reception that the user reaches, each with its status."""
    rows = Case.objects.visible_to(user).filter(reception=case.reception_id).exclude(pk=case.pk)
    return [{"case": row, "status": status(row)} for row in rows]


def may_end(user: User, case: Case) -> bool:
    """Whether the user may end the case, or open it again."""
    return policy.allows(user, P.CASE_CLOSE, case)


def other_cases_of_person(user: User, case: Case, held: Held, *, ends: bool) -> dict[str, Any]:
    """The other cases of the person that the user reaches, and whether the user may receive them again or reopen the case."""
    found: CaseQuerySet = Case.objects.visible_to(user).filter(
        Q(pk=case.joined_to_id) | Q(joined_to=case) | Q(person=case.person_id)
    ).exclude(pk=case.pk)  # fmt: skip
    rows: list[Case] = list(found.order_by("opened_on", "pk"))
    again = [row for row in rows if row.person_id == case.person_id]
    ended = not case.is_open and not case.joined_to_id and not case.erased_on
    returns = ended and held.any(P.CASE_RECEIVE)
    return {
        "joined_into": next((row for row in rows if row.pk == case.joined_to_id), None),
        "joined_here": [row for row in rows if row.joined_to_id == case.pk],
        "before": [row for row in again if row.opened_on <= case.opened_on and row.pk < case.pk],
        "after": [row for row in again if row.opened_on >= case.opened_on and row.pk > case.pk],
        "may_return": returns and not any(row.is_open for row in again),
        "may_reopen": ended and ends,
    }


def codes_of_other_cases(page: Mapping[str, Any]) -> list[str]:
    """The codes of the other cases that a case's page (`case_page`) shows."""
    rows = [each["case"] for each in page["related"]] + page["joined_here"] + page["before"] + page["after"]
    rows += [page["joined_into"]] if page["joined_into"] else []
    return sorted({row.code for row in rows})


def _line(row: Step, called: Mapping[tuple[int, dt.date], str], held: Held) -> dict[str, Any]:
    """What templates show of a line of the history. `called`: names of agencies by id and day."""
    more: list[str] = []
    if row.to_agency_id:
        more.append(_("đến %(agency)s") % {"agency": called[row.to_agency_id, row.on]})
    if row.for_agency_id:
        more.append(_("ghi thay %(agency)s") % {"agency": called[row.for_agency_id, row.on]})
    if row.paper_no:
        more.append(_("số %(no)s ngày %(on)s") % {"no": row.paper_no, "on": show(row.paper_on)})
    if row.details.get("arrival_no"):
        more.append(_("số đến %(no)s") % {"no": row.details["arrival_no"]})
    if row.details.get("joined_from"):
        more.append(_("từ hồ sơ %(code)s") % {"code": shown(row.details["joined_from"])})
    if row.details.get("label"):
        more.append(row.details["label"])
    if row.note:
        more.append(_("có ghi chú hạn chế tiếp cận"))
    return {
        "day": row.on, "of_entry": row.of_entry, "at": None, "what": history.sentence(row), "more": " · ".join(more), "kind": "",
        "who": " · ".join(str(part) for part in (row.by, row.agency_id and called.get((row.agency_id, row.on))) if part),
        "corrected": _("ngày %(on)s") % {"on": show(row.corrects.on)} if row.corrects else "",
        "url": reverse("cases:correct_day", args=[row.case.code, row.pk]) if row.event and held.any(P.CASE_CORRECT) else "",
    }  # fmt: skip


def _facts(case: Case) -> list[str]:
    """Sex, class of age or years of birth, how and where the person was received, in words."""
    came = case.reception.came_on
    parts = [str(Case.Sex(case.sex).label) if case.sex else ""]
    if case.age_class:
        parts.append(str(Age(case.age_class).label))
    # Of who is or may be under 18 the class says it all: years beside it would seem to say something else.
    years = access.first_year_of_birth_class(person_id=case.person_id) if case.age_class == Age.ADULT else None
    if years:
        parts.append(_("sinh khoảng %(a)d-%(b)d") % {"a": years, "b": years + YEARS - 1})
    parts.append(str(case.reception.get_channel_display()))
    parts.append(places.path(case.area_code, came))
    return [part for part in parts if part]
