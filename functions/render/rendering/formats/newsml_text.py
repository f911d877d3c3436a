"""The text of a story as a NewsML-G2 news item, its copy as inline NITF."""

from lxml import etree

from rendering.edition import Edition
from rendering.formats import nitf_body
from rendering.formats.newsml_item import add_item_meta, add_line, add_rights, name, new_item
from rendering.vocabulary import uri
from rendering.xml_text import add
from slugline.model import rfc3339
from slugline.story import Author


def text_item(edition: Edition) -> etree._Element:
    item = new_item("newsItem", edition, guid=edition.links.uri)
    add_rights(item, edition, terms=edition.story.usage_terms)
    add_item_meta(item, edition, kind="text")
    _content_meta(item, edition)
    words = " ".join(edition.paragraphs)
    content = etree.SubElement(item, name("contentSet"))
    attributes = {"contenttype": "application/nitf+xml", "wordcount": str(len(words.split()))}
    inline = etree.SubElement(content, name("inlineXML"), attributes)
    nitf = etree.SubElement(inline, nitf_body.name("nitf"), nsmap={None: nitf_body.NAMESPACE})
    nitf_body.add_body(nitf, edition, notices=())
    return item


def _content_meta(item: etree._Element, edition: Edition) -> None:
    story = edition.story
    meta = etree.SubElement(item, name("contentMeta"))
    add(meta, name("contentCreated"), rfc3339(edition.published))
    add(meta, name("contentModified"), rfc3339(edition.updated))
    if story.dateline:
        add_line(etree.SubElement(meta, name("located")), "name", story.dateline.place)
        if story.dateline.source:
            add_line(etree.SubElement(meta, name("infoSource")), "name", story.dateline.source)
    for author in story.authors:
        _creator(meta, author)
    etree.SubElement(meta, name("language"), {"tag": edition.language})
    for keyword in story.keywords:
        add_line(meta, "keyword", keyword)
    for subject in story.subjects:
        target = etree.SubElement(meta, name("subject"), _address(subject.uri))
        add_line(target, "name", subject.name)
    add_line(meta, "slugline", story.slug)
    add(meta, name("headline"), story.headline)
    add(meta, name("headline"), story.kicker, {"role": "hld:kicker"})
    add(meta, name("dateline"), story.dateline.text if story.dateline else None)
    add(meta, name("by"), story.byline)
    add(meta, name("description"), story.standfirst, {"role": "drol:summary"})


def _creator(meta: etree._Element, author: Author) -> None:
    creator = etree.SubElement(meta, name("creator"), {"role": "crol:writer"})
    add_line(creator, "name", author.name)
    add(creator, name("note"), author.bio)


def _address(term: str | None) -> dict[str, str]:
    address = uri(term)
    return {"uri": address} if address else {}
