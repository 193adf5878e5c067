"""The legal day of a real installation is the clock's, whatever a variable or a file in its data folder says."""

import contextlib
import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from bench.clients import Browser
from ops import database
from tests import databases
from tests.ops.visitors import entered

MOVED = "2017-11-09"
QUESTION = "from benan.core.days import legal_day; print(legal_day())"
STAMP = (
    "INSERT INTO accounts_installation (id, demo, made_at) VALUES (1, %s, now())"
    " ON CONFLICT (id) DO UPDATE SET demo = EXCLUDED.demo"
)


@pytest.fixture(scope="module")
def copy(cluster):
    """An installation's database."""
    with databases.copy() as made:
        yield made


@pytest.fixture(params=["variable", "file"])
def moved(request, copy, folder):
    """Somebody moved the day; gives the environment of a command, or of the pages."""
    own = {"DATA_DIR": str(folder / "data"), "KEY_FILE": str(folder / "vault.key")}
    if request.param == "variable":
        return own | {"BENAN_TODAY": MOVED}
    database.set_demo_day(folder / "data", MOVED)
    return own


def stamped(copy, *, demo):
    """The installation's kind, as the owner of the database stamps it."""
    with copy.connect("owner") as owner:
        owner.execute("ALTER TABLE accounts_installation DISABLE TRIGGER USER")
        owner.execute(STAMP, [demo])
        owner.execute("ALTER TABLE accounts_installation ENABLE TRIGGER USER")


def today():
    """The day on the clock."""
    return dt.datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()


def test_a_command_of_a_real_installation_goes_by_the_clock(copy, moved):
    stamped(copy, demo=False)
    before = today()
    assert copy.manage("shell", "-v0", "-c", QUESTION, **moved).strip() in (str(before), str(today()))


def test_a_command_of_a_demo_goes_by_its_day(copy, moved):
    stamped(copy, demo=True)
    assert copy.manage("shell", "-v0", "-c", QUESTION, **moved).strip() == MOVED


@pytest.mark.crash
@pytest.mark.parametrize("moved", ["variable", "file"], indirect=True)
def test_a_page_of_a_real_installation_goes_by_the_clock(fresh_database, moved):
    copy = fresh_database()
    stamped(copy, demo=False)
    with (
        databases.web_server(copy, today=moved.get("BENAN_TODAY", ""), DATA_DIR=moved["DATA_DIR"]) as running,
        contextlib.closing(Browser(running.port, entered(running))) as browser,
    ):
        page = browser.get(reverse("rules:law"))
    assert (page.status, f"{today():%d/%m/%Y}" in page.body.decode()) == (200, True)
