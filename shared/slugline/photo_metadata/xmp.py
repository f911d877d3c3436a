"""XMP packets (ISO 16684-1): the IPTC Core, IPTC Extension and PLUS properties of a photo.

A packet that declares a document type is not read: XMP never has one, and entities are an attack.
"""

import re
from typing import NamedTuple
from xml.etree import ElementTree as ET

from slugline.photo_metadata.metadata import PhotoMetadata
from slugline.photo_metadata.namespaces import qualified
from slugline.photo_metadata.regions import focal_point, lies_across

Element = ET.Element
EMBARGO_DATE = re.compile(r"\{http://prismstandard\.org/namespaces/[^}]*\}embargoDate", re.IGNORECASE)
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class Xmp(NamedTuple):
    """What a packet says; `translations` are its texts in all languages, of which `metadata` has one.

    `across`: whether its regions were drawn on a picture that is wider than high, where that is said.
    """

    metadata: PhotoMetadata = PhotoMetadata()
    translations: PhotoMetadata = PhotoMetadata()
    has_gps: bool = False
    across: bool | None = None
    warnings: tuple[str, ...] = ()


def read_xmp(packet: bytes) -> Xmp:
    """A damaged packet, or none, says nothing."""
    if not packet:
        return Xmp()
    if b"<!DOCTYPE" in packet or b"<!ENTITY" in packet:
        return Xmp(warnings=("The photo's XMP declares a document type and was not read.",))
    try:
        root = ET.fromstring(packet.strip(b"\0 \t\r\n"))  # noqa: S314 - as above
    except (ET.ParseError, ValueError, LookupError):
        return Xmp(warnings=("The photo's XMP is damaged and was not read.",))
    properties = properties_of(root)
    has_gps = any(tag.startswith(qualified("exif:GPS")) for tag in properties)
    return Xmp(metadata_of(properties), translations_of(properties), has_gps, lies_across(properties))


def properties_of(root: Element) -> dict[str, Element]:
    """Top-level properties by qualified name; those written as attributes become elements."""
    found: dict[str, Element] = {}
    for description in root.iter(qualified("rdf:Description")):
        for name, value in description.attrib.items():
            element = ET.Element(name)
            element.text = value
            found.setdefault(name, element)
        for child in description:
            found.setdefault(child.tag, child)
    return found


def metadata_of(properties: dict[str, Element]) -> PhotoMetadata:
    def one(name: str) -> str | None:
        return text_of(properties.get(qualified(name)))

    def several(name: str) -> list[str]:
        return texts_of(properties.get(qualified(name)))

    return PhotoMetadata(
        headline=one("photoshop:Headline"),
        title=one("dc:title"),
        description=one("dc:description"),
        alt=one("Iptc4xmpCore:AltTextAccessibility"),
        creator=", ".join(several("dc:creator")) or None,
        creator_role=one("photoshop:AuthorsPosition"),
        credit=one("photoshop:Credit"),
        source=one("photoshop:Source"),
        copyright=one("dc:rights"),
        usage_terms=one("xmpRights:UsageTerms"),
        instructions=one("photoshop:Instructions"),
        data_mining=one("plus:DataMining"),
        digital_source_type=one("Iptc4xmpExt:DigitalSourceType"),
        created=one("photoshop:DateCreated"),
        release=embargo_date(properties),
        location=shown(properties.get(qualified("Iptc4xmpExt:LocationShown"))) or legacy_location(properties),
        keywords=tuple(several("dc:subject")),
        identifier=one("Iptc4xmpExt:DigImageGUID"),
        focal_point=focal_point(properties),
    )


def translations_of(properties: dict[str, Element]) -> PhotoMetadata:
    """The texts that may be in several languages, all of them: one may speak of rights where another does not."""

    def every(name: str) -> str | None:
        return "\n".join(texts_of(properties.get(qualified(name)))) or None

    return PhotoMetadata(
        description=every("dc:description"), copyright=every("dc:rights"), usage_terms=every("xmpRights:UsageTerms")
    )


def texts_of(element: Element | None) -> list[str]:
    """The items of a Bag, Seq or Alt (its default language first), or the one text of a simple property."""
    if element is None:
        return []
    items = list(element.iter(qualified("rdf:li")))
    items.sort(key=lambda item: item.get(LANGUAGE) != "x-default")
    texts = [item.text or "" for item in items] or [element.get(qualified("rdf:resource")) or element.text or ""]
    return [text.strip() for text in texts if text.strip()]


def text_of(element: Element | None) -> str | None:
    return next(iter(texts_of(element)), None)


def embargo_date(properties: dict[str, Element]) -> str | None:
    """PRISM's `embargoDate`, whichever of its namespaces it is in: each version has had others."""
    found = (element for name, element in properties.items() if EMBARGO_DATE.fullmatch(name))
    return next((text for element in found if (text := text_of(element))), None)


LOCATION_PARTS = ("LocationName", "Sublocation", "City", "ProvinceState", "CountryName")


def shown(bag: Element | None) -> str | None:
    """The first location shown, from the place to the country."""
    if bag is None:
        return None
    first = next(bag.iter(qualified("rdf:li")), bag)
    parts = [attribute_or_child(first, f"Iptc4xmpExt:{name}") for name in LOCATION_PARTS]
    return ", ".join(part for part in parts if part) or None


def attribute_or_child(element: Element, name: str) -> str | None:
    for candidate in element.iter():
        if qualified(name) in candidate.attrib:
            return candidate.attrib[qualified(name)].strip()
    return text_of(next(element.iter(qualified(name)), None))


LEGACY_PARTS = ("Iptc4xmpCore:Location", "photoshop:City", "photoshop:State", "photoshop:Country")


def legacy_location(properties: dict[str, Element]) -> str | None:
    return ", ".join(text for name in LEGACY_PARTS if (text := text_of(properties.get(qualified(name))))) or None
