"""The one way a file moves: a step of its procedure, its clocks reckoned anew, a line in both ledgers.

Verbs of this app and of those above it call `take` (a move of a track) or `note` (something that moves no
track). Nothing else writes steps, stages or clocks.
"""

from dataclasses import dataclass
from functools import cache

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from benan.accounts import queries as agencies
from benan.accounts.models import TeamMember
from benan.accounts.policy import ANSWERED_FOR, held_on, require_any
from benan.accounts.roles import Kind, P
from benan.audit import trail
from benan.audit.events import Event
from benan.cases import changes, invariants, statuses
from benan.cases.models import Due, File, Guardianship, Step, Track
from benan.core import papers
from benan.core.days import legal_day, show
from benan.core.refusals import Changed, Refused
from benan.core.text import clean
from benan.rules import deadlines, procedures
from benan.rules.calendar import DayTable
from benan.rules.limits import LimitTable
from benan.vault import access

PROCEDURE = "self_reported"
# Only the office that holds the stage may do these itself; another records them on its behalf.
HOLDERS_OWN = {P.REQUEST_RECEIVE, P.FINDING_SIGN}
# What may still be written into a file that has ended: its end, corrections, and words added.
AFTER_THE_END = {"closed", "remark", "identity", "facts", "correct_fact", "words", "support_taken_back", "came_back",
                 "erasure_asked", "erasure_withdrawn", "erasure_declined", "identity_erased"}  # fmt: skip
_OTHERS_WROTE = _("Trong lúc viết, người khác đã ghi vào hồ sơ này. Chữ đã gõ còn nguyên; đọc phần mới rồi lưu lại.")
_WROTE_ONESELF = _(
    "Trong lúc viết, chính mình đã ghi vào hồ sơ này ở một trang khác. Chữ đã gõ còn nguyên; đọc phần mới rồi lưu lại."
)
# Events that no move makes: the date of the certificate, the first place the person told.
CONFIRMED, TOLD_ELSEWHERE = "confirmed", "reported_elsewhere"
RELATIVE_HARM = "relative_harm_found"
PROTECTION = "protection"
# Stages of protection at which somebody is in danger and an office has yet to decide, and those at which it has decided
# on a measure: whether the danger is over is then another question, answered by a step of its own (OVER).
DANGER, UNDER_MEASURES = ("needed", "more_needed"), ("in_force", "reviewed")
STANDS, OVER = "danger_stands", "danger_over"

_RECORDED_ONESELF = _(
    "Chính mình vừa ghi đúng việc này ở một trang khác, nên lần này chưa ghi. Nếu là một lần khác nữa thì lưu lại."
)


@dataclass(frozen=True)
class Paper:
    """A paper by number and date; `for_agency` when it is another office's and is recorded on its behalf."""

    no: str = ""
    on: object = None
    for_agency: object = None


def take(*, by, file, move, on, seen=None, conditions=None, paper=None, at=None, words="", **more) -> Step:
    """Take one step of a file's procedure, if the law and the record allow it.

    `on` is the legal day of the event; `conditions` answers the procedure's named conditions; `seen` is the
    last step the officer saw. Raises Refused, Changed or PermissionDenied (403).
    """
    paper = paper or Paper()
    paper_no = papers.number(paper.no)
    file = lock(file, seen=seen, by=by)
    require_open(file)
    kind = _moves()[move].track
    track = file.tracks.filter(kind=kind).first()
    procedure = procedures.for_track(track) if track else procedures.to_begin(PROCEDURE, on)
    step = procedure.choose(kind, track.stage if track else None, move)
    seat = _seat(by, file, step, track, procedure, paper)
    for sentence in procedure.blockers(step, _answers(conditions)):
        raise Refused(sentence)
    invariants.check_day(file, on)
    invariants.check_order(file, procedure, step.event, on)
    _check_paper(paper)
    row = Step.objects.create(
        file=file,
        track=step.track,
        key=step.key,
        event=step.event,
        stage=step.target,
        on=on,
        at=at,
        by=by,
        agency=seat.agency,
        for_agency=paper.for_agency,
        paper_no=paper_no,
        paper_on=paper.on,
        note=access.seal_note(person_id=file.person_id, words=words),
        procedure=procedure.rule,
        **more,
    )
    begun = {} if track else {"procedure": procedure.key, "version": procedure.in_force.lower}
    Track.objects.update_or_create(
        file=file,
        kind=step.track,
        defaults={"stage": step.target, "since": on},
        create_defaults={"stage": step.target, "since": on, **begun},
    )
    after_change(file)
    trail.record(by=by, event=Event.FILE_STEP, on=file, data={"step": step.key, "id": row.pk})
    return row


