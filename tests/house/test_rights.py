"""A right is asked of a row; only what has no row asks it of the person."""

import ast
from collections import defaultdict

from tests.expected import APPS
from tests.house import PROGRAM, ROOT, parsed

# Where somebody is asked what any of their roles allows (`may`, `seat`), or from where (`seats`): menus, what is begun
# anew, figures and accounts, and questions to lists of rows, whose query narrows them. Fewer is better; more needs a
# reason: beside a row `policy.allows`, `first_allowed` and `held_on` are asked.
WITHOUT_A_ROW = {
    f"{app}/{name}": functions
    for app, module in APPS.items()
    for name, functions in getattr(module, "ASKED_WITHOUT_A_ROW", {}).items()
}


def asked(path):
    """The functions of a file that ask an officer (`user`, `by`, `request.user`) what their roles are."""
    for function in ast.walk(parsed(path)):
        if isinstance(function, ast.FunctionDef) and any(map(_asks, ast.walk(function))):
            yield function.name


def _asks(node):
    officers = ("user", "by", "request.user", "self.user", "role_set")
    return (
        isinstance(node, ast.Attribute)
        and node.attr in ("may", "offices", "seat", "seats")
        and ast.unparse(node.value) in officers
    )


def test_beside_a_row_nobody_is_asked_what_any_of_their_roles_allows():
    found = defaultdict(set)
    for path in PROGRAM:
        name = path.relative_to(ROOT / "benan").as_posix()
        if not name.startswith("accounts/"):
            for function in asked(path):
                found[name].add(function)
    assert dict(found) == WITHOUT_A_ROW
