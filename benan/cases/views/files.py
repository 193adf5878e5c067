"""The file, its history, who looked at it, and what may be corrected."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benan.accounts.models import Agency
from benan.accounts.roles import P
from benan.audit import trail
from benan.audit.events import Event
from benan.cases import codes, joined, looks, queries
from benan.cases.actions import corrections, identities
from benan.cases.forms import AssignForm, CorrectDayForm, JoinForm, RemarkForm, UnjoinForm
from benan.cases.models import File
from benan.cases.views import fetch, form_page, latest
from benan.core.days import legal_day
from benan.core.refusals import Refused
from benan.core.text import clean

PER_PAGE, LOOKS_PER_PAGE = 30, 200
TABS = (
    ("cases:file", gettext_lazy("Diễn biến")),
    ("support:needs", gettext_lazy("Nhu cầu, hỗ trợ")),
    ("support:safety", gettext_lazy("Bảo vệ")),
    ("support:homeward", gettext_lazy("Chuyển tuyến, về nhà")),
    ("cases:looks", gettext_lazy("Ai đã xem")),
)


def listing(request):
    """The files this officer may see, newest first, by state."""
    wanted = request.GET.get("trang-thai", "mo")
    rows = File.objects.visible_to(request.user).select_related("reception")
    rows = rows.exclude(closed_on=None) if wanted == "dong" else rows.filter(closed_on=None) if wanted == "mo" else rows
    rows = rows.filter(closed_on=None, danger_since__isnull=False) if wanted == "nguy-hiem" else rows
    page = Paginator(rows.order_by("-opened_on", "-pk"), PER_PAGE).get_page(request.GET.get("trang"))
    shown = queries.list_lines(page.object_list)
    trail.look_at_list(request, "cases:list", page.object_list)
    return render(request, "cases/list.html", {"page": page, "lines": shown, "wanted": wanted, "states": STATES})


def find(request):
    """Open the one file that has this code or alias; list those whose alias is near. Names are searched elsewhere."""
    asked = clean(request.GET.get("q", ""))
    rows = File.objects.visible_to(request.user).select_related("reception").order_by("closed_on", "-opened_on", "-pk")
    if (code := codes.read(asked)) and (file := rows.filter(code=code).first()):
        return redirect(file)
    exact, near = queries.called(rows, asked)
    found = exact.count()
    if found == 1:
        return redirect(exact.get())
    gone = [] if found or not asked else joined.asked_for(request.user, asked)
    for file, _office in gone:
        trail.look(request, Event.FILE_VIEWED, file, {"where": "joined"})
    page = Paginator(exact if found else near, PER_PAGE).get_page(request.GET.get("trang"))
    lines = queries.list_lines(page.object_list)
    trail.look_at_list(request, "cases:find", page.object_list)
    context = {"asked": asked, "exact": bool(found), "page": page, "lines": lines, "gone": gone}
    return render(request, "cases/found.html", context)


def show(request, code):
    """The file: who (alias), where in its tracks, next step, by whom, by when, under which article."""
    file = fetch(request, code)
    page = queries.file_page(request.user, file)
    others = queries.others_on(page)
    trail.look(request, Event.FILE_VIEWED, file, {"files": others} if others else None)
    return render(request, "cases/file.html", page | {"tabs": tabs(file, "cases:file")})


def who_looked(request, code):
    """Who looked at the file, and who asked elsewhere whether this person has one."""
    file = fetch(request, code)
    trail.look(request, Event.TRAIL_VIEWED, file)
    page = Paginator(looks.looks(file), LOOKS_PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "file": file,
        "page": page,
        "looks": looks.look_lines(file, page.object_list),
        "tabs": tabs(file, "cases:looks"),
        "status": queries.status(file),
    }
    return render(request, "cases/looks.html", context)


def remark(request, code):
    """Add sealed words to the history."""
    file = fetch(request, code)
    form = RemarkForm(request.POST or None, initial={"on": legal_day(), "seen": latest(file)})
    return _page(request, file, form, _("Ghi thêm vào diễn biến"), _("Ghi vào diễn biến"),
                 lambda data: corrections.remark(by=request.user, file=file, **data))  # fmt: skip


def assign(request, code):
    """Put a supporting agency on the team."""
    file = fetch(request, code, P.NEED_ASSESS)
    form = AssignForm(request.POST or None, initial={"seen": latest(file)})

    def do(data):
        agency = get_object_or_404(Agency, pk=data["agency"])
        return corrections.assign(by=request.user, file=file, part=data["part"], agency=agency, seen=data["seen"])

    return _page(request, file, form, _("Thêm đơn vị cùng phụ trách"), _("Thêm đơn vị"), do,
                 hint=_("Đơn vị được thêm sẽ thấy hồ sơ này. Vai trò của từng người ở đó quyết định họ làm được gì."))  # fmt: skip


def correct_day(request, code, step):
    """Correct the day of a step; the old day stays readable."""
    file = fetch(request, code, P.FILE_CORRECT)
    row = get_object_or_404(file.steps, pk=step)
    form = CorrectDayForm(request.POST or None, initial={"on": row.on, "seen": latest(file)})
    return _page(request, file, form, _("Sửa ngày đã ghi"), _("Sửa ngày"),
                 lambda data: corrections.correct_day(by=request.user, step=row, **data), of_erased=True,
                 hint=_("Ngày cũ vẫn đọc được trong diễn biến. Các hạn được tính lại từ ngày đúng."))  # fmt: skip


def join(request, code):
    """Join another file of the same person to this one."""
    file = fetch(request, code, P.FILE_CORRECT)
    form = JoinForm(request.POST or None, initial={"seen": latest(file)})

    def do(data):
        other = File.objects.can(request.user, P.FILE_CORRECT).filter(code=codes.read(data["code"])).first()
        if other is None:  # said alike of a file elsewhere and of none
            raise Refused(_("Trong những hồ sơ mình được sửa không có hồ sơ nào mang mã này."), field="code")
        return identities.join(by=request.user, file=file, other=other, seen=data["seen"])

    return _page(request, file, form, _("Ghép hai hồ sơ của một người"), _("Ghép hồ sơ"), do)


def unjoin(request, code):
    """Part a file from the one it was joined to."""
    file = fetch(request, code, P.FILE_CORRECT)
    form = UnjoinForm(request.POST or None, initial={"seen": latest(file)})
    return _page(request, file, form, _("Tách hai hồ sơ đã ghép nhầm"), _("Tách hồ sơ"),
                 lambda data: identities.unjoin(by=request.user, file=file, **data),
                 hint=_("Hai hồ sơ trở lại như trước khi ghép. Việc ghi thêm từ lúc ghép ở lại với hồ sơ kia."))  # fmt: skip


def tabs(file, here) -> list[dict]:
    """The tabs of a file; each is a page of its own app, reached by name."""
    return [{"label": label, "url": reverse(name, args=[file.code]), "current": name == here} for name, label in TABS]


def _page(request, file, form, title, button, do, **context):
    trail.look(request, Event.FILE_VIEWED, file, {"where": request.resolver_match.url_name})
    answer = form_page(
        request, form=form, do=do, to=file.get_absolute_url(), file=file, title=title, button=button, **context
    )
    if answer.status_code == 302:
        messages.success(request, _("Đã lưu."))
    return answer


STATES = (
    ("mo", gettext_lazy("Đang mở")),
    ("nguy-hiem", gettext_lazy("Đang có nguy hiểm")),
    ("dong", gettext_lazy("Đã kết thúc")),
    ("tat-ca", gettext_lazy("Tất cả")),
)
