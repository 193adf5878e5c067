"""The steps of verification, each on a page of its own."""

from django.contrib import messages
from django.http import Http404
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benan.accounts.policy import held_on, require_any
from benan.accounts.roles import P
from benan.audit import trail
from benan.audit.events import Event
from benan.cases import queries, steps
from benan.cases.actions import verification as actions
from benan.cases.forms import (
    AnswerForm,
    ArrivalOfPaperForm,
    ArrivalOnBehalfForm,
    CloseEarlyForm,
    DraftForm,
    ImmigrationForm,
    OnDay,
    OutcomeToldForm,
    ProofForm,
    ReportUpForm,
    RequestForm,
    SignForm,
)  # fmt: skip
from benan.cases.steps import Paper
from benan.cases.views import fetch, form_page, latest
from benan.core.days import legal_day
from benan.rules import procedures

FORMS = {
    "take_notice": OnDay,
    "record_proof": ProofForm,
    "request_verification": RequestForm,
    "receive_request": ArrivalOfPaperForm,
    "report_to_province": ReportUpForm,
    "receive_report": ArrivalOfPaperForm,
    "tell_outcome": OutcomeToldForm,
    "hand_to_immigration": ImmigrationForm,
    "close_verification": CloseEarlyForm,
}
HINTS = {
    "record_proof": gettext_lazy("Có một trong bốn loại giấy tờ này thì không cần đề nghị xác minh."),
    "receive_request": gettext_lazy("Hạn trả lời tính từ ngày nhận công văn, không phải ngày gửi."),
    "tell_outcome": format_lazy(
        "{how} {kept}",
        how=gettext_lazy(
            "Nói nhẹ nhàng, nói riêng. Kết luận này không phải lời trách; người ấy vẫn có thể cần nơi khác giúp."
        ),
        kept=queries.KEPT,
    ),
}


def move(request, code, move):
    """One step of verification: its form, its article, its verb."""
    if move not in FORMS:
        raise Http404
    file = fetch(request, code)
    stated = steps.move(file, move)
    if stated is None:
        raise Http404
    require_any(request.user, stated.permissions, file)
    track = file.tracks.filter(kind="verification").first()
    holder = track and procedures.for_track(track).tracks["verification"].stages[track.stage].holder
    behalf = queries.on_behalf(held_on(request.user, file), stated, holder)
    form_class = ArrivalOnBehalfForm if behalf and FORMS[move] is ArrivalOfPaperForm else FORMS[move]
    form = form_class(request.POST or None, initial={"on": legal_day(), "seen": latest(file)})
    if FORMS[move] is ArrivalOfPaperForm or move == "take_notice":
        form.fields.pop("words", None)

    def do(data):
        if move in ("receive_request", "receive_report"):
            paper = Paper(data.pop("paper_no", ""), data.pop("paper_on", None), _verifier(file) if behalf else None)
            return getattr(actions, move)(by=request.user, file=file, paper=paper, **data)
        if move == "report_to_province":
            data.pop("words", None)
            return actions.report_to_province(
                by=request.user, file=file, for_agency=_verifier(file) if behalf else None, **data
            )
        return getattr(actions, move)(by=request.user, file=file, **data)

    family = queries.family_warning(file) if move == "tell_outcome" else ""
    return _page(request, file, form, stated.label, _("Ghi bước này"), do, hint=HINTS.get(move, ""),
                 article=stated.article, family=family)  # fmt: skip


def draft(request, code):
    """The draft of a finding by an officer of the verifying police."""
    file = fetch(request, code, P.FINDING_DRAFT)
    form = DraftForm(request.POST or None, initial={"seen": latest(file)})
    return _page(request, file, form, _("Dự thảo kết luận xác minh"), _("Trình thủ trưởng ký"),
                 lambda data: actions.draft_finding(by=request.user, file=file, **data),
                 hint=_("Dự thảo chưa có hiệu lực. Thủ trưởng đơn vị ký thì mới thành trả lời."),
                 article="Luật 66/2011, Điều 27; Nghị định 62/2012, Điều 5")  # fmt: skip


def sign(request, code):
    """The head's signature under the draft."""
    file = fetch(request, code, P.FINDING_SIGN)
    waiting = file.findings.filter(on=None, withdrawn=False).select_related("drafted_by").first()
    form = SignForm(
        request.POST or None, initial={"on": legal_day(), "certificate_on": legal_day(), "seen": latest(file)}
    )
    if waiting and waiting.outcome != "victim":
        form.fields.pop("certificate_no")
        form.fields.pop("certificate_on")
    grounds = [actions.GROUNDS[key] for key in waiting.grounds] if waiting else []
    return _page(request, file, form, _("Ký kết luận xác minh"), _("Ký và trả lời"),
                 lambda data: actions.sign_finding(by=request.user, file=file, **data), draft=waiting, grounds=grounds,
                 article="Luật 66/2011, Điều 24 khoản 4; TTLT 01/2014, Điều 6 khoản 3")  # fmt: skip


def answer(request, code):
    """An answer on paper, recorded on behalf of the police that gave it."""
    file = fetch(request, code, P.ANSWER_RECORD)
    form = AnswerForm(request.POST or None, initial={"on": legal_day(), "seen": latest(file)})
    return _page(request, file, form, _("Ghi nhận trả lời bằng giấy"), _("Ghi thay trả lời này"),
                 lambda data: actions.record_answer(by=request.user, file=file, for_agency=_verifier(file), **data),
                 hint=_("Ghi thay cơ quan Công an đã trả lời bằng văn bản. Cần số và ngày của văn bản."),
                 article="Luật 66/2011, Điều 24 khoản 4")  # fmt: skip


def _verifier(file):
    """The police that verifies now: the province's once it was reported up."""
    rows = file.team.members.filter(part="verifies", until=None).select_related("agency").order_by("-pk")
    return rows[0].agency if rows else None


def _page(request, file, form, title, button, do, **context):
    trail.look(request, Event.FILE_VIEWED, file, {"where": request.resolver_match.url_name})
    answer = form_page(request, form=form, do=do, to=file.get_absolute_url(), file=file, title=title, button=button,
                       status=queries.status(file), **context)  # fmt: skip
    if answer.status_code == 302:
        messages.success(request, _("Đã ghi: %(what)s.") % {"what": title})
    return answer
