"""Numbers of papers, which stand in clear: they have a shape, so that nobody writes a name in their place."""

import re

from django.utils.translation import gettext_lazy as _

from benan.core.refusals import Refused
from benan.core.text import clean

LONGEST = 40
# Groups of digits and of the capitals that abbreviations are made of (no tone marks), with one sign between them; a
# space only beside a digit.
_SHAPE = re.compile(r"[A-ZĐƯ0-9]{1,12}(?:(?:[/.-]|(?<=\d) | (?=\d))[A-ZĐƯ0-9]{1,12})*")
_LETTERS = re.compile(r"[A-ZĐƯ]{2,}")
MOST_GROUPS = 5  # of letters: TTLT-BCA-BQP-BLĐTBXH-BNG


def number(text: str, *, field: str = "paper_no") -> str:
    """The number of a paper as it is stored, in capitals; "" for none. Raises Refused for what is no number."""
    said = clean(text or "")
    found = re.sub(r"\s*([/.-])\s*", r"\1", " ".join(said.upper().split()))
    if not found:
        return ""
    if (
        len(found) > LONGEST
        or not _SHAPE.fullmatch(found)
        or not any(letter.isdigit() for letter in found)
        or len(_LETTERS.findall(found)) > MOST_GROUPS
    ):
        raise Refused(
            _("“%(said)s” không phải số văn bản. Ghi chữ số và chữ viết tắt, cách nhau bằng / hoặc -, như 214/LĐTBXH, "
              "12/GXN-CAH, 77; không ghi tên người hay lời khác.") % {"said": said[:LONGEST]},
            field=field,
        )  # fmt: skip
    return found
