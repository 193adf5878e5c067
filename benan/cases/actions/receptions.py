"""Receiving people, and what is learned of them while they are received."""

import datetime as dt
import random

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts import policy
from benan.accounts import queries as agencies
from benan.accounts.models import Team, TeamMember
from benan.accounts.roles import P
from benan.audit.events import Event
from benan.cases import invariants, joining, known, opening, steps
from benan.cases.aliases import PLANTS
from benan.cases.models import File, Reception
from benan.core.days import show
from benan.core.refusals import Refused
from benan.places import queries as places
from benan.places.models import Level
from benan.vault import access
from benan.vault.ages import BORN, Birth

Part = TeamMember.Part
# What a correction may change on a file, each shown with its own label.
FACTS = (
    "sex", "age_class", "nationality", "resides_here", "ethnic_code", "poor_household",
    "financial_difficulty", "cannot_pay_travel", "residence_code", "residence_on", "kind",
)  # fmt: skip

# The steps whose values the verbs below write over.
_IDENTITY, _KNOWN = ("identity",), ("facts", "correct_fact")
# Of these, what stays true of a person who comes back.
LASTING = ("sex", "nationality", "resides_here", "ethnic_code")


@transaction.atomic
def receive(*, by, door, came_on, area_code, came_at=None, first_told_on=None, from_country="", on_paper=False,
            person_id=None, identity=None, **facts) -> File:  # fmt: skip
    """Receive somebody who says they were trafficked: opens their file under an alias.

    `came_on` is the legal day they came, for a paper form the true one. Nothing about who they are is needed.
    `person_id` continues a person already known (search before create); `identity` is what they chose to say.
    Of `born_from` and `born_to`, the earliest and latest birth, the file keeps a class of age.
    Luật 66/2011, Điều 24 khoản 1; TTLT 01/2014, Điều 5, Điều 6 khoản 1.
    """
    policy.require_right(by, P.FILE_RECEIVE)
    invariants.check_not_ahead(came_on, field="came_on")
    area_code = invariants.unit_on(came_on, area_code, Level.COMMUNE, field="area_code").code
    agency = _receiving_agency(by, area_code)
    reception = Reception(
        door=door, came_on=came_on, came_at=came_at, area_code=area_code, agency=agency, officer=by,
        first_told_on=first_told_on, from_country=from_country, on_paper=on_paper,
    )  # fmt: skip
    invariants.check_reception(reception)
    reception.save()
    return _open(by=by, reception=reception, kind=File.Kind.CLAIMANT, person_id=person_id, identity=identity, **facts)


@transaction.atomic
def come_back(*, by, file, seen=None, identity=None, **arrival) -> File:
    """Receive somebody whose file has ended: a new file for the same person, with what was known of them.

    Raises Refused while they have an open one.
    """
    policy.require(by, P.FILE_RECEIVE, file)
    file = steps.lock(file, seen=seen, by=by)  # who is being erased is not received meanwhile
    if file.is_open or file.joined_to_id:
        raise Refused(_("Hồ sơ này chưa kết thúc, hoặc đã ghép vào hồ sơ khác. Ghi tiếp vào hồ sơ đang mở."))
    if arrival["came_on"] < file.closed_on:
        raise Refused(
            _("Ngày đến %(on)s trước ngày kết thúc hồ sơ trước (%(closed)s).")
            % {"on": show(arrival["came_on"]), "closed": show(file.closed_on)},
            field="came_on",
        )
    File.objects.lock_each([file.pk])
    lasting = {name: getattr(file, name) for name in LASTING if getattr(file, name) not in (None, "")}
    said = {name: value for name, value in arrival.items() if value not in (None, "")}
    back = receive(by=by, person_id=file.person_id, identity=identity, **{**arrival, **lasting, **said})
    steps.note(by=by, file=back, key="came_back", on=back.reception.came_on, permission=P.FILE_RECEIVE,
               details={"file": file.code})  # fmt: skip
    steps.note(by=by, file=file, key="came_back", on=back.reception.came_on, permission=P.FILE_RECEIVE,
               details={"file": back.code})  # fmt: skip
    return back


@transaction.atomic
def add_companion(*, by, file, kind, identity=None, seen=None, **facts) -> File:
    """Open a file for a minor or relative who came along, joined by the same reception.

    People with different claims have files of their own; a companion who also claims to be a victim is received
    as one.
    """
    policy.require(by, P.FILE_RECEIVE, file)
    file = steps.lock(file, seen=seen, by=by, repeats={"key": "companion", "details__kind": kind})
    companion = _open(by=by, reception=file.reception, responsible=file.agency, kind=kind, identity=identity, **facts)
    steps.note(by=by, file=file, key="companion", on=file.reception.came_on, permission=P.FILE_RECEIVE,
               details={"file": companion.code, "kind": kind})  # fmt: skip
    return companion


