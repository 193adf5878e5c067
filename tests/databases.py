"""Databases of the tests: one template per state of the program, a copy for whoever asks, real servers on copies.

The template is made as an installation makes its database (ops.prepare), so roles and rights are the real ones.
"""

import contextlib
import fcntl
import itertools
import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connections
from psycopg import sql

from ops import database, files, prepare, serve
from tests.environment import HOME

SHAPES = (
    *("benan/*/migrations/*.py", "benan/**/data/**/*", "benan/**/load_*.py", "benan/*/loading.py"),
    *("plans/**/*", "requirements/run.txt", "ops/rights.py"),
)
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Copy:
    """A database that nobody else uses, and what a process needs to work in it."""

    name: str

    @property
    def environment(self):
        """Variables for a process that works in this database as `web`, and as the owner where it changes tables."""
        return {"DATABASE_URL": self._url("web"), "DATABASE_OWNER_URL": self._url("owner")}

    def entry(self, role="web"):
        """Django's entry for this database."""
        return {**database.entry(HOME, role), "NAME": self.name}

    def connect(self, role="web", **entry):
        """Open a connection of its own, each statement committed by itself; `entry` as in its database entry."""
        return database.connect({**self.entry(role), **entry})

    def manage(self, *command, **environment):
        """Run a command of manage.py on this database; returns what it printed."""
        variables = {**self.environment, **environment}
        return prepare.manage(*command, environment=variables, stdout=subprocess.PIPE, text=True).stdout

    def _url(self, role):
        entry = self.entry(role)
        return f"postgresql://{role}:{quote(entry['PASSWORD'])}@/{self.name}?host={quote(entry['HOST'])}"


@dataclass(frozen=True)
class Running:
    """A real web server on a copy."""

    port: int
    copy: Copy
    process: subprocess.Popen
    environment: dict

    @property
    def url(self):
        """Address of its pages, without the last stroke."""
        return f"http://127.0.0.1:{self.port}"

    def manage(self, *command):
        """Run a command of manage.py as this installation would; returns what it printed."""
        return self.copy.manage(*command, **self.environment)


@contextlib.contextmanager
def copy():
    """A fresh database with the law, the places and the plan loaded; dropped afterwards."""
    made = Copy(f"run_{os.getpid()}_{next(_numbers)}")
    with _alone("template"):
        _execute("CREATE DATABASE {} TEMPLATE {}", made.name, _template())
    try:
        database.grant_rights(made.entry("owner"), to="web")
        yield made
    finally:
        # Not WITH (FORCE): that fails where autovacuum is at work, which a plain DROP ends.
        _execute("DROP DATABASE {}", made.name)


@contextlib.contextmanager
def in_process(used, role="web"):
    """Have Django's connections of this process work in the copy."""
    before = {alias: dict(connections.databases[alias]) for alias in connections}
    try:
        for alias in before:
            _point(alias, used.entry(role))
        yield
    finally:
        for alias, entry in before.items():
            _point(alias, entry)


@contextlib.contextmanager
def web_server(used, *, today="", **environment):
    """A real web server on the copy, with data folder and key of its own; `today` is the legal day of a demo."""
    port = serve.free_port()
    with tempfile.TemporaryDirectory() as place:
        own = {"DATA_DIR": f"{place}/data", "KEY_FILE": f"{place}/vault.key", "BENAN_TODAY": today, "PORT": str(port)}
        own.update(environment)
        everything = {**used.environment, **own}
        # Links that a test makes are good on its server.
        files.private_folder(Path(own["DATA_DIR"]))
        files.write_private(Path(own["DATA_DIR"], "secret_key"), settings.SECRET_KEY)
        prepare.key(own["KEY_FILE"], environment=everything)
        with _alone("page_files"):
            prepare.page_files(folder=prepare.static_folder(), environment=everything, tell=_quietly)
        with serve.web_server(port=port, workers=1, environment=everything) as process:
            yield Running(port, used, process, own)


@contextlib.contextmanager
def _alone(what):
    """One process at a time makes what all of them use; another may be at a newer state of the same files."""
    with open(HOME / f"{what}.lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _template():
    name = f"template_{prepare.digest(*SHAPES)[:12]}"
    with database.connect({**database.entry(HOME, "owner"), "NAME": "postgres"}) as owner:
        known = {row[0] for row in owner.execute("SELECT datname FROM pg_database")}
    if name not in known:
        for old in known:
            if old.startswith(("template_", "draft_")) or (old.startswith("run_") and not _alive(old.split("_")[1])):
                _execute("DROP DATABASE {}", old)
        draft = Copy(f"draft_{os.getpid()}")
        _execute("CREATE DATABASE {}", draft.name)
        prepare.database_steps(prepare.STEPS, environment=draft.environment, tell=_quietly)
        prepare.mark_prepared(draft.entry("owner"), name)
        _unstamp(draft)
        _execute("ALTER DATABASE {} RENAME TO {}", draft.name, name)
    return name


def _unstamp(draft):
    """Leave open whether it is a demo, which a test says by adding the row: no role of the program may change it."""
    with draft.connect("owner") as owner:
        owner.execute("ALTER TABLE accounts_installation DISABLE TRIGGER append_only")
        owner.execute("DELETE FROM accounts_installation")
        owner.execute("ALTER TABLE accounts_installation ENABLE TRIGGER append_only")


def _execute(statement, *names):
    with database.connect({**database.entry(HOME, "owner"), "NAME": "postgres"}) as owner:
        owner.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _point(alias, entry):
    connections[alias].close()
    connections.databases[alias].update(entry)
    del connections[alias]


def _alive(pid):
    return Path("/proc", pid).exists()


def _quietly(sentence):
    return None
