"""Pages of danger and protection."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.accounts.requests import OfficerRequest
from benan.agencies.models import Agency
from benan.audit import trail
from benan.cases.events import CaseEvent
from benan.cases.models import Case
from benan.cases.views import case_frame, fetch
from benan.core.days import legal_day
from benan.core.refusals import Refused
from benan.protection import queries
from benan.protection.actions.danger import report_danger
from benan.protection.forms import DangerForm
from benan.protection.models import DangerNotice
from benan.protection.procedure import GROUP


def overview(request: OfficerRequest, code: str) -> HttpResponse:
    """Where protection stands."""
    case = fetch(request, code)
    context = case_frame(request, case, "protection:overview") | queries.protection_page(request.user, case, GROUP)
    return render(request, "protection/overview.html", context)


def notice(request: OfficerRequest, notice: int) -> HttpResponse:
    """What an office outside the team was told of a danger."""
    rows = DangerNotice.objects.visible_to(request.user).select_related("case__reception", "case__team", "agency")
    row = get_object_or_404(rows, pk=notice)
    trail.look(request, CaseEvent.VIEWED, row.case, {"where": "protection:notice"})
    return render(request, "protection/notice.html", queries.notice_page(row))


def handed_over(request: OfficerRequest, case: Case) -> HttpResponse | None:
    """For an officer whose own office is kept from a case by what they did: once, who it is about and who goes on.

    They see nothing of the case from now on, so that the page answers the form itself and leads nowhere. None for others.
    """
    said = queries.handover(request.user, case)
    if not said["kept"]:
        return None
    page = render(request, "protection/handed_over.html", {"case": case, **said})
    page["Content-Location"], page["Cache-Control"] = "/", "no-store"
    return page


def say_what_to_do(
    request: OfficerRequest, case: Case, do: Callable[[dict[str, Any]], object]
) -> Callable[[dict[str, Any]], object]:
    """A verb on whose form danger may be found: what to do at once is said on the page that follows."""

    def done(data: dict[str, Any]) -> object:
        danger, result = data.get("danger"), do(data)
        _say_danger(request, case, danger)
        return result

    return done


def record_danger_alone(request: OfficerRequest, case: Case) -> Callable[[DangerForm], bool]:
    """For `form_page`: danger is recorded even where the rest of the form on which it was found is refused.

    Not where one's own office is to be kept from the case: the rest could then no longer be written.
    """

    def record(form: DangerForm) -> bool:
        if not form.says_danger or "danger_from" in form.errors:
            return False
        office = form.cleaned_data.get("danger_from")
        if office and any(seat.agency_id == office.pk for seat in request.user.seats):
            return False
        if not _report(request.user, case, form.cleaned_data.get("on"), office):
            return False
        case.refresh_from_db(fields=["danger_since"])
        _say_danger(request, case, "yes")
        messages.warning(
            request, _("Đã ghi: có nguy hiểm. Phần còn lại của trang này chưa được lưu: sửa các ô báo lỗi rồi lưu lại.")
        )
        return True

    return record


def _report(by: User, case: Case, on: dt.date | None, office: Agency | None) -> bool:
    """Whether danger was recorded; today where the day that was typed is refused."""
    for day in dict.fromkeys((on or legal_day(), legal_day())):
        try:
            return report_danger(by=by, case=case, on=day, danger_from=office)
        except Refused:
            continue
    return False


def _say_danger(request: OfficerRequest, case: Case, danger: str | None) -> None:
    case = Case.objects.lock(case)
    if not case.in_danger_since:
        return
    if danger == "yes":
        sees = Case.objects.visible_to(request.user).filter(pk=case.pk).exists()
        shown = {"alarm": queries.alarm(request.user, case), "case": case, "sees": sees}
        said = render_to_string("protection/alarm.html", shown)
        if sees:  # else the page that follows says it (`handed_over`)
            messages.error(request, said, extra_tags="danger")
    elif danger == "no":
        messages.warning(request, _("Hồ sơ vẫn có cảnh báo nguy hiểm từ trước. Chỉ đơn vị quyết định bảo vệ kết thúc được "
                                    "cảnh báo: ghi biện pháp rồi trả lời đã hết nguy hiểm, hoặc trả lời bằng văn bản, nêu lý do "
                                    "không áp dụng (Nghị định 62/2012, Điều 10 khoản 2, 7)."))  # fmt: skip
