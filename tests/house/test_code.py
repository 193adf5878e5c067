"""How the program is written."""

import ast
import json
import re
import subprocess
import sysconfig
from collections import Counter
from pathlib import Path

import allauth
from django.conf import settings

from tests.house import PROGRAM, ROOT, TEMPLATES, found, functions, offence, parsed

VERBS = [path for path in PROGRAM if path.name == "actions.py" or "actions" in path.parent.parts[-1:]]
# Beside the verbs: questions, and what only the program itself does.
NO_VERBS = {
    *("find_link", "use_link", "withdraw"),
    *("tell", "named", "listed", "grounds_of_stay"),
}
# Reads of rows about people that are nobody's look. Fewer is better; more needs a reason here: the index of everybody made
# anew, and everybody's key wrapped anew, what a person was given once, files of an office counted without being shown, where a
# joined file goes on, what became of a file that was joined, every file of somebody who is to be erased, several files locked
# in one order, the moment at which somebody was last erased.
UNSCOPED = 26


def is_part(function):
    """Whether a function is a part of verbs: it takes the change of a case that they have begun (`steps.change`)."""
    return [word.arg for word in function.args.args][:1] == ["change"]


def verbs():
    """(path, function) of every verb."""
    for path in VERBS:
        for node in parsed(path).body:
            public = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
            if public and node.name not in NO_VERBS and not is_part(node):
                yield path, node


def test_the_program_keeps_every_rule_of_the_linter():
    command = [Path(sysconfig.get_path("scripts")) / "ruff", "check", "--no-cache", "--output-format=concise", "."]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_linter_finds_what_is_never_done():
    planted = {
        "import random\n\nrandom.random()": "S311", "from uuid import uuid4": "TID251", "import pickle": "TID251",
        "import yaml\n\nyaml.load(text)": "TID251", "import yaml\n\nyaml.full_load(text)": "TID251", "print(1)": "T201",
        "breakpoint()": "T100", "eval(text)": "S307", "exec(text)": "S102",
        "from django.utils.safestring import mark_safe": "TID251", "from django.utils.safestring import SafeString": "TID251",
        "from django.views.decorators.csrf import csrf_exempt": "TID251", "import hashlib\n\nhashlib.md5(b'')": "S324",
        "import hashlib\n\nhashlib.new('sha1')": "S324", "def f():\n    import re": "PLC0415",
        "from cryptography.hazmat.primitives import hashes\n\nhashes.SHA1()": "S303",
        "from cryptography.hazmat.primitives.ciphers import modes\n\nmodes.ECB()": "S305",
        "from cryptography.hazmat.primitives.asymmetric import padding\n\npadding.PKCS1v15()": "TID251",
    }  # fmt: skip
    command = [Path(sysconfig.get_path("scripts")) / "ruff", "check", "--no-cache", "--output-format=json", "-"]
    command += ["--stdin-filename", "benan/core/planted.py"]
    missed = []
    for code, rule in planted.items():
        done = subprocess.run(command, cwd=ROOT, input=code + "\n", capture_output=True, text=True, check=False)
        if rule not in [each["code"] for each in json.loads(done.stdout)]:
            missed.append((rule, code))
    assert missed == []


def test_no_row_saves_in_a_way_of_its_own():
    own = [
        offence(path, function.lineno, function.name)
        for path in PROGRAM
        for function in functions(path)
        if function.name in ("save", "full_clean", "save_base")
    ]
    assert own == []


def test_nothing_listens_for_signals_of_rows():
    assert found(re.compile(r"^(?:from|import) .*\bsignals?\b.*|@receiver|\.connect\(", re.MULTILINE), PROGRAM) == []


def test_nothing_switches_escaping_off():
    assert found(re.compile(r"\|\s*safe(?:seq)?\b|autoescape off"), [*TEMPLATES, *PROGRAM]) == []


def test_a_verb_takes_names_alone_and_says_by_whom():
    wrong = [
        offence(path, node.lineno, f"def {node.name}({ast.unparse(node.args)})")
        for path, node in verbs()
        if node.args.args or node.args.posonlyargs or [word.arg for word in node.args.kwonlyargs][:1] != ["by"]
    ]
    assert wrong == []


def changes_a_case(function):
    """Whether all that a function does after its docstring, or after checks, is one change of a case, which is atomic."""
    return isinstance(function.body[-1], ast.With) and "steps.change(" in ast.unparse(function.body[-1].items[0])


def test_a_verb_happens_whole_or_not_at_all():
    loose = [
        offence(path, node.lineno, node.name)
        for path, node in verbs()
        if "transaction.atomic" not in map(ast.unparse, node.decorator_list) and not changes_a_case(node)
    ]
    assert loose == []


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
        longer_than(
            600, ["benan/*/templates/**/*.html", *(f"benan/ui/static/**/*.{kind}" for kind in ("css", "js", "svg"))]
        )
        == {}
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
