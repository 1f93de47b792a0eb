# The two front doors: make run (the campus with demo data in a browser) and make test (every test and check).
# Nothing but git, make and Python 3.11 or 3.12 is needed; all else goes into .venv.

PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
SUPPORTED := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))
PYTHON ?= $(shell for name in python3.12 python3.11 python3 python; do \
	"$$name" -c '$(SUPPORTED)' 2>/dev/null && { echo "$$name"; break; }; done)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help run dev reset test check tools format drawings courses catalogues
help:
	@echo "make run            the campus with demo data on http://127.0.0.1:$(PORT)  (PORT=8001 for another port)"
	@echo "make dev            the same, and begun anew whenever a file of the code is saved"
	@echo "make reset          throw the demo's data away and begin anew"
	@echo "make courses        check the courses and build them for Studio: START='2027-02-01 2027-09-06' gives dates"
	@echo "make catalogues     merge the courses' texts into their catalogues: LANGUAGES=fr begins a language"
	@echo "make test           every test and check this machine can run"
	@echo "make check          some of them: GROUP=quality, GROUP='quality docs', ONE=tests/desk, ONE='tests/desk -k queue'"
	@echo "make tools          only install what the tests and checks need"
	@echo "make format         put code and templates into the shape that the checks ask for"
	@echo "make drawings       the drawings and pages of the docs that are made from the code"

run: $(VENV)/campus.stamp
	@CAMPUS_DEMO=1 PORT=$(PORT) $(BIN)/python -m iciinsmes_campus run

dev: $(VENV)/campus.stamp
	@CAMPUS_DEMO=1 PORT=$(PORT) $(BIN)/python -m iciinsmes_campus run --reload

reset: $(VENV)/campus.stamp
	@CAMPUS_DEMO=1 $(BIN)/python -m iciinsmes_campus reset

courses: $(VENV)/test.stamp
	@$(BIN)/python -m iciinsmes_campus courses $(START)

catalogues: $(VENV)/campus.stamp
	@$(BIN)/python -m iciinsmes_campus catalogues $(LANGUAGES)

test: $(VENV)/test.stamp
	@$(BIN)/python -m tests.run

check: $(VENV)/test.stamp
	@if [ -n "$(ONE)" ]; then $(BIN)/pytest -q $(ONE); else $(BIN)/python -m tests.run $(GROUP); fi

tools: $(VENV)/test.stamp
	@echo "Ready. One test: $(BIN)/pytest tests/review/test_rules.py"

format: $(VENV)/test.stamp
	@find xblocks -path '*/templates/*' \( -name '*.html' -o -name '*.txt' \) -exec $(BIN)/djade --target-version 4.2 {} +; \
		$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format .

drawings: $(VENV)/test.stamp
	@$(BIN)/python -W ignore -m tests.drawings

$(VENV)/made.stamp:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or 3.12 is needed, and neither was found. Name one: make run PYTHON=/path/to/python3.12"; exit 2; }
	@echo "Creating a virtual environment with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV) >/dev/null || { echo "The virtual environment could not be made. On Debian and Ubuntu: apt install python3-venv"; exit 2; }
	@touch $@

$(VENV)/campus.stamp: $(VENV)/made.stamp setup.py pyproject.toml
	@echo "Installing the campus into $(VENV) (one to two minutes the first time)"
	@$(BIN)/pip install --quiet --editable '.[campus]' || { echo "The installation failed; the lines above say why."; exit 2; }
	@touch $@

$(VENV)/test.stamp: $(VENV)/made.stamp setup.py pyproject.toml
	@echo "Installing the campus and its test tools into $(VENV)"
	@$(BIN)/pip install --quiet --editable '.[test]' || { echo "The installation failed; the lines above say why."; exit 2; }
	@touch $@ $(VENV)/campus.stamp