def note(*, by, file, key, permission=None, on=None, seen=None, words="", at=None, event=Event.FILE_STEP, agency=None,
         **more) -> Step:  # fmt: skip
    """Add a line to a file's history that moves no track. `more` may carry `event_key` for the clocks.

    Without `on`, what is recorded has no day of its own and stands under the day of entry. A verb that asked for the
    right itself, of several files together, gives the agency for which somebody writes in place of the permission.
    """
    # Words are added as often as somebody writes some.
    same = {"key": key, "to_agency": more.get("to_agency"), "details": more.get("details", {})}
    file = lock(file, seen=seen, by=by, repeats=None if key == "remark" else same)
    if permission in ANSWERED_FOR:
        require_any(by, (permission,), file)
    agency = agency or agency_on(by, file, permission)
    if key not in AFTER_THE_END:
        require_open(file)
    if on:
        invariants.check_day(file, on)
    occurred = more.pop("event_key", "")
    if "paper_no" in more:
        more["paper_no"] = papers.number(more["paper_no"])
    row = Step.objects.create(
        file=file, key=key, on=on or legal_day(), of_entry=on is None, at=at, by=by, agency=agency, event=occurred,
        note=access.seal_note(person_id=file.person_id, words=words), **more,
    )  # fmt: skip
    after_change(file)
    trail.record(by=by, event=event, on=file, data={"step": key, "id": row.pk})
    return row


def lock(file, *, seen=None, by=None, replaces=(), repeats=None) -> File:
    """The file, locked; raises Changed when others added steps after the last one `by` saw.

    One's own steps are no surprise to oneself, except those that the verb would replace (`replaces`: their keys), and
    those that say what it is about to record a second time (`repeats`: how they are found).
    """
    file = File.objects.lock(file)
    if seen is not None:
        own = Q(key__in=replaces) | (Q(**repeats) if repeats else Q(pk=None))
        later = file.steps.filter(~Q(by=by) | own, pk__gt=seen).select_related("by").order_by("pk")
        if since := list(later):
            words = _RECORDED_ONESELF if repeats else _WROTE_ONESELF
            others = any(step.by != by for step in since)
            raise Changed(_OTHERS_WROTE if others else words, since=lines(since), latest=since[-1].pk)
    return file


def lines(rows) -> list[str]:
    """What steps did, each in a line: the day, what, who."""
    return [f"{show(step.on)}: {sentence(step)} · {step.by}" for step in rows]


def require_open(file) -> None:
    """Refuse what belongs to a file at work where it has ended."""
    if not file.is_open:
        raise Refused(_("Hồ sơ này đã kết thúc ngày %(on)s.") % {"on": show(file.closed_on)})


def procedure_of(file, kind) -> procedures.Procedure:
    """The procedure of a track of a file: that under which it began, or under which it would have at reception."""
    track = file.tracks.filter(kind=kind).first()
    return procedures.for_track(track) if track else procedures.to_begin(PROCEDURE, file.reception.came_on)


def current(file):
    """The steps that count: those no correction has replaced."""
    return file.steps.filter(corrected_by=None)


def happened(file) -> list:
    """A file's events, for reckoning clocks.

    The hour of an event on the day of arrival is that of the arrival where none was recorded. That a relative did the
    harm counts while it is still held true.
    """
    came = file.reception
    events = [
        deadlines.Happened(step.event, step.on, step.at or (came.came_at if step.on == came.came_on else None))
        for step in current(file).exclude(event="")
        if step.event != RELATIVE_HARM or harmed_by_family(file)
    ]
    if file.reception.first_told_on:
        events.append(deadlines.Happened(TOLD_ELSEWHERE, file.reception.first_told_on))
    certificate = file.findings.filter(replaced_on=None, outcome="victim", on__isnull=False).first()
    if certificate:
        events.append(deadlines.Happened(CONFIRMED, certificate.certificate_on))
    return events


def after_change(file) -> None:
    """Bring everything derived from a case up to date: what the person is from which day, the clocks, and what apps
    above registered in `changes`.

    Every verb that changes what a case is known by ends with this; `take` and `note` do it themselves.
    Whether somebody is in danger is kept first, since what `changes` runs depends on it.
    """
    statuses.rewrite(file)
    _mark_danger(file)
    reckon(file)
    changes.run(file)


