"""Giving root up: what is needed stays readable in closed folders, or a line says why not all could be given up."""

import os
import pwd
import subprocess
import sys

import pytest

from ops import unprivileged
from ops.database import ROOT

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give root up")
AS_A_WORKER = """
import os, sys
from ops import unprivileged
shown, hidden = sys.argv[1:]
unprivileged.mount_readable([shown])
unprivileged.drop_root([shown])
print(os.geteuid(), open(shown).read(), os.path.exists(hidden))
"""


@AS_ROOT
def test_a_worker_sees_what_it_needs_in_a_closed_folder_and_nothing_beside_it(tmp_path):
    shown, hidden = tmp_path / "deep/shown", tmp_path / "hidden"
    shown.parent.mkdir(mode=0o700)
    shown.write_text("needed")
    hidden.write_text("secret")
    said = python(AS_A_WORKER, shown, hidden)
    assert said.stdout == f"{unprivileged.WORKERS} needed False\n"


@AS_ROOT
def test_where_a_worker_could_not_read_the_program_it_says_so_and_gives_up_its_capabilities(tmp_path):
    closed = tmp_path / "closed"
    closed.write_text("needed")
    closed.chmod(0o600)
    script = "import sys; from ops import unprivileged; unprivileged.drop_root(sys.argv[1:]); print(open('/proc/self/status').read())"
    said = python(script, closed)
    assert "CapEff:\t0000000000000000" in said.stdout
    assert str(closed) in said.stderr and "đã bỏ hết đặc quyền" in said.stderr


WITHOUT_CAPABILITIES = """
import inspect, sys
from ops import unprivileged
closed, heads, behind = sys.argv[1:]
more = {"written": [heads]} if "written" in inspect.signature(unprivileged.drop_root).parameters else {}
unprivileged.drop_root([closed], **more)
for path, mode in ((heads, "a"), (behind, "r")):
    try:
        open(path, mode).close()
        print("reached")
    except OSError as error:
        print(error.strerror)
"""


@AS_ROOT
def test_without_capabilities_a_worker_still_writes_heads_and_reaches_the_database(tmp_path):
    closed, heads, server = tmp_path / "closed", tmp_path / "heads.log", tmp_path / "socket"
    closed.touch(mode=0o600)
    heads.touch(mode=0o600)
    os.chown(heads, unprivileged.WORKERS, unprivileged.WORKERS)
    server.mkdir()
    (server / "socket").touch(mode=0o660)
    for path, mode in ((server / "socket", 0o660), (server, 0o710)):
        os.chown(path, pwd.getpwnam("nobody").pw_uid, unprivileged.WORKERS)
        path.chmod(mode)
    assert python(WITHOUT_CAPABILITIES, closed, heads, server / "socket").stdout.split() == ["reached", "reached"]


def python(script, *arguments):
    """Run a script in a process of its own, in the project's folder."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
