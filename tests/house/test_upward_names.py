"""No app names an app above it: in an import, a string, a template's path or the name of an address.

Imports are import-linter's; here are the words that stand for modules, templates, addresses, models and tables.
"""

import ast
import re
import tomllib

from django.apps import apps as registry

from tests.house import ROOT

LAYERS = [
    [app.strip() for app in layer.split("|")]
    for layer in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]["layers"]
]
ABOVE = {app: [name for upper in LAYERS[:n] for name in upper] for n, layer in enumerate(LAYERS) for app in layer}
TABLES = {model._meta.db_table for model in registry.get_models()}
MODELS = {model._meta.label_lower for model in registry.get_models()}
# Beside it no app is named either.
BESIDE = {app: [name for name in layer if name != app] for layer in LAYERS for app in layer}


def named(text, apps):
    """Which of some apps a string names: benan.app, app:address, app/template.html, app.model or app_table."""
    found = re.findall(r"benan\.(\w+)|(?<![\w/.:-])(\w+):[a-z_]+\Z|(?<![\w/.:-])(\w+)/[\w/]+\.(?:html|txt)", text)
    words = {word for each in found for word in each}
    words |= {text.partition("_")[0]} if text in TABLES else set()
    words |= {text.partition(".")[0]} if text in MODELS else set()
    return sorted(words & set(apps))


def strings(path):
    """The strings of a file of code that are not docstrings, and every quoted word of a template, with their lines."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        return [(text.count("\n", 0, m.start()) + 1, m[1]) for m in re.finditer(r"\"([^\"]*)\"", text)]
    tree = ast.parse(text)
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    ]


def offenders(app, files):
    """What the files of an app name of the apps above and beside it: "file:line: string"."""
    forbidden = ABOVE[app] + BESIDE[app]
    return [
        f"{path.name}:{line}: {text}"
        for path in files
        for line, text in strings(path)
        if named(text, forbidden)
    ]  # fmt: skip


def files_of(app):
    return [path for path in (ROOT / "benan" / app).rglob("*") if path.suffix in (".py", ".html")]


def test_no_app_names_an_app_above_or_beside_it():
    found = {app: wrong for app in ABOVE if (wrong := offenders(app, files_of(app)))}
    assert found == {}


def test_a_planted_name_is_found(tmp_path):
    code, page = tmp_path / "views.py", tmp_path / "page.html"
    code.write_text(
        '"""Of support:act, in words."""\nTO = "support:act"\nMODEL, TABLE = "support.visit", "support_visit"\n'
    )
    page.write_text('{% include "shell/more.html" %}\n<a href="{% url "cases:case" %}" title="plan: of the year">\n')
    assert offenders("cases", [code, page]) == [
        "views.py:2: support:act", "views.py:3: support.visit", "views.py:3: support_visit", "page.html:1: shell/more.html",
    ]  # fmt: skip
