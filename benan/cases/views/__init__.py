"""Pages of receiving people and of files."""

from django.shortcuts import get_object_or_404, redirect, render

from benan.accounts.policy import require_any
from benan.cases.models import File
from benan.core.pages import submit


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


def form_page(request, *, form, do, to, template="cases/form.html", **context):
    """Show a form, or send it to one verb and go on to `to` (an address, or a function of the verb's answer)."""
    if request.method == "POST" and (done := submit(form, do)) is not None:
        return redirect(to(done) if callable(to) else to)
    return render(request, template, {"form": form, "hint": "", **context}, status=422 if form.is_bound else 200)
