"""Papers made of returns, and the templates that offices give for them."""

import datetime as dt
from collections.abc import Callable
from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.agencies.models import Agency
from benan.audit import trail
from benan.core.days import legal_day
from benan.core.refusals import Refused
from benan.plan.models import Plan
from benan.reports import office_templates, paper_policy, policy, template_fields, templates_kept
from benan.reports.content import Content, content
from benan.reports.events import ReportEvent
from benan.reports.models import OfficeTemplate, Return, ReturnStep
from benan.reports.return_document import return_as_docx
from benan.reports.shortfall_reasons import reasons
from benan.reports.submission_note import submission_note_as_docx
from benan.reports.workbook import return_as_xlsx


class PaperKind(StrEnum):
    """What is made of a return: its paper, its figures as a workbook, the note to the head, the office's own paper."""

    DOCX = "docx"
    XLSX = "xlsx"
    NOTE = "phieu-trinh"
    OWN = "mau-rieng"

    @property
    def ending(self) -> str:
        """The ending of the file's name."""
        return "xlsx" if self == PaperKind.XLSX else "docx"


@transaction.atomic
def make_paper(*, by: User, ret: Return, kind: PaperKind) -> bytes:
    """A file made of a return that `by` may read. Raises Refused where the office has no template of its own."""
    today = legal_day()
    if not policy.readable(by, ret.period.plan, today).filter(pk=ret.pk).exists():
        raise PermissionDenied
    made = _MADE[kind](content(ret))
    trail.record(by=by, event=ReportEvent.MADE, on=ret, data={"period": ret.period.key, "kind": kind.value})
    return made


def _own(said: Content) -> bytes:
    period, agency = said.period, said.ret.agency
    form = str(period.form.get("key", ""))
    found = templates_kept.in_force(said.plan, form, agency, said.paper_on or legal_day())
    if found is None:
        raise Refused(_("Đơn vị chưa có mẫu riêng cho báo cáo này."))
    fields = template_fields.fields(said.plan, form)
    return office_templates.filled(found, template_fields.values(said, fields))


def _note(said: Content) -> bytes:
    step = said.ret.steps.filter(kind=ReturnStep.Kind.PUT_BEFORE_HEAD).select_related("by").last()
    return submission_note_as_docx(said, step)


_MADE: dict[PaperKind, Callable[[Content], bytes]] = {
    PaperKind.DOCX: lambda said: return_as_docx(said, reasons(said)),
    PaperKind.XLSX: return_as_xlsx,
    PaperKind.NOTE: _note,
    PaperKind.OWN: _own,
}


@transaction.atomic
def keep_template(
    *, by: User, plan: Plan, form: str, agency: Agency, file: UploadedFile, since: dt.date
) -> OfficeTemplate:
    """Keep an agency's own template for its returns of a form from a day on.

    Raises PermissionDenied for who does not decide there, and Refused with what is wrong in the file, and where.
    """
    paper_policy.require_template(by, agency)
    fields = template_fields.fields(plan, form)
    file.seek(0)
    kept = office_templates.checked(file.read(), fields)
    return _kept(by, OfficeTemplate(plan=plan, form=form, agency=agency, since=since, file=kept, by=by))


@transaction.atomic
def drop_template(*, by: User, plan: Plan, form: str, agency: Agency) -> OfficeTemplate:
    """From today on an agency's returns of a form are written on the program's own paper again."""
    paper_policy.require_template(by, agency)
    row = OfficeTemplate(plan=plan, form=form, agency=agency, since=legal_day(), file=None, by=by)
    return _kept(by, row)


def _kept(by: User, row: OfficeTemplate) -> OfficeTemplate:
    row.save(force_insert=True)
    data = {"agency": row.agency.key, "form": row.form, "from": row.since.isoformat(), "bytes": len(row.file or b"")}
    trail.record(by=by, event=ReportEvent.TEMPLATE_KEPT, on=f"plan:{row.plan.slug}", data=data)
    return row
