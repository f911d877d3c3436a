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
    """The picture at each width, in memory, largest first. `image` is at least as wide as the widest."""
    for width in sorted(widths, reverse=True):
        if width != image.width:
            image = shrunk(image, width)
        yield width, image


def shrunk(image: Any, width: int) -> Any:
    """The picture at this width, its height rounded to the nearest pixel; edges of alpha do not bleed."""
    height = max(1, round(image.height * width / image.width))
    with readable_errors():
        return image.thumbnail_image(width, height=height, size="force").copy_memory()
