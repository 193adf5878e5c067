"""The desk of one officer, in a number of queries that does not grow with the number of files."""

import datetime as dt
from collections import Counter

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, When, Window
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from benan.accounts import policy
from benan.accounts import queries as agencies
from benan.accounts.roles import Kind, P
from benan.cases import erasing, unattended
from benan.cases.buttons import CHILD_DUTIES, OPEN, button
from benan.cases.models import Due, File, Finding, Track
from benan.cases.queries import TONIGHT, clock, status
from benan.cases.steps import PROCEDURE, UNDER_MEASURES
from benan.core.days import clock as present
from benan.core.days import legal_day, show
from benan.plan import queries as plans
from benan.rules import procedures
from benan.rules.calendar import DayTable
from benan.shell import setting_up
from benan.support import queries as support
from benan.support.models import Referral
from benan.support.needs import KINDS
from benan.support.policy import decides, endangered

AHEAD = dt.timedelta(days=14)  # shown as coming
MOST, FEW = 40, 8  # tasks listed, the most urgent, and rows of each list beside them; the rest is said in words
GROUPS = [
    (gettext_lazy("Quá hạn"), {"qua"}),
    (gettext_lazy("Đến hạn hôm nay"), {"nay"}),
    (gettext_lazy("Sắp tới"), {"sap", "con"}),
    (gettext_lazy("Không có hạn luật, hoặc chưa rõ hạn"), {"dung"}),
]
# What an office may decide about danger, in short.
_DECIDES = (
    ({Kind.COMMUNE, Kind.POLICE_COMMUNE, Kind.LABOUR_OFFICE, Kind.SHELTER},
     gettext_lazy("Mình quyết định được: giữ bí mật, hạn chế tiếp xúc, nơi tạm lánh; nơi tạm lánh bố trí trước cả quyết định "
                  "(Nghị định 62/2012, Điều 8 khoản 2 điểm g; Điều 10 khoản 2, 5)")),
    ({Kind.POLICE_DISTRICT, Kind.POLICE_PROVINCE},
     gettext_lazy("Công an quyết định được cả canh gác, đi cùng, đổi nơi ở, răn đe, ngăn chặn (Nghị định 62/2012, Điều 8 "
                  "khoản 2 điểm a; Điều 10 khoản 2, 5)")),
)  # fmt: skip
_NO_GAUGE = {"state": "nguy", "gone": 0, "total": 0, "unverified": False, "day": None}


def desk(user) -> dict:
    """Dangers, groups of tasks (overdue, today, coming, without limit), new files, what waits elsewhere, the next two weeks."""
    today = legal_day()
    own = user.offices(P.FILE_VIEW)
    threatened, told, ended, of_dangers = _dangers(user)
    dues, of_dues = _dues(user, own, today)
    visits, of_visits = _visits(user, own, today)
    held = policy.held_on_each(user, [*threatened, *(row.file for row in [*dues, *visits])])
    dangers = [*(_danger(file, held[file.pk]) for file in threatened), *map(_told, told)]
    dues = [_task(due, today, held[due.file_id], own) for due in dues]
    visits = [_visit(visit, today, held[visit.file_id]) for visit in visits]
    reports = _reports(user, today)
    needs, of_needs = _needs(user, own)
    tasks = sorted([*dues, *visits, *reports, *needs], key=_urgency)
    listed = tasks[:MOST]
    now = of_dues["now"] + of_visits["now"] + sum(report["day"] == today for report in reports)
    coming = of_dues["coming"] + of_visits["coming"] + sum(report["day"] > today for report in reports)
    every = of_dues["all"] + of_visits["all"] + of_needs["all"] + len(reports)
    counts = (of_dues["late"], now, coming, every - of_dues["late"] - now - coming)
    new, waiting, groups = _new(user, today), _waiting(user, own, today), []
    called = agencies.called(each["office"] for each in [*new["listed"], *waiting["listed"]])
    for each in [*new["listed"], *waiting["listed"]]:
        each["agency"] = called[each["office"]]
    for (name, states), count in zip(GROUPS, counts, strict=True):
        found = [task for task in listed if task["state"] in states]
        groups += [(name, found, count)] if found else []
    return {
        "today": today, "title": _title(user, of_dangers["all"], of_dues["late"], now), "groups": groups,
        "dangers": {"listed": dangers, "all": of_dangers["all"], "more": of_dangers["all"] - len(dangers)},
        "ended": ended,
        "more": every - len(listed), "days": _days(today, of_dues["days"] + of_visits["days"], reports),
        "new": new, "waiting": waiting, "decisions": _decisions(user),
        "referrals": _referrals(user), "unattended": unattended.offices_for(user),
        "setting_up": setting_up.left(user), "idle": _idle(user),
        "without_role": [] if user.seats else agencies.why_no_role(user),
    }  # fmt: skip


