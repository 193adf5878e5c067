"""`make dev`: the demo under Django's development server, for whoever changes the program.

It starts again when a file changes and shows Django's page of errors, on this machine alone and in a data folder that
it made itself. Environment: DATA_DIR (data-dev), PORT (8000), BENAN_TODAY.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from ops import Unready, database, files, messages, prepare
from ops.database import ROOT
from ops.prepare import say
from ops.run import day_of_environment, port_of_environment, say_how_to_enter, stop_once_on_signals
from ops.serve import refuse_taken, stop_group

STOP_TIMEOUT = 10  # seconds
# What belongs to a real installation is left aside: names, certificates, the key, the heads of the trail.
LEFT_ASIDE = ("HOSTS", "HTTPS", "PROXY", "HEADS_FILE", "STATIC_ROOT", "BENAN_ROLE")


def main() -> int:
    """Prepare a demo, serve it until told to stop, then stop server and database. Returns the exit status."""
    stop_once_on_signals()
    port = port_of_environment()
    refuse_taken(port)
    for name in LEFT_ASIDE:
        os.environ.pop(name, None)
    os.environ.setdefault("DATA_DIR", "data-dev")
    folder = database.data_dir()
    make_folder(folder)
    require_development(folder, os.environ)
    os.environ["KEY_FILE"] = f"{folder}.key"
    day = os.environ["BENAN_TODAY"] = day_of_environment()
    messages.compile_all()
    command = ["setpriv", "--pdeathsig", "TERM", sys.executable, "-m", "django", "runserver", f"127.0.0.1:{port}"]
    try:
        with database.server(folder, create=True):
            prepare.installation(folder, demo_day=day)
            say(f"Bến An, bản để phát triển, tại http://127.0.0.1:{port}/ (dừng: Ctrl-C)")
            say_how_to_enter(port, day)
            own = os.environ | {"DJANGO_SETTINGS_MODULE": "config.development", "BENAN_ROLE": "web"}
            process = subprocess.Popen(command, cwd=ROOT, env=own, start_new_session=True)
            try:
                return process.wait()
            finally:
                stop_group(process, STOP_TIMEOUT)
    except KeyboardInterrupt:
        say("Đã dừng máy chủ web và cơ sở dữ liệu.")
        return 0


def make_folder(folder: Path) -> None:
    """Make a data folder of development where there is none, or an empty one; leave any other as it is."""
    if not folder.exists() or not any(folder.iterdir()):
        files.private_folder(folder)
        files.write_private(folder / database.DEVELOPMENT, "")


def require_development(folder: Path, environment: Mapping[str, str]) -> None:
    """Raise Unready unless the data folder was made by `make dev` and its own database is used."""
    if not database.is_development(folder):
        raise Unready(
            f"Thư mục dữ liệu {folder} không do make dev lập, nên không mở được bằng máy chủ để phát triển. "
            "Hãy chọn một thư mục mới bằng DATA_DIR, hoặc bỏ biến ấy."
        )
    if environment.get("DATABASE_URL"):
        raise Unready("make dev chỉ dùng cơ sở dữ liệu kèm theo trong thư mục của nó. Hãy bỏ biến DATABASE_URL.")


if __name__ == "__main__":
    sys.exit(main())
