"""The report of a period as an administrative document: TT 01/2011/TT-BNV, from 05/03/2020 NĐ 30/2020/NĐ-CP."""

import datetime as dt
import io
import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Cm, Length, Mm, Pt
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from benan.reports.issuers import Letterhead

NEW_FORM_FROM = dt.date(2020, 3, 5)
FONT = "Times New Roman"
# What both rules ask for: margins, sizes in points.
MARGINS = {"top_margin": Mm(20), "bottom_margin": Mm(20), "left_margin": Mm(30), "right_margin": Mm(20)}
WIDTH = Mm(160)
BODY, HEAD, TABLE, RECIPIENTS = 14, 12, 12, 11
ONE_LINE = 24  # letters of a name that stands on one line of the head
_UNIT = re.compile(r" (?=(?:TỈNH|THÀNH PHỐ|HUYỆN|THỊ XÃ) )")
_NO_XML = re.compile(r"[\x00-\x09\x0b-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Spanning:
    """A heading over several columns; `down`: one that goes on in the rows below, `begins` where it does."""

    words: str
    columns: int = 1
    down: bool = False
    begins: bool = False


class Paper:
    """A document on A4 being written, in the layout that the rules of its day ask for."""

    def __init__(self, on: dt.date, *, landscape: bool = False) -> None:
        self.document = Document()
        self.document.core_properties.author = self.document.core_properties.comments = ""
        section = self.document.sections[0]
        section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        for name, value in MARGINS.items():
            setattr(section, name, value)
        section.different_first_page_header_footer = True
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(BODY)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        style.paragraph_format.space_after = Pt(0)
        self._number_pages(section, on)

    def bytes(self) -> bytes:
        """The finished file."""
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def head(self, head: Letterhead, *, number: str, place_and_day: str) -> None:
        """The two columns above every paper: who issues it, and its motto; below, in one row, number and day.

        Fields of templates may stand in it.
        """
        (left, right), (below_left, below_right) = self._columns(Cm(7), Cm(9.4), rows=2)
        if head.superior:
            _line(left, _broken(head.superior), HEAD, align=ALIGN.CENTER)
        _line(left, _broken(head.agency), HEAD, bold=True, align=ALIGN.CENTER)
        _rule(left, Cm(2.4), Cm(2.4))
        for size, words in zip((HEAD, 13), head.motto, strict=False):
            _line(right, words, size, bold=True, align=ALIGN.CENTER)
        _rule(right, Cm(1.9), Cm(1.9))
        _line(below_left, f"Số: {number}" if number else "", 13, align=ALIGN.CENTER, before=4)
        _line(below_right, place_and_day, 13, italic=True, align=ALIGN.CENTER, before=4)
        _drop_first(left, right, below_left, below_right)

    def title(self, kind: str, about: str) -> None:
        """The kind of paper and what it is about."""
        _line(self.document, kind, BODY, bold=True, align=ALIGN.CENTER, before=16)
        _line(self.document, about, BODY, bold=True, align=ALIGN.CENTER)
        _rule(self.document, Cm(5.6), Cm(5.6))

    def text(
        self, words: str, *, italic: bool = False, bold: bool = False, indent: bool = True, keep: bool = False
    ) -> Paragraph:
        """A paragraph of the body; `keep`: on one page with the next."""
        paragraph = _line(self.document, words, BODY, italic=italic, bold=bold, align=ALIGN.JUSTIFY, before=6)
        paragraph.paragraph_format.line_spacing = 1.1
        paragraph.paragraph_format.first_line_indent = Cm(1.27) if indent else None
        paragraph.paragraph_format.keep_with_next = keep
        return paragraph

    def heading(self, words: str) -> None:
        """A heading of a section."""
        self.text(words, bold=True, keep=True).alignment = ALIGN.LEFT

    def lines_to_fill(self, count: int) -> None:
        """Dotted lines for what the issuing agency writes itself."""
        for _line_to_fill in range(count):
            tabs = self.text("\t", indent=False).paragraph_format.tab_stops
            tabs.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)

    def table(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[object]],
        widths: Sequence[int],
        *,
        left: Container[int] = (1,),
        bold: Container[int] = (),
        size: int = TABLE,
        above: Sequence[Sequence[Spanning]] = (),
    ) -> None:
        """A table whose first row stands on every page; the columns `left` to the left, the others in the middle.

        `bold`: rows (from 0) in bold; `above`: rows of headings over several columns, from the top. Written as XML at once: python-docx takes seconds for thousands of cells.
        """
        _gap(self.document)
        columns = "".join(f'<w:gridCol w:w="{Length(width).twips}"/>' for width in widths)
        lines = [_spanning_row(row, widths, size) for row in above]
        lines += [_table_row(heads, widths, (), size, bold=True, head=True)] if heads else []
        lines += [_table_row(row, widths, left, size, bold=n in bold) for n, row in enumerate(rows)]
        table = (
            f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/>'
            f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
            f"{''.join(lines)}</w:tbl>"
        )
        self.document.element.body.sectPr.addprevious(parse_xml(table))

    def annex(self, title: str, about: str, of: str) -> None:
        """Begin an annex on a sheet that lies on its side; `of`: the paper to which it belongs."""
        section = self.document.add_section()
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.different_first_page_header_footer = False
        _line(self.document, title, BODY, bold=True, align=ALIGN.CENTER)
        _line(self.document, about, BODY, bold=True, align=ALIGN.CENTER)
        _line(self.document, of, BODY, italic=True, align=ALIGN.CENTER)

    def foot(self, *, recipients: Sequence[str], signer: Sequence[str], name: str = "") -> None:
        """Recipients on the left, the signature on the right: in which capacity, room, and the name where it is known."""
        _gap(self.document)
        ((left, right),) = self._columns(Cm(8.2), Cm(7.8))
        _line(left, "Nơi nhận:", 12, bold=True, italic=True)
        for recipient in recipients:
            mark = "." if recipient == recipients[-1] else ";"
            _line(left, recipient if "{" in recipient else f"- {recipient}{mark}", RECIPIENTS)
        for words in [*signer, "", "", "", name]:
            _line(right, words, BODY, bold=True, align=ALIGN.CENTER)
        _drop_first(left, right)

    def three_columns(self, left: Sequence[str], middle: Sequence[str], right: Sequence[str]) -> None:
        """The head of a statistical table: which form, what and of when, from whom to whom."""
        (cells,) = self._columns(Cm(8), Cm(9.2), Cm(8))
        for words, style in zip(left, ("bold", "italic", "bold", "italic"), strict=True):
            _line(cells[0], words, HEAD, bold=style == "bold", italic=style == "italic")
        for n, words in enumerate(middle):
            _line(cells[1], words, BODY if n == 0 else HEAD, bold=n == 0, align=ALIGN.CENTER, before=6 if n == 1 else 0)
        for n, words in enumerate(right):
            _line(cells[2], words, HEAD, bold=n % 2 == 0, align=ALIGN.CENTER)
        _drop_first(*cells)

    def right(self, words: str) -> None:
        """A line on the right, as the unit of a table."""
        _line(self.document, words, HEAD, italic=True, align=ALIGN.RIGHT, before=6)

    def note(self, words: str) -> None:
        """A note below a table."""
        _line(self.document, words, RECIPIENTS, italic=True, before=3)

    def signatures(self, *signed: tuple[str, str]) -> None:
        """Who signs side by side: in which capacity, room, and the name."""
        _gap(self.document)
        (cells,) = self._columns(*[Cm(16 / len(signed))] * len(signed))
        for cell, (capacity, name) in zip(cells, signed, strict=True):
            for words in (capacity, "", "", "", name):
                _line(cell, words, BODY, bold=True, align=ALIGN.CENTER)
        _drop_first(*cells)

    def _columns(self, *widths: Length, rows: int = 1) -> list[tuple[_Cell, ...]]:
        """The cells of a table without lines, by row."""
        table = self.document.add_table(rows=rows, cols=len(widths))
        table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
            for cell in column.cells:
                cell.width = width
        for row in table.rows:
            _unbroken(row)
        return [row.cells for row in table.rows]

    def _number_pages(self, section: Section, on: dt.date) -> None:
        """From the second page: in the middle above (NĐ 30/2020), or below on the right (TT 01/2011)."""
        new = on >= NEW_FORM_FROM
        paragraph = (section.header if new else section.footer).paragraphs[0]
        paragraph.alignment = ALIGN.CENTER if new else ALIGN.RIGHT
        run = paragraph.add_run()
        run.font.size = Pt(13)
        for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
            element = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(qn("w:fldCharType"), kind)
            else:
                element.text = words
            run._element.append(element)


