"""Words that stand in data and in code at once: conditions, permissions, holders, events."""

import ast

import pytest

from benan.accounts.models import TeamMember
from benan.accounts.roles import ROLES, Kind, P
from benan.audit.events import Event
from benan.cases import steps
from benan.cases.models import File
from benan.rules import procedures
from benan.support.models import Provision
from tests.house import PROGRAM, ROOT, parsed

OWNERS = {"verification": "benan/cases", "protection": "benan/support/actions/safety.py", "support": "benan/support"}
VERSIONS = procedures.versions()
MOVES = {move.key: move for version in VERSIONS for move in version.moves}


def calls(of):
    """Every call of a function by that name in the program, with the file it stands in."""
    for path in PROGRAM:
        for node in ast.walk(parsed(path)):
            if (
                isinstance(node, ast.Call)
                and (getattr(node.func, "attr", None) or getattr(node.func, "id", None)) == of
            ):
                yield path.relative_to(ROOT).as_posix(), node


def handed_over(folder):
    """The conditions that verbs of a folder answer, by the keys they hand over."""
    return {
        key.value
        for path, call in calls("take")
        if path.startswith(folder)
        for word in call.keywords
        if word.arg == "conditions"
        for key in word.value.keys
    }


def taken():
    """The moves that verbs take, as written: plain words, or the words of a choice between two."""
    found = set()
    for path, call in calls("take"):
        for word in call.keywords:
            if word.arg == "move":
                found |= {
                    node.value
                    for node in ast.walk(word.value)
                    if isinstance(node, ast.Constant) and isinstance(node.value, str)
                }
        found |= {
            node.value
            for node in ast.walk(parsed(ROOT / path))
            if isinstance(node, ast.Constant) and node.value in MOVES
        }
    return found


@pytest.mark.parametrize("track", ["verification", "protection"])
def test_the_conditions_of_a_track_are_those_its_owner_answers(track):
    assert handed_over(OWNERS[track]) == procedures.condition_names(track)


def test_the_conditions_of_support_are_those_its_owner_answers():
    own = handed_over("benan/support") - handed_over(OWNERS["protection"])
    assert own == procedures.condition_names("support")


def test_every_move_of_the_procedure_is_taken_by_some_verb_and_no_other():
    assert taken() & set(MOVES) == set(MOVES)


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: f"{version.key}-{version.in_force.lower}")
def test_a_procedure_names_permissions_and_holders_that_exist(version):
    assert {permission for move in version.moves for permission in move.permissions} <= set(P)
    holders = {stage.holder for track in version.tracks.values() for stage in track.stages.values()}
    holders |= {duty.whose for duty in version.duties}
    assert holders <= {kind.value for kind in Kind} | {"first_contact", "responsible", "person"}
    assert holders <= set(version.agencies)


def test_every_permission_is_granted_to_some_role():
    assert set(P) - frozenset().union(*(role.permissions for role in ROLES.values())) == set()


def test_every_permission_is_asked_for_somewhere():
    asked = {permission for version in VERSIONS for move in version.moves for permission in move.permissions}
    for path in PROGRAM:
        if path.name != "roles.py":
            names = {
                node.attr
                for node in ast.walk(parsed(path))
                if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "P"
            }
            asked |= {P[name].value for name in names}
    assert set(P) - asked == set()


def test_every_role_stands_at_some_kind_of_agency_and_none_that_manages_accounts_sees_a_file():
    assert [role.key for role in ROLES.values() if not role.kinds] == []
    managing = [role for role in ROLES.values() if P.USER_MANAGE in role.permissions]
    assert [role.key for role in managing if role.permissions & {P.FILE_VIEW, P.IDENTITY_OPEN, P.ROLE_CONFIRM}] == []


def test_nobody_whose_role_reaches_by_area_opens_identities():
    assert [role.key for role in ROLES.values() if role.by_area and role.opens_identities] == []


OF_EARLIER_VERSIONS = {Event.LOCKED_OUT}  # their rows are still read


def test_every_event_of_the_trail_is_recorded_somewhere():
    code = "\n".join(path.read_text() for path in PROGRAM if path.name != "events.py")
    assert [event.name for event in Event if f".{event.name}" not in code and event not in OF_EARLIER_VERSIONS] == []


def test_every_line_of_a_files_history_has_a_sentence():
    keys = set()
    for _path, call in [*calls("note"), *calls("take")]:
        for word in call.keywords:
            if word.arg == "key":
                keys |= {
                    node.value
                    for node in ast.walk(word.value)
                    if isinstance(node, ast.Constant) and isinstance(node.value, str)
                }
    assert {key for key in keys if not key.endswith("_") and key not in steps.LINES and key not in MOVES} == set()


def test_every_outcome_of_support_has_a_sentence():
    assert {f"support_{outcome}" for outcome in Provision.Outcome.values} <= set(steps.LINES)


@pytest.mark.parametrize(
    "choices", [File.Closing, File.Kind, TeamMember.Part], ids=lambda choices: choices.__qualname__
)
def test_codes_are_plain_words_and_labels_are_vietnamese(choices):
    assert all(value.isascii() and value == value.lower() for value in choices.values)
    assert all(str(label)[0].isupper() or choices is TeamMember.Part for label in choices.labels)
