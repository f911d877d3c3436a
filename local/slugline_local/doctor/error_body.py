"""Answers that say 2xx and mean that something went wrong: frameworks and PHP do so, and the message is lost."""

import json
import re
from typing import Any

_FAULTS = ("error", "errors", "exception", "fault")
_FAILED = {"error", "fail", "failed", "failure"}
_WORDS = re.compile(
    r"\b(fatal error|parse error|uncaught|traceback \(most recent|unhandled exception)\b", re.IGNORECASE
)


def reports_error(text: str) -> bool:
    """Whether the start of an answer's body reports an error: by a field of JSON, or in a crash's own words."""
    try:
        body: Any = json.loads(text)
    except ValueError:
        return bool(_WORDS.search(text)) or text.strip().lower().startswith("error")
    if not isinstance(body, dict):
        return False
    fields = {str(name).lower(): value for name, value in body.items()}
    if any(fields.get(name) for name in _FAULTS) or False in (fields.get("ok"), fields.get("success")):
        return True
    return str(fields.get("status", "")).lower() in _FAILED
