"""The centre of interest of a ninjs picture, which the standard leaves to its users.

Superdesk writes `poi`: fractions for the item, pixels for a rendition; and the sides of each crop in pixels of the
original (`CropLeft`, `CropTop`, `CropRight`, `CropBottom`).
"""

from parsing.focal import focal_point_of, within
from parsing.wire.ninjs_item import Item
from slugline.story import FocalPoint

SIDES = ("cropleft", "croptop", "cropright", "cropbottom")


def focal_point(item: Item) -> FocalPoint | None:
    """The stated point, else that of a rendition, else the middle of its first crop."""
    renditions = [rendition for _, rendition in item.named("renditions")]
    stated = item.object("poi") or item.object("focalpoint")
    if stated and (point := focal_point_of({"x": stated.text("x"), "y": stated.text("y")})):
        return point
    return next((point for rendition in renditions if (point := _in_pixels(rendition))), None) or _of_crop(renditions)


def _in_pixels(rendition: Item) -> FocalPoint | None:
    poi = rendition.object("poi")
    numbers = _numbers(poi, ("x", "y")) + _numbers(rendition, ("width", "height")) if poi else []
    return within(*numbers) if len(numbers) == 4 else None  # noqa: PLR2004 - a point and a size


def _of_crop(renditions: list[Item]) -> FocalPoint | None:
    sizes = [size for rendition in renditions if len(size := _numbers(rendition, ("width", "height"))) == 2]  # noqa: PLR2004 - as it says
    crop = next((sides for rendition in renditions if len(sides := _numbers(rendition, SIDES)) == len(SIDES)), None)
    if not sizes or not crop:
        return None
    left, top, right, bottom = crop
    return within((left + right) / 2, (top + bottom) / 2, *max(sizes))


def _numbers(item: Item | None, names: tuple[str, ...]) -> list[float]:
    found = []
    for name in names if item else ():
        try:
            found.append(float(item.text(name) if item else ""))
        except ValueError:
            return []
    return found
