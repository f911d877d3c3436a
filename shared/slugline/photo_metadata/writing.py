"""The metadata that is written into every rendition: XMP, IPTC-IIM for JPEG, and three Exif texts.

Only what a desk may publish is written; there is no way for a position, serial number or thumbnail to get here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import accumulate
from xml.etree import ElementTree as ET

from slugline.photo_metadata import iim
from slugline.photo_metadata.namespaces import NAMESPACES, qualified
from slugline.story import Image

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
LENGTHS = (10_000, 2_000, 400)
"""Characters of one text, and of all keywords together: the first that make the block fit. The last always does."""
SEGMENT_BYTES = 65_000
"""A JPEG segment holds 65,533 with the block's name; what is longer would be left out of the file, rights and all."""
TEXTS = (
    *("headline", "caption", "alt", "credit", "byline", "copyright", "source", "instructions", "usage_terms"),
    *("location", "created", "data_mining", "digital_source_type"),
)


@dataclass(frozen=True)
class Embedded:
    """Blocks by libvips' names for them, and Exif texts by their tags' names."""

    blocks: dict[str, bytes]
    exif: dict[str, str]


def embedded_blocks(image: Image) -> Embedded:
    """All blocks for the image; empty when it has no metadata at all."""
    exif = {"ImageDescription": image.caption, "Artist": image.byline, "Copyright": image.copyright}
    blocks = {"xmp-data": fitting(xmp_packet, image), "iptc-data": fitting(iim_segment, image)}
    return Embedded(
        {name: block for name, block in blocks.items() if block},
        {tag: ascii_text for tag, text in exif.items() if text and (ascii_text := exif_text(text))},
    )


def fitting(write: Callable[[Image], bytes], image: Image) -> bytes:
    """The block of the image, its texts cut as far as it takes to fit a segment."""
    blocks = (write(shortened(image, length)) for length in LENGTHS)
    return next(block for block in blocks if len(block) <= SEGMENT_BYTES)


def shortened(image: Image, length: int) -> Image:
    """The image with no text longer than this, and no more keywords than fit it together."""
    ends = accumulate(len(keyword) + 1 for keyword in image.keywords)
    keywords = tuple(keyword for keyword, end in zip(image.keywords, ends, strict=True) if end <= length)
    texts = {name: text[:length] for name in TEXTS if (text := getattr(image, name))}
    return image.model_copy(update=texts | {"keywords": keywords})


def exif_text(text: str) -> str | None:
    """Exif texts are ASCII before version 3; what ASCII cannot say is left to XMP rather than written as `????`."""
    plain = text.replace("©", "(c)")[: LENGTHS[0]]
    return plain if plain.isascii() else None


def xmp_packet(image: Image) -> bytes:
    """An XMP packet with the image's IPTC properties; empty without any."""
    description = ET.Element(qualified("rdf:Description"), {qualified("rdf:about"): ""})
    for name, text, shape in properties(image):
        if text:
            shape(ET.SubElement(description, qualified(name)), printable(text))
    if image.keywords:
        bag(ET.SubElement(description, qualified("dc:subject")), image.keywords)
    if image.location:
        location(ET.SubElement(description, qualified("Iptc4xmpExt:LocationShown")), printable(image.location))
    if not len(description):
        return b""
    for prefix, uri in NAMESPACES.items():
        ET.register_namespace(prefix, uri)
    packet = ET.Element(qualified("x:xmpmeta"))
    ET.SubElement(packet, qualified("rdf:RDF")).append(description)
    head = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    return f'{head}{ET.tostring(packet, encoding="unicode")}<?xpacket end="r"?>'.encode()


def simple(element: ET.Element, text: str) -> None:
    element.text = text


def alternatives(element: ET.Element, text: str) -> None:
    item = ET.SubElement(ET.SubElement(element, qualified("rdf:Alt")), qualified("rdf:li"), {LANGUAGE: "x-default"})
    item.text = text


def sequence(element: ET.Element, text: str) -> None:
    ET.SubElement(ET.SubElement(element, qualified("rdf:Seq")), qualified("rdf:li")).text = text


def bag(element: ET.Element, texts: Iterable[str]) -> None:
    items = ET.SubElement(element, qualified("rdf:Bag"))
    for text in texts:
        ET.SubElement(items, qualified("rdf:li")).text = printable(text)


def location(element: ET.Element, text: str) -> None:
    item = ET.SubElement(ET.SubElement(element, qualified("rdf:Bag")), qualified("rdf:li"))
    item.set(qualified("rdf:parseType"), "Resource")
    alternatives(ET.SubElement(item, qualified("Iptc4xmpExt:LocationName")), text)


def properties(image: Image) -> list[tuple[str, str | None, Callable[[ET.Element, str], None]]]:
    """Property, text and shape, by the IPTC Photo Metadata Standard."""
    return [
        ("dc:description", image.caption, alternatives),
        ("dc:creator", image.byline, sequence),
        ("dc:rights", image.copyright, alternatives),
        ("photoshop:Headline", image.headline, simple),
        ("photoshop:Credit", image.credit, simple),
        ("photoshop:Source", image.source, simple),
        ("photoshop:Instructions", image.instructions, simple),
        ("photoshop:DateCreated", image.created, simple),
        ("xmpRights:UsageTerms", image.usage_terms, alternatives),
        ("Iptc4xmpCore:AltTextAccessibility", image.alt, alternatives),
        ("Iptc4xmpExt:DigitalSourceType", image.digital_source_type, simple),
        ("plus:DataMining", image.data_mining, simple),
    ]


def printable(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(char for char in text if char in "\n\t" or char >= " ")


def iim_segment(image: Image) -> bytes:
    """A JPEG APP13 segment: one Photoshop resource with the IIM stream, UTF-8 declared; empty without any text."""
    day, time = iim.date_and_time(image.created)
    texts = {
        iim.DATE: day,
        iim.TIME: time,
        iim.INSTRUCTIONS: image.instructions,
        iim.CREATOR: image.byline,
        iim.HEADLINE: image.headline,
        iim.CREDIT: image.credit,
        iim.SOURCE: image.source,
        iim.COPYRIGHT: image.copyright,
        iim.CAPTION: image.caption,
    }
    found = [(key, printable(text)) for key, text in texts.items() if text]
    found += [(iim.KEYWORD, printable(keyword)) for keyword in image.keywords]
    if not found:
        return b""
    stream = iim.dataset_bytes(iim.CHARSET, iim.UTF8) + iim.dataset_bytes((2, 0), b"\0\4")
    stream += b"".join(
        iim.dataset_bytes(key, text.encode()) for key, text in sorted(found, key=lambda dataset: dataset[0])
    )
    padded = stream + b"\0" * (len(stream) % 2)
    return b"Photoshop 3.0\x008BIM\x04\x04\0\0" + len(stream).to_bytes(4) + padded
