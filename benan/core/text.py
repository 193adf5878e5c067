"""Vietnamese text: cleaned on the way in, folded for comparison, sorted the Vietnamese way.

Nothing here or elsewhere depends on the locale of the database.
"""

import re
import unicodedata

import vn_collate
import vn_text

_UNWANTED = {"Cc", "Cf", "Cs", "Co", "Cn"}


def clean(text: str) -> str:
    """Text as it is stored: NFC, no NUL, control or invisible formatting characters, no outer white space.

    Line breaks stay; tabs become spaces.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in _UNWANTED).strip()


def fold(text: str) -> str:
    """Text for comparison: lower case, without marks, đ as d, single spaces. NFC and NFD give the same."""
    return re.sub(r"\s+", " ", vn_text.fold(unicodedata.normalize("NFC", text))).strip()


def sort_key(text: str) -> str:
    """A key that sorts text as a Vietnamese dictionary does, word by word."""
    return " ".join(vn_collate.collate_key(word) for word in clean(text).split())


def name_key(name: str) -> str:
    """A key that sorts people as Vietnamese lists do: given name, then family name, then the middle ones."""
    words = clean(name).split()
    return sort_key(" ".join(words[-1:] + words[:1] + words[1:-1])) if len(words) > 1 else sort_key(name)
