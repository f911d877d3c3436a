"""HEIC pixels: libvips' wheel reads the header but has no HEVC decoder; pi-heif has."""

from typing import Any

import pyvips

from pixels.refused import Refused

MODES = {"RGB": (3, "uchar"), "RGBA": (4, "uchar"), "L": (1, "uchar")}
PROFILE = "icc-profile-data"


def is_hevc(header: Any) -> bool:
    return bool(header.get_typeof("heif-compression")) and header.get("heif-compression") == "hevc"


def opened(data: bytes) -> Any:
    """The upright picture (libheif obeys the file's own rotation), 8 bits a channel, its profile attached."""
    import pi_heif  # noqa: PLC0415 - 50 ms with Pillow, which other pictures do not pay

    try:
        heif = pi_heif.open_heif(data, convert_hdr_to_8bit=True)
        bands, format_ = MODES[heif.mode]
        # libheif pads its rows.
        rows = pyvips.Image.new_from_memory(bytes(heif.data), heif.stride, heif.size[1], 1, format_)
    except (ValueError, OSError, KeyError, RuntimeError, EOFError, SyntaxError) as error:
        raise Refused(f"The picture cannot be decoded: {error}.") from error
    image = unpadded(rows, heif.size, bands)
    profile = heif.info.get("icc_profile")
    if profile:
        image.set_type(pyvips.GValue.blob_type, PROFILE, profile)
    return image


def unpadded(rows: Any, size: tuple[int, int], bands: int) -> Any:
    width, _ = size
    interleaved = rows.crop(0, 0, width * bands, rows.height).write_to_memory()
    image = pyvips.Image.new_from_memory(interleaved, width, rows.height, bands, "uchar")
    return image.copy(interpretation="srgb" if bands >= 3 else "b-w")  # noqa: PLR2004 - red, green and blue
