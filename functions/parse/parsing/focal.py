"""A picture's centre of interest as editors and newsroom systems write it."""

import re
from typing import Any

from slugline.story import FocalPoint

PARTS = re.compile(r"[\s,;x]+")


def focal_point_of(value: Any) -> FocalPoint | None:
    """`{x: 0.3, y: 0.4}`, `[0.3, 0.4]`, `0.3 0.4` or `30% 40%`, from the top left; None for anything else."""
    if isinstance(value, dict):
        value = [value.get("x"), value.get("y")]
    if isinstance(value, str):
        value = PARTS.split(value.strip())
    if not isinstance(value, list | tuple) or len(value) != 2:  # noqa: PLR2004 - x and y
        return None
    x, y = (_fraction(part) for part in value)
    return None if x is None or y is None else FocalPoint(x=x, y=y)


def within(x: float, y: float, width: float, height: float) -> FocalPoint | None:
    """The point of a picture of this size, in pixels; None when it is outside."""
    if not (width > 0 and height > 0 and 0 <= x <= width and 0 <= y <= height):
        return None
    return FocalPoint(x=x / width, y=y / height)


def _fraction(part: Any) -> float | None:
    text = str(part).strip()
    try:
        number = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        return None
    return number if 0 <= number <= 1 else None
