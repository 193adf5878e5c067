"""Whatever a command is given, a file or an argument: a sentence, never a traceback, and within two seconds."""

import io
import os
import time
from pathlib import Path

import pytest
from django.core.management import BaseCommand, CommandError, call_command, get_commands, load_command_class
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.house import ROOT
from tests.house.test_fuzz import HOSTILE, LONGEST, MANY, settings

FACTS = b"procedure: self_reported\nas_of: 10/11/2017\nevents:\n  - {event: labour_notified, on: 17/10/2017}\n"
PLAN = (ROOT / "plans/12089-KH-UBND.yaml").read_bytes()
FILES = {
    "nothing": b"",
    "no text": bytes(range(256)),
    "half a letter": "number: Đ".encode()[:-1],
    "another encoding": FACTS.decode().encode("utf-16"),
    "lists in lists": b"[" * 3000,
    "mappings in mappings": b"{a: " * 1000,
    "steps": b"\n".join(b" " * n + b"a:" for n in range(900)),
    "keys that are lists": b"? " * 1000,
    "a billion laughs": b"a: &a [x, x]\n"
    + b"".join(b"%c: &%c [*%c, *%c]\n" % (n + 1, n + 1, n, n) for n in range(97, 120)),
    "itself": b"&a [*a]",
    "a merged mapping": b"a: &a {x: 1}\nb: {<<: *a}",
    "an object of a language": b"!!python/object/apply:os.system ['true']",
    "a version of 5,000 digits": b"%YAML " + b"9" * 5000 + b".1\n---\na: 1",
    "a letter beyond all letters": b'"\\UFFFFFFFF"',
    "half a pair": b'procedure: "\\uD800"\nevents: []',
    "a NUL": b'procedure: "\\0"\nevents: []',
    "two documents": b"a: 1\n---\na: 1",
    "many entries": b"- a\n" * 60_000,
    "too long": b"a" * 10_000_000,
    "one line": b"a: " + b"b" * 400_000,
    "a number of 5,000 digits": PLAN.replace(b"target: 90", b"target: " + b"9" * 5000),
    "a day beyond all days": FACTS.replace(b"17/10/2017", b"31/12/9999"),
    "no day": FACTS.replace(b"17/10/2017", b"00/00/0000"),
    "a list for a text": FACTS.replace(b"self_reported", b"[[self_reported]]"),
    "a text for a list": FACTS.replace(b"events:\n", b"events: x\nfacts:\n"),
    "wrong types": PLAN.replace(b"headings:", b"headings: {a: b}\nclauses: 5\nx:", 1),
}


@pytest.fixture
def given_to(demo):
    """Call a command and undo it; gives what it printed, and fails where it breaks down or takes too long."""

    def call(*command):
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", errors) for errors in ("strict", "backslashreplace"))
        began = time.process_time()
        with transaction.atomic():
            try:
                call_command(*command, stdout=out, stderr=err)
            except (CommandError, SystemExit):
                pass
            except Exception as error:
                pytest.fail(f"a traceback: {type(error).__name__}")
            transaction.set_rollback(True)
        assert time.process_time() - began < LONGEST

    return call


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
@pytest.mark.parametrize(
    "command", [("load_plan", "--check"), ("load_plan",), ("deadlines", "--json"), ("deadlines",)], ids=" ".join
)
def test_whatever_a_file_holds_is_answered(given_to, tmp_path, command, content):
    (tmp_path / "tep.yaml").write_bytes(content)
    given_to(*command, str(tmp_path / "tep.yaml"))


@pytest.mark.parametrize("command", ["load_plan", "deadlines"])
@pytest.mark.parametrize("path", ["/", "/dev/zero", "khong-co", "\udcff", "a\x00b", "a" * 5000])
def test_whatever_a_path_leads_to_is_answered(given_to, command, path):
    given_to(command, path)


USUAL = {"--from": "01/01/2017", "--to": "31/10/2017"}  # required options, and what is right for them
COMMANDS = sorted(path.stem for path in ROOT.glob("benan/*/management/commands/*.py") if path.stem != "__init__")
# What a terminal hands on: never a NUL; bytes that are no text come as lone surrogates.
SAID = [os.fsdecode(text.encode("utf-8", "surrogatepass")) for text in HOSTILE if "\x00" not in text]


def arguments(command):
    """The words that a command takes, by option or place. A path is no word: what it leads to is a test above."""
    parser = load_command_class(get_commands()[command], command).create_parser("manage.py", command)
    own = [each for each in parser._actions if each.nargs != 0 and each.dest not in BASE]
    return [each.option_strings[0] if each.option_strings else each.dest for each in own if each.type is not Path]


BASE = {action.dest for action in BaseCommand().create_parser("manage.py", "x")._actions} | {"file"}


@pytest.mark.parametrize("command", [command for command in COMMANDS if arguments(command)])
def test_whatever_an_argument_says_is_answered(given_to, tmp_path, command):
    words = arguments(command)
    (tmp_path / "viec.yaml").write_bytes(FACTS)
    paths = [str(tmp_path / "viec.yaml")] if command == "deadlines" else []

    @settings(MANY, max_examples=60)
    @given(st.dictionaries(st.sampled_from(words), st.sampled_from(SAID), min_size=1, max_size=2))
    def says(told):
        options = {word: USUAL[word] for word in words if word in USUAL} | told
        named = [f"{word}={said}" for word, said in options.items() if word.startswith("--")]
        placed = [told.get(word, "lan") for word in words if not word.startswith("--")]
        given_to(command, *paths, *named, *(["--", *placed] if placed else []))

    says()
