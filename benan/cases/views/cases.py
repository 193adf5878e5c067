"""The case, its history, who looked at it, and its corrections."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts.requests import OfficerRequest
from benan.accounts.roles import P
from benan.agencies.models import Agency
from benan.audit import trail
from benan.cases import access_log, codes, in_charge, joined, listing, queries
from benan.cases.actions import corrections, exports, identities
from benan.cases.alias_search import by_alias
from benan.cases.events import CaseEvent
from benan.cases.forms import AssignForm, CorrectDayForm, InChargeForm, JoinForm, ListForm, RemarkForm, UnjoinForm
from benan.cases.models import Case
from benan.cases.views import act_page, fetch, from_review, latest
from benan.core.days import legal_day
from benan.core.paging import KeyPaginator
from benan.core.refusals import Refused
from benan.core.text import clean
from benan.ui.pages import may_repeat, sent_from, submit

PER_PAGE, LOOKS_PER_PAGE = 30, 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_list(request: OfficerRequest) -> HttpResponse:
    """The list of the cases that the officer may see, of one state (`trang-thai`), as filtered and ordered by a `ListForm`."""
    return _list_page(request, ListForm(request.GET))


@may_repeat
@sent_from("cases:list")
def export_list(request: OfficerRequest) -> HttpResponse:
    """The same list as a workbook."""
    form = ListForm(request.POST)
    made = submit(form, lambda _asked: exports.export_list(by=request.user, asked=form.asked))
    if not made:
        return _list_page(request, form, status=422)
    headers = {"Content-Disposition": 'attachment; filename="danh-sach-ho-so.xlsx"'}
    return HttpResponse(made, content_type=XLSX, headers=headers)


def _list_page(request: OfficerRequest, form: ListForm, status: int = 200) -> HttpResponse:
    asked = form.asked if form.is_valid() else None
    rows = listing.cases_listed(request.user, asked) if asked else Case.objects.visible_to(request.user).none()
    page = KeyPaginator(rows.select_related("reception"), PER_PAGE).get_page(request.GET.get("trang"))
    lines = queries.list_lines(page.object_list)
    access_log.look_at_list(request, "cases:list", page.object_list)
    context = {"page": page, "lines": lines, "form": form, "states": form.states()}
    return render(request, "cases/list.html", context, status=status)


def find(request: OfficerRequest) -> HttpResponse:
    """Redirect to the one case with this code or alias, or list the cases with the alias, or with a similar one.

    People's names are searched on the page for receiving.
    """
    asked = clean(request.GET.get("q", ""))
    rows = Case.objects.visible_to(request.user).select_related("reception").order_by("closed_on", "-opened_on", "-pk")
    if (code := codes.read(asked)) and (case := rows.filter(code=code).first()):
        return redirect(case)
    exact, near = by_alias(rows, asked)
    found = exact.count()
    if found == 1:
        return redirect(exact.get())
    gone = [] if found or not asked else joined.joined_cases_matching(request.user, asked)
    for case, _office in gone:
        trail.look(request, CaseEvent.VIEWED, case, {"where": "joined"})
    page = KeyPaginator(exact if found else near, PER_PAGE).get_page(request.GET.get("trang"))
    lines = queries.list_lines(page.object_list)
    access_log.look_at_list(request, "cases:find", page.object_list)
    context = {"asked": asked, "exact": bool(found), "page": page, "lines": lines, "gone": gone}
    return render(request, "cases/found.html", context)


def show(request: OfficerRequest, code: str) -> HttpResponse:
    """The case's own page."""
    case = fetch(request, code)
    page = queries.case_page(request.user, case)
    others = queries.codes_of_other_cases(page)
    trail.look(request, CaseEvent.VIEWED, case, {"cases": others} if others else None)
    return render(request, "cases/case.html", page | queries.frame(case, "cases:case"))


def access_log_page(request: OfficerRequest, code: str) -> HttpResponse:
    """Who looked at the case, and who asked elsewhere whether this person has one."""
    case = fetch(request, code)
    trail.look(request, CaseEvent.ACCESS_LOG_VIEWED, case)
    page = Paginator(access_log.rows(case), LOOKS_PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "case": case,
        "page": page,
        "looks": access_log.lines(case, page.object_list),
        **queries.frame(case, "cases:access_log"),
        "status": queries.status(case),
    }
    return render(request, "cases/access_log.html", context)


