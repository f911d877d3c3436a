"""A picture as a NewsML-G2 news item; a withheld one has its words and no content."""

from lxml import etree

from rendering.edition import Edition
from rendering.formats.newsml_item import add_item_meta, add_line, add_rights, name, new_item
from rendering.markup import absence
from rendering.pictures import Figure
from rendering.vocabulary import digital_source_type
from rendering.xml_text import add
from slugline.pictures import Rendition


def picture_uri(edition: Edition, figure: Figure) -> str:
    return f"{edition.links.uri}#{figure.number}"


def picture_item(edition: Edition, figure: Figure) -> etree._Element:
    image = figure.image
    item = new_item("newsItem", edition, guid=picture_uri(edition, figure))
    add_rights(item, edition, notice=image.copyright or image.credit, holder=image.copyright or image.credit,
               terms=image.usage_terms)  # fmt: skip
    status = None if figure.syndicable else "withheld"
    add_item_meta(item, edition, kind="picture", status=status, note=absence(figure))
    _content_meta(item, edition, figure)
    if figure.syndicable:
        content = etree.SubElement(item, name("contentSet"))
        for file in figure.files:
            _remote(content, edition, file, main=file == figure.main)
    return item


def _content_meta(item: etree._Element, edition: Edition, figure: Figure) -> None:
    image = figure.image
    meta = etree.SubElement(item, name("contentMeta"))
    if source_type := digital_source_type(image.digital_source_type):
        etree.SubElement(meta, name("digitalSourceType"), {"uri": source_type})
    if image.byline:
        add_line(etree.SubElement(meta, name("creator"), {"role": "crol:photographer"}), "name", image.byline)
    etree.SubElement(meta, name("language"), {"tag": edition.language})
    add(meta, name("headline"), image.headline)
    add_line(meta, "creditline", image.credit)
    add(meta, name("description"), image.caption, {"role": "drol:caption"})
    add(meta, name("description"), image.alt, {"role": "drol:altText"})


def _remote(content: etree._Element, edition: Edition, file: Rendition, *, main: bool) -> None:
    attributes = {
        "href": edition.links.picture(file.key),
        "contenttype": file.content_type,
        "size": str(file.bytes),
        "width": str(file.width),
        "height": str(file.height),
    }
    if main:
        attributes["rendition"] = "rnd:web"
    etree.SubElement(content, name("remoteContent"), attributes)
