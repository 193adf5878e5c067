"""Reads for one page each: the file, its reception, the list, what may be done next."""

import datetime as dt

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benan.accounts import policy
from benan.accounts import queries as agencies
from benan.accounts.roles import P
from benan.cases import erasing, steps, unattended
from benan.cases.aliases import PLACES, PLANTS
from benan.cases.buttons import of_the_file, owed_to_child
from benan.cases.models import Due, File, Guardianship, Status
from benan.core.days import clock as present
from benan.core.days import legal_day, show
from benan.core.text import fold, plain, sort_key
from benan.places import queries as places
from benan.rules import procedures
from benan.vault import access
from benan.vault.ages import YEARS, Age

Kind = File.Kind
TONIGHT = 12  # hours before a limit that has an hour from which it is shown as today's, whatever the date
SOON = 3  # days before a limit from which it is shown as soon

# Told wherever somebody was found not to be a victim: nobody claims back from who was mistaken.
KEPT = gettext_lazy(
    "Những gì đã hỗ trợ thì giữ nguyên; chỉ người giả mạo là nạn nhân mới phải hoàn trả (Luật 66/2011, Điều 23 khoản 3). "
    "Nếu sau này có giấy tờ theo Điều 28 thì ghi nhận giấy tờ ấy, và từ ngày đó người ấy là nạn nhân."
)
# Moves made on a page of their own; the others are made while receiving or by the app that owns the track.
CHILD_CALL = "tell_child_protection"
PAGES = ("take_notice", "record_proof", "request_verification", "receive_request", "report_to_province", "receive_report",
         "tell_outcome", "hand_to_immigration", "close_verification")  # fmt: skip


def file_page(user, file) -> dict:
    """Everything the file's page shows to this user, in a number of queries that does not grow with its history."""
    rows = list(file.steps.select_related("by").order_by("-on", "-pk"))
    replaced = {row.corrects_id: row for row in rows if row.corrects_id}
    dues = list(file.dues.all())
    team = list(file.team.members.filter(until=None).select_related("user").order_by("pk"))
    findings = list(file.findings.filter(withdrawn=False).select_related("drafted_by", "signed_by"))
    today = legal_day()
    # What happened is told in the names of its day; what is still to be done, in those of today.
    then = {(agency, row.on) for row in rows for agency in (row.agency_id, row.to_agency_id, row.for_agency_id)}
    then |= {(row.agency_id, row.on or today) for row in findings}
    called = agencies.called(then | {(row.agency_id, today) for row in [*dues, *team]})
    names = {agency: name for (agency, day), name in called.items() if day == today}
    held = policy.held_on(user, file)
    own = held.agencies()
    tracks = {track.kind: track for track in file.tracks.all()}
    first = procedures.to_begin(steps.PROCEDURE, file.reception.came_on)
    ends = may_end(user, file)
    offered = moves(held, file, tracks, findings, ends=ends)
    return {
        "file": file,
        "status": status(file),
        "facts": _facts(file),
        "notice": first.notice,
        "procedure": "" if first.notice else _("Thủ tục theo luật 2011"),
        "streams": streams(file, tracks, rows, replaced),
        "left": left_over(held, file, rows),
        "minor": minor(held, file, dues),
        "next": next_step(held, file, dues, names, offered),
        "moves": offered,
        "history": [_line(row, replaced, called, held) for row in rows if row.pk not in replaced],
        "clocks": [clock(due) | {"whose": names.get(due.agency_id, "")} for due in dues if due.is_open],
        "unattended": unattended.warnings_about(file, dues, team, findings),
        "team": [(str(member.get_part_display()), names.get(member.agency_id, ""), member.user) for member in team],
        "related": related(user, file),
        **same_person(user, file, held, ends=ends),
        # A draft says nothing until the head signs: only the office that wrote it reads it.
        "findings": [
            (row, called[row.agency_id, row.on or today]) for row in findings if row.on or row.agency_id in own
        ],
        "known": sorted(access.known_fields(file.person_id), key=list(access.FIELDS).index),
        "seen": max((row.pk for row in rows), default=0),
        **erasing.state(user, file, held),
        "may_open": held.any(P.IDENTITY_OPEN) and not file.erased_on,
        "may_correct": held.any(P.FILE_CORRECT),
    }


def status(file) -> tuple[str, str]:
    """How the person is spoken of: (shape, words). Nobody is called a victim before it is found."""
    if file.kind != Kind.CLAIMANT:
        return file.kind, str(Kind(file.kind).label)
    return {
        Status.Kind.VICTIM: ("victim", _("Nạn nhân")),
        Status.Kind.NOT_VICTIM: ("received", _("Người được tiếp nhận")),
    }.get(file.status, ("pending", _("Chờ xác minh")))


