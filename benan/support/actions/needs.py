"""Finding out what somebody needs, and recording what was offered and given."""

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from benan.accounts import policy
from benan.accounts.roles import P
from benan.audit.events import Event
from benan.cases import steps
from benan.cases.actions import receptions
from benan.cases.models import File, Track
from benan.core.days import legal_day, show
from benan.core.refusals import Refused
from benan.rules import entitlements
from benan.support.actions.danger import keep_from
from benan.support.models import Assessment, Need, Provision
from benan.support.needs import ADVICE, GROUPS, INITIAL, KINDS, SAFETY
from benan.vault import access

Outcome, Phase = Provision.Outcome, Need.Phase


@transaction.atomic
def screen(*, by, file, on, danger, needs, danger_from=None, at=None, words="", seen=None) -> list[Need]:
    """Ask about danger and needs now. `danger`: "yes", "no" or "unknown"; `needs`: keys of INITIAL, none = không cần.

    `needs` None: needs could not be asked about, and are still to be asked. Danger makes safety a need from this day;
    not knowing leaves the question open. May be asked again; a need that stands stays one. `danger_from` is the agency
    where whoever is the danger works. Luật 66/2011, Điều 24 khoản 1; Nghị định 62/2012, Điều 10.
    """
    file = steps.lock(file, seen=seen, by=by)
    if needs is None:
        steps.note(by=by, file=file, key="safety_asked", on=on, at=at, permission=P.SUPPORT_RECORD, words=words)
        ask_danger(by=by, file=file, on=on, danger=danger)
        _keep_from(by=by, file=file, on=on, danger=danger, agency=danger_from)
        return []
    _known(needs, INITIAL)
    details = {"needs": list(needs)}
    if Track.objects.filter(file=file, kind="support").exists():
        # Who was taken to a shelter at once was never asked: this is the first time.
        first = {} if steps.current(file).filter(event="needs_screened").exists() else {"event_key": "needs_screened"}
        steps.note(by=by, file=file, key="screen_again", on=on, at=at, permission=P.SUPPORT_RECORD, words=words,
                   details=details, **first)  # fmt: skip
    else:
        steps.take(by=by, file=file, move="screen_needs", on=on, at=at, words=words, details=details)
    ask_danger(by=by, file=file, on=on, danger=danger)
    rows = record_needs(by=by, file=file, on=on, kinds=needs, phase=Phase.INITIAL)
    _keep_from(by=by, file=file, on=on, danger=danger, agency=danger_from)
    return rows


@transaction.atomic
def assess(*, by, file, on, needs, groups, safety_asked, advice_asked, danger=None, danger_from=None, words="",
           seen=None, **facts) -> Assessment:  # fmt: skip
    """Assess needs with the person. `groups`: keys of GROUPS gone through, whatever was found in them.

    `danger` ("yes"/"no"/"unknown") belongs to `safety_asked`, `danger_from` as in `screen`; `facts` are those that came up, such as
    `poor_household`. May be repeated. Thông tư 35/2013, Điều 12, 20.
    """
    file = steps.lock(file, seen=seen, by=by, replaces=("facts", "correct_fact") if facts else ())
    if facts:
        file = receptions.record_facts(by=by, file=file, permission=P.NEED_ASSESS, **facts)
    _known(groups, GROUPS, field="groups")
    _known(needs, KINDS)
    for kind in needs:
        if KINDS[kind].group and KINDS[kind].group not in groups:
            raise Refused(
                _("“%(need)s” được ghi là cần, nhưng nhóm “%(group)s” chưa ghi là đã hỏi.")
                % {"need": KINDS[kind].label, "group": GROUPS[KINDS[kind].group]},
                field="groups",
            )
    track = Track.objects.filter(file=file, kind="support").first()
    if track and track.stage == "initial":
        step = steps.take(by=by, file=file, move="assess_needs", on=on, words=words)
    else:
        step = steps.note(by=by, file=file, key="assess_again", on=on, permission=P.NEED_ASSESS, words=words)
    assessment = Assessment.objects.create(
        file=file, on=on, by=by, agency=step.agency, groups=sorted(groups), safety_asked=safety_asked,
        advice_asked=advice_asked or any(kind in ADVICE for kind in needs),
    )  # fmt: skip
    if safety_asked and danger:
        ask_danger(by=by, file=file, on=on, danger=danger)
    record_needs(by=by, file=file, on=on, kinds=needs, phase=Phase.ASSESSED)
    _keep_from(by=by, file=file, on=on, danger=danger, agency=danger_from)
    return assessment


