"""What is needed, what was given."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts import queries as agencies
from benan.accounts.models import Agency
from benan.accounts.policy import allows, held_on
from benan.accounts.roles import P
from benan.cases import queries as cases
from benan.cases import speech
from benan.cases.models import Fact
from benan.cases.steps import words
from benan.cases.views import day_at_reception, fetch, latest, step_page
from benan.core.days import clock, legal_day
from benan.support import queries
from benan.support.actions import applications
from benan.support.actions import needs as actions
from benan.support.forms import (
    ApplicationForm,
    ApplyForm,
    AssessForm,
    FactForm,
    GivenForm,
    NowForm,
    ProvideForm,
    WhyForm,
)
from benan.support.models import Need, Provision
from benan.support.needs import APPLICATION, FAMILY
from benan.support.views import act_page, danger_alone, danger_told, file_frame, told_once


def now(request, code):
    """Danger and needs, now; with whom to ring."""
    file = fetch(request, code, P.SUPPORT_RECORD)
    offices, opened = queries.danger_offices(file), {"on": day_at_reception(file), "seen": latest(file)}
    form = NowForm(request.POST or None, offices=offices, initial=opened)
    told = danger_told(request, file, lambda data: actions.screen(by=request.user, file=file, **data))

    def do(data):
        done = told(data)
        if data["needs"] is None:
            messages.warning(request, _("Chưa ghi nhu cầu: việc hỏi nhu cầu còn ở Bàn việc và ở hồ sơ."))
        return done

    numbers = agencies.duty_numbers(file.area_code, legal_day(), clock().time(), file.reception.came_on)
    numbers = agencies.numbers_without(file.team.kept_from.all(), numbers)
    warning, harmed = cases.family_warning(file), cases.harmed_by_family(file)
    if warning and not harmed:
        form.fields["needs"].help_text = f"{form.fields['needs'].help_text} {warning}"
    onward = "cases:guardianship" if cases.may_be_minor(file) else "cases:companions"
    answer = _reception(request, file, form, do, "support:now", onward, numbers=numbers, danger=True,
                        family=warning if harmed else "", alone=danger_alone(request, file),
                        say=speech.to(file, speech.SAFE))  # fmt: skip
    return told_once(request, file, answer)


def given(request, code):
    """What was given of what was needed."""
    file = fetch(request, code, P.SUPPORT_RECORD)
    asked = list(Need.objects.of(file).filter(phase=Need.Phase.INITIAL))
    form = GivenForm(request.POST or None, needs=asked, initial={"on": day_at_reception(file), "seen": latest(file)})

    def do(data):
        return actions.give_now(
            by=request.user, file=file, given=data["given"], refused=data["refused"], on=data["on"], seen=data["seen"]
        )

    return _reception(
        request, file, form, do, "support:given", "cases:review", nothing=not any(need.is_open for need in asked)
    )


def listing(request, code):
    """Every need and where it stands."""
    file = fetch(request, code)
    context = file_frame(request, file, "support:needs") | queries.needs_page(request.user, file)
    return render(request, "support/needs.html", context)


def assess(request, code):
    """An assessment with the person."""
    file = fetch(request, code, P.NEED_ASSESS)
    known = {name: _WRITTEN[getattr(file, name)] for name in _ASKED}
    initial = {"on": legal_day(), "seen": latest(file), **known}
    form = AssessForm(request.POST or None, offices=queries.danger_offices(file), initial=initial)

    def do(data):
        data |= {name: _READ[data[name]] for name in _ASKED if name in data}
        danger = data.pop("danger") or None
        return actions.assess(by=request.user, file=file, danger=danger, safety_asked=danger is not None, **data)

    answer = act_page(request, file, form=form, do=danger_told(request, file, do), alone=danger_alone(request, file),
                      to=reverse("support:needs", args=[code]), title=_("Đánh giá nhu cầu"),
                      button=_("Lưu đánh giá"), article="Thông tư 35/2013, Điều 12 và Điều 20",
                      hint=_("Cùng làm với người ấy; hỏi điều họ muốn trước."))  # fmt: skip
    return told_once(request, file, answer)


def fact(request, code, name):
    """One thing known of the person that rights depend on, and from which day it is true."""
    if name not in Fact.Name.values:
        raise Http404
    file = fetch(request, code, P.NEED_ASSESS)
    held = getattr(file, name)
    form = FactForm(request.POST or None, name=name, initial={"value": _WRITTEN.get(held, held), "seen": latest(file)})

    def do(data):
        value = data["value"] if name == Fact.Name.NATIONALITY else _READ[data["value"]]
        return actions.learn(
            by=request.user, file=file, name=name, value=value, true_from=data["true_from"], seen=data["seen"]
        )

    return act_page(request, file, form=form, do=do, to=reverse("support:needs", args=[code]), title=_("Ghi điều đã biết"),
                    button=_("Ghi"), hint=_("Câu trả lời của luật cho từng nhu cầu được xem lại ngay."))  # fmt: skip


def provide(request, code, need):
    """One thing offered, refused, begun or given for a need."""
    file = fetch(request, code, P.SUPPORT_RECORD)
    row = get_object_or_404(Need.objects.of(file), pk=need)
    team = queries.team_choices(file)
    own = held_on(request.user, file).agencies(P.SUPPORT_RECORD)
    mine = next((pk for pk, _name in team if pk in own), None)
    form = ProvideForm(
        request.POST or None,
        team=team,
        kind=row.kind,
        initial={"on": legal_day(), "agency": mine, "seen": latest(file)},
    )

    def do(data):
        agency = Agency.objects.get(pk=data.pop("agency"))
        return actions.provide(by=request.user, need=row, agency=agency, **data)

    return act_page(request, file, form=form, do=do, to=reverse("support:needs", args=[code]),
                    title=_("Hỗ trợ: %(need)s") % {"need": row.label}, button=_("Ghi"), article=row.citation,
                    family=cases.family_warning(file) if row.kind in FAMILY else "")  # fmt: skip


def apply(request, code):
    """A written application of the person or their family."""
    file = fetch(request, code, P.SUPPORT_RECORD)
    form = ApplyForm(request.POST or None, initial={"on": legal_day(), "seen": latest(file)})
    return act_page(request, file, form=form, do=lambda data: applications.apply_for_support(by=request.user, file=file, **data),
                    to=reverse("support:needs", args=[code]), title=_("Ghi đơn đề nghị hỗ trợ"), button=_("Ghi đơn"),
                    article="Nghị định 09/2013, Điều 23 khoản 3",
                    hint=_("Trong 12 tháng kể từ ngày được xác nhận là nạn nhân; vay vốn không cần đơn này."))  # fmt: skip


def application(request, code, act):
    """What happened to the application: sent, received, submitted, decided."""
    if act not in APPLICATION:
        raise Http404
    file = fetch(request, code, P.SUPPORT_RECORD)
    form = ApplicationForm(request.POST or None, act=act, initial={"on": legal_day(), "seen": latest(file)})
    return act_page(request, file, form=form, to=reverse("support:needs", args=[code]), title=words(act), button=_("Ghi"),
                    do=lambda data: applications.move_application(by=request.user, file=file, act=act, **data),
                    article="Nghị định 09/2013, Điều 23 khoản 3 điểm b")  # fmt: skip


def take_back(request, code, provision):
    """Take back a line recorded by mistake."""
    file = fetch(request, code, P.FILE_CORRECT)
    row = get_object_or_404(Provision.objects.of(file).select_related("need", "file"), pk=provision)
    form = WhyForm(request.POST or None, initial={"seen": latest(file)})
    return act_page(request, file, form=form, do=lambda data: actions.correct_provision(by=request.user, provision=row, **data),
                    to=reverse("support:needs", args=[code]), title=_("Rút dòng hỗ trợ ghi nhầm"), button=_("Rút dòng này"),
                    hint=_("Dòng cũ vẫn đọc được trong diễn biến; nhu cầu trở lại là chưa xong."))  # fmt: skip


_ASKED = ("poor_household", "financial_difficulty", "cannot_pay_travel")
_WRITTEN, _READ = {True: "yes", False: "no", None: ""}, {"yes": True, "no": False, "": None}


def _reception(request, file, form, do, here, next_page, **context):
    """A step of receiving; who only supports gets its form alone, and goes back to the needs."""
    usual = {"form": form, "do": do, "here": here, "template": "support/step.html",
             "family": cases.family_warning(file), **context}  # fmt: skip
    if allows(request.user, P.FILE_RECEIVE, file):
        return step_page(request, file, next_page=next_page, **usual)
    label, back = cases.stepper(None, here)["label"], reverse("support:needs", args=[file.code])
    return act_page(request, file, to=back, after=back, title=label, label=label, button=_("Lưu"), **usual)