def streams(file, tracks, rows, replaced) -> list[dict]:
    """The file's tracks as the procedure picture draws them."""
    first = procedures.to_begin(steps.PROCEDURE, file.reception.came_on)
    kinds = [kind for kind in first.tracks if kind != "verification" or file.kind == Kind.CLAIMANT]
    drawn = []
    for kind in kinds:
        procedure = procedures.for_track(tracks[kind]) if kind in tracks else first
        history = [
            (row.stage, row.on) for row in reversed(rows) if row.track == kind and row.stage and row.pk not in replaced
        ]
        stations = [
            {"key": each.key, "label": each.label, "state": each.state, "under": f"{each.on:%d/%m}" if each.on else ""}
            for each in procedure.stations(kind, history)
        ]
        drawn.append({"key": kind, "label": procedure.tracks[kind].label, "stations": stations})
    return drawn


def clock(due, today=None) -> dict:
    """A clock as pages draw it: state, words, days gone of all days, the law's line."""
    today = today or legal_day()
    unverified = due.certainty.startswith("memory")
    if due.due_on is None:
        state, words = "dung", _("chưa rõ hạn")
    elif due.met_on or due.ended_on:
        state, words = "xong", _("xong %(on)s") % {"on": show(due.met_on or due.ended_on)}
    else:
        left, hours = (due.due_on - today).days, _hours_left(due, today)
        if hours is not None and hours < 0 and left >= 0:
            state, words = "qua", _("Quá hạn từ %(at)s") % {"at": f"{due.due_at:%H:%M}"}
        elif left < 0 and (due.binding or owed_to_child(due)) and not due.lapses:
            state, words = "qua", _("Quá %(n)d ngày") % {"n": -left}
        elif left < 0:
            state, words = "dung", _("%(n)d ngày sau mốc") % {"n": -left}
        elif left == 0 or (hours is not None and hours <= TONIGHT):
            state, words = "nay", _("Hôm nay")
        else:
            state, words = "sap" if left <= SOON else "con", _("Còn %(n)d ngày") % {"n": left}
    total = (due.due_on - due.started_on).days if due.due_on else 0
    parts = [_("hạn %(on)s") % {"on": show(due.due_on)}] if due.due_on else []
    parts += [f"{due.duration} từ {due.started_on:%d/%m}" if due.duration else "", due.basis]
    if due.due_at:
        if state in ("nay", "sap", "con"):
            words = _("Đến %(at)s") % {"at": f"{due.due_at:%H:%M}"}
        parts[:2] = [
            _("hạn %(at)s ngày %(on)s") % {"at": f"{due.due_at:%H:%M}", "on": show(due.due_on)},
            _("trong %(n)s từ lúc %(at)s ngày %(on)s")
            % {"n": due.duration, "at": f"{due.started_at:%H:%M}", "on": f"{due.started_on:%d/%m}"},
        ]
    parts += [_("tính theo ngày gửi, quy ước")] if due.convention else []
    return {
        "what": due.label, "state": state, "clock": words, "gone": max((today - due.started_on).days, 0) if total else 0,
        "total": total, "law": " · ".join(part for part in parts if part), "unverified": unverified, "due": due,
    }  # fmt: skip


def _hours_left(due, today):
    """Hours until a limit that has an hour, counted on the clock of the legal day; None for others."""
    if due.due_at is None:
        return None
    now = dt.datetime.combine(today, present().time())
    return (dt.datetime.combine(due.due_on, due.due_at) - now) / dt.timedelta(hours=1)


def moves(held, file, tracks, findings, *, ends) -> list[dict]:
    """What may be done next on the verification track with what is `held` on the file, each with its page."""
    track = tracks.get("verification")
    if track is None or not file.is_open:
        return []
    procedure = procedures.for_track(track)
    holder = procedure.tracks["verification"].stages[track.stage].holder
    offered, answers = [], False
    for move in procedure.moves_from("verification", track.stage):
        allowed = ends if P.FILE_CLOSE in move.permissions else held.any(*move.permissions)
        if move.key == "notify_labour" and allowed:
            offered.append(_offer(file, "review", move.label))
        elif move.key.startswith("answer_"):
            answers = True
        elif move.key in PAGES and allowed and not _others(held, move, holder):
            behalf = on_behalf(held, move, holder)
            label = _("Ghi thay: %(what)s") % {"what": move.label} if behalf else move.label
            offered.append(_offer(file, "move", label, move.key))
    if answers:
        offered = _answer_moves(held, file, findings, holder) + offered
    return offered


