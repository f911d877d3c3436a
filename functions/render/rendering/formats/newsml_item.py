"""What every NewsML-G2 item has: identity, rights, management."""

from lxml import etree

from rendering.characters import one_line
from rendering.edition import Edition
from rendering.vocabulary import PLUS
from rendering.xml_text import add
from slugline.model import rfc3339

NAMESPACE = "http://iptc.org/std/nar/2006-10-01/"
# IPTC's catalogue resolves the aliases used here (ninat, stat, sig, irel, crol, drol, rnd, group).
_CATALOG = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_32.xml"


def name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"


def add_line(parent: etree._Element, tag: str, text: str | None) -> None:
    """A child whose type is a normalised string: one line."""
    add(parent, name(tag), one_line(text))


def new_item(tag: str, edition: Edition, *, guid: str) -> etree._Element:
    attributes = {
        "standard": "NewsML-G2",
        "standardversion": "2.35",
        "conformance": "power",
        "guid": guid,
        "version": str(edition.story.version),
    }
    item = etree.Element(name(tag), attributes, nsmap={None: NAMESPACE})
    item.set("{http://www.w3.org/XML/1998/namespace}lang", edition.language)
    etree.SubElement(item, name("catalogRef"), {"href": _CATALOG})
    return item


def add_rights(
    item: etree._Element,
    edition: Edition,
    *,
    notice: str | None = None,
    holder: str | None = None,
    terms: str | None = None,
) -> None:
    """Copyright, terms and the mining reservation; the newsroom's own where the arguments name no other."""
    rights = etree.SubElement(item, name("rightsInfo"))
    owner = etree.SubElement(rights, name("copyrightHolder"))
    add_line(owner, "name", holder or edition.copyright_holder)
    add(rights, name("copyrightNotice"), notice or edition.copyright_notice)
    add(rights, name("usageTerms"), terms)
    if edition.desk.rights_policy_url:
        etree.SubElement(rights, name("link"), {"href": edition.desk.rights_policy_url})
    etree.SubElement(rights, name("dataMining"), {"uri": PLUS + edition.desk.data_mining})


def add_item_meta(
    item: etree._Element, edition: Edition, *, kind: str, status: str | None = None, note: str | None = None
) -> None:
    """itemMeta in the order that the schema wants."""
    story = edition.story
    meta = etree.SubElement(item, name("itemMeta"))
    etree.SubElement(meta, name("itemClass"), {"qcode": f"ninat:{kind}"})
    provider = etree.SubElement(meta, name("provider"), {"uri": edition.desk.site_url})
    add_line(provider, "name", edition.desk.site_name)
    add(meta, name("versionCreated"), rfc3339(edition.updated))
    add(meta, name("firstCreated"), rfc3339(edition.published))
    add(meta, name("embargoed"), rfc3339(story.embargo) if story.embargo else None)
    etree.SubElement(meta, name("pubStatus"), {"qcode": f"stat:{status or story.status.value}"})
    add(meta, name("edNote"), note)
    if kind == "text":
        _text_management(meta, edition)


def _text_management(meta: etree._Element, edition: Edition) -> None:
    story = edition.story
    for notice in story.notices:
        add(meta, name("edNote"), notice.text)
    if edition.corrections:
        etree.SubElement(meta, name("signal"), {"qcode": "sig:correction"})
    elif story.version > 1:
        etree.SubElement(meta, name("signal"), {"qcode": "sig:update"})
    if story.version > 1:
        previous = {"rel": "irel:previousVersion", "residref": edition.links.uri, "version": str(story.version - 1)}
        etree.SubElement(meta, name("link"), previous)
    page = {"rel": "irel:seeAlso", "href": edition.links.canonical, "contenttype": "text/html"}
    etree.SubElement(meta, name("link"), page)
