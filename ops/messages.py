"""Compiles the translations, locale/<language>/LC_MESSAGES/*.po, on machines that have no GNU gettext."""

import ast
import re
import struct
from collections.abc import Mapping
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "locale"
MAGIC = 0x950412DE
Entry = tuple[str | None, str, str | None]  # context, sentence, plural
LINE = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr)?(?:\[\d+\])?\s*(".*")')


def compile_all(folder: Path = LOCALE) -> None:
    """Compile every catalogue that is newer than its compiled form."""
    for source in folder.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime <= source.stat().st_mtime:
            draft = target.with_suffix(".mo.new")
            draft.write_bytes(compiled(read(source.read_text(encoding="utf-8"))))
            draft.replace(target)


def read(text: str) -> dict[Entry, list[str]]:
    """The translations of each entry of a catalogue, one per plural form.

    Entries marked fuzzy are a tool's guesses, and are left out. Raises ValueError with the line it cannot read.
    """
    entries: dict[Entry, list[str]] = {}
    for block in re.split(r"\n\s*\n", text):
        fields: dict[str, str | None] = {"msgctxt": None, "msgid_plural": None}
        keyword, values = "", list[str]()
        for line in block.splitlines():
            if line.startswith("#") or not line.strip():
                continue
            found = LINE.fullmatch(line.strip())
            if not found or not (found[1] or keyword):
                raise ValueError(f"Dòng không đúng dạng tệp dịch: {line}")
            words = ast.literal_eval(found[2])
            keyword = found[1] or keyword
            if keyword == "msgstr":
                values = [*values, words] if found[1] else [*values[:-1], values[-1] + words]
            else:
                fields[keyword] = words if found[1] else f"{fields[keyword]}{words}"
        if values and not re.search(r"^#,.*\bfuzzy\b", block, re.M):
            entries[fields["msgctxt"], str(fields["msgid"]), fields["msgid_plural"]] = values
    return entries


def compiled(entries: Mapping[Entry, list[str]]) -> bytes:
    """The entries in the binary form that Python's gettext reads; what has no translation is left to the source."""
    pairs = sorted((_key(*entry), "\0".join(values)) for entry, values in entries.items() if all(values))
    keys, values = ([text.encode() for text in column] for column in zip(*pairs, strict=True)) if pairs else ([], [])
    start = 28 + 16 * len(pairs)
    tables, place = b"", start
    for text in (*keys, *values):
        tables += struct.pack("<2I", len(text), place)
        place += len(text) + 1
    head = struct.pack("<7I", MAGIC, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    return head + tables + b"".join(text + b"\0" for text in (*keys, *values))


def _key(context: str | None, sentence: str, plural: str | None) -> str:
    return ("" if context is None else f"{context}\x04") + sentence + ("" if plural is None else f"\0{plural}")


def main() -> None:
    """Compile, and tell how much of each catalogue is translated."""
    compile_all()
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        entries = read(source.read_text(encoding="utf-8"))
        missing = [sentence for (_, sentence, _), values in entries.items() if not all(values)]
        print(f"{source.relative_to(LOCALE.parent)}: {len(entries)} câu, {len(missing)} câu chưa dịch")
        for sentence in missing:
            print(f"  {sentence}")


if __name__ == "__main__":
    main()