def next_step(held, file, dues, names, own) -> dict | None:
    """The earliest clock that governs, whose move it is, and what may be done about it (`own`: the moves offered)."""
    if not file.is_open:
        return None
    running = sorted((due for due in dues if due.is_open and due.governs and not due.lapses), key=by_hour)
    if not running and own:
        return {"what": own[0]["label"], "actions": own[:1]}
    if not running:
        more = {"label": _("Nhu cầu, hỗ trợ"), "url": reverse("support:needs", args=[file.code])}
        return {"what": _("Hỗ trợ theo nhu cầu, từng bước về nhà"), "actions": [more]}
    due = running[0]
    shown = clock(due)
    mine = due.agency_id in held.agencies()
    whose = names.get(due.agency_id, "")
    return shown | {
        "meanwhile": "" if mine else _("Việc của %(agency)s.") % {"agency": whose} if whose else "",
        "actions": of_the_file(due, held, file.code, own),
    }


def by_hour(due):
    """Sorts limits by their day and hour; one without an hour runs to the end of its day, one without a day comes last."""
    return due.due_on or dt.date.max, due.due_at or dt.time.max


def list_lines(files) -> list[dict]:
    """Lines of a list of files: who, state, where, and the earliest open clock that governs; three queries."""
    files = list(files)
    today = legal_day()
    dues = {}
    for due in Due.objects.filter(file__in=files, met_on=None, ended_on=None, governs=True, lapses=False).order_by(
        "-due_on", "-due_at", "-pk"
    ):
        if due.due_on:
            dues[due.file_id] = due
    for file in files:
        if file.pk in dues:
            dues[file.pk].file = file
    where = places.paths({(file.area_code, file.reception.came_on) for file in files})
    return [
        {
            "file": file, "status": status(file), "where": where[file.area_code, file.reception.came_on],
            "came_on": file.reception.came_on, "clock": clock(dues[file.pk], today) if file.pk in dues else None,
        }
        for file in files
    ]  # fmt: skip


def called(rows, words) -> tuple:
    """Those of some files whose alias is just these words, and those whose alias is near: parts of it, another number or place.

    Case and the place of a tone mark do not count, and marks only where they tell two plants apart (Sen, Sến).
    """
    name = plain(words).rstrip("0123456789")
    more = plain(words)[len(name) :]
    if len(more) > 9:  # no alias has such a number
        return rows.none(), rows.none()
    more, parts = more and str(int(more)), name.split()
    for place in PLACES:
        if fold(" ".join(parts[-2:])) == fold(place):
            name, more = " ".join(parts[:-2]), place
    wanted = fold(name)
    plants = [plant for plant in PLANTS if wanted and wanted in fold(plant)]
    alike = [plant for plant in plants if fold(plant) == wanted]
    typed = sort_key(name.lower())
    exact = [plant for plant in alike if sort_key(plant.lower()) == typed or (name.isascii() and len(alike) == 1)]
    aliases = [f"{plant} {more}".strip() for plant in exact]
    near = Q(alias__in=plants)
    for plant in plants:
        near |= Q(alias__startswith=f"{plant} ")
    return rows.filter(alias__in=aliases), rows.filter(near).exclude(alias__in=aliases)


def related(user, file) -> list[dict]:
    """Files of those who came together, as far as this user reaches them."""
    rows = File.objects.visible_to(user).filter(reception=file.reception_id).exclude(pk=file.pk)
    return [{"file": row, "status": status(row)} for row in rows]


def may_end(user, file) -> bool:
    """Whether the file is this user's to bring to an end, or to open again."""
    return policy.allows(user, P.FILE_CLOSE, file)


def same_person(user, file, held, *, ends) -> dict:
    """The other files of the person, as far as this user reaches them, and whether to receive them once more."""
    rows = File.objects.visible_to(user).filter(
        Q(pk=file.joined_to_id) | Q(joined_to=file) | Q(person=file.person_id)
    ).exclude(pk=file.pk)  # fmt: skip
    rows = list(rows.order_by("opened_on", "pk"))
    again = [row for row in rows if row.person_id == file.person_id]
    ended = not file.is_open and not file.joined_to_id and not file.erased_on
    returns = ended and held.any(P.FILE_RECEIVE)
    return {
        "joined_into": next((row for row in rows if row.pk == file.joined_to_id), None),
        "joined_here": [row for row in rows if row.joined_to_id == file.pk],
        "before": [row for row in again if row.opened_on <= file.opened_on and row.pk < file.pk],
        "after": [row for row in again if row.opened_on >= file.opened_on and row.pk > file.pk],
        "may_return": returns and not any(row.is_open for row in again),
        "may_reopen": ended and ends,
    }


