"""NITF 3.6 (https://iptc.org/standards/nitf/)."""

from datetime import UTC, datetime

from lxml import etree

from rendering.edition import Edition
from rendering.formats.nitf_body import NAMESPACE, add_body, name
from rendering.vocabulary import PLUS
from rendering.xml_text import add, xml_bytes
from slugline.story import NoticeKind

_MEDIA_TOPICS = "http://cv.iptc.org/newscodes/mediatopic/"


def render(edition: Edition) -> bytes:
    root = etree.Element(name("nitf"), {"version": "-//IPTC//DTD NITF 3.6//EN"}, nsmap={None: NAMESPACE})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", edition.language)
    head = etree.SubElement(root, name("head"))
    add(head, name("title"), edition.story.headline)
    etree.SubElement(head, name("meta"), {"name": "plus-DataMining", "content": PLUS + edition.desk.data_mining})
    _subjects(head, edition)
    _docdata(head, edition)
    etree.SubElement(head, name("pubdata"), {"type": "web", "ex-ref": edition.links.canonical})
    etree.SubElement(head, name("revision-history"), {"norm": norm(edition.updated), "comment": "updated"})
    public = tuple(notice for notice in edition.story.notices if notice.kind == NoticeKind.UPDATE)
    add_body(root, edition, notices=public)
    return xml_bytes(root, indent=False)


def _subjects(head: etree._Element, edition: Edition) -> None:
    """Only Media Topics have the eight digits NITF asks for."""
    tobject = etree.SubElement(head, name("tobject"))
    for subject in edition.story.subjects:
        code = (subject.uri or "").removeprefix(_MEDIA_TOPICS)
        if code.isdecimal():
            attributes = {"tobject.subject.refnum": code, "tobject.subject.type": subject.name}
            etree.SubElement(tobject, name("tobject.subject"), attributes)


def _docdata(head: etree._Element, edition: Edition) -> None:
    story = edition.story
    docdata = etree.SubElement(head, name("docdata"), {"management-status": story.status.value})
    for text in edition.corrections:
        etree.SubElement(docdata, name("correction"), {"info": text, "id-string": edition.links.uri})
    etree.SubElement(docdata, name("doc-id"), {"regsrc": edition.desk.site_name, "id-string": edition.links.uri})
    etree.SubElement(docdata, name("date.issue"), {"norm": norm(edition.published)})
    if story.embargo:
        etree.SubElement(docdata, name("date.release"), {"norm": norm(story.embargo)})
    for notice in story.notices:
        if notice.kind not in (NoticeKind.CORRECTION, NoticeKind.UPDATE):
            etree.SubElement(docdata, name("ed-msg"), {"msg-type": notice.kind.value, "info": notice.text})
    etree.SubElement(docdata, name("du-key"), {"version": str(story.version), "key": story.slug})
    etree.SubElement(
        docdata, name("doc.copyright"), {"year": str(edition.published.year), "holder": edition.copyright_holder}
    )
    etree.SubElement(docdata, name("doc.rights"), {"limitations": f"plus:DataMining {PLUS}{edition.desk.data_mining}"})
    keywords = etree.SubElement(docdata, name("key-list"))
    for keyword in story.keywords:
        etree.SubElement(keywords, name("keyword"), {"key": keyword})


def norm(moment: datetime) -> str:
    """ISO 8601 basic format, as NITF asks for."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