@transaction.atomic
def came_alone(*, by, file, seen=None):
    """Record that nobody came along."""
    file = steps.lock(file, seen=seen, by=by)
    if file.steps.filter(key="companion").exists():
        raise Refused(_("Đã ghi người đi cùng. Không còn ai nữa thì sang bước sau."), field="kind")
    return steps.note(by=by, file=file, key="came_alone", on=file.reception.came_on, permission=P.FILE_RECEIVE)


@transaction.atomic
def write_identity(*, by, file, values, seen=None) -> list[str]:
    """Seal what the person said of who they are (field → words); each part is their choice.

    Corrections keep the old value. Returns the fields that changed.
    """
    policy.require(by, P.IDENTITY_WRITE, file)
    file = steps.lock(file, seen=seen, by=by, replaces=_IDENTITY)
    joining.require_not_joined(by, file)
    changed = access.write(by=by, person_id=file.person_id, values=values)
    if changed:
        steps.note(by=by, file=file, key="identity", permission=P.IDENTITY_WRITE, details={"fields": changed})
    return changed


@transaction.atomic
def record_facts(*, by, file, seen=None, permission=None, true_from=known.UNSTATED, **facts) -> File:
    """Record facts that clocks and rights depend on (sex, `born_from` and `born_to`, nationality, residence …), first
    time or again.

    The old value stays readable in the history. Only the facts given change. `true_from` is the day from which those
    hold that rights depend on, None for always; a value held so far then stays true of the days before.
    `permission` is that of the verb this is a part of; by itself it takes that of correcting or receiving.
    """
    permission = policy.first_allowed(by, [permission] if permission else [P.FILE_CORRECT, P.FILE_RECEIVE], file)
    file = steps.lock(file, seen=seen, by=by, replaces=_KNOWN)
    joining.require_not_joined(by, file)
    facts, born = _of_birth(facts, file.reception.came_on)
    sealed = born and access.write(by=by, person_id=file.person_id, values={BORN: str(born)})
    dated = known.record(file, facts, true_from)
    changed = {}
    for name in FACTS:
        if name in dated or (name in facts and getattr(file, name) != facts[name]):
            changed[name] = [_plain(getattr(file, name)), _plain(facts[name])]
            setattr(file, name, facts[name])
    invariants.check_person(file)
    if changed or sealed:
        file.save(update_fields=list(changed))
        corrected = any(old not in (None, "") for old, _new in changed.values())
        from_day = {"true_from": true_from.isoformat()} if dated and isinstance(true_from, dt.date) else {}
        steps.note(
            by=by, file=file, key="correct_fact" if corrected else "facts", permission=permission,
            event=Event.FILE_CORRECTED if corrected else Event.FILE_STEP, details={"changed": changed, **from_day},
        )  # fmt: skip
        steps.after_change(file)
    return file


@transaction.atomic
def tell(*, by, file, values, seen=None, declined=False, **facts) -> File:
    """Record in one go who somebody said they are and the facts that go with it, or that they would rather not say."""
    file = steps.lock(file, seen=seen, by=by, replaces=_IDENTITY + _KNOWN)
    if declined and values:
        raise Refused(_("Đã ghi danh tính cùng với “chưa muốn nói”. Bỏ một bên."), field="declined")
    _facts, born = _of_birth(facts, file.reception.came_on)
    write_identity(by=by, file=file, values=values | ({BORN: str(born)} if values and born else {}))
    if declined:
        steps.note(by=by, file=file, key="identity_declined", permission=P.IDENTITY_WRITE)
    return record_facts(by=by, file=file, **facts)


@transaction.atomic
def record_words(*, by, file, words, seen=None, declined=False):
    """Seal the person's own words, or record that they would rather not tell; earlier words are kept as old value."""
    policy.require(by, P.IDENTITY_WRITE, file)
    file = steps.lock(file, seen=seen, by=by, replaces=("words",))
    joining.require_not_joined(by, file)
    if declined and words:
        raise Refused(_("Đã ghi lời kể cùng với “chưa muốn kể”. Bỏ một bên."), field="declined")
    if declined:
        steps.note(by=by, file=file, key="words_declined", permission=P.IDENTITY_WRITE)
    if words and access.write(by=by, person_id=file.person_id, values={"own_words": words}):
        steps.note(by=by, file=file, key="words", permission=P.IDENTITY_WRITE)
    return file


