.PHONY: dev test lint bench demo clean
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

clean:
	rm -rf $(VENV) .venv-test .cache linkcheck-demo build *.egg-info
