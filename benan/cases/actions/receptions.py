"""Receiving people, and recording what they say of themselves."""

import datetime as dt
import random
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts import policy
from benan.accounts.models import Team, TeamMember, User
from benan.accounts.roles import P
from benan.agencies import queries as agencies
from benan.agencies.models import Agency
from benan.cases import invariants, joining, known, opening, steps
from benan.cases.aliases import PLANTS
from benan.cases.events import CaseEvent
from benan.cases.models import Case, Reception, Step
from benan.cases.steps import Change
from benan.core.days import show
from benan.core.refusals import Refused
from benan.places import queries as places
from benan.places.models import Level
from benan.vault import access
from benan.vault.ages import BORN, Birth

Part = TeamMember.Part
# The columns of a case that `record_facts` may change.
FACTS = (
    "sex", "age_class", "nationality", "resides_here", "ethnic_code", "poor_household",
    "financial_difficulty", "cannot_pay_travel", "residence_code", "residence_on", "kind",
)  # fmt: skip

# Keys of the lines whose values the verbs below write over.
_IDENTITY, _KNOWN = ("identity",), ("facts", "correct_fact")
# Facts that are taken over into the new case of a person who comes back.
LASTING = ("sex", "nationality", "resides_here", "ethnic_code")


@transaction.atomic
def receive(
    *, by: User, channel: str, came_on: dt.date, area_code: str, came_at: dt.time | None = None,
    first_told_on: dt.date | None = None, from_country: str = "", on_paper: bool = False, person_id: UUID | None = None,
    identity: Mapping[str, str] | None = None, another: bool | None = None, **facts: Any,
) -> Case:  # fmt: skip
    """Receive somebody who says they were trafficked: opens their case under an alias.

    `came_on` is the legal day on which they came, also where a paper form is entered later. `person_id` is that of a person
    already known; `identity` (field → words) is what they chose to say. `another`: whether the officer says that this is
    somebody else than whom they received a moment ago; None where nobody is asked. `facts` are columns of the case, and `born_from` and
    `born_to`, the earliest and latest day of birth, of which the case stores a class of age.
    Luật 66/2011, Điều 24 khoản 1; TTLT 01/2014, Điều 5, Điều 6 khoản 1.
    """
    policy.require_right(by, P.CASE_RECEIVE)
    if another is False:
        opening.require_another(by)
    invariants.check_not_ahead(came_on, field="came_on")
    area_code = invariants.unit_on(came_on, area_code, Level.COMMUNE, field="area_code").code
    agency = _receiving_agency(by, area_code)
    reception = Reception(
        channel=channel, came_on=came_on, came_at=came_at, area_code=area_code, agency=agency, officer=by,
        first_told_on=first_told_on, from_country=from_country, on_paper=on_paper,
    )  # fmt: skip
    invariants.check_reception(reception)
    reception.save()
    return _open(by=by, reception=reception, kind=Case.Kind.CLAIMANT, person_id=person_id, identity=identity, **facts)


@transaction.atomic
def come_back(
    *, by: User, case: Case, seen: int | None = None, identity: Mapping[str, str] | None = None, **arrival: Any
) -> Case:
    """Receive again somebody whose case has ended: opens a new case of the same person, with the facts in LASTING.

    `arrival` as `receive` takes it. Raises Refused while the person has an open case.
    """
    policy.require(by, P.CASE_RECEIVE, case)
    case = steps.lock(case, seen=seen, by=by)  # who is being erased is not received meanwhile
    if case.is_open or case.joined_to_id:
        raise Refused(_("Hồ sơ này chưa kết thúc, hoặc đã ghép vào hồ sơ khác. Ghi tiếp vào hồ sơ đang mở."))
    if case.closed_on and arrival["came_on"] < case.closed_on:
        raise Refused(
            _("Ngày đến %(on)s trước ngày kết thúc hồ sơ trước (%(closed)s).")
            % {"on": show(arrival["came_on"]), "closed": show(case.closed_on)},
            field="came_on",
        )
    lasting = {name: getattr(case, name) for name in LASTING if getattr(case, name) not in (None, "")}
    said = {name: value for name, value in arrival.items() if value not in (None, "")}
    back = receive(by=by, person_id=case.person_id, identity=identity, **{**arrival, **lasting, **said})
    for one, another in ((back, case), (case, back)):
        with steps.change(one, by=by) as change:
            change.note(
                "came_back", on=back.reception.came_on, permission=P.CASE_RECEIVE, details={"case": another.code}
            )
    return back


def add_companion(
    *, by: User, case: Case, kind: str, identity: Mapping[str, str] | None = None, seen: int | None = None, **facts: Any
) -> Case:
    """Open a case for a minor or relative who came along, of the same reception.

    Whoever says that they are a victim as well is received with `receive` instead.
    """
    policy.require(by, P.CASE_RECEIVE, case)
    same = {"key": "companion", "details__kind": kind}
    with steps.change(case, by=by, seen=seen, repeats=same) as change:
        case = change.case
        companion = _open(
            by=by, reception=case.reception, responsible=case.agency, kind=kind, identity=identity, **facts
        )
        change.note("companion", on=case.reception.came_on, permission=P.CASE_RECEIVE,
                    details={"case": companion.code, "kind": kind})  # fmt: skip
        return companion


