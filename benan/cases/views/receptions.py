"""The guided reception, in short steps that are saved one by one."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from benan.accounts import policy
from benan.accounts.requests import OfficerRequest
from benan.accounts.roles import P
from benan.agencies import queries as agencies
from benan.agencies.models import Agency, OnCallContact
from benan.audit import trail
from benan.cases import acts, birth, families, opening, queries, reception_steps, speech, unattended
from benan.cases.actions import identities, receptions
from benan.cases.events import CaseEvent
from benan.cases.forms import (
    ArrivalForm,
    CarriedSearch,
    CompanionForm,
    IdentityForm,
    NoticeForm,
    RightsForm,
    SearchForm,
    WordsForm,
)  # fmt: skip
from benan.cases.known import READ, WRITTEN
from benan.cases.views import day_at_reception, erased_page, fetch, latest, step_page
from benan.core.days import clock, legal_day
from benan.core.refusals import SentBefore
from benan.places import queries as places
from benan.ui.pages import may_repeat, refused_before, submit
from benan.vault import access
from benan.vault.access import Field
from benan.vault.tracing import ComparedIdentity as Known


@may_repeat
def search(request: OfficerRequest) -> HttpResponse:
    """Search for cases of the same person before one is created; shows the answers and the form for the arrival."""
    policy.require_right(request.user, P.CASE_RECEIVE)
    form = SearchForm(request.POST or None)
    if request.method != "POST":
        return render(request, "cases/search.html", _search_context(request, form=form))
    found = submit(form, lambda data: identities.search(by=request.user, facts=_known(data)))
    if found is None:
        return render(request, "cases/search.html", _search_context(request, form=form), status=422)
    answers = found.listed
    names = agencies.names({answer.agency_id for answer in answers} - {None}, legal_day())
    shown = [
        {"answer": answer, "agency": names.get(answer.agency_id, ""), "numbers": _contacts_of(answer.agency_id)}
        for answer in answers
    ]
    for answer in answers:
        if answer.case:
            trail.look(request, CaseEvent.VIEWED, answer.case, {"where": "search"})
    form.auto_id = "id_again_%s"  # what was asked also goes on unseen, to the case
    context = _search_context(
        request,
        form=form,
        facts=CarriedSearch(form.cleaned_data),
        answers=shown,
        used_up=found.used_up,
        more=found.more,
        arrival=_arrival(request, said_birth=form.cleaned_data["birth"]),
    )
    return render(request, "cases/search.html", context)


def receive(request: OfficerRequest) -> HttpResponse:
    """Create a case. Opened without a search, the page shows the form for the arrival, filled in with today."""
    policy.require_right(request.user, P.CASE_RECEIVE)
    if request.method != "POST":
        return render(request, "cases/search.html", _search_context(request, arrival=_arrival(request)))
    near = _receiving_agency(request).unit_code
    form, facts = (
        ArrivalForm(request.POST, near=near, just=opening.just_received(request.user)),
        CarriedSearch(request.POST),
    )
    facts.is_valid()
    known = facts.cleaned_data

    def do(data: dict[str, Any]) -> Any:
        born, sealed = _birth(data.pop("said_birth") or known.get("birth", ""), data["came_on"])
        identity = {name: known.get(name, "") for name in ("full_name", "id_number", "phone")} | {"birth": sealed}
        return receptions.receive(
            by=request.user, identity={k: v for k, v in identity.items() if v}, another=data.pop("another", False),
            **data, **born,
        )  # fmt: skip

    if (case := submit(form, do)) is not None:
        messages.success(
            request, _("Đã lập hồ sơ %(code)s. Bí danh: %(alias)s.") % {"code": case.shown_code, "alias": case.alias}
        )
        return redirect(reception_steps.next_after("cases:receive", case), case.code)
    if isinstance(refused_before(form), SentBefore):  # whoever sends it once more says that it is somebody else
        form.data = request.POST.copy()
        form.data["another"] = "on"
    context = _search_context(request, facts=facts, arrival=form)
    return render(request, "cases/search.html", context, status=422)


def come_back(request: OfficerRequest, code: str) -> HttpResponse:
    """Receive again somebody whose case has ended: the form for the arrival, for the same person."""
    case = fetch(request, code, P.CASE_RECEIVE)
    trail.look(request, CaseEvent.VIEWED, case, {"where": "come_back"})
    if case.erased_on:
        return erased_page(request, case)
    seat = policy.held_on(request.user, case).having(P.CASE_RECEIVE)[0]
    initial = {
        "came_on": legal_day(), "came_at": f"{clock():%H:%M}", "sex": case.sex,
        "area_code": _own_commune(seat.agency),
    }  # fmt: skip
    form = ArrivalForm(request.POST or None, initial=initial, near=seat.agency.unit_code)

    def do(data: dict[str, Any]) -> Any:
        born, sealed = _birth(data.pop("said_birth"), data["came_on"])
        identity = {"birth": sealed} if sealed else None
        return receptions.come_back(by=request.user, case=case, identity=identity, **data, **born)

    if request.method == "POST" and (back := submit(form, do)) is not None:
        messages.success(
            request, _("Đã lập hồ sơ %(code)s. Bí danh: %(alias)s.") % {"code": back.shown_code, "alias": back.alias}
        )
        return redirect(reception_steps.next_after("cases:receive", back), back.code)
    context = {
        "form": form, "case": case, "title": _("Người ấy trở lại"), "button": _("Lập hồ sơ mới cho người ấy"),
        "hint": _("Hồ sơ trước vẫn đọc được và hai hồ sơ được liên kết với nhau. Danh tính đã ghi trước đây "
                  "thì không phải hỏi lại."),
    }  # fmt: skip
    return render(request, "cases/form.html", context, status=422 if form.is_bound else 200)


def paper(request: OfficerRequest) -> HttpResponse:
    """A blank form to print, write on by hand and enter later with the true time. It is not Phụ lục 2 of the law."""
    policy.require_right(request.user, P.CASE_RECEIVE)
    return render(request, "cases/paper.html", {"rights": speech.rights(), "lines": range(12)})


def who(request: OfficerRequest, code: str) -> HttpResponse:
    """The identity, each part only if the person wants to say it."""
    case = fetch(request, code, P.CASE_RECEIVE)
    initial = {
        "sex": case.sex, "nationality": case.nationality, "ethnic_code": case.ethnic_code, "seen": latest(case),
        "resides_here": WRITTEN[case.resides_here],
    }  # fmt: skip
    form = IdentityForm(request.POST or None, initial=initial)

    def do(data: dict[str, Any]) -> Any:
        born, sealed = _birth(data["said_birth"], case.reception.came_on)
        # An empty box leaves what is sealed as it is: the page does not show it, so nobody can mean to erase it.
        values = {name: data[name] for name in _SEALED if data[name]} | ({"birth": sealed} if sealed else {})
        facts = {name: data[name] for name in ("sex", "nationality", "ethnic_code") if name in data}
        if "resides_here" in data:
            facts["resides_here"] = READ[data["resides_here"]]
        return receptions.record_identity_and_facts(
            by=request.user, case=case, values=values, seen=data["seen"], declined=data["declined"], **facts, **born
        )

    sealed_fields = access.known_fields(case.person_id)
    return step_page(request, case, form=form, do=do, here="cases:who", next_page="cases:words", say=speech.worded_for(case, speech.NAME),
                 family=families.family_warning(case),
                 known=[access.FIELDS[field] for field in Field.values if field in sealed_fields])  # fmt: skip


def companions(request: OfficerRequest, code: str) -> HttpResponse:
    """Who came along; as many as there are, one at a time."""
    case = fetch(request, code, P.CASE_RECEIVE)
    form = CompanionForm(request.POST or None, initial={"seen": latest(case)})

    def do(data: dict[str, Any]) -> Any:
        if data["kind"] == CompanionForm.NOBODY:
            return receptions.record_came_alone(by=request.user, case=case, seen=data["seen"])
        born, sealed = _birth(data["said_birth"], case.reception.came_on)
        identity = {"full_name": data["full_name"], "birth": sealed}
        return receptions.add_companion(
            by=request.user, case=case, kind=data["kind"], seen=data["seen"], sex=data["sex"],
            identity={name: value for name, value in identity.items() if value}, **born,
        )  # fmt: skip

    nobody = request.POST.get("kind") == CompanionForm.NOBODY
    return step_page(request, case, form=form, do=do, here="cases:companions",
                 next_page="cases:who" if nobody else "cases:companions",
                 skip="cases:who", related=queries.cases_received_together(request.user, case), button=_("Lưu"),
                 unfolded=case.steps.filter(key="companion").exists())  # fmt: skip


def words(request: OfficerRequest, code: str) -> HttpResponse:
    """The person's own words, sealed as they are."""
    case = fetch(request, code, P.CASE_RECEIVE)
    form = WordsForm(request.POST or None, initial={"seen": latest(case)})

    def do(data: dict[str, Any]) -> Any:
        return receptions.record_words(
            by=request.user, case=case, words=data["own_words"], declined=data["declined"], seen=data["seen"]
        )

    return step_page(
        request,
        case,
        form=form,
        do=do,
        here="cases:words",
        next_page="cases:rights",
        say=speech.worded_for(case, speech.NAME),
    )


