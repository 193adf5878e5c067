"""Take each control of controls.yaml away in a copy of the program and see the tests that prove it fail.

Run by `make controls`, or `python -m tests.house.controls WORD` for the controls whose description holds a word.
"""

import compileall
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from tests.house import ROOT, tracked

CONTROLS = yaml.safe_load((ROOT / "tests/house/controls.yaml").read_text(encoding="utf-8"))
FAILED = re.compile(r"^FAILED \S+?::\w+(?:\[.*?\])?(?: - (.*))?$", re.MULTILINE)


def copy_of_the_program(folder):
    """Copy what belongs to the repository into the folder, as a repository of its own."""
    for path in tracked():
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    compileall.compile_dir(folder, quiet=2)


def failure(folder, test):
    """Why a test fails in the folder; None where it does not, or could not be asked."""
    own = {"TEST_DIR": str(ROOT / ".work/controls"), "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "500"}
    command = [sys.executable, "-m", "pytest", "-x", "-rf", "--tb=line", test]
    done = subprocess.run(command, cwd=folder, env=os.environ | own, capture_output=True, text=True)
    found = FAILED.search(done.stdout)
    return found and (found[1] or "?")


def without(folder, control):
    """Each test named for a control, and why it fails while the control is taken away."""
    path = folder / control["file"]
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace(control["old"], control["new"]), encoding="utf-8")
    try:
        for test in control["tests"]:
            yield test, failure(folder, test)
    finally:
        path.write_text(whole, encoding="utf-8")


def main(word=""):
    """Say of every test whether it failed; exit status 1 where one did not."""
    stayed = 0
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        copy_of_the_program(folder)
        for control in CONTROLS:
            for test, why in without(folder, control) if word in control["control"] else ():
                stayed += why is None
                print(f"{control['control']}\n  {test}\n    {why or 'DOES NOT FAIL'}", flush=True)
    return int(bool(stayed))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
