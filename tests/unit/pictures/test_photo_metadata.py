"""Reading a photo's size and metadata from its bytes."""

from contextlib import suppress
from hashlib import md5
from typing import Any

import pytest
import pyvips
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.photo_files import CHARSET, UTF8, caption, jpeg_with, records, segment, xmp_with

from slugline.photo_metadata import BadPhoto, embedded_blocks, read_photo
from slugline.photo_metadata.iim import dataset_bytes
from slugline.photo_metadata.writing import TEXTS as LABELS
from slugline.story import Image


def test_size_and_type_are_read_from_the_header_alone() -> None:
    photo = read_photo(jpeg_with())
    assert (photo.content_type, photo.width, photo.height, photo.frames) == ("image/jpeg", 640, 480, 1)


def test_declared_utf8_is_read_as_such() -> None:
    iim = dataset_bytes(CHARSET, UTF8) + records(city="Çeşme".encode())
    photo = read_photo(jpeg_with(iim=iim))
    assert photo.metadata.location == "Çeşme"
    assert photo.warnings == ()


def test_undeclared_utf8_is_read_as_utf8_without_a_warning() -> None:
    photo = read_photo(jpeg_with(iim=records(city="Košice".encode())))
    assert photo.metadata.location == "Košice"
    assert photo.warnings == ()


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_an_undeclared_old_charset_is_repaired_with_a_warning(encoding: str) -> None:
    text = "„Größe“: café in São Paulo, 5 €"
    photo = read_photo(jpeg_with(iim=records(caption=text.encode(encoding))))
    assert photo.metadata.description == text
    assert photo.warnings == (f"The photo's IPTC text does not say its character set; it was read as {encoding}.",)


def test_a_false_claim_of_utf8_is_repaired_with_a_warning() -> None:
    iim = dataset_bytes(CHARSET, UTF8) + records(city=b"M\xfcnchen")
    photo = read_photo(jpeg_with(iim=iim))
    assert photo.metadata.location == "München"
    assert "claims to be UTF-8 but is not" in photo.warnings[0]


def test_xmp_wins_over_iim_when_they_disagree() -> None:
    photo = read_photo(jpeg_with(xmp=xmp_with(caption("newer")), iim=records(caption=b"older")))
    assert photo.metadata.description == "newer"


def test_iim_wins_over_xmp_when_its_digest_says_that_it_was_changed_since() -> None:
    iim = records(caption=b"edited by an IIM-only program")
    stale = md5(b"another stream", usedforsecurity=False).digest()
    photo = read_photo(jpeg_with(xmp=xmp_with(caption("stale")), iim=iim, digest=stale))
    assert photo.metadata.description == "edited by an IIM-only program"


def test_each_property_is_taken_from_where_it_is() -> None:
    xmp = xmp_with("", 'photoshop:Credit="From XMP"')
    found = read_photo(jpeg_with(xmp=xmp, iim=records(caption=b"From IIM"))).metadata
    assert (found.credit, found.description) == ("From XMP", "From IIM")


def test_xmp_with_a_document_type_is_not_read() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + xmp_with(caption("&a;"))
    photo = read_photo(jpeg_with(xmp=bomb))
    assert photo.metadata.description is None
    assert photo.warnings == ("The photo's XMP declares a document type and was not read.",)


def test_damaged_xmp_is_a_warning_and_iim_still_counts() -> None:
    photo = read_photo(jpeg_with(xmp=b"<x:xmpmeta", iim=records(caption=b"still here")))
    assert photo.metadata.description == "still here"
    assert photo.warnings == ("The photo's XMP is damaged and was not read.",)


def test_the_middle_of_faces_is_the_focal_point() -> None:
    faces = """<mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:RegionList><rdf:Bag>
      <rdf:li><rdf:Description><mwg-rs:Area stArea:x="0.2" stArea:y="0.3" stArea:w="0.1" stArea:h="0.1"/>
      </rdf:Description></rdf:li>
      <rdf:li><rdf:Description><mwg-rs:Area stArea:x="0.4" stArea:y="0.5" stArea:w="0.1" stArea:h="0.1"/>
      </rdf:Description></rdf:li></rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>"""
    point = read_photo(jpeg_with(xmp=xmp_with(faces))).metadata.focal_point
    assert point is not None
    assert (point.x, point.y) == (pytest.approx(0.3), pytest.approx(0.4))


