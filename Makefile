# Debian's python3 (3.11), python3-venv and make are enough.
#
#   make run      install, migrate, load the demo, serve on http://127.0.0.1:8000
#   make setup    the same without serving
#   make test     everything: checks, units, real PostgreSQL, real browser
#   make check    the fast part: format, types, contracts, migrations, translations
#   make fix      let the tools repair what they can
#   make mutate   weaken single lines; WORDS="seal chain" picks; a test must notice each
#   make fuzz     100 000 requests as every kind of person; N=5000 SEED=7 for others
#   make bench    print figures as JSON lines; FULL=1 goes to a million matters
#   make kill     kill web and worker with -9 a hundred times on either database
#   make cost     what safety costs each page, beside the state before
#   make bytes    change ten thousand bytes of a database, find each that touches the record
#   make lock     pin the requirements anew; UPGRADE=1 takes newer versions
#   make wheelhouse   fill wheelhouse/ for a machine without a network
#   make messages     collect the Chinese texts to be translated
#
# PYTHON, PORT, SHUOSHI_DATA (database and files), DATABASE_URL and WHEELHOUSE
# (a folder of wheels instead of an index) are honoured.

SHELL = /bin/bash
.SHELLFLAGS = -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL = help

PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
SHUOSHI_DATA ?= var
WORKERS ?= 2
# Lines of rules, actions and queries that the tests must try, in per cent.
COVERAGE ?= 90

