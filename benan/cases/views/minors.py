"""Pages for somebody who is or may be under 18."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from benan.accounts.requests import OfficerRequest
from benan.accounts.roles import P
from benan.cases import deadlines, families, queries
from benan.cases.actions import minors
from benan.cases.forms import ChildProtectionForm, GuardianshipForm
from benan.cases.views import fetch, latest, step_page
from benan.core.days import clock, legal_day
from benan.core.refusals import Refused
from benan.ui.forms import Form


def guardianship(request: OfficerRequest, code: str) -> HttpResponse:
    """Whether the family did the harm, and who represents; then, for a child, on to the page for telling child protection."""
    case = fetch(request, code, P.CASE_RECEIVE)
    said = case.guardianships.first()
    initial = {"on": legal_day(), "seen": latest(case)}
    initial |= {"harm": said.harm, "representative": said.representative} if said else {}
    form = GuardianshipForm(request.POST or None, initial=initial)
    calls = families.child_call_open(case)

    def harm_alone(form: Form) -> bool:
        """Record that the family did the harm although the form is refused: a time limit in hours runs from it."""
        if form.cleaned_data.get("harm") != minors.Harm.YES or deadlines.harmed_by_family(case):
            return False
        for day in dict.fromkeys((form.cleaned_data.get("on") or legal_day(), legal_day())):
            try:
                minors.record_guardianship(by=request.user, case=case, on=day, harm=minors.Harm.YES)
            except Refused:
                continue
            words = _(
                "Đã ghi: gia đình là người gây hại. Phần còn lại của trang này chưa được lưu: sửa các ô báo "
                "lỗi rồi lưu lại."
            )
            messages.warning(request, words)
            return True
        return False

    button: dict[str, Any] = {"button": _("Lưu, báo cơ quan bảo vệ trẻ em")} if calls else {}
    return step_page(
        request, case, form=form, here="cases:guardianship",
        do=lambda data: minors.record_guardianship(by=request.user, case=case, **data),
        next_page="cases:child_protection" if calls else "cases:companions", skip="cases:companions",
        template="cases/minor.html", unknown_age=not case.age_class, alone=harm_alone,
        family=families.family_warning(case) if families.family_did_harm(case) else "", **button,
    )  # fmt: skip


def child_protection(request: OfficerRequest, code: str) -> HttpResponse:
    """Record the call to the child-protection officer of the commune or to the national line."""
    case = fetch(request, code, P.CASE_RECEIVE)
    now = clock()
    form = ChildProtectionForm(
        request.POST or None, initial={"on": legal_day(), "at": f"{now:%H:%M}", "seen": latest(case)}
    )

    def do(data: dict[str, Any]) -> Any:
        step = minors.tell_child_protection(by=request.user, case=case, **data)
        messages.success(request, _("Đã ghi việc báo cho cơ quan bảo vệ trẻ em."))
        return step

    return step_page(
        request, case, form=form, do=do, here="cases:guardianship", next_page="cases:companions",
        template="cases/minor.html", button=_("Ghi đã báo"), calling=True, unfolded=True, family=families.family_warning(case),
        numbers=queries.numbers_on_call(case),
    )  # fmt: skip
