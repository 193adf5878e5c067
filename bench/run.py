"""`make bench`: a web server with two workers, twenty thousand files, and how long each page takes beside its question in SQL;
then how much of the processor a sign-in, a desk and an act cost.

Kept in .work/bench between runs while the program's files are unchanged. Ends with 1 only where a page is wrong.
"""

import importlib
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

from ops import database, messages, prepare, serve
from ops.prepare import say

FOLDER = database.ROOT / ".work/bench"
FILES = int(os.environ.get("BENCH_FILES") or 20_000)
TODAY = "2020-11-05"  # the demo is played until then, its lives copied, and the pages asked
BUILT_BY = (*prepare.PROGRAM, "bench/bulk.py", "bench/names.py", "bench/population.py")


def main():
    """Prepare, measure, print."""
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "BENAN_ROLE", "HEADS_FILE"):
        os.environ.pop(name, None)
    os.environ |= {"DATA_DIR": str(FOLDER), "KEY_FILE": f"{FOLDER}.key", "BENAN_TODAY": TODAY}
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    database.principal = "command:bench"
    messages.compile_all()
    with database.server(FOLDER, create=True) as cluster:
        built = f"{prepare.digest(*BUILT_BY)} {FILES}"
        owner = database.entry(FOLDER, "owner")
        fresh = prepare.prepared_for(owner) != built
        if fresh:
            _empty(owner)
            say("Dựng tỉnh giả lập của phép đo (một lần cho mỗi trạng thái của chương trình)")
            prepare.key(os.environ["KEY_FILE"])
            prepare.database_steps(prepare.DEMO_STEPS)
        prepare.page_files(folder=prepare.static_folder())
        django.setup()
        measure = importlib.import_module("bench.measure")
        if fresh:
            measure.fill(FOLDER, FILES)
            with database.connect(owner) as connection:
                connection.execute("VACUUM ANALYZE")
            prepare.mark_prepared(owner, built)
        port = serve.free_port()
        with serve.web_server(port=port, workers=2, environment={"BENAN_ROLE": "web"}) as web:
            wrong = measure.main(port, FOLDER)
            importlib.import_module("bench.processor").main(port, web.pid, cluster)
            return wrong


def _empty(owner):
    """Begin with an empty database; the old one was built by another state of the program."""
    with database.connect({**owner, "NAME": "postgres"}) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {owner['NAME']}")
        connection.execute(f"CREATE DATABASE {owner['NAME']}")
    (FOLDER / "heads.log").unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main())