def record_came_alone(*, by: User, case: Case, seen: int | None = None) -> Step:
    """Record that nobody came along. Raises Refused where a companion was recorded."""
    with steps.change(case, by=by, seen=seen) as change:
        if change.case.steps.filter(key="companion").exists():
            raise Refused(
                _("Đã ghi người đi cùng. Không còn người đi cùng nào khác thì chuyển sang bước sau."), field="kind"
            )
        return change.note("came_alone", on=change.case.reception.came_on, permission=P.CASE_RECEIVE)


def record_facts(
    *, by: User, case: Case, seen: int | None = None, permission: P | None = None,
    true_from: dt.date | None | known.Unstated = known.UNSTATED, **facts: Any,
) -> Case:  # fmt: skip
    """Record or correct facts on which time limits and rights depend (FACTS, `born_from` and `born_to`).

    Only the facts given change; the history keeps the old values. `true_from` is the day from which the dated ones
    (`known.DATED`) are true, None for always; on the days before it the present value stays true. Requires `permission`, or
    without it that of correcting or of receiving.
    """
    with steps.change(case, by=by, seen=seen, replaces=_KNOWN) as change:
        change_facts(change, permission=permission, true_from=true_from, **facts)
        return change.case


def change_facts(
    change: Change,
    *,
    permission: P | None = None,
    true_from: dt.date | None | known.Unstated = known.UNSTATED,
    **facts: Any,
) -> None:
    """`record_facts` as a part of another verb's change."""
    by, case = change.by, change.case
    permission = policy.first_allowed(by, [permission] if permission else [P.CASE_CORRECT, P.CASE_RECEIVE], case)
    joining.require_not_joined(by, case)
    facts, born = _of_birth(facts, case.reception.came_on)
    sealed = born and access.write(by=by, person_id=case.person_id, values={BORN: str(born)})
    dated = known.record_dated_facts(case, facts, true_from)
    changed: dict[str, list[Any]] = {}
    for name in FACTS:
        if name in dated or (name in facts and getattr(case, name) != facts[name]):
            changed[name] = [_plain(getattr(case, name)), _plain(facts[name])]
            setattr(case, name, facts[name])
    invariants.check_person(case)
    if changed or sealed:
        case.save(update_fields=list(changed))
        corrected = any(old not in (None, "") for old, _new in changed.values())
        from_day = {"true_from": true_from.isoformat()} if dated and isinstance(true_from, dt.date) else {}
        change.note(
            "correct_fact" if corrected else "facts",
            permission=permission,
            details={"changed": changed, **from_day},
            trail_event=CaseEvent.CORRECTED if corrected else CaseEvent.STEP_RECORDED,
        )


def record_identity_and_facts(
    *, by: User, case: Case, values: Mapping[str, str], seen: int | None = None, declined: bool = False, **facts: Any
) -> Case:
    """Seal what the person said of who they are (`values`: field → words), or record that they would not say (`declined`),
    and record the facts."""
    with steps.change(case, by=by, seen=seen, replaces=_IDENTITY + _KNOWN) as change:
        if declined and values:
            raise Refused(_("Đã ghi danh tính và đã đánh dấu “chưa muốn nói”. Bỏ một trong hai."), field="declined")
        _facts, born = _of_birth(facts, change.case.reception.came_on)
        _write_identity(change, {**values, **({BORN: str(born)} if values and born else {})})
        if declined:
            change.note("identity_declined", permission=P.IDENTITY_WRITE)
        change_facts(change, **facts)
        return change.case


def record_words(*, by: User, case: Case, words: str, seen: int | None = None, declined: bool = False) -> Case:
    """Seal the person's own words, or record that they would not tell (`declined`); earlier words are kept as the old value."""
    policy.require(by, P.IDENTITY_WRITE, case)
    with steps.change(case, by=by, seen=seen, replaces=("words",)) as change:
        joining.require_not_joined(by, change.case)
        if declined and words:
            raise Refused(_("Đã ghi lời kể và đã đánh dấu “chưa muốn kể”. Bỏ một trong hai."), field="declined")
        if declined:
            change.note("words_declined", permission=P.IDENTITY_WRITE)
        if words and access.write(by=by, person_id=case.person_id, values={"own_words": words}):
            change.note("words", permission=P.IDENTITY_WRITE)
        return change.case


def explain_rights(
    *, by: User, case: Case, on: dt.date, seen: int | None = None, language: str = "", at: dt.time | None = None
) -> Step:
    """Record that the person's rights were explained to them (Luật 66/2011, Điều 6), in a language they follow."""
    details = {"language": language} if language else {}
    with steps.change(case, by=by, seen=seen, repeats={"key": "rights", "details": details}) as change:
        return change.note("rights", on=on, at=at, permission=P.CASE_RECEIVE, details=details)


