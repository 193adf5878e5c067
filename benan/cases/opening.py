"""Rules about open cases: a person has at most one, and no two cases ever get the same alias."""

import datetime as dt
import random
import re
from collections.abc import Sequence
from uuid import UUID

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import SentForm, TeamMember, User
from benan.accounts.policy import held_on
from benan.accounts.roles import P
from benan.cases import aliases, history, joining
from benan.cases.aliases import PLANTS
from benan.cases.models import Case, CaseQuerySet, Step
from benan.cases.steps import Change
from benan.core.days import VIETNAM, clock
from benan.core.refusals import Refused
from benan.rules import procedures
from benan.vault import access

JUST_NOW = dt.timedelta(minutes=15)
_OF_CASE = re.compile(r"/ho-so/(\d\d-\d{5})/")
MOST_DRAWN = 40  # aliases tried of one stock; where all of these were given, the next stock is tried


def require_none_open(person_id: UUID, *, by: User, but: Case | None = None) -> None:
    """Raise Refused where the person has an open case other than `but` (or theirs was joined to an open one), or was erased.

    The sentence links to the open case for whoever may see it.
    """
    if access.erased_at(person_id):
        raise Refused(_("Danh tính của người này đã được xóa vĩnh viễn. Lập hồ sơ mới như với người chưa từng đến."))
    cases = Case.objects.unscoped(reason="one open case a person").filter(person=person_id)
    cases = cases.exclude(pk=but.pk) if but else cases
    held = [onward.pk for case in cases if (onward := joining.continuing_case(case)).is_open]
    if held:
        words = _("Người này đang có một hồ sơ chưa kết thúc. Mở hồ sơ ấy, không lập hồ sơ mới.")
        seen = Case.objects.visible_to(by).filter(pk__in=held).first()
        way = format_html(' <a href="{}">{} {}</a>', seen.get_absolute_url(), _("Mở hồ sơ"), seen) if seen else ""
        raise Refused(format_html("{}{}", words, way))


def just_received(by: User) -> Case | None:
    """The case of whom an officer received within the last JUST_NOW by a form, if any; a life that the demo plays is none."""
    since = clock() - JUST_NOW
    sent = SentForm.objects.filter(user=by, at__gte=since).values_list("led_to", flat=True)
    codes = {found[1] for led_to in sent if (found := _OF_CASE.match(led_to))}
    if not codes:
        return None
    rows = Case.objects.visible_to(by).filter(kind=Case.Kind.CLAIMANT, code__in=codes)
    rows = rows.filter(reception__officer=by, reception__entered_at__gte=since)
    return rows.select_related("reception").order_by("-pk").first()


def said_of(case: Case) -> str:
    """That a case was just opened, when, and a link to it."""
    at = case.reception.entered_at.astimezone(VIETNAM)
    words = _("Vừa lập hồ sơ %(case)s lúc %(at)s.") % {"case": case, "at": f"{at:%H:%M}"}
    return format_html('{} <a href="{}">{}</a>', words, case.get_absolute_url(), _("Mở hồ sơ ấy"))


def require_another(by: User) -> None:
    """Raise Refused where an officer just received somebody: a form that was gone back to would open a second case."""
    if just_received(by):
        raise Refused(
            _(
                "Chị/anh vừa lập một hồ sơ. Nếu người đang tiếp nhận là một người khác thì đánh dấu ô này rồi lập hồ sơ; "
                "nếu vẫn là người ấy thì mở hồ sơ vừa lập."
            ),
            field="another",
        )


def open_again(case: Case) -> None:
    """Open a case that had ended, with a new alias where another open case has its alias."""
    if _cases().filter(alias=case.alias, closed_on=None).exists():
        case.alias = free_alias(PLANTS)
    case.closed_on, case.closing, case.joined_to = None, "", None
    case.save(update_fields=["alias", "closed_on", "closing", "joined_to"])


def undo_closing_lines(by: User, case: Case) -> None:
    """Correct each line by which the case ended with a line "reopened"; its tracks return to the stage before."""
    if case.closed_on is None:
        return
    keys = {key for key, move in procedures.moves().items() if P.CASE_CLOSE in move.permissions} | {"closed"}
    ends = history.current(case).filter(key__in=keys, on=case.closed_on).order_by("pk")
    for row in list(ends):
        Step.objects.create(case=case, key="reopened", on=row.on, by=by, agency=row.agency, corrects=row,
                            details={"label": history.sentence(row)})  # fmt: skip
        if row.track:
            last = [line for line in history.in_order(case) if line.track == row.track and line.stage][-1]
            case.tracks.filter(kind=row.track).update(stage=last.stage, since=last.on)


def join_team_to_end(change: Change, on: dt.date) -> None:
    """Put the office of the officer who ends the case on its team, unless one of their offices is on it already."""
    seats = held_on(change.by, change.case).having(P.CASE_CLOSE)
    if not change.case.team.members.filter(until=None, agency__in=[seat.agency_id for seat in seats]).exists():
        change.join_team(seats[0].agency, TeamMember.Part.SUPPORTS, on)


def free_alias(plants: Sequence[str]) -> str:
    """An alias made of some plants, drawn at random, that no case ever had. Raises Refused where all were given.

    Of two officers who draw the same at once the database refuses the second; the caller draws again.
    """
    for stock in aliases.alias_stocks(plants):
        drawn = random.SystemRandom().sample(stock, min(len(stock), MOST_DRAWN))
        taken = set(_cases().filter(alias__in=drawn).values_list("alias", flat=True))
        if free := [alias for alias in drawn if alias not in taken]:
            return free[0]
    raise Refused(_("Không còn bí danh để đặt. Báo người quản trị."))


def _cases() -> CaseQuerySet:
    return Case.objects.unscoped(reason="aliases in use")
