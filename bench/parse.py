"""Measures the parser: `python bench/parse.py dumps …`. Each subcommand is a module of `parsing_bench` with `run`."""

import argparse
from importlib import import_module
from pathlib import Path

SUBCOMMANDS = tuple(
    path.stem for path in sorted((Path(__file__).parent / "parsing_bench").glob("[a-z]*.py")) if path.stem != "split"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(required=True)
    for name in SUBCOMMANDS:
        module = import_module(f"parsing_bench.{name}")
        if hasattr(module, "run"):
            command = commands.add_parser(name, help=module.__doc__)
            module.add_arguments(command)
            command.set_defaults(run=module.run)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
