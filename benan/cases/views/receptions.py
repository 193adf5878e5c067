"""Receiving somebody, in short steps that are saved one by one."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from benan.accounts import policy
from benan.accounts import queries as agencies
from benan.accounts.roles import P
from benan.audit import trail
from benan.audit.events import Event
from benan.cases import birth, queries, speech, steps, unattended
from benan.cases.actions import identities, receptions
from benan.cases.forms import (
    ArrivalForm,
    CompanionForm,
    Facts,
    IdentityForm,
    NoticeForm,
    RightsForm,
    SearchForm,
    WordsForm,
)  # fmt: skip
from benan.cases.views import day_at_reception, erased_page, fetch, latest, step_page
from benan.core.days import clock, legal_day
from benan.core.pages import may_repeat, submit
from benan.places import queries as places
from benan.vault import access
from benan.vault.access import Field
from benan.vault.tracing import Facts as Known


@may_repeat
def search(request):
    """Search before creating; the answer, and the way on, are shown at once."""
    policy.require_right(request.user, P.FILE_RECEIVE)
    form = SearchForm(request.POST or None)
    if request.method != "POST":
        return render(request, "cases/search.html", _arriving(request, form=form))
    found = submit(form, lambda data: identities.search(by=request.user, facts=_known(data)))
    if found is None:
        return render(request, "cases/search.html", _arriving(request, form=form), status=422)
    answers = found.listed
    names = agencies.names({answer.agency_id for answer in answers} - {None}, legal_day())
    shown = [
        {"answer": answer, "agency": names.get(answer.agency_id, ""), "numbers": _desk_of(answer.agency_id)}
        for answer in answers
    ]
    for answer in answers:
        if answer.file:
            trail.look(request, Event.FILE_VIEWED, answer.file, {"where": "search"})
    form.auto_id = "id_again_%s"  # what was asked also goes on unseen, to the file
    context = _arriving(
        request,
        form=form,
        facts=Facts(form.cleaned_data),
        answers=shown,
        used_up=found.used_up,
        more=found.more,
        arrival=_arrival(request, said_birth=form.cleaned_data["birth"]),
    )
    return render(request, "cases/search.html", context)


def receive(request):
    """Open a file. Opened without a search before it, where nothing is known yet, the form stands filled in already."""
    policy.require_right(request.user, P.FILE_RECEIVE)
    if request.method != "POST":
        return render(request, "cases/search.html", _arriving(request, arrival=_arrival(request)))
    form, facts = ArrivalForm(request.POST), Facts(request.POST)
    facts.is_valid()
    known = facts.cleaned_data

    def do(data):
        said = data.pop("said_birth") or known.get("birth", "")
        span = birth.parse(said, data["came_on"], field="said_birth")
        identity = {name: known.get(name, "") for name in ("full_name", "id_number", "phone")} | {
            "birth": birth.words(said, span)
        }
        born = {"born_from": span[0], "born_to": span[1]} if span else {}
        return receptions.receive(by=request.user, identity={k: v for k, v in identity.items() if v}, **data, **born)  # fmt: skip

    if (file := submit(form, do)) is not None:
        messages.success(
            request, _("Đã lập hồ sơ %(code)s. Bí danh: %(alias)s.") % {"code": file.shown_code, "alias": file.alias}
        )
        return redirect("support:now", file.code)
    context = _arriving(request, facts=facts, arrival=form)
    return render(request, "cases/search.html", context, status=422)


def come_back(request, code):
    """Receive somebody whose file has ended: the arrival, for the same person."""
    file = fetch(request, code, P.FILE_RECEIVE)
    trail.look(request, Event.FILE_VIEWED, file, {"where": "come_back"})
    if file.erased_on:
        return erased_page(request, file)
    seat = policy.held_on(request.user, file).having(P.FILE_RECEIVE)[0]
    initial = {
        "came_on": legal_day(), "came_at": f"{clock():%H:%M}", "sex": file.sex, "door": "self",
        "area_code": _own_commune(seat.agency),
    }  # fmt: skip
    form = ArrivalForm(request.POST or None, initial=initial)

    def do(data):
        said = data.pop("said_birth")
        span = birth.parse(said, data["came_on"])
        born = {"born_from": span[0], "born_to": span[1]} if span else {}
        identity = {"birth": birth.words(said, span)} if said else None
        return receptions.come_back(by=request.user, file=file, identity=identity, **data, **born)

    if request.method == "POST" and (back := submit(form, do)) is not None:
        messages.success(
            request, _("Đã lập hồ sơ %(code)s. Bí danh: %(alias)s.") % {"code": back.shown_code, "alias": back.alias}
        )
        return redirect("support:now", back.code)
    context = {
        "form": form, "file": file, "title": _("Người ấy trở lại"), "button": _("Lập hồ sơ mới cho người ấy"),
        "hint": _("Hồ sơ trước vẫn đọc được và hai hồ sơ chỉ đến nhau. Danh tính đã niêm phong không phải hỏi lại."),
    }  # fmt: skip
    return render(request, "cases/form.html", context, status=422 if form.is_bound else 200)


def paper(request):
    """A blank form to write on by hand and enter later with the true time. Not the law's own Phụ lục 2."""
    policy.require_right(request.user, P.FILE_RECEIVE)
    return render(request, "cases/paper.html", {"rights": speech.rights(), "lines": range(12)})


