"""What somebody needs, and what was offered and given for it."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from benan.accounts import policy
from benan.accounts.models import User
from benan.accounts.roles import P
from benan.agencies.models import Agency
from benan.cases import steps
from benan.cases.actions import receptions
from benan.cases.events import CaseEvent
from benan.cases.models import Case
from benan.cases.steps import Change
from benan.core.days import legal_day, show
from benan.core.refusals import Refused
from benan.needs.events import NeedEvent
from benan.needs.kinds import KINDS, SAFETY
from benan.needs.models import UNMET, Need, Provision
from benan.rules import entitlements
from benan.vault import access

Outcome, Phase = Provision.Outcome, Need.Phase


@transaction.atomic
def learn(
    *,
    by: User,
    case: Case,
    name: str,
    value: str | bool | None,
    true_from: dt.date | None = None,
    seen: int | None = None,
) -> Case:
    """Record one thing that rights depend on: `name` of `Fact.Name`, true from a day on, or always (None)."""
    return receptions.record_facts(
        by=by, case=case, permission=P.NEED_ASSESS, true_from=true_from, seen=seen, **{name: value}
    )


def add_needs(change: Change, *, on: dt.date, kinds: Iterable[str], phase: str = Phase.ASSESSED) -> list[Need]:
    """Record needs from a day on; one that already stands is left as it is."""
    policy.require(change.by, P.SUPPORT_RECORD, change.case)
    standing = set(Need.objects.of(change.case).filter(UNMET).values_list("kind", flat=True))
    rows = [Need(case=change.case, kind=kind, phase=phase, recorded_on=on) for kind in kinds if kind not in standing]
    Need.objects.bulk_create(rows)
    change.stale = True
    return rows


def provide(
    *, by: User, need: Need, outcome: str, on: dt.date, agency: Agency | None = None, amount: int | None = None,
    words: str = "", ground: str = "", seen: int | None = None,
) -> Provision:  # fmt: skip
    """Record what was offered, refused, begun or given for a need, by which agency; `amount` in đồng.

    Given meets the need; refused, after a real offer, ends it. Raises Refused for a need that has ended, a day
    before it was recorded, a refusal of nothing offered, what the law gives once and was given before, or an amount
    below the least one without a `ground`, which is sealed with the step.
    """
    policy.require(by, P.SUPPORT_RECORD, need.case)
    same = {"key": f"support_{outcome}", "details__need": need.kind}
    with steps.change(need.case, by=by, seen=seen, repeats=same) as change:
        return _provide(change, need.pk, outcome, on, agency=agency, amount=amount, words=words, ground=ground)


@transaction.atomic
def give_now(
    *, by: User, case: Case, given: Collection[str], refused: Collection[str], on: dt.date, seen: int | None = None
) -> list[Provision]:
    """Record in one go what was given on the spot and what was offered and refused (ids of needs)."""
    rows = []
    with steps.change(case, by=by, seen=seen) as change:
        for pk in Need.objects.of(change.case).filter(pk__in=[*given, *refused]).values_list("pk", flat=True):
            policy.require(by, P.SUPPORT_RECORD, change.case)
            outcomes = [Outcome.GIVEN] if str(pk) in given else [Outcome.OFFERED, Outcome.REFUSED]
            rows += [_provide(change, pk, outcome, on) for outcome in outcomes]
    return rows


@transaction.atomic
def end_need(*, by: User, need: Need, on: dt.date, seen: int | None = None) -> Need:
    """Record that something is no longer needed, or was recorded by mistake."""
    policy.require(by, P.NEED_ASSESS, need.case)
    with steps.change(need.case, by=by, seen=seen) as change:
        if not need.is_open:
            raise Refused(_("Nhu cầu “%(need)s” đã xong từ trước.") % {"need": need.label})
        end_as_gone(change, need, on, permission=P.NEED_ASSESS)
    return need


def end_as_gone(change: Change, need: Need, on: dt.date, *, permission: P) -> None:
    """The part of `end_need` and of closing a case that ends a need because it is no longer there."""
    need.gone_on = on
    need.save(update_fields=["gone_on"])
    details = {"need": need.kind, "label": str(need.label)}
    change.note("need_gone", on=on, permission=permission, details=details)


def end_standing(change: Change, *, kinds: Collection[str], on: dt.date) -> None:
    """End the needs of some kinds that still stand, from a day on; a part of an assessment.

    Raises Refused for a day before one was recorded.
    """
    for need in Need.objects.of(change.case).filter(UNMET, kind__in=kinds).order_by("pk"):
        if on < need.recorded_on:
            words = _("Nhu cầu “%(need)s” được ghi ngày %(then)s, sau ngày %(on)s.")
            shown = {"need": need.label, "then": show(need.recorded_on), "on": show(on)}
            raise Refused(words % shown, field="on")
        end_as_gone(change, need, on, permission=P.NEED_ASSESS)


def correct_provision(*, by: User, provision: Provision, words: str, seen: int | None = None) -> None:
    """Take back a record of support made by mistake: the need stands again; the old line stays in the history."""
    policy.require(by, P.CASE_CORRECT, provision.case)
    with steps.change(provision.case, by=by, seen=seen) as change:
        if not words.strip():
            raise Refused(_("Ghi lý do dòng này sai."), field="words")
        if provision.taken_back:
            raise Refused(_("Dòng này đã được rút."))
        need = provision.need
        if provision.outcome == Outcome.GIVEN and need.met_on == provision.on:
            need.met_on = None
        if provision.outcome == Outcome.REFUSED and need.refused_on == provision.on:
            need.refused_on = None
        need.save(update_fields=["met_on", "refused_on"])
        provision.taken_back = True
        provision.save(update_fields=["taken_back"])
        details = {"need": need.kind, "outcome": provision.outcome, "label": str(need.label),
                   "on": provision.on.isoformat()}  # fmt: skip
        change.note("support_taken_back", permission=P.CASE_CORRECT, words=words, details=details,
                    trail_event=CaseEvent.CORRECTED)  # fmt: skip


def _provide(
    change: Change,
    pk: int,
    outcome: str,
    on: dt.date,
    *,
    agency: Agency | None = None,
    amount: int | None = None,
    words: str = "",
    ground: str = "",
) -> Provision:
    case = change.case
    need = Need.objects.of(case).select_for_update().get(pk=pk)
    need.case = case
    if not need.is_open:
        raise Refused(_("Nhu cầu “%(need)s” đã xong từ trước.") % {"need": need.label})
    if on < need.recorded_on:
        raise Refused(
            _("Ngày %(on)s trước ngày ghi nhu cầu (%(then)s).") % {"on": show(on), "then": show(need.recorded_on)},
            field="on",
        )
    if on > legal_day():
        raise Refused(_("Ngày %(on)s nằm sau hôm nay.") % {"on": show(on)}, field="on")
    if outcome == Outcome.REFUSED and need.kind != SAFETY and not _offered(need, on):
        raise Refused(_("Ghi đã đề nghị hỗ trợ trước khi ghi người ấy từ chối."), field="outcome")
    if outcome == Outcome.GIVEN:
        _check_once(need)
        _check_amount(need, on, amount, ground)
    row = Provision.objects.create(
        need=need, case=case, outcome=outcome, on=on, by=change.by, amount=amount,
        agency=agency or steps.agency_on(change.by, case, P.SUPPORT_RECORD),
        words=access.seal_note(person_id=case.person_id, words=words),
    )  # fmt: skip
    if outcome == Outcome.GIVEN:
        need.met_on = on
    elif outcome == Outcome.REFUSED:
        need.refused_on = on
    need.save(update_fields=["met_on", "refused_on"])
    details = {"need": need.kind, "label": str(need.label), "provision": row.pk}
    change.note(f"support_{outcome}", on=on, permission=P.SUPPORT_RECORD, words=ground, details=details,
                trail_event=NeedEvent.SUPPORT_RECORDED)  # fmt: skip
    return row


def _check_once(need: Need) -> None:
    """Refuse what the law gives a person once, where any case of the person says that it was given."""
    article = entitlements.once(KINDS[need.kind].right)
    if not article:
        return
    rows = Provision.objects.unscoped(reason="what a person was given once").filter(
        case__person=need.case.person_id, need__kind=need.kind, outcome=Outcome.GIVEN, taken_back=False
    )
    if before := rows.order_by("on").first():
        raise Refused(
            _("“%(need)s” đã được hỗ trợ ngày %(on)s, nhu cầu này chỉ được hỗ trợ một lần (%(article)s).")
            % {"need": need.label, "on": show(before.on), "article": article},
            field="outcome",
        )


def _check_amount(need: Need, on: dt.date, amount: int | None, ground: str) -> None:
    """Ask for a ground where all that was paid for a need stays below the least amount of that day."""
    least = entitlements.floor(KINDS[need.kind].right, on)
    if amount is None or least is None or ground.strip():
        return
    begun = Provision.objects.of(need.case).filter(need=need, outcome=Outcome.BEGUN, taken_back=False)
    begun = begun.aggregate(total=Sum("amount"))["total"]
    if amount + (begun or 0) < least.amount:
        raise Refused(
            _(
                "%(amount)s đồng thấp hơn mức tối thiểu %(least)s đồng (%(article)s). Nếu vẫn hỗ trợ ở mức "
                "này thì ghi căn cứ rồi lưu lại."
            )
            % {"amount": _dots(amount), "least": _dots(least.amount), "article": least.citation},
            field="ground",
        )


def _dots(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def _offered(need: Need, on: dt.date) -> bool:
    return (
        Provision.objects.of(need.case)
        .filter(need=need, outcome=Outcome.OFFERED, on__lte=on, taken_back=False)
        .exists()
    )
