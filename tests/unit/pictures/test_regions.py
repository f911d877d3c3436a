"""Which of a photo's regions say where to look: IPTC image regions and those of the Metadata Working Group."""

import pytest
from tests.support.photo_files import jpeg_with, xmp_with

from slugline.photo_metadata import read_photo

ROLES = "http://cv.iptc.org/newscodes/imageregionrole/"
SUBJECT = {"rbUnit": "relative", "rbX": 0.1, "rbY": 0.1, "rbW": 0.2, "rbH": 0.2}
OTHER = {"rbUnit": "relative", "rbX": 0.7, "rbY": 0.7, "rbRx": 0.1}


def item(inner: str) -> str:
    return f'<rdf:li rdf:parseType="Resource">{inner}</rdf:li>'


def fields(of: dict[str, object]) -> str:
    return "".join(f"<Iptc4xmpExt:{name}>{value}</Iptc4xmpExt:{name}>" for name, value in of.items())


def region(boundary: dict[str, object], role: str = "") -> str:
    """An IPTC image region, as exiftool writes it."""
    drawn = f'<Iptc4xmpExt:RegionBoundary rdf:parseType="Resource">{fields(boundary)}</Iptc4xmpExt:RegionBoundary>'
    if not role:
        return item(drawn)
    named = (
        f'<xmp:Identifier xmlns:xmp="http://ns.adobe.com/xap/1.0/"><rdf:Bag><rdf:li>{ROLES}{role}</rdf:li></rdf:Bag>'
    )
    roles = f"<Iptc4xmpExt:rRole><rdf:Bag>{item(named + '</xmp:Identifier>')}</rdf:Bag></Iptc4xmpExt:rRole>"
    return item(drawn + roles)


def point_of(xmp: str) -> tuple[float, float] | None:
    point = read_photo(jpeg_with(xmp=xmp_with(xmp))).metadata.focal_point
    return (round(point.x, 3), round(point.y, 3)) if point else None


def iptc(*regions: str) -> str:
    return f"<Iptc4xmpExt:ImageRegion><rdf:Bag>{''.join(regions)}</rdf:Bag></Iptc4xmpExt:ImageRegion>"


def test_regions_without_a_role_count_alike() -> None:
    assert point_of(iptc(region(SUBJECT), region(OTHER))) == (0.45, 0.45)


@pytest.mark.parametrize("role", ["mainSubjectArea", "subjectArea", "squareCropping", "recomCropping"])
def test_a_region_that_says_what_to_keep_in_view_wins_over_the_others(role: str) -> None:
    assert point_of(iptc(region(OTHER, "annotatedText"), region(SUBJECT, role))) == (0.2, 0.2)


def test_a_polygons_middle_is_that_of_its_corners() -> None:
    corners = [item(fields({"rbX": x, "rbY": y})) for x, y in ((0.1, 0.1), (0.5, 0.1), (0.3, 0.7))]
    boundary = {"rbUnit": "relative", "rbVertices": f"<rdf:Seq>{''.join(corners)}</rdf:Seq>"}
    assert point_of(iptc(region(boundary))) == (0.3, 0.3)


@pytest.mark.parametrize(
    "boundary",
    [{"rbUnit": "pixel", "rbX": 1, "rbY": 1}, {"rbUnit": "relative"}, {"rbUnit": "relative", "rbX": "far", "rbY": 0}],
)
def test_a_region_that_cannot_be_placed_is_none(boundary: dict[str, object]) -> None:
    assert point_of(iptc(region(boundary))) is None


def test_a_bar_code_is_nothing_to_look_at() -> None:
    areas = "".join(
        f'<rdf:li><rdf:Description mwg-rs:Type="{kind}"><mwg-rs:Area stArea:x="{x}" stArea:y="0.5"/>'
        "</rdf:Description></rdf:li>"
        for kind, x in (("Face", 0.2), ("BarCode", 0.9))
    )
    named = f"<mwg-rs:RegionList><rdf:Bag>{areas}</rdf:Bag></mwg-rs:RegionList>"
    assert point_of(f'<mwg-rs:Regions rdf:parseType="Resource">{named}</mwg-rs:Regions>') == (0.2, 0.5)
