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
REFERENCE: Step = ("Nạp danh mục, thủ tục và mức luật định", ["load_reference", "--skip-checks"])
PLAN: Step = ("Nạp kế hoạch 12089/KH-UBND", ["load_plan", "--skip-checks", "plans/12089-KH-UBND.yaml"])
FACTORS: Step = ("Niêm phong bước xác thực thứ hai", ["seal_factors", "--skip-checks"])
PEOPLE: Step = ("Nạp tỉnh giả lập và những người giả lập", ["load_demo", "--skip-checks"])
STEPS = (TABLES, FACTORS, REFERENCE, PLAN)
DEMO_STEPS = (TABLES, (REFERENCE[0], [*REFERENCE[1], "--demo"]), PLAN, PEOPLE)
PROGRAM = ("benan/**/*", "plans/**/*", "requirements/run.txt")
PAGE_FILES = ("static/**/*", "benan/*/static/**/*", "benan/shell/typeface.py", "requirements/run.txt")


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
    brings the lives that happened until then.
    """
    kind = f"demo {demo_day}" if demo_day else "real"
    program, owner = f"{digest(*PROGRAM)} {kind}", database.entry(folder, "owner")
    if prepared_for(owner) != program:
        say("Chuẩn bị cơ sở dữ liệu")
        if demo_day:
            database.set_demo_day(folder, demo_day)
            key(os.environ["KEY_FILE"])
        database_steps(DEMO_STEPS if demo_day else STEPS)
        mark_prepared(owner, program)


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
    """SHA-256 of the names and contents of all files that the patterns find, relative to the project."""
    mark = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in ROOT.glob(pattern)}):
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
    """Note in the database which program it was prepared for, and have it learn the sizes of what was loaded.

    What an earlier program remembered, in shapes of its own, is forgotten.
    """
    with database.connect(entry) as owner:
        owner.execute("DELETE FROM core_remembered")
        owner.execute("ANALYZE")
        comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
        owner.execute(comment.format(sql.Identifier(entry["NAME"]), sql.Literal(program)))


def static_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the files of the pages are collected: $STATIC_ROOT, by default in .work."""
    return Path(environment.get("STATIC_ROOT") or ROOT / ".work/static")
