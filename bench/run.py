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

from bench import processor
from ops import database, prepare, serve
from ops.prepare import say

FOLDER = database.ROOT / ".work/bench"
FILES = int(os.environ.get("BENCH_FILES") or 20_000)
BUILT_BY = (*prepare.PROGRAM, "bench/bulk.py", "bench/names.py", "bench/population.py")


def main():
    """Prepare, measure, print."""
    processor.be_installed_in(FOLDER)
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
            with processor.acts_on(port) as acts:
                processor.main(acts, processor.Counted(web.pid, cluster and cluster.files))
            return wrong


def _empty(owner):
    """Begin with an empty database; the old one was built by another state of the program."""
    with database.connect({**owner, "NAME": "postgres"}) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {owner['NAME']}")
        connection.execute(f"CREATE DATABASE {owner['NAME']}")
    (FOLDER / "heads.log").unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main())
