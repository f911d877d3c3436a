"""The focal point that image regions give: MWG regions (faces, focus) and IPTC image regions of relative units."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from slugline.photo_metadata.namespaces import qualified
from slugline.story import FocalPoint

Point = tuple[float, float]


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


UPRIGHT: dict[int, Callable[[float, float], Point]] = {
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


def mwg_centres(regions: Element | None) -> list[Point]:
    """MWG areas are given by their centre, as fractions of the picture that they were drawn on; bar codes left out."""
    if regions is None:
        return []
    described = [item for item in regions.iter(qualified("rdf:li")) if value(item, "mwg-rs:Type") != "BarCode"]
    areas = [values(item, "stArea:x", "stArea:y") for item in described]
    return [(area[0], area[1]) for area in areas if area]


def iptc_centres(regions: Element | None) -> list[Point]:
    """Of the regions whose role says that they are what the picture is about or how to cut it, else of all."""
    if regions is None:
        return []
    found = [
        (
            centre,
            any(role in (identifier.text or "").casefold() for identifier in region.iter(IDENTIFIER) for role in ROLES),
        )
        for region in regions.findall(f"./{qualified('rdf:Bag')}/{qualified('rdf:li')}")
        for boundary in region.iter(qualified("Iptc4xmpExt:RegionBoundary"))
        if (centre := centre_of(boundary))
    ]
    return [centre for centre, meant in found if meant] or [centre for centre, _ in found]


IDENTIFIER = qualified("rdf:li")
ROLES = ("imageregionrole/mainsubject", "imageregionrole/subject", "cropping")
"""Parts of the identifiers of https://cv.iptc.org/newscodes/imageregionrole/ that a crop is to keep in view."""


def centre_of(boundary: Element) -> Point | None:
    """A rectangle has its top left corner and size, a circle its centre, a polygon its corners; relative units only."""
    if value(boundary, "Iptc4xmpExt:rbUnit") != "relative":
        return None
    corners = boundary.find(qualified("Iptc4xmpExt:rbVertices"))
    if corners is not None:
        places = [values(corner, "Iptc4xmpExt:rbX", "Iptc4xmpExt:rbY") for corner in corners.iter(qualified("rdf:li"))]
        known = [place for place in places if place]
        return (sum(x for x, _ in known) / len(known), sum(y for _, y in known) / len(known)) if known else None
    corner = values(boundary, "Iptc4xmpExt:rbX", "Iptc4xmpExt:rbY")
    size = values(boundary, "Iptc4xmpExt:rbW", "Iptc4xmpExt:rbH") or [0.0, 0.0]
    return (corner[0] + size[0] / 2, corner[1] + size[1] / 2) if corner else None


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
