# papergraph: `make demo` shows it, `make test` tests it; both set everything up by themselves.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 8080
DEMO := .demo
LIBRARY := $(DEMO)/library.db

.PHONY: help install demo test lint types serve bench clean
.DEFAULT_GOAL := help

help: ## show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

install: $(VENV)/.installed ## make .venv/bin/papergraph

$(VENV)/.installed: pyproject.toml scripts/install.sh $(wildcard constraints/*.txt)
	@PYTHON="$(PYTHON)" VENV="$(VENV)" sh scripts/install.sh

demo: install ## ingest the sample reviews, show a lineage and a reading path, serve the pages
	@mkdir -p $(DEMO)
	@rm -f $(LIBRARY) $(LIBRARY)-wal $(LIBRARY)-shm
	$(BIN)/papergraph --library $(LIBRARY) --offline ingest data/reviews
	$(BIN)/papergraph --library $(LIBRARY) --offline lineage ResNet --limit 3
	$(BIN)/papergraph --library $(LIBRARY) --offline path "Faster R-CNN" --known LeNet-5
	$(BIN)/papergraph --library $(LIBRARY) --offline serve --port $(PORT)

test: install ## run all tests
	$(BIN)/python -m pytest -n 2 $(PYTEST_ARGS)

lint: install ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

serve: install ## serve your own library
	$(BIN)/papergraph serve --port $(PORT)

bench: install ## run the benchmarks; they print ratios
	@for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

clean: ## remove what make made
	rm -rf $(VENV) $(DEMO) .pytest_cache .mypy_cache .ruff_cache .hypothesis