def others_on(page) -> list[str]:
    """The codes of the other files that a file's page shows."""
    rows = [each["file"] for each in page["related"]] + page["joined_here"] + page["before"] + page["after"]
    rows += [page["joined_into"]] if page["joined_into"] else []
    return sorted({row.code for row in rows})


def stepper(file, here) -> dict:
    """The way of receiving somebody as pages draw it: its steps, the current one and its number, of how many.

    Addresses of other apps by name; without a file none is done yet.
    """
    done = _done(file.steps.all()) if file else set()
    told = procedures.is_covered(steps.PROCEDURE, file.reception.came_on if file else legal_day())
    way = [step for step in STEPS if step[0] in (here, *OF_ALL) or (file and may_be_minor(file))]
    drawn = [
        {
            "label": label if told or name != "cases:review" else _("Xem lại"),
            "url": reverse(name, args=[file.code]) if file and name not in ("cases:search", "cases:receive") else "",
            "done": bool(file) if keys is None else name in done,
            "current": name == here,
        }
        for name, label, keys in way
    ]
    number = [step["current"] for step in drawn].index(True) + 1
    return {"steps": drawn, "number": number, "total": len(drawn), "label": drawn[number - 1]["label"]}


def may_be_minor(file) -> bool:
    """Whether the person is or may be under 18 today."""
    return file.may_be_under(18, legal_day())


def minor(held, file, dues) -> dict | None:
    """What is known of the family of somebody who is or may be under 18, who represents, and what may be recorded."""
    if not may_be_minor(file):
        return None
    said = file.guardianships.first()
    writes = file.is_open and held.any(P.FILE_RECEIVE)
    calls = any(due.limit in (CHILD_CALL, "protect_child") and due.is_open for due in dues)
    return {
        "said": said, "warning": family_warning(file, said),
        "url": reverse("cases:guardianship", args=[file.code]) if writes else "",
        "call_url": reverse("cases:child_protection", args=[file.code]) if writes and calls else "",
    }  # fmt: skip


def harmed_by_family(file) -> bool:
    """Whether the family of somebody who is or may be under 18 did the harm."""
    return may_be_minor(file) and steps.harmed_by_family(file)


def child_call_open(file) -> bool:
    """Whether the child-protection officer is still to be told."""
    return file.dues.filter(limit=CHILD_CALL, met_on=None, ended_on=None).exists()


def family_warning(file, said=None) -> str:
    """What to heed before the family of somebody who is or may be under 18 is called or told; "" when nothing."""
    if not may_be_minor(file):
        return ""
    said = said or file.guardianships.first()
    if said is None or said.harm == Guardianship.Harm.UNKNOWN:
        return _(
            "Người này chưa đủ hoặc có thể chưa đủ 18 tuổi và chưa rõ gia đình có phải người gây hại không: hỏi rõ rồi mới "
            "gọi hoặc báo gia đình."
        )
    if said.harm == Guardianship.Harm.YES:
        return _(
            "Cha, mẹ, người giám hộ hoặc người thân của người này là người gây hại: không gọi, không báo, không hỏi ý kiến "
            "và không giao người này cho người ấy."
        )
    return ""


def left_over(held, file, rows) -> list[dict]:
    """The steps of receiving that were never recorded, each with its page, while who may receive can still do them."""
    if not (file.is_open and held.any(P.FILE_RECEIVE)):
        return []
    done = _done(rows)
    if not procedures.is_covered(steps.PROCEDURE, file.reception.came_on):
        done.add("cases:review")  # there is no notice to give
    return [
        {"label": label, "url": reverse(name, args=[file.code])}
        for name, label, keys in STEPS
        if keys and name not in done and (file.kind == Kind.CLAIMANT or name not in OF_CLAIMANTS)
        if name in OF_ALL or may_be_minor(file)
    ]


# The steps of receiving: the page, what it is called, and the lines of the history of which any says that it was done;
# that somebody answered "no" is such a line.
STEPS = (
    ("cases:search", gettext_lazy("Tìm trước khi tạo"), None),
    ("cases:receive", gettext_lazy("Đến thế nào"), None),
    ("support:now", gettext_lazy("An toàn và nhu cầu ngay"), {"screen_needs"}),
    ("cases:guardianship", gettext_lazy("Người chưa đủ 18 tuổi"), {"guardianship"}),
    ("cases:companions", gettext_lazy("Ai đi cùng"), {"companion", "came_alone"}),
    ("cases:who", gettext_lazy("Người ấy là ai (nếu muốn nói)"), {"identity", "identity_declined"}),
    ("cases:words", gettext_lazy("Lời của người ấy"), {"words", "words_declined"}),
    ("cases:rights", gettext_lazy("Quyền đã giải thích"), {"rights"}),
    ("support:given", gettext_lazy("Những gì đã trao"),
     {"support_given", "support_offered", "support_refused", "support_begun"}),
    ("cases:review", gettext_lazy("Xem lại và báo lên huyện"), {"notify_labour"}),
)  # fmt: skip
OF_ALL = tuple(name for name, _label, _keys in STEPS if name != "cases:guardianship")
OF_CLAIMANTS = {"cases:companions", "cases:review"}  # done once for all who came together


