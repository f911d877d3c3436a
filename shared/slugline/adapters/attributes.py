"""DynamoDB's typed attribute values. boto3 has such a thing too, behind all of its imports; rows here hold text, whole
numbers, truth values and sets of texts only.
"""

from collections.abc import Mapping
from typing import Any

Plain = str | int | bool | set[str]
Item = dict[str, Any]


def typed(values: Mapping[str, Plain]) -> Item:
    """Plain values as DynamoDB takes them. Raises TypeError."""
    return {name: _typed(value) for name, value in values.items()}


def plain(item: Mapping[str, Mapping[str, Any]]) -> Item:
    """An item's values. Raises TypeError for a type that `typed` does not write."""
    return {name: _plain(value) for name, value in item.items()}


def _typed(value: Plain) -> dict[str, Any]:
    match value:
        case bool():
            return {"BOOL": value}
        case int():
            return {"N": str(value)}
        case str():
            return {"S": value}
        case set():
            return {"SS": sorted(value)}
        case _:
            raise TypeError(f"{type(value).__name__} is none of the types that rows hold: {value!r}")


def _plain(value: Mapping[str, Any]) -> Plain:
    ((kind, content),) = value.items()
    match kind:
        case "S":
            return str(content)
        case "N":
            return int(content)
        case "SS":
            return set(content)
        case "BOOL":
            return bool(content)
        case _:
            raise TypeError(f"DynamoDB's type {kind} is none of those that rows hold")
