"""What must hold of the repository itself."""

import ast
import subprocess
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
def parsed(path):
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text())


def ours():
    """The models of the program."""
    return [model for model in apps.get_models() if model.__module__.startswith("benan.")]


PROGRAM = sorted(path for path in (ROOT / "benan").rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted((ROOT / "benan").glob("*/templates/**/*.html"))
