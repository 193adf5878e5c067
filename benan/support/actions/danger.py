"""Danger: which offices are told, which office is kept from it, the call, and the paper that follows the call."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts import queries as agencies
from benan.accounts.models import Agency, DutyNumber, Membership, TeamMember
from benan.accounts.roles import ROLES, Kind, P
from benan.audit import trail
from benan.audit.events import Event
from benan.cases import steps
from benan.cases.models import File
from benan.core.days import legal_day
from benan.core.refusals import Refused
from benan.places import queries as places
from benan.places.models import Unit
from benan.support.models import DangerNotice

_AT_HOME = ("at_residence", "reintegrating", "following")
_READERS = [key for key, role in ROLES.items() if P.FILE_VIEW in role.permissions]


@transaction.atomic
def keep_from(*, by, file, agency, on, seen=None) -> File:
    """Keep a case from an office where whoever is the danger works; its superior office is told instead.

    The office leaves the team of this file and of those of everybody received together, and does not come back. What
    it managed passes to the labour office of the place, else to the office of reception, else to the superior office.
    """
    file = steps.lock(file, seen=seen, by=by)
    steps.note(by=by, file=file, key="kept_from", on=on, permission=_right(by), to_agency=agency)
    beside = File.objects.unscoped(reason="they came together").filter(reception=file.reception_id, closed_on=None)
    for each in beside.select_related("reception", "team").order_by("pk"):
        each.team.kept_from.add(agency)
        if each.agency_id == agency.pk:
            steps.entrust(each, _next_manager(each, agency), legal_day())
        for part in TeamMember.Part:
            steps.leave_team(each, part, legal_day(), agency=agency)
        steps.after_change(each)
    file.refresh_from_db()
    return file


@transaction.atomic
def record_call(*, by, file, to, on, at, words="", seen=None):
    """Record whom one rang about the danger, when, and what was agreed (sealed); `to` is an agency or a duty number.

    In an emergency protection is asked for by telephone (Nghị định 62/2012, Điều 10 khoản 1).
    """
    if not isinstance(to, DutyNumber):
        return steps.note(by=by, file=file, key="danger_called", on=on, at=at, permission=_right(by), words=words,
                          seen=seen, to_agency=to)  # fmt: skip
    return steps.note(by=by, file=file, key="danger_called", on=on, at=at, permission=_right(by), words=words, seen=seen,
                      details={"label": f"{to.label} {to.phone}"})  # fmt: skip


@transaction.atomic
def record_request(*, by, file, to, on, paper_no, paper_on, words="", seen=None):
    """Record the paper that asks an office for protection, before or after a call (Điều 10 khoản 1)."""
    if not paper_no.strip():
        raise Refused(_("Ghi số của văn bản đề nghị bảo vệ."), field="paper_no")
    if paper_on > legal_day():
        raise Refused(_("Ngày văn bản nằm sau hôm nay."), field="paper_on")
    return steps.note(by=by, file=file, key="danger_written", on=on, permission=_right(by), words=words, seen=seen,
                      to_agency=to, paper_no=paper_no, paper_on=paper_on)  # fmt: skip


def tell(*, file) -> None:
    """Tell the offices that may decide and are not on the team, while danger waits; after every change of a case."""
    standing = DangerNotice.objects.of(file).filter(ended_on=None)
    if file.in_danger_since is None:
        standing.update(ended_on=legal_day())
        return
    wanted = {told.pk: office for office, told in offices(file) if told}
    wanted = {pk: office for pk, office in wanted.items() if pk not in _on_team(file)}
    standing.exclude(agency__in=wanted).update(ended_on=legal_day())
    known = set(standing.values_list("agency_id", flat=True))
    reporter = file.steps.filter(track="protection", stage__in=steps.DANGER).order_by("-pk").first()
    for pk, office in wanted.items():
        if pk not in known:
            DangerNotice.objects.create(file=file, agency_id=pk, told_by=reporter.by if reporter else None,
                                        instead_of=office if office.pk != pk else None)  # fmt: skip
            trail.record(by=reporter.by if reporter else None, event=Event.FILE_STEP, on=file,
                         data={"step": "danger_told", "agency": pk})  # fmt: skip


def offices(file) -> list[tuple[Agency, Agency | None]]:
    """The offices that may decide on a measure at once (Điều 8 khoản 2 điểm a, g), each with the one that is told.

    That is the office itself; its superior where the file is kept from it or nobody there reads files in the program;
    none where nobody above does either.
    """
    found = {office.pk: office for office in _competent(file)}
    found |= {row.agency_id: row.agency for row in _team(file) if row.agency.kind in _TEAM_KINDS}
    kept = set(file.team.kept_from.values_list("pk", flat=True))
    found |= {agency.pk: agency for agency in Agency.objects.filter(pk__in=kept)}
    return [(office, _reader_at_or_above(office, kept)) for office in found.values()]


def place(file) -> tuple[str, object]:
    """The commune where the person is, and the day for which its code stands: of residence once back, else of reception."""
    stage = file.tracks.filter(kind="support").values_list("stage", flat=True).first()
    back = stage in _AT_HOME and file.residence_on
    if back and file.residence_code in places.within(places.HOME, file.residence_on):
        return file.residence_code, file.residence_on
    return file.area_code, file.reception.came_on


_TEAM_KINDS = (Kind.COMMUNE, Kind.LABOUR_OFFICE, Kind.SHELTER, Kind.POLICE_DISTRICT, Kind.POLICE_PROVINCE)


def _competent(file):
    """The commune's people's committee, the labour office and the police of the district, of the place of danger."""
    code, day = place(file)
    unit = Unit.objects.on(day).filter(code=code).first()
    district = unit.parent_code if unit else ""
    today = legal_day()
    wanted = ((Kind.COMMUNE, code), (Kind.LABOUR_OFFICE, district), (Kind.POLICE_DISTRICT, district))
    found = [agencies.of_unit(kind, unit_code, today) for kind, unit_code in wanted]
    if found[2] is None:
        found[2] = agencies.of_unit(Kind.POLICE_PROVINCE, places.HOME, today)
    return [office for office in found if office]


def _reader_at_or_above(office, kept):
    while office and (office.pk in kept or legal_day() not in office.in_force or not _has_readers(office)):
        office = office.superior
    return office


def _has_readers(office):
    return Membership.objects.holding().filter(agency=office, role__in=_READERS).exists()


def _team(file):
    return list(file.team.members.filter(until=None).select_related("agency"))


def _on_team(file):
    return {row.agency_id for row in _team(file)}


def _next_manager(file, agency):
    kept = set(file.team.kept_from.values_list("pk", flat=True))
    labour = next((office for office in _competent(file) if office.kind == Kind.LABOUR_OFFICE), None)
    for office in (labour, file.reception.agency, agency.superior):
        if office and office.pk not in kept:
            return office
    raise Refused(_("Không có cơ quan nào khác để giao hồ sơ này. Gọi cơ quan cấp trên trước."), field="danger_from")


def _right(by):
    return P.SAFETY_KEEP if by.may(P.SAFETY_KEEP) else P.SUPPORT_RECORD