def _broken(agency: str) -> str:
    """The name of an agency in capitals, that of its unit on a line of its own where it is long; a field of a template as it is."""
    if "{{" in agency:
        return agency
    name = agency.upper().replace("ỦY BAN NHÂN DÂN ", "ỦY BAN NHÂN DÂN\n")
    return name if "\n" in name or len(name) <= ONE_LINE else _UNIT.sub("\n", name)


def _line(where: Any, words: str, size: int, **look: Any) -> Paragraph:
    return _put(where.add_paragraph(), words, size, **look)


def _put(
    paragraph: Paragraph,
    words: str,
    size: int,
    *,
    bold: bool = False,
    italic: bool = False,
    align: ALIGN | None = None,
    before: int = 0,
    after: int = 0,
) -> Paragraph:
    run = paragraph.add_run(_NO_XML.sub(" ", words))
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    if align is not None:
        paragraph.alignment = align
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    return paragraph


def _table_row(
    cells: Sequence[object],
    widths: Sequence[int],
    left: Container[int],
    size: int,
    *,
    bold: bool = False,
    head: bool = False,
) -> str:
    """A row of a table as XML; Word reads the width of cells, LibreOffice that of columns."""
    look = f'{"<w:b/>" if bold else ""}<w:sz w:val="{size * 2}"/><w:szCs w:val="{size * 2}"/>'
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{Length(width).twips}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr>'
        f'<w:spacing w:before="40" w:after="40"/><w:jc w:val="{"left" if n in left else "center"}"/><w:rPr>{look}</w:rPr></w:pPr>'
        f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{_as_xml(str(words))}</w:t></w:r></w:p></w:tc>'
        for n, (words, width) in enumerate(zip(cells, widths, strict=True))
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{made}</w:tr>"


