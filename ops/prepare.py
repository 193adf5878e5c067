"""What stands between an empty database and the first page: tables, the law and the places, the plan, the pages' files.

Every step may run again at any time; a mark says when that is not needed.
"""

import contextlib
import hashlib
import os
import subprocess
import sys
from pathlib import Path

from psycopg import sql

from ops import Unready
from ops.database import ROOT, connect

# What the person at the terminal reads, and the command that does it. Tests make their database by the same list.
# Django's checks are a developer's (`make check`); an installation need not wait for them at every step.
TABLES = (("Lập các bảng", ["migrate", "--skip-checks", "--no-input", "--verbosity", "0"]),)
PLAN = ("Nạp kế hoạch 12089/KH-UBND", ["load_plan", "--skip-checks", "plans/12089-KH-UBND.yaml"])
FACTORS = ("Niêm phong bước xác thực thứ hai", ["seal_factors", "--skip-checks"])
STEPS = (*TABLES, FACTORS, ("Nạp danh mục, thủ tục và mức luật định", ["load_reference", "--skip-checks"]), PLAN)
DEMO_STEPS = (
    *TABLES,
    ("Nạp danh mục, thủ tục và mức luật định", ["load_reference", "--skip-checks", "--demo"]),
    PLAN,
    ("Nạp tỉnh giả lập và những người giả lập", ["load_demo", "--skip-checks"]),
)
PROGRAM = ("benan/**/*", "plans/**/*", "requirements/run.txt")
PAGE_FILES = ("static/**/*", "benan/*/static/**/*", "benan/shell/typeface.py", "requirements/run.txt")


def say(sentence):
    """Tell the person at the terminal what happens next, at once; a terminal that was closed is no reason to fail."""
    with contextlib.suppress(OSError):
        print(sentence, flush=True)


def manage(*command, environment=None, **options):
    """Run a command of manage.py as a process of its own; raises Unready, after its own words, if it fails."""
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


def database_steps(steps, *, environment=None, tell=say):
    """Bring the database up to the program."""
    for sentence, command in steps:
        tell(f"  {sentence}")
        manage(*command, environment=environment)


def key(path, *, environment=None):
    """Make the vault's key at that path unless it is there: for installations that hold fictional people only."""
    manage("init_key", path, environment=environment, stdout=subprocess.DEVNULL)


def page_files(*, folder, environment=None, tell=say):
    """Collect style, script and typeface into the folder that is served, if any of their sources changed."""
    stamp, wanted = folder.with_name(folder.name + ".stamp"), digest(*PAGE_FILES)
    if not folder.exists() or not stamp.exists() or stamp.read_text() != wanted:
        tell("Gom các tệp của trang (kiểu dáng, phông chữ)")
        environment = {**(environment or {}), "STATIC_ROOT": str(folder)}
        manage("collectstatic", "--no-input", "--verbosity", "0", environment=environment)
        stamp.write_text(wanted)


def digest(*patterns):
    """One mark for all that the files say, to tell whether anything changed; patterns are relative to the project."""
    mark = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in ROOT.glob(pattern)}):
        if path.is_file() and path.suffix != ".pyc":
            mark.update(f"\n{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return mark.hexdigest()


def prepared_for(database):
    """Digest of the program that last prepared the database of this entry; None if none did.

    It is kept as the database's comment, so that a database brought back from a copy is prepared anew.
    """
    with connect(database) as owner:
        return owner.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        ).fetchone()[0]


def mark_prepared(database, program):
    """Note in the database which program it was prepared for, and have it learn the sizes of what was loaded.

    What an earlier program remembered, in shapes of its own, is forgotten.
    """
    with connect(database) as owner:
        owner.execute("DELETE FROM core_remembered")
        owner.execute("ANALYZE")
        comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
        owner.execute(comment.format(sql.Identifier(database["NAME"]), sql.Literal(program)))


def static_folder(environment=os.environ):
    """Where the files of the pages are collected: $STATIC_ROOT, by default in .work."""
    return Path(environment.get("STATIC_ROOT") or ROOT / ".work/static")
