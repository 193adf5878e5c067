"""What was typed outlives the session, and the right to send it: it is given back in the browser.

Nothing is stored meanwhile. Only what a page of ours for officers sent is given back: never passwords and codes,
never what another site made a browser send.
"""

from collections.abc import Iterable, Iterator, KeysView
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure

from benan.core.refusals import Refused
from benan.ui.forms import Says
from benan.ui.pages import ONCE

_NOT_TYPED = ("csrfmiddlewaretoken", ONCE)
FormsLikeIt = dict[tuple[int, int], list[dict[str, forms.Field]]]
_SECRET = ("password", "password1", "password2", "oldpassword", "code")


def may_keep(request: HttpRequest) -> bool:
    """Whether a form sent to this address holds work: pages of ours that need signing in, none of the entrance's."""
    at = request.resolver_match
    return bool(at and at.namespace and at.url_name and getattr(at.func, "login_required", True))


def give_back(request: HttpRequest, refused: Refused | None = None, status: int = 422) -> HttpResponse:
    """A page that holds every field of the form, with what to do before it can be sent.

    The form keeps the token by which it works once, so that what was written already is not written again; one
    `refused` is given a new one. `status` is that of a refusal.
    """
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    fields = [(name, value) for name, value in sent if name not in _NOT_TYPED]
    token = "" if refused else request.POST.get(ONCE, "")
    setattr(request, "once", token)  # noqa: B010, a name of ours on a request of Django's
    context = {"fields": fields, "refused": refused, "typed": typed(request)}
    return render(request, "accounts/kept.html", context, status=status if refused else 403)


def token_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form with another session's token (CSRF_FAILURE_VIEW): given back where the browser says it is from here.

    A page of the sign-in that was left open leads to a new one, or to the desk; one signs out whatever the token.
    """
    here = f"{request.scheme}://{request.get_host()}"
    if request.headers.get("Origin") != here:
        return csrf_failure(request, reason)
    if may_keep(request):
        return give_back(request)
    at = request.resolver_match
    if at and at.url_name == "account_logout":
        return at.func(request)
    return redirect("account_login") if at and at.url_name == "account_login" else csrf_failure(request, reason)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of an address that leads to nothing for this officer (handler404), with what they typed."""
    return render(request, "404.html", _lost(request), status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of what this officer may not do (handler403), with what they typed."""
    return render(request, "403.html", _lost(request), status=403)


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was written in the form that was sent, to be read and copied: (label, words), without passwords and codes.

    A field has the label that it has on the forms most like what was sent; where these call it by several, one that fits
    all. Left out is what the page put there itself.
    """
    sent = {name: values for name, values in request.POST.lists() if name not in (*_NOT_TYPED, *_SECRET)}
    forms_like_it: FormsLikeIt = {}
    for fields in _fields_of_forms_below(Says):
        forms_like_it.setdefault(_likeness(sent.keys(), fields.keys()), []).append(fields)
    rows = []
    for name, values in sent.items():
        field, label = _named(name, forms_like_it)
        words = _words(field, values)
        if words and not name.startswith("initial-"):
            rows.append((label, words))
    return rows


def _likeness(sent: KeysView[str], names: KeysView[str]) -> tuple[int, int]:
    return len(sent & names), -len(names - sent)


def _named(name: str, forms_like_it: FormsLikeIt) -> tuple[forms.Field | None, str]:
    for _how_like, those in sorted(forms_like_it.items(), reverse=True):
        fields = [fields[name] for fields in those if name in fields]
        if fields:
            labels = {str(field.label) for field in fields if field.label}
            usual = _("Ngày") if isinstance(fields[0], forms.DateField) else _("Nội dung đã nhập")
            return fields[0], labels.pop() if len(labels) == 1 else usual
    return None, name


def _lost(request: HttpRequest) -> dict[str, list[tuple[str, str]]]:
    """What to show besides of a form that came with the token of our own page, and was not taken."""
    is_ours = request.method == "POST" and may_keep(request) and getattr(request, "csrf_processing_done", False)
    return {"typed": typed(request) if is_ours else []}


def _words(field: forms.Field | None, values: list[str]) -> str:
    if field is not None and field.widget.is_hidden:
        return ""
    if isinstance(field, forms.BooleanField):
        return _("Có")
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices  # groups or not; the types of flatten_choices know groups only
        flat: Iterable[tuple[Any, Any]] = flatten_choices(choices)
        names = {str(value): str(label) for value, label in flat}
        return ", ".join(names[value] for value in values if value and value in names)
    return "\n".join(value for value in values if value.strip())


def _fields_of_forms_below(kind: type[Says]) -> Iterator[dict[str, forms.Field]]:
    for below in kind.__subclasses__():
        if hasattr(below, "base_fields"):
            yield below.base_fields
        yield from _fields_of_forms_below(below)
