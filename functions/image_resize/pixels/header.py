"""What the header says, checked before a pixel is decoded: libvips itself has no cap."""

from typing import Any

import pyvips

from pixels.refused import Refused
from pixels.vips import readable_errors


def checked_header(data: bytes, limits: dict[str, int]) -> Any:
    """The opened picture, nothing decoded yet. Raises Refused when it is over a limit."""
    with readable_errors():
        header = pyvips.Image.new_from_buffer(data, "", access="sequential")
    frames = header.get("n-pages") if "n-pages" in header.get_fields() else 1
    measured = {"sides": max(header.width, header.height), "pixels": header.width * header.height, "frames": frames}
    for name, value in measured.items():
        if value > limits[name]:
            raise Refused(f"The picture has {value:,} {UNITS[name]}; the limit is {limits[name]:,}.")
    return header


UNITS = {"sides": "pixels on its longer side", "pixels": "pixels", "frames": "frames"}
