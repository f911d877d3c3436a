"""What to make of a picture: the desk's settings, with what the encoders are told and how many work at once."""

from pydantic import Field

from slugline.model import Model
from slugline.picture_settings import CROPS, Crop, PictureLimits, PictureSettings

PIPELINE_VERSION = 6
"""Part of every name: raise it when the same original and spec give other bytes than before."""

FORMATS: dict[str, dict[str, int]] = {
    "avif": {"Q": 61, "effort": 1},
    "webp": {"Q": 82, "effort": 2},
    "jpeg": {"Q": 77},
}
"""Chosen for equal visual quality (SSIMULACRA2 near 75); `bench/images.py` scores them."""

CONTENT_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}
SUFFIXES = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}


def settings_of(formats: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """What the encoders of these formats are told."""
    return {name: FORMATS[name] for name in formats}


class RenditionSpec(Model):
    """The sizes and formats of a desk. Order of formats is the order in which a page offers them."""

    widths: tuple[int, ...] = PictureSettings().widths
    formats: dict[str, dict[str, int]] = Field(default_factory=lambda: settings_of(PictureSettings().formats))
    crops: tuple[Crop, ...] = CROPS
    keep_animation: bool = True
    """Else an animated GIF or WebP becomes a picture of its first frame."""
    limits: PictureLimits = PictureLimits()
    threads: int = 2
    """Encoders at work at once: the cores there are; a Lambda of 1,769 MB has one, of 3,538 MB two."""

    @classmethod
    def of(cls, settings: PictureSettings) -> "RenditionSpec":
        """The spec that a desk's settings ask for."""
        return cls(
            widths=settings.widths,
            formats=settings_of(settings.formats),
            crops=settings.crops,
            keep_animation=settings.animation == "keep",
            limits=settings.limits,
        )
