"""The one page on which an act of a procedure is done."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from benan.accounts.policy import held_on, require_any
from benan.accounts.requests import OfficerRequest
from benan.accounts.roles import P
from benan.cases import acts, families
from benan.cases.acts import ActGroup
from benan.cases.views import act_page, fetch, latest
from benan.core.days import legal_day


def page_of_act(group: ActGroup, key: str) -> Callable[..., HttpResponse]:
    """The view of one act of a group at an address of its own."""
    view = page_of_group(group)
    return lambda request, code: view(request, code, slug=key)


def page_of_group(group: ActGroup) -> Callable[..., HttpResponse]:
    """The view of a group's acts, by the slug in the address: form, article and words of the act, then its verb."""

    def act(request: OfficerRequest, code: str, slug: str) -> HttpResponse:
        case = fetch(request, code)
        tracks = acts.tracks_of(case)
        found = group.act_at(slug, case, tracks)
        move = acts.move_of(case, found.key, tracks) if found else None
        if found is None or found.form is None or move is None:
            raise Http404
        require_any(request.user, map(P, move.permissions), case)
        if found.allows and not found.allows(held_on(request.user, case)):
            raise PermissionDenied
        home = reverse(group.home, args=[code])
        if request.method == "GET" and group.follows(slug) and found.when and not found.when(case):
            return redirect(home)
        verb, warnings = found.verb, found.warnings
        initial = {"on": legal_day(), "seen": latest(case)}
        form = found.form(request.POST or None, case=case, user=request.user, move=move, initial=initial)

        def do(data: dict[str, Any]) -> Any:
            done = verb(by=request.user, case=case, **data)
            for sentence in warnings(done) if warnings else ():
                messages.warning(request, sentence)
            return done

        return act_page(
            request, case, form=form, do=do,
            title=move.title or move.label, button=group.button, article=move.article, hint=move.hint,
            to=reverse(group.page, args=[code, found.follows_slug]) if found.follows_slug else home,
            family=families.family_warning(case) if found.warns_of_family else "",
        )  # fmt: skip

    return act