def _mark_danger(file):
    """Keep on the file's own row since when somebody is in danger.

    A measure answers the request for protection (Nghị định 62/2012, Điều 10 khoản 2) and meets its limit, not the danger:
    that stands until an office that decides says it is over, declines in writing or ends the measures, or the person
    refuses.
    """
    track = file.tracks.filter(kind=PROTECTION).first() if file.is_open else None
    since = track.since if track and track.stage in DANGER else None
    if track and track.stage in UNDER_MEASURES:
        since = _found_before_measures(file)
    if file.danger_since != since:
        file.danger_since = since
        file.save(update_fields=["danger_since"])


def _found_before_measures(file):
    """The day on which the danger was found for which measures are in force; None where it is over.

    A corrected line stands where the line stood that it replaced.
    """
    place, last = {}, (0, None)
    rows = list(file.steps.filter(track=PROTECTION).order_by("pk").values("pk", "key", "stage", "on", "corrects"))
    replaced = {row["corrects"] for row in rows}
    for row in rows:
        place[row["pk"]] = place.get(row["corrects"], row["pk"])
        says = row["key"] == OVER or row["stage"] not in ("", *UNDER_MEASURES)
        if says and row["pk"] not in replaced and place[row["pk"]] > last[0]:
            last = place[row["pk"]], row["on"] if row["stage"] in DANGER else None
    return last[1]


def reckon(file, *, days=None, limits=None) -> None:
    """Reckon a file's clocks anew from its events; the rows then say what was due, by whom, and when it was done."""
    days, limits = days or DayTable.load(), limits or LimitTable.load()
    rows = dues(file, happened(file), facts(file), whose(file), tracks=file.tracks.all(), days=days, limits=limits)
    file.dues.all().delete()
    Due.objects.bulk_create(rows)


def dues(file, events, known, whose, *, tracks, days, limits) -> list[Due]:
    """A file's clocks, not saved, from its events, what is known of the person, and whose move each is (`whose`).

    The clocks of a track are those of the procedure under which it began.
    """
    first = procedures.to_begin(PROCEDURE, file.reception.came_on)
    governing = {track.kind: procedures.for_track(track) for track in tracks}
    found = []
    for procedure in {version.rule: version for version in [first, *governing.values()]}.values():
        clocks = deadlines.running(procedure, events, as_of=legal_day(), limits=limits, days=days, facts=known)
        clocks = [clock for clock in clocks if governing.get(clock.track, first) is procedure]
        found += _dues(file, clocks, whose, procedure)
    return found


def _dues(file, clocks, whose, procedure):
    return [
        Due(
            file=file,
            limit=clock.limit,
            track=clock.track,
            label=clock.label,
            agency_id=whose.get(clock.whose) or file.agency_id,
            started_on=clock.started_on,
            started_at=clock.started_at,
            due_on=clock.due_on,
            due_at=clock.due_at,
            met_on=clock.met_on,
            ended_on=clock.replaced_on or (None if clock.met_on else file.closed_on),
            governs=clock.governs,
            binding=clock.binding and clock.unit != "at_once",
            lapses=clock.lapses,
            convention=clock.convention,
            basis=clock.citation,
            duration=clock.period,
            certainty=clock.certainty,
            rule=f"{procedure.rule} {clock.calendar}",
        )
        for clock in clocks
        if clock.started_on
    ]


def facts(file) -> set[str]:
    """What is known of a person that limits depend on. Every shelter of the plan is a cơ sở bảo trợ xã hội."""
    known = {"child"} if file.may_be_under(16, file.reception.came_on) else set()
    entered = current(file).filter(event="shelter_entered").order_by("on", "pk").last()
    if entered:
        known.add("social_protection_facility")
    if harmed_by_family(file):
        known.add("relative_harm")
    if entered and entered.details.get("emergency"):
        known.add("urgent_admission")
    return known


def harmed_by_family(file) -> bool:
    """Whether, as last recorded, a parent, guardian or relative did the harm to somebody under 18."""
    said = file.guardianships.first()
    return said is not None and said.harm == Guardianship.Harm.YES


