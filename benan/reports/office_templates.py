"""An office's own template: a .docx edited in a word processor, checked when it comes and filled when a report is made.

Only what `template_fields` names may be used, and of the language of templates only loops, conditions and a few filters; whatever
else stands in it is refused with its place. Filled in a sandbox all the same.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from benan.core.refusals import Refused
from benan.documents.cleaning import office
from benan.reports.template_fields import Listed, Record, Shape, Text, sample

LARGEST = 1024 * 1024  # bytes of the file
_UNPACKED = 8 * LARGEST
_STEPS = 60_000  # of all loops together
_DEPTH = 2
_FILTERS = {"upper", "lower", "capitalize", "trim", "length"}
_LOOP = Record("", {key: Text("", "1") for key in ("index", "index0", "first", "last", "length")})
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_WHOLE = re.compile(r"(\{\{|\{%-?|\{#)(?:tr|tc|p|r) ")  # a tag that stands for its row, cell, paragraph or run
_FILLED = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")
_OPENING = re.compile(rb"\{[{%#]")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True)
class Problem:
    """What is wrong in a template, and where."""

    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


class _Wrong(Exception):
    """What is wrong at a line of the text that is being checked."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line, self.what = line, what


@dataclass(frozen=True)
class _Place:
    """A paragraph: where it stands, and its text."""

    where: str
    text: str

    def problem(self, what: str) -> Problem:
        near = self.text if len(self.text) <= 60 else f"{self.text[:60]}…"
        return Problem(_("%(where)s (“%(near)s”)") % {"where": self.where, "near": near}, what)


