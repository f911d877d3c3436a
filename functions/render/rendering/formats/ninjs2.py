"""IPTC ninjs 2.2: ninjs 3.1 with lower-case names."""

from typing import Any

from rendering.edition import Edition
from rendering.formats import ninjs3
from rendering.formats.json_text import json_bytes

SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_2.2.json#"
_RENAMED = {"embargoedUntil": "embargoed"}


def render(edition: Edition) -> bytes:
    document = _lower(ninjs3.document(edition))
    document["standard"] = {"name": "ninjs", "version": "2.2", "schema": SCHEMA}
    for association in document.get("associations", ()):
        # An association's relation came with version 3.
        del association["rel"]
    return json_bytes(document)


def _lower(value: Any) -> Any:
    if isinstance(value, dict):
        return {_RENAMED.get(str(name), str(name)).lower(): _lower(item) for name, item in value.items()}
    return [_lower(item) for item in value] if isinstance(value, list) else value
