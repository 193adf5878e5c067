"""The registers of papers, the scans put to them, and the download of stored files."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from benan.accounts import policy as rights
from benan.accounts.requests import OfficerRequest
from benan.accounts.roles import P
from benan.accounts.views import form_page
from benan.audit import trail
from benan.core.days import legal_day, show
from benan.core.paging import KeyPaginator
from benan.documents import queries
from benan.documents.actions import files, papers
from benan.documents.events import DocumentEvent
from benan.documents.forms import CancelForm, PaperForm, RegisterForm, ScanForm
from benan.documents.kinds import FileKind
from benan.documents.models import Paper, StoredFile
from benan.documents.uploads import takes_files
from benan.ui.pages import submit

PER_PAGE = 50
Direction = Paper.Direction


@require_safe
def download(request: OfficerRequest, key: str) -> HttpResponse:
    """A stored file, always as a download; 404 to whoever may not read it."""
    file = get_object_or_404(StoredFile.objects.visible_to(request.user), key=key)
    trail.look(request, DocumentEvent.FILE_OPENED, on=file)
    headers = {"Content-Disposition": f'attachment; filename="{file.download_name}"'}
    return HttpResponse(queries.content(file), content_type=FileKind(file.kind).media_type, headers=headers)


def register(request: OfficerRequest) -> HttpResponse:
    """The series of an office: by direction (`so`), year (`nam` …) and what is looked for."""
    agency, offices = _office(request)
    direction = Direction.IN if request.GET.get("so", "").startswith("den") else Direction.OUT
    secret = request.GET.get("so", "").endswith("-mat")
    years = queries.years(request.user, agency)
    form = RegisterForm(_asked(request, agency), offices=offices, years=years)
    asked = form.cleaned_data if form.is_valid() else {}
    series = queries.Series(agency, direction, int(asked.get("year") or legal_day().year), secret)
    rows = queries.register(request.user, series, asked.get("q", ""))
    page = KeyPaginator(rows, PER_PAGE).get_page(request.GET.get("trang"))
    trail.look(request, DocumentEvent.REGISTER_VIEWED, on=f"agency:{agency.key}",
               data={"direction": direction.value, "year": series.year, "secret": secret})  # fmt: skip
    kept = {"agency": agency.pk, "year": series.year} | ({"q": asked["q"]} if asked.get("q") else {})
    context = {
        "form": form, "page": page, "lines": queries.lines(page.object_list), "series": series, "agency": agency,
        "office": next((row.name for row in offices if row.pk == agency.pk), ""), "asked": asked.get("q", ""),
        "tabs": _tabs(direction, secret, kept), "query": urlencode({"so": _series_key(direction, secret), **kept}) + "&",
        "is_out": direction == Direction.OUT, "series_key": _series_key(direction, secret),
    }  # fmt: skip
    return render(request, "documents/register.html", context)


@takes_files
def outgoing(request: OfficerRequest) -> HttpResponse:
    """Enter a paper that the office issued."""
    return _paper_page(request, Direction.OUT, papers.register_outgoing)


@takes_files
def incoming(request: OfficerRequest) -> HttpResponse:
    """Enter a paper that came."""
    return _paper_page(request, Direction.IN, papers.register_incoming)


@takes_files
def scan(request: OfficerRequest, paper: int) -> HttpResponse:
    """Put the scan to a paper of the register that has none."""
    row = get_object_or_404(Paper.objects.visible_to(request.user).select_related("agency", "scan"), pk=paper)
    form = ScanForm(request.POST or None, request.FILES or None)

    def attach(said: dict[str, Any]) -> Paper:
        stored = files.store(by=request.user, agency=row.agency, upload=said["scan"][0], field="scan")
        return papers.attach_scan(by=request.user, paper=row, scan=stored)

    if request.method == "POST" and submit(form, attach):
        messages.success(request, _("Đã kèm bản chụp vào văn bản %(paper)s.") % {"paper": row})
        return redirect(_register_of(row))
    context = {"form": form, "line": queries.lines([row])[0], "files": [row.scan], "back": _register_of(row), "is_out": row.direction == Direction.OUT}  # fmt: skip
    return render(request, "documents/scan.html", context, status=422 if form.errors else 200)


def cancel(request: OfficerRequest, paper: int) -> HttpResponse:
    """Cancel a line that was entered by mistake."""
    row = get_object_or_404(Paper.objects.visible_to(request.user).select_related("agency"), pk=paper)
    if row.cancelled_on:
        return redirect(_register_of(row))
    line = queries.lines([row])[0]
    return form_page(
        request, form=CancelForm(request.POST or None), do=lambda said: papers.cancel(by=request.user, paper=row, **said),
        to=_register_of(row), over=f"{line['kind']} {row}, {show(row.on)}", title=_("Gạch dòng ghi nhầm"), button=_("Gạch dòng"),
        under=_("Dòng vẫn còn trong sổ, được gạch ngang kèm lý do. Số của dòng ghi lại được cho văn bản đúng."),
    )  # fmt: skip


def _paper_page(request: OfficerRequest, direction: Direction, verb: Callable[..., Paper]) -> HttpResponse:
    agency, offices = _office(request)
    series = queries.Series(agency, direction, legal_day().year)
    form = PaperForm(request.POST or None, request.FILES or None, user=request.user, agency=agency, direction=direction,
                     next_number=series.next_number(), initial={"on": legal_day()})  # fmt: skip

    def enter(said: dict[str, Any]) -> Paper:
        sent = said.pop("scan")
        kept = files.store(by=request.user, agency=agency, upload=sent[0], field="scan") if sent else None
        return verb(by=request.user, agency=agency, scan=kept, **said)

    if request.method == "POST" and (made := submit(form, enter)):
        messages.success(request, _("Đã ghi văn bản %(paper)s vào sổ.") % {"paper": made})
        return redirect(_register_of(made))
    name = next((row.name for row in offices if row.pk == agency.pk), "")
    context = {"form": form, "office": name, "is_out": direction == Direction.OUT, "back": _register(agency, direction, series.year)}  # fmt: skip
    return render(request, "documents/paper.html", context, status=422 if form.errors else 200)


def _office(request: OfficerRequest) -> tuple[Any, list[Any]]:
    """The office whose register is meant (`agency`), and all whose registers the officer keeps."""
    rights.require_right(request.user, P.WORK_RECORD)
    offices = queries.offices(request.user)
    if not offices:
        raise Http404
    return next((row for row in offices if str(row.pk) == request.GET.get("agency")), offices[0]), offices


def _asked(request: OfficerRequest, agency: Any) -> dict[str, str]:
    """What is asked of the register; the present year where none is."""
    return {"year": str(legal_day().year), **request.GET.dict(), "agency": str(agency.pk)}


def _series_key(direction: str, secret: bool) -> str:
    return ("den" if direction == Direction.IN else "di") + ("-mat" if secret else "")


def _tabs(direction: str, secret: bool, kept: dict[str, Any]) -> list[dict[str, Any]]:
    labels = {
        (Direction.OUT, False): _("Văn bản đi"), (Direction.IN, False): _("Văn bản đến"),
        (Direction.OUT, True): _("Văn bản mật đi"), (Direction.IN, True): _("Văn bản mật đến"),
    }  # fmt: skip
    return [
        {"label": label, "query": urlencode({"so": _series_key(*key), **kept}), "current": key == (direction, secret)}
        for key, label in labels.items()
    ]


def _register(agency: Any, direction: str, year: int, secret: bool = False) -> str:
    query = urlencode({"so": _series_key(direction, secret), "agency": agency.pk, "year": year})
    return f"{reverse('documents:register')}?{query}"


def _register_of(paper: Paper) -> str:
    return _register(paper.agency, paper.direction, paper.year, bool(paper.marking))
