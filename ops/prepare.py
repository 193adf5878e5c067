"""What stands between an empty database and the first page: tables, the law and the places, the plan, the pages' files.

Every step may run again at any time; a mark says when that is not needed.
"""

import contextlib
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from psycopg import sql

from ops import Unready, database
from ops.database import ROOT, Entry

Step = tuple[str, list[str]]  # what the person at the terminal reads, and the command that does it

# Tests make their database by the same lists. Django's checks are a developer's (`make check`); an installation need
# not wait for them at every step.
TABLES: Step = ("Lập các bảng", ["migrate", "--skip-checks", "--no-input", "--verbosity", "0"])
FORGET: Step = ("Xóa dữ liệu lưu tạm của bản trước", ["forget_remembered", "--skip-checks"])
REFERENCE: Step = ("Nạp danh mục, thủ tục và mức luật định", ["load_reference", "--skip-checks"])
STANDINGS: Step = ("Tính lại số liệu các chỉ tiêu, nếu cần", ["rebuild_standings", "--skip-checks", "--if-needed"])
PLAN: Step = ("Nạp kế hoạch 12089/KH-UBND", ["load_plan", "--skip-checks", "plans/12089-KH-UBND.yaml"])
PEOPLE: Step = ("Nạp tỉnh giả lập và những người giả lập", ["load_demo", "--skip-checks"])
FIGURES: Step = ("Ghi sẵn số liệu của các kỳ thường xem", ["keep_figures", "--skip-checks", "--anew"])
STEPS = (TABLES, FORGET, REFERENCE, STANDINGS, PLAN, FIGURES)
DEMO_STEPS = (TABLES, FORGET, (REFERENCE[0], [*REFERENCE[1], "--demo"]), STANDINGS, PLAN, PEOPLE, FIGURES)
PROGRAM = ("benan/**/*", "plans/**/*", "requirements/run.txt")
PAGE_FILES = ("benan/*/static/**/*", "benan/ui/typeface.py", "requirements/run.txt")


def say(sentence: str) -> None:
    """Print a sentence at once; a terminal that was closed is no reason to fail."""
    with contextlib.suppress(OSError):
        print(sentence, flush=True)


def manage(
    *command: str, environment: Mapping[str, str] | None = None, **options: Any
) -> subprocess.CompletedProcess[Any]:
    """Run a command of manage.py as a process of its own; raises Unready, after its own output, if it fails.

    `environment` is added to our own; `options` are those of subprocess.run.
    """
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *command],
        env={**os.environ, **(environment or {})},
        cwd=ROOT,
        check=False,
        start_new_session=True,  # Ctrl-C is answered once, by whoever called
        **options,
    )
    if done.returncode:
        raise Unready(
            f"Lệnh manage.py {' '.join(command)} không hoàn thành; nguyên nhân ở các dòng trên. "
            "Sửa xong, hãy chạy lại: chạy lại lúc nào cũng được."
        )
    return done


def installation(folder: Path, *, demo_day: str | None = None) -> None:
    """Bring the database of a data folder up to this program, unless it is; with a day ("2020-11-05"), as a demo.

    The mark names the kind and the day: a demo's folder is never opened as a real one without a word, and a later day
    brings the lives that happened until then. Raises Unready, before anything is changed, for a database of another
    version (`refuse_other_version`).
    """
    kind = f"demo {demo_day}" if demo_day else "real"
    program, owner = f"{digest(*PROGRAM)} {kind}", database.entry(folder, "owner")
    if prepared_for(owner) != program:
        say("Chuẩn bị cơ sở dữ liệu")
        refuse_other_version(owner, folder)
        if demo_day:
            database.set_demo_day(folder, demo_day)
            key(os.environ["KEY_FILE"])
        database_steps(DEMO_STEPS if demo_day else STEPS)
        mark_prepared(owner, program)


