# `make demo` shows the main job on real input; `make test` runs all tests. Both set up `.venv` by themselves.
PYTHON ?= python3
VENV := .venv
UV := $(VENV)/bin/uv
REQUIREMENTS := requirements-dev.txt shared/requirements.txt $(wildcard functions/*/requirements.txt)
STAMP := $(VENV)/.installed

.PHONY: demo test lint check clean

$(STAMP): $(REQUIREMENTS) pyproject.toml
	test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check uv
	$(UV) pip install --quiet --python $(VENV)/bin/python $(addprefix -r ,$(REQUIREMENTS)) -e .
	touch $@

demo: $(STAMP)
	$(VENV)/bin/python -m slugline_local.demo

test: $(STAMP)
	$(VENV)/bin/pytest

lint: $(STAMP)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

clean:
	rm -rf $(VENV) .build .slugline .aws-sam demo-output
