"""Pages for somebody who is or may be under 18."""

from django.contrib import messages
from django.utils.translation import gettext as _

from benan.accounts import queries as agencies
from benan.accounts.roles import P
from benan.cases import queries, steps
from benan.cases.actions import minors
from benan.cases.forms import ChildProtectionForm, GuardianshipForm
from benan.cases.views import fetch, latest, step_page
from benan.core.days import clock, legal_day
from benan.core.refusals import Refused


def guardianship(request, code):
    """Whether the family did the harm, and who represents; of a child the way leads on to the call."""
    file = fetch(request, code, P.FILE_RECEIVE)
    said = file.guardianships.first()
    initial = {"on": legal_day(), "seen": latest(file)}
    initial |= {"harm": said.harm, "representative": said.representative} if said else {}
    form = GuardianshipForm(request.POST or None, initial=initial)
    calls = queries.child_call_open(file)

    def harm_alone(form):
        """That the family did the harm sets hours running: it is recorded though the rest is refused."""
        if form.cleaned_data.get("harm") != minors.Harm.YES or steps.harmed_by_family(file):
            return False
        for day in dict.fromkeys((form.cleaned_data.get("on") or legal_day(), legal_day())):
            try:
                minors.record_guardianship(by=request.user, file=file, on=day, harm=minors.Harm.YES)
            except Refused:
                continue
            words = _(
                "Đã ghi: gia đình là người gây hại. Phần còn lại của trang này chưa lưu: sửa chỗ báo lỗi rồi lưu lại."
            )
            messages.warning(request, words)
            return True
        return False

    button = {"button": _("Lưu, báo nơi bảo vệ trẻ em")} if calls else {}
    return step_page(
        request, file, form=form, here="cases:guardianship",
        do=lambda data: minors.record_guardianship(by=request.user, file=file, **data),
        next_page="cases:child_protection" if calls else "cases:companions", skip="cases:companions",
        template="cases/minor.html", unknown_age=not file.age_class, alone=harm_alone,
        family=queries.family_warning(file) if queries.harmed_by_family(file) else "", **button,
    )  # fmt: skip


def child_protection(request, code):
    """The call to the child-protection officer of the commune or to the national line, recorded."""
    file = fetch(request, code, P.FILE_RECEIVE)
    now = clock()
    form = ChildProtectionForm(
        request.POST or None, initial={"on": legal_day(), "at": f"{now:%H:%M}", "seen": latest(file)}
    )

    def do(data):
        step = minors.tell_child_protection(by=request.user, file=file, **data)
        messages.success(request, _("Đã ghi việc báo cho nơi bảo vệ trẻ em."))
        return step

    return step_page(
        request, file, form=form, do=do, here="cases:guardianship", next_page="cases:companions",
        template="cases/minor.html", button=_("Ghi đã báo"), calling=True, family=queries.family_warning(file),
        numbers=agencies.numbers_without(
            file.team.kept_from.all(), agencies.duty_numbers(file.area_code, legal_day(), now.time())
        ),
    )  # fmt: skip
