"""Pages of needs, support, protection and the way home."""

from django.contrib import messages
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from benan.accounts.models import Agency
from benan.audit import trail
from benan.audit.events import Event
from benan.cases import queries
from benan.cases.models import File
from benan.cases.views import form_page
from benan.cases.views.files import tabs
from benan.support import queries as support


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


def _say_danger(request, file, danger):
    file = File.objects.lock(file)
    if not file.in_danger_since:
        return
    if danger == "yes":
        sees = File.objects.visible_to(request.user).filter(pk=file.pk).exists()
        said = render_to_string(
            "support/alarm.html", {"alarm": support.alarm(request.user, file), "file": file, "sees": sees}
        )
        messages.error(request, said, extra_tags="nguy")
    elif danger == "no":
        messages.warning(request, _("Hồ sơ vẫn báo có nguy hiểm từ trước. Chỉ quyết định bảo vệ, hoặc văn bản trả lời có "
                                    "lý do, mới dừng báo (Nghị định 62/2012, Điều 10 khoản 2)."))  # fmt: skip
