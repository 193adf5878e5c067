"""The database and the secrets of one installation: where they are, who signs in, a server running when needed."""

import contextlib
import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg
from psycopg import sql

from ops import Unready, handover
from ops.files import private_folder, write_private
from ops.postgres import DATABASE, Cluster

ROOT = Path(__file__).resolve().parent.parent
WITHOUT_DATABASE = {
    "help",
    "version",
    "makemigrations",
    "check",
    "collectstatic",
    "compilemessages",
    "makemessages",
    "init_key",
}
# What changes tables is done as the owner; everything else as `web`, which cannot.
AS_OWNER = {"migrate", "flush"}
ENGINE = "benan.core.postgresql"
# For whom this process works in the database, unless it says otherwise (core.principals): pages, or "command:name".
principal = "entry"
ON_THIS_MACHINE = ("", "localhost", "127.0.0.1", "::1")  # hosts; a path is a socket
URLS = {"web": "DATABASE_URL", "owner": "DATABASE_OWNER_URL"}


def data_dir():
    """Folder of this installation: $DATA_DIR, by default `data` in the project."""
    return Path(os.environ.get("DATA_DIR") or ROOT / "data").resolve()


def secret(folder, name):
    """Read the secret of that name from the data folder, or make it there, once, readable by us alone."""
    path = folder / name
    try:
        if not path.exists():
            private_folder(folder)
            draft = folder / f".{name}.{secrets.token_hex(4)}"
            write_private(draft, secrets.token_urlsafe(48))
            # A link is refused where another process was first: then its secret stands.
            with contextlib.suppress(FileExistsError):
                os.link(draft, path)
            draft.unlink()
        return path.read_text()
    except OSError as error:
        raise Unready(
            f"Không đọc hoặc ghi được tệp {path}: {error.strerror}. "
            "Hãy cho tài khoản đang chạy quyền ghi vào thư mục đó, hoặc chọn thư mục khác bằng DATA_DIR."
        ) from None


def demo_day(folder):
    """The legal day of the demo in a data folder, 2020-11-05; nothing where none was set."""
    path = folder / "legal_day"
    return path.read_text() if path.exists() else ""


def set_demo_day(folder, day):
    """Have a demo's pages and commands share its legal day, which never goes back behind what has happened."""
    if day < demo_day(folder):
        raise Unready(
            f"Bản trình diễn trong {folder} đã ở ngày {demo_day(folder)}; ngày {day} lùi về trước những việc đã ghi. "
            "Hãy chọn thư mục khác bằng DATA_DIR, hoặc một ngày từ đó về sau bằng BENAN_TODAY."
        )
    private_folder(folder)
    write_private(folder / "legal_day", day)


def connection(folder):
    """Django's entry for the database, as the role in $BENAN_ROLE: `web` (default) or `owner`.

    From $DATABASE_URL (`owner`: $DATABASE_OWNER_URL) where a server is given, else from the data folder. Without
    either it is an entry whose first use fails with a sentence. The web server's processes are told theirs.
    """
    return handover.told("database") or entry(folder, os.environ.get("BENAN_ROLE") or "web")


def entry(folder, role, environment=os.environ):
    """Django's entry for the database, as that role."""
    if environment.get("DATABASE_URL"):
        return _from_url(URLS[role], environment)
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


def connect(database, **options):
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
def server(folder, *, create=False):
    """Have the embedded server run for the length of the block; yields it, or None where $DATABASE_URL names one."""
    if os.environ.get("DATABASE_URL"):
        yield None
    else:
        with Cluster(folder).in_use(create=create) as cluster:
            yield cluster


@contextlib.contextmanager
def running(*, for_command):
    """Have the database ready for a command of manage.py, given as a list of its words.

    Commands that change tables sign in as the owner, and leave `web` with the rights it should have on what they made.
    """
    global principal  # noqa: PLW0603
    command = for_command[0] if for_command else "help"
    principal = f"command:{command}"
    # A key is put where one says without asking anything; where nobody says, only if nothing was sealed by another.
    alone = for_command[1:] or command != "init_key"
    if (command in WITHOUT_DATABASE and alone) or command.startswith("-"):
        yield
        return
    changes_tables = command in AS_OWNER
    if changes_tables:
        os.environ["BENAN_ROLE"] = "owner"
    with server(data_dir(), create=changes_tables):
        yield
        if changes_tables:
            grant(entry(data_dir(), "owner"), to=entry(data_dir(), "web")["USER"])


def grant(database, *, to):
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
        for (table,) in append_only_tables(owner):
            owner.execute(sql.SQL("REVOKE UPDATE, DELETE ON {} FROM {}").format(sql.Identifier("public", table), role))


def append_only_tables(open_connection):
    """Names of the tables that carry the trigger `append_only`, as rows of one."""
    return open_connection.execute(
        "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE tgname = 'append_only' AND relnamespace = 'public'::regnamespace ORDER BY relname"
    ).fetchall()


def _from_url(variable, environment):
    url = environment.get(variable)
    if not url:
        raise Unready(
            f"Thiếu biến {variable}: lệnh này thay đổi bảng nên cần tài khoản sở hữu cơ sở dữ liệu. "
            f"Hãy đặt {variable}=postgresql://TÀI_KHOẢN:MẬT_KHẨU@MÁY_CHỦ/TÊN rồi chạy lại."
        )
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise Unready(f"Biến {variable} chưa đúng dạng postgresql://TÀI_KHOẢN:MẬT_KHẨU@MÁY_CHỦ/TÊN.")
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    if not host.startswith("/") and host not in ON_THIS_MACHINE:
        _have_verified(variable, host, options)
    return {
        "ENGINE": ENGINE,
        "PRINCIPAL": principal,
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or "5432"),
        **({"OPTIONS": options} if options else {}),
    }


def _have_verified(variable, host, options):
    """Have a server elsewhere reached over TLS alone, with its certificate checked."""
    if options.setdefault("sslmode", "verify-full") != "verify-full":
        raise Unready(
            f"Máy chủ {host} trong {variable} ở ngoài máy này nên chỉ được nối qua TLS và kiểm tra chứng thư. Hãy đặt "
            "sslmode=verify-full, với chứng thư gốc ở ~/.postgresql/root.crt hoặc theo sslrootcert=ĐƯỜNG_DẪN."
        )
