"""What the page gets of one picture."""

from hashlib import sha256
from pathlib import Path

import pytest
import pyvips

from imaging import MadePicture, PictureFailed, RenditionSpec, make_renditions, resize_file, stem_for
from imaging.spec import FORMATS
from slugline.photo_metadata import read_photo
from slugline.picture_settings import PictureLimits
from slugline.story import Image

LABELS = Image(
    id="1",
    headline="A farmhouse",
    caption="Ein Bauernhaus in der Dürre",
    credit="Jane Roe / Slugline",
    copyright="© Slugline",
    byline="Jane Roe",
)


WHOLE = RenditionSpec(crops=())
"""Without crops."""


def opened(data: bytes) -> pyvips.Image:
    return pyvips.Image.new_from_buffer(data, "")


def jpeg(width: int, height: int, **options: object) -> bytes:
    return bytes(pyvips.Image.black(width, height, bands=3).jpegsave_buffer(**options))


def sizes(picture: MadePicture) -> set[tuple[int, int]]:
    return {(file.width, file.height) for file in picture.files}


def test_widths_are_made_up_to_the_originals_own_and_never_enlarged(own_photo: bytes) -> None:
    # Given a photo of 1024 x 788
    # When it is made in widths up to 1920
    picture = make_renditions(own_photo, RenditionSpec(widths=(320, 640, 1280, 1920), crops=()))
    # Then there are the steps below it and its own size
    assert sizes(picture) == {(320, 246), (640, 492), (1024, 788)}


def test_heights_are_the_originals_to_the_nearest_pixel_at_every_width() -> None:
    # 427 rows, not the 426 that come of 853 rounded twice
    made = make_renditions(jpeg(1920, 1280), RenditionSpec(widths=(320, 640, 1280, 1920), crops=()))
    assert sizes(made) == {(320, 213), (640, 427), (1280, 853), (1920, 1280)}


def test_a_picture_smaller_than_the_smallest_step_is_kept_at_its_size() -> None:
    picture = make_renditions(jpeg(40, 30), WHOLE)
    assert sizes(picture) == {(40, 30)}


def test_the_stated_size_and_type_are_those_of_the_bytes(own_photo: bytes) -> None:
    loaders = {"image/jpeg": "jpegload_buffer", "image/webp": "webpload_buffer", "image/avif": "heifload_buffer"}
    for file in make_renditions(own_photo).files:
        image = opened(file.data)
        assert (image.width, image.height) == (file.width, file.height)
        assert image.get("vips-loader") == loaders[file.content_type]


def test_the_picture_is_still_the_same_picture(own_photo: bytes) -> None:
    original = opened(own_photo)
    for file in make_renditions(own_photo, WHOLE).files:
        expected = original.thumbnail_image(file.width, height=file.height, size="force")
        assert (opened(file.data)[:3] - expected).abs().avg() < 3


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_is_applied(orientation: int) -> None:
    # Given a picture that is red in its top left corner once it is upright
    upright = pyvips.Image.black(400, 300, bands=3).draw_rect([255, 0, 0], 0, 0, 150, 100, fill=True)
    stored = {
        1: upright,
        2: upright.fliphor(),
        3: upright.rot180(),
        4: upright.flipver(),
        5: upright.rot90().fliphor(),
        6: upright.rot270(),
        7: upright.rot90().flipver(),
        8: upright.rot90(),
    }[orientation].copy()
    stored.set_type(pyvips.GValue.gint_type, "orientation", orientation)
    # When it is made
    made = opened(make_renditions(bytes(stored.jpegsave_buffer()), WHOLE).files[-1].data)
    # Then it is upright, and says so
    assert (made.width, made.height) == (400, 300)
    assert made(20, 20)[0] > 200
    assert made(380, 280)[0] < 50
    assert made.get("orientation") == 1


def test_credit_caption_and_copyright_are_in_every_rendition(own_photo: bytes) -> None:
    for file in make_renditions(own_photo, image=LABELS).files:
        found = read_photo(file.data).metadata
        assert found.credit == "Jane Roe / Slugline"
        assert found.description == "Ein Bauernhaus in der Dürre"
        assert found.copyright == "© Slugline"
        assert found.creator == "Jane Roe"