def rights(request: OfficerRequest, code: str) -> HttpResponse:
    """The person's rights, explained."""
    case = fetch(request, code, P.CASE_RECEIVE)
    form = RightsForm(request.POST or None, initial={"on": day_at_reception(case), "seen": latest(case)})

    def do(data: dict[str, Any]) -> Any:
        return receptions.explain_rights(
            by=request.user, case=case, on=data["on"], language=data["language"], seen=data["seen"]
        )

    return step_page(
        request,
        case,
        form=form,
        do=do,
        here="cases:rights",
        next_page=reception_steps.next_after("cases:rights", case),
        rights=speech.rights(case),
    )


def review(request: OfficerRequest, code: str) -> HttpResponse:
    """What was recorded, what is missing, and the notice to the labour office."""
    case = fetch(request, code, P.CASE_RECEIVE)
    now = clock()
    told_at = "" if case.reception.on_paper else f"{now:%H:%M}"
    form = NoticeForm(request.POST or None, initial={"on": day_at_reception(case), "at": told_at, "seen": latest(case)})

    def do(data: dict[str, Any]) -> Any:
        step = receptions.notify_labour(by=request.user, case=case, on=data["on"], at=data["at"], how=data["how"],
                                        words=data["words"], seen=data["seen"])  # fmt: skip
        messages.success(request, _("Đã báo Phòng LĐ-TB&XH. Thời hạn 03 ngày của Phòng bắt đầu tính."))
        return step

    came, today = case.reception.came_on, legal_day()
    tracks = acts.tracks_of(case)
    covered = acts.move_of(case, "notify_labour", tracks) is not None
    office = agencies.labour_office_of(case.area_code, today, came) if covered else None
    return step_page(
        request, case, form=form, do=do, here="cases:review", next_page="cases:case", button=_("Ghi đã báo Phòng LĐ-TB&XH"),
        office=agencies.names([office.pk], today).get(office.pk) if office else "",
        answers=reception_steps.review(policy.held_on(request.user, case), case),
        told="notify_labour" in set(case.steps.values_list("key", flat=True)),
        unattended=unattended.warnings([office.pk] if office else []),
        numbers=queries.numbers_on_call(case),
        notice="" if covered else acts.procedure_of(case, "", tracks).notice,
    )  # fmt: skip


