# Every target makes .venv by itself. `make` alone lists them.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
CODE := $(wildcard src tests bench scripts hatch_build.py)
STRICT := $(wildcard src/exitplan/domain src/exitplan/engine src/exitplan/usecases)
PO := $(wildcard src/exitplan/locale/*/LC_MESSAGES/*.po)
MO := $(PO:.po=.mo)
# Speaks only when a contract is broken.
ROOMS := out=$$($(BIN)/lint-imports --no-logo 2>&1) || { echo "$$out"; exit 1; }

# Compiled modules are kept: commands and tests start programs by the hundred.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
.PHONY: help demo test quick check bench lock messages format clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

demo: $(READY) $(MO) ## set up, then plan both real missions and write their briefs
	@$(BIN)/exitplan demo

test: check ## every check and every test
	@scripts/debian.sh chromium "which the browser tests drive" chromium chromium-browser google-chrome
	@scripts/debian.sh poppler-utils "with which tests read the words of a PDF" pdftotext
	@scripts/postgresql.sh $(VENV)
	@$(BIN)/python -m pytest -q -n 2 --dist worksteal

quick: $(READY) $(MO) ## lint, import contracts and the fast tests, for the loop while working
	@$(BIN)/ruff check -q --output-format concise $(CODE)
	@$(ROOMS)
	@$(BIN)/python -m pytest -q -n 2 --dist worksteal -m "not slow and not browser and not house"

check: $(READY) $(MO) ## format, lint, strict types, import contracts, catalogues
	@echo "== format";     $(BIN)/ruff format -q --check $(CODE)
	@echo "== lint";       $(BIN)/ruff check -q --output-format concise $(CODE)
	@echo "== types";      $(BIN)/mypy --no-error-summary $(STRICT)
	@echo "== rooms";      $(ROOMS)
	@echo "== catalogues"; $(BIN)/python scripts/catalogues.py

bench: $(READY) $(MO) ## measure speed and forecasts; prints ratios, asserts nothing
	@$(BIN)/python bench/run.py

messages: $(READY) ## collect every sentence into the catalogues to be translated
	@$(BIN)/python scripts/messages.py
	@$(BIN)/python hatch_build.py

format: $(READY) ## put the code into the house format
	@$(BIN)/ruff check -q --fix $(CODE) || true
	@$(BIN)/ruff format $(CODE)

lock: $(READY) ## resolve requirements.lock again (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv on the PATH" >&2; exit 1; }
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --extra dev \
	  --python-version 3.11 -q pyproject.toml -o requirements.lock

clean: ## remove what make made, .venv included
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis $(MO)
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): requirements.lock pyproject.toml hatch_build.py scripts/setup.sh
	@scripts/setup.sh $(VENV)
	@touch $@

# Sentences changed: compile that catalogue again.
%.mo: %.po | $(READY)
	@$(BIN)/python hatch_build.py
