"""What a desk decides about its pictures: sizes, formats, crops, animations, and how large an original may be."""

from typing import Annotated, Literal

from pydantic import Field

from slugline.model import Model

Format = Literal["avif", "webp", "jpeg"]
Width = Annotated[int, Field(ge=16, le=10_000)]


class Crop(Model):
    """A crop around the focal point, by the rule of the whole picture: steps up to its own width, never enlarged."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]{0,30}$")] = Field(description="part of the file's name")
    ratio: tuple[Annotated[int, Field(ge=1, le=10_000)], Annotated[int, Field(ge=1, le=10_000)]]
    widths: tuple[Width, ...] = (640, 1280)
    formats: tuple[Format, ...] = Field(
        default=("avif", "webp", "jpeg"), description="those that the desk wants at all"
    )


CROPS = (
    Crop(name="16x9", ratio=(16, 9)),
    Crop(name="4x3", ratio=(4, 3)),
    Crop(name="1x1", ratio=(1, 1)),
    Crop(name="9x16", ratio=(9, 16), widths=(360, 720)),
    # Social networks fetch one file and read neither AVIF nor, all of them, WebP.
    Crop(name="social", ratio=(1200, 630), widths=(1200,), formats=("jpeg",)),
)


class PictureLimits(Model):
    """Limits on an original, checked against its header before anything is decoded."""

    bytes: int = Field(
        default=30_000_000,
        gt=0,
        description="The largest camera JPEGs are about 25 MB; wire services send a tenth of that.",
    )
    pixels: int = Field(
        default=50_000_000,
        gt=0,
        description="All frames together. Today's 45 MP cameras pass; decoding costs time in proportion.",
    )
    sides: int = Field(
        default=30_000,
        gt=0,
        description="Panoramas pass; JPEG itself ends at 65,535, and one row of the widest allowed takes 120 kB.",
    )
    frames: int = Field(default=50, gt=0, description="Every frame of an animation is a picture to be made.")
    memory_bytes: int = Field(
        default=1_500_000_000,
        gt=0,
        description="Address space of the process that decodes, of which an ordinary 24 MP photo touches about 200 MB.",
    )
    seconds: float = Field(
        default=30.0,
        gt=0,
        description="A 50 MP photo takes 3 s on one core; beyond ten times that a codec hangs.",
    )
    story_seconds: float = Field(
        default=90.0,
        gt=0,
        le=100,
        description="All pictures of one story, which share it; the function itself has 120 s.",
    )


class PictureSettings(Model):
    """The pictures of one desk. The order of the formats is that in which a page offers them."""

    widths: tuple[Width, ...] = Field(
        default=(320, 640, 960, 1280, 1920, 2560), min_length=1, description="up to the original's own, never enlarged"
    )
    formats: tuple[Format, ...] = Field(
        default=("avif", "jpeg"),
        min_length=1,
        description="WebP is one more file of each size for browsers that lack AVIF; a kept animation is WebP anyway",
    )
    crops: tuple[Crop, ...] = CROPS
    animation: Literal["keep", "first_frame"] = Field(default="keep", description="of an animated GIF or WebP")
    limits: PictureLimits = PictureLimits()
