"""Words that stand in data and in code at once: conditions, permissions, holders, events."""

import ast

import pytest

from benan.accounts.models import TeamMember
from benan.accounts.roles import ROLES, P
from benan.agencies.kinds import AgencyKind
from benan.audit.events import all_events
from benan.cases.acts import GROUPS
from benan.cases.deadlines import responsible_agencies
from benan.cases.extensions import HISTORY
from benan.cases.models import Case
from benan.needs.models import Provision
from benan.rules import procedures
from tests.house import PROGRAM, parsed

VERSIONS = procedures.versions()
MOVES = {move.key: move for version in VERSIONS for move in version.moves}


def calls(of):
    """Every call of a function by that name in the program."""
    for path in PROGRAM:
        for node in ast.walk(parsed(path)):
            if (
                isinstance(node, ast.Call)
                and (getattr(node.func, "attr", None) or getattr(node.func, "id", None)) == of
            ):
                yield node


def written(node):
    """The words an expression may give: a word, or those of a choice between two."""
    if isinstance(node, ast.IfExp):
        return written(node.body) | written(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def test_every_act_of_the_procedures_is_offered_by_one_app_and_no_other():
    offered = [act.key for group in GROUPS for act in group.acts]
    assert sorted(offered) == sorted(set(offered)) == sorted(MOVES)


def test_an_act_answers_the_conditions_that_the_procedures_name_for_it_and_no_other():
    needed = {key: set() for key in MOVES}
    for version in VERSIONS:
        for move in version.moves:
            needed[move.key] |= set(move.needs)
    assert {act.key: set(act.conditions) for group in GROUPS for act in group.acts} == needed


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: f"{version.key}-{version.in_force.lower}")
def test_a_procedure_names_permissions_and_holders_that_exist(version):
    assert {permission for move in version.moves for permission in move.permissions} <= set(P)
    holders = {stage.holder for track in version.tracks.values() for stage in track.stages.values()}
    holders |= {duty.whose for duty in version.duties}
    assert holders <= {kind.value for kind in AgencyKind} | {"first_contact", "responsible", "person"}
    assert holders <= set(version.agencies)


def test_a_duty_names_an_office_that_a_case_can_answer_for(received):
    answered = set(responsible_agencies(received()))
    assert {duty.whose for version in VERSIONS for duty in version.duties} <= answered


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


def test_every_role_stands_at_some_kind_of_agency_and_none_that_manages_accounts_sees_a_case():
    assert [role.key for role in ROLES.values() if not role.kinds] == []
    managing = [role for role in ROLES.values() if P.USER_MANAGE in role.permissions]
    assert [role.key for role in managing if role.permissions & {P.CASE_VIEW, P.IDENTITY_OPEN, P.ROLE_CONFIRM}] == []


def test_nobody_whose_role_reaches_by_area_opens_identities():
    assert [role.key for role in ROLES.values() if role.by_area and role.opens_identities] == []


def test_every_event_of_the_trail_is_recorded_somewhere():
    code = "\n".join(path.read_text() for path in PROGRAM if path.name != "events.py")
    assert [str(event) for event in all_events() if f"{type(event).__name__}.{event.name}" not in code] == []


def test_no_two_events_of_the_trail_share_a_key():
    assert len(set(all_events())) == len(list(all_events())) > 40


def test_every_line_of_a_cases_history_has_a_sentence():
    told = {line.key for line in HISTORY} | set(MOVES)
    written_keys = [key for of in ("note", "take") for call in calls(of) if call.args for key in written(call.args[0])]
    assert len(written_keys) > 40 and [key for key in written_keys if key not in told] == []


def test_every_outcome_of_support_has_a_sentence():
    assert {f"support_{outcome}" for outcome in Provision.Outcome.values} <= {line.key for line in HISTORY}


@pytest.mark.parametrize(
    "choices", [Case.Closing, Case.Kind, TeamMember.Part], ids=lambda choices: choices.__qualname__
)
def test_codes_are_plain_words_and_labels_are_vietnamese(choices):
    assert all(value.isascii() and value == value.lower() for value in choices.values)
    assert all(str(label)[0].isupper() or choices is TeamMember.Part for label in choices.labels)
