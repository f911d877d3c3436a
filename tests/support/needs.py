"""What some tests need beyond Python packages."""

import os
from typing import NoReturn

import pytest


def lacking(what: str) -> NoReturn:
    """Skip the test, or fail it where everything has to be there: `.ci/run` sets SLUGLINE_NO_SKIPS."""
    if os.environ.get("SLUGLINE_NO_SKIPS"):
        pytest.fail(what)
    pytest.skip(what)  # a stranger's machine may have no Chromium, Node.js or exiftool; the other tests run there