def _done(rows) -> set[str]:
    """The pages of the steps of receiving that are done, from the steps of a file."""
    rows = list(rows)
    keys = {row.key for row in rows}
    done = {name for name, _label, answers in STEPS if answers and answers & keys}
    # Who needs nothing at once is given nothing.
    if any(row.key == "screen_needs" and row.details.get("needs") == [] for row in rows):
        done.add("support:given")
    return done


def on_behalf(held, move, holder) -> bool:
    """Whether a move is recorded for an office that answers on paper: one records answers, and does not sit there."""
    own = {*move.permissions} - {P.ANSWER_RECORD}
    sits = any(own & seat.rights.permissions and seat.agency.kind == holder for seat in held.seats)
    return P.ANSWER_RECORD in move.permissions and held.any(P.ANSWER_RECORD) and not sits


def _others(held, move, holder):
    """Whether the move is the holder's own and is not held there."""
    holds = holder in {seat.agency.kind for seat in held.seats}
    return not holds and held.permissions & {*move.permissions} <= steps.HOLDERS_OWN


def _answer_moves(held, file, findings, holder):
    draft = next((row for row in findings if row.on is None), None)
    sits = {permission for seat in held.seats if seat.agency.kind == holder for permission in seat.rights.permissions}
    offered = []
    if P.FINDING_SIGN in sits and draft:
        offered.append(_offer(file, "sign", _("Ký kết luận xác minh")))
    if P.FINDING_DRAFT in sits:
        offered.append(_offer(file, "draft", _("Dự thảo lại kết luận") if draft else _("Dự thảo kết luận xác minh")))
    if held.any(P.ANSWER_RECORD):
        offered.append(_offer(file, "answer", _("Ghi nhận trả lời bằng giấy")))
    return offered


def _offer(file, page, label, *more):
    return {"label": label, "url": reverse(f"cases:{page}", args=[file.code, *more])}


def _line(row, replaced, called, held):
    more = []
    if row.to_agency_id:
        more.append(_("đến %(agency)s") % {"agency": called[row.to_agency_id, row.on]})
    if row.for_agency_id:
        more.append(_("ghi thay %(agency)s") % {"agency": called[row.for_agency_id, row.on]})
    if row.paper_no:
        more.append(_("số %(no)s ngày %(on)s") % {"no": row.paper_no, "on": show(row.paper_on)})
    if row.details.get("arrival_no"):
        more.append(_("số đến %(no)s") % {"no": row.details["arrival_no"]})
    if row.details.get("joined_from"):
        more.append(_("từ hồ sơ ĐN-%(code)s") % {"code": row.details["joined_from"]})
    if row.details.get("label"):
        more.append(row.details["label"])
    if row.note:
        more.append(_("có lời ghi niêm phong"))
    return {
        "day": row.on, "of_entry": row.of_entry, "at": None, "what": steps.sentence(row), "more": " · ".join(more), "kind": "",
        "who": " · ".join(str(part) for part in (row.by, called.get((row.agency_id, row.on))) if part),
        "corrected": _("ngày %(on)s") % {"on": show(row.corrects.on)} if row.corrects_id else "",
        "url": reverse("cases:correct_day", args=[row.file.code, row.pk]) if row.event and held.any(P.FILE_CORRECT) else "",
    }  # fmt: skip


def _facts(file):
    came = file.reception.came_on
    parts = [str(File.Sex(file.sex).label) if file.sex else ""]
    if file.age_class:
        parts.append(str(Age(file.age_class).label))
    # Of who is or may be under 18 the class says it all: years beside it would seem to say something else.
    years = access.birth_years(person_id=file.person_id) if file.age_class == Age.ADULT else None
    if years:
        parts.append(_("sinh khoảng %(a)d-%(b)d") % {"a": years, "b": years + YEARS - 1})
    parts.append(str(file.reception.get_door_display()))
    parts.append(places.path(file.area_code, came))
    return [part for part in parts if part]
