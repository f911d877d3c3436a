"""One function or layer, built for this machine: its source and its requirements in one ZIP.

What `sam build` makes, with three differences that change no behaviour, since on a laptop each function process unpacks
its own copy: bytecode is included, the ZIP is not compressed, and boto3, thousands of files, is left to the runtime,
which has it here (ministack-requirements.txt) as in AWS.
"""

import compileall
import shutil
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from py_compile import PycInvalidationMode
from tempfile import TemporaryDirectory

from slugline_local.build.digest import digest, source_files
from slugline_local.build.uv import run_uv
from slugline_local.project import build_folder, constraints

_IN_THE_RUNTIME = ("boto3", "botocore", "s3transfer")
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Artefact:
    """A ZIP that Lambda takes. `logical_id` is its resource in the template."""

    logical_id: str
    path: Path


def build(logical_id: str, source: Path, *, below: str) -> Artefact:
    """The artefact of a source folder; its files lie under `below` in the ZIP ("python" for a layer, else "").

    Made anew only when the source, its requirements, their pinned versions or the Python changed.
    """
    files = source_files(source)
    name = f"{logical_id}-{digest(files, source, sys.version, below, constraints().read_text())}"
    target = build_folder() / f"{name}.zip"
    if not target.exists():
        build_folder().mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=build_folder()) as scratch:
            _assemble(source, files, Path(scratch) / "tree" / below)
            packed = Path(scratch) / "packed.zip"
            _pack(Path(scratch) / "tree", packed)
            packed.replace(target)
        _forget_older(logical_id, target)
    return Artefact(logical_id, target)


def _assemble(source: Path, files: list[Path], tree: Path) -> None:
    tree.mkdir(parents=True)
    requirements = source / "requirements.txt"
    if requirements.exists() and requirements.read_text().strip():
        options = ("--python", sys.executable, "--constraints", constraints())
        run_uv("pip", "install", *options, "--target", tree, "-r", requirements)
        for name in _IN_THE_RUNTIME:
            for folder in [tree / name, *tree.glob(f"{name}-*.dist-info")]:
                shutil.rmtree(folder, ignore_errors=True)
    for path in files:
        copy = tree / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    # Unpacking gives each source a new date, so bytecode must not be checked against it.
    compileall.compile_dir(tree, quiet=2, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH)


def _pack(tree: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(tree.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(path.relative_to(tree).as_posix(), _EPOCH)
                entry.external_attr = (path.stat().st_mode & 0o777 | 0o100000) << 16
                archive.writestr(entry, path.read_bytes())


def _forget_older(logical_id: str, newest: Path) -> None:
    for path in build_folder().glob(f"{logical_id}-*.zip"):
        if path != newest:
            path.unlink(missing_ok=True)
