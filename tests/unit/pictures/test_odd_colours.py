"""Colours said in odd ways, and transparency where there can be none."""

from zlib import crc32

import pytest
import pyvips
from tests.support.photo_files import segment, xmp_with

from imaging import RenditionFile, RenditionSpec, make_renditions
from imaging.spec import FORMATS
from slugline.photo_metadata import image_from, read_photo

SPEC = RenditionSpec(crops=(), formats=FORMATS)
RED = (200, 40, 40)
CREDITED = xmp_with("", 'photoshop:Credit="Jane Roe"')
ADOBE = b"\xff\xee\x00\x0eAdobe"
LINEAR, SRGB_GAMMA = 100_000, 45_455
"""Of a PNG's gAMA chunk: 1, and 1/2.2."""


def plain(*colour: float) -> pyvips.Image:
    image = pyvips.Image.black(64, 48, bands=len(colour)) + list(colour)
    return image.cast("uchar").copy(interpretation="b-w" if len(colour) <= 2 else "srgb")


def middle(file: RenditionFile) -> list[float]:
    image = pyvips.Image.new_from_buffer(file.data, "")
    return list(image(image.width // 2, image.height // 2))


def colour_of(data: bytes) -> list[float]:
    """Of the largest JPEG."""
    files = [file for file in make_renditions(data, SPEC).files if file.content_type == "image/jpeg"]
    return middle(files[-1])


def png_with(*chunks: tuple[bytes, bytes], image: pyvips.Image | None = None) -> bytes:
    """A PNG with these chunks behind its header."""
    whole = bytes((image or plain(*RED)).pngsave_buffer(keep="none"))
    extra = b"".join(len(data).to_bytes(4) + kind + data + crc32(kind + data).to_bytes(4) for kind, data in chunks)
    return whole[:33] + extra + whole[33:]


def cmyk(*inks: float) -> bytes:
    """A CMYK JPEG as Adobe's programs write it: inks inverted, and a marker that says so."""
    image = (pyvips.Image.black(64, 48, bands=4) + list(inks)).cast("uchar").copy(interpretation="cmyk")
    data = bytes(image.jpegsave_buffer(Q=100, keep="none", subsample_mode="off"))
    assert data.count(ADOBE) == 1
    return data


INKS = (30, 220, 220, 20)


def test_cmyk_inks_are_not_taken_for_their_inverse() -> None:
    red, green, blue = colour_of(cmyk(*INKS))
    assert red > 150
    assert green < 90
    assert blue < 90


def test_cmyk_without_adobes_marker_is_inverted_too_as_in_any_browser() -> None:
    data = cmyk(*INKS)
    start = data.index(ADOBE)
    assert colour_of(data[:start] + data[start + 16 :]) == pytest.approx(colour_of(data), abs=8)


def test_ycck_is_the_same_picture_as_cmyk() -> None:
    # Given the inks as luma and two colour differences, and a marker that says so
    cyan, magenta, yellow, black = INKS
    luma = 0.299 * cyan + 0.587 * magenta + 0.114 * yellow
    differences = 128 + (yellow - luma) / 1.772, 128 + (cyan - luma) / 1.402
    data = cmyk(255 - luma, *(255 - difference for difference in differences), black)
    transform = data.index(ADOBE) + 15
    assert data[transform] == 0
    ycck = data[:transform] + b"\x02" + data[transform + 1 :]
    # Then it is the red of the CMYK file
    assert colour_of(ycck) == pytest.approx(colour_of(cmyk(*INKS)), abs=8)


def test_an_rgb_jpeg_that_says_so_by_adobes_marker_is_not_taken_for_ycc() -> None:
    image = plain(*RED)
    ycc = bytes(image.jpegsave_buffer(Q=100, keep="none", subsample_mode="off"))
    marked = ycc[:2] + ADOBE + bytes([0, 100, 0, 0, 0, 0, 0]) + ycc[2:]
    # The components are luma and differences, but the marker, which counts, says red, green and blue
    luma, *_ = colour_of(marked)
    assert luma == pytest.approx(0.299 * 200 + 0.701 * 40, abs=3)


@pytest.mark.parametrize("alpha", [0, 128, 255])
@pytest.mark.parametrize("bits", [8, 16])
def test_half_transparent_red_is_pink_on_white_in_jpeg_and_as_it_was_elsewhere(alpha: int, bits: int) -> None:
    image = plain(*RED, alpha)
    if bits == 16:
        image = (image.cast("ushort") * 257).cast("ushort").copy(interpretation="rgb16")
    for file in make_renditions(bytes(image.pngsave_buffer()), SPEC).files:
        found = middle(file)
        if file.content_type == "image/jpeg":
            over_white = [255 + (value - 255) * alpha / 255 for value in RED]
            assert found == pytest.approx(over_white, abs=8)
        elif alpha == 255:
            assert found[:3] == pytest.approx(list(RED), abs=8)
        else:
            assert found[3] == pytest.approx(alpha, abs=3)


def test_grey_with_alpha_is_grey_on_white() -> None:
    data = bytes(plain(100, 128).pngsave_buffer())
    assert colour_of(data) == pytest.approx([178, 178, 178], abs=6)


def test_16_bits_of_cmyk_are_read() -> None:
    image = (pyvips.Image.black(64, 48, bands=4) + list(INKS)).cast("ushort") * 257
    data = bytes(image.cast("ushort").copy(interpretation="cmyk").tiffsave_buffer())
    red, green, _ = colour_of(data)
    assert red > 150 > green


def test_a_pngs_gamma_is_obeyed() -> None:
    # Given a PNG of linear light: 0.5 of it is 188 of sRGB
    data = png_with((b"gAMA", LINEAR.to_bytes(4)), image=plain(128, 128, 128))
    assert colour_of(data) == pytest.approx([188, 188, 188], abs=4)


def test_a_pngs_usual_gamma_changes_nothing() -> None:
    assert colour_of(png_with((b"gAMA", SRGB_GAMMA.to_bytes(4)))) == pytest.approx(list(RED), abs=4)


def test_srgb_wins_over_gamma_in_a_png() -> None:
    data = png_with((b"sRGB", b"\0"), (b"gAMA", LINEAR.to_bytes(4)))
    assert colour_of(data) == pytest.approx(list(RED), abs=4)


@pytest.mark.parametrize("gamma", [b"", b"\0\0\0\0", b"\xff\xff\xff\xff", b"\0\0\0\1", b"\0"])
def test_no_gamma_is_too_odd_to_make_the_picture(gamma: bytes) -> None:
    assert make_renditions(png_with((b"gAMA", gamma)), SPEC).files


def test_a_profile_that_only_has_srgb_in_its_name_is_obeyed() -> None:
    # Given a profile of linear light named after sRGB, as programs for 3D have it
    profile = matrix_profile(b"sRGB linear", gamma=1.0)
    image = plain(128, 128, 128).copy()
    image.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)
    assert colour_of(bytes(image.jpegsave_buffer(Q=100))) == pytest.approx([188, 188, 188], abs=6)


def matrix_profile(name: bytes, gamma: float) -> bytes:
    """A profile (ICC.1:2001-04) with sRGB's primaries."""
    described = b"desc" + bytes(4) + (len(name) + 1).to_bytes(4) + name + b"\0" + bytes(78)
    curve = b"curv" + bytes(4) + (1).to_bytes(4) + round(gamma * 256).to_bytes(2) + bytes(2)
    tags = {
        b"desc": described,
        b"cprt": b"text" + bytes(4) + b"none\0",
        b"wtpt": xyz(0.9642, 1.0, 0.8249),
        b"rXYZ": xyz(0.43607, 0.22249, 0.01392),
        b"gXYZ": xyz(0.38515, 0.71687, 0.09708),
        b"bXYZ": xyz(0.14307, 0.06061, 0.71410),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, data = len(tags).to_bytes(4), b""
    start = 128 + 4 + 12 * len(tags)
    for tag, value in tags.items():
        table += tag + (start + len(data)).to_bytes(4) + len(value).to_bytes(4)
        data += value + bytes(-len(value) % 4)
    head = bytes(4) + b"\x02\x10\0\0mntrRGB XYZ " + bytes(12) + b"acsp" + bytes(28) + xyz(0.9642, 1.0, 0.8249)[8:]
    return (start + len(data)).to_bytes(4) + head + bytes(48) + table + data


def xyz(*numbers: float) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(round(number * 65_536).to_bytes(4) for number in numbers)


def test_an_ultra_hdr_jpeg_is_shown_by_its_standard_picture_with_its_labels() -> None:
    # Given a JPEG with a gain map behind it, and our labels in front
    bright = plain(*RED).colourspace("scrgb") * 2
    ultra = bytes(bright.copy(interpretation="scrgb").uhdrsave_buffer())
    data = ultra[:2] + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + CREDITED) + ultra[2:]
    assert data.count(b"\xff\xd8\xff") == 2
    # Then every format has its colours, as a reader without such a screen sees them, and its credit
    standard = pyvips.Image.jpegload_buffer(data).icc_transform("srgb", embedded=True)
    image = image_from(data, image_id="1", file="a.jpg")
    assert image.credit == "Jane Roe"
    for file in make_renditions(data, SPEC, image).files:
        assert middle(file)[:3] == pytest.approx(standard(32, 24)[:3], abs=8)
        assert read_photo(file.data).metadata.credit == "Jane Roe"
        assert b"hdrgm" not in file.data
        assert b"MPF\0" not in file.data