@transaction.atomic
def report_danger(*, by, file, on, danger_from=None) -> bool:
    """Record that somebody is in danger, and nothing else; whether this was new. `danger_from` as in `screen`."""
    file = steps.lock(file)
    if Track.objects.filter(file=file, kind="protection", stage__in=steps.DANGER).exists():
        return False
    ask_danger(by=by, file=file, on=on, danger="yes")
    _keep_from(by=by, file=file, on=on, danger="yes", agency=danger_from)
    return True


@transaction.atomic
def learn(*, by, file, name, value, true_from=None, seen=None) -> File:
    """Record one thing that rights depend on: `name` of `Fact.Name`, true from a day on, or always (None)."""
    return receptions.record_facts(
        by=by, file=file, permission=P.NEED_ASSESS, true_from=true_from, seen=seen, **{name: value}
    )


@transaction.atomic
def record_needs(*, by, file, on, kinds, phase=Phase.ASSESSED) -> list[Need]:
    """Record needs from a day on; one that already stands is left as it is. Answers each by the law."""
    permission = P.SUPPORT_RECORD
    policy.require(by, permission, file)
    standing = set(
        Need.objects.of(file).filter(met_on=None, refused_on=None, gone_on=None).values_list("kind", flat=True)
    )
    rows = [Need(file=file, kind=kind, phase=phase, recorded_on=on) for kind in kinds if kind not in standing]
    Need.objects.bulk_create(rows)
    steps.after_change(file)
    return rows


@transaction.atomic
def provide(*, by, need, outcome, on, agency=None, amount=None, words="", ground="", seen=None) -> Provision:
    """Record what was offered, refused, begun or given for a need, by which agency.

    Given meets the need; refused, after a real offer, ends it. Raises Refused for a need that has ended, a day
    before it was recorded, a refusal of nothing offered, what the law gives once and was given before, or an amount
    below the least one without a `ground`, which is sealed with the step.
    """
    policy.require(by, P.SUPPORT_RECORD, need.file)
    same = {"key": f"support_{outcome}", "details__need": need.kind}
    file = steps.lock(need.file, seen=seen, by=by, repeats=same)
    need = Need.objects.of(file).select_for_update().get(pk=need.pk)
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
        raise Refused(_("Ghi đã đề nghị hỗ trợ trước, rồi mới ghi người ấy từ chối."), field="outcome")
    if outcome == Outcome.GIVEN:
        _check_once(need)
        _check_amount(need, on, amount, ground)
    row = Provision.objects.create(
        need=need, file=file, outcome=outcome, on=on, by=by, agency=agency or steps.agency_on(by, file, P.SUPPORT_RECORD),
        amount=amount, words=access.seal_note(person_id=file.person_id, words=words),
    )  # fmt: skip
    if outcome == Outcome.GIVEN:
        need.met_on = on
    elif outcome == Outcome.REFUSED:
        need.refused_on = on
    need.save(update_fields=["met_on", "refused_on"])
    steps.note(by=by, file=file, key=f"support_{outcome}", on=on, permission=P.SUPPORT_RECORD, event=Event.SUPPORT_STEP,
               words=ground, details={"need": need.kind, "label": str(need.label), "provision": row.pk})  # fmt: skip
    return row


@transaction.atomic
def give_now(*, by, file, given, refused, on, seen=None) -> list[Provision]:
    """Record in one go what was given on the spot and what was offered and refused (ids of needs)."""
    file = steps.lock(file, seen=seen, by=by)
    rows = []
    for need in Need.objects.of(file).filter(pk__in=[*given, *refused]):
        need.file = file
        if str(need.pk) in given:
            rows.append(provide(by=by, need=need, outcome=Outcome.GIVEN, on=on))
        else:
            rows.append(provide(by=by, need=need, outcome=Outcome.OFFERED, on=on))
            rows.append(provide(by=by, need=need, outcome=Outcome.REFUSED, on=on))
    return rows


@transaction.atomic
def end_need(*, by, need, on, seen=None) -> Need:
    """Record that something is no longer needed, or was recorded by mistake."""
    policy.require(by, P.NEED_ASSESS, need.file)
    file = steps.lock(need.file, seen=seen, by=by)
    if not need.is_open:
        raise Refused(_("Nhu cầu “%(need)s” đã xong từ trước.") % {"need": need.label})
    need.gone_on = on
    need.save(update_fields=["gone_on"])
    steps.note(
        by=by,
        file=file,
        key="need_gone",
        on=on,
        permission=P.NEED_ASSESS,
        details={"need": need.kind, "label": str(need.label)},
    )
    return need


