"""What processes remember together is data: whoever can write the table makes nobody run or believe anything."""

import base64
import pickle
from pathlib import Path

import pytest
from django.core import signing
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections, transaction
from psycopg import sql


class Order:
    """What its bytes, unpickled, do: make a file."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


@pytest.fixture
def plant(committed_database):
    """Call with a value: it stands in every row of the cache, written in SQL by the role of the pages."""
    with committed_database.connect("web") as web:
        tables = web.execute("SELECT relname FROM pg_class WHERE relname IN ('shared_cache', 'core_remembered')")
        table = sql.Identifier(tables.fetchone()[0])

        def write(value):
            written = web.execute(sql.SQL("UPDATE {} SET value = %s").format(table), [value])
            assert written.rowcount

        yield write


def test_a_planted_row_is_never_run(plant, tmp_path):
    cache.set("answer", [1, 2])
    plant(base64.b64encode(pickle.dumps(Order(tmp_path / "ran"))).decode())
    cache.get("answer")
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    "value",
    ["", "[1]", "x:y:z", signing.dumps({"value": 9, "until": 9e9}, key="guessed", salt="benan.core.cache :1:answer")],
    ids=["empty", "a list", "parts", "signed with another key"],
)
def test_a_planted_row_is_never_believed(plant, value):
    cache.set("answer", [1, 2])
    plant(value)
    assert cache.get("answer") is None


def test_a_value_moved_to_another_key_is_not_believed(committed_database):
    cache.set_many({"answer": [1, 2], "other": [3]})
    with committed_database.connect("web") as web:
        web.execute(
            "UPDATE core_remembered SET value = (SELECT value FROM core_remembered WHERE key = ':1:other')"
            " WHERE key = ':1:answer'"
        )
    assert cache.get_many(["answer", "other"]) == {"other": [3]}


def test_a_value_is_remembered_for_its_time(db):
    cache.set("kept", {"a": [1, None, "chữ"]})
    cache.set("over", 1, timeout=-1)
    assert cache.get_many(["kept", "over", "never"]) == {"kept": {"a": [1, None, "chữ"]}}
    assert cache.get("never", "nothing") == "nothing"


def test_a_value_is_added_once(db):
    assert cache.add("code", 1) and not cache.add("code", 2)
    assert cache.get("code") == 1
    assert cache.delete("code") and not cache.delete("code")
    assert cache.add("code", 3, timeout=-1) and cache.add("code", 4) and cache.get("code") == 4


def test_what_is_remembered_stays_although_the_request_is_rolled_back(committed_database):
    with transaction.atomic():
        cache.set("counted", 1)
        transaction.set_rollback(True)
    assert cache.get("counted") == 1
    assert connections["aside"].get_autocommit()


def test_what_an_earlier_program_remembered_is_forgotten(committed_database):
    cache.set("answer", [1, 2])
    call_command("forget_remembered")
    assert cache.get("answer") is None
