"""Whatever colours the original is made of, readers get them in sRGB, as they were meant."""

from collections.abc import Callable
from pathlib import Path

import pytest
import pyvips

from imaging import RenditionFile, RenditionSpec, make_renditions
from imaging.spec import FORMATS

SPEC = RenditionSpec(crops=(), formats=FORMATS)
RED = (200, 40, 40)


def plain(colour: tuple[int, ...] = RED) -> pyvips.Image:
    image = pyvips.Image.black(64, 48, bands=len(colour)) + list(colour)
    return image.cast("uchar").copy(interpretation="srgb")


def in_profile(name: str) -> pyvips.Image:
    """The red, converted into another space and tagged with its profile."""
    return plain().icc_transform(name, input_profile="srgb", embedded=False)


ORIGINALS: dict[str, Callable[[], bytes]] = {
    "untagged JPEG": lambda: bytes(plain().jpegsave_buffer(Q=95, keep="none")),
    "Display P3 JPEG": lambda: bytes(in_profile("p3").jpegsave_buffer(Q=95)),
    "CMYK JPEG": lambda: bytes(in_profile("cmyk").jpegsave_buffer(Q=95)),
    "CMYK TIFF": lambda: bytes(in_profile("cmyk").tiffsave_buffer()),
    "16-bit PNG": lambda: bytes(
        (plain().cast("ushort") * 257).cast("ushort").copy(interpretation="rgb16").pngsave_buffer()
    ),
    "16-bit TIFF": lambda: bytes(
        (plain().cast("ushort") * 257).cast("ushort").copy(interpretation="rgb16").tiffsave_buffer()
    ),
    "palette PNG": lambda: bytes(plain().pngsave_buffer(palette=True)),
    "opaque RGBA PNG": lambda: bytes(plain((*RED, 255)).pngsave_buffer()),
    "GIF": lambda: bytes(plain().gifsave_buffer()),
    "WebP": lambda: bytes(plain().webpsave_buffer(lossless=True)),
    "AVIF": lambda: bytes(plain().heifsave_buffer(compression="av1", Q=90)),
    "10-bit AVIF": lambda: bytes(plain().heifsave_buffer(compression="av1", Q=90, bitdepth=10)),
}


def middle(file: RenditionFile) -> list[float]:
    image = pyvips.Image.new_from_buffer(file.data, "")
    return list(image(image.width // 2, image.height // 2)[:3])


@pytest.mark.parametrize("name", ORIGINALS)
def test_the_colour_is_kept_in_every_format(name: str) -> None:
    for file in make_renditions(ORIGINALS[name](), SPEC).files:
        assert middle(file) == pytest.approx(list(RED), abs=8)


@pytest.mark.parametrize("bits", [8, 16])
def test_greyscale_stays_grey(bits: int) -> None:
    grey = (pyvips.Image.black(64, 48) + 100).cast("uchar").copy(interpretation="b-w")
    if bits == 16:
        grey = (grey.cast("ushort") * 257).cast("ushort").copy(interpretation="grey16")
    for file in make_renditions(bytes(grey.pngsave_buffer()), SPEC).files:
        assert middle(file) == pytest.approx([100, 100, 100], abs=3)


def test_every_rendition_says_that_it_is_srgb() -> None:
    for file in make_renditions(ORIGINALS["Display P3 JPEG"](), SPEC).files:
        profile = pyvips.Image.new_from_buffer(file.data, "").get("icc-profile-data")
        assert b"sRGB" in profile or b"s\0R\0G\0B" in profile


def test_heic_is_decoded(heic_photo: bytes, own_photo: bytes) -> None:
    # Given the same photo as HEIC and as JPEG
    originals = (heic_photo, own_photo)
    spec = RenditionSpec(widths=(320,), formats={"jpeg": {"Q": 90}}, crops=())
    # When both are made
    heic, jpeg = (pyvips.Image.new_from_buffer(make_renditions(data, spec).files[0].data, "") for data in originals)
    # Then they look the same
    same_size = heic.thumbnail_image(jpeg.width, height=jpeg.height, size="force")
    assert (same_size - jpeg).abs().avg() < 6


def icc_tag(kind: bytes, *numbers: float) -> bytes:
    return kind + bytes(4) + b"".join(round(number * 65_536).to_bytes(4, signed=True) for number in numbers)


def adobe_rgb() -> bytes:
    """A profile (ICC.1:2001-04) with the primaries and the gamma, 563/256, of Adobe RGB (1998)."""
    gamma = b"curv" + bytes(4) + (1).to_bytes(4) + (563).to_bytes(2) + bytes(2)
    tags = {
        b"desc": b"desc" + bytes(4) + (10).to_bytes(4) + b"Adobe RGB\0" + bytes(78),
        b"cprt": b"text" + bytes(4) + b"none\0",
        b"wtpt": icc_tag(b"XYZ ", 0.9505, 1.0, 1.0891),
        b"rXYZ": icc_tag(b"XYZ ", 0.60974, 0.31111, 0.01947),
        b"gXYZ": icc_tag(b"XYZ ", 0.20528, 0.62567, 0.06087),
        b"bXYZ": icc_tag(b"XYZ ", 0.14919, 0.06322, 0.74457),
        b"rTRC": gamma,
        b"gTRC": gamma,
        b"bTRC": gamma,
    }
    table, data = len(tags).to_bytes(4), b""
    start = 128 + 4 + 12 * len(tags)
    for name, tag in tags.items():
        padded = tag + bytes(-len(tag) % 4)
        table += name + (start + len(data)).to_bytes(4) + len(tag).to_bytes(4)
        data += padded
    white = icc_tag(b"", 0.9642, 1.0, 0.8249)[4:]
    head = bytes(8) + b"\x02\x10\0\0mntrRGB XYZ " + bytes(12) + b"acsp" + bytes(28) + white + bytes(48)
    return (start + len(data)).to_bytes(4) + head[4:] + table + data


def test_adobe_rgb_is_converted(tmp_path: Path) -> None:
    # Given the red in Adobe RGB, where it has other numbers
    profile = tmp_path / "adobe.icc"
    profile.write_bytes(adobe_rgb())
    image = plain().icc_transform(str(profile), input_profile="srgb", embedded=False)
    assert image(5, 5) != pytest.approx(list(RED), abs=8)
    # When it is made
    files = make_renditions(bytes(image.jpegsave_buffer(Q=95)), SPEC).files
    # Then it is the red that it was
    for file in files:
        assert middle(file) == pytest.approx(list(RED), abs=8)
