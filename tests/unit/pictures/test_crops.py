"""Crops keep what matters in the picture."""

import pytest
import pyvips

from imaging import RenditionFile, RenditionSpec, make_renditions
from slugline.picture_settings import CROPS, Crop
from slugline.story import FocalPoint, Image

RATIOS = {crop.name: crop.ratio[0] / crop.ratio[1] for crop in CROPS}


def picture_with_dot(x: int, y: int) -> bytes:
    """1600 x 900, grey, with a red dot of 40 pixels around a point."""
    grey = (pyvips.Image.black(1600, 900, bands=3) + 128).cast("uchar").copy(interpretation="srgb")
    return bytes(grey.draw_circle([255, 0, 0], x, y, 20, fill=True).pngsave_buffer())


def crops_of(data: bytes, focal_point: FocalPoint | None = None) -> list[RenditionFile]:
    spec = RenditionSpec(formats={"jpeg": {"Q": 90}})
    image = Image(id="1", focal_point=focal_point)
    return [file for file in make_renditions(data, spec, image).files if file.crop]


def reddest(file: RenditionFile) -> tuple[float, float]:
    """Where the dot is, as fractions of the sides."""
    red = pyvips.Image.new_from_buffer(file.data, "").gaussblur(3)
    difference = red[0].cast("float") - red[1]
    assert difference.max() > 60, f"the dot is not in {file.name}"
    _, x, y = difference.maxpos()
    return x / file.width, y / file.height


def test_each_crop_has_its_ratio() -> None:
    files = crops_of(picture_with_dot(800, 450))
    assert {file.crop for file in files} == set(RATIOS)
    for file in files:
        assert file.crop is not None
        assert abs(file.width - file.height * RATIOS[file.crop]) <= RATIOS[file.crop] + 1


@pytest.mark.parametrize(("x", "y"), [(60, 60), (1500, 800), (800, 450), (300, 840)])
def test_the_focal_point_is_in_every_crop(x: int, y: int) -> None:
    for file in crops_of(picture_with_dot(x, y), FocalPoint(x=x / 1600, y=y / 900)):
        across, down = reddest(file)
        assert 0 < across < 1
        assert 0 < down < 1


def test_a_focal_point_away_from_the_edges_is_in_the_middle() -> None:
    (square,) = (
        file
        for file in crops_of(picture_with_dot(600, 450), FocalPoint(x=600 / 1600, y=0.5))
        if file.crop == "1x1" and file.width == 640
    )
    assert reddest(square) == (pytest.approx(0.5, abs=0.03), pytest.approx(0.5, abs=0.03))


@pytest.mark.parametrize("x", [250, 1350])
def test_without_a_focal_point_the_most_striking_part_is_kept(x: int) -> None:
    for file in crops_of(picture_with_dot(x, 450)):
        reddest(file)


@pytest.mark.parametrize(("x", "y"), [(400, 450), (1200, 450), (800, 250), (800, 650)])
def test_what_is_in_focus_is_kept_and_not_the_brightest_blur(x: int, y: int) -> None:
    # Given a sharp chequered subject before a blurred background whose far corner is bright and colourful
    corner = (0 if x > 800 else 1400, 0 if y > 450 else 700)
    back = (pyvips.Image.black(1600, 900, bands=3) + 90).cast("uchar").copy(interpretation="srgb")
    back = back.draw_rect([255, 220, 0], *corner, 200, 200, fill=True).gaussblur(40)
    subject = pyvips.Image.eye(160, 160, factor=0.8, uchar=True).bandjoin([pyvips.Image.black(160, 160)] * 2)
    data = bytes(back.insert(subject, x - 80, y - 80).copy(interpretation="srgb").jpegsave_buffer(Q=92))
    for file in crops_of(data):
        if file.width >= 640:
            crop = pyvips.Image.new_from_buffer(file.data, "").colourspace("b-w")
            assert (crop - crop.gaussblur(4)).abs().gaussblur(8).max() > 5, file.name


def test_a_picture_of_one_colour_is_cut_around_its_middle() -> None:
    plain = bytes((pyvips.Image.black(1600, 900, bands=3) + 128).cast("uchar").pngsave_buffer())
    assert {file.crop for file in crops_of(plain)} == set(RATIOS)


@pytest.mark.parametrize("size", [(3, 2), (1, 1), (16, 900), (900, 16)])
def test_the_smallest_and_the_narrowest_picture_has_its_crops(size: tuple[int, int]) -> None:
    noise = pyvips.Image.gaussnoise(*size, mean=128).cast("uchar").bandjoin([9, 9]).copy(interpretation="srgb")
    assert {file.crop for file in crops_of(bytes(noise.cast("uchar").pngsave_buffer()))} == set(RATIOS)


def test_the_social_card_is_1200_by_630_and_jpeg_only() -> None:
    data = bytes((pyvips.Image.black(2000, 1500, bands=3) + 9).cast("uchar").jpegsave_buffer())
    cards = [file for file in make_renditions(data).files if file.crop == "social"]
    assert [(card.width, card.height, card.content_type) for card in cards] == [(1200, 630, "image/jpeg")]


def test_a_crop_is_made_only_in_formats_that_the_desk_wants() -> None:
    spec = RenditionSpec(formats={"jpeg": {"Q": 80}}, crops=(Crop(name="1x1", ratio=(1, 1), widths=(100,)),))
    crops = [file for file in make_renditions(picture_with_dot(5, 5), spec).files if file.crop]
    assert {file.content_type for file in crops} == {"image/jpeg"}
