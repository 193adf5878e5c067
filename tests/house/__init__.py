"""What must hold of the repository itself."""

import ast
import subprocess
import tomllib
from functools import cache
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent.parent


@cache
def tracked():
    """Every file that belongs to the repository, or would if it were added now."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout  # fmt: skip
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


@cache
def text(path):
    """What a file says."""
    return path.read_text(encoding="utf-8", errors="replace")


@cache
def parsed(path):
    """The syntax tree of a Python file."""
    return ast.parse(text(path))


def functions(path):
    """Every function of a file, at whatever depth."""
    return [node for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def offence(path, line, words):
    """How a place that breaks a rule is told: file:line: words."""
    return f"{path.relative_to(ROOT)}:{line}: {' '.join(words.split())[:100]}"


def found(pattern, paths, prepare=lambda path: text(path)):
    """Every place in files that a compiled pattern finds; `prepare` gives what is searched, with its lines kept."""
    return [
        offence(path, prepared[: hit.start()].count("\n") + 1, hit[0])
        for path in paths
        for prepared in [prepare(path)]
        for hit in pattern.finditer(prepared)
    ]


def ours():
    """The models of the program."""
    return [model for model in apps.get_models() if model.__module__.startswith("benan.")]


# The layers of the apps, the highest first, each with its apps.
LAYERS = [
    layer.split(" | ")
    for layer in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]["layers"]
]
PROGRAM = sorted(path for path in (ROOT / "benan").rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted((ROOT / "benan").glob("*/templates/**/*.html"))