@pytest.mark.parametrize(
    ("orientation", "across", "shown"),
    [
        (1, True, (0.2, 0.3)),
        (6, True, (0.7, 0.2)),
        (8, True, (0.3, 0.8)),
        (5, True, (0.3, 0.2)),
        (7, True, (0.7, 0.8)),
        # Drawn on the picture as it is shown: nothing is to be turned
        (6, False, (0.2, 0.3)),
    ],
)
def test_regions_drawn_on_a_turned_picture_as_stored_are_turned_with_it(
    orientation: int, across: bool, shown: tuple[float, float]
) -> None:
    # Given a picture stored as 640 x 480, as a telephone held upright stores it
    exif = b"MM\0*" + (8).to_bytes(4) + b"\0\1" + bytes([1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]) + bytes(4)
    sides = 'stDim:w="640" stDim:h="480"' if across else 'stDim:w="480" stDim:h="640"'
    regions = f"""<mwg-rs:Regions xmlns:stDim="http://ns.adobe.com/xap/1.0/sType/Dimensions#" rdf:parseType="Resource">
      <mwg-rs:AppliedToDimensions {sides} stDim:unit="pixel"/><mwg-rs:RegionList><rdf:Bag>
      <rdf:li><rdf:Description><mwg-rs:Area stArea:x="0.2" stArea:y="0.3"/></rdf:Description></rdf:li>
      </rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>"""
    photo = read_photo(jpeg_with(xmp=xmp_with(regions), exif=exif))
    assert photo.metadata.orientation == orientation
    point = photo.metadata.focal_point
    assert point is not None
    assert (point.x, point.y) == pytest.approx(shown)


def test_an_iptc_image_region_is_the_focal_point() -> None:
    region = """<Iptc4xmpExt:ImageRegion><rdf:Bag><rdf:li rdf:parseType="Resource">
      <Iptc4xmpExt:RegionBoundary rdf:parseType="Resource"><Iptc4xmpExt:rbShape>rectangle</Iptc4xmpExt:rbShape>
      <Iptc4xmpExt:rbUnit>relative</Iptc4xmpExt:rbUnit><Iptc4xmpExt:rbX>0.5</Iptc4xmpExt:rbX>
      <Iptc4xmpExt:rbY>0.1</Iptc4xmpExt:rbY><Iptc4xmpExt:rbW>0.2</Iptc4xmpExt:rbW>
      <Iptc4xmpExt:rbH>0.4</Iptc4xmpExt:rbH></Iptc4xmpExt:RegionBoundary></rdf:li></rdf:Bag>
      </Iptc4xmpExt:ImageRegion>"""
    point = read_photo(jpeg_with(xmp=xmp_with(region))).metadata.focal_point
    assert point is not None
    assert (point.x, point.y) == (pytest.approx(0.6), pytest.approx(0.3))


def test_bytes_between_the_segments_of_a_jpeg_are_skipped_as_decoders_do() -> None:
    data = jpeg_with(iim=records(caption=b"still here"))
    end = data.index(b"\xff\xc0")
    photo = read_photo(data[:end] + b"stray bytes" + data[end:])
    assert (photo.width, photo.metadata.description) == (640, "still here")


def gif() -> bytes:
    frames = (pyvips.Image.black(32, 48, bands=3) + pyvips.Image.gaussnoise(32, 48)).cast("uchar")
    frames = frames.copy(interpretation="srgb")
    frames.set_type(pyvips.GValue.gint_type, "page-height", 24)
    return bytes(frames.gifsave_buffer())


def test_a_jpeg_whose_first_marker_is_damaged_is_read_as_decoders_do() -> None:
    whole = bytes(pyvips.Image.black(30, 20, bands=3).jpegsave_buffer())
    damaged = whole[:2] + b"\xfe" + whole[3:12] + b"\xff\0" + whole[12:]
    assert pyvips.Image.new_from_buffer(damaged, "").width == 30
    assert (read_photo(damaged).width, read_photo(damaged).height) == (30, 20)


def test_the_first_size_of_a_png_counts() -> None:
    whole = bytes(pyvips.Image.black(30, 20, bands=3).pngsave_buffer())
    header = whole[8:33]
    second = whole[:33] + header[:8] + bytes(8) + header[16:] + whole[33:]
    assert (read_photo(second).width, read_photo(second).height) == (30, 20)


@pytest.mark.parametrize("pages", [1, 2])
def test_a_big_tiff_is_read_like_any_other(pages: int) -> None:
    image = pyvips.Image.black(30, 20 * pages, bands=3).copy()
    embedded = embedded_blocks(Image(id="1", headline="A headline", byline="Jane Roe"))
    for name, block in embedded.blocks.items():
        image.set_type(pyvips.GValue.blob_type, name, block)
    data = bytes(image.tiffsave_buffer(bigtiff=True, page_height=20))
    assert data[:4] in {b"II+\0", b"MM\0+"}
    photo = read_photo(data)
    assert (photo.width, photo.height, photo.frames) == (30, 20, pages)
    assert (photo.metadata.headline, photo.metadata.creator) == ("A headline", "Jane Roe")


@pytest.mark.parametrize("kept", [0.75, 0.9, 0.99])
def test_a_gif_that_is_cut_short_is_read_as_far_as_it_goes_as_decoders_do(kept: float) -> None:
    whole = gif()
    cut = whole[: int(len(whole) * kept)]
    assert pyvips.Image.new_from_buffer(cut, "").avg() > 0  # libvips shows it
    photo = read_photo(cut)
    assert (photo.width, photo.height) == (32, 24)
    assert photo.warnings == ("The photo's file is damaged or cut short; metadata behind the damage was not read.",)