def shown(desk) -> list:
    """The files that stand on a desk."""
    rows = [*desk["dangers"]["listed"], *(task for _name, tasks, _count in desk["groups"] for task in tasks)]
    rows += [*desk["ended"], *desk["new"]["listed"], *desk["waiting"]["listed"]]
    files = [row.get("file") for row in rows] + [row["who"] for row in desk["decisions"]["listed"]]
    return [file for file in files if file]


def _dangers(user):
    """Whoever is in danger, the longest waiting first: a task of its own whatever the law's limits, never cut off by others."""
    stage = Track.objects.filter(file=OuterRef("pk"), kind="protection").values("stage")
    rows = endangered(user).select_related("reception").annotate(protection=Subquery(stage))
    rows, of = _first(rows.order_by("danger_since", "pk"), MOST)
    told, ended = support.notices(user)
    of["all"] += len(told)
    return rows, told, ended, of


def _danger(file, held):
    kinds = {seat.agency.kind for seat in decides(held)}
    law = [words for of, words in _DECIDES if of & kinds] or [_("Nghị định 62/2012, Điều 10 khoản 2")]
    if not procedures.is_covered(PROCEDURE, legal_day()):
        law = [_("Đưa người ấy đến nơi an toàn trước; chương trình chưa có quy định của hôm nay về ai quyết định")]
    if file.protection in UNDER_MEASURES:
        page = ("support:safety_act", [file.code, "con-nguy-hiem"]) if kinds else ("support:safety", [file.code])
        return _who(file) | _NO_GAUGE | {
            "what": _("Đã có biện pháp bảo vệ: trả lời còn nguy hiểm không"), "clock": _("Nguy hiểm"),
            "law": _("Báo đỏ giữ đến khi trả lời · Nghị định 62/2012, Điều 10 khoản 6, 7"),
            "action": _("Trả lời"), "action_url": reverse(page[0], args=page[1]),
        }  # fmt: skip
    return _who(file) | _NO_GAUGE | {
        "what": _("Quyết định bảo vệ ngay, hoặc trả lời vì sao không"), "clock": _("Nguy hiểm"),
        "law": " · ".join(str(words) for words in law),
        "action": _("Bảo vệ"), "action_url": reverse("support:safety", args=[file.code]),
    }  # fmt: skip


def _told(notice):
    return {"file": notice["file"], "url": notice["url"]} | _NO_GAUGE | {
        "what": _("Báo nguy: gọi lại %(agency)s") % {"agency": notice["agency"]},
        "clock": _("Nguy hiểm"), "kind": "",
        "law": _("%(place)s · chỉ thấy bí danh, nơi và số gọi") % {"place": notice["where"]},
        "action": _("Xem, gọi"), "action_url": notice["url"],
    }  # fmt: skip


