"""Finding cases that an office had until they were joined to another case, and the office that now manages that one."""

from django.db.models import Exists, OuterRef

from benan.accounts.models import TeamMember, User
from benan.accounts.roles import P
from benan.agencies import queries as agencies
from benan.cases import codes, joining
from benan.cases.alias_search import by_alias
from benan.cases.models import Case
from benan.core.days import legal_day


def joined_cases_matching(user: User, asked: str) -> list[tuple[Case, str]]:
    """Joined cases with this code or alias on whose team an office of the user was until the joining, each with the name of
    the agency that manages the case that continues; none where either case is kept from that office."""
    mine = user.offices(P.CASE_VIEW)
    parts = TeamMember.objects.filter(team=OuterRef("team"), agency__in=mine, until=OuterRef("closed_on"))
    rows = Case.objects.unscoped(reason="what became of a case that was their office's").filter(Exists(parts))
    rows = rows.exclude(joined_to=None).exclude(team__kept_from__in=mine)
    code = codes.read(asked)
    found = [
        (row, joining.continuing_case(row)) for row in (rows.filter(code=code) if code else by_alias(rows, asked)[0])
    ]
    found = [(row, on) for row, on in found if not on.team.kept_from.filter(pk__in=mine).exists()]
    names = agencies.names({on.agency_id for _row, on in found}, legal_day()) if found else {}
    return [(row, names.get(on.agency_id, "")) for row, on in found]
