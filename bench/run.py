"""`make bench`: what each page costs in time of the processor, web and database apart, with many cases; and the trail.

BENCH_CASES: sizes, by default 20,000 and 100,000 cases; "1000000" is measured where it is asked for. BENCH_BESIDE: the .json
of an earlier run, to be compared with. The cases are kept in .work between runs while the program's files are unchanged.
Ends with 1 where a page answered otherwise than expected.
"""

import datetime as dt
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import table
from bench.processor import Program
from ops import database, messages, prepare, serve
from ops.prepare import say

SIZES = [int(each) for each in (os.environ.get("BENCH_CASES") or "20000 100000").split()]
BESIDE = os.environ.get("BENCH_BESIDE")
RESULTS = database.ROOT / ".work/bench-results"
TODAY = "2020-11-05"
HERE = Path(__file__).resolve().parent
BUILT_BY = (
    *prepare.PROGRAM,
    *(f"bench/{name}.py" for name in ("bulk", "copies", "loading", "moulds", "names", "population", "standings")),
)


def main() -> int:
    """Measure each size, print the table, keep it as .json."""
    messages.compile_all()
    RESULTS.mkdir(parents=True, exist_ok=True)
    found = {str(size): _measured(size) for size in SIZES}
    path = RESULTS / f"{dt.datetime.now(tz=dt.UTC):%Y%m%dT%H%M%S}.json"
    path.write_text(json.dumps(found, ensure_ascii=False, indent=1))
    for line in table.lines(found, json.loads(Path(BESIDE).read_text()) if BESIDE else None):
        say(line)
    say(f"\nBảng này cũng ở {path}; lần sau so với nó: BENCH_BESIDE={path} make bench")
    return 1 if any(each["wrong"] for each in found.values()) else 0


def _measured(size: int) -> dict[str, Any]:
    folder = database.ROOT / f".work/bench-{size}"
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "BENAN_ROLE", "HEADS_FILE"):
        os.environ.pop(name, None)
    os.environ |= {"DATA_DIR": str(folder), "KEY_FILE": f"{folder}.key", "BENAN_TODAY": TODAY}
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    database.principal = "command:bench"
    with database.server(folder, create=True) as cluster:
        files = str(cluster.files) if cluster else ""
        filled = _filled(folder, size, files)
        prepare.page_files(folder=prepare.static_folder())
        port, result = serve.free_port(), folder / "measured.json"
        result.unlink(missing_ok=True)
        with serve.web_server(port=port, workers=2, environment={"BENAN_ROLE": "web"}) as web:
            _run("measure.py", str(port), str(web.pid), str(os.getpid()), files, str(result))
        return json.loads(result.read_text()) | filled


def _filled(folder: Path, size: int, files: str) -> dict[str, Any]:
    """Have so many cases in a folder's database, whose files are there; seconds that writing them took, in all and of the
    processor."""
    owner, noted = database.entry(folder, "owner"), folder / "filled.json"
    built = f"{prepare.digest(*BUILT_BY)} {size}"
    if prepare.prepared_for(owner) != built:
        say(f"Dựng tỉnh giả lập có {size} hồ sơ (một lần cho mỗi trạng thái của chương trình)")
        with database.connect({**owner, "NAME": "postgres"}) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {owner['NAME']}")
            connection.execute(f"CREATE DATABASE {owner['NAME']}")
        (folder / "heads.log").unlink(missing_ok=True)
        prepare.key(os.environ["KEY_FILE"])
        prepare.database_steps(prepare.DEMO_STEPS)
        began, used = time.monotonic(), _used(files)
        _run("population.py", str(size), BENAN_ROLE="owner")
        noted.write_text(json.dumps({"fill": time.monotonic() - began, "fill_cpu": _used(files) - used}))
        with database.connect(owner) as connection:
            connection.execute("VACUUM ANALYZE")
        prepare.mark_prepared(owner, built)
    return json.loads(noted.read_text())


def _used(files: str) -> float:
    """Seconds of the processor that a server and this process's ended children have used until now."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime + Program(0, 0, files).seconds()["database"]


def _run(program: str, *arguments: str, **environment: str) -> None:
    command = [sys.executable, str(HERE / program), *arguments]
    done = subprocess.run(command, env=os.environ | environment, check=False)  # noqa: S603
    if done.returncode:
        raise SystemExit(f"SAI: bench/{program} không hoàn thành; nguyên nhân ở các dòng trên")


if __name__ == "__main__":
    sys.exit(main())
