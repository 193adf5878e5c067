"""Whoever was erased, and what a former key opened, is not in the database's files either."""

import contextlib

import pytest
from django.core.management import CommandError, call_command

from ops import erased
from ops.postgres import Cluster
from tests.environment import HOME


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """What was cleared is noted in a folder of the test's own."""
    settings.DATA_DIR = tmp_path


def erase(town, file):
    """Erase somebody as the owner of the database would."""
    with town.copy.connect("owner") as owner:
        owner.execute("DELETE FROM vault_token WHERE person_id = %s", [file.person_id])
        owner.execute("DELETE FROM vault_sealed WHERE person_id = %s", [file.person_id])
        owner.execute("UPDATE vault_person SET wrapped_key = NULL, erased_at = now() WHERE id = %s", [file.person_id])


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


def _holds(content, parts):
    return any(part in content for part in parts)


def lying(parts):
    """The files of the server in which some bytes lie."""
    names = []
    for path in Cluster(HOME).files.rglob("*"):
        with contextlib.suppress(FileNotFoundError):  # other tests' databases come and go meanwhile
            if path.is_file() and _holds(path.read_bytes(), parts):
                names.append(path.name)
    return names


def test_nothing_of_somebody_erased_lies_in_the_files_once_they_are_cleared(town, sealed, capsys):
    file, parts = sealed
    assert lying(parts)
    erase(town, file)
    assert lying(parts)
    call_command("clear_erased")
    assert "SELECT" not in capsys.readouterr().out
    assert lying(parts) == []


def test_each_hour_the_files_are_cleared_once_for_each_time_that_somebody_was_erased(town, sealed, capsys):
    file, parts = sealed
    call_command("clear_erased", "--if-erased")
    assert capsys.readouterr().out == ""
    erase(town, file)
    call_command("clear_erased", "--if-erased")
    assert "Đã dọn các bảng" in capsys.readouterr().out and lying(parts) == []
    call_command("clear_erased", "--if-erased")
    assert capsys.readouterr().out == ""


def test_while_somebody_still_sees_what_was_erased_it_is_not_said_to_be_cleared(town, sealed, monkeypatch):
    file, _parts = sealed
    monkeypatch.setattr(erased, "TRIES", 1)
    with town.copy.connect("web", PRINCIPAL="user:1") as reader, reader.transaction():
        reader.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        reader.execute("SELECT count(*) FROM places_unit")
        with town.copy.connect("owner") as owner:
            owner.execute("DELETE FROM vault_sealed WHERE person_id = %s", [file.person_id])
        with pytest.raises(CommandError, match="Chưa dọn được"):
            call_command("clear_erased")
