"""YAML files that people write: read whole or refused with a sentence, whatever they hold.

No references (one node would stand at several lines, and a few lines could stand for billions), no deep nesting, and no
more than a person writes by hand.
"""

import re
from pathlib import Path
from typing import Any

import yaml
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from benan.core.refusals import Refused

_UNSTORED = re.compile("[\0\ud800-\udfff]")
_CONTROL = gettext_noop("có ký tự điều khiển; hãy xóa ký tự ấy.")
MOST_BYTES, MOST_NODES, DEEPEST = 500_000, 20_000, 20


class Fault(Exception):
    """What is wrong in a file, as a sentence, and at which line."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line, self.sentence = line, sentence


class _Refusing(yaml.SafeLoader):
    def __init__(self, stream: Any) -> None:
        super().__init__(stream)
        self.nodes = self.depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        line = self.peek_event().start_mark.line + 1
        if self.check_event(yaml.AliasEvent):
            raise Fault(line, _("tệp không được dùng ký hiệu & và * của YAML."))
        self.nodes, self.depth = self.nodes + 1, self.depth + 1
        if self.depth > DEEPEST:
            raise Fault(line, _("các mục lồng nhau quá %s tầng; xem lại thụt lề và ngoặc vuông.") % DEEPEST)
        if self.nodes > MOST_NODES:
            raise Fault(line, _("tệp có quá %s mục.") % number_format(MOST_NODES))
        node = super().compose_node(parent, index)
        self.depth -= 1
        if isinstance(node, yaml.ScalarNode) and _UNSTORED.search(node.value):
            raise Fault(line, _(_CONTROL))
        return node


def content(path: Path) -> bytes:
    """The bytes of a file that somebody names. Raises Refused where it cannot be read or is too long."""
    try:
        with path.open("rb") as file:
            found = file.read(MOST_BYTES + 1)
    except (OSError, ValueError):  # ValueError: a path with a NUL
        raise Refused(_("%s: không đọc được tệp; xem lại đường dẫn và quyền đọc.") % path) from None
    if len(found) > MOST_BYTES:
        raise Refused(
            _("%(path)s: tệp dài quá %(most)s byte.") % {"path": path, "most": number_format(MOST_BYTES)}
        ) from None
    return found


def compose(source: bytes) -> yaml.Node | None:
    """The nodes of a YAML file in UTF-8, None of an empty one. Raises Fault."""
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise Fault(line, _("tệp không phải UTF-8; hãy lưu lại với bảng mã UTF-8.")) from None
    try:
        return yaml.compose(text, _Refusing)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise Fault(line, _(_CONTROL)) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        sentence = _("sai cú pháp YAML ở cột %s; xem lại thụt lề bằng dấu cách, dấu hai chấm và ngoặc kép.")
        line, column = (mark.line, mark.column) if mark else (0, 0)
        raise Fault(line + 1, sentence % (column + 1)) from None
    except (ValueError, OverflowError):  # a letter named by a number beyond all letters, a version of 5,000 digits
        raise Fault(1, _("tệp ghi một ký tự hoặc một số của YAML quá lớn.")) from None
