"""Logs and error reports that name nobody."""

import logging
import re
from logging import LogRecord
from typing import Any

from django.utils.safestring import SafeString  # noqa: TID251, the type that Django names
from django.views.debug import ExceptionReporter

_CODE = re.compile(r"(?<!\d)\d{2}-\d{5}(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)\d{9,12}(?!\d)")


class NamesNobody(logging.Formatter):
    """Log lines without traceback values, addresses as typed, case codes, identity or telephone numbers.

    Of an exception only its type and the place it arose are written: its message may quote what
    somebody typed. Of a request only which page it was for, and from which account by its number: an address may carry
    a name, or the secret of a link.
    """

    def format(self, record: LogRecord) -> str:
        """One line for one record, masked, whatever stands in the message."""
        # A record keeps the words that another formatter may have made of its error: they are left out.
        own: dict[str, Any] = {"exc_text": None}
        if getattr(record, "request", None) is not None:
            own |= {"msg": _asked(record), "args": None}
        record = logging.makeLogRecord(record.__dict__ | own)
        return _NUMBERS.sub("[số]", _CODE.sub("[mã]", super().format(record).replace("\n", " | ")))

    def formatMessage(self, record: LogRecord) -> str:  # noqa: N802
        """The line, with signs that would end it or change how it is shown written as escapes."""
        return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in super().formatMessage(record))

    def formatException(self, exc_info: Any) -> str:  # noqa: N802
        """The type of the error and the chain of places, never its words."""
        kind, _, trace = exc_info
        places = []
        while trace:
            code = trace.tb_frame.f_code
            places.append(f"{code.co_filename.rsplit('/', 2)[-1]}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        return f"{kind.__name__} tại " + " > ".join(places[-6:])


def _asked(record: LogRecord) -> str:
    request = getattr(record, "request")  # noqa: B009, Django sets it on records of requests
    match = request.resolver_match
    page = f"{getattr(record, 'status_code', '')} {request.method} /{match.route if match else '?'}"
    # As Django keeps who was found to ask; asking the database here might fail again.
    user = getattr(request, "_cached_user", None)
    return f"{page} user:{user.pk}" if user and user.pk else page


class SilentReporter(ExceptionReporter):
    """Django's error report reduced to nothing, should anybody ever wire it to mail."""

    def get_traceback_text(self) -> SafeString:
        """No text."""
        return SafeString()

    get_traceback_html = get_traceback_text
