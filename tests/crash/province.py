"""A demo province of its own for the crash tests: an own database server, real web servers, and what kills them.

It is restarted as `make run` restarts it: the web server by `serve.web_server`, the database by `Cluster.restart_if_dead`.
"""

import contextlib
import os
import random
import signal
import threading
from pathlib import Path

from django.db import connection
from django.test import override_settings
from psycopg import sql

from benan.accounts.models import User
from bench.clients import session_of
from ops import database, prepare, serve
from ops.postgres import DATABASE, Cluster
from tests.databases import SHAPES, in_process
from tests.environment import HOME

FOLDER = HOME.with_name(HOME.name + "-crash")
TODAY = "2017-11-09"
CAST = "from benan.shell.demo import cast; cast.appoint()"
ENVIRONMENT = {"DATA_DIR": str(FOLDER), "KEY_FILE": f"{FOLDER}.key", "BENAN_TODAY": TODAY, "BENAN_ROLE": "web"}


class Province:
    """The province at work, on a fresh copy of its database, with a watch that starts again what was killed."""

    def __init__(self, cluster):
        self.cluster, self.port = cluster, serve.free_port()
        self.starts = 0
        self._web, self._over = None, threading.Event()
        self._watch = threading.Thread(target=self._keep_running)
        self._up = threading.Event()

    @contextlib.contextmanager
    def at_work(self):
        """Have web server and watch run for the length of the block."""
        self._watch.start()
        try:
            assert self._up.wait(180), "the web server did not start"
            yield self
        finally:
            self._over.set()
            self._watch.join()

    def entry(self, role="web"):
        """Django's entry for the copy."""
        return database.entry(FOLDER, role)

    def sessions(self, names) -> dict:
        """A session for each officer."""
        made = {name: session_of(User.objects.get(username=name)) for name in names}
        connection.close()  # or it would be found dead after the database was killed
        return made

    def kill(self, victim):
        """Kill -9 one of: the web server, one of its workers, the database server, one of its processes."""
        pids = {
            "web": [self._web.pid] if self._web.poll() is None else [],
            "worker": _children(self._web.pid),
            "database": [self.cluster.postmaster] if self.cluster.postmaster else [],
            "backend": [pid for pid in _children(self.cluster.postmaster) if b"postgres: web " in _command(pid)],
        }[victim]
        with contextlib.suppress(ProcessLookupError):
            if pids:
                os.kill(random.choice(pids), signal.SIGKILL)  # noqa: S311

    def _keep_running(self):
        while not self._over.is_set():
            with serve.web_server(port=self.port, workers=2, environment=ENVIRONMENT) as self._web:
                self.starts += 1
                self._up.set()
                while self._web.poll() is None and not self._over.wait(0.1):
                    self.cluster.restart_if_dead()


@contextlib.contextmanager
def province():
    """A province on a fresh copy; this process's Django works in it too."""
    with Cluster(FOLDER).running(create=True) as cluster:
        prepare.key(ENVIRONMENT["KEY_FILE"], environment=ENVIRONMENT)
        prepare.page_files(folder=prepare.static_folder(), environment=ENVIRONMENT, tell=_quietly)
        _fresh_copy()
        own = {"KEY_FILE": ENVIRONMENT["KEY_FILE"], "BENAN_TODAY": TODAY, "HEADS_FILE": FOLDER / "heads.log"}
        database.make_secret_key(FOLDER)
        with override_settings(SECRET_KEY=database.secret_key(FOLDER), **own):
            made = Province(cluster)
            with in_process(made):
                yield made


def _fresh_copy():
    """The database as it is before anybody came, from a template made once for each state of the program."""
    template = f"template_{prepare.digest(*SHAPES, 'benan/shell/demo/cast.*')[:12]}"
    if template not in _names():
        for old in _names():
            if old.startswith("template_"):
                _execute("DROP DATABASE {}", old)
        _renew()
        steps = [step for step in prepare.DEMO_STEPS if step is not prepare.PEOPLE]
        prepare.database_steps(steps, environment=ENVIRONMENT, tell=_quietly)
        prepare.manage("shell", "-c", CAST, environment=ENVIRONMENT)
        _execute("ALTER DATABASE {} RENAME TO {}", DATABASE, template)
    _renew(template)
    database.grant_rights(database.entry(FOLDER, "owner"), to="web")
    (FOLDER / "heads.log").unlink(missing_ok=True)


def _renew(template="template1"):
    _execute("DROP DATABASE IF EXISTS {}", DATABASE)
    _execute("CREATE DATABASE {} TEMPLATE {}", DATABASE, template)


def _names():
    with database.connect({**database.entry(FOLDER, "owner"), "NAME": "postgres"}) as owner:
        return [name for (name,) in owner.execute("SELECT datname FROM pg_database")]


def _execute(statement, *names):
    with database.connect({**database.entry(FOLDER, "owner"), "NAME": "postgres"}) as owner:
        owner.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _children(pid):
    with contextlib.suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _command(pid):
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def _quietly(sentence):
    return None
