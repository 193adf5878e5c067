"""Offices that hold open files while nobody there can work on them."""

from collections import defaultdict

from django.db.models import Q
from django.utils.translation import gettext as _

from benan.accounts import queries as agencies
from benan.accounts.models import TeamMember
from benan.accounts.policy import unattended
from benan.accounts.roles import P
from benan.cases.models import Due, File
from benan.core.days import clock, legal_day

Part = TeamMember.Part
HOLDING = (Part.MANAGES, Part.SHELTERS, Part.SUPPORTS)
WITH_POLICE = ("requested", "verifying", "reported_up", "verifying_province")  # stages of verification


def open_files(offices) -> dict[int, int]:
    """How many open files each of some agencies has a part in, beyond having received them, or a task about."""
    files = File.objects.unscoped(reason="counted, not shown").filter(closed_on=None)
    verified = files.filter(tracks__kind="verification", tracks__stage__in=WITH_POLICE)
    held = TeamMember.objects.filter(
        Q(part__in=HOLDING, team__in=files.values("team")) | Q(part=Part.VERIFIES, team__in=verified.values("team")),
        until=None, agency__in=offices,
    )  # fmt: skip
    owed = Due.objects.filter(met_on=None, ended_on=None, agency__in=offices, file__in=files)
    found = defaultdict(set)
    for agency, team in [*held.values_list("agency", "team"), *owed.values_list("agency", "file__team")]:
        found[agency].add(team)
    return {agency: len(teams) for agency, teams in found.items()}


def offices_for(user) -> list[dict]:
    """The offices with open files and nobody, for those who can mend it.

    All of them for who manages accounts and for the labour department; for a head, the own office and those under it.
    """
    everywhere = user.may(P.USER_MANAGE) or any(
        seat.rights.by_area and P.FILE_VIEW in seat.rights.permissions for seat in user.seats
    )
    headed = user.offices(P.ROLE_CONFIRM)
    if not everywhere and not headed:
        return []
    rows = list(unattended().select_related("superior__superior__superior"))
    rows = [row for row in rows if everywhere or {row.pk, _superior(row)} & headed]
    files = open_files(rows)
    names = agencies.names(files, legal_day())
    return [{"agency": names[pk], "files": n} for pk, n in sorted(files.items(), key=lambda item: -item[1])]


def warnings_about(file, dues, team, findings) -> list[str]:
    """The same as `warnings` for those who have something to do on an open file, from rows that were read."""
    if not file.is_open:
        return []
    parts = {*HOLDING} if any(row.on for row in findings) else {*HOLDING, Part.VERIFIES}
    return warnings(
        [due.agency_id for due in dues if due.is_open] + [row.agency_id for row in team if row.part in parts]
    )


def warnings(offices) -> list[str]:
    """For each of some agencies (ids) where nobody can act: that work sent there is seen by nobody, and whom to ring."""
    offices = {office for office in offices if office}
    found = sorted(unattended(pk__in=offices).values_list("pk", flat=True)) if offices else []
    names = agencies.names(found, legal_day())
    return [_sentence(pk, names[pk]) for pk in found]


def _sentence(pk, name):
    numbers = agencies.desk_of(pk, legal_day(), clock().time())
    if not numbers:
        return _(
            "Ở %(agency)s hiện không có ai dùng chương trình, nên chưa ai ở đó thấy việc này. "
            "Gọi điện thẳng cho đơn vị ấy. Sở LĐ-TB&XH và người quản trị thấy việc này trên bàn việc."
        ) % {"agency": name}
    return _(
        "Ở %(agency)s hiện không có ai dùng chương trình, nên chưa ai ở đó thấy việc này. "
        "Gọi ngay %(who)s. Sở LĐ-TB&XH và người quản trị thấy việc này trên bàn việc."
    ) % {"agency": name, "who": numbers[0]}


def _superior(agency):
    above = agency.superior
    while above and legal_day() not in above.in_force:
        above = above.superior
    return above.pk if above else None
