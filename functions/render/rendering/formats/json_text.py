"""JSON as every output writes it."""

import json
from typing import Any


def json_bytes(value: Any) -> bytes:
    """UTF-8, indented, in the order given, with a line end."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
