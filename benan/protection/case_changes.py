"""What happens to protection when a case ends, and when it is opened again."""

from django.utils.translation import gettext_lazy as _

from benan.accounts import policy
from benan.accounts.roles import P
from benan.cases import history
from benan.cases.closing import Closing
from benan.cases.steps import Change
from benan.core.refusals import Refused
from benan.protection.actions import measures
from benan.protection.models import Measure


def check_closing(closing: Closing) -> None:
    """Refuse to end a case while a measure is in force, for whoever could end it first."""
    case, by = closing.change.case, closing.change.by
    if closing.waits_for_nothing:
        return
    if Measure.objects.of(case).filter(ended_on=None).exists() and policy.allows(by, P.SAFETY_KEEP, case):
        raise Refused(_("Đang áp dụng biện pháp bảo vệ. Ghi chấm dứt biện pháp trước khi kết thúc."))


def end_measures(closing: Closing) -> None:
    """End the measures in force with the case."""
    measures.end_measures(closing.change, closing.on)


def resume_measures(change: Change) -> None:
    """Put the measures in force again that ended with the case and not by an act of their own."""
    case = change.case
    if case.closed_on is None:
        return
    ended = history.current(case).filter(on=case.closed_on, event__in=("protection_ended", "protection_refused"))
    if not ended.exists():
        Measure.objects.of(case).filter(ended_on=case.closed_on).update(ended_on=None)
