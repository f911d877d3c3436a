"""Photos for the tests: real ones from `tests/samples/photo`, and small ones made for one rule."""

from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "samples" / "photo"


@pytest.fixture
def own_photo() -> bytes:
    """1024 x 788, our own credit, GPS in Exif and XMP."""
    return (SAMPLES / "dust-bowl-farm.jpg").read_bytes()


@pytest.fixture
def agency_photo() -> bytes:
    """1024 x 717, an agency's credit, IIM and Exif only."""
    return (SAMPLES / "airplane.jpg").read_bytes()


@pytest.fixture
def heic_photo() -> bytes:
    """The farmhouse at 640 x 493, as a telephone would store it: XMP and Exif with GPS."""
    return (SAMPLES / "dust-bowl-farm.heic").read_bytes()