def join_team(file, agency, part, on, *, user=None) -> TeamMember:
    """Put an agency on the file's team for a part, unless it has that part already.

    Raises Refused for an agency that the file is kept from.
    """
    if file.team.kept_from.filter(pk=agency.pk).exists():
        raise Refused(
            _(
                "%(agency)s không được biết hồ sơ này, vì người gây nguy hiểm làm ở đó. Chọn nơi khác: cơ quan cấp "
                "trên, hoặc chuyển tuyến đến nơi cư trú khác."
            )
            % {"agency": agencies.names([agency.pk], legal_day()).get(agency.pk, agency.key)}
        )
    member, _made = TeamMember.objects.get_or_create(
        team=file.team, agency=agency, part=part, until=None, defaults={"since": on, "user": user}
    )
    return member


def leave_team(file, part, on, **whose) -> None:
    """End a part on a file's team on a day: every agency's, or that of those `whose` conditions name."""
    file.team.members.filter(part=part, until=None, **whose).update(until=on)


def entrust(file, office, on) -> None:
    """Have an office manage a file from a day on, in place of the one that did; the clocks that run pass to it."""
    file.team.members.filter(part=TeamMember.Part.MANAGES, until=None).exclude(agency=office).update(until=on)
    join_team(file, office, TeamMember.Part.MANAGES, on)
    file.agency = office
    file.save(update_fields=["agency"])
    after_change(file)


def move(file, key):
    """A move by its key, with the words, permissions and article of the procedure of the file; None where it has none."""
    stated = _moves().get(key)
    return procedure_of(file, stated.track).move(key) if stated else None


def sentence(step) -> str:
    """What a step says in the history."""
    return words(step.key)


def words(key) -> str:
    """What a kind of step is called."""
    stated = _moves().get(key)
    return str(stated.label if stated else LINES.get(key, key))


LINES = {
    "identity": _("Ghi danh tính"),
    "facts": _("Ghi điều đã biết về người ấy"),
    "correct_fact": _("Sửa điều đã ghi"),
    "words": _("Ghi lời của người ấy"),
    "rights": _("Đã giải thích quyền"),
    "companion": _("Ghi người đi cùng"),
    "came_alone": _("Không có ai đi cùng"),
    "identity_declined": _("Người ấy chưa muốn nói mình là ai"),
    "words_declined": _("Người ấy chưa muốn kể"),
    "guardianship": _("Hỏi về gia đình và ghi người đại diện"),
    "child_protection_told": _("Đã báo cán bộ bảo vệ trẻ em cấp xã hoặc Tổng đài bảo vệ trẻ em"),
    "child_protection_result": _("Ghi kết quả can thiệp cho trẻ em"),
    "came_along": _("Đến cùng người khai là nạn nhân"),
    "entrusted": _("Báo Phòng LĐ-TB&XH cùng người khai"),
    "remark": _("Ghi thêm"),
    "draft_finding": _("Dự thảo kết luận xác minh"),
    "withdraw_draft": _("Rút dự thảo kết luận"),
    "safety_asked": _("Hỏi về an toàn, chưa hỏi được nhu cầu"),
    "screen_again": _("Hỏi lại nhu cầu trước mắt"),
    "assess_again": _("Đánh giá lại nhu cầu"),
    "support_offered": _("Đề nghị hỗ trợ"),
    "support_refused": _("Người ấy từ chối hỗ trợ"),
    "support_begun": _("Bắt đầu hỗ trợ"),
    "support_given": _("Đã hỗ trợ xong"),
    "support_taken_back": _("Rút dòng hỗ trợ ghi nhầm"),
    "need_gone": _("Không còn cần"),
    "support_applied": _("Nhận đơn đề nghị hỗ trợ"),
    "application_sent": _("UBND cấp xã gửi hồ sơ đề nghị hỗ trợ"),
    "application_received": _("Phòng LĐ-TB&XH nhận đủ hồ sơ đề nghị hỗ trợ"),
    "application_submitted": _("Trình Chủ tịch UBND cấp huyện quyết định hỗ trợ"),
    "application_decided": _("Chủ tịch UBND cấp huyện đã quyết định về đơn"),
    "more_measure": _("Thêm biện pháp bảo vệ"),
    "referral_sent": _("Chuyển tuyến"),
    "referral_accepted": _("Nơi nhận đã nhận lời"),
    "referral_declined": _("Nơi nhận từ chối"),
    "referral_refused": _("Người ấy không đồng ý chuyển đến"),
    "admission_minuted": _("Lập biên bản tiếp nhận khẩn cấp"),
    "admission_completed": _("Hoàn thiện hồ sơ tiếp nhận khẩn cấp"),
    "arrived": _("Đã đến nơi"),
    "visit_planned": _("Hẹn thăm"),
    "visit_made": _("Thăm lại"),
    STANDS: _("Còn nguy hiểm, dù đã có biện pháp bảo vệ"),
    OVER: _("Không còn nguy hiểm"),
    "danger_called": _("Gọi báo nguy hiểm"),
    "danger_written": _("Gửi văn bản đề nghị bảo vệ"),
    "kept_from": _("Không cho biết: người gây nguy hiểm làm ở đó"),
    "closed": _("Kết thúc hồ sơ"),
    "assign": _("Giao người phụ trách"),
    "join": _("Ghép với hồ sơ khác của cùng một người"),
    "came_back": _("Người ấy trở lại, tiếp nhận trong hồ sơ mới"),
    "unjoin": _("Tách hai hồ sơ đã ghép nhầm"),
    "set_aside": _("Thôi tính dòng này khi ghép hoặc tách hồ sơ"),
    "reopened": _("Mở lại hồ sơ kết thúc nhầm"),
    "erasure_asked": _("Đề nghị xóa vĩnh viễn danh tính"),
    "erasure_withdrawn": _("Rút đề nghị xóa vĩnh viễn danh tính"),
    "erasure_declined": _("Không đồng ý xóa danh tính"),
    "identity_erased": _("Đã xóa vĩnh viễn danh tính"),
}