def _dues(user, own, today):
    # A right that has lapsed is nobody's task; whatever else is late stays until it is done. Danger: `_dangers`.
    # What is overdue for a child is also a task of the office that manages the file: it sees to it that it is done.
    gone, late, tonight = _by_the_clock(today)
    for_child = late & CHILD_DUTIES & Q(file__agency__in=own)
    mine = _open_dues(user).filter(Q(agency__in=own) | for_child, governs=True).exclude(lapses=True, due_on__lt=today)
    mine = mine.exclude(limit="decide_protection", file__danger_since__isnull=False)
    within = mine.exclude(due_on__gt=today + AHEAD)
    by_urgency = within.order_by(
        Case(When(Q(due_on__lt=today) & ~late, then=1), default=0), F("due_on").asc(nulls_last=True),
        F("due_at").asc(nulls_last=True), "pk",
    )  # fmt: skip
    now = (Q(due_on=today) | tonight) & ~gone
    kinds = {"late": late, "now": now, "coming": Q(due_on__gt=today) & ~tonight}
    rows, of = _first(by_urgency, MOST, **kinds)
    return rows, of | {"days": _by_day(within, "due_on", rows, of)}


def _by_the_clock(today):
    """Limits that have gone by, those of them that are overdue, and those of the next hours (`TONIGHT`), by day and hour."""
    now = present().time()
    until = (dt.datetime.combine(today, now) + dt.timedelta(hours=TONIGHT)).time()
    its_day = today + dt.timedelta(days=1 if until < now else 0)
    hour_gone = Q(due_on=today, due_at__isnull=False, due_at__lt=now)
    late = hour_gone | (Q(binding=True) | CHILD_DUTIES) & Q(due_on__lt=today)
    tonight = Q(due_on=its_day, due_at__isnull=False, due_at__lte=until)
    return hour_gone | Q(due_on__lt=today), late, tonight


def _visits(user, own, today):
    agreed = support.visits_to_make(user, own, today + AHEAD)
    kinds = {"now": Q(planned_on=today), "coming": Q(planned_on__gt=today)}
    rows, of = _first(agreed.order_by(_gone(today, "planned_on"), "planned_on", "pk"), MOST, **kinds)
    return rows, of | {"days": _by_day(agreed, "planned_on", rows, of)}


def _needs(user, own):
    """One task for each file with needs that nobody answered, the longest waiting first."""
    files, of = _first(support.unanswered(user, own), MOST)
    return [_need(file) for file in files], of


def _first(rows, most, **kinds):
    """The first rows, and how many there are of all and of each kind (a condition by name), in one question."""
    counts = {name: Window(Count("pk", filter=kind)) for name, kind in {"all": None, **kinds}.items()}
    found = list(rows.annotate(**counts)[:most])
    return found, {name: getattr(found[0], name) if found else 0 for name in counts}


def _by_day(rows, field, listed, of) -> Counter:
    """How many rows there are of each day, those that are not listed included; no question where all are."""
    if of["all"] == len(listed):
        return Counter(getattr(row, field) for row in listed)
    return Counter(dict(rows.order_by().values_list(field).annotate(Count("pk"))))


def _gone(today, field):
    """Sorts days that have gone by without being overdue in law behind those that are still to come."""
    return Case(When(**{f"{field}__lt": today}, then=1), default=0)


def _urgency(task):
    """The order in which each kind was asked for, over all kinds: `_gone` last, then by day."""
    return task["state"] == "dung", task["day"] or dt.date.max, task.get("at") or dt.time.max


def _open_dues(user):
    files = File.objects.visible_to(user).filter(closed_on=None)
    return Due.objects.filter(met_on=None, ended_on=None, file__in=files).select_related("file", "file__reception")


def _task(due, today, held, own):
    act = button(due, held, due.file.code)
    more = {"day": due.due_on, "at": due.due_at, "action": act["label"], "action_url": act["url"]}
    if due.agency_id not in own:
        more["what"] = _("Nhắc nơi được giao: %(what)s") % {"what": due.label}
    return clock(due, today) | _who(due.file) | more


