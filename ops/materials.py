"""The bill of materials (CycloneDX): what is installed from requirements/run.txt, and the files that browsers get.

`make licences` prints it, and fails where a licence is unknown or not among those this program may be given away with.
"""

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from typing import Any

from ops import Unready
from ops.database import ROOT

LOCK = ROOT / "requirements/run.txt"
# Names as packages write them, as SPDX writes them. LGPL: psycopg and docxtpl, used unchanged and replaceable.
ALLOWED = {
    "MIT": "MIT", "MIT License": "MIT", "MIT-0": "MIT-0", "BSD": "BSD-3-Clause", "BSD License": "BSD-3-Clause",
    "BSD-2-Clause": "BSD-2-Clause", "BSD-3-Clause": "BSD-3-Clause", "Apache-2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0", "PSF-2.0": "PSF-2.0", "OFL-1.1": "OFL-1.1",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0", "MPL-2.0": "MPL-2.0", "LGPL-3.0-only": "LGPL-3.0-only",
    "GNU Lesser General Public License v2 (LGPLv2)": "LGPL-2.1-only", "LGPL-2.1-only": "LGPL-2.1-only",
    "MIT-CMU": "MIT-CMU",
}  # fmt: skip
OWN = "Apache-2.0"
_PINNED = re.compile(r"^([\w.-]+)(?:\[[^]]*\])?==([\w.]+)([^\\\n]*)((?:\s*\\\n\s+--hash=sha256:\w+)+)", re.MULTILINE)


def pinned(lock: str) -> Iterator[tuple[str, str, list[str]]]:
    """Name, version and hashes of each package of a lock that is installed here; some are for other machines only."""
    for name, version, marker, hashes in _PINNED.findall(lock):
        if not marker.strip() or _is_installed(name):
            yield name, version, re.findall(r"sha256:(\w+)", hashes)


def licences(about: metadata.PackageMetadata) -> list[str]:
    """SPDX names of the licences that a package states; empty where one is unknown or not allowed, or none is stated."""
    if "License-Expression" in about:
        # Of several to choose from, one is enough.
        return [ALLOWED[name] for name in about["License-Expression"].split(" OR ") if name in ALLOWED][:1]
    if "License" in about and about["License"] in ALLOWED:
        return [ALLOWED[about["License"]]]
    stated = [each.rsplit(" :: ", 1)[1] for each in about.get_all("Classifier") or () if each.startswith("License ::")]
    return sorted({ALLOWED[name] for name in stated}) if all(name in ALLOWED for name in stated) else []


def bill(lock: str) -> dict[str, Any]:
    """The bill of materials of a lock, given as its text. Raises Unready with every package whose licence is not allowed."""
    parts, refused = [], []
    for name, version, hashes in pinned(lock):
        named = licences(metadata.metadata(name))
        if not named:
            refused.append(name)
        parts.append(_part("library", name, version, named, hashes) | {"purl": f"pkg:pypi/{name}@{version}"})
    if refused:
        raise Unready(f"Giấy phép không rõ hoặc không được dùng: {', '.join(refused)} (ops/materials.py).")
    for path in sorted(path for path in ROOT.glob("benan/*/static/**/*") if path.is_file()):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        parts.append(_part("file", path.relative_to(ROOT).as_posix(), "", [OWN], [digest]))
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": parts}


def _part(kind: str, name: str, version: str, named: list[str], hashes: list[str]) -> dict[str, Any]:
    return {
        "type": kind, "name": name, "version": version, "licenses": [{"license": {"id": each}} for each in named],
        "hashes": [{"alg": "SHA-256", "content": each} for each in hashes],
    }  # fmt: skip


def _is_installed(name: str) -> bool:
    return bool(list(metadata.distributions(name=name)))


if __name__ == "__main__":
    json.dump(bill(LOCK.read_text(encoding="utf-8")), sys.stdout, ensure_ascii=False, indent=2)
