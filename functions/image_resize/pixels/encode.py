"""One file of one picture. Quality settings come with the job; metadata is ours, never the original's."""

from typing import Any

import pyvips

from pixels.vips import readable_errors

WHITE = [255, 255, 255]
BANDS_WITH_ALPHA = 4


def encoded(image: Any, format_name: str, settings: dict[str, int], *, bare: bool = False) -> bytes:
    """The picture as `jpeg`, `webp` or `avif`, `bare` without metadata; transparency is white where it cannot be."""
    if format_name == "jpeg" and image.bands == BANDS_WITH_ALPHA:
        image = image.flatten(background=WHITE)
    suffix, fixed = FIXED[format_name]
    with readable_errors():
        return bytes(image.write_to_buffer(suffix, keep=0 if bare else KEPT, **fixed, **settings))


def holds(format_name: str, width: int, height: int) -> bool:
    """Whether a file of the format can be as large as that."""
    return max(width, height) <= LONGEST[format_name]


LONGEST = {"jpeg": 65_500, "webp": 16_383, "avif": 16_384}
"""Pixels on a side: libjpeg's JPEG_MAX_DIMENSION, 14 bits of a WebP, libvips' for AVIF. A long infographic has more."""
# Only the blocks that `labelled` put there are left: the original's thumbnail, GPS and maker notes never get here.
KEEP = pyvips.enums.ForeignKeep
KEPT = KEEP.EXIF | KEEP.XMP | KEEP.IPTC | KEEP.ICC
FIXED: dict[str, tuple[str, dict[str, Any]]] = {
    "jpeg": (".jpg", {"optimize_coding": True, "interlace": False}),
    "webp": (".webp", {}),
    "avif": (".avif", {"compression": "av1"}),
}