def _visit(visit, today, held):
    left = (visit.planned_on - today).days
    state = "nay" if left == 0 else "dung" if left < 0 else "sap" if left <= 3 else "con"
    words = (
        _("Hôm nay")
        if left == 0
        else _("Hẹn đã qua %(n)d ngày") % {"n": -left}
        if left < 0
        else _("Còn %(n)d ngày") % {"n": left}
    )
    return _who(visit.file) | {
        "what": _("Thăm lại"), "state": state, "clock": words, "gone": 0, "total": 0, "unverified": False, "day": visit.planned_on,
        "law": _("hẹn %(on)s · hẹn của tổ hỗ trợ, không phải hạn luật") % {"on": show(visit.planned_on)},
        **_made(visit, held),
    }  # fmt: skip


def _made(visit, held):
    if not held.any(P.SUPPORT_RECORD):
        return {"action": OPEN[0], "action_url": reverse("support:homeward", args=[visit.file.code])}
    return {"action": _("Ghi lần thăm"), "action_url": reverse("support:visit", args=[visit.file.code, visit.pk])}


def _need(file):
    since, kinds = support.asked_for(file)
    wanted = "; ".join(str(KINDS[kind].label) for kind in kinds)
    return _who(file) | {
        "what": _("Nhu cầu chưa có trả lời: %(needs)s") % {"needs": wanted}, "state": "dung", "day": None,
        "clock": _("từ %(on)s") % {"on": f"{since:%d/%m}"}, "gone": 0, "total": 0, "unverified": False,
        "law": _("ghi ngày %(on)s · còn ở đây đến khi có trả lời, không phải hạn luật") % {"on": show(since)},
        "action": _("Ghi hỗ trợ"), "action_url": reverse("support:needs", args=[file.code]),
    }  # fmt: skip


def _reports(user, today):
    plan = plans.current(today)
    if plan is None or not user.may(P.REPORT_MAKE):
        return []
    tasks = []
    for due in plans.deadlines(plan, today, today + AHEAD):
        left = (due.on - today).days
        tasks.append({
            "what": due.deadline.what, "state": "nay" if left == 0 else "sap" if left <= 3 else "con", "day": due.on,
            "clock": _("Hôm nay") if left == 0 else _("Còn %(n)d ngày") % {"n": left}, "gone": 0, "total": 0, "unverified": False,
            "law": _("chậm nhất %(on)s · kế hoạch %(plan)s, mục %(number)s")
            % {"on": show(due.on), "plan": plan.number, "number": due.deadline.clause.number},
            "action": _("Mở báo cáo"), "action_url": reverse("reports:report"),
        })  # fmt: skip
    return tasks


def _who(file):
    kind, label = status(file)
    return {"file": file, "url": file.get_absolute_url(), "kind": kind, "kind_label": label}


def _idle(user):
    """Where work comes from, for who has none today."""
    if user.may(P.FILE_VIEW):
        return _("Việc mới hiện ra ở đây ngay khi có người được tiếp nhận, hoặc nơi khác chuyển việc đến.")
    if user.may(P.USER_MANAGE):
        return _(
            "Vai trò chờ xác nhận và đề nghị chờ trả lời hiện ra ở đây. Lập tài khoản và giao vai trò ở trang Tài khoản."
        )
    return _(
        "Vai trò của mình không xem hồ sơ nên không có việc của hồ sơ nào ở đây. Nhiệm vụ của đơn vị xem ở trang Kế hoạch."
    )


def _title(user, dangers, late, today):
    if not user.seats:
        return _("Chưa có vai trò nào có hiệu lực.")
    if not dangers and not late and not today:
        return _("Hôm nay không có việc nào đến hạn.")
    parts = [_("%(n)d người đang gặp nguy hiểm") % {"n": dangers}] if dangers else []
    parts += [ngettext("%(n)d việc đến hạn", "%(n)d việc đến hạn", today) % {"n": today}] if today else []
    parts += [ngettext("%(n)d việc quá hạn", "%(n)d việc quá hạn", late) % {"n": late}] if late else []
    return _("Hôm nay %(what)s.") % {"what": ", ".join(parts)}