def who(request, code):
    """Who the person is, each part only if they want to say it."""
    file = fetch(request, code, P.FILE_RECEIVE)
    initial = {
        "sex": file.sex, "nationality": file.nationality, "ethnic_code": file.ethnic_code, "seen": latest(file),
        "resides_here": {True: "yes", False: "no", None: ""}[file.resides_here],
    }  # fmt: skip
    form = IdentityForm(request.POST or None, initial=initial)

    def do(data):
        said, seen = data["said_birth"], data["seen"]
        span = birth.parse(said, file.reception.came_on, field="said_birth")
        # An empty box leaves what is sealed as it is: the page does not show it, so nobody can mean to erase it.
        values = {name: data[name] for name in _SEALED if data[name]} | (
            {"birth": birth.words(said, span)} if said else {}
        )
        facts = {name: data[name] for name in ("sex", "nationality", "ethnic_code") if name in data}
        if "resides_here" in data:
            facts["resides_here"] = {"yes": True, "no": False, "": None}[data["resides_here"]]
        if span:
            facts |= {"born_from": span[0], "born_to": span[1]}
        return receptions.tell(by=request.user, file=file, values=values, seen=seen, declined=data["declined"], **facts)

    return step_page(request, file, form=form, do=do, here="cases:who", next_page="cases:words", say=speech.to(file, speech.NAME),
                 family=queries.family_warning(file),
                 known=[access.FIELDS[field] for field in Field.values if field in access.known_fields(file.person_id)])  # fmt: skip


def companions(request, code):
    """Who came along; as many as there are, one at a time."""
    file = fetch(request, code, P.FILE_RECEIVE)
    form = CompanionForm(request.POST or None, initial={"seen": latest(file)})

    def do(data):
        if data["kind"] == CompanionForm.NOBODY:
            return receptions.came_alone(by=request.user, file=file, seen=data["seen"])
        said = data["said_birth"]
        span = birth.parse(said, file.reception.came_on, field="said_birth")
        born = {"born_from": span[0], "born_to": span[1]} if span else {}
        identity = {"full_name": data["full_name"], "birth": birth.words(said, span)}
        return receptions.add_companion(
            by=request.user, file=file, kind=data["kind"], seen=data["seen"], sex=data["sex"],
            identity={name: value for name, value in identity.items() if value}, **born,
        )  # fmt: skip

    nobody = request.POST.get("kind") == CompanionForm.NOBODY
    return step_page(request, file, form=form, do=do, here="cases:companions",
                 next_page="cases:who" if nobody else "cases:companions",
                 skip="cases:who", related=queries.related(request.user, file), button=_("Lưu người này"))  # fmt: skip


