"""The metadata every rendition carries: the blocks that the job brings, in place of all that the original had."""

from base64 import b64decode
from typing import Any

import pyvips

from pixels.vips import SRGB

PROFILE = "icc-profile-data"
GENERATED = ("width", "height", "bands", "format", "coding", "interpretation", "xoffset", "yoffset", "xres", "yres")


def labelled(image: Any, blocks: dict[str, str], exif: dict[str, str], *, keep: tuple[str, ...] = ()) -> Any:
    """A copy with nothing but the sRGB profile, `blocks` (base64, by libvips' names), the Exif texts, and `keep`."""
    clean = stripped(image, keep)
    clean.set_type(pyvips.GValue.blob_type, PROFILE, SRGB)
    for name, data in blocks.items():
        clean.set_type(pyvips.GValue.blob_type, name, b64decode(data))
    for name, text in exif.items():
        clean.set_type(pyvips.GValue.gstr_type, f"exif-ifd0-{name}", text)
    return clean


def stripped(image: Any, keep: tuple[str, ...]) -> Any:
    """A copy without the metadata that the original brought."""
    clean = image.copy()
    try:
        names = clean.get_fields()
    except UnicodeDecodeError:  # a PNG's keywords are Latin-1, which pyvips does not expect: the pixels alone are kept
        size = image.width, image.height, image.bands, image.format
        return pyvips.Image.new_from_memory(image.write_to_memory(), *size).copy(interpretation=image.interpretation)
    for name in names:
        if name not in GENERATED + keep:
            clean.remove(name)
    return clean
