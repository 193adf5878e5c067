"""The database and the secret of one installation: Django's entry for it, its roles, a server while it is needed."""

import contextlib
import os
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from ops import Unready, handover
from ops.files import private_folder, write_private
from ops.postgres import DATABASE, Cluster

Entry = dict[str, Any]  # one of Django's DATABASES
Connection = psycopg.Connection[Any]

ROOT = Path(__file__).resolve().parent.parent
WITHOUT_DATABASE = {
    *("help", "version", "makemigrations", "check", "collectstatic", "compilemessages", "makemessages", "init_key"),
    "list_migrations",
}
# What changes tables is done as the owner; everything else as `web`, which cannot.
AS_OWNER = {"migrate", "flush"}
ENGINE = "benan.core.postgresql"
# For whom this process works in the database, unless it says otherwise (core.principals): pages, or "command:name".
principal = "entry"
DEVELOPMENT = "development"  # file of a data folder that `make dev` made
LOCAL_HOSTS = ("", "localhost", "127.0.0.1", "::1")  # a path is a socket, and local too
URLS = {"web": "DATABASE_URL", "owner": "DATABASE_OWNER_URL"}


def data_dir() -> Path:
    """Folder of this installation: $DATA_DIR, by default `data` in the project."""
    return Path(os.environ.get("DATA_DIR") or ROOT / "data").resolve()


def secret_key(folder: Path) -> str:
    """What the installation signs sessions and links with; writes nothing.

    Where none was made yet, one for this process alone: whoever starts pages or commands makes it first.
    """
    with _named_failure(path := folder / "secret_key"):
        return path.read_text() if path.exists() else secrets.token_urlsafe(48)


def make_secret_key(folder: Path) -> None:
    """Make the installation's secret, readable by this account alone, unless it is there."""
    with _named_failure(path := folder / "secret_key"):
        if not path.exists():
            private_folder(folder)
            draft = folder / f".{path.name}.{secrets.token_hex(4)}"
            write_private(draft, secrets.token_urlsafe(48))
            # A link is refused where another process was first: then its secret stands.
            with contextlib.suppress(FileExistsError):
                os.link(draft, path)
            draft.unlink()