def checked(source: bytes, fields: Mapping[str, Shape]) -> bytes:
    """A template as it is kept: without what its file tells of who made it. Raises Refused with every problem found."""
    if len(source) > LARGEST:
        raise Refused(_("Tệp mẫu lớn quá 1 MB."), field="file")
    try:
        clean = office.docx(source)
    except Refused as refused:
        raise Refused(_("Tệp mẫu không nhận được: %s") % refused, field="file") from refused
    _check_parts(clean)
    try:
        document = Document(io.BytesIO(clean))
    except (PackageNotFoundError, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise Refused(_("Tệp không phải văn bản .docx mở được."), field="file") from error
    if problems := _problems(document, fields):
        raise Refused(" ".join(f"{problem}." for problem in problems[:10]), field="file")
    try:
        filled(clean, {name: sample(shape) for name, shape in fields.items()})
    except (TemplateError, etree.XMLSyntaxError, ValueError, KeyError) as error:
        raise Refused(
            _("Không lập được văn bản từ mẫu này: một vòng lặp {%tr hoặc {%p không nằm trọn trong một hàng, một đoạn."),
            field="file",
        ) from error
    return clean


def filled(template: bytes, values: Mapping[str, Any]) -> bytes:
    """A template with values in its fields, as a .docx file."""
    document = DocxTemplate(io.BytesIO(template))
    document.render(_clean(values), _environment(), autoescape=True)
    out = io.BytesIO()
    document.save(out)
    Document(io.BytesIO(out.getvalue()))
    return out.getvalue()


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def _clean(value: Any) -> Any:
    """Values without the signs that XML has no place for, and that docxtpl reads as breaks."""
    if isinstance(value, Mapping):
        return {key: _clean(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_clean(each) for each in value]
    return _CONTROL.sub(" ", value)


def _check_parts(clean: bytes) -> None:
    """Refuse a template that unpacks to too much, or has fields where none is checked or filled."""
    with zipfile.ZipFile(io.BytesIO(clean)) as packed:
        texts = [info for info in packed.infolist() if info.filename.endswith(".xml")]
        if sum(info.file_size for info in texts) > _UNPACKED:
            raise Refused(_("Tệp mẫu giải nén ra quá lớn."), field="file")
        for info in texts:
            if not _FILLED.fullmatch(info.filename) and _OPENING.search(packed.read(info)):
                raise Refused(
                    _("Chỉ dùng trường ở phần thân, đầu trang và chân trang, không dùng ở chú thích, ghi chú."),
                    field="file",
                )


def _problems(document: Any, fields: Mapping[str, Shape]) -> list[Problem]:
    """What is wrong in the text of a template; where that is all right, in what the word processor wrote around it."""
    found: list[Problem] = []
    steps = 0
    template = DocxTemplate(io.BytesIO())
    for title, element in _texts(document):
        places = list(_places(title, element))
        text = "\n".join(_plain(place.text) for place in places)
        problem, cost = _check_text(text, fields)
        steps += cost
        if problem is None:
            problem, _cost = _check_text(template.patch_xml(etree.tostring(element, encoding="unicode")), fields)
            if problem:
                found.append(Problem(title, problem.what))
        else:
            found.append(places[min(problem.line, len(places)) - 1].problem(problem.what))
    if steps > _STEPS:
        found.append(Problem(_("Cả mẫu"), _("quá nhiều vòng lặp lồng nhau")))
    return found


def _texts(document: Any) -> Iterator[tuple[str, Any]]:
    """The parts that may have fields: body, headers, footers."""
    yield str(_("Phần thân")), document.element.body
    for relation in document.part.rels.values():
        for kind, title in (("/header", _("Đầu trang")), ("/footer", _("Chân trang"))):
            if relation.reltype.endswith(kind):
                yield str(title), relation.target_part.element


def _places(title: str, element: Any) -> Iterator[_Place]:
    """The paragraphs of a part, each with where it stands as an officer finds it."""
    tables = list(element.iter(qn("w:tbl")))
    paragraphs = 0
    for paragraph in element.iter(qn("w:p")):
        cell = next(paragraph.iterancestors(qn("w:tc")), None)
        if cell is None:
            paragraphs += 1
            where = _("%(title)s, đoạn %(n)d") % {"title": title, "n": paragraphs}
        else:
            row = next(cell.iterancestors(qn("w:tr")))
            table = next(row.iterancestors(qn("w:tbl")))
            where = _("%(title)s, bảng %(table)d, hàng %(row)d, ô %(cell)d") % {
                "title": title, "table": tables.index(table) + 1,
                "row": table.findall(qn("w:tr")).index(row) + 1, "cell": row.findall(qn("w:tc")).index(cell) + 1,
            }  # fmt: skip
        own = (each for each in paragraph.iter(qn("w:t")) if next(each.iterancestors(qn("w:p"))) is paragraph)
        yield _Place(where, "".join(each.text or "" for each in own).replace("\n", " "))


def _plain(text: str) -> str:
    """Text whose tags are those of the language itself: without what docxtpl adds, with plain quotation marks."""
    straight = str.maketrans("“”‘’", "\"\"''")
    return _WHOLE.sub(r"\1 ", _TAG.sub(lambda tag: tag[0].translate(straight), text))


def _check_text(text: str, fields: Mapping[str, Shape]) -> tuple[_Wrong | None, int]:
    """The first thing that is wrong in a text with tags, and how many steps its loops may take."""
    try:
        tree = _environment().parse(text)
        checker = _Checker()
        checker.body(tree.body, dict(fields), ())
    except TemplateSyntaxError as error:
        return _Wrong(error.lineno, _("sai cú pháp: %s") % error.message), 0
    except _Wrong as wrong:
        return wrong, 0
    return None, checker.steps


class _Checker:
    """Walks the tree of a template and refuses whatever is not known to be harmless."""

    def __init__(self) -> None:
        self.steps = 0

    def body(self, body: list[nodes.Node], names: Mapping[str, Shape], over: tuple[Listed, ...]) -> None:
        for node in body:
            if isinstance(node, nodes.Output):
                for each in node.nodes:
                    self._written(each, names)
            elif isinstance(node, nodes.If):
                self._shape(node.test, names)
                for part in (node.body, node.elif_, node.else_):
                    self.body(list(part), names, over)
            elif isinstance(node, nodes.For):
                self._loop(node, names, over)
            else:
                raise _Wrong(node.lineno, _("lệnh này không dùng được trong mẫu; chỉ dùng {% for %} và {% if %}"))

    def _loop(self, node: nodes.For, names: Mapping[str, Shape], over: tuple[Listed, ...]) -> None:
        listed = self._shape(node.iter, names)
        if not isinstance(listed, Listed) or not isinstance(node.target, nodes.Name):
            raise _Wrong(node.lineno, _("chỉ lặp được trên một danh sách, ví dụ {% for dong in dong_so_lieu %}"))
        if node.recursive or node.test or len(over) == _DEPTH:
            raise _Wrong(node.lineno, _("vòng lặp lồng quá sâu, hoặc có điều kiện riêng"))
        steps = listed.most
        for each in over:
            steps *= each.most
        self.steps += steps
        inner = {**names, node.target.name: listed.item, "loop": _LOOP}
        self.body(node.body, inner, (*over, listed))
        self.body(node.else_, names, over)

    def _written(self, node: nodes.Node, names: Mapping[str, Shape]) -> None:
        if not isinstance(node, nodes.TemplateData) and not isinstance(self._shape(node, names), Text):
            raise _Wrong(node.lineno, _("trường này có nhiều phần, phải nêu một phần hoặc lặp bằng {% for %}"))

    def _shape(self, node: nodes.Node, names: Mapping[str, Shape]) -> Shape:
        """What an expression gives."""
        if isinstance(node, nodes.Name):
            if node.name not in names:
                raise _Wrong(node.lineno, _("không có trường “%s”") % node.name)
            return names[node.name]
        if isinstance(node, nodes.Getattr):
            whole = self._shape(node.node, names)
            if not isinstance(whole, Record) or node.attr not in whole.fields:
                raise _Wrong(node.lineno, _("không có trường “%s”") % _spelled(node))
            return whole.fields[node.attr]
        self._operation(node, names)
        return Text("", "")

    def _operation(self, node: nodes.Node, names: Mapping[str, Shape]) -> None:
        """Constants, comparisons and a few filters."""
        simple = (nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.Concat)
        if isinstance(node, nodes.Filter):
            if node.name not in _FILTERS or node.args or node.kwargs or node.node is None:
                raise _Wrong(node.lineno, _("bộ lọc “%s” không dùng được") % node.name)
        elif isinstance(node, nodes.Const):
            return
        elif not isinstance(node, simple):
            raise _Wrong(node.lineno, _("biểu thức này không dùng được; chỉ dùng tên trường"))
        for each in node.iter_child_nodes():
            if isinstance(each, nodes.Operand):
                self._operation(each, names)
            else:
                self._shape(each, names)


def _spelled(node: nodes.Node) -> str:
    """A field as it is written, chi_tieu.a.tu_so."""
    if isinstance(node, nodes.Getattr):
        return f"{_spelled(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "…"
