"""Whatever is dropped, the picture fails with a reason and its neighbour is made."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import pyvips
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from decoder import DECODER, environment
from imaging import PictureFailed, RenditionSpec, make_renditions
from slugline.photo_metadata import BadPhoto, image_from
from slugline.picture_settings import Crop
from slugline.story import Image

SMALL = RenditionSpec(
    widths=(64,), formats={"jpeg": {"Q": 75}}, crops=(Crop(name="9x16", ratio=(9, 16), widths=(48,)),)
)
CORPUS = os.environ.get("SLUGLINE_PICTURE_CORPUS")
"""A folder of pictures, such as libvips' and Pillow's test images with their hostile ones."""


def noise() -> pyvips.Image:
    bands = [pyvips.Image.gaussnoise(96, 64, mean=128, sigma=40, seed=seed) for seed in range(3)]
    return bands[0].bandjoin(bands[1:]).cast("uchar").copy(interpretation="srgb")


ORIGINALS = {
    "jpeg": bytes(noise().jpegsave_buffer()),
    "progressive jpeg": bytes(noise().jpegsave_buffer(interlace=True)),
    "png": bytes(noise().pngsave_buffer()),
    "webp": bytes(noise().webpsave_buffer()),
    "gif": bytes(noise().gifsave_buffer()),
    "tiff": bytes(noise().tiffsave_buffer(compression="lzw")),
    "avif": bytes(noise().heifsave_buffer(compression="av1")),
}


def neighbour_is_made() -> bool:
    return len(make_renditions(ORIGINALS["jpeg"], SMALL).files) == 2


@contextmanager
def failing_with_a_reason() -> Iterator[None]:
    """A picture may fail, but not because our own code has no answer to it."""
    try:
        yield
    except PictureFailed as failure:
        if "made the decoder give up" in failure.reason:
            raise


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(
    name=st.sampled_from(sorted(ORIGINALS)),
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=8),
    kept=st.floats(0.2, 1),
)
def test_damage_is_never_more_than_a_failed_picture(name: str, changes: list[tuple[float, int]], kept: float) -> None:
    data = bytearray(ORIGINALS[name][: int(len(ORIGINALS[name]) * kept)])
    for place, value in changes:
        data[int(place * len(data))] = value
    with failing_with_a_reason():
        assert make_renditions(bytes(data), SMALL).files


def test_a_decoder_that_crashes_costs_one_picture() -> None:
    # Given a decoder that is killed from outside, as the kernel does when memory is short
    os.kill(DECODER.start().pid, signal.SIGKILL)
    # Then at most the picture at hand is lost
    with suppress(PictureFailed):
        make_renditions(ORIGINALS["png"], SMALL)
    assert neighbour_is_made()


def test_an_svg_is_not_drawn_even_when_it_calls_itself_a_photo() -> None:
    svg = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'
    with pytest.raises(PictureFailed, match="cannot be decoded"):
        make_renditions(svg)


def test_an_error_that_quotes_what_is_no_text_is_a_reason_too() -> None:
    # Given a message as pyvips gets it from libvips about a damaged profile, in a process like the decoder's
    program = """
from pixels.refused import Refused
from pixels.vips import readable_errors
try:
    with readable_errors():
        b"VipsIcc: Unknown curve type 'p\\xaera'\\nand more".decode()
except Refused as refused:
    print(refused)
"""
    told = subprocess.run([sys.executable, "-c", program], env=environment(), check=True, capture_output=True).stdout  # noqa: S603 - ours
    assert (
        told.decode() == "The picture cannot be decoded: VipsIcc: Unknown curve type 'p\N{REPLACEMENT CHARACTER}ra'.\n"
    )


def test_a_tiff_of_many_pages_is_counted_before_it_is_read() -> None:
    page = pyvips.Image.black(16, 16 * 60, bands=3).copy(interpretation="srgb")
    page.set_type(pyvips.GValue.gint_type, "page-height", 16)
    with pytest.raises(PictureFailed, match="60 frames"):
        make_renditions(bytes(page.tiffsave_buffer()))


def corpus() -> Iterator[Path]:
    if CORPUS:
        yield from sorted(path for path in Path(CORPUS).rglob("*") if path.is_file())


@pytest.mark.skipif(  # in CI too, so not `lacking`: 5,454 files of four public repositories, not committed, in minutes
    not CORPUS, reason="SLUGLINE_PICTURE_CORPUS names no folder; own hostile pictures are tested above"
)
@pytest.mark.parametrize("path", list(corpus()), ids=lambda path: path.name)
def test_no_picture_of_the_corpus_costs_its_neighbour(path: Path) -> None:
    data, labels = path.read_bytes(), Image(id="1")
    with suppress(BadPhoto):
        labels = image_from(data, image_id="1", file=path.name)
    with failing_with_a_reason():
        assert make_renditions(data, SMALL, labels).files
    assert neighbour_is_made()
