"""Reads for the pages of protection, one each, and for the desk."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts import policy
from benan.accounts.models import User
from benan.accounts.role_sets import RoleSet
from benan.agencies import queries as agencies
from benan.agencies.models import Agency, OnCallContact
from benan.cases import acts, history
from benan.cases.acts import ActGroup
from benan.cases.models import Case
from benan.core.days import clock, legal_day
from benan.core.statements import statement
from benan.core.text import sort_key
from benan.needs.kinds import SAFETY
from benan.needs.models import Need
from benan.needs.queries import ask_url
from benan.places import queries as places
from benan.protection import offices
from benan.protection.dangers import PROTECTION, undecided, under_measures
from benan.protection.models import DangerNotice, Measure
from benan.protection.policy import endangered
from benan.protection.vocabulary import MEASURES, measures_decided_by
from benan.rules import procedures, vocabularies

LATELY = dt.timedelta(days=3)  # how long the desk says that a danger ended


def protection_page(user: User, case: Case, group: ActGroup) -> dict[str, Any]:
    """Where protection stands, which measures, and what may be done next."""
    tracks, held = acts.tracks_of(case), policy.held_on(user, case)
    track = tracks.get(PROTECTION)
    stage = procedures.for_track(track).tracks[PROTECTION].stages[track.stage] if track else None
    measures = list(Measure.objects.of(case))
    called = agencies.names_by_day((row.agency_id, row.started_on) for row in measures)
    offers = acts.offers(held, case, tracks, group, ends=False)
    need = Need.objects.of(case).filter(kind=SAFETY).order_by("-recorded_on").first()
    return {
        "stage": stage.sentence or stage.label if stage else _("Chưa hỏi về nguy cơ"), "need": need,
        "measures_by_state": [
            (heading, [
                (row, vocabularies.label(MEASURES, row.kind, row.started_on), called[row.agency_id, row.started_on])
                for row in measures if (row.ended_on is None) == in_force
            ])
            for heading, in_force in ((_("Biện pháp đang áp dụng"), True), (_("Biện pháp đã chấm dứt"), False))
        ],
        "acts": [offer for offer in offers if procedures.moves()[offer.key].track],
        "calls_to_record": [offer for offer in offers if not procedures.moves()[offer.key].track],
        "alarm": alarm(user, case) if case.in_danger_since else None, "calls": calls(case) if case.in_danger_since else None,
        "ask": "" if stage and stage.key in undecided() else ask_url(held, case),
    }  # fmt: skip


def asks_whether_over(case: Case) -> bool:
    """Whether measures are in force and nobody said that the danger is over."""
    return bool(case.in_danger_since) and case.tracks.filter(stage__in=under_measures()).exists()


def alarm(user: User, case: Case) -> dict[str, Any]:
    """What must be known at once of danger: where, whom to ring now, who may decide, who was told in the program, who
    was not, and from whom it is kept: that office, and its telephone, are named nowhere else."""
    away, own = offices.kept_from(case), {seat.agency_id for seat in user.seats}
    pairs = offices.told_of_danger(case, away)
    kept = {office.pk for office in away}
    above = {office.pk: told or offices.above(office, kept) for office, told in pairs if office.pk in kept}
    every = {each.pk for pair in pairs for each in pair if each} | {each.pk for each in above.values() if each}
    names = agencies.names(every, legal_day())
    deciding = [office for office, _told in pairs if office.pk not in kept]
    deciding += [office for office in above.values() if office and office not in deciding]
    told = {told.pk: names.get(told.pk, "") for _office, told in pairs if told and told.pk not in own}
    return {
        "since": case.in_danger_since, "place": places.path(*offices.place(case)),
        "by_law": procedures.is_covered(legal_day()),
        "numbers": numbers_on_call(case, away),
        "told": list(told.values()),
        "untold": [names.get(office.pk, "") for office, told in pairs if told is None and office.pk not in kept],
        "civil": [names.get(office.pk, "") for office in deciding if offices.decides_civil(office)],
        "police": [names.get(office.pk, "") for office in deciding if office.kind in offices.POLICE],
        "kept": [(names.get(pk, ""), names.get(office.pk, "") if office else "") for pk, office in above.items()],
    }  # fmt: skip


def numbers_on_call(case: Case, away: Collection[Agency]) -> list[OnCallContact]:
    """Who answers the telephone now where the person is, the police first, without the offices the case is kept from."""
    code, day = offices.place(case)
    numbers = agencies.contacts_without(away, agencies.on_call_contacts(code, legal_day(), clock().time(), day))
    return sorted(numbers, key=lambda number: number.desk != OnCallContact.Desk.POLICE)


def handover(user: User, case: Case) -> dict[str, Any]:
    """What somebody is told once whose office is kept from a case from now on: who it is about and who goes on."""
    away, now = offices.kept_from(case), clock().time()
    names = agencies.names({case.agency_id, *(office.pk for office in away)}, legal_day())
    own = {seat.agency_id for seat in user.seats}
    return {
        "office": names.get(case.agency_id, ""),
        "numbers": agencies.contacts_without(away, agencies.contact_of(case.agency_id, legal_day(), now)),
        "kept": [names.get(office.pk, "") for office in away if office.pk in own],
        "alarm": alarm(user, case) if case.in_danger_since else None,
    }


def calls(case: Case) -> dict[str, Any]:
    """Calls and papers about the danger that stands, the latest first, and whether a paper still has to follow a call."""
    rows = history.current(case).filter(key__in=("danger_called", "danger_written"), on__gte=case.in_danger_since)
    lines = list(rows.select_related("by").order_by("-on", "-at", "-pk"))
    names = agencies.names({line.to_agency_id for line in lines if line.to_agency_id}, legal_day())
    return {
        "lines": [(line, history.sentence(line), names.get(line.to_agency_id or 0) or line.details.get("label", "")) for line in lines],
        "unwritten": bool(lines) and all(line.key == "danger_called" for line in lines),
    }  # fmt: skip


def danger_offices(case: Case) -> list[tuple[int, str]]:
    """The offices that could be told of a danger, and those on the team, as choices; none that the case is kept from."""
    wanted = {office.pk for office in offices.deciding(case, ())}
    wanted |= set(case.team.members.filter(until=None).values_list("agency_id", flat=True))
    wanted -= {office.pk for office in offices.kept_from(case)}
    names = agencies.names(wanted, legal_day())
    return sorted(names.items(), key=lambda choice: sort_key(choice[1]))


def notices(user: User) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Dangers of which this user's offices were told, of cases on whose team they are not: those that stand, and those
    that ended these days."""
    rows = _notices(user.role_set, legal_day(), given=user.given)
    names = agencies.names({row.case.agency_id for row in rows}, legal_day())
    where = places.paths({(row.case.area_code, row.case.reception.came_on) for row in rows})
    told = [
        {"row": row, "case": row.case, "url": reverse("protection:notice", args=[row.pk]),
         "agency": names.get(row.case.agency_id, ""), "where": where[row.case.area_code, row.case.reception.came_on]}
        for row in rows
    ]  # fmt: skip
    return [one for one in told if not one["row"].ended_on], [one for one in told if one["row"].ended_on]