@cache
def _moves():
    """Every move of every version; the words of the procedure itself, of its latest version, win."""
    own = sorted(procedures.versions(), key=lambda version: version.key == PROCEDURE)
    return {move.key: move for version in own for move in version.moves}


def _answers(conditions):
    return {name: (lambda value=value: bool(value)) for name, value in (conditions or {}).items()}


def _seat(by, file, step, track, procedure, paper):
    permissions = [P(value) for value in step.permissions]
    if paper.for_agency is not None:
        permissions = [P.ANSWER_RECORD] if P.ANSWER_RECORD in permissions else []
    require_any(by, permissions, file)
    agencies = set(file.team.members.filter(until=None).values_list("agency_id", flat=True))
    holder = procedure.tracks[step.track].stages[track.stage].holder if track else None
    for permission in permissions:
        for seat in by.seats:
            if permission not in seat.rights.permissions or seat.agency_id not in agencies:
                continue
            if permission in HOLDERS_OWN and seat.agency.kind != holder:
                continue
            if permission == P.ANSWER_RECORD and paper.for_agency is None and holder != seat.agency.kind:
                raise Refused(
                    _("Việc này của %(holder)s. Nếu nơi ấy trả lời bằng giấy, chọn “ghi thay” và ghi số, ngày văn bản.")
                    % {"holder": procedure.agencies[holder]}
                )
            return seat
    raise PermissionDenied


def agency_on(by, file, permission):
    """The agency for which somebody writes: of the seats on the file with a permission, first one on its team.

    Raises PermissionDenied (403) where none of their seats reaches the file with it.
    """
    seats = sorted(held_on(by, file).having(permission), key=lambda seat: seat.rights.by_area)
    if not seats:
        raise PermissionDenied
    return seats[0].agency


def _check_paper(paper):
    if paper.for_agency is not None and not (clean(paper.no) and paper.on):
        raise Refused(_("Khi ghi thay, cần số và ngày văn bản của nơi trả lời."), field="paper_no")
    invariants.check_paper(paper.on)


def whose(file) -> dict:
    """Whose move a clock is: the procedure's word → agency id."""
    parts = {}
    for member in file.team.members.filter(until=None).select_related("agency"):
        parts.setdefault((member.part, member.agency.kind), member.agency_id)
        parts.setdefault(member.part, member.agency_id)
    part = TeamMember.Part
    return {
        "first_contact": file.reception.agency_id,
        "commune": file.reception.agency_id,
        "police_district": parts.get((part.VERIFIES, Kind.POLICE_DISTRICT)) or parts.get((part.VERIFIES, Kind.OUTSIDE)),
        "police_province": parts.get((part.VERIFIES, Kind.POLICE_PROVINCE)),
        "labour_office": parts.get((part.MANAGES, Kind.LABOUR_OFFICE)),
        "shelter": parts.get(part.SHELTERS),
        "responsible": file.agency_id,
        "person": file.agency_id,
    }
