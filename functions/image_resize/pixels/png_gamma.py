"""What a PNG without a profile says of its tones: the gAMA chunk (W3C PNG, third edition, 11.3.2.2).

Browsers obey it, libvips does not read it. Primaries (cHRM) are taken for sRGB's: files with others have a profile.
"""

from collections.abc import Iterator
from typing import Any

import pyvips

SIGNATURE_BYTES = 8
UNIT = 100_000
DECIDING = {b"cICP", b"iCCP", b"sRGB"}
"""Chunks that win over gAMA."""
SANE = range(UNIT // 10, 10 * UNIT)
NEARLY = 0.05
"""How far from 1/2.2 a gamma may be to be meant as sRGB; libpng's threshold (PNG_GAMMA_THRESHOLD)."""


def gamma_of(data: bytes) -> float | None:
    """The gamma of the samples, None where it is sRGB's or not to be obeyed."""
    found = dict(chunks(data))
    if DECIDING & found.keys() or b"gAMA" not in found:
        return None
    gamma = int.from_bytes(found[b"gAMA"])
    return gamma / UNIT if gamma in SANE and abs(2.2 * gamma / UNIT - 1) > NEARLY else None


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of those before the pixels."""
    at = SIGNATURE_BYTES
    while at + 8 <= len(data) and (kind := data[at + 4 : at + 8]) != b"IDAT":
        size = int.from_bytes(data[at : at + 4])
        yield kind, data[at + 8 : at + 8 + size]
        at += 12 + size


def corrected(image: Any, gamma: float) -> Any:
    """The picture with sRGB's tones; 8 or 16 bits, with or without alpha, which has none."""
    most = 65_535 if image.format == "ushort" else 255
    light = (pyvips.Image.identity(ushort=most > 255, size=most + 1) / most) ** (1 / gamma)  # noqa: PLR2004 - of a byte
    tones = (light <= 0.0031308).ifthenelse(12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)  # noqa: PLR2004 - IEC 61966-2-1
    table = (tones * most).rint().cast(image.format)
    if not image.hasalpha():
        return image.maplut(table)
    return image[:-1].maplut(table).bandjoin(image[-1]).copy(interpretation=image.interpretation)