@transaction.atomic
def correct_provision(*, by, provision, words, seen=None) -> None:
    """Take back a record of support made by mistake: the need stands again; the old line stays in the history."""
    policy.require(by, P.FILE_CORRECT, provision.file)
    file = steps.lock(provision.file, seen=seen, by=by)
    if not words.strip():
        raise Refused(_("Ghi vì sao dòng này sai."), field="words")
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
    steps.note(by=by, file=file, key="support_taken_back", permission=P.FILE_CORRECT, words=words,
               event=Event.FILE_CORRECTED,
               details={"need": need.kind, "outcome": provision.outcome, "label": str(need.label), "on": provision.on.isoformat()})  # fmt: skip


def _check_once(need):
    """Refuse what the law gives a person once, where any file of the person says that it was given."""
    article = entitlements.once(KINDS[need.kind].right)
    if not article:
        return
    rows = Provision.objects.unscoped(reason="what a person was given once").filter(
        file__person=need.file.person_id, need__kind=need.kind, outcome=Outcome.GIVEN, taken_back=False
    )
    if before := rows.order_by("on").first():
        raise Refused(
            _("“%(need)s” đã được hỗ trợ ngày %(on)s, và chỉ được hỗ trợ một lần (%(article)s).")
            % {"need": need.label, "on": show(before.on), "article": article},
            field="outcome",
        )


def _check_amount(need, on, amount, ground):
    """Ask for a ground where all that was paid for a need stays below the least amount of that day."""
    least = entitlements.floor(KINDS[need.kind].right, on)
    if amount is None or least is None or ground.strip():
        return
    begun = Provision.objects.of(need.file).filter(need=need, outcome=Outcome.BEGUN, taken_back=False)
    begun = begun.aggregate(total=Sum("amount"))["total"]
    if amount + (begun or 0) < least.amount:
        raise Refused(
            _(
                "%(amount)s đồng thấp hơn mức tối thiểu %(least)s đồng (%(article)s). Nếu vẫn hỗ trợ mức này, ghi căn cứ rồi lưu lại."
            )
            % {"amount": _dots(amount), "least": _dots(least.amount), "article": least.citation},
            field="ground",
        )


def _dots(amount):
    return f"{amount:,}".replace(",", ".")


@transaction.atomic
def ask_danger(*, by, file, on, danger) -> None:
    """Record what was answered about danger ("yes", "no", "unknown"), wherever it was asked: a part of other verbs.

    Danger waits for a decision from now on, also where measures are in force (Nghị định 62/2012, Điều 10 khoản 6);
    once it does, only a decision or a reasoned refusal ends it, not a later "no" (khoản 2).
    """
    if danger not in ("yes", "no", "unknown"):
        raise Refused(_("Chọn có, không hoặc chưa rõ."), field="danger")
    track = Track.objects.filter(file=file, kind="protection").first()
    ended = track and track.stage in ("not_needed", "declined", "refused", "ended")
    if track is None or ended:
        steps.take(by=by, file=file, move="ask_danger_again" if ended else "ask_danger", on=on)
        track = Track.objects.get(file=file, kind="protection")
    if track.stage == "asked" and danger == "yes":
        steps.take(by=by, file=file, move="find_need", on=on)
        record_needs(by=by, file=file, on=on, kinds=[SAFETY])
    elif track.stage == "asked" and danger == "no":
        steps.take(by=by, file=file, move="find_no_need", on=on)
    elif track.stage in ("in_force", "reviewed") and danger == "yes":
        steps.take(by=by, file=file, move="find_more_need", on=on)


def _keep_from(*, by, file, on, danger, agency):
    """Last of a verb: whose own office it is cannot write into the file afterwards."""
    if agency and danger != "yes":
        raise Refused(_("Chỉ chọn cơ quan này khi có nguy hiểm."), field="danger_from")
    if agency:
        keep_from(by=by, file=file, agency=agency, on=on, just_told=True)


def _offered(need, on):
    return (
        Provision.objects.of(need.file)
        .filter(need=need, outcome=Outcome.OFFERED, on__lte=on, taken_back=False)
        .exists()
    )


def _known(keys, known, field="needs"):
    for key in keys:
        if key not in known:
            raise Refused(_("“%(key)s” không có trong danh mục.") % {"key": key}, field=field)
