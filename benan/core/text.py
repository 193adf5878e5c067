"""Vietnamese text: cleaned on the way in, folded for comparison, sorted the Vietnamese way.

Letters that look alike are one letter: Ð is Đ, a full-width 9 is 9, and a Cyrillic or Greek letter inside a Latin
word is the Latin letter it looks like. Words wholly in another script stay as they were typed.
Nothing here or elsewhere depends on the locale of the database.
"""

import re
import unicodedata

import vn_collate
import vn_text

_UNWANTED = {"Cc", "Cf", "Cs", "Co", "Cn"}
_RARE_CHINESE = range(0x20000, 0x3FFFE)  # newer ones are not yet known to this Python, and people are named with them
# Đ as other keyboards give it: Icelandic Ð, ð and African Ɖ, ɖ.
_STROKED = str.maketrans("ÐðƉɖ", "ĐđĐđ")
# Full-width letters and digits, as Chinese and Japanese keyboards give them.
_WIDE = {
    wide: wide - 0xFEE0
    for first, last in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
    for wide in range(first, last + 1)
}
# Cyrillic and Greek letters that cannot be told from Latin ones by eye.
_LOOKS = str.maketrans(
    "АВЕЅІЈКМНОРСТУХҮԚԜаеѕіјорсухһԁԛԝ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονι",
    "ABESIJKMHOPCTYXYQWaesijopcyxhdqw" + "ABEZHIKMNOPTYXovi",
)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")
_FOREIGN = re.compile(
    "[\u0370-\u1dff\u2c00-\ua6ff\ua800-\uab2f\uab70-\ufaff\ufb10-\ufdff\ufe70-\ufeff\U00010000-\U0003ffff]"
)
# One spelling for what sounds alike in the south, of syllables as `fold` gives them: first the beginning of the syllable,
# then the vowel, then the end.
_SOUNDS = [
    (re.compile(spelling), sound)
    for spelling, sound in (
        ("^(?:gi(?=[aou])|[vrz])", "d"), ("^gi", "di"), ("^tr", "ch"), ("^s", "x"), ("^k(?!h)", "c"), ("^(n?g)h", r"\1"),
        ("^f", "ph"),
        ("y", "i"), ("ie(?=[mpu]$)", "i"), ("uo(?=[iu]$)", "u"),
        ("ng$|(?<=[ie])nh$", "n"), ("(?<=[aeiou])c$|(?<=[ie])ch$", "t"),
    )
]  # fmt: skip
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63]")
_OLD_TONE = re.compile("(o(?=[ae])|u(?=y))([aey])([\u0300\u0301\u0303\u0309\u0323])(?![^\\W\\d_]|[\u0300-\u036f])", re.IGNORECASE)  # fmt: skip


def clean(text: str) -> str:
    """Text as it is stored: NFC, no NUL, control or invisible formatting characters, no outer white space.

    Line breaks stay; tabs become spaces; letters that look alike are made one.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _latin("".join(c for c in text if c == "\n" or _wanted(c))).strip()


def plain(text: str) -> str:
    """Cleaned text in which a number, a day or a code is read: any digits as 0-9, full-width signs and dashes plain."""
    text = _DASHES.sub("-", unicodedata.normalize("NFKC", clean(text)))
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def whole_number(text: str, most: int) -> int | None:
    """The number that digits 0-9 alone say, up to `most`; None for anything else, ² and numbers of a million digits too."""
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(most))):
        return None
    number = int(text)
    return number if number <= most else None


def fold(text: str) -> str:
    """Text for comparison: lower case, without marks, đ as d, single spaces. NFC and NFD give the same.

    Words in another script keep their marks: there they are vowels.
    """
    text = _latin(text)
    if not _FOREIGN.search(text):
        return _squeezed(vn_text.fold(text))
    if _has_latin(text):  # a word wholly of look-alikes among Latin words is Latin too: Nguyễn Thị Ноа
        text = _WORD.sub(_lookalikes_only, text)
    return _squeezed(" ".join(word.lower() if _FOREIGN.search(word) else vn_text.fold(word) for word in text.split()))


def sound(syllable: str) -> str:
    """A folded syllable as it is heard in the south, where Than is Thang, Mít is Míc, Chim is Trim, Sương is Xương, and
    Rơm, Dơm, Giơm and Vơm are one.

    Đ is heard as d, since who types without marks types d. Syllables in another script stay as they are.
    """
    for spelling, heard in _SOUNDS:
        syllable = spelling.sub(heard, syllable)
    return syllable


def unmarked(text: str) -> str:
    """Plain text in lower case without marks, signs kept: what days, ages and numbers said in words are read from."""
    return vn_text.strip_stroke(vn_text.deaccent(plain(text))).lower()


def sort_key(text: str) -> str:
    """A key that sorts text as a Vietnamese dictionary does, word by word; Hoà and Hòa are one."""
    old = _OLD_TONE.sub(r"\1\3\2", unicodedata.normalize("NFD", clean(text)))
    return " ".join(vn_collate.collate_key(word) for word in old.split())


def name_key(name: str) -> str:
    """A key that sorts people as Vietnamese lists do: given name, then family name, then the middle ones."""
    words = clean(name).split()
    return sort_key(" ".join(words[-1:] + words[:1] + words[1:-1])) if len(words) > 1 else sort_key(name)


def _wanted(letter: str) -> bool:
    return unicodedata.category(letter) not in _UNWANTED or (
        ord(letter) in _RARE_CHINESE and unicodedata.category(letter) == "Cn"
    )


def _latin(text: str) -> str:
    """The text in NFC, each word that holds a Latin letter without the letters that only look Latin."""
    text = unicodedata.normalize("NFC", text.translate(_WIDE).translate(_STROKED))
    if not _FOREIGN.search(text):
        return text
    return unicodedata.normalize("NFC", _WORD.sub(_without_lookalikes, unicodedata.normalize("NFD", text)))


def _without_lookalikes(found: re.Match[str]) -> str:
    return found[0].translate(_LOOKS) if _has_latin(found[0]) else found[0]


def _lookalikes_only(found: re.Match[str]) -> str:
    word = found[0].translate(_LOOKS)
    return word if all(_has_latin(letter) for letter in word if letter.isalpha()) else found[0]


def _has_latin(text: str) -> bool:
    return any("LATIN" in unicodedata.name(letter, "") for letter in text)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