def words(request, code):
    """The person's own words, sealed as they are."""
    file = fetch(request, code, P.FILE_RECEIVE)
    form = WordsForm(request.POST or None, initial={"seen": latest(file)})

    def do(data):
        return receptions.record_words(
            by=request.user, file=file, words=data["own_words"], declined=data["declined"], seen=data["seen"]
        )

    return step_page(
        request, file, form=form, do=do, here="cases:words", next_page="cases:rights", say=speech.to(file, speech.NAME)
    )


def rights(request, code):
    """The person's rights, explained."""
    file = fetch(request, code, P.FILE_RECEIVE)
    form = RightsForm(request.POST or None, initial={"on": day_at_reception(file), "seen": latest(file)})

    def do(data):
        return receptions.explain_rights(
            by=request.user, file=file, on=data["on"], language=data["language"], seen=data["seen"]
        )

    return step_page(
        request, file, form=form, do=do, here="cases:rights", next_page="support:given", rights=speech.rights(file)
    )


def review(request, code):
    """What was recorded, what is missing, and the notice to the labour office."""
    file = fetch(request, code, P.FILE_RECEIVE)
    now = clock()
    told_at = "" if file.reception.on_paper else f"{now:%H:%M}"
    form = NoticeForm(request.POST or None, initial={"on": day_at_reception(file), "at": told_at, "seen": latest(file)})

    def do(data):
        step = receptions.notify_labour(by=request.user, file=file, on=data["on"], at=data["at"], how=data["how"],
                                        words=data["words"], seen=data["seen"])  # fmt: skip
        messages.success(request, _("Đã báo Phòng LĐ-TB&XH. Từ đây Phòng có 03 ngày."))
        return step

    came, today = file.reception.came_on, legal_day()
    covered = steps.move(file, "notify_labour") is not None
    office = agencies.labour_office_of(file.area_code, today, came) if covered else None
    return step_page(
        request, file, form=form, do=do, here="cases:review", next_page="cases:file", button=_("Ghi đã báo Phòng LĐ-TB&XH"),
        office=agencies.names([office.pk], today).get(office.pk) if office else "",
        told="notify_labour" in set(file.steps.values_list("key", flat=True)),
        unattended=unattended.warnings([office and office.pk]),
        numbers=agencies.numbers_without(
            file.team.kept_from.all(), agencies.duty_numbers(file.area_code, today, now.time(), came)
        ),
        notice="" if covered else steps.procedure_of(file, "verification").notice,
    )  # fmt: skip


def _arriving(request, **context):
    here = "cases:receive" if context.get("arrival") else "cases:search"
    return queries.stepper(None, here) | {
        "arrival": None, "answers": None, "used_up": False, "more": 0, "facts": None, "hotline": _hotline(request), **context,
    }  # fmt: skip


def _arrival(request, said_birth=""):
    seat = request.user.seat(P.FILE_RECEIVE)
    return ArrivalForm(initial={
        "came_on": legal_day(), "came_at": f"{clock():%H:%M}", "said_birth": said_birth,
        "area_code": _own_commune(seat.agency),
    })  # fmt: skip


def _own_commune(agency):
    """The commune of an office as it lies today; none where it was divided, for then nobody can know which."""
    if len(agency.unit_code) != 5:
        return ""
    today, end = legal_day(), agency.in_force.upper
    units = places.lying(agency.unit_code, min(today, end - today.resolution) if end else today, today)
    return units[0].code if len(units) == 1 else ""


def _hotline(request):
    seat = request.user.seat(P.FILE_RECEIVE)
    return agencies.numbers_near(seat.agency, legal_day(), clock().time()) if seat.agency.unit_code else []


def _desk_of(agency_id):
    return agencies.desk_of(agency_id, legal_day(), clock().time()) if agency_id else []


def _known(data):
    span = birth.parse(data["birth"], legal_day())
    return Known(
        names=(data["full_name"],) if data["full_name"] else (),
        years=(span[0].year, span[1].year) if span else None, id_number=data["id_number"], phone=data["phone"],
    )  # fmt: skip


_SEALED = ("full_name", "other_names", "id_number", "phone", "residence", "stay", "contact")
