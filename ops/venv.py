"""Makes .venv and installs what the locks name. Runs with the machine's own python, before anything is installed.

Usage: python3 -m ops.venv run [test]
"""

from __future__ import annotations

import hashlib
import importlib.util
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from ops import Unready

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
OLDEST = (3, 11)


def main(locks: list[str]) -> None:
    """Have everything installed that these locks of requirements/ name."""
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        raise Unready(f"Bến An chạy trên Linux x86-64; máy này là {platform.system()} {platform.machine()}.")
    if sys.version_info < OLDEST:
        _run_again_with_newer_python()
    if not _has_pip():
        _make()
    for lock in locks:
        _install(lock)


def _run_again_with_newer_python() -> None:
    # This function itself is read by the older one.
    for minor in range(20, OLDEST[1] - 1, -1):
        python = shutil.which(f"python3.{minor}")
        if python:
            sys.exit(subprocess.run([python, "-m", "ops.venv", *sys.argv[1:]], check=False).returncode)
    raise Unready(
        f"Cần Python từ bản 3.11 trở lên; máy này có {platform.python_version()}. Trên Debian 12, Ubuntu 24.04 "
        "hoặc mới hơn, hãy chạy: sudo apt install python3 python3-venv"
    )


def _has_pip() -> bool:
    return (
        PYTHON.exists()
        and not subprocess.run([PYTHON, "-c", "import pip"], capture_output=True, check=False).returncode
    )


def _make() -> None:
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        raise Unready(
            "Thiếu phần lập môi trường riêng của Python (venv). "
            "Trên Debian hoặc Ubuntu, hãy chạy: sudo apt install python3-venv"
        )
    print("Lập môi trường Python trong .venv", flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True, check=False)
    if made.returncode:
        raise Unready(f"Không lập được môi trường Python trong {VENV}: {(made.stderr or made.stdout).strip()}")


def _install(name: str) -> None:
    """Install what a lock names, unless it is what was installed last."""
    lock, stamp = ROOT / f"requirements/{name}.txt", VENV / f"{name}.installed"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"Cài thư viện theo requirements/{name}.txt (lần đầu mất khoảng nửa phút)", flush=True)
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--require-hashes", "--only-binary", ":all:", "-r", str(lock)]
    if subprocess.run(command, check=False).returncode:
        raise Unready(
            "Không cài được thư viện; nguyên nhân ở các dòng trên. Lệnh này cần mạng tới kho gói Python "
            "(PyPI, hoặc kho đặt trong cấu hình của pip). Khi mạng đã thông, hãy chạy lại."
        )
    stamp.write_text(wanted)


if __name__ == "__main__":
    main(sys.argv[1:] or ["run"])
