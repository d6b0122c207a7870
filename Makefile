# `make graph` builds the graph of the articles in seeds/; `make test` checks everything.
# Both need Python 3.11 or later with its venv module, and nothing else; they work in .venv.

VENV := .venv
BIN := $(VENV)/bin
ARTICLES ?= seeds
OUTPUT ?= output
# The first suitable interpreter; `make PYTHON=/path/to/python` overrides it.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

.DEFAULT_GOAL := help
.PHONY: help graph test lint format browser notebooks golden clean

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' Makefile

graph: $(VENV)/.installed ## Build the graph of the articles in seeds into output
	@echo "Building the graph of $(ARTICLES) into $(OUTPUT)"
	@$(BIN)/kg build $(ARTICLES) -o $(OUTPUT)

test: lint ## Run all checks: ruff, mypy and the tests with their coverage
	$(BIN)/pytest --cov=kg --cov-report=term:skip-covered --cov-report=xml

lint: $(VENV)/.installed-test ## Run ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict

format: $(VENV)/.installed-test ## Put the code in its standard form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

browser: $(VENV)/.installed-test ## Run the tests that drive Chromium
	$(BIN)/pytest -m browser

notebooks: $(VENV)/.installed-test ## Execute the notebooks and fail on an error
	$(BIN)/pytest -m slow tests/notebooks

golden: graph $(VENV)/.installed-test ## Write expected graphs, reference pages and the picture anew
	$(BIN)/pytest --update-golden -k golden
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/picture.py $(OUTPUT)

clean: ## Remove the environment, the output and all caches
	rm -rf $(VENV) $(OUTPUT) build dist .coverage coverage.xml .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps make a second run quick: the environment is renewed only when pyproject.toml changes.
$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { \
	  echo "No Python 3.11 or later was found." >&2; \
	  echo "Install one (Debian, Ubuntu: apt install python3 python3-venv) or name it: make PYTHON=/path/to/python" >&2; \
	  exit 2; }
	@echo "Making the environment $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV) || { \
	  rm -rf $(VENV); \
	  echo "$(PYTHON) cannot make an environment; on Debian and Ubuntu: apt install python3-venv" >&2; \
	  exit 2; }

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	@echo "Installing the project; the first time takes a minute or two"
	@start=$$(date +%s); \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e . \
	  && touch $@ && echo "Installed in $$(( $$(date +%s) - start )) s"

$(VENV)/.installed-test: pyproject.toml $(VENV)/.installed
	@echo "Installing what the tests need"
	@start=$$(date +%s); \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]' \
	  && touch $@ && echo "Installed in $$(( $$(date +%s) - start )) s"
