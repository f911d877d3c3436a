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
    "aws_xray_sdk": "120 ms",
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


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("module", BY_NO_FUNCTION)
def test_no_function_loads(function: str, module: str) -> None:
    if (function, module.rsplit(".", 1)[-1]) == ("deliver", "batch"):
        pytest.skip("deliver sends a batch's messages side by side by Powertools' AsyncBatchProcessor")

    assert module not in loaded_by(function), BY_NO_FUNCTION[module]
