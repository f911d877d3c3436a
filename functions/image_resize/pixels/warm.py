"""What a worker does while it waits for its picture."""

import pyvips

from pixels.decode import decoded
from pixels.encode import encoded
from pixels.header import checked_header
from pixels.label import labelled
from pixels.placeholder import placeholder

SIDE = 64
LIMITS = {"sides": SIDE, "pixels": SIDE * SIDE, "frames": 1}
USUAL = {"avif": {"Q": 61, "effort": 1}, "jpeg": {"Q": 77}}


def warm() -> None:
    """Makes a picture of one tile, so that the codecs have their tables and we our pages when a real one comes.

    That is 5 ms of a picture, which its story need not wait for (`bench/images.py`).
    """
    tile = bytes(pyvips.Image.black(SIDE, SIDE, bands=3).copy(interpretation="srgb").jpegsave_buffer())
    image = labelled(decoded(tile, checked_header(tile, LIMITS), SIDE // 2, 1), {}, {})
    placeholder(image)
    for name, settings in USUAL.items():
        encoded(image, name, settings)
