.PHONY: dev test lint bench demo pages docs clean
VENV ?= .venv
PYTHON ?= python3

dev: $(VENV)/.ready        ## an environment with everything, linkcheck installed editable
$(VENV)/.ready: setup.cfg pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install -q -e '.[test]'
	touch $@

test: dev                  ## the tests
	$(VENV)/bin/python -m pytest

lint: dev                  ## ruff and mypy
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

CORPUS ?= ../shared/corpus
bench: dev                 ## figures: extraction, robots.txt, judgement (python -m bench.engine measures the engine)
	$(VENV)/bin/python -m bench.corpus --corpus $(CORPUS)
	$(VENV)/bin/python -m bench.robots --corpus $(CORPUS)
	$(VENV)/bin/python -m bench.judge --corpus $(CORPUS)

demo: dev                  ## the main job without internet
	$(VENV)/bin/linkcheck demo

PAGES = commands configuration documents comparison
pages: dev                 ## the pages and the manual page that are written from the program
	for page in $(PAGES); do $(VENV)/bin/python -m tests.pages.$${page}_page > docs/$$page.md || exit 1; done
	$(VENV)/bin/python -m tests.judge.reasons_page > docs/reasons.md
	$(VENV)/bin/python -m tests.pages.manpage > docs/man/linkcheck.1

docs: dev                  ## the pages as a site, in build/site
	$(VENV)/bin/pip install -q -e '.[docs]'
	NO_MKDOCS_2_WARNING=1 $(VENV)/bin/mkdocs build --strict

clean:
	rm -rf $(VENV) .venv-test .cache linkcheck-demo build *.egg-info
