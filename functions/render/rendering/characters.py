"""Characters that no markup can carry are left out; everything else of the copy is kept."""

import re
from typing import Any

from slugline.story import Story

# Not allowed in XML 1.0 (https://www.w3.org/TR/xml/#charsets), plus what HTML calls parse errors: C1 controls and
# noncharacters (https://html.spec.whatwg.org/multipage/parsing.html#parse-errors).
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
    + "]"
)
_BREAKS = re.compile(r"[ \t\n\u2028\u2029]+")


def clean(text: str) -> str:
    """The text without the characters that HTML and XML cannot carry."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str | None) -> str:
    """The text with every break as a space, for places that are one line by their nature."""
    return _BREAKS.sub(" ", text or "").strip()


def clean_story(story: Story) -> Story:
    """The story with every string cleaned."""
    return Story.model_validate(_cleaned(story.model_dump()))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return tuple(_cleaned(item) for item in value)
    return value
