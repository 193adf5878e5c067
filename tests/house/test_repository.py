"""The repository speaks of itself alone."""

import re
import unicodedata

import pytest

from tests.house import ROOT, tracked

TEXTS = [
    path
    for path in tracked()
    if path.suffix not in (".png", ".woff2", ".ico", ".docx", ".gz", ".xlsx") and path.stat().st_size < 5_000_000
]
# Written apart, so that this file does not find itself.
PLACES = re.compile(
    "|".join(["/" + "work/", "/" + "root/", "/" + "home/\\w", "C:" + "\\\\", "/tmp/\\w+" + "/(?:claude|lead|guard)"])
)
HOSTS = re.compile(
    "|".join(
        [
            "py" + "pi\\.org",
            "python" + "hosted",
            "registry\\." + "npm",
            "npm" + "js\\.(?:org|com)",
            "proxy\\.golang",
            "crates\\.io",
        ]
    )
)
ASIDE = re.compile(r"\b(" + "|".join(["T" + "ODO", "F" + "IXME", "X" + "XX", "H" + "ACK"]) + r")\b")


def found(pattern, paths):
    """Lines of the repository that a pattern finds, each with its file."""
    hits = []
    for path in paths:
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            if pattern.search(line):
                hits.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    return hits


@pytest.mark.parametrize(("what", "pattern"), [("a path of a machine", PLACES), ("the host of a registry", HOSTS)])
def test_no_file_names(what, pattern):
    assert found(pattern, TEXTS) == []


def test_nothing_is_left_for_later():
    assert (
        found(ASIDE, [path for path in TEXTS if path.suffix in (".py", ".html", ".css", ".js", ".md", ".yaml")]) == []
    )


def test_nothing_reads_what_lies_beside_the_repository():
    pattern = re.compile(r"\.\./" + "shared|" + "design/" + "house")
    assert found(pattern, TEXTS) == []


def test_no_key_no_secret_and_no_data_folder_is_part_of_it():
    names = [path.relative_to(ROOT).as_posix() for path in tracked()]
    assert [
        name for name in names if re.search(r"\.key$|^data/|secret_key|database\.json|\.env$|heads\.log", name)
    ] == []


def test_every_file_is_utf_8_composed_and_ends_with_a_new_line():
    bad = []
    for path in TEXTS:
        text = path.read_bytes().decode()
        if text and (not text.endswith("\n") or "\r" in text or text != unicodedata.normalize("NFC", text)):
            bad.append(path.relative_to(ROOT).as_posix())
    assert bad == []


def test_every_document_and_test_that_the_documents_name_exists():
    missing = []
    for path in (ROOT / "docs").rglob("*.md"):
        for name in re.findall(r"`((?:tests|docs|benan|ops|config|plans)/[\w./-]+)`", path.read_text()):
            if not (ROOT / name).exists():
                missing.append(f"{path.name}: {name}")
    assert missing == []


def test_one_licence_stands_for_all():
    assert "Apache License" in (ROOT / "LICENSE").read_text()[:200]
