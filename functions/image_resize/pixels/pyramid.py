"""The sizes of a picture, each shrunk from the next larger one."""

from typing import Any

import pyvips

from pixels.vips import readable_errors


def widths_for(wanted: list[int], width: int) -> list[int]:
    """The wanted widths up to the picture's, smallest first, and the picture's own when the steps go on beyond it."""
    fitting = {step for step in wanted if step <= width}
    if any(step > width for step in wanted):
        fitting.add(width)
    return sorted(fitting)


def pyramid(image: Any, widths: list[int]) -> dict[int, Any]:
    """The picture at each width, in memory. `image` is at least as wide as the widest."""
    levels: dict[int, Any] = {}
    with readable_errors():
        for width in sorted(widths, reverse=True):
            if width != image.width:
                image = shrunk(image, width)
            levels[width] = image
    return levels


def shrunk(image: Any, width: int) -> Any:
    """The picture at this width, its height rounded to the nearest pixel; edges of alpha do not bleed."""
    height = max(1, round(image.height * width / image.width))
    smaller: Any = pyvips.Image.thumbnail_image(image, width, height=height, size="force")
    return smaller.copy_memory()
