"""Animated GIF and WebP."""

import pytest
import pyvips

from imaging import RenditionSpec, make_renditions

FRAMES = 5
SPEC = RenditionSpec(crops=())


def animation(saver: str) -> bytes:
    strip = pyvips.Image.gaussnoise(400, 300 * FRAMES, mean=128, sigma=60).cast("uchar").bandjoin([0, 0])
    strip = strip.cast("uchar").copy(interpretation="srgb")
    strip.set_type(pyvips.GValue.gint_type, "page-height", 300)
    strip.set_type(pyvips.GValue.array_int_type, "delay", [40, 80, 120, 160, 200])
    return bytes(strip.webpsave_buffer() if saver == "webp" else strip.gifsave_buffer())


@pytest.mark.parametrize("saver", ["gif", "webp"])
def test_an_animation_stays_one_as_webp_with_its_timing(saver: str) -> None:
    files = make_renditions(animation(saver), SPEC).files
    for file in (file for file in files if file.content_type == "image/webp"):
        image = pyvips.Image.new_from_buffer(file.data, "", n=-1)
        assert image.get("n-pages") == FRAMES
        assert image.get("delay") == [40, 80, 120, 160, 200]
        assert (image.width, image.get("page-height")) == (file.width, file.height)
    assert {(file.width, file.height) for file in files} == {(320, 240), (400, 300)}


def test_an_animation_has_a_still_for_those_who_cannot_play_it_and_no_avif_to_be_preferred() -> None:
    types = {file.content_type for file in make_renditions(animation("gif"), SPEC).files}
    assert types == {"image/webp", "image/jpeg"}


def test_a_desk_may_want_the_first_frame_only() -> None:
    files = make_renditions(animation("gif"), SPEC.model_copy(update={"keep_animation": False})).files
    assert {file.content_type for file in files} == {"image/avif", "image/jpeg"}
    for file in files:
        assert pyvips.Image.new_from_buffer(file.data, "").height == file.height
