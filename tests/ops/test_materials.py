"""The bill of materials."""

import json
import re
import subprocess
import sys
from email.message import Message

import pytest

from ops import Unready, materials
from tests.house import ROOT


def test_everything_locked_and_every_file_of_pages_is_in_the_bill():
    done = subprocess.run([sys.executable, "-m", "ops.materials"], cwd=ROOT, capture_output=True, check=True)
    parts = {part["name"]: part for part in json.loads(done.stdout)["components"]}
    locked = set(
        re.findall(r"^([\w.-]+)(?:\[\S+\])?==", re.sub(r".* ; .*", "", materials.LOCK.read_text()), re.MULTILINE)
    )
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "benan/ui/static").rglob("*") if path.is_file()}
    assert locked | files <= parts.keys()
    assert all(part["licenses"] and part["hashes"] for part in parts.values())


@pytest.mark.parametrize(
    "said",
    [
        {"License-Expression": "AGPL-3.0-only"},
        {"License-Expression": "MIT AND SSPL-1.0"},
        {"License": "Giấy phép riêng"},
        {"Classifier": "License :: Other/Proprietary License"},
        {},
    ],
)
def test_a_package_whose_licence_is_not_allowed_stops_the_bill(monkeypatch, said):
    about = Message()
    for name, value in said.items():
        about[name] = value
    monkeypatch.setattr(materials.metadata, "metadata", lambda name: about)
    with pytest.raises(Unready, match="django"):
        materials.bill("django==5.2.19 \\\n    --hash=sha256:00\n")


def test_every_package_of_the_lock_comes_with_a_hash():
    for lock in ("run.txt", "test.txt"):
        text = (ROOT / "requirements" / lock).read_text()
        assert len(re.findall(r"^\S+==", text, re.MULTILINE)) == len(materials._PINNED.findall(text))
