"""Whoever was erased, and what a former key opened, is not in the database's files either."""

import pytest
from django.core.management import call_command

from ops.postgres import Cluster
from tests.environment import HOME


@pytest.fixture
def sealed(town):
    """A copy of the database with somebody's wrapped key and sealed value, and the bytes of both."""
    file = town.received(identity={"full_name": "Trịnh Thị Nụ"})
    with town.copy.connect("owner") as owner:
        (key,) = owner.execute("SELECT wrapped_key FROM vault_person WHERE id = %s", [file.person_id]).fetchone()
        (value,) = owner.execute("SELECT value FROM vault_sealed WHERE person_id = %s", [file.person_id]).fetchone()
        owner.execute("ANALYZE")
        owner.execute("CHECKPOINT")
    return file, [bytes(key), bytes(value)]


def lying(parts):
    """How many of some bytes lie anywhere in the files of the server."""
    files = [path for path in Cluster(HOME).files.rglob("*") if path.is_file()]
    held = [path.read_bytes() for path in files if path.exists()]
    return [any(part in content for content in held) for part in parts]


def test_nothing_of_somebody_erased_lies_in_the_files_once_they_are_cleared(town, sealed):
    file, parts = sealed
    assert lying(parts) == [True, True]
    with town.copy.connect("owner") as owner:
        owner.execute("DELETE FROM vault_token WHERE person_id = %s", [file.person_id])
        owner.execute("DELETE FROM vault_sealed WHERE person_id = %s", [file.person_id])
        owner.execute("UPDATE vault_person SET wrapped_key = NULL, erased_at = now() WHERE id = %s", [file.person_id])
    assert lying(parts) == [True, True]
    call_command("clear_erased")
    assert lying(parts) == [False, False]
