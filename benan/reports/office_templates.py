"""An office's own template: a .docx edited in a word processor, checked when it comes and filled when a report is made.

Only what `template_fields` names may be used, and of the language of templates only loops, conditions and a few filters; whatever
else stands in it is refused with its place. What docxtpl would join and render is what is checked, part by part; a filled paper is
bounded in steps and size, and filled in a sandbox all the same.
"""

import io
import math
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
from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from benan.core.refusals import Refused
from benan.documents.cleaning import office
from benan.reports.template_fields import Listed, Record, Shape, Text, sample

LARGEST = (
    1024 * 1024
)  # bytes of the file; characters of the parts that are filled, of which docxtpl reads a million in seconds
_UNPACKED = 8 * LARGEST
_STEPS = 60_000  # of all loops together
_MADE = 16 * LARGEST  # characters of a part that is filled
_FIELD = 100  # characters that a field is taken to hold
_DEPTH = 2
_STATEMENTS = {"for", "endfor", "if", "elif", "else", "endif"}
_FILTERS = {"upper", "lower", "capitalize", "trim", "length"}
_LOOP = Record("", {key: Text("", "1") for key in ("index", "index0", "first", "last", "length")})
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_WHOLE = re.compile(r"(\{\{|\{%-?|\{#)(?:tr|tc|p|r) ")  # a tag that stands for its row, cell, paragraph or run
_FILLED = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")
_OPENING = re.compile(rb"\{[{%#]")
_MARKUP = re.compile(rb"<[^>]*>")
# What docxtpl joins before it reads tags: braces between which there is markup only.
_BETWEEN_BRACES = re.compile(r"(?<={)(<[^>]*>)+(?=[\{%\#])|(?<=[%}\#])(<[^>]*>)+(?=\})", re.DOTALL)
_BRACE = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_STATEMENT = re.compile(r"(?:<[^>]*>|[\s-])*(?:(?:tr|tc|p|r)\s)?(?:<[^>]*>|\s)*(\w*)")
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
    """A paragraph of a part (`title`, its root `part`): its text, and which it is outside tables."""

    title: str
    part: Any
    paragraph: Any
    number: int
    text: str

    def problem(self, what: str) -> Problem:
        near = self.text if len(self.text) <= 60 else f"{self.text[:60]}…"
        return Problem(_("%(where)s (“%(near)s”)") % {"where": self._where(), "near": near}, what)

    def _where(self) -> str:
        """Where it stands as an officer finds it."""
        cell = next(self.paragraph.iterancestors(qn("w:tc")), None)
        if cell is None:
            return _("%(title)s, đoạn %(n)d") % {"title": self.title, "n": self.number}
        row = next(cell.iterancestors(qn("w:tr")))
        table = next(row.iterancestors(qn("w:tbl")))
        return _("%(title)s, bảng %(table)d, hàng %(row)d, ô %(cell)d") % {
            "title": self.title, "table": list(self.part.iter(qn("w:tbl"))).index(table) + 1,
            "row": table.findall(qn("w:tr")).index(row) + 1, "cell": row.findall(qn("w:tc")).index(cell) + 1,
        }  # fmt: skip