def test_position_and_serial_numbers_are_in_no_rendition(own_photo: bytes) -> None:
    # Given a photo with a GPS position and a serial number
    assert read_photo(own_photo).has_gps
    assert b"SN-1938-0042" in own_photo
    for file in make_renditions(own_photo, image=LABELS).files:
        # Then neither is left
        assert not read_photo(file.data).has_gps
        assert b"SN-1938-0042" not in file.data


def test_names_tell_bytes_apart(own_photo: bytes) -> None:
    image = Image(id="1", caption="before")
    stem = stem_for(sha256(own_photo).hexdigest(), RenditionSpec(), image)
    assert make_renditions(own_photo, image=image).stem == stem
    changed = {
        stem_for("0" * 64, RenditionSpec(), image),
        stem_for(sha256(own_photo).hexdigest(), RenditionSpec(widths=(100,)), image),
        stem_for(sha256(own_photo).hexdigest(), RenditionSpec(), image.model_copy(update={"caption": "after"})),
    }
    assert stem not in changed
    assert len(changed) == 3


def test_names_do_not_depend_on_how_many_cores_make_them(own_photo: bytes) -> None:
    digest, image = sha256(own_photo).hexdigest(), Image(id="1")
    assert stem_for(digest, RenditionSpec(threads=1), image) == stem_for(digest, RenditionSpec(threads=8), image)


def test_the_same_picture_twice_gives_the_same_files(own_photo: bytes) -> None:
    assert make_renditions(own_photo, image=LABELS) == make_renditions(own_photo, image=LABELS)


def test_the_placeholder_is_a_small_inline_picture(own_photo: bytes) -> None:
    placeholder = make_renditions(own_photo).placeholder
    assert placeholder.startswith("data:image/webp;base64,")
    assert len(placeholder) < 400


def test_transparency_is_kept_where_the_format_can_and_white_where_not() -> None:
    # Given a wholly transparent PNG
    png = bytes(pyvips.Image.black(64, 64, bands=4).copy(interpretation="srgb").pngsave_buffer())
    every = RenditionSpec(formats=FORMATS)
    made = {file.content_type: opened(file.data) for file in make_renditions(png, every).files}
    assert made["image/jpeg"](5, 5) == [255, 255, 255]
    assert made["image/webp"](5, 5)[3] == 0


def test_resize_file_writes_what_it_names(own_photo: bytes, tmp_path: Path) -> None:
    photo = tmp_path / "in.jpg"
    photo.write_bytes(own_photo)
    written = resize_file(photo, tmp_path / "out", WHOLE)
    assert len(written) == 8
    assert {read_photo(path.read_bytes()).metadata.credit for path in written} == {"Jane Roe / Slugline"}


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>'


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"not a picture", SVG, b"%PDF-1.4\n%%EOF", b"P6 1 1 255 abc", b"\xff\xd8\xff", b"8BPS\0\1" + bytes(40)),
        *(b"BM" + bytes(60), b"\xff\x0a" + bytes(40), b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(40)),
        *(b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(40), b"#?RADIANCE\n\n-Y 1 +X 1\n", b"v/1\x01" + bytes(40)),
        *(b"SIMPLE  =                    T".ljust(2880), b"qoif" + bytes(40), b"\0\0\2\0" + bytes(40)),
    ],
    ids=[
        *("empty", "text", "svg", "pdf", "ppm", "three bytes of a jpeg", "psd"),
        *("bmp", "jxl", "jxl in boxes", "jp2", "radiance", "openexr", "fits", "qoi", "ico or tga"),
    ],
)
def test_what_is_no_accepted_picture_fails_with_a_reason(data: bytes) -> None:
    with pytest.raises(PictureFailed, match=r"cannot be decoded"):
        make_renditions(data)


