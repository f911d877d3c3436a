# `make demo` shows the main job on real input; `make test` runs all tests. Both set up `.venv` by themselves.
PYTHON ?= python3
VENV := .venv
UV := $(VENV)/bin/uv
CONSTRAINTS := constraints.txt
REQUIREMENTS := requirements-dev.txt shared/requirements.txt $(wildcard functions/*/requirements.txt)
STAMP := $(VENV)/.installed

.PHONY: demo test lint lock clean

$(STAMP): $(REQUIREMENTS) $(CONSTRAINTS) pyproject.toml
	test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --constraint $(CONSTRAINTS) uv
	$(UV) pip install --quiet --python $(VENV)/bin/python --constraints $(CONSTRAINTS) $(addprefix -r ,$(REQUIREMENTS)) -e .
	touch $@

demo: $(STAMP)
	$(VENV)/bin/python -m slugline_local.demo

test: $(STAMP)
	$(VENV)/bin/pytest

lint: $(STAMP)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

# Pin what is installed now, after a look at what `uv pip install --upgrade` brought.
lock: $(STAMP)
	{ head -n 1 $(CONSTRAINTS); $(UV) pip freeze --exclude-editable --python $(VENV)/bin/python; } >$(CONSTRAINTS).new
	mv $(CONSTRAINTS).new $(CONSTRAINTS)

clean:
	rm -rf $(VENV) .build .slugline .aws-sam demo-output
