"""How the program is written."""

import ast
import re
from collections import Counter
from pathlib import Path

import allauth
import pytest
from django.conf import settings

from tests.house import PROGRAM, ROOT, TEMPLATES, parsed

VERBS = [path for path in PROGRAM if path.name == "actions.py" or "actions" in path.parent.parts[-1:]]
EVERYTHING = [*PROGRAM, *sorted(path for part in ("config", "ops") for path in (ROOT / part).rglob("*.py"))]
# Beside the verbs: questions, and what only the program itself does.
NO_VERBS = {
    *("find_link", "use_link", "withdraw"),
    *("tell", "named", "listed", "grounds_of_stay"),
}
# Reads of rows about people that are nobody's look. Fewer is better; more needs a reason here: the index of everybody made
# anew, and everybody's key wrapped anew, what a person was given once, files of an office counted without being shown, where a
# joined file goes on, what became of a file that was joined, every file of somebody who is to be erased, several files locked
# in one order.
UNSCOPED = 25


def ids(paths):
    """Short names of files."""
    return [str(path.relative_to(ROOT)) for path in paths]


def functions(path):
    """Every function of a file, at whatever depth."""
    return [node for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def public(path):
    """(what, docstring) of every class and function others may use; a command's methods are Django's."""

    def walk(node, name):
        for child in getattr(node, "body", []):
            if (
                isinstance(child, ast.ClassDef)
                and not child.name.startswith("_")
                and child.name not in ("Meta", "Privacy", "Media")
            ):
                yield f"{name}.{child.name}", ast.get_docstring(child)
                yield from walk(child, f"{name}.{child.name}")
            elif isinstance(child, ast.FunctionDef) and not child.name.startswith("_"):
                yield f"{name}.{child.name}", ast.get_docstring(child)

    return [(name, words) for name, words in walk(parsed(path), path.stem) if ".Command." not in name]


@pytest.mark.parametrize("path", PROGRAM, ids=ids(PROGRAM))
def test_all_that_others_use_says_what_it_is_for(path):
    assert ast.get_docstring(parsed(path)) or not path.read_text()
    assert [name for name, words in public(path) if not words or not words.split("\n\n")[0].endswith((".", "?"))] == []


@pytest.mark.parametrize("path", PROGRAM, ids=ids(PROGRAM))
def test_nothing_is_imported_inside_a_function(path):
    found = [f.name for f in functions(path) for node in ast.walk(f) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert found == []


@pytest.mark.parametrize("path", PROGRAM, ids=ids(PROGRAM))
def test_no_row_saves_in_a_way_of_its_own_and_nothing_listens_for_it(path):
    own = [f.name for f in functions(path) if f.name in ("save", "full_clean", "save_base")]
    assert own == []
    assert not re.search(r"@receiver|import .*\bsignals?\b|\.connect\(", path.read_text())


@pytest.mark.parametrize("path", PROGRAM, ids=ids(PROGRAM))
@pytest.mark.parametrize(
    "word", ["csrf_exempt", "mark_safe", "print(", "SafeString(", "|safe", "breakpoint(", "eval(", "exec("]
)
def test_what_is_never_done_is_not_done(path, word):
    assert not re.search(rf"(?<![\w.]){re.escape(word)}", path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=ids(TEMPLATES))
def test_no_template_switches_escaping_off(path):
    assert not re.search(r"\|\s*safe\b|autoescape off|\|safeseq", path.read_text())


@pytest.mark.parametrize("path", VERBS, ids=ids(VERBS))
def test_a_verb_takes_names_alone_and_says_by_whom(path):
    for node in parsed(path).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.name not in NO_VERBS:
            names = [argument.arg for argument in node.args.kwonlyargs]
            assert not node.args.args and not node.args.posonlyargs, node.name
            assert names[:1] == ["by"], node.name


@pytest.mark.parametrize("path", VERBS, ids=ids(VERBS))
def test_a_verb_happens_whole_or_not_at_all(path):
    loose = [
        node.name
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.name not in NO_VERBS
        and "transaction.atomic" not in [ast.unparse(each) for each in node.decorator_list]
    ]  # fmt: skip
    assert loose == []


@pytest.mark.parametrize("path", EVERYTHING, ids=ids(EVERYTHING))
def test_what_is_read_is_data_and_never_run(path):
    assert not re.search(
        r"\b(pickle|marshal|shelve|dill|jsonpickle)\b|yaml\.(load|unsafe_load|full_load)\(", path.read_text()
    )


def test_neither_sessions_nor_messages_nor_the_cache_store_what_could_run():
    assert settings.SESSION_SERIALIZER == "django.contrib.sessions.serializers.JSONSerializer"
    assert {each["BACKEND"] for each in settings.CACHES.values()} == {"benan.core.cache.SignedTable"}


def test_rows_about_people_are_seldom_read_for_nobody():
    calls = Counter()
    for path in PROGRAM:
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "unscoped":
                assert [word.arg for word in node.keywords] == ["reason"], path
                calls[path.relative_to(ROOT).as_posix()] += 1
    assert sum(calls.values()) <= UNSCOPED, calls


def longer_than(limit, patterns):
    """Files with more lines than that."""
    paths = {path for pattern in patterns for path in ROOT.glob(pattern)}
    counted = {
        path.relative_to(ROOT).as_posix(): path.read_text().count("\n")
        for path in paths
        if "migrations" not in path.parts
    }
    return {name: lines for name, lines in counted.items() if lines > limit}


def test_no_file_of_the_program_grows_past_a_screenful_of_screens():
    assert longer_than(500, ["benan/**/*.py", "config/**/*.py", "ops/**/*.py"]) == {}


def test_no_template_or_static_file_does_either():
    assert (
        longer_than(600, ["benan/*/templates/**/*.html", "static/**/*.css", "static/**/*.js", "static/**/*.svg"]) == {}
    )


# Found by the names of other packages: allauth's pages, Django's pages of trouble and form parts.
FOUND_BY_OTHERS = re.compile(r"(account|mfa|allauth)/|(400|403|403_csrf|404|500|503)\.html|forms/|django/forms/")


def test_every_template_is_used():
    code = "\n".join(path.read_text() for path in [*PROGRAM, *TEMPLATES, ROOT / "config/settings.py"])
    names = [path.as_posix().split("/templates/")[1] for path in TEMPLATES]
    assert [name for name in names if name not in code and not FOUND_BY_OTHERS.match(name)] == []


def test_what_replaces_a_template_of_another_package_has_something_to_replace():
    theirs = Path(allauth.__file__).parent / "templates"
    ours = [path.as_posix().split("/templates/")[1] for path in TEMPLATES]
    alone = [name for name in ours if re.match(r"(account|mfa)/", name) and not (theirs / name).exists()]
    code = "\n".join(path.read_text() for path in [*PROGRAM, *TEMPLATES])
    # This one is asked for by allauth and left to the program to write.
    assert [name for name in alone if name not in code] == ["account/password_reset_help_text.html"]


def test_every_template_that_the_program_names_exists():
    names = {path.as_posix().split("/templates/")[1] for path in TEMPLATES}
    asked = set()
    for path in PROGRAM:
        asked |= set(re.findall(r'"([\w/]+\.html)"', path.read_text()))
    for path in TEMPLATES:
        asked |= set(re.findall(r'{% (?:include|extends) "([\w/]+\.html)"', path.read_text()))
    assert {name for name in asked - names if not name.startswith("django/")} == set()
