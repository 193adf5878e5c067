"""Registering papers: outgoing after they are signed, incoming when they arrive (NĐ 30/2020, art. 15, 21, 22)."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.agencies.models import Agency
from benan.audit import trail
from benan.core import papers
from benan.core.days import legal_day, show
from benan.core.refusals import Refused, refuse_unknown
from benan.core.text import clean, whole_number
from benan.documents import policy, queries
from benan.documents.events import DocumentEvent
from benan.documents.models import ABOUT, HOLDER, PARTY, REASON, SUBJECT, Paper, StoredFile
from benan.rules import vocabularies

FIRST_YEAR = 2000


@transaction.atomic
def register_outgoing(
    *,
    by: User,
    agency: Agency,
    on: dt.date,
    number: int | None = None,
    notation: str = "",
    kind: str = "",
    other_agency: Agency | None = None,
    other_party: str = "",
    about: str = "",
    marking: str = "",
    holder: str = "",
    scan: StoredFile | None = None,
    replaces: Paper | None = None,
    subject: str = "",
) -> Paper:
    """Enter a paper that an office issued, once it is signed; without a `number` the next one of its series.

    `notation` is what follows the number or the whole of both ("BC-UBND", "45/BC-UBND"); `kind` a code of the list
    "paper_kinds"; `other_agency` or `other_party` say to whom. Of a secret paper (`marking`) only number, day and `holder` are
    taken. Raises PermissionDenied (403) and Refused.
    """
    known = {"kind": kind, "other_agency": other_agency, "other_party": other_party, "about": about, "subject": subject}
    entry = _Entry(by, agency, Paper.Direction.OUT, on, marking, holder, known | {"scan": scan, "replaces": replaces})
    return entry.register(number, notation)


@transaction.atomic
def register_incoming(
    *,
    by: User,
    agency: Agency,
    on: dt.date,
    number: int | None = None,
    notation: str = "",
    kind: str = "",
    other_agency: Agency | None = None,
    other_party: str = "",
    about: str = "",
    marking: str = "",
    holder: str = "",
    scan: StoredFile | None = None,
    subject: str = "",
) -> Paper:
    """Enter a paper that came to an office, on the day on which it came; `number` is that of its arrival.

    `notation` is the number that stands on the paper; the rest is as for `register_outgoing`.
    """
    known = {"kind": kind, "other_agency": other_agency, "other_party": other_party, "about": about, "subject": subject}
    entry = _Entry(by, agency, Paper.Direction.IN, on, marking, holder, known | {"scan": scan})
    return entry.register(number, notation)


@transaction.atomic
def attach_scan(*, by: User, paper: Paper, scan: StoredFile) -> Paper:
    """Put the scan of the signed paper to its line; one that is there stays. Raises PermissionDenied (403) and Refused."""
    policy.require_register(by, paper.agency)
    _refuse_foreign(scan, paper.agency)
    line = Paper.objects.visible_to(by).select_for_update(of=("self",)).get(pk=paper.pk)
    if line.cancelled_on:
        raise Refused(_("Dòng này đã được gạch ngày %(on)s.") % {"on": show(line.cancelled_on)})
    if line.marking:
        raise Refused(_("Văn bản mật không kèm bản chụp trong chương trình."), field="scan")
    if line.scan_id and line.scan_id != scan.pk:
        raise Refused(_("Văn bản này đã có bản chụp. Bản chụp đã kèm không thay được."), field="scan")
    if line.scan_id is None:
        line.scan = scan
        line.save(update_fields=["scan"])
        trail.record(by=by, event=DocumentEvent.SCAN_ATTACHED, on=line, data={"file": scan.pk})
    return line


@transaction.atomic
def cancel(*, by: User, paper: Paper, words: str) -> Paper:
    """Cancel a line that was entered by mistake, for a reason that names nobody: it stays to be read, its number is free again.

    Raises PermissionDenied (403), and Refused where another paper replaces this one, or it was cancelled before.
    """
    policy.require_register(by, paper.agency)
    line = Paper.objects.visible_to(by).select_for_update(of=("self",)).get(pk=paper.pk)
    reason = clean(words)
    if not reason:
        raise Refused(_("Ghi lý do gạch dòng này."), field="words")
    _refuse_long(reason, REASON, "words")
    if line.cancelled_on:
        raise Refused(_("Dòng này đã được gạch ngày %(on)s.") % {"on": show(line.cancelled_on)})
    if Paper.objects.visible_to(by).filter(replaces=line, cancelled_on=None).exists():
        raise Refused(_("Văn bản này đã được thay thế bằng một văn bản khác. Gạch văn bản thay thế trước."))
    line.cancelled_on, line.cancelled_by, line.cancelled_for = legal_day(), by, reason
    data = {"number": line.number, "year": line.year, "replaced": line.replaces_id}
    line.replaces = None  # what it would have replaced stands again
    line.save(update_fields=["cancelled_on", "cancelled_by", "cancelled_for", "replaces"])
    trail.record(by=by, event=DocumentEvent.PAPER_CANCELLED, on=line, data=data)
    return line


class _Entry:
    """A line about to be written."""

    def __init__(
        self, by: User, agency: Agency, direction: str, on: dt.date, marking: str, holder: str, known: dict[str, Any]
    ) -> None:
        self.by, self.agency, self.direction, self.on = by, agency, direction, on
        self.marking, self.holder, self.known = marking, clean(holder), known

    def register(self, number: int | None, notation: str) -> Paper:
        policy.require_register(self.by, self.agency)
        self._check_day()
        series = queries.Series(self.agency, self.direction, self.on.year, bool(self.marking))
        given = series.next_number() if number is None else number
        if not 1 <= given <= queries.LARGEST_NUMBER:
            raise Refused(_("Số văn bản từ 1 đến %(last)s.") % {"last": queries.LARGEST_NUMBER}, field="number")
        if taken := series.paper(given):
            raise Refused(_taken(series, taken), field="number")
        self._check_said(notation)
        values = self.known | {
            "notation": self._notation(given, notation),
            "marking": self.marking,
            "holder": self.holder,
        }
        try:
            with transaction.atomic():
                paper = Paper.objects.create(agency=self.agency, direction=self.direction, year=self.on.year,
                                             number=given, on=self.on, recorded_by=self.by, **values)  # fmt: skip
        except IntegrityError:
            if taken := series.paper(given):  # given at the same moment to another
                raise Refused(_taken(series, taken), field="number") from None
            raise
        data = {"direction": self.direction, "year": paper.year, "number": given, "secret": bool(self.marking)}
        trail.record(by=self.by, event=DocumentEvent.PAPER_REGISTERED, on=paper, data=data)
        return paper

    def _check_day(self) -> None:
        today, is_out = legal_day(), self.direction == Paper.Direction.OUT
        if self.on > today:
            words = (
                _("Số văn bản đi chỉ cấp sau khi văn bản đã ký: ngày %(on)s nằm sau hôm nay (%(today)s).")
                if is_out
                else _("Ngày đến %(on)s nằm sau hôm nay (%(today)s).")
            )
            raise Refused(words % {"on": show(self.on), "today": show(today)}, field="on")
        if self.on.year < FIRST_YEAR:
            raise Refused(
                _("Sổ văn bản trong chương trình bắt đầu từ năm %(year)s.") % {"year": FIRST_YEAR}, field="on"
            )

    def _check_said(self, notation: str) -> None:
        if self.marking:
            refuse_unknown([self.marking], Paper.Marking.values, "marking")
            if not self.holder:
                raise Refused(_("Ghi người hoặc bộ phận giữ văn bản mật."), field="holder")
            if notation.strip() or any(self.known.values()):
                raise Refused(
                    _("Văn bản mật chỉ ghi số, ngày, độ mật và người giữ. Để trống các ô còn lại và không kèm tệp."),
                    field="marking",
                )
        elif self.holder:
            raise Refused(_("Người giữ chỉ ghi cho văn bản mật."), field="holder")
        else:
            self._check_known()
        for text, most, field in ((self.holder, HOLDER, "holder"), (self.known["subject"], SUBJECT, "subject")):
            _refuse_long(text, most, field)

    def _check_known(self) -> None:
        known = self.known
        if known["kind"] not in vocabularies.codes("paper_kinds", self.on):
            raise Refused(_("Chọn loại văn bản."), field="kind")
        known["about"], known["other_party"] = clean(known["about"]), clean(known["other_party"])
        if not known["about"]:
            raise Refused(_("Ghi trích yếu: văn bản nói về việc gì."), field="about")
        if bool(known["other_agency"]) == bool(known["other_party"]):
            raise Refused(
                _("Chọn một cơ quan trong danh sách, hoặc ghi tên nơi khác; chỉ một trong hai."), field="other_party"
            )
        _refuse_long(known["about"], ABOUT, "about")
        _refuse_long(known["other_party"], PARTY, "other_party")
        if known["scan"]:
            _refuse_foreign(known["scan"], self.agency)
        if replaced := known.get("replaces"):
            self._check_replaced(replaced)

    def _check_replaced(self, replaced: Paper) -> None:
        is_own = replaced.agency_id == self.agency.pk and replaced.direction == Paper.Direction.OUT
        if not is_own or replaced.marking or replaced.cancelled_on:
            raise Refused(_("Chỉ thay thế được văn bản đi của chính đơn vị."), field="replaces")
        if replaced.on > self.on:
            raise Refused(
                _("Văn bản được thay thế có ngày %(on)s, sau ngày của văn bản này.") % {"on": show(replaced.on)},
                field="replaces",
            )
        if by := getattr(replaced, "replaced_by", None):
            raise Refused(
                _("Văn bản %(old)s đã được thay thế bằng %(new)s.") % {"old": replaced, "new": by}, field="replaces"
            )

    def _notation(self, number: int, typed: str) -> str:
        """What stands on the paper. Raises Refused where it is none, or names another number than the line."""
        if self.marking:
            return ""
        if self.direction == Paper.Direction.IN:
            return papers.number(typed, field="notation")
        said = clean(typed)
        if said and not said[0].isdecimal():
            said = f"{number:02d}/{said}"
        found = papers.number(said or f"{number:02d}", field="notation")
        if whole_number(found.partition("/")[0], queries.LARGEST_NUMBER) != number:
            raise Refused(
                _("Ký hiệu %(notation)s mang số khác với số %(number)s của sổ.")
                % {"notation": found, "number": f"{number:02d}"},
                field="notation",
            )
        return found


def _taken(series: queries.Series, taken: Paper) -> str:
    return _("Số %(number)s của %(series)s đã dùng cho văn bản %(taken)s ngày %(on)s. Số tiếp theo là %(next)s.") % {
        "number": f"{taken.number:02d}", "series": series.name, "taken": taken, "on": show(taken.on),
        "next": f"{series.next_number():02d}",
    }  # fmt: skip


def _refuse_foreign(scan: StoredFile, agency: Agency) -> None:
    if scan.agency_id != agency.pk:
        raise Refused(_("Tệp này do đơn vị khác lưu. Gửi lại tệp ở đây."), field="scan")


def _refuse_long(text: str, most: int, field: str) -> None:
    if len(text) > most:
        raise Refused(
            _("Đã nhập %(n)s ký tự, ô này nhận nhiều nhất %(most)s.") % {"n": len(text), "most": most}, field=field
        )
