"""What a desk may decide about its pictures."""

import pytest
import pyvips
from pydantic import ValidationError

from imaging import PictureFailed, RenditionFile, RenditionSpec, make_renditions
from slugline.desk import DeskSettings
from slugline.picture_settings import CROPS, Crop, PictureLimits, PictureSettings


def jpeg(width: int = 3000, height: int = 2000) -> bytes:
    return bytes(pyvips.Image.black(width, height, bands=3).jpegsave_buffer())


def files(settings: PictureSettings, data: bytes) -> tuple[RenditionFile, ...]:
    return make_renditions(data, RenditionSpec.of(settings)).files


def test_the_default_widths_and_crops_are_those_of_the_newsroom_guide() -> None:
    settings = DeskSettings().pictures
    assert settings.widths == (320, 640, 960, 1280, 1920, 2560)
    assert [crop.name for crop in settings.crops] == ["16x9", "4x3", "1x1", "9x16", "social"]


def test_a_desk_chooses_widths_formats_and_crops() -> None:
    settings = PictureSettings(widths=(500,), formats=("jpeg",), crops=(Crop(name="2x1", ratio=(2, 1), widths=(400,)),))
    made = files(settings, jpeg())
    assert [(file.crop, file.width, file.content_type) for file in made] == [
        (None, 500, "image/jpeg"),
        ("2x1", 400, "image/jpeg"),
    ]


def test_a_desk_sets_its_own_limits() -> None:
    with pytest.raises(PictureFailed, match=r"6,000,000 pixels in all; the limit is 1,000,000"):
        files(PictureSettings(limits=PictureLimits(pixels=1_000_000)), jpeg())


def test_a_desk_may_want_no_motion() -> None:
    assert RenditionSpec.of(PictureSettings()).keep_animation
    assert not RenditionSpec.of(PictureSettings(animation="first_frame")).keep_animation


@pytest.mark.parametrize(
    "wrong",
    [{"widths": ()}, {"widths": (0,)}, {"formats": ("bmp",)}, {"formats": ()}, {"animation": "loop"}],
    ids=str,
)
def test_settings_that_cannot_be_obeyed_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        PictureSettings.model_validate(wrong)


@pytest.mark.parametrize("name", ["", "../up", "a b", "16x9/"])
def test_a_crops_name_is_fit_for_a_file_name(name: str) -> None:
    with pytest.raises(ValidationError):
        CROPS[0].model_validate({"name": name, "ratio": (1, 1)})
