"""One decode of the original into the largest picture that any rendition needs."""

import re
from typing import Any

import pyvips

from pixels import heic
from pixels.png_gamma import corrected, gamma_of
from pixels.vips import SRGB, readable_errors, threads

ANY_HEIGHT = 10_000_000
JPEG_SHRINKS = (8, 4, 2)
QUARTER_TURNS = range(5, 9)
SRGB_NAMES = re.compile(rb"sRGB(?:[ _]IEC61966| built-in|2014| v4 ICC| v1\.31|text|mluc|desc|XYZ |curv|para|sf32)")
"""Of the usual profiles, NULs left out: sRGB in full, or the word alone before the next tag. "sRGB linear" is none."""


def decoded(data: bytes, header: Any, width: int, cores: int) -> Any:
    """The upright sRGB picture in memory, at most `width` wide and never enlarged; 3 bands, or 4 with alpha.

    JPEG is shrunk while it is decoded, and resized on another core if there is one: nothing else can be done yet.
    A truncated file is an error: half a photo is no photo.
    """
    with readable_errors(), threads(cores):
        image = heic.opened(data) if heic.is_hevc(header) else opened(data, shrink(header, width))
        if header.get("vips-loader").startswith("pngload") and (gamma := gamma_of(data)):
            image = corrected(image, gamma)
        return in_srgb(image.thumbnail_image(width, height=ANY_HEIGHT, size="down")).copy_memory()


def opened(data: bytes, options: dict[str, int]) -> Any:
    # Not thumbnail_buffer: libvips 8.18 forgets fail_on there and shows the missing half in grey.
    return pyvips.Image.new_from_buffer(data, "", access="sequential", fail_on="error", **options)


def shrink(header: Any, width: int) -> dict[str, int]:
    """The loader's option to decode at 1/8, 1/4 or 1/2, as long as that is not smaller than what is needed."""
    if not header.get("vips-loader").startswith("jpegload"):
        return {}
    fitting = [factor for factor in JPEG_SHRINKS if upright_width(header) >= width * factor]
    return {"shrink": fitting[0]} if fitting else {}


def upright_width(header: Any) -> int:
    """The width after orientation is applied."""
    turned = header.get_typeof("orientation") and header.get("orientation") in QUARTER_TURNS
    return int(header.height if turned else header.width)


def in_srgb(image: Any) -> Any:
    """8 bits of sRGB. The file's profile decides; without one the file is what its format says, as in any browser.

    A picture that says it is sRGB is believed: converting it changes nothing and costs as much as an AVIF.
    """
    if image.get_typeof(heic.PROFILE) and not is_srgb(image.get(heic.PROFILE)):
        # Without a usable profile libvips falls back to what the number of bands suggests.
        image = image.icc_transform("srgb", embedded=True, intent="perceptual")
    image = image.colourspace("srgb")
    return image.cast("uchar", shift=image.format == "ushort")


def is_srgb(profile: bytes) -> bool:
    return profile == SRGB or bool(SRGB_NAMES.search(profile.replace(b"\0", b"")))