BIN = $(VENV)/bin
UV = $(BIN)/python tools/packages.py
STATIC = $(or $(SHUOSHI_STATIC),$(SHUOSHI_DATA)/static)
LOCALE = src/shuoshi/locale/en/LC_MESSAGES
# Compiled together, so one of them stands for all.
CATALOGUES = $(wildcard src/shuoshi/locale/*/LC_MESSAGES/django.po)

# Once the tests' packages are in, they stay: `make run` must not take them out.
REQUIREMENTS = $(if $(wildcard $(VENV)/.tested),requirements-dev.txt,requirements.txt)
MIGRATIONS = $(wildcard src/shuoshi/*/migrations/*.py)
STATICS = $(shell find src/shuoshi -path '*/static/*' -type f)
# A server's database may be another one each time: always ask it. A lost file too.
DATABASE = $(if $(DATABASE_URL),always,$(if $(wildcard $(SHUOSHI_DATA)/shuoshi.sqlite3),,always))
# Development keys, unless the environment brings real ones; and a demo is to be looked at
# without an authenticator, which the sign-in page says.
DEVELOPMENT = SHUOSHI_DEBUG=$(or $(SHUOSHI_DEBUG),1) SHUOSHI_SECOND_FACTOR=$(or $(SHUOSHI_SECOND_FACTOR),off)

export SHUOSHI_DATA PORT WHEELHOUSE
export UV_PYTHON_DOWNLOADS = never

.PHONY: help always
help:
	@sed -n '3,19s/^# \{0,1\}//p' Makefile

# --- install and serve --------------------------------------------------------

.PHONY: setup run
setup: $(SHUOSHI_DATA)/.migrated $(STATIC)/staticfiles.json

run: setup
	@$(DEVELOPMENT) $(BIN)/shuoshi demo > /dev/null || test $$? -eq 1
	@$(DEVELOPMENT) exec $(BIN)/shuoshi up

$(BIN)/uv: requirements-installer.txt
	@echo "· virtual environment"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check \
	  $(if $(WHEELHOUSE),--no-index --find-links $(WHEELHOUSE)) \
	  --require-hashes -r requirements-installer.txt
	@touch $@

$(VENV)/.installed: $(BIN)/uv $(REQUIREMENTS) pyproject.toml
	@echo "· packages of $(REQUIREMENTS)"
	@$(UV) pip sync -q --python $(BIN)/python --require-hashes $(REQUIREMENTS)
	@$(UV) pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(LOCALE)/django.mo: $(CATALOGUES) tools/messages.py $(VENV)/.installed
	@$(BIN)/python -m tools.messages compile

$(SHUOSHI_DATA)/.migrated: $(VENV)/.installed $(LOCALE)/django.mo $(MIGRATIONS) $(DATABASE)
	@echo "· database"
	@$(DEVELOPMENT) $(BIN)/shuoshi migrate --verbosity 0
	@touch $@

$(STATIC)/staticfiles.json: $(VENV)/.installed $(STATICS)
	@echo "· static files"
	@mkdir -p $(STATIC)
	@$(DEVELOPMENT) $(BIN)/shuoshi collectstatic --noinput --verbosity 0
	@touch $@

# --- try ----------------------------------------------------------------------

.PHONY: test test-sqlite test-postgres check fix bench kill mutate fuzz bytes cost
test:
	@$(MAKE) --no-print-directory check
	@$(MAKE) --no-print-directory test-sqlite
	@$(MAKE) --no-print-directory test-postgres

$(VENV)/.tested: $(BIN)/uv requirements-dev.txt pyproject.toml
	@rm -f $(VENV)/.installed
	@touch $@
	@$(MAKE) --no-print-directory $(VENV)/.installed
	@touch $@

# Whoever is done early takes over from the other.
PYTEST = -m pytest -q -rR -n $(WORKERS) --dist worksteal

test-sqlite: $(VENV)/.tested $(LOCALE)/django.mo
	@echo "· a browser for the tests"
	@$(BIN)/python -m tools.browser
	@echo "· tests on SQLite, in the browser too"
	@SHUOSHI_TEST_DB=sqlite $(BIN)/python -m slipcover --source src/shuoshi \
	  --json --out build/tried.json $(PYTEST)
	@$(BIN)/python -m tools.coverage $(COVERAGE)

test-postgres: $(VENV)/.tested $(LOCALE)/django.mo
	@echo "· tests on PostgreSQL"
	@SHUOSHI_TEST_DB=postgres $(BIN)/python $(PYTEST) \
	  --ignore=tests/journeys --ignore=tests/access/test_real_doors.py

check: $(VENV)/.tested
	@echo "· checks"
	@$(BIN)/ruff check -q
	@$(BIN)/ruff format -q --check
	@SHUOSHI_DEBUG=1 $(BIN)/mypy --no-error-summary
	@told=$$($(BIN)/lint-imports --no-cache) || { echo "$$told"; exit 1; }
	@SHUOSHI_DEBUG=1 $(BIN)/shuoshi makemigrations --check --dry-run --verbosity 1
	@find src -name '*.html' -exec $(BIN)/djade --check --target-version 5.2 {} +
	@$(BIN)/python -m tools.messages check

fix: $(VENV)/.tested
	@$(BIN)/ruff check -q --fix
	@$(BIN)/ruff format -q
	@find src -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} +

KILLS ?= 100
kill: $(VENV)/.tested $(LOCALE)/django.mo
	@$(BIN)/python -m tests.kills.both $(KILLS)

bench: $(VENV)/.tested $(LOCALE)/django.mo $(STATIC)/staticfiles.json
	@$(BIN)/python -m bench $(if $(FULL),--full)

cost: $(VENV)/.tested $(LOCALE)/django.mo
	@$(BIN)/python -m bench.cost

mutate: $(VENV)/.tested $(LOCALE)/django.mo
	@$(BIN)/python -m tools.mutate $(WORDS)

fuzz: $(VENV)/.tested $(LOCALE)/django.mo
	@$(BIN)/python -m tests.fuzz --requests $(or $(N),100000) --seed $(or $(SEED),1)

# Ten thousand single bytes of a database changed, one at a time.
bytes: $(VENV)/.tested $(LOCALE)/django.mo
	@for half in 1 2; do \
	  SHUOSHI_TEST_DB=sqlite SHUOSHI_BYTES_SEED=2026090$$half \
	    SHUOSHI_BYTES=$$(( $(or $(CHANGES),10000) / 2 )) \
	    $(BIN)/python -m pytest -q -p no:cacheprovider tests/trail/test_bytes.py & \
	  halves="$${halves:-} $$!"; \
	done; for half in $$halves; do wait $$half; done

# --- keep ---------------------------------------------------------------------

.PHONY: lock wheelhouse messages
COMPILE = $(UV) pip compile -q --universal --python-version 3.11 --generate-hashes \
  --no-header --no-annotate $(if $(UPGRADE),--upgrade)

lock: $(BIN)/uv
	@$(COMPILE) --group installer -o requirements-installer.txt
	@$(COMPILE) pyproject.toml --group build -o requirements.txt
	@$(COMPILE) pyproject.toml --group build --group test --group check -c requirements.txt \
	  -o requirements-dev.txt

wheelhouse: $(VENV)/.tested
	@for file in requirements-installer.txt requirements-dev.txt; do \
	  $(BIN)/python -m pip download -q --disable-pip-version-check --no-deps \
	    --only-binary :all: --require-hashes -d wheelhouse -r $$file; done
	@$(BIN)/python -m tools.browser wheelhouse

messages: $(VENV)/.tested
	@$(BIN)/python -m tools.messages extract
