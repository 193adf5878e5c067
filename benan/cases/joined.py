"""What an office reads of a file that was its own and was joined to another: that it was, and which office has it."""

from django.db.models import Exists, OuterRef

from benan.accounts import queries as agencies
from benan.accounts.models import TeamMember
from benan.accounts.roles import P
from benan.cases import codes, joining, queries
from benan.cases.models import File
from benan.core.days import legal_day


def asked_for(user, asked) -> list[tuple]:
    """Joined files of this code or alias that an office of the user's had until then: (file, who has the one that goes on).

    Nothing of a file, or of the one that goes on, from which that office is kept.
    """
    mine = user.offices(P.FILE_VIEW)
    parts = TeamMember.objects.filter(team=OuterRef("team"), agency__in=mine, until=OuterRef("closed_on"))
    rows = File.objects.unscoped(reason="what became of a file that was their office's").filter(Exists(parts))
    rows = rows.exclude(joined_to=None).exclude(team__kept_from__in=mine)
    code = codes.read(asked)
    found = [
        (row, joining.goes_on(row)) for row in (rows.filter(code=code) if code else queries.called(rows, asked)[0])
    ]
    found = [(row, on) for row, on in found if not on.team.kept_from.filter(pk__in=mine).exists()]
    names = agencies.names({on.agency_id for _row, on in found}, legal_day()) if found else {}
    return [(row, names.get(on.agency_id, "")) for row, on in found]
