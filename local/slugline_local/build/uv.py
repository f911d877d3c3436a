"""Installs packages with uv, from the index that the person's uv or pip is set to."""

import subprocess
from pathlib import Path

from uv import find_uv_bin

from slugline_local.errors import Trouble


def run_uv(*arguments: str | Path) -> None:
    """Raises Trouble with the last lines of uv's own words."""
    done = subprocess.run(  # noqa: S603 - uv from our own environment, arguments of our own
        [find_uv_bin(), "--quiet", "--no-progress", *map(str, arguments)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        words = " ".join(done.stderr.split())[-600:]
        raise Trouble(
            f"Packages could not be installed: {words}",
            remedy="Check the network and pip's or uv's index setting, then run the command again.",
        )