class _BoundedTemplate(Template):
    """A template that stops when it has written too much."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        made, left = [], _MADE
        for piece in self.generate(*args, **kwargs):
            made.append(piece)
            left -= len(piece)
            if left < 0:
                raise Refused(_too_large(), field="file")
        return "".join(made)


class _Environment(SandboxedEnvironment):
    template_class = _BoundedTemplate


class _Paper(DocxTemplate):
    """Renders what is checked and nothing else: body, headers and footers."""

    def render_footnotes(self, context: Any, jinja_env: Any = None) -> None:
        """Leave footnotes as they are."""

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        """Leave the properties of the file, which are empty."""


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
        problems = _problems(document, fields)
    except (PackageNotFoundError, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise Refused(_("Tệp không phải văn bản .docx mở được."), field="file") from error
    if problems:
        raise Refused(" ".join(f"{problem}." for problem in problems[:10]), field="file")
    try:
        filled(clean, {name: sample(shape) for name, shape in fields.items()})
    except (TemplateError, etree.XMLSyntaxError, ValueError, KeyError, RecursionError) as error:
        raise Refused(
            _("Không lập được văn bản từ mẫu này: một vòng lặp {%tr hoặc {%p không nằm trọn trong một hàng, một đoạn."),
            field="file",
        ) from error
    return clean


def filled(template: bytes, values: Mapping[str, Any]) -> bytes:
    """A template with values in its fields, as a .docx file."""
    document = _Paper(io.BytesIO(template))
    document.render(_clean(values), _environment(), autoescape=True)
    out = io.BytesIO()
    document.save(out)
    Document(io.BytesIO(out.getvalue()))
    return out.getvalue()


def _environment() -> _Environment:
    return _Environment(autoescape=True, undefined=StrictUndefined)


def _unpacks_to_too_much() -> str:
    return _("Tệp mẫu giải nén ra quá lớn.")


def _too_large() -> str:
    return _("Mẫu lặp ra văn bản quá lớn: bớt vòng lặp, hoặc bớt phần chữ trong vòng lặp.")


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
            raise Refused(_unpacks_to_too_much(), field="file")
        for info in texts:
            if _FILLED.fullmatch(info.filename):
                continue
            source = packed.read(info)
            if _OPENING.search(source) or _OPENING.search(_MARKUP.sub(b"", source)):
                raise Refused(
                    _("Chỉ dùng trường ở phần thân, đầu trang và chân trang, không dùng ở chú thích, ghi chú."),
                    field="file",
                )


def _problems(document: Any, fields: Mapping[str, Shape]) -> list[Problem]:
    """What is wrong in the text of a template; where that is all right, in what the word processor wrote around it."""
    found: list[Problem] = []
    steps = size = read = 0
    template = _Paper(io.BytesIO())
    for title, element in _texts(document):
        places = list(_places(title, element))
        text = _check_text("\n".join(_plain(place.text) for place in places), fields)
        steps += text.steps
        if text.wrong:
            found.append(places[min(text.wrong.line, len(places)) - 1].problem(text.wrong.what))
            continue
        source = etree.tostring(element, encoding="unicode")
        read += len(source)
        if read > LARGEST:
            raise Refused(_unpacks_to_too_much(), field="file")
        if what := _wrong_braces(source):
            found.append(Problem(title, what))
            continue
        patched = _check_text(template.patch_xml(source), fields)
        size += patched.size
        if patched.wrong:
            found.append(Problem(title, patched.wrong.what))
    if steps > _STEPS:
        found.append(Problem(_("Cả mẫu"), _("quá nhiều vòng lặp lồng nhau")))
    if size > _MADE:
        found.append(Problem(_("Cả mẫu"), _too_large().rstrip(".")))
    return found


def _wrong_braces(source: str) -> str:
    """What is wrong with the tags of a part as XML, before docxtpl rewrites it; "" where all is right.

    Each tag is closed before the next begins, so that what docxtpl looks for ends there, and none is one of its own commands.
    """
    joined = _BETWEEN_BRACES.sub("", source)
    closing = ""
    for brace in _BRACE.finditer(joined):
        if closing:
            if brace[0] in _CLOSING:
                return _("sai cú pháp: một dấu {{ hoặc {% chưa đóng")
            closing = "" if brace[0] == closing else closing
            continue
        closing = _CLOSING.get(brace[0], "")
        if not closing:
            return _("sai cú pháp: một dấu }} hoặc %} không có dấu mở")
        statement = _STATEMENT.match(joined, brace.end())
        if brace[0] == "{%" and (statement is None or statement[1] not in _STATEMENTS):
            return _("lệnh này không dùng được trong mẫu; chỉ dùng {% for %} và {% if %}")
    return _("sai cú pháp: một dấu {{ hoặc {% chưa đóng") if closing else ""


def _texts(document: Any) -> Iterator[tuple[str, Any]]:
    """The parts that may have fields: body, headers, footers."""
    yield str(_("Phần thân")), document.element.body
    for relation in document.part.rels.values():
        for kind, title in (("/header", _("Đầu trang")), ("/footer", _("Chân trang"))):
            if relation.reltype.endswith(kind):
                yield str(title), etree.fromstring(relation.target_part.blob)


def _places(title: str, element: Any) -> Iterator[_Place]:
    """The paragraphs of a part, each with where it stands."""
    paragraphs = 0
    for paragraph in element.iter(qn("w:p")):
        paragraphs += next(paragraph.iterancestors(qn("w:tc")), None) is None
        own = (each for each in paragraph.iter(qn("w:t")) if next(each.iterancestors(qn("w:p"))) is paragraph)
        yield _Place(title, element, paragraph, paragraphs, "".join(each.text or "" for each in own).replace("\n", " "))


def _plain(text: str) -> str:
    """Text whose tags are those of the language itself: without what docxtpl adds, with plain quotation marks."""
    straight = str.maketrans("“”‘’", "\"\"''")
    return _WHOLE.sub(r"\1 ", _TAG.sub(lambda tag: tag[0].translate(straight), text))


def _check_text(text: str, fields: Mapping[str, Shape]) -> "_Checker":
    """Read a text with tags: the first thing that is wrong in it, how many steps its loops may take, how much it may write."""
    checker = _Checker()
    try:
        checker.body(_environment().parse(text).body, dict(fields), ())
    except TemplateSyntaxError as error:
        checker.wrong = _Wrong(error.lineno, _("sai cú pháp: %s") % error.message)
    except _Wrong as wrong:
        checker.wrong = wrong
    except RecursionError:
        checker.wrong = _Wrong(1, _("lồng quá sâu"))
    return checker


class _Checker:
    """Walks the tree of a template and refuses whatever is not known to be harmless."""

    def __init__(self) -> None:
        self.steps = self.size = 0
        self.wrong: _Wrong | None = None

    def body(self, body: list[nodes.Node], names: Mapping[str, Shape], over: tuple[Listed, ...]) -> None:
        for node in body:
            if isinstance(node, nodes.Output):
                times = math.prod(each.most for each in over)
                for each in node.nodes:
                    self._written(each, names)
                    self.size += times * (len(each.data) if isinstance(each, nodes.TemplateData) else _FIELD)
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
        if any(each is listed for each in over):
            raise _Wrong(node.lineno, _("một danh sách không lặp được trong chính nó"))
        self.steps += math.prod(each.most for each in (*over, listed))
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
