"""Pages of needs, support, protection and the way home."""

from django.contrib import messages
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts.models import Agency
from benan.audit import trail
from benan.audit.events import Event
from benan.cases import queries
from benan.cases.models import File
from benan.cases.views import form_page
from benan.cases.views.files import tabs
from benan.core.days import legal_day
from benan.core.refusals import Refused
from benan.support import queries as support
from benan.support.actions.needs import report_danger


def file_frame(request, file, here) -> dict:
    """What every page of a file carries, and the look that goes on the trail."""
    trail.look(request, Event.FILE_VIEWED, file, {"where": here})
    return {"file": file, "status": queries.status(file), "tabs": tabs(file, here)}


def act_page(request, file, *, form, do, to, title, button, **context):
    """One act on a file: its form, its verb, back to where it was begun."""
    trail.look(request, Event.FILE_VIEWED, file, {"where": request.resolver_match.url_name})
    answer = form_page(request, form=form, do=do, to=to, file=file, title=title, button=button,
                       status=queries.status(file), **context)  # fmt: skip
    if answer.status_code == 302:
        messages.success(request, _("Đã ghi: %(what)s.") % {"what": title})
    return answer


def danger_told(request, file, do):
    """A verb on whose form danger may be found: what to do at once is said on the page that follows."""

    def told(data):
        chosen = data.pop("danger_from", "")
        danger, result = (
            data.get("danger"),
            do(data | {"danger_from": Agency.objects.filter(pk=chosen or None).first()}),
        )
        _say_danger(request, file, danger)
        return result

    return told


def told_once(request, file, answer):
    """The answer to a form that may keep an office from a file; whose own office that is, is told once who goes on.

    They see nothing of the file from now on, so that the page answers the form itself and leads nowhere.
    """
    if answer.status_code != 302 or answer.url != reverse("shell:home"):
        return answer
    file.refresh_from_db()
    said = support.handover(request.user, file)
    if not said["kept"]:
        return answer
    page = render(request, "support/handed_over.html", {"file": file, **said})
    page["Content-Location"], page["Cache-Control"] = reverse("shell:home"), "no-store"
    return page


def danger_alone(request, file):
    """For `form_page`: danger is recorded even where the rest of the form on which it was found is refused.

    Not where one's own office is to be kept from the file: the rest could then no longer be written.
    """

    def record(form):
        if not form.says_danger or "danger_from" in form.errors:
            return False
        office = Agency.objects.filter(pk=form.cleaned_data.get("danger_from") or None).first()
        if office and any(seat.agency_id == office.pk for seat in request.user.seats):
            return False
        if not _report(request.user, file, form.cleaned_data.get("on"), office):
            return False
        file.refresh_from_db(fields=["danger_since"])
        _say_danger(request, file, "yes")
        messages.warning(
            request, _("Đã ghi: có nguy hiểm. Phần còn lại của trang này chưa lưu: sửa chỗ báo lỗi rồi lưu lại.")
        )
        return True

    return record


def _report(by, file, on, office):
    """Whether danger was recorded; today where the day that was typed is refused."""
    for day in dict.fromkeys((on or legal_day(), legal_day())):
        try:
            return report_danger(by=by, file=file, on=day, danger_from=office)
        except Refused:
            continue
    return False


def _say_danger(request, file, danger):
    file = File.objects.lock(file)
    if not file.in_danger_since:
        return
    if danger == "yes":
        sees = File.objects.visible_to(request.user).filter(pk=file.pk).exists()
        said = render_to_string(
            "support/alarm.html", {"alarm": support.alarm(request.user, file), "file": file, "sees": sees}
        )
        if sees:  # else the page that follows says it (`told_once`)
            messages.error(request, said, extra_tags="nguy")
    elif danger == "no":
        messages.warning(request, _("Hồ sơ vẫn báo có nguy hiểm từ trước. Chỉ đơn vị quyết định bảo vệ dừng báo: ghi biện pháp "
                                    "rồi trả lời nguy hiểm đã hết, hoặc trả lời bằng văn bản có lý do vì sao không áp dụng "
                                    "(Nghị định 62/2012, Điều 10 khoản 2, 7)."))  # fmt: skip
