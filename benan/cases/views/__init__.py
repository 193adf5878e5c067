"""Pages of receiving people and of files."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts.policy import require_any
from benan.audit import trail
from benan.audit.events import Event
from benan.cases import queries, steps
from benan.cases.models import File
from benan.core.days import legal_day
from benan.core.pages import refused_before, submit
from benan.core.refusals import SentBefore


def fetch(request, code, *permissions) -> File:
    """The file of a code, for an officer who may see it and do any of `permissions` on it.

    A stranger gets 404, as for a code that does not exist; who may see but not do gets 403.
    """
    rows = File.objects.visible_to(request.user).select_related("reception", "agency")
    file = get_object_or_404(rows, code=code)
    if permissions:
        require_any(request.user, permissions, file)
    return file


def latest(file) -> int:
    """What a form on this file has seen: the id of the file's last step."""
    return file.steps.order_by("-pk").values_list("pk", flat=True).first() or 0


def day_at_reception(file):
    """The day with which a form about the reception opens: today, or for what was written on paper the day they came."""
    return file.reception.came_on if file.reception.on_paper else legal_day()


def erased_page(request, file):
    """In place of a form that needs who the person is: that it was erased, and when."""
    context = {"file": file, "status": queries.status(file), "erased_on": file.erased_on}
    return render(request, "cases/erased.html", context, status=422 if request.method == "POST" else 200)


def form_page(request, *, form, do, to, file, template="cases/form.html", alone=None, of_erased=False, **context):
    """Show a form about a file, or send it to one verb and go on to `to`.

    Whose part in the file ended by that (a referral declined, a stay that is over) goes on to the desk. Where the form
    is refused, `alone` (of the form) may still record what cannot wait, and says whether it did: the page is then no
    refusal (200), for that would take the record back (`accounts.once`). Of somebody whose identity was erased there is
    no form, unless it is one that can still be sent (`of_erased`).
    """
    if file.erased_on and not of_erased:
        return erased_page(request, file)
    if request.method == "POST" and submit(form, do) is not None:
        return redirect(to if File.objects.visible_to(request.user).filter(pk=file.pk).exists() else "shell:home")
    if isinstance(refused_before(form), SentBefore):
        _show_later(form, file)
    recorded = bool(alone and form.is_bound and not refused_before(form) and alone(form))
    shown = {"form": form, "file": file, "hint": "", **context}
    return render(request, template, shown, status=422 if form.is_bound and not recorded else 200)


def step_page(request, file, *, form, do, here, next_page, skip="", template="cases/step.html", **context):
    """One step of receiving somebody: its form, its verb, on to the next; "Để sau" leads to `skip` or the next."""
    others = [row["file"].code for row in context.get("related", ())]
    trail.look(request, Event.FILE_VIEWED, file, {"where": here} | ({"files": others} if others else {}))
    way, to = queries.stepper(file, here), reverse(next_page, args=[file.code])
    usual = way | {"here": here, "button": _("Lưu, sang bước %(n)d") % {"n": way["number"] + 1}}
    usual["after"] = reverse(skip, args=[file.code]) if skip else to
    return form_page(request, form=form, do=do, to=to, file=file, template=template, **usual | context)


def _show_later(form, file):
    """Show what was written since the form saw the file, its own first work included; saving again goes through."""
    later = file.steps.filter(pk__gt=form.cleaned_data.get("seen") or 0).select_related("by").order_by("pk")
    form.since = steps.lines(later)
    form.data = form.data.copy()
    form.data["seen"] = latest(file)