@transaction.atomic
def notify_labour(
    *, by: User, case: Case, on: dt.date, at: dt.time | None = None, how: str = "call", words: str = "",
    seen: int | None = None,
) -> Step:  # fmt: skip
    """Record the notice to the district labour office, from which its three days run (Luật 66/2011, Điều 24 khoản 1, 2).

    From then on the labour office manages the case and the cases of those who came along.
    """
    Case.objects.lock_each(Case.objects.of_reception(case.reception_id).values("pk"))
    with steps.change(case, by=by, seen=seen) as change:
        case = change.case
        office = agencies.labour_office_of(case.area_code, on, case.reception.came_on)
        if office is None:
            raise Refused(
                _("Ngày %(on)s không có Phòng LĐ-TB&XH nào phụ trách xã, phường này.") % {"on": show(on)}, field="on"
            )
        step = change.take("notify_labour", on=on, at=at, words=words, to_agency=office, details={"how": how})
        change.entrust(office, on)
    beside = Case.objects.of_reception(case.reception_id).filter(closed_on=None)
    for companion in beside.exclude(kind=Case.Kind.CLAIMANT).order_by("pk"):
        with steps.change(companion, by=by) as other:
            other.note("entrusted", on=on, at=at, permission=P.CASE_RECEIVE, to_agency=office)
            other.entrust(office, on)
    return step


def _write_identity(change: Change, values: Mapping[str, str]) -> list[str]:
    policy.require(change.by, P.IDENTITY_WRITE, change.case)
    joining.require_not_joined(change.by, change.case)
    changed = access.write(by=change.by, person_id=change.case.person_id, values=values)
    if changed:
        change.note("identity", permission=P.IDENTITY_WRITE, details={"fields": changed})
    return changed


def _receiving_agency(by: User, area_code: str) -> Agency:
    """The agency for which the user receives: of several, that of the commune, then that of its district."""
    receiving = [seat.agency for seat in by.seats if P.CASE_RECEIVE in seat.rights.permissions]
    if len(receiving) == 1:
        return receiving[0]
    near = [agency for agency in receiving if area_code in places.within(agency.unit_code, places.EVER)]
    return max(near or receiving[:1], key=lambda agency: len(agency.unit_code))


def _open(
    *, by: User, reception: Reception, kind: str, responsible: Agency | None = None, person_id: UUID | None = None,
    identity: Mapping[str, str] | None = None, **facts: Any,
) -> Case:  # fmt: skip
    facts, born = _of_birth(facts, reception.came_on)
    if person_id is None:
        person_id = access.enrol().pk
    else:
        opening.require_none_open(person_id, by=by)
        facts.setdefault("age_class", access.age_class(person_id=person_id, on=reception.came_on) or "")
    sealed = {BORN: str(born)} if born else {}
    invariants.check_person(Case(kind=kind, reception=reception, **facts))
    responsible, team = responsible or reception.agency, Team.objects.create()
    case = _create_case(
        person_id=person_id, kind=kind, reception=reception, team=team, agency=responsible,
        area_code=reception.area_code, opened_on=reception.came_on, **facts,
    )  # fmt: skip
    known.record_dated_facts(case, facts, true_from=None)
    with steps.change(case, by=by) as change:
        change.join_team(reception.agency, Part.RECEIVES, reception.came_on, user=by)
        own = responsible == reception.agency
        change.join_team(responsible, Part.MANAGES, reception.came_on, user=by if own else None)
        arrival: dict[str, Any] = {"on": reception.came_on, "at": reception.came_at}
        if kind == Case.Kind.CLAIMANT:
            change.take("receive", **arrival)
        else:
            change.note("came_along", permission=P.CASE_RECEIVE, event="came_along", **arrival)
        if identity:
            _write_identity(change, {**identity, **sealed})
        elif sealed:
            access.write(by=by, person_id=person_id, values=sealed)
        return change.case


def _of_birth(facts: Mapping[str, Any], came_on: dt.date) -> tuple[dict[str, Any], Birth | None]:
    """The facts with a class of age instead of `born_from` and `born_to`; and the birth, where these were given."""
    plain = dict(facts)
    earliest, latest = plain.pop("born_from", None), plain.pop("born_to", None)
    if not (earliest and latest):
        return plain, None
    born = Birth(earliest, latest)
    return plain | {"age_class": born.age_class(came_on)}, born


def _create_case(**values: Any) -> Case:
    """A new case with a code and an alias drawn at random; drawn again where another officer drew the same at once."""
    for _attempt in range(20):
        code = f"{values['opened_on']:%y}-{random.SystemRandom().randrange(100_000):05d}"
        try:
            with transaction.atomic():
                return Case.objects.create(code=code, alias=opening.free_alias(PLANTS), **values)
        except IntegrityError as error:
            if "alias" not in str(error) and "code" not in str(error):
                raise
    raise Refused(_("Chưa cấp được mã cho hồ sơ. Lưu lại lần nữa."))


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
