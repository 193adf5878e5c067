"""Reading YAML that people write: every value is text with its line, every fault names file and line."""

import datetime as dt
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from benan.core import yaml_nodes
from benan.rules.refusals import Unreadable

DATA = Path(__file__).parent / "data"
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")


@dataclass(frozen=True)
class Entry:
    """One value of a file: text, a list of entries or a mapping of entries, with the line it stands on."""

    value: "str | list[Entry] | dict[str, Entry]"
    line: int
    file: str

    def fault(self, sentence: Any) -> Unreadable:
        """The error that points here."""
        place = _("%(file)s, dòng %(line)s: %(sentence)s")
        return Unreadable(place % {"file": self.file, "line": self.line, "sentence": sentence})

    def text(self) -> str:
        """This text, not empty."""
        if not isinstance(self.value, str) or not self.value:
            raise self.fault(_("cần một dòng chữ."))
        return self.value

    def entries(self) -> "list[Entry]":
        """The entries of this list."""
        if not isinstance(self.value, list):
            raise self.fault(_("cần một danh sách."))
        return self.value

    def texts(self) -> tuple[str, ...]:
        """The texts of this list."""
        return tuple(entry.text() for entry in self.entries())

    def mapping(self) -> "dict[str, Entry]":
        """The entries of this mapping, by key."""
        if not isinstance(self.value, dict):
            raise self.fault(_("cần các mục dạng «khóa: giá trị»."))
        return self.value

    def fields(self, *required: str, optional: tuple[str, ...] = ()) -> "dict[str, Entry]":
        """The entries of this mapping when it has exactly these keys."""
        found = self.mapping()
        for key in required:
            if key not in found:
                raise self.fault(_("thiếu mục «%(key)s».") % {"key": key})
        for key, entry in found.items():
            if key not in required and key not in optional:
                raise entry.fault(_("không có mục nào tên là «%(key)s».") % {"key": key})
        return found

    def one_of(self, known: Collection[str], noun: Any) -> str:
        """This text when it is among those known; `noun` says what they are."""
        word = self.text()
        if word not in known:
            sentence = _("không có %(noun)s nào là «%(word)s». Có thể dùng: %(known)s.")
            raise self.fault(sentence % {"noun": noun, "word": word, "known": ", ".join(known)})
        return word

    def each_of(self, known: Collection[str], noun: Any) -> tuple[str, ...]:
        """The texts of this list when all are among those known."""
        return tuple(entry.one_of(known, noun) for entry in self.entries())

    def number(self) -> int | None:
        """A whole number, or nothing when it says null."""
        if self.value in ("null", "~", ""):
            return None
        if not isinstance(self.value, str) or not re.fullmatch(r"[0-9]{1,9}", self.value):
            raise self.fault(_("cần một số nguyên, hoặc null."))
        return int(self.value)

    def amount(self) -> int:
        """A whole number."""
        found = self.number()
        if found is None:
            raise self.fault(_("cần một số nguyên."))
        return found

    def truth(self) -> bool:
        """Whether this says true."""
        if self.value not in ("true", "false"):
            raise self.fault(_("cần true hoặc false."))
        return self.value == "true"

    def day(self) -> dt.date:
        """This day, written 06/11/2017 or 2017-11-06."""
        found = _DAY.fullmatch(self.text())
        if not found:
            raise self.fault(_("«%(text)s» không phải là một ngày; viết như 06/11/2017.") % {"text": self.value})
        day, month, year, *iso = found.groups()
        year, month, day = (year, month, day) if day else iso
        try:
            return dt.date(int(year), int(month), int(day))
        except ValueError:
            raise self.fault(_("không có ngày %(text)s trong lịch.") % {"text": self.value}) from None

    def period(self) -> DateRange:
        """These days, from `from` through `to` included; no `to` means without end."""
        found = self.fields("from", optional=("to",))
        first, last = found["from"].day(), found["to"].day() if "to" in found else None
        if last and last < first:
            raise found["to"].fault(_("ngày cuối sớm hơn ngày đầu."))
        if last == dt.date.max:
            raise found["to"].fault(_("bỏ mục «to» khi không có ngày cuối."))
        return DateRange(first, last + dt.timedelta(days=1) if last else None)


def parse(content: bytes, file: str) -> Entry:
    """The content of a file; accents may be composed or not. Raises `Unreadable`."""
    try:
        node = yaml_nodes.compose(content)
    except yaml_nodes.Fault as fault:
        raise Entry("", fault.line, file).fault(fault.sentence) from None
    if node is None:
        raise Entry("", 1, file).fault(_("tệp trống."))
    return _entry(node, file)


@cache
def published(name: str) -> Entry:
    """A data file that comes with the program, read once."""
    return parse((DATA / name).read_bytes(), name)


def _entry(node: Any, file: str) -> Entry:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return Entry(unicodedata.normalize("NFC", node.value.strip()), line, file)
    if isinstance(node, yaml.SequenceNode):
        return Entry([_entry(child, file) for child in node.value], line, file)
    found = {}
    for key, child in node.value:
        name = unicodedata.normalize("NFC", str(key.value))
        if name in found:
            twice = _("mục «%(key)s» được ghi hai lần.") % {"key": name}
            raise Entry("", key.start_mark.line + 1, file).fault(twice)
        found[name] = Entry(_entry(child, file).value, key.start_mark.line + 1, file)
    return Entry(found, line, file)
