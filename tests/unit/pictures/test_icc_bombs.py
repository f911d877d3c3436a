"""Profiles that lie, loop or swell: the picture is made or refused with a reason, and its neighbour is made."""

import zlib
from contextlib import suppress

import pytest
import pyvips
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imaging import PictureFailed, RenditionSpec, make_renditions
from slugline.picture_settings import PictureLimits

SPEC = RenditionSpec(widths=(64,), formats={"jpeg": {"Q": 90}}, crops=(), limits=PictureLimits(seconds=20))
RED = (200, 40, 40)
SRGB = bytes(pyvips.Operation.call("profile_load", "srgb"))
P3 = bytes(pyvips.Operation.call("profile_load", "p3"))
CMYK = bytes(pyvips.Operation.call("profile_load", "cmyk"))
TAGS = 128


def jpeg(profile: bytes) -> bytes:
    image = (pyvips.Image.black(64, 48, bands=3) + list(RED)).cast("uchar").copy(interpretation="srgb")
    image.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)
    return bytes(image.jpegsave_buffer(Q=95))


def png_with_iccp(packed: bytes) -> bytes:
    image = (pyvips.Image.black(64, 48, bands=3) + list(RED)).cast("uchar").copy(interpretation="srgb")
    whole = bytes(image.pngsave_buffer(keep="none"))
    chunk = b"iCCP" + b"bomb\0\0" + packed
    return whole[:33] + (len(chunk) - 4).to_bytes(4) + chunk + zlib.crc32(chunk).to_bytes(4) + whole[33:]


def patched(profile: bytes, at: int, value: bytes) -> bytes:
    return profile[:at] + value + profile[at + len(value) :]


def tag_offsets(profile: bytes) -> list[int]:
    """Where each entry of the table of tags is."""
    count = int.from_bytes(profile[TAGS : TAGS + 4])
    return [TAGS + 4 + 12 * number for number in range(count)]


def every_tag_at(profile: bytes, offset: int, size: int) -> bytes:
    for entry in tag_offsets(profile):
        profile = patched(profile, entry + 4, offset.to_bytes(4) + size.to_bytes(4))
    return profile


BOMBS = {
    "empty": b"",
    "one byte": b"\0",
    "no profile at all": b"not a profile" * 100,
    "cut in the head": P3[:100],
    "cut in the table of tags": P3[: TAGS + 10],
    "cut in the tags": P3[: len(P3) // 2],
    "four billion tags": patched(P3, TAGS, b"\xff\xff\xff\xff"),
    "every tag is the table of tags": every_tag_at(P3, TAGS, len(P3) - TAGS),
    "every tag is the whole profile": every_tag_at(P3, 0, len(P3)),
    "every tag ends behind the profile": every_tag_at(P3, len(P3) - 4, 0xFFFFFFF0),
    "a size of four gigabytes": patched(P3, 0, b"\xff\xff\xff\xff"),
    "a curve of two billion points": P3.replace(b"curv" + bytes(4), b"curv" + bytes(4) + b"\x7f\xff\xff\xff", 1),
    "a parametric curve of no known kind": P3.replace(b"para" + bytes(4), b"para" + bytes(4) + b"\xff\xff", 1),
    "eight megabytes of zeros behind it": P3 + bytes(8_000_000),
    "inks for a picture of light": CMYK,
}


def neighbour_is_made() -> bool:
    return len(make_renditions(jpeg(SRGB), SPEC).files) == 1


@pytest.mark.parametrize("name", BOMBS)
def test_a_broken_profile_costs_no_more_than_its_picture(name: str) -> None:
    with suppress(PictureFailed):
        (file,) = make_renditions(jpeg(BOMBS[name]), SPEC).files
        # And what is made is in sRGB as all are, without the profile
        assert pyvips.Image.new_from_buffer(file.data, "").get("icc-profile-data") == SRGB
    assert neighbour_is_made()


@pytest.mark.parametrize("name", ["no profile at all", "cut in the head", "empty", "inks for a picture of light"])
def test_a_picture_whose_profile_is_none_is_shown_as_if_it_had_none(name: str) -> None:
    (file,) = make_renditions(jpeg(BOMBS[name]), SPEC).files
    image = pyvips.Image.new_from_buffer(file.data, "")
    assert list(image(30, 20)) == pytest.approx(list(RED), abs=8)


def test_a_profile_that_swells_from_a_few_kilobytes_is_not_unpacked_without_end() -> None:
    # Given 200 MB of zeros in 200 kB
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1_000_000)) for _ in range(200)) + packer.flush()
    # Then at most the picture is lost
    with suppress(PictureFailed):
        make_renditions(png_with_iccp(packed), SPEC)
    assert neighbour_is_made()


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(changes=st.lists(st.tuples(st.integers(0, len(P3) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_a_damaged_profile_is_never_more_than_a_failed_picture(changes: list[tuple[int, int]]) -> None:
    profile = bytearray(P3)
    for at, value in changes:
        profile[at] = value
    with suppress(PictureFailed):
        assert make_renditions(jpeg(bytes(profile)), SPEC).files