def _search_context(request: OfficerRequest, **context: Any) -> dict[str, Any]:
    """The context of the page of the first two steps."""
    here = "cases:receive" if context.get("arrival") else "cases:search"
    return reception_steps.stepper(None, here) | {
        "arrival": None, "answers": None, "used_up": False, "more": 0, "facts": None, "hotline": _hotline(request), **context,
    }  # fmt: skip


def _birth(said: str, on: dt.date) -> tuple[dict[str, Any], str]:
    """The span of a birth told in words on a day, as the verbs take it, and the words to seal. Raises Refused."""
    span = birth.parse(said, on, field="said_birth")
    return {"born_from": span[0], "born_to": span[1]} if span else {}, birth.words_to_seal(said, span)


def _arrival(request: OfficerRequest, said_birth: str = "") -> ArrivalForm:
    office = _receiving_agency(request)
    return ArrivalForm(near=office.unit_code, just=opening.just_received(request.user), initial={
        "came_on": legal_day(), "came_at": f"{clock():%H:%M}", "said_birth": said_birth, "area_code": _own_commune(office),
    })  # fmt: skip


def _own_commune(agency: Agency) -> str:
    """The code of the commune of an office today; "" for an office of a larger unit, or where its commune was divided."""
    if len(agency.unit_code) != 5:
        return ""
    today, end = legal_day(), agency.in_force.upper
    units = places.lying(agency.unit_code, min(today, end - today.resolution) if end else today, today)
    return units[0].code if len(units) == 1 else ""


def _hotline(request: OfficerRequest) -> list[OnCallContact]:
    agency = _receiving_agency(request)
    return agencies.contacts_near(agency, legal_day(), clock().time()) if agency.unit_code else []


def _receiving_agency(request: OfficerRequest) -> Agency:
    """The agency of the officer's first seat that may receive. Raises PermissionDenied (403) where they have none."""
    seat = request.user.seat(P.CASE_RECEIVE)
    if seat is None:
        raise PermissionDenied
    return seat.agency


def _contacts_of(agency_id: int | None) -> list[OnCallContact]:
    return agencies.contact_of(agency_id, legal_day(), clock().time()) if agency_id else []


def _known(data: dict[str, Any]) -> Known:
    span = birth.parse(data["birth"], legal_day())
    return Known(
        names=(data["full_name"],) if data["full_name"] else (),
        years=(span[0].year, span[1].year) if span else None, id_number=data["id_number"], phone=data["phone"],
    )  # fmt: skip


_SEALED = ("full_name", "other_names", "id_number", "phone", "residence", "stay", "contact")