def remark(request: OfficerRequest, code: str) -> HttpResponse:
    """Add sealed words to the history."""
    case = fetch(request, code)
    form = RemarkForm(
        request.POST or None, case=case, user=request.user, initial={"on": legal_day(), "seen": latest(case)}
    )
    return act_page(request, case, form=form, title=_("Ghi thêm vào diễn biến"), button=_("Ghi vào diễn biến"), do=lambda data: corrections.remark(by=request.user, case=case, **data))  # fmt: skip


def assign(request: OfficerRequest, code: str) -> HttpResponse:
    """Put a supporting agency on the team."""
    case = fetch(request, code, P.NEED_ASSESS)
    form = AssignForm(request.POST or None, case=case, user=request.user, initial={"seen": latest(case)})

    def do(data: dict[str, Any]) -> Any:
        agency = get_object_or_404(Agency, pk=data["agency"])
        return corrections.assign(by=request.user, case=case, part=data["part"], agency=agency, seen=data["seen"])

    return act_page(request, case, form=form, do=do, title=_("Thêm đơn vị cùng phụ trách"), button=_("Thêm đơn vị"),
                 hint=_("Đơn vị được thêm sẽ xem được hồ sơ này. Mỗi cán bộ ở đó làm được việc gì là theo vai trò "
                        "của cán bộ ấy."))  # fmt: skip


def put_in_charge(request: OfficerRequest, code: str) -> HttpResponse:
    """Name the officer in charge of the case at one's agency."""
    case = fetch(request, code)
    offices = in_charge.team_offices(request.user, case)
    if not offices:
        raise PermissionDenied
    form = InChargeForm(
        request.POST or None, case=case, user=request.user, offices=offices, initial={"seen": latest(case)}
    )
    return act_page(request, case, form=form, title=_("Giao cán bộ phụ trách"), button=_("Giao hồ sơ"), of_erased=True,
                    do=lambda data: corrections.put_in_charge(by=request.user, case=case, **data),
                    hint=_("Hồ sơ đứng đầu Bàn việc của người được giao; người khác của đơn vị vẫn thấy và làm được. "
                           "Việc giao hết hiệu lực khi người ấy thôi vai trò ở đơn vị."))  # fmt: skip


def correct_day(request: OfficerRequest, code: str, step: int) -> HttpResponse:
    """Correct the day of a step; the old day stays readable."""
    case = fetch(request, code, P.CASE_CORRECT)
    row = get_object_or_404(case.steps, pk=step)
    form = CorrectDayForm(request.POST or None, initial={"on": row.on, "seen": latest(case)})
    return act_page(request, case, form=form, title=_("Sửa ngày đã ghi"), button=_("Sửa ngày"), do=lambda data: corrections.correct_day(by=request.user, step=row, **data), of_erased=True,
                 to=reverse("cases:review", args=[code]) if from_review(request) else "",
                 hint=_("Ngày cũ vẫn đọc được trong diễn biến. Các thời hạn được tính lại từ ngày đúng."))  # fmt: skip


def join(request: OfficerRequest, code: str) -> HttpResponse:
    """Join another case of the same person to this one."""
    case = fetch(request, code, P.CASE_CORRECT)
    form = JoinForm(request.POST or None, initial={"seen": latest(case)})

    def do(data: dict[str, Any]) -> Any:
        other = Case.objects.can(request.user, P.CASE_CORRECT).filter(code=codes.read(data["code"])).first()
        if other is None:  # said alike of a case elsewhere and of none
            raise Refused(_("Trong những hồ sơ chị/anh được sửa, không có hồ sơ nào có mã này."), field="code")
        return identities.join(by=request.user, case=case, other=other, seen=data["seen"])

    return act_page(request, case, form=form, do=do, title=_("Ghép hai hồ sơ của một người"), button=_("Ghép hồ sơ"))


def unjoin(request: OfficerRequest, code: str) -> HttpResponse:
    """Undo the joining of a case to another."""
    case = fetch(request, code, P.CASE_CORRECT)
    form = UnjoinForm(request.POST or None, initial={"seen": latest(case)})
    return act_page(request, case, form=form, title=_("Tách hai hồ sơ đã ghép nhầm"), button=_("Tách hồ sơ"), do=lambda data: identities.unjoin(by=request.user, case=case, **data),
                 hint=_("Hai hồ sơ trở lại như trước khi ghép. Nội dung ghi thêm từ khi ghép được giữ ở hồ sơ kia."))  # fmt: skip