def refuse_other_version(owner: Entry, folder: Path) -> None:
    """Raise Unready where a database was brought through migrations that this program does not have.

    An earlier version made it, before migrations were begun anew, or a later one. Nothing is written.
    """
    with database.connect(owner) as opened:
        if opened.execute("SELECT to_regclass('public.django_migrations')").fetchone() == (None,):
            return
        applied = {f"{app}.{name}" for app, name in opened.execute("SELECT app, name FROM django_migrations")}
    known = manage("list_migrations", "--skip-checks", stdout=subprocess.PIPE, text=True).stdout.split()
    if not applied <= set(known):
        which = f"trong thư mục {folder}"
        other = "Hãy chọn thư mục khác bằng DATA_DIR, hoặc chuyển thư mục này đi nơi khác"
        if os.environ.get("DATABASE_URL"):
            which = "mà DATABASE_URL nêu"
            other = "Hãy nêu một cơ sở dữ liệu khác bằng DATABASE_URL và DATABASE_OWNER_URL"
        raise Unready(
            f"Cơ sở dữ liệu {which} do một bản khác của chương trình lập: bản có trước khi các bảng được "
            f"làm lại từ đầu, "
            "không chuyển sang bản này được vì chưa bản nào phát hành, hoặc bản mới hơn bản này. "
            f"Dữ liệu ở đó còn nguyên, chương trình chưa đổi gì. {other}; bản mới hơn lập thì chạy bằng bản ấy."
        )


def database_steps(
    steps: Iterable[Step], *, environment: Mapping[str, str] | None = None, tell: Callable[[str], object] = say
) -> None:
    """Run the commands of these steps, and tell of each."""
    for sentence, command in steps:
        tell(f"  {sentence}")
        manage(*command, environment=environment)


def key(path: str, *, environment: Mapping[str, str] | None = None) -> None:
    """Make the vault's key at that path unless it is there: for installations that hold fictional people only."""
    manage("init_key", path, environment=environment, stdout=subprocess.DEVNULL)


def page_files(
    *, folder: Path, environment: Mapping[str, str] | None = None, tell: Callable[[str], object] = say
) -> None:
    """Collect style, script and typeface into the folder that is served, if any of their sources changed."""
    stamp, wanted = folder.with_name(folder.name + ".stamp"), digest(*PAGE_FILES)
    if not folder.exists() or not stamp.exists() or stamp.read_text() != wanted:
        tell("Gom các tệp của trang (kiểu dáng, phông chữ)")
        environment = {**(environment or {}), "STATIC_ROOT": str(folder)}
        manage("collectstatic", "--no-input", "--verbosity", "0", environment=environment)
        stamp.write_text(wanted)


def digest(*patterns: str) -> str:
    """SHA-256 of the names and contents of all files that the patterns find, relative to the project.

    Raises ValueError for a pattern that finds nothing: what it named was moved.
    """
    mark = hashlib.sha256()
    found = {pattern: list(ROOT.glob(pattern)) for pattern in patterns}
    if missing := [pattern for pattern, paths in found.items() if not paths]:
        raise ValueError(missing)
    for path in sorted({path for paths in found.values() for path in paths}):
        if path.is_file() and path.suffix != ".pyc":
            mark.update(f"\n{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return mark.hexdigest()


def prepared_for(entry: Entry) -> str | None:
    """The program that last prepared the database of this entry, as `mark_prepared` noted it; None if none did.

    It is kept as the database's comment, so that a database brought back from a copy is prepared anew.
    """
    with database.connect(entry) as owner:
        row = owner.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        ).fetchone()
        return row[0] if row else None


def mark_prepared(entry: Entry, program: str) -> None:
    """Note in the database which program it was prepared for, and have it learn the sizes of what was loaded."""
    with database.connect(entry) as owner:
        owner.execute("ANALYZE")
        comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
        owner.execute(comment.format(sql.Identifier(entry["NAME"]), sql.Literal(program)))


def static_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the files of the pages are collected: $STATIC_ROOT, by default in .work."""
    return Path(environment.get("STATIC_ROOT") or ROOT / ".work/static")