@statement
def _notices(role_set: RoleSet, today: dt.date) -> QuerySet[DangerNotice]:
    reached = DangerNotice.objects.visible_to(role_set).select_related("case", "case__reception", "case__agency")
    shown = reached.exclude(ended_on=None, case__in=endangered(role_set, today)).exclude(ended_on__lt=today - LATELY)
    return shown.order_by("told_at", "pk")


def notice_page(notice: DangerNotice) -> dict[str, Any]:
    """What an office that was told may know: alias, since when, the place, whom to call; nothing else of the case."""
    case, now = notice.case, clock().time()
    away = offices.kept_from(case)
    ids = {case.agency_id, case.reception.agency_id, notice.agency_id}
    ids |= {notice.instead_of_id} if notice.instead_of_id else set()
    calling = {case.agency_id, case.reception.agency_id} - {office.pk for office in away}
    names = agencies.names(ids, legal_day())
    code, day = offices.place(case)
    desks = {pk: agencies.contacts_without(away, agencies.contact_of(pk, legal_day(), now)) for pk in sorted(calling)}
    return {
        "notice": notice, "case": case, "decided": asks_whether_over(case), "place": places.path(code, day),
        "call": [(names.get(pk, ""), numbers) for pk, numbers in desks.items()],
        "numbers": agencies.contacts_without(away, agencies.on_call_contacts(code, legal_day(), now, day)),
        "agency": names.get(notice.agency_id, ""), "instead_of": names.get(notice.instead_of_id or 0, ""),
        "measures": list(measures_decided_by(notice.agency.kind, legal_day()).values()),
    }  # fmt: skip
