"""Danger: which offices are told, which office is kept from it, the call, and the paper that follows the call."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts import policy
from benan.accounts.models import DutyNumber, TeamMember
from benan.accounts.roles import Kind, P
from benan.audit import trail
from benan.audit.events import Event
from benan.cases import steps
from benan.cases.models import File
from benan.core.days import legal_day
from benan.core.refusals import Refused
from benan.support import offices
from benan.support.models import DangerNotice


@transaction.atomic
def keep_from(*, by, file, agency, on, just_told=False, seen=None) -> File:
    """Keep a case from an office where whoever is the danger works; its superior office is told instead.

    Only while somebody is in danger, and by whoever may ask for protection; who only supports may where they record the
    danger in the same act (`just_told`). The office leaves the team and does not come back. What it managed passes to
    the labour office of the place, else to the office of reception, else to the superior office. The same in the files
    of those received together that one reaches; in all of them where one's office manages or received this one.
    """
    File.objects.lock_each(File.objects.together(file.reception_id).values("pk"))
    file = steps.lock(file, seen=seen, by=by)
    permission = _right(by, file) if just_told else P.SAFETY_KEEP
    own = policy.held_on(by, file).agencies(permission)
    if not own:
        raise PermissionDenied
    if file.team.kept_from.filter(pk=agency.pk).exists():
        return file
    if file.in_danger_since is None:
        raise Refused(_("Hồ sơ này không báo có nguy hiểm. Ghi nguy hiểm trước, rồi mới không cho một cơ quan biết."))
    beside = File.objects.together(file.reception_id).filter(closed_on=None)
    if own.isdisjoint({file.agency_id, file.reception.agency_id}):
        beside = beside.filter(pk__in=File.objects.can(by, permission).values("pk"))
    beside = list(beside.values_list("pk", flat=True))  # before the act takes one's reach away
    steps.note(by=by, file=file, key="kept_from", on=on, permission=permission, to_agency=agency)
    rows = File.objects.together(file.reception_id).filter(pk__in=beside).select_related("reception", "team")
    for each in rows.order_by("pk"):
        each.team.kept_from.add(agency)
        DangerNotice.objects.of(each).filter(agency=agency).update(outcome="")
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
        return steps.note(by=by, file=file, key="danger_called", on=on, at=at, permission=_right(by, file), words=words,
                          seen=seen, to_agency=to)  # fmt: skip
    return steps.note(by=by, file=file, key="danger_called", on=on, at=at, permission=_right(by, file), words=words, seen=seen,
                      details={"label": f"{to.label} {to.phone}"})  # fmt: skip


@transaction.atomic
def record_request(*, by, file, to, on, paper_no, paper_on, words="", seen=None):
    """Record the paper that asks an office for protection, before or after a call (Điều 10 khoản 1)."""
    if not paper_no.strip():
        raise Refused(_("Ghi số của văn bản đề nghị bảo vệ."), field="paper_no")
    if paper_on > legal_day():
        raise Refused(_("Ngày văn bản nằm sau hôm nay."), field="paper_on")
    return steps.note(by=by, file=file, key="danger_written", on=on, permission=_right(by, file), words=words, seen=seen,
                      to_agency=to, paper_no=paper_no, paper_on=paper_on)  # fmt: skip


def tell(*, file) -> None:
    """Tell the offices that may decide and are not on the team, while danger stands; after every change of a case.

    Once it does not, they are told how it ended.
    """
    standing = DangerNotice.objects.of(file).filter(ended_on=None)
    if file.in_danger_since is None:
        if standing.exists():
            standing.update(ended_on=legal_day(), outcome=_outcome(file))
        return
    on_team = set(file.team.members.filter(until=None).values_list("agency_id", flat=True))
    wanted = {told.pk: office for office, told in offices.offices(file) if told}
    wanted = {pk: office for pk, office in wanted.items() if pk not in on_team}
    standing.exclude(agency__in=wanted).update(ended_on=legal_day())
    known = set(standing.values_list("agency_id", flat=True))
    reporter = file.steps.filter(track="protection", stage__in=steps.DANGER).order_by("-pk").first()
    for pk, office in wanted.items():
        if pk not in known:
            DangerNotice.objects.create(file=file, agency_id=pk, told_by=reporter.by if reporter else None,
                                        instead_of=office if office.pk != pk else None)  # fmt: skip
            trail.record(by=reporter.by if reporter else None, event=Event.FILE_STEP, on=file,
                         data={"step": "danger_told", "agency": pk})  # fmt: skip


def _outcome(file):
    if not file.is_open:
        return DangerNotice.Outcome.CLOSED
    stage = file.tracks.values_list("stage", flat=True).get(kind=steps.PROTECTION)
    return stage if stage in DangerNotice.Outcome.values else DangerNotice.Outcome.OVER


def _next_manager(file, agency):
    kept = set(file.team.kept_from.values_list("pk", flat=True))
    labour = next((office for office in offices.competent(file) if office.kind == Kind.LABOUR_OFFICE), None)
    for office in (labour, file.reception.agency, agency.superior):
        if office and office.pk not in kept:
            return office
    raise Refused(_("Không có cơ quan nào khác để giao hồ sơ này. Gọi cơ quan cấp trên trước."), field="danger_from")


def _right(by, file):
    return policy.first_allowed(by, (P.SAFETY_KEEP, P.SUPPORT_RECORD), file)
