"""Opening who somebody is."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from benan.accounts.policy import allows
from benan.accounts.roles import P
from benan.audit import trail
from benan.audit.events import Event
from benan.cases import queries
from benan.cases.actions import identities
from benan.cases.forms import OpenForm
from benan.cases.models import Step
from benan.cases.purposes import Purpose
from benan.cases.views import erased_page, fetch
from benan.core.days import show
from benan.core.pages import may_repeat, submit
from benan.vault.access import FIELDS

SECONDS = 5 * 60


@may_repeat
def reveal(request, code):
    """Ask for purpose and fields; then show them for five minutes. The trace is written before the words appear."""
    file = fetch(request, code, P.IDENTITY_OPEN)
    if file.erased_on:
        trail.look(request, Event.FILE_VIEWED, file, {"where": "identity"})
        return erased_page(request, file)
    form = OpenForm(request.POST or None)
    if not allows(request.user, P.FILE_CORRECT, file):
        del form.fields["old"]
    context = {"file": file, "form": form, "status": queries.status(file), "rows": None, "seconds": SECONDS,
               "family": queries.family_warning(file)}  # fmt: skip
    if request.method != "POST":
        trail.look(request, Event.FILE_VIEWED, file, {"where": "identity"})
        return render(request, "cases/reveal.html", context)
    opened = submit(form, lambda data: _open(request.user, file, data))
    if opened is None:
        return render(request, "cases/reveal.html", context, status=422)
    rows, notes = ([], []) if opened is True else opened
    purpose = Purpose(form.cleaned_data["purpose"]).label
    answer = render(request, "cases/reveal.html", context | {"rows": rows, "notes": notes, "purpose": purpose})
    answer["Refresh"] = f"{SECONDS}; url={file.get_absolute_url()}"
    return answer


def _open(user, file, data):
    wanted = set(data["fields_wanted"])
    fields = wanted & set(FIELDS)
    rows, notes = [], []
    if fields:
        values = identities.open_identity(
            by=user, file=file, purpose=data["purpose"], fields=fields, old=bool(data.get("old"))
        )
        rows = [(_label(value), value.text) for value in values]
        rows += [(str(FIELDS[field]), _("chưa ghi")) for field in sorted(fields - {value.field for value in values})]
    if "notes" in wanted:
        words = identities.open_notes(by=user, file=file, purpose=data["purpose"])
        steps = Step.objects.filter(pk__in=words).in_bulk()
        notes = [(show(steps[pk].on), text) for pk, text in words.items()]
    return rows, notes


def _label(value):
    if value.replaced_at:
        return _("%(label)s (giá trị cũ, %(who)s ghi)") % {"label": value.label, "who": value.by}
    return str(value.label)