def _spanning_row(heads: Sequence[Spanning], widths: Sequence[int], size: int) -> str:
    """A row of headings over several columns as XML."""
    made, start = "", 0
    for each in heads:
        width = sum(Length(width).twips for width in widths[start : start + each.columns])
        start += each.columns
        begun = ' w:val="restart"' if each.begins else ""
        merge = f"<w:vMerge{begun}/>" if each.down else ""
        made += (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{each.columns}"/>{merge}'
            f'<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/>'
            f'<w:sz w:val="{size * 2}"/></w:rPr><w:t xml:space="preserve">{_as_xml(each.words)}</w:t></w:r></w:p></w:tc>'
        )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{made}</w:tr>"


def _as_xml(words: str) -> str:
    """A text as it stands in XML, without the signs that XML has no place for."""
    return escape(_NO_XML.sub(" ", words))


def _rule(where: Any, left: Length, right: Length) -> None:
    """A thin line, indented on both sides."""
    paragraph = where.add_paragraph()
    paragraph.paragraph_format.left_indent, paragraph.paragraph_format.right_indent = left, right
    paragraph.paragraph_format.space_before = Pt(1)
    paragraph.paragraph_format.line_spacing = Pt(3)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().append(borders)


def _gap(document: Any) -> None:
    """An empty paragraph above a table, on one page with it."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.line_spacing = Pt(6)
    paragraph.paragraph_format.keep_with_next = True


def _drop_first(*cells: _Cell) -> None:
    """Remove the empty paragraph with which python-docx makes a cell."""
    for cell in cells:
        first = cell.paragraphs[0]._p
        first.getparent().remove(first)


def _unbroken(row: _Row) -> None:
    mark = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(mark)
