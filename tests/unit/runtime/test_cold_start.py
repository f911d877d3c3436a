"""What a function loads at a cold start: nothing that its first event may not need."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

FUNCTIONS = tuple(sorted(folder.name for folder in (Path(__file__).parents[3] / "functions").iterdir()))

BY_NO_FUNCTION = {
    "aws_lambda_powertools.utilities.batch": "imports the models of every AWS event",
    "aws_lambda_powertools.utilities.parser": "imports the models of every AWS event",
    "aws_xray_sdk": "takes as long to import as most of the rest",
    "boto3": "botocore makes the same clients",
    "s3transfer": "comes with boto3",
}


@cache
def loaded_by(function: str) -> frozenset[str]:
    """The modules in memory once the handler is imported, and all packages above them."""
    program = f"import {function}_handler, json, sys; print(json.dumps(list(sys.modules)))"
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return frozenset(json.loads(done.stdout))


HEAVY = {
    "parse": (
        "parsing.mail.message",
        "lxml",
        "markdown_it",
        "nh3",
        "parsing.docx.story",
        "parsing.markup.article",
        "parsing.wire.nitf",
        "parsing.wire.ninjs",
        "tomllib",
        "yaml",
    ),
    "render": ("asyncio", "markdown_it", "parsing"),
    "image_resize": ("PIL", "asyncio", "jinja2", "lxml", "pi_heif", "pyvips"),
    "notify": ("asyncio", "cryptography", "jinja2", "lxml"),
    "deliver": ("jinja2", "lxml", "slugline.adapters.s3"),
    "hub": ("cryptography", "jinja2", "lxml"),
    "dead_letter": ("asyncio", "cryptography", "jinja2", "lxml"),
    "clock": ("cryptography", "jinja2", "lxml"),
    "api": ("jinja2", "lxml"),
}
"""What a function's usual first event does not need."""


@pytest.mark.parametrize(("function", "module"), [(name, module) for name, all_ in HEAVY.items() for module in all_])
def test_a_function_loads_no_heavy_module_that_its_first_event_may_not_need(function: str, module: str) -> None:
    assert module not in loaded_by(function)


def test_each_function_has_its_list() -> None:
    assert set(HEAVY) == set(FUNCTIONS)


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("module", BY_NO_FUNCTION)
def test_no_function_loads(function: str, module: str) -> None:
    assert module not in loaded_by(function), BY_NO_FUNCTION[module]
