"""`make dev` opens no data folder but its own, and nothing else shows pages of errors."""

import os
import subprocess
import sys

import pytest

from ops import Unready, dev
from ops.database import ROOT

SETTINGS = "import django; django.setup(); from django.conf import settings as s; print(s.DEBUG, *s.ALLOWED_HOSTS)"


def run(arguments, folder, **environment):
    """Run Python in a process of its own with a data folder."""
    own = {**os.environ, "DATA_DIR": str(folder), **environment}
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, env=own, capture_output=True, text=True, check=False)


@pytest.fixture
def real(folder):
    """A data folder that something else made."""
    (folder / "data").mkdir()
    (folder / "data/database.json").write_text("{}")
    return folder / "data"


def test_a_folder_that_it_did_not_make_is_refused_and_left_as_it_was(real):
    done = run(["-m", "ops.dev"], real, PORT="0")
    assert done.returncode == 1 and "không do make dev lập" in done.stderr
    assert os.listdir(real) == ["database.json"]


def test_its_settings_refuse_such_a_folder_too_whoever_reads_them(real):
    done = run(["-c", SETTINGS], real, DJANGO_SETTINGS_MODULE="config.development")
    assert done.returncode == 1 and "không do make dev lập" in done.stderr


def test_a_database_of_somebody_else_is_refused(folder):
    dev.make_folder(folder / "data")
    dev.require_development(folder / "data", {})
    with pytest.raises(Unready, match="DATABASE_URL"):
        dev.require_development(folder / "data", {"DATABASE_URL": "postgresql:///benan"})


def test_its_folder_never_becomes_a_real_installation(folder):
    dev.make_folder(folder / "data")
    done = run(["-m", "ops.run"], folder / "data", PORT="0")
    assert done.returncode == 1 and "do make dev lập" in done.stderr
    assert os.listdir(folder / "data") == ["development"]


def test_in_a_folder_of_its_own_errors_are_shown_to_this_machine_alone(folder):
    dev.make_folder(folder / "data")
    done = run(["-c", SETTINGS], folder / "data", DJANGO_SETTINGS_MODULE="config.development", HOSTS="ben-an.example")
    assert done.stdout.split() == ["True", "127.0.0.1", "localhost", "[::1]"]
