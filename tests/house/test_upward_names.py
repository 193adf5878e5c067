"""No app names an app above it: in an import, a string, a template's path or the name of an address.

Imports are import-linter's; here are the words that stand for modules, templates, addresses, models and tables.
"""

import ast
import re

from django.apps import apps as registry

from tests.house import LAYERS, ROOT, parsed, text

# The apps above an app and beside it.
FORBIDDEN = {
    app: [name for upper in LAYERS[: n + 1] for name in upper if name != app]
    for n, layer in enumerate(LAYERS)
    for app in layer
}
TABLES = {model._meta.db_table for model in registry.get_models()}
MODELS = {model._meta.label_lower for model in registry.get_models()}


def named(word, apps):
    """Which of some apps a string names: benan.app, app:address, app/template.html, app.model or app_table."""
    found = re.findall(r"benan\.(\w+)|(?<![\w/.:-])(\w+):[a-z_]+\Z|(?<![\w/.:-])(\w+)/[\w/]+\.(?:html|txt)", word)
    words = {word for each in found for word in each}
    words |= {word.partition("_")[0]} if word in TABLES else set()
    words |= {word.partition(".")[0]} if word in MODELS else set()
    return sorted(words & set(apps))


def strings(path):
    """The strings of a file of code that are not docstrings, and every quoted word of a template, with their lines."""
    if path.suffix == ".html":
        page = text(path)
        return [(page.count("\n", 0, m.start()) + 1, m[1]) for m in re.finditer(r"\"([^\"]*)\"", page)]
    tree = parsed(path)
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    ]


def offenders(app, files):
    """What the files of an app name of the apps above and beside it: "file:line: string"."""
    return [
        f"{path.name}:{line}: {words}"
        for path in files
        for line, words in strings(path)
        if named(words, FORBIDDEN[app])
    ]  # fmt: skip


def files_of(app):
    return [path for path in (ROOT / "benan" / app).rglob("*") if path.suffix in (".py", ".html")]


def test_no_app_names_an_app_above_or_beside_it():
    found = {app: wrong for app in FORBIDDEN if (wrong := offenders(app, files_of(app)))}
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
