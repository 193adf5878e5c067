"""What holds of open files: a person has one at most, and no new one is called as another ever was."""

import random

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import TeamMember
from benan.accounts.policy import held_on
from benan.accounts.roles import P
from benan.cases import aliases, invariants, joining, steps
from benan.cases.aliases import PLANTS
from benan.cases.models import File, Step
from benan.core.refusals import Refused
from benan.vault import access

MOST_DRAWN = 40  # aliases tried of one stock; where so many of them were given, hardly one is left
ENDS = ("close_verification", "close_support", "closed")


def require_none_open(person_id, *, by, but=None) -> None:
    """Refuse where a person has an open file besides `but`, their own or one that theirs was joined to, or was erased.

    For whoever sees the open file the refusal leads there.
    """
    if access.erased_at(person_id):
        raise Refused(_("Danh tính của người này đã được xóa vĩnh viễn. Lập hồ sơ mới như với người chưa từng đến."))
    files = File.objects.unscoped(reason="one open file a person").filter(person=person_id)
    files = files.exclude(pk=but.pk) if but else files
    held = [onward.pk for file in files if (onward := joining.goes_on(file)).is_open]
    if held:
        words = _("Người này đang có một hồ sơ chưa kết thúc. Mở hồ sơ ấy thay vì lập mới.")
        seen = File.objects.visible_to(by).filter(pk__in=held).first()
        way = format_html(' <a href="{}">{} {}</a>', seen.get_absolute_url(), _("Mở hồ sơ"), seen) if seen else ""
        raise Refused(format_html("{}{}", words, way))


def open_again(file) -> None:
    """Open a file that had ended; where another open one is called the same, it gets a new alias."""
    if _files().filter(alias=file.alias, closed_on=None).exists():
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
    """An alias of some plants that no file ever had.

    Where two officers draw the same at once, a constraint of open files refuses the second, who draws again. Raises
    Refused where all were given.
    """
    for stock in aliases.stocks(plants):
        drawn = random.SystemRandom().sample(stock, min(len(stock), MOST_DRAWN))
        taken = set(_files().filter(alias__in=drawn).values_list("alias", flat=True))
        if free := [alias for alias in drawn if alias not in taken]:
            return free[0]
    raise Refused(_("Đã hết bí danh. Báo người quản trị."))


def _files():
    return File.objects.unscoped(reason="aliases in use")