@transaction.atomic
def explain_rights(*, by, file, on, seen=None, language="", at=None):
    """Record that the person's rights were explained to them (Luật 66/2011, Điều 6), in a language they follow."""
    return steps.note(by=by, file=file, key="rights", on=on, at=at, seen=seen, permission=P.FILE_RECEIVE,
                      details={"language": language} if language else {})  # fmt: skip


@transaction.atomic
def notify_labour(*, by, file, on, at=None, how="call", words="", seen=None):
    """Notify the district labour office at once; its three days run from here (Luật 66/2011, Điều 24 khoản 1, 2).

    A recorded call is the notice. Puts the labour office on the team and makes it responsible for the file, and
    for the files of those who came along.
    """
    File.objects.lock_each(File.objects.together(file.reception_id).values("pk"))
    file = steps.lock(file, seen=seen, by=by)
    office = agencies.labour_office_of(file.area_code, on, file.reception.came_on)
    if office is None:
        raise Refused(
            _("Ngày %(on)s không có Phòng LĐ-TB&XH nào phụ trách xã, phường này.") % {"on": show(on)}, field="on"
        )
    step = steps.take(
        by=by, file=file, move="notify_labour", on=on, at=at, words=words, to_agency=office, details={"how": how}
    )
    steps.entrust(file, office, on)
    beside = File.objects.together(file.reception_id).filter(closed_on=None)
    for companion in beside.exclude(kind=File.Kind.CLAIMANT).order_by("pk"):
        steps.note(by=by, file=companion, key="entrusted", on=on, at=at, permission=P.FILE_RECEIVE, to_agency=office)
        steps.entrust(companion, office, on)
    return step


def _receiving_agency(by, area_code):
    """The agency for which somebody receives: of several, that of the commune, then that of its district."""
    receiving = [seat.agency for seat in by.seats if P.FILE_RECEIVE in seat.rights.permissions]
    if len(receiving) == 1:
        return receiving[0]
    near = [agency for agency in receiving if area_code in places.within(agency.unit_code, places.EVER)]
    return max(near or receiving[:1], key=lambda agency: len(agency.unit_code))


def _open(*, by, reception, kind, responsible=None, person_id=None, identity=None, **facts) -> File:
    facts, born = _of_birth(facts, reception.came_on)
    if person_id is None:
        person_id = access.enrol().pk
    else:
        opening.require_none_open(person_id, by=by)
        facts.setdefault("age_class", access.age_class(person_id=person_id, on=reception.came_on) or "")
    sealed = {BORN: str(born)} if born else {}
    invariants.check_person(File(kind=kind, reception=reception, **facts))
    responsible, team = responsible or reception.agency, Team.objects.create()
    file = _with_code_and_alias(
        person_id=person_id, kind=kind, reception=reception, team=team, agency=responsible,
        area_code=reception.area_code, opened_on=reception.came_on, **facts,
    )  # fmt: skip
    known.record(file, facts, true_from=None)
    steps.join_team(file, reception.agency, Part.RECEIVES, reception.came_on, user=by)
    steps.join_team(
        file, responsible, Part.MANAGES, reception.came_on, user=by if responsible == reception.agency else None
    )
    if kind == File.Kind.CLAIMANT:
        steps.take(by=by, file=file, move="receive", on=reception.came_on, at=reception.came_at)
    else:
        steps.note(by=by, file=file, key="came_along", on=reception.came_on, at=reception.came_at,
                   permission=P.FILE_RECEIVE, event_key="came_along")  # fmt: skip
    if identity:
        write_identity(by=by, file=file, values={**identity, **sealed})
    elif sealed:
        access.write(by=by, person_id=person_id, values=sealed)
    return file


def _of_birth(facts, came_on):
    """The facts, with a class of age instead of the earliest and latest birth; and the birth, if given."""
    facts = dict(facts)
    earliest, latest = facts.pop("born_from", None), facts.pop("born_to", None)
    if not (earliest and latest):
        return facts, None
    born = Birth(earliest, latest)
    return facts | {"age_class": born.age_class(came_on)}, born


def _with_code_and_alias(**values) -> File:
    """Codes are drawn, not counted; a draw that collides with another officer's is drawn again."""
    for _attempt in range(20):
        code = f"{values['opened_on']:%y}-{random.SystemRandom().randrange(100_000):05d}"
        try:
            with transaction.atomic():
                return File.objects.create(code=code, alias=opening.free_alias(PLANTS), **values)
        except IntegrityError as error:
            if "alias" not in str(error) and "code" not in str(error):
                raise
    raise Refused(_("Chưa đặt được mã cho hồ sơ. Lưu lại một lần nữa."))


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value
