"""NewsML-G2 2.35 (https://iptc.org/standards/newsml-g2/): a news item, or with pictures a news message.

The message holds the text's item, one item for each picture, and the package that ties them together.
"""

from lxml import etree

from rendering.edition import Edition
from rendering.formats.newsml_item import NAMESPACE, add_item_meta, add_line, add_rights, name, new_item
from rendering.formats.newsml_picture import picture_item, picture_uri
from rendering.formats.newsml_text import text_item
from rendering.xml_text import add, xml_bytes
from slugline.model import rfc3339


def render(edition: Edition) -> bytes:
    text = text_item(edition)
    if not edition.figures:
        return xml_bytes(text, indent=False)
    message = etree.Element(name("newsMessage"), nsmap={None: NAMESPACE})
    header = etree.SubElement(message, name("header"))
    add(header, name("sent"), rfc3339(edition.links.released))
    add_line(header, "sender", edition.desk.site_name)
    items = etree.SubElement(message, name("itemSet"))
    items.append(_package(edition))
    items.append(text)
    for figure in edition.figures.values():
        items.append(picture_item(edition, figure))
    return xml_bytes(message, indent=False)


def _package(edition: Edition) -> etree._Element:
    item = new_item("packageItem", edition, guid=f"{edition.links.uri}#package")
    add_rights(item, edition)
    add_item_meta(item, edition, kind="composite")
    meta = etree.SubElement(item, name("contentMeta"))
    add(meta, name("headline"), edition.story.headline)
    groups = etree.SubElement(item, name("groupSet"), {"root": "story"})
    group = etree.SubElement(groups, name("group"), {"id": "story", "role": "group:main"})
    _reference(group, edition, edition.links.uri, kind="text", title=edition.story.headline)
    for figure in edition.figures.values():
        title = figure.image.headline or figure.image.caption
        _reference(group, edition, picture_uri(edition, figure), kind="picture", title=title)
    return item


def _reference(group: etree._Element, edition: Edition, guid: str, *, kind: str, title: str | None) -> None:
    attributes = {
        "residref": guid,
        "version": str(edition.story.version),
        "contenttype": "application/vnd.iptc.g2.newsitem+xml",
    }
    reference = etree.SubElement(group, name("itemRef"), attributes)
    etree.SubElement(reference, name("itemClass"), {"qcode": f"ninat:{kind}"})
    add(reference, name("title"), title)
