"""YAML read with its line numbers, so that every problem can be named where it stands."""

import contextlib
import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple, TypeVar

import yaml
from django.utils.translation import gettext as _

from benan.core import yaml_nodes
from benan.core.text import clean
from benan.plan.spans import SpanDay

TEXT = "tag:yaml.org,2002:str"
NUMBER = "tag:yaml.org,2002:int"


class Problem(NamedTuple):
    """One thing wrong in a file: where, in which clause if in one, and what is expected."""

    path: str
    line: int
    clause: str
    message: str

    def __str__(self) -> str:
        place = _("%(path)s, dòng %(line)s") % {"path": self.path, "line": self.line}
        if self.clause:
            place += _(", điểm %s") % self.clause
        return f"{place}: {self.message}"


class Text(str):
    """A text that knows its line in the file."""

    __slots__ = ("line",)
    line: int


class Key(NamedTuple):
    """One key of a mapping: how it is read, what it must hold, whether it may be left out."""

    read: Callable[["Reader", yaml.Node], object]
    holds: str
    required: bool = True


Item = TypeVar("Item")
Entry = TypeVar("Entry")


def compose(reader: "Reader", source: bytes) -> yaml.Node | None:
    """The nodes of a YAML file in UTF-8; problems go to the reader."""
    try:
        root = yaml_nodes.compose(source)
    except yaml_nodes.Fault as fault:
        reader.at(fault.line, fault.sentence)
        return None
    if root is None:
        reader.at(1, _("tệp trống; kế hoạch phải có number, title và các khóa khác"))
    return root


