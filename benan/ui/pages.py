"""How a page calls a verb, once, and what happens when the verb refuses."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest
from django.shortcuts import redirect

from benan.core.refusals import Changed, Refused

ONCE = "once"  # the field in which a form carries its token


def may_repeat(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view whose POST may be sent again and again, because it only reads."""
    setattr(view, "may_repeat", True)  # noqa: B010, asked of the view of an address
    return view


def sent_from(page: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Take a form of a view by POST alone; whoever opens its address is led to the `page` on which its button stands.

    That page, of the same arguments, decides who sees it.
    """

    def by_post(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            return view(request, *args, **kwargs) if request.method == "POST" else redirect(page, *args, **kwargs)

        return answer

    return by_post


class TooLate(Exception):
    """What a page was for is no longer to be done: `words` say what happened, `to` is the page to go on to."""

    def __init__(self, to: str, words: str) -> None:
        super().__init__(words)
        self.to, self.words = to, words


def leads_on(view: Callable[..., Any]) -> Callable[..., Any]:
    """Lead whoever comes to a view too late (TooLate) on to the page that shows what happened, with a sentence."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return view(request, *args, **kwargs)
        except TooLate as late:
            messages.info(request, late.words)
            return redirect(late.to)

    return answer


def submit(form: Any, do: Callable[[dict[str, Any]], Any]) -> Any:
    """Call `do(what the officer told)` for a valid form; None where the form or the verb refuses, with the words on the form.

    What was typed stays. Where somebody else changed the record meanwhile, the form remembers what it now saw,
    so that saving again goes through.
    """
    is_valid = form.is_valid()
    if refused := refused_before(form):
        form.refuse(refused)
    if refused or not is_valid:
        return None
    try:
        return do(form.told()) or True
    except Changed as changed:
        form.data = form.data.copy()
        form.data["seen"] = changed.latest
        form.since = changed.since
        form.refuse(changed)
    except Refused as refused:
        form.refuse(refused)
    except IntegrityError as error:
        form.refuse(from_constraint(error))
    return None


def refused_before(form: Any) -> Refused | None:
    """Why the form may not go to its verb, whatever it says: left on the data sent (benan.accounts.once)."""
    return getattr(form.data, "refused", None)


def from_constraint(error: IntegrityError) -> Refused:
    """The human sentence of a violated constraint. Raises the error again where the model gives none."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if (
                constraint.name == name
                and constraint.violation_error_message != constraint.default_violation_error_message
            ):
                return Refused(constraint.get_violation_error_message())
    raise error
