"""Where things lie in the repository that the command line was installed from."""

import os
from functools import cache
from pathlib import Path

from slugline_local.errors import Trouble


@cache
def root() -> Path:
    """The repository. Raises Trouble when the command line was not installed from one."""
    for folder in Path(__file__).resolve().parents:
        if (folder / "template.yaml").is_file():
            return folder
    raise Trouble(
        "There is no template.yaml above the installed command line.",
        remedy="Install it from the repository (make .venv/.installed), which holds the template and the functions.",
    )


def constraints() -> Path:
    """The versions that everything is built with here."""
    return root() / "constraints.txt"


def build_folder() -> Path:
    """Built artefacts, named by the hash of what they were made from."""
    return root() / ".build"


def state_folder() -> Path:
    """What a running laptop runtime leaves for later commands: its address, logs and temporary files.

    SLUGLINE_STATE names another folder, so that two runtimes (a test's and a person's) do not find each other.
    """
    return Path(os.environ.get("SLUGLINE_STATE") or root() / ".slugline")
