# Bến An. `make run` is the whole program; `make demo` the same with a fictional province in a data folder of its own.
# For developers: `make dev` is the demo under Django's development server, `make test T=FILE::TEST` one test.
MAKEFLAGS += --no-print-directory
PYTHON = .venv/bin/python
TEMPLATES = find benan -name '*.html' -exec .venv/bin/djade --target-version 5.2
LOCKS = run

.PHONY: run demo dev setup test check fix bench soak controls messages licences

run: setup
	@$(PYTHON) -m ops.run

demo: setup
	@$(PYTHON) -m ops.run demo

dev: setup
	@$(PYTHON) -m ops.dev

setup:
	@command -v python3 >/dev/null || { echo "Thiếu Python. Hãy chạy: sudo apt install python3 python3-venv" >&2; exit 1; }
	@python3 -m ops.venv $(LOCKS)

test check fix bench soak controls: LOCKS = run test

T = tests -n auto --dist loadfile --max-worker-restart=0

test: setup
	@$(PYTHON) -m tests.chromium
	@$(PYTHON) -m pytest $(T)

check: setup
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@$(TEMPLATES) --check {} +
	@.venv/bin/lint-imports
	@DATA_DIR=.work/check .venv/bin/mypy
	@DATA_DIR=.work/check $(PYTHON) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	@DATA_DIR=.work/check HTTPS=1 $(PYTHON) manage.py check --deploy --fail-level WARNING

fix: setup
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .
	@$(TEMPLATES) {} +

bench: setup
	@$(PYTHON) bench/run.py

soak: setup
	@SOAK=1 $(PYTHON) -m pytest tests -m crash

controls: setup
	@$(PYTHON) -m tests.house.controls

licences: setup
	@$(PYTHON) -m ops.materials

messages: setup
	@$(PYTHON) -m ops.messages
