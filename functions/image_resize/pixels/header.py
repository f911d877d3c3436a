"""What the header says, checked before a pixel is decoded: libvips itself has no cap."""

from typing import Any

import pyvips

from pixels.animation import frames, is_animated
from pixels.refused import Refused
from pixels.vips import readable_errors


def checked_header(data: bytes, limits: dict[str, int]) -> Any:
    """The opened picture, nothing decoded yet. Raises Refused when it is over a limit."""
    with readable_errors():
        header = pyvips.Image.new_from_buffer(data, "", access="sequential")
    pixels = header.width * header.height * (frames(header) if is_animated(header) else 1)
    measured = {"sides": max(header.width, header.height), "pixels": pixels, "frames": frames(header)}
    for name, value in measured.items():
        if value > limits[name]:
            raise Refused(f"The picture has {value:,} {UNITS[name]}; the limit is {limits[name]:,}.")
    shorter, longer = sorted((header.width, header.height))
    if longer > MOST_RATIO * shorter:
        raise Refused(f"The picture is {header.width:,} x {header.height:,}: a line, of which nobody sees anything.")
    return header


MOST_RATIO = 100
"""Longer side to shorter: narrower ones have no row or column left in a thumbnail."""
UNITS = {"sides": "pixels on its longer side", "pixels": "pixels in all", "frames": "frames"}
