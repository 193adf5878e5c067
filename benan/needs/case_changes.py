"""What happens to needs when a case ends, and when it is opened again."""

from django.utils.translation import gettext_lazy as _

from benan.accounts.roles import P
from benan.cases import history
from benan.cases.closing import Closing, End
from benan.cases.steps import Change
from benan.core.refusals import Refused
from benan.needs.actions.needs import end_as_gone
from benan.needs.models import UNMET, Need


def check_closing(closing: Closing) -> None:
    """Refuse to end a case while something is owed, but for ends that wait for nothing and who is no victim."""
    if closing.waits_for_nothing or closing.reason == End.NOT_VICTIM or closing.needs_gone:
        return
    still = Need.objects.of(closing.change.case).filter(UNMET)
    if still:
        raise Refused(
            _("Còn nhu cầu chưa xong: %(needs)s. Ghi kết quả từng nhu cầu, hoặc ghi người ấy không còn cần.")
            % {"needs": ", ".join(str(need.label) for need in still)}
        )


def end_needs(closing: Closing) -> None:
    """End the open needs; each says so in the history where the person needs it no more."""
    still = Need.objects.of(closing.change.case).filter(UNMET)
    if closing.needs_gone:
        for need in still:
            end_as_gone(closing.change, need, closing.on, permission=P.CASE_CLOSE)
    still.update(gone_on=closing.on)


def reopen_needs(change: Change) -> None:
    """Open the needs that ended with the case, but for those of which the history says that they were gone."""
    case = change.case
    if case.closed_on is None:
        return
    own = history.current(case).filter(key="need_gone", on=case.closed_on).values_list("details__need", flat=True)
    Need.objects.of(case).filter(gone_on=case.closed_on).exclude(kind__in=list(own)).update(gone_on=None)
