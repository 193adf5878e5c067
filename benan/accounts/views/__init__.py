"""Pages of accounts, ways in and duty numbers."""

from django.shortcuts import redirect, render

from benan.core.pages import submit


def form_page(request, *, form, do, to, over="", under="", warnings=(), **context):
    """Show a form, or send it to one verb and go on to the page `to`."""
    if request.method == "POST" and submit(form, do) is not None:
        return redirect(to)
    context |= {"form": form, "back": to, "over": over, "under": under, "warnings": warnings}
    return render(request, "accounts/form.html", context, status=422 if form.is_bound else 200)
