"""The sizes of a picture, each shrunk from the next larger one."""

from collections.abc import Iterator
from typing import Any

from pixels.vips import readable_errors


def widths_for(wanted: list[int], width: int) -> list[int]:
    """The wanted widths up to the picture's, smallest first, and the picture's own when the steps go on beyond it."""
    fitting = {step for step in wanted if step <= width}
    if any(step > width for step in wanted):
        fitting.add(width)
    return sorted(fitting)


def levels(image: Any, widths: list[int]) -> Iterator[tuple[int, Any]]:
    """The picture at each width, in memory, largest first. `image` is at least as wide as the widest.

    Each is shrunk from the one before, but its height is the first one's: else roundings would add up to a row.
    """
    level = image
    for width in sorted(widths, reverse=True):
        if width != level.width:
            level = sized(level, width, height_for(image, width))
        yield width, level


def shrunk(image: Any, width: int) -> Any:
    """The picture at this width."""
    return sized(image, width, height_for(image, width))


def height_for(image: Any, width: int) -> int:
    """The height at this width, to the nearest pixel."""
    return max(1, round(int(image.height) * width / int(image.width)))


def sized(image: Any, width: int, height: int) -> Any:
    """The picture in this size; edges of alpha do not bleed."""
    with readable_errors():
        return image.thumbnail_image(width, height=height, size="force").copy_memory()
