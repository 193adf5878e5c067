"""Pages of needs, support, protection and the way home."""

from django.contrib import messages
from django.utils.translation import gettext as _

from benan.audit import trail
from benan.audit.events import Event
from benan.cases import queries
from benan.cases.views import form_page
from benan.cases.views.files import tabs


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