@contextlib.contextmanager
def _named_failure(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unready(
            f"Không đọc hoặc ghi được tệp {path}: {error.strerror}. "
            "Hãy cho tài khoản đang chạy quyền ghi vào thư mục đó, hoặc chọn thư mục khác bằng DATA_DIR."
        ) from None


def demo_day(folder: Path) -> str:
    """The legal day of the demo in a data folder, e.g. "2020-11-05"; empty where none was set."""
    path = folder / "legal_day"
    return path.read_text() if path.exists() else ""


def set_demo_day(folder: Path, day: str) -> None:
    """Set the legal day that a demo's pages and commands share; raises Unready for one before the day it has."""
    if day < demo_day(folder):
        raise Unready(
            f"Bản trình diễn trong {folder} đã ở ngày {demo_day(folder)}; ngày {day} lùi về trước những việc đã ghi. "
            "Hãy chọn thư mục khác bằng DATA_DIR, hoặc một ngày từ đó về sau bằng BENAN_TODAY."
        )
    private_folder(folder)
    write_private(folder / "legal_day", day)


def is_development(folder: Path) -> bool:
    """Whether `make dev` made the data folder."""
    return (folder / DEVELOPMENT).exists()


def entry_of_process(folder: Path) -> Entry:
    """Django's entry for the database as this process uses it: as the role in $BENAN_ROLE, `web` by default.

    The web server's workers are handed theirs; anybody else looks it up.
    """
    return handover.received("database") or entry(folder, os.environ.get("BENAN_ROLE") or "web")


def entry(folder: Path, role: str, environment: Mapping[str, str] = os.environ) -> Entry:
    """Django's entry for the database, as `web` or `owner`.

    From $DATABASE_URL (`owner`: $DATABASE_OWNER_URL) where a server is given, else from the data folder. Without
    either it is an entry whose first use fails with a sentence.
    """
    if environment.get("DATABASE_URL"):
        return _entry_from_url(URLS[role], environment)
    cluster = Cluster(folder)
    if not cluster.exists:
        return {"ENGINE": "ops.absent", "NAME": DATABASE}
    return {
        "ENGINE": ENGINE,
        "PRINCIPAL": principal,
        "NAME": DATABASE,
        "USER": role,
        "PASSWORD": cluster.passwords[role],
        "HOST": str(cluster.socket),
        "PORT": "5432",
    }


def connect(database: Entry, **options: Any) -> Connection:
    """Open a connection to the database of a Django entry, each statement committed by itself."""
    opened = psycopg.connect(
        dbname=database["NAME"],
        user=database["USER"],
        password=database["PASSWORD"],
        host=database["HOST"],
        port=database["PORT"],
        autocommit=True,
        **database.get("OPTIONS", {}),
        **options,
    )
    opened.execute("SELECT set_config('benan.principal', %s, false)", [database.get("PRINCIPAL", "")])
    return opened


@contextlib.contextmanager
def server(folder: Path, *, create: bool = False) -> Iterator[Cluster | None]:
    """Have the embedded server run for the length of the block; yields it, or None where $DATABASE_URL names one."""
    if os.environ.get("DATABASE_URL"):
        yield None
    else:
        with Cluster(folder).running(create=create) as cluster:
            yield cluster


@contextlib.contextmanager
def ready_for_command(arguments: list[str]) -> Iterator[None]:
    """Have the database ready for a command of manage.py, given as its words, for the length of the block.

    Commands that change tables sign in as the owner, and leave `web` with the rights it should have on what they made.
    """
    global principal  # noqa: PLW0603
    command = arguments[0] if arguments else "help"
    principal = f"command:{command}"
    # init_key with a path only writes the file; without one it asks whether something was sealed by another key.
    alone = arguments[1:] or command != "init_key"
    if (command in WITHOUT_DATABASE and alone) or command.startswith("-"):
        yield
        return
    changes_tables = command in AS_OWNER
    if changes_tables:
        os.environ["BENAN_ROLE"] = "owner"
    folder = data_dir()
    with server(folder, create=changes_tables):
        make_secret_key(folder)
        yield
        if changes_tables:
            grant_rights(entry(folder, "owner"), to=entry(folder, "web")["USER"])


def grant_rights(database: Entry, *, to: str) -> None:
    """Give the role its rights: on rows of every table all four, of append-only tables only to read and to add.

    `database` is an entry of the owner. A table is append-only when it carries a trigger named `append_only`.
    """
    role, name = sql.Identifier(to), sql.Identifier(database["NAME"])
    with connect(database) as owner, owner.transaction():
        for statement in (
            "REVOKE ALL ON DATABASE {name} FROM PUBLIC",
            "GRANT CONNECT ON DATABASE {name} TO {role}",
            "REVOKE ALL ON SCHEMA public FROM PUBLIC",
            "GRANT USAGE ON SCHEMA public TO {role}",
            "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        ):
            owner.execute(sql.SQL(statement).format(name=name, role=role))
        for table in append_only_tables(owner):
            owner.execute(sql.SQL("REVOKE UPDATE, DELETE ON {} FROM {}").format(sql.Identifier("public", table), role))


def append_only_tables(opened: Connection) -> list[str]:
    """Names of the tables that carry the trigger `append_only`."""
    rows = opened.execute(
        "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE tgname = 'append_only' AND relnamespace = 'public'::regnamespace ORDER BY relname"
    )
    return [name for (name,) in rows]


def _entry_from_url(variable: str, environment: Mapping[str, str]) -> Entry:
    url = environment.get(variable)
    if not url:
        raise Unready(
            f"Thiếu biến {variable}: lệnh này thay đổi bảng nên cần tài khoản sở hữu cơ sở dữ liệu. "
            f"Hãy đặt {variable}=postgresql://TÀI_KHOẢN:MẬT_KHẨU@MÁY_CHỦ/TÊN rồi chạy lại."
        )
    try:
        options: dict[str, Any] = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        options = {}
    if not url.startswith(("postgres://", "postgresql://")) or "dbname" not in options:
        raise Unready(f"Biến {variable} chưa đúng dạng postgresql://TÀI_KHOẢN:MẬT_KHẨU@MÁY_CHỦ/TÊN.")
    host = options.pop("host", "")
    for each in (host, options.get("hostaddr", "")):
        if not each.startswith("/") and each not in LOCAL_HOSTS:
            _require_verified_tls(variable, each, options)
    made = {
        "ENGINE": ENGINE,
        "PRINCIPAL": principal,
        "NAME": options.pop("dbname"),
        "USER": options.pop("user", ""),
        "PASSWORD": options.pop("password", ""),
        "HOST": host,
        "PORT": options.pop("port", "5432"),
    }
    return made | ({"OPTIONS": options} if options else {})


def _require_verified_tls(variable: str, host: str, options: dict[str, Any]) -> None:
    if options.setdefault("sslmode", "verify-full") != "verify-full":
        raise Unready(
            f"Máy chủ {host} trong {variable} ở ngoài máy này nên chỉ được nối qua TLS và kiểm tra chứng thư. Hãy đặt "
            "sslmode=verify-full, với chứng thư gốc ở ~/.postgresql/root.crt hoặc theo sslrootcert=ĐƯỜNG_DẪN."
        )
