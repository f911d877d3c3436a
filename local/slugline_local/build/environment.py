"""The environment of the laptop's AWS, made once per content of its requirements."""

import shutil
import sys
from pathlib import Path

from slugline_local.build.digest import digest
from slugline_local.build.uv import run_uv
from slugline_local.project import build_folder, root


def emulator_python() -> Path:
    """The interpreter that runs MiniStack and, as its child processes, the functions. Installs it if need be."""
    requirements = root() / "local" / "ministack-requirements.txt"
    name = digest([requirements], requirements.parent, sys.version)
    folder = build_folder() / f"ministack-{name}"
    python = folder / "bin" / "python"
    if not (folder / "complete").exists():
        shutil.rmtree(folder, ignore_errors=True)
        run_uv("venv", "--python", sys.executable, folder)
        run_uv("pip", "install", "--compile-bytecode", "--python", python, "-r", requirements)
        (folder / "complete").touch()
    return python
