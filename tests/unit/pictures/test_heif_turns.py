"""HEIF turns a picture by its own boxes; Exif's orientation, which says the same or something else, is to be ignored.

ISO/IEC 23008-12:2022, 6.5.10 (irot), 6.5.12 (imir: 0 exchanges top and bottom, 1 left and right).
"""

import pytest
import pyvips

from imaging import RenditionSpec, make_renditions
from slugline.photo_metadata import read_photo

CORNERS = {"top left": (20, 20), "top right": (-20, 20), "bottom left": (20, -20), "bottom right": (-20, -20)}


def avif(box: bytes, value: int) -> bytes:
    """A red corner, top left as stored; Exif says 6 (a quarter to the right), the box what it says."""
    image = pyvips.Image.black(400, 300, bands=3).draw_rect([255, 0, 0], 0, 0, 150, 100, fill=True)
    image = image.copy(interpretation="srgb")
    image.set_type(pyvips.GValue.gint_type, "orientation", 6)
    data = bytes(image.heifsave_buffer(compression="av1", Q=90))
    assert data.count(b"irot\x03") == 1
    return data.replace(b"irot\x03", box + bytes([value]))


@pytest.mark.parametrize(
    ("box", "value", "size", "red"),
    [
        (b"irot", 0, (400, 300), "top left"),
        (b"irot", 1, (300, 400), "bottom left"),
        (b"irot", 2, (400, 300), "bottom right"),
        (b"irot", 3, (300, 400), "top right"),
        (b"imir", 0, (400, 300), "bottom left"),
        (b"imir", 1, (400, 300), "top right"),
        (b"free", 0, (400, 300), "top left"),
    ],
)
def test_a_picture_stands_as_its_box_says(box: bytes, value: int, size: tuple[int, int], red: str) -> None:
    data = avif(box, value)
    photo = read_photo(data)
    assert (photo.width, photo.height) == size
    assert photo.metadata.orientation == 6
    for file in make_renditions(data, RenditionSpec(crops=())).files:
        made = pyvips.Image.new_from_buffer(file.data, "")
        if (made.width, made.height) == size:
            shown = {name: made(x % size[0], y % size[1])[0] > 200 for name, (x, y) in CORNERS.items()}
            assert shown == {name: name == red for name in CORNERS}
            assert not made.get_typeof("orientation") or made.get("orientation") == 1
