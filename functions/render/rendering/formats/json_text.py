"""JSON as every output writes it."""

from typing import Any

from pydantic_core import to_json


def json_bytes(value: Any) -> bytes:
    """UTF-8, indented, in the order given, with a line end. The standard library takes ten times as long to indent."""
    return to_json(value, indent=2) + b"\n"
