"""A class of the stylesheets is used, and a class that is used has a rule."""

import ast
import re

from tests.house import PROGRAM, ROOT, TEMPLATES, parsed

STATIC = ROOT / "benan/ui/static"
# A class attribute, with template tags and their quotes inside it.
ATTRIBUTE = re.compile(r'(?<![\w-])class=\\?"((?:\{%.*?%\}|\{\{.*?\}\}|[^"{\\]|\{(?![%{]))*)', re.DOTALL)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{\d*\}", re.DOTALL)
BODY = re.compile(r"{% block mode %}([\w -]+)")
NAME = re.compile(r"[a-z][a-z0-9-]*")


def with_rules():
    """Every class that a stylesheet names in a selector."""
    found = set()
    for path in STATIC.rglob("*.css"):
        sheet = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", path.read_text(), flags=re.DOTALL)
        for selector in re.findall(r"([^{};]*)\{", sheet):
            found |= set(re.findall(r"\.([a-zA-Z][\w-]*)", selector))
    return found


def in_attributes(text):
    """Classes that stand in class attributes; one that ends in a hyphen is completed by a value."""
    values = [TAG.sub("\0", value) for value in ATTRIBUTE.findall(text)] + BODY.findall(text)
    return {word for value in values for word in re.split(r"[\s\0]+", value) if NAME.fullmatch(word)}


def strings(path):
    """Every string of a Python file."""
    return [n.value for n in ast.walk(parsed(path)) if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def used():
    """Classes of the pages: of templates, of what Python draws and of scripts."""
    found = set().union(*(in_attributes(path.read_text()) for path in TEMPLATES))
    for path in PROGRAM:
        found |= set().union(*(in_attributes(each) for each in strings(path)))
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Dict):
                for key, value in zip(node.keys, node.values, strict=True):
                    if getattr(key, "value", "") == "class" and isinstance(value, ast.Constant):
                        found |= set(value.value.split())
    for path in STATIC.rglob("*.js"):
        script = path.read_text()
        found |= set(re.findall(r'classList\.\w+\("([\w-]+)"', script))
        for selector in re.findall(r'querySelector(?:All)?\("([^"]+)"', script):
            found |= set(re.findall(r"\.([\w-]+)", selector))
    return found


def words():
    """What may become a class besides: quoted words of template tags, and strings of Python (states, kinds, tones)."""
    found = {each for path in PROGRAM for each in strings(path) if NAME.fullmatch(each)}
    for path in TEMPLATES:
        for tag in TAG.findall(path.read_text()):
            found |= set(re.findall(r"[\"']([a-z][a-z0-9-]*)[\"']", tag))
    return found


def test_no_class_of_the_stylesheets_is_dead():
    named = used()
    begun = tuple(each for each in named if each.endswith("-"))
    assert sorted(each for each in with_rules() - named - words() if not each.startswith(begun)) == []


def test_no_class_is_used_without_a_rule():
    ruled = with_rules()
    begun = {each for each in used() if each.endswith("-") and any(rule.startswith(each) for rule in ruled)}
    assert sorted(used() - ruled - begun) == []
