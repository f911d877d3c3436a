"""What to make of a picture, and how large a picture may be."""

from pydantic import Field

from slugline.model import Model

PIPELINE_VERSION = 2
"""Part of every name: raise it when the same original and spec give other bytes than before."""

WIDTHS = (320, 640, 960, 1280, 1920, 2560)

FORMATS: dict[str, dict[str, int]] = {
    "avif": {"Q": 61, "effort": 1},
    "webp": {"Q": 82, "effort": 2},
    "jpeg": {"Q": 77},
}
"""Chosen for equal visual quality (SSIMULACRA2 near 75); not yet confirmed by `bench/images.py --scorer`."""

CONTENT_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}
SUFFIXES = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}


class PictureLimits(Model):
    """Limits on an original, checked against its header before anything is decoded."""

    bytes: int = 30_000_000
    """The largest camera JPEGs are about 25 MB; wire services send a tenth of that."""
    pixels: int = 50_000_000
    """Today's 45 MP cameras pass; decoding costs time in proportion."""
    sides: int = 30_000
    """Panoramas pass; JPEG itself ends at 65,535, and one row of the widest allowed takes 120 kB."""
    frames: int = 50
    """Every frame of an animation is a picture to be made."""
    memory_bytes: int = 1_500_000_000
    """Address space of the child, of which an ordinary 24 MP photo touches about 200 MB."""
    seconds: float = 30.0
    """A 50 MP photo takes 3 s on one core; beyond ten times that a codec hangs."""


class Crop(Model):
    """A crop around the focal point, by the rule of the whole picture: steps up to its own width, never enlarged."""

    name: str
    ratio: tuple[int, int]
    widths: tuple[int, ...] = (640, 1280)
    formats: tuple[str, ...] = tuple(FORMATS)


CROPS = (
    Crop(name="16x9", ratio=(16, 9)),
    Crop(name="4x3", ratio=(4, 3)),
    Crop(name="1x1", ratio=(1, 1)),
    Crop(name="9x16", ratio=(9, 16)),
    # What messengers and networks fetch for a link; few of them read anything but JPEG.
    Crop(name="social", ratio=(1200, 630), widths=(1200,), formats=("jpeg",)),
)


class RenditionSpec(Model):
    """The sizes and formats of a desk. Order of formats is the order in which a page offers them."""

    widths: tuple[int, ...] = WIDTHS
    formats: dict[str, dict[str, int]] = Field(default_factory=lambda: dict(FORMATS))
    crops: tuple[Crop, ...] = CROPS
    keep_animation: bool = True
    """Else an animated GIF or WebP becomes a picture of its first frame."""
    limits: PictureLimits = PictureLimits()
    threads: int = 2
    """Encoders at work at once: the cores there are; a Lambda of 1,769 MB has one, of 3,538 MB two."""
