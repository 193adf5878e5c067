"""Opening an identity."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.accounts.policy import allows
from benan.accounts.requests import OfficerRequest
from benan.accounts.roles import P
from benan.audit import trail
from benan.cases import families, queries
from benan.cases.actions import identities
from benan.cases.events import CaseEvent
from benan.cases.forms import OpenForm
from benan.cases.models import Case, Step
from benan.cases.purposes import Purpose
from benan.cases.views import erased_page, fetch
from benan.core.days import show
from benan.ui.pages import may_repeat, submit
from benan.vault.access import FIELDS, Value

SECONDS = 5 * 60


@may_repeat
def reveal(request: OfficerRequest, code: str) -> HttpResponse:
    """Ask for the purpose and the fields, then show them for five minutes. The trail has the row before they are shown."""
    case = fetch(request, code, P.IDENTITY_OPEN)
    if case.erased_on:
        trail.look(request, CaseEvent.VIEWED, case, {"where": "identity"})
        return erased_page(request, case)
    form = OpenForm(request.POST or None)
    if not allows(request.user, P.CASE_CORRECT, case):
        del form.fields["old"]
    context = {"case": case, "form": form, "status": queries.status(case), "rows": None, "seconds": SECONDS,
               "family": families.family_warning(case), "danger_url": queries.danger_url(case)}  # fmt: skip
    if request.method != "POST":
        trail.look(request, CaseEvent.VIEWED, case, {"where": "identity"})
        return render(request, "cases/reveal.html", context)
    opened = submit(form, lambda data: _open(request.user, case, data))
    if opened is None:
        return render(request, "cases/reveal.html", context, status=422)
    rows, notes = ([], []) if opened is True else opened
    purpose = Purpose(form.cleaned_data["purpose"]).label
    answer = render(request, "cases/reveal.html", context | {"rows": rows, "notes": notes, "purpose": purpose})
    answer["Refresh"] = f"{SECONDS}; url={case.get_absolute_url()}"
    return answer


Rows = list[tuple[str, str]]


def _open(user: User, case: Case, data: dict[str, Any]) -> tuple[Rows, Rows]:
    """The opened fields and the opened notes, each as label and words."""
    wanted = set(data["fields_wanted"])
    fields = wanted & set(FIELDS)
    rows: Rows = []
    notes: Rows = []
    if fields:
        values = identities.open_identity(
            by=user, case=case, purpose=data["purpose"], fields=fields, old=bool(data.get("old"))
        )
        rows = [(_label(value), value.text) for value in values]
        rows += [(str(FIELDS[field]), _("chưa ghi")) for field in sorted(fields - {value.field for value in values})]
    if "notes" in wanted:
        words = identities.open_notes(by=user, case=case, purpose=data["purpose"])
        steps = Step.objects.filter(pk__in=words).in_bulk()
        notes = [(show(steps[pk].on), text) for pk, text in words.items()]
    return rows, notes


def _label(value: Value) -> str:
    if value.replaced_at:
        return _("%(label)s (giá trị cũ, %(who)s ghi)") % {"label": value.label, "who": value.by}
    return str(value.label)
