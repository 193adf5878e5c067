"""Offices that hold open cases while nobody there can work on them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from benan.accounts.models import TeamMember, User
from benan.accounts.policy import unattended
from benan.accounts.roles import P
from benan.agencies import queries as agencies
from benan.agencies.models import Agency
from benan.cases.models import Case, Deadline, Status
from benan.core.days import clock, legal_day
from benan.rules import procedures

Part = TeamMember.Part
HOLDING = (Part.MANAGES, Part.SHELTERS, Part.SUPPORTS)


def open_cases_by_agency(offices: Collection[Agency] | QuerySet[Agency]) -> dict[int, int]:
    """The number of open cases in which each of some agencies has a part (besides having received the person) or a running
    deadline; by agency id, none for an agency without any."""
    cases = Case.objects.unscoped(reason="counted, not shown").filter(closed_on=None)
    verified = cases.filter(tracks__stage__in=procedures.stages_with("with_police"))
    held = TeamMember.objects.filter(
        Q(part__in=HOLDING, team__in=cases.values("team")) | Q(part=Part.VERIFIES, team__in=verified.values("team")),
        until=None, agency__in=offices,
    )  # fmt: skip
    owed = Deadline.objects.open().filter(agency__in=offices, case__in=cases)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for agency, team in [*held.values_list("agency", "team"), *owed.values_list("agency", "case__team")]:
        found[agency].add(team)
    return {agency: len(teams) for agency, teams in found.items()}


def offices_for(user: User) -> list[dict[str, Any]]:
    """The agencies (`agency`: name) with open cases (`cases`: how many) where nobody can work, for those who can change that.

    All of them for whoever manages accounts and for the labour department; for a head, their own and those under it; none
    for others.
    """
    everywhere = user.may(P.USER_MANAGE) or any(
        seat.rights.by_area and P.CASE_VIEW in seat.rights.permissions for seat in user.seats
    )
    headed = user.offices(P.ROLE_CONFIRM)
    if not everywhere and not headed:
        return []
    rows = list(unattended().select_related("superior__superior__superior"))
    rows = [row for row in rows if everywhere or {row.pk, _superior(row)} & headed]
    cases = open_cases_by_agency(rows)
    names = agencies.names(cases, legal_day())
    return [{"agency": names[pk], "cases": n} for pk, n in sorted(cases.items(), key=lambda item: -item[1])]


def warnings_about(case: Case, deadlines: Iterable[Deadline], team: Iterable[TeamMember]) -> list[str]:
    """`warnings` for the agencies that have something to do on an open case, from its deadlines and its present team."""
    if not case.is_open:
        return []
    found = case.status not in ("", Status.Kind.PENDING)
    parts: set[str] = {*HOLDING} if found else {*HOLDING, Part.VERIFIES}
    return warnings(
        [deadline.agency_id for deadline in deadlines if deadline.is_open]
        + [row.agency_id for row in team if row.part in parts]
    )


def warnings(offices: Iterable[int | None]) -> list[str]:
    """A sentence for each of some agencies (ids) where nobody can work on cases: that nobody there sees what is sent, and the
    number to call."""
    asked = {office for office in offices if office}
    found = sorted(unattended(pk__in=asked).values_list("pk", flat=True)) if asked else []
    names = agencies.names(found, legal_day())
    return [_sentence(pk, names[pk]) for pk in found]


def _sentence(pk: int, name: str) -> str:
    numbers = agencies.contact_of(pk, legal_day(), clock().time())
    if not numbers:
        return _(
            "Ở %(agency)s hiện không có ai dùng chương trình nên chưa ai ở đó biết việc này. "
            "Gọi điện trực tiếp cho đơn vị ấy. Sở LĐ-TB&XH và người quản trị thấy việc này trên bàn việc."
        ) % {"agency": name}
    return _(
        "Ở %(agency)s hiện không có ai dùng chương trình nên chưa ai ở đó biết việc này. "
        "Gọi ngay %(who)s. Sở LĐ-TB&XH và người quản trị thấy việc này trên bàn việc."
    ) % {"agency": name, "who": numbers[0]}


def _superior(agency: Agency) -> int | None:
    above = agency.superior
    while above and legal_day() not in above.in_force:
        above = above.superior
    return above.pk if above else None
