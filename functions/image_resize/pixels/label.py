"""The metadata every rendition carries: the blocks that the job brings, in place of all that the original had."""

from base64 import b64decode
from typing import Any

import pyvips

from pixels.vips import SRGB

PROFILE = "icc-profile-data"
GENERATED = ("width", "height", "bands", "format", "coding", "interpretation", "xoffset", "yoffset", "xres", "yres")


def labelled(image: Any, blocks: dict[str, str], exif: dict[str, str], *, keep: tuple[str, ...] = ()) -> Any:
    """A copy with nothing but the sRGB profile, `blocks` (base64, by libvips' names), the Exif texts, and `keep`."""
    clean = image.copy()
    for name in clean.get_fields():
        if name not in GENERATED + keep:
            clean.remove(name)
    clean.set_type(pyvips.GValue.blob_type, PROFILE, SRGB)
    for name, data in blocks.items():
        clean.set_type(pyvips.GValue.blob_type, name, b64decode(data))
    for name, text in exif.items():
        clean.set_type(pyvips.GValue.gstr_type, f"exif-ifd0-{name}", text)
    return clean
