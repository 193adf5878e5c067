"""What a verb says when the law or the record does not allow something."""

from collections.abc import Container, Iterable
from typing import Any

from django.utils.translation import gettext as _


class Refused(Exception):
    """A change that may not be made, with a sentence for the person who asked.

    `field` names the input to which the sentence belongs, when there is one; pages show it there
    and keep what was typed.
    """

    def __init__(self, message: Any, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


def refuse_unknown(keys: Iterable[str], known: Container[str], field: str) -> None:
    """Raise Refused where a key is not in a list."""
    for key in keys:
        if key not in known:
            raise Refused(_("“%(key)s” không có trong danh mục.") % {"key": key}, field=field)


class SentBefore(Refused):
    """The same form was sent before with other words, and did its work then."""


class Changed(Refused):
    """Somebody else changed the record meanwhile; `since` lists what they did, one sentence each.

    `latest` is the state of the record now, which a form carries when it is sent again.
    """

    def __init__(self, message: Any, *, since: list[Any], latest: int | None) -> None:
        super().__init__(message)
        self.since, self.latest = since, latest
