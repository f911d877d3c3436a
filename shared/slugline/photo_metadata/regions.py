"""The focal point that image regions give: MWG regions (faces, focus) and IPTC image regions of relative units."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from slugline.photo_metadata.namespaces import qualified
from slugline.story import FocalPoint


def focal_point(properties: dict[str, Element]) -> FocalPoint | None:
    """The middle of all regions' centres; None without regions that can be placed."""
    centres = [
        *mwg_centres(properties.get(qualified("mwg-rs:Regions"))),
        *iptc_centres(properties.get(qualified("Iptc4xmpExt:ImageRegion"))),
    ]
    inside = [(x, y) for x, y in centres if 0 <= x <= 1 and 0 <= y <= 1]
    if not inside:
        return None
    return FocalPoint(x=sum(x for x, _ in inside) / len(inside), y=sum(y for _, y in inside) / len(inside))


def lies_across(properties: dict[str, Element]) -> bool | None:
    """Whether the picture that the MWG regions were drawn on is wider than high; None where that is not said."""
    regions = properties.get(qualified("mwg-rs:Regions"))
    drawn_on = regions.find(f".//{qualified('mwg-rs:AppliedToDimensions')}") if regions is not None else None
    sides = values(drawn_on, "stDim:w", "stDim:h") if drawn_on is not None else None
    return sides[0] > sides[1] if sides and sides[0] != sides[1] else None


UPRIGHT: dict[int, Callable[[float, float], tuple[float, float]]] = {
    5: lambda x, y: (y, x),
    6: lambda x, y: (1 - y, x),
    7: lambda x, y: (1 - y, 1 - x),
    8: lambda x, y: (y, 1 - x),
}
"""From a place of the picture as stored to the same as shown, by the Exif orientations that turn it a quarter."""


def upright(point: FocalPoint, orientation: int) -> FocalPoint:
    """A point of the stored picture, in the one that is shown."""
    x, y = UPRIGHT[orientation](point.x, point.y)
    return FocalPoint(x=x, y=y)


def mwg_centres(regions: Element | None) -> list[tuple[float, float]]:
    """MWG areas are given by their centre, as fractions of the picture that they were drawn on."""
    if regions is None:
        return []
    areas = [values(area, "stArea:x", "stArea:y") for area in regions.iter(qualified("mwg-rs:Area"))]
    return [(area[0], area[1]) for area in areas if area]


def iptc_centres(regions: Element | None) -> list[tuple[float, float]]:
    """IPTC region boundaries: a rectangle by its top left corner and size, a circle by its centre."""
    if regions is None:
        return []
    centres = []
    for boundary in regions.iter(qualified("Iptc4xmpExt:RegionBoundary")):
        corner = values(boundary, "Iptc4xmpExt:rbX", "Iptc4xmpExt:rbY")
        if corner and value(boundary, "Iptc4xmpExt:rbUnit") == "relative":
            size = values(boundary, "Iptc4xmpExt:rbW", "Iptc4xmpExt:rbH") or [0.0, 0.0]
            centres.append((corner[0] + size[0] / 2, corner[1] + size[1] / 2))
    return centres


def values(element: Element, *names: str) -> list[float] | None:
    try:
        return [float(value(element, name) or "none") for name in names]
    except ValueError:
        return None


def value(element: Element, name: str) -> str | None:
    for part in element.iter():
        if qualified(name) in part.attrib:
            return part.attrib[qualified(name)]
        if part.tag == qualified(name):
            return part.text
    return None
