"""Measures the parser: `python bench/parse.py dumps …`. Each subcommand is a module of `parsing_bench` with `run`."""

import argparse
import sys
from importlib import import_module
from pathlib import Path

SUBCOMMANDS = tuple(
    path.stem for path in sorted((Path(__file__).parent / "parsing_bench").glob("[a-z]*.py")) if path.stem != "split"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(required=True)
    for name in SUBCOMMANDS:
        try:
            module = import_module(f"parsing_bench.{name}")
        except ModuleNotFoundError as missing:
            sys.stderr.write(f"{name} is left out: it needs the package {missing.name}.\n")
            continue
        if hasattr(module, "run"):
            command = commands.add_parser(name, help=module.__doc__)
            module.add_arguments(command)
            command.set_defaults(run=module.run)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