class Reader:
    """Turns nodes into values; where it cannot, notes the problem and gives None."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.clause = ""
        self.problems: list[Problem] = []

    def at(self, line: int, message: str) -> None:
        """Note a problem at a line."""
        self.problems.append(Problem(self.path, line, self.clause, message))

    def wrong(self, where: yaml.Node | Text, message: str) -> None:
        """Note a problem at a node or at a text that was read."""
        self.at(where.line if isinstance(where, Text) else where.start_mark.line + 1, message)

    def text(self, node: yaml.Node) -> Text | None:
        """A text that is not empty."""
        if not isinstance(node, yaml.ScalarNode) or (node.tag != TEXT and node.value):
            self.wrong(node, _("cần chữ; số, ngày, yes và no phải đặt trong dấu ngoặc kép"))
            return None
        value = Text(clean(node.value))
        if not value:
            self.wrong(node, _("không được để trống"))
            return None
        value.line = node.start_mark.line + 1
        return value

    def slug(self, node: yaml.Node) -> Text | None:
        """A key of lower-case Latin letters, digits and underscores."""
        value = self.text(node)
        if value and not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", value):
            self.wrong(node, _("“%s” phải là chữ thường không dấu, số, dấu gạch dưới, tối đa 40 ký tự") % value)
            return None
        return value

    def report_key(self, node: yaml.Node) -> Text | None:
        """A key that stands in addresses, 6-thang."""
        value = self.text(node)
        if value and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
            self.wrong(node, _("“%s” phải là chữ thường không dấu, số và dấu gạch nối, ví dụ 6-thang") % value)
            return None
        return value

    def choice(self, node: yaml.Node, words: Collection[str], what: str) -> Text | None:
        """One word of a list."""
        value = self.text(node)
        if value and value not in words:
            known = ", ".join(words)
            self.wrong(node, _("“%(value)s” không phải %(what)s; dùng một trong: %(known)s") % {
                "value": value, "what": what, "known": known,
            })  # fmt: skip
            return None
        return value

    def whole(self, node: yaml.Node, least: int, most: int) -> int | None:
        """A whole number between two others."""
        message = _("cần số nguyên từ %(least)s đến %(most)s") % {"least": least, "most": most}
        if not isinstance(node, yaml.ScalarNode) or node.tag != NUMBER or not re.fullmatch(r"\d{1,9}", node.value):
            self.wrong(node, message)
            return None
        value = int(node.value)
        if not least <= value <= most:
            self.wrong(node, message)
            return None
        return value

    def yes(self, node: yaml.Node) -> bool | None:
        """The word true; what is not so is left out."""
        if not isinstance(node, yaml.ScalarNode) or node.value != "true":
            self.wrong(node, _("viết true, hoặc bỏ khóa này"))
            return None
        return True

    def day(self, node: yaml.Node) -> dt.date | None:
        """A day of this century, 12/12/2016 or 2016-12-12."""
        value = node.value if isinstance(node, yaml.ScalarNode) else ""
        match = re.fullmatch(r"(?P<day>\d\d?)/(?P<month>\d\d?)/(?P<year>20\d\d)", value)
        match = match or re.fullmatch(r"(?P<year>20\d\d)-(?P<month>\d\d?)-(?P<day>\d\d?)", value)
        if match:
            with contextlib.suppress(ValueError):
                return dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
        self.wrong(node, _("“%s” không phải một ngày có thật từ năm 2000; viết như 12/12/2016") % value)
        return None

    def day_and_month(self, node: yaml.Node) -> tuple[int, int] | None:
        """A day of every year, 15/05, as (day, month)."""
        value = node.value if isinstance(node, yaml.ScalarNode) else ""
        if match := re.fullmatch(r"(\d{1,2})/(\d{1,2})", value):
            with contextlib.suppress(ValueError):
                every_year = dt.date(2001, int(match[2]), int(match[1]))
                return every_year.day, every_year.month
        self.wrong(node, _("“%s” không phải ngày có ở mọi năm; viết ngày/tháng như 15/05") % value)
        return None

    def span_day(self, node: yaml.Node) -> SpanDay | None:
        """A day that a report covers: 30/04, 01/11 năm trước, 15/01 năm sau, or one day of one year."""
        value = node.value if isinstance(node, yaml.ScalarNode) else ""
        if match := re.fullmatch(r"(\d{1,2})/(\d{1,2})(?: (năm trước|năm sau))?", clean(value)):
            with contextlib.suppress(ValueError):
                leap = dt.date(2000, int(match[2]), int(match[1]))
                return leap.day, leap.month, {"năm trước": -1, "năm sau": 1}.get(match[3] or "", 0)
        elif isinstance(node, yaml.ScalarNode) and re.search(r"20\d\d", value):
            return self.day(node)
        self.wrong(node, _("“%s” không phải ngày của kỳ; viết như 30/04, 01/11 năm trước hoặc 01/01/2016") % value)
        return None

    def items(self, node: yaml.Node, read: Callable[["Reader", yaml.Node], Item]) -> list[Item] | None:
        """A list, each item read in the same way."""
        if not isinstance(node, yaml.SequenceNode):
            self.wrong(node, _("cần một danh sách, ví dụ [a, b] hoặc mỗi dòng một gạch đầu dòng"))
            return None
        return [read(self, item) for item in node.value]

    def entries(
        self, node: yaml.Node, shape: Mapping[str, Key], make: Callable[..., Entry], *, numbered: bool = False
    ) -> list[Entry | None] | None:
        """A list of mappings; in a numbered list, problems name the clause they stand in."""
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            self.wrong(node, _("cần một danh sách, mỗi phần tử bắt đầu bằng gạch đầu dòng"))
            return None
        found = []
        for position, item in enumerate(node.value, start=1):
            if numbered:
                self.clause = _number_of(item) or _("thứ %s trong danh sách") % position
            found.append(self.entry(item, shape, make))
        if numbered:
            self.clause = ""
        return found

    def entry(self, node: yaml.Node, shape: Mapping[str, Key], make: Callable[..., Entry]) -> Entry | None:
        """A mapping with known keys, as an object."""
        if not isinstance(node, yaml.MappingNode):
            self.wrong(node, _("cần các khóa: %s") % ", ".join(shape))
            return None
        before = len(self.problems)
        values: dict[str, object] = {}
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
            if key not in shape:
                self.wrong(key_node, _("khóa “%(key)s” không có trong mẫu; dùng một trong: %(known)s") % {
                    "key": key, "known": ", ".join(shape),
                })  # fmt: skip
            elif key in values:
                self.wrong(key_node, _("khóa “%s” ghi hai lần") % key)
            else:
                values[key] = shape[key].read(self, value_node)
        for key, wanted in shape.items():
            if wanted.required and key not in values:
                self.wrong(node, _("thiếu khóa “%(key)s” (%(holds)s)") % {"key": key, "holds": wanted.holds})
        return make(**values) if len(self.problems) == before else None


def _number_of(node: yaml.Node) -> str:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value.value for key, value in pairs if key.value == "number" and isinstance(value.value, str)), "")
