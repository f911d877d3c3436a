"""Animated GIF and WebP."""

from zlib import crc32

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


def test_a_transparent_animation_stays_transparent_and_its_still_is_on_white() -> None:
    clear = pyvips.Image.black(400, 300 * FRAMES, bands=4).copy(interpretation="srgb")
    # A dot for each frame, as equal frames become one
    for frame in range(FRAMES):
        clear = clear.draw_rect([255, 0, 0, 255], 10 + 20 * frame, 300 * frame + 10, 10, 10, fill=True)
    clear = clear.copy()
    clear.set_type(pyvips.GValue.gint_type, "page-height", 300)
    for data in (bytes(clear.webpsave_buffer(lossless=True)), bytes(clear.gifsave_buffer())):
        for file in make_renditions(data, SPEC).files:
            image = pyvips.Image.new_from_buffer(
                file.data, "", **({"n": -1} if file.content_type == "image/webp" else {})
            )
            corner = image(file.width - 5, file.height - 5)
            assert corner[:3] == [255, 255, 255] if file.content_type == "image/jpeg" else corner[3] == 0


def test_how_often_an_animation_plays_is_kept() -> None:
    strip = pyvips.Image.new_from_buffer(animation("gif"), "", n=-1).copy()
    strip.set_type(pyvips.GValue.gint_type, "loop", 3)
    (moving, *_) = (
        file for file in make_renditions(bytes(strip.gifsave_buffer()), SPEC).files if file.content_type == "image/webp"
    )
    assert pyvips.Image.new_from_buffer(moving.data, "", n=-1).get("loop") == 3


def test_an_animated_png_is_the_picture_that_it_is_to_those_who_cannot_play_it() -> None:
    still = bytes(pyvips.Image.gaussnoise(90, 60, mean=128).cast("uchar").pngsave_buffer())
    chunk = b"acTL" + (40_000).to_bytes(4) + bytes(4)
    moving = still[:33] + (8).to_bytes(4) + chunk + crc32(chunk).to_bytes(4) + still[33:]
    assert {file.content_type for file in make_renditions(moving, SPEC).files} == {"image/avif", "image/jpeg"}