def _days(today, counts, reports):
    table = DayTable.load(today, today + AHEAD)
    counts = counts + Counter(report["day"] for report in reports)
    span = [today + dt.timedelta(days=n) for n in range(AHEAD.days)]
    return [{"date": day, "off": table.seems_off(day), "today": day == today, "count": counts[day]} for day in span]


def _new(user, today):
    """Files whose notice nobody at one's labour office has taken yet, or whose request no police has noted."""
    wanted = {P.NOTICE_TAKE: ("notified", "take_notice"), P.REQUEST_RECEIVE: ("requested", "receive_request")}
    found, more = [], 0
    for permission, (stage, move) in wanted.items():
        if not user.may(permission):
            continue
        tracks = Track.objects.filter(
            kind="verification", stage=stage, file__in=File.objects.can(user, permission).filter(closed_on=None)
        )
        rows, of = _first(tracks.select_related("file", "file__reception").order_by("-since", "-pk"), FEW)
        more += of["all"] - len(rows)
        found += [
            {"file": row.file, "since": row.since, "url": reverse("cases:move", args=[row.file.code, move])}
            for row in rows
        ]
    for each in found:
        each.update(office=_came(each["file"]), status=status(each["file"]))
    return {"listed": found, "more": more}


def _came(file):
    return file.reception.agency_id, file.reception.came_on


def _waiting(user, own, today):
    """What others must do next on files that one's agency manages."""
    theirs = (
        _open_dues(user)
        .filter(governs=True, lapses=False, file__agency__in=own)
        .exclude(agency__in=own)
        .exclude(agency=None)
        .exclude(_by_the_clock(today)[1] & CHILD_DUTIES)
    )
    rows, of = _first(theirs.order_by(F("due_on").asc(nulls_last=True), F("due_at").asc(nulls_last=True), "pk"), FEW)
    listed = [clock(row, today) | _who(row.file) | {"office": (row.agency_id, today)} for row in rows]
    return {"listed": listed, "more": of["all"] - len(rows)}


def _decisions(user):
    """What waits for a head: findings to sign, identities to erase, roles to confirm."""
    found, more = [], 0
    if user.may(P.FINDING_SIGN):
        files = File.objects.can(user, P.FINDING_SIGN).filter(closed_on=None)
        drafts = Finding.objects.filter(on=None, withdrawn=False, file__in=files)
        rows, of = _first(drafts.select_related("file", "file__reception").order_by("pk"), FEW)
        more = of["all"] - len(rows)
        found += [
            {"what": _("Ký kết luận xác minh"), "url": reverse("cases:sign", args=[row.file.code])} | {"who": row.file}
            for row in rows
        ]
    if user.may(P.IDENTITY_ERASE):
        asked = erasing.waiting_for(user).select_related("file", "file__reception").order_by("pk")
        rows, of = _first(asked, FEW)
        more += of["all"] - len(rows)
        found += [
            {"what": _("Quyết định về đề nghị xóa danh tính"), "url": reverse("cases:decide_erasure", args=[row.file.code])}
            | {"who": row.file}
            for row in rows
        ]  # fmt: skip
    decides = user.may(P.ROLE_CONFIRM) or user.may(P.USER_MANAGE)
    waiting = agencies.waiting_for(user) if decides else ()
    if waiting:
        words = _("%(n)d vai trò chờ xác nhận") % {"n": len(waiting)}
        found.append({"what": words, "url": reverse("accounts:confirmations"), "who": None})
    asked = [each for each in agencies.end_requests(user) if each["may"]] if decides else ()
    if asked:
        words = _("%(n)d đề nghị thu hồi vai trò, ngừng tài khoản chờ đồng ý") % {"n": len(asked)}
        found.append({"what": words, "url": reverse("accounts:confirmations"), "who": None})
    return {"listed": found, "more": more}


def _referrals(user):
    if not user.may(P.REFERRAL_ANSWER):
        return 0
    own = user.offices(P.REFERRAL_ANSWER)
    return (
        Referral.objects.can(user, P.REFERRAL_ANSWER)
        .filter(receiver__in=own, accepted=None, file__closed_on=None)
        .count()
    )
