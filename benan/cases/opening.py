"""What holds of open files: a person has one at most, and no two are called alike."""

import random

from django.utils.translation import gettext_lazy as _

from benan.accounts.models import TeamMember
from benan.accounts.policy import held_on
from benan.accounts.roles import P
from benan.cases import invariants, joining, steps
from benan.cases.aliases import PLANTS
from benan.cases.models import File, Step
from benan.core.refusals import Refused
from benan.vault import access

ENDS = ("close_verification", "close_support", "closed")


def require_none_open(person_id, *, but=None) -> None:
    """Refuse where a person has an open file besides `but`, their own or one that theirs was joined to, or was erased."""
    if access.erased_at(person_id):
        raise Refused(_("Danh tính của người này đã được xóa vĩnh viễn. Lập hồ sơ mới như với người chưa từng đến."))
    files = File.objects.unscoped(reason="one open file a person").filter(person=person_id)
    files = files.exclude(pk=but.pk) if but else files
    if any(joining.goes_on(file).is_open for file in files):
        raise Refused(_("Người này đang có một hồ sơ chưa kết thúc. Mở hồ sơ ấy thay vì lập mới."))


def open_again(file) -> None:
    """Open a file that had ended; where another is called the same by now, it gets a new alias."""
    if file.alias in _taken():
        file.alias = free_alias(PLANTS)
    file.closed_on, file.closing, file.joined_to = None, "", None
    file.save(update_fields=["alias", "closed_on", "closing", "joined_to"])


def take_back_the_end(by, file) -> None:
    """Take back the lines by which a file ended; each line of work stands again where it stood."""
    ends = steps.current(file).filter(key__in=ENDS, on=file.closed_on).order_by("pk")
    for row in list(ends):
        Step.objects.create(file=file, key="reopened", on=row.on, by=by, agency=row.agency, corrects=row,
                            details={"label": steps.sentence(row)})  # fmt: skip
        if row.track:
            last = [line for line in invariants.sequence(file) if line.track == row.track and line.stage][-1]
            file.tracks.filter(kind=row.track).update(stage=last.stage, since=last.on)


def step_in(by, file, on) -> None:
    """Put the office of somebody who ends a file on its team, where nobody on the team can end it any more."""
    seats = held_on(by, file).having(P.FILE_CLOSE)
    if not file.team.members.filter(until=None, agency__in=[seat.agency_id for seat in seats]).exists():
        steps.join_team(file, seats[0].agency, TeamMember.Part.SUPPORTS, on)


def free_alias(plants) -> str:
    """One of some plants that no open file is called after, with a number where all are taken."""
    taken = _taken()
    if free := [plant for plant in plants if plant not in taken]:
        return random.SystemRandom().choice(free)
    return next(f"{plant} {n}" for n in range(2, 1000) for plant in plants if f"{plant} {n}" not in taken)


def _taken():
    open_files = File.objects.unscoped(reason="aliases in use").filter(closed_on=None)
    return set(open_files.values_list("alias", flat=True))
