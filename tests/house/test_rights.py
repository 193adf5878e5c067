"""A right is asked of a row; only what has no row asks it of the person."""

import ast
from collections import defaultdict

from tests.house import PROGRAM, ROOT

# Where somebody is asked what any of their roles allows (`may`, `seat`), or from where (`seats`): menus, what is begun
# anew, figures and accounts, and questions to lists of rows, whose query narrows them. Fewer is better; more needs a
# reason: beside a row `policy.allows`, `first_allowed` and `held_on` are asked.
WITHOUT_A_ROW = {
    "cases/actions/identities.py": {"search"},
    "cases/actions/receptions.py": {"_receiving_agency"},
    "cases/joined.py": {"asked_for"},
    "cases/steps.py": {"_seat"},
    "cases/unattended.py": {"offices_for"},
    "cases/views/receptions.py": {"_arrival", "_hotline"},
    "reports/actions.py": {"make_report"},
    "reports/clauses.py": {"open_to"},
    "reports/queries.py": {"clauses_page"},
    "reports/reach.py": {"reach"},
    "reports/views.py": {"_report"},
    "rules/views.py": {"law"},
    "shell/context.py": {"_agency", "_places", "shell"},
    "shell/queries.py": {"_decisions", "_idle", "_new", "_referrals", "_reports", "_title", "desk"},
    "shell/setting_up.py": {"left"},
    "shell/views.py": {"home"},
    "support/models.py": {"visible_to"},
    "support/policy.py": {"endangered"},
    "support/queries.py": {"alarm", "handover", "referrals_page"},
    "support/views/__init__.py": {"danger_alone", "record"},
}


def asked(path):
    """The functions of a file that ask an officer (`user`, `by`, `request.user`) what their roles are."""
    for function in ast.walk(ast.parse(path.read_text())):
        if isinstance(function, ast.FunctionDef) and any(map(_asks, ast.walk(function))):
            yield function.name


def _asks(node):
    officers = ("user", "by", "request.user", "self.user")
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
