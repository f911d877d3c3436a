"""A story's copy in the elements of NITF 3.6, with and without a document around it."""

from itertools import groupby

from lxml import etree

from rendering.copy_tree import inline_tree, table_rows
from rendering.edition import Edition
from rendering.markup import absence
from rendering.pictures import Figure
from rendering.xml_text import add
from slugline.story import Block, BlockType, Notice, NoticeKind

NAMESPACE = "http://iptc.org/std/NITF/2006-10-18/"
# What NITF has an element for; the text of every other element stays without it.
_INLINE = {"a": "a", "em": "em", "i": "em", "b": "em", "strong": "em", "u": "em", "cite": "em", "q": "q", "br": "br"}


def name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"


def add_body(root: etree._Element, edition: Edition, *, notices: tuple[Notice, ...]) -> None:
    """`body` with head, content and end; `notices` are those that the document around it does not carry."""
    body = etree.SubElement(root, name("body"))
    _head(etree.SubElement(body, name("body.head")), edition, notices)
    content = etree.SubElement(body, name("body.content"))
    for is_list, blocks in groupby(edition.story.body, lambda block: block.type == BlockType.LIST_ITEM):
        parent = etree.SubElement(content, name("ul")) if is_list else content
        for block in blocks:
            _block(parent, block, edition)
    for figure in edition.figures.unplaced:
        _media(content, figure, edition)
    bios = [author.bio for author in edition.story.authors if author.bio]
    if bios:
        end = etree.SubElement(body, name("body.end"))
        add(end, name("tagline"), " ".join(bios))


def _head(head: etree._Element, edition: Edition, notices: tuple[Notice, ...]) -> None:
    story = edition.story
    headline = etree.SubElement(head, name("hedline"))
    etree.SubElement(headline, name("hl1")).text = story.headline
    add(headline, name("hl2"), story.kicker, {"class": "kicker"})
    for notice in notices:
        _notice(head, notice)
    _byline(head, edition)
    if story.dateline:
        _dateline(head, story.dateline.place, story.dateline.text)
    if story.standfirst:
        add(etree.SubElement(head, name("abstract")), name("p"), story.standfirst)


def _notice(head: etree._Element, notice: Notice) -> None:
    """A public notice is a publishable advisory (`pa`), any other is for editors (`npa`)."""
    public = notice.kind in (NoticeKind.CORRECTION, NoticeKind.UPDATE)
    note = etree.SubElement(
        head, name("note"), {"noteclass": "editorsnote", "type": "pa" if public else "npa", "class": notice.kind.value}
    )
    add(etree.SubElement(note, name("body.content")), name("p"), notice.text or notice.kind.value)


def _byline(head: etree._Element, edition: Edition) -> None:
    """The byline as printed with its people marked; people it does not name have bylines of their own."""
    story = edition.story
    rest = story.byline or ""
    marked: etree._Element | None = etree.SubElement(head, name("byline")) if rest else None
    last: etree._Element | None = None
    for author in story.authors:
        before, found, after = rest.partition(author.name) if author.name else (rest, "", "")
        if marked is not None and found:
            _append(marked, last, before)
            last = etree.SubElement(marked, name("person"))
            last.text, rest = author.name, after
        elif author.name:
            own = etree.SubElement(head, name("byline"))
            add(own, name("person"), author.name)
            add(own, name("byttl"), author.role)
    if marked is not None:
        _append(marked, last, rest)


def _dateline(head: etree._Element, place: str, text: str) -> None:
    dateline = etree.SubElement(head, name("dateline"))
    before, found, after = text.partition(place) if place else (text, "", "")
    dateline.text = before
    if found:
        location = etree.SubElement(dateline, name("location"))
        location.text, location.tail = place, after


def _block(parent: etree._Element, block: Block, edition: Edition) -> None:
    if block.type == BlockType.IMAGE:
        if figure := edition.figures.get(block.image or ""):
            _media(parent, figure, edition)
    elif block.type == BlockType.TABLE and (rows := table_rows(block)):
        _table(parent, rows)
    elif block.type == BlockType.QUOTE:
        quote = etree.SubElement(etree.SubElement(parent, name("bq")), name("block"))
        _inline(inline_tree(block), etree.SubElement(quote, name("p")))
    else:
        tag = {BlockType.SUBHEAD: "hl2", BlockType.LIST_ITEM: "li"}.get(block.type, "p")
        _inline(inline_tree(block), etree.SubElement(parent, name(tag)))


def _table(parent: etree._Element, rows: tuple[tuple[bool, tuple[etree._Element, ...]], ...]) -> None:
    """Heading rows first, as NITF orders a table's parts; at least one row is the body."""
    table = etree.SubElement(parent, name("table"))
    headings = [cells for is_heading, cells in rows if is_heading]
    others = [cells for is_heading, cells in rows if not is_heading]
    if not others:
        headings, others = [], headings
    for tag, part in (("thead", headings), ("tbody", others)):
        if part:
            section = etree.SubElement(table, name(tag))
            for cells in part:
                row = etree.SubElement(section, name("tr"))
                for cell in cells:
                    _inline(cell, etree.SubElement(row, name(str(cell.tag)), _spans(cell)))


def _spans(cell: etree._Element) -> dict[str, str]:
    return {span: value for span in ("colspan", "rowspan") if (value := cell.get(span)) and value.isdecimal()}


def _media(parent: etree._Element, figure: Figure, edition: Edition) -> None:
    image = figure.image
    media = etree.SubElement(parent, name("media"), {"media-type": "image"})
    reference = etree.SubElement(media, name("media-reference"), {"name": image.id})
    if image.alt:
        reference.set("alternate-text", image.alt)
    if figure.syndicable:
        main = figure.main
        reference.attrib.update(
            {
                "source": edition.links.picture(main.key),
                "mime-type": main.content_type,
                "width": str(main.width),
                "height": str(main.height),
                "units": "pixels",
            }
        )
    else:
        reference.text = absence(figure)
    add(media, name("media-caption"), image.caption)
    add(media, name("media-producer"), image.credit)


def _inline(
    source: etree._Element, target: etree._Element, last: etree._Element | None = None
) -> etree._Element | None:
    """Copies text and known elements into `target`, after `last`; answers the last element it wrote."""
    _append(target, last, source.text)
    for child in source:
        tag = _INLINE.get(str(child.tag))
        if tag is None:
            last = _inline(child, target, last)
        else:
            last = etree.SubElement(target, name(tag))
            if child.get("href"):
                last.set("href", child.get("href", ""))
            if tag != "br":
                _inline(child, last)
        _append(target, last, child.tail)
    return last


def _append(parent: etree._Element, last: etree._Element | None, text: str | None) -> None:
    if not text:
        return
    if last is None:
        parent.text = (parent.text or "") + text
    else:
        last.tail = (last.tail or "") + text