def test_a_whole_gif_has_no_warning() -> None:
    photo = read_photo(gif())
    assert (photo.frames, photo.warnings) == (2, ())


def test_what_comes_before_the_damage_is_read() -> None:
    # Given a photo whose Photoshop resources end in the middle of a resource's head
    data = jpeg_with(xmp=xmp_with("", 'photoshop:Credit="Ana Ruiz"'))
    damaged = data[:2] + segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04") + data[2:]
    photo = read_photo(damaged)
    assert (photo.width, photo.metadata.credit) == (640, "Ana Ruiz")
    assert len(photo.warnings) == 1


def test_a_photo_whose_size_is_lost_is_no_photo() -> None:
    with pytest.raises(BadPhoto, match="damaged image/gif structure"):
        read_photo(b"GIF89a\0\0\0\0")


@pytest.mark.parametrize("orientation", [5, 6, 7, 8])
def test_a_turned_photo_has_its_upright_size(orientation: int) -> None:
    image = pyvips.Image.black(64, 48, bands=3).copy()
    image.set_type(pyvips.GValue.gint_type, "orientation", orientation)
    photo = read_photo(bytes(image.jpegsave_buffer()))
    assert (photo.width, photo.height) == (48, 64)


def test_a_cameras_own_words_are_no_caption() -> None:
    image = pyvips.Image.black(8, 8, bands=3).copy()
    image.set_type(pyvips.GValue.gstr_type, "exif-ifd0-ImageDescription", "OLYMPUS DIGITAL CAMERA         ")
    assert read_photo(bytes(image.jpegsave_buffer())).metadata.description is None


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=200)


@settings(deadline=None)
@given(text=TEXTS.filter(lambda text: text == text.strip()))
def test_what_is_written_is_read_back_in_any_script(text: str) -> None:
    blocks = embedded_blocks(Image(id="1", caption=text, credit=text, headline=text)).blocks
    data = jpeg_with(xmp=blocks["xmp-data"])
    iim_only = b"\xff\xd8" + segment(0xED, blocks["iptc-data"]) + jpeg_with()[2:]
    for found in (read_photo(data).metadata, read_photo(iim_only).metadata):
        assert (found.description, found.credit, found.headline) == (text, text, text)


@settings(deadline=None)
@given(data=st.binary(max_size=400), start=st.sampled_from([0, 2, 8, 12, 30, 60, 120]))
def test_no_bytes_make_it_raise_anything_but_bad_photo(data: bytes, start: int) -> None:
    for whole in WHOLE:
        damaged = whole[: start + 4] + data + whole[start + 4 + len(data) :]
        with suppress(BadPhoto):
            assert read_photo(damaged).width > 0


def small(**labels: Any) -> pyvips.Image:
    image = pyvips.Image.black(32, 24, bands=3).copy(interpretation="srgb")
    for name, block in embedded_blocks(Image(id="1", **labels)).blocks.items():
        image.set_type(pyvips.GValue.blob_type, name, block)
    return image


LABELLED = small(caption="A caption", credit="A credit")
WHOLE = [
    bytes(LABELLED.jpegsave_buffer()),
    bytes(LABELLED.pngsave_buffer()),
    bytes(LABELLED.webpsave_buffer()),
    bytes(LABELLED.gifsave_buffer()),
    bytes(LABELLED.tiffsave_buffer()),
    bytes(LABELLED.tiffsave_buffer(bigtiff=True)),
    bytes(LABELLED.heifsave_buffer(compression="av1")),
]


@pytest.mark.parametrize("data", [whole for whole in WHOLE if whole[:3] != b"GIF"])
def test_labels_are_read_from_every_format_that_holds_them(data: bytes) -> None:
    photo = read_photo(data)
    assert (photo.width, photo.height) == (32, 24)
    assert (photo.metadata.description, photo.metadata.credit) == ("A caption", "A credit")


def test_a_telephones_heic_is_read(heic_photo: bytes) -> None:
    photo = read_photo(heic_photo)
    assert (photo.content_type, photo.width, photo.height) == ("image/heic", 640, 493)
    assert photo.metadata.credit == "Jane Roe / Slugline"
    assert photo.has_gps


@pytest.mark.parametrize("many", [{"keywords": ("flood",) * 100_000}, dict.fromkeys(LABELS, "&" * 20_000)])
def test_a_photo_that_says_too_much_keeps_its_rights_in_a_jpeg(many: dict[str, Any]) -> None:
    image = Image.model_validate({"id": "1", "copyright": "© A newspaper", "credit": "A credit"} | many)
    written = small(**image.model_dump(include={*LABELS, "keywords"}))
    photo = read_photo(bytes(written.jpegsave_buffer()))
    assert photo.metadata.copyright == (image.copyright or "")[:400]
    assert photo.metadata.credit
    assert len(photo.metadata.keywords) == (1_666 if image.keywords else 0)