def test_a_truncated_photo_fails_rather_than_showing_half(own_photo: bytes) -> None:
    with pytest.raises(PictureFailed, match="cannot be decoded"):
        make_renditions(own_photo[: len(own_photo) // 2])


def test_a_file_over_the_limit_of_bytes_is_not_opened() -> None:
    limits = PictureLimits(bytes=1_000)
    with pytest.raises(PictureFailed, match=r"2,000 bytes; the limit is 1,000"):
        make_renditions(bytes(2_000), RenditionSpec(limits=limits))


def test_too_many_pixels_are_refused_by_the_header() -> None:
    # Given a PNG whose header announces 65,536 x 65,536 pixels
    small = bytes(pyvips.Image.black(8, 8).pngsave_buffer())
    header = (65_536).to_bytes(4) * 2 + small[24:29]
    bomb = small[:16] + header + crc(b"IHDR" + header) + small[33:]
    # Then it is refused by what it says of itself
    with pytest.raises(PictureFailed, match=r"65,536 pixels on its longer side"):
        make_renditions(bomb)
    # And with sides allowed, by its area
    with pytest.raises(PictureFailed, match=r"4,294,967,296 pixels in all; the limit is 50,000,000"):
        make_renditions(bomb, RenditionSpec(limits=PictureLimits(sides=70_000)))


def test_a_png_whose_keywords_are_in_latin_1_is_made() -> None:
    plain = bytes(pyvips.Image.black(64, 48, bands=3).copy(interpretation="srgb").pngsave_buffer())
    text = b"tEXt" + "Größe\0groß".encode("latin-1")
    commented = plain[:33] + (len(text) - 4).to_bytes(4) + text + crc(text) + plain[33:]
    for file in make_renditions(commented, image=LABELS).files:
        assert read_photo(file.data).metadata.credit == LABELS.credit
        assert text[4:] not in file.data


def crc(chunk: bytes) -> bytes:
    from zlib import crc32  # noqa: PLC0415 - used by this one helper

    return crc32(chunk).to_bytes(4)


def test_a_long_infographic_is_an_avif_where_that_can_hold_it_and_a_jpeg_at_every_width() -> None:
    made = make_renditions(jpeg(800, 20_000), RenditionSpec(widths=(320, 640, 1280), crops=()))

    found = {(file.content_type, file.width) for file in made.files}
    assert found == {
        ("image/jpeg", 320),
        ("image/jpeg", 640),
        ("image/jpeg", 800),
        ("image/avif", 320),
        ("image/avif", 640),
    }


def test_a_picture_that_no_format_of_the_desk_holds_is_refused_with_a_reason() -> None:
    spec = RenditionSpec(widths=(2560,), crops=(), formats={"avif": FORMATS["avif"]})

    with pytest.raises(PictureFailed, match="JPEG would hold it"):
        make_renditions(jpeg(1000, 17_000), spec)


@pytest.mark.parametrize(("width", "height"), [(1, 30_000), (30_000, 1), (90, 9_001)])
def test_a_line_is_refused_with_a_reason(width: int, height: int) -> None:
    with pytest.raises(PictureFailed, match="a line, of which nobody sees anything"):
        make_renditions(jpeg(width, height))


def test_too_many_frames_are_refused() -> None:
    frames = pyvips.Image.black(8, 8 * 60, bands=3).copy()
    frames.set_type(pyvips.GValue.gint_type, "page-height", 8)
    frames.set_type(pyvips.GValue.array_int_type, "delay", [100] * 60)
    noisy = frames + pyvips.Image.gaussnoise(8, 8 * 60)
    with pytest.raises(PictureFailed, match=r"60 frames; the limit is 50"):
        make_renditions(bytes(noisy.cast("uchar").copy(interpretation="srgb").gifsave_buffer()))


def test_a_decoder_that_takes_too_long_is_stopped(own_photo: bytes) -> None:
    with pytest.raises(PictureFailed, match=r"longer than 0.001 seconds"):
        make_renditions(own_photo, RenditionSpec(limits=PictureLimits(seconds=0.001)))


def test_a_decoder_that_wants_too_much_memory_takes_only_its_own_process_along() -> None:
    # Given an interlaced PNG of 36 MP, which has to be decoded whole
    big = bytes(pyvips.Image.black(6_000, 6_000, bands=3).pngsave_buffer(interlace=True))
    # When its process may have 180 MB
    with pytest.raises(PictureFailed, match=r"memory|died|decoded"):
        make_renditions(big, RenditionSpec(limits=PictureLimits(memory_bytes=180_000_000)))
    # Then the next picture is made as ever
    assert make_renditions(jpeg(40, 30)).files


def test_the_child_sees_no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    from decoder import environment  # noqa: PLC0415 - the variable is set first

    assert "AWS_SECRET_ACCESS_KEY" not in environment()


def test_nothing_wider_than_the_widest_step_is_made() -> None:
    assert sizes(make_renditions(jpeg(4_000, 3_000), RenditionSpec(widths=(320, 640), crops=()))) == {
        (320, 240),
        (640, 480),
    }
