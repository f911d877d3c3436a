"""A page's tree to a story: what the page states, and what its blocks are."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from html import escape
from urllib.parse import urljoin

from lxml import etree
from lxml.html import HtmlElement

from parsing.markup import dates, stamps
from parsing.markup.chunks import Chunk, chunks_of, texts_in, tidy
from parsing.markup.drawings import DRAWN, FLATTENED, drawn_texts, has_formula
from parsing.markup.edges import detailed, edges_of
from parsing.markup.extraction import Article, article_of
from parsing.markup.figures import LABEL, Figure, add_texts, figure_of, is_caption, is_credit
from parsing.markup.furniture import reason_by_wording
from parsing.markup.office import set_title
from parsing.markup.people import BY, people_in, people_of
from parsing.markup.picture_lines import with_picture_lines
from parsing.markup.prose import HEADINGS, is_prose
from parsing.markup.readings import READING, take_readings
from parsing.markup.sanitise import inline_html, table_html
from parsing.markup.structured import Stated, stated_by
from parsing.text.bio import bio_author
from parsing.text.notices import notice_of
from slugline.story import Author, Block, BlockType, Dateline, Image, Notice, Removed, Story

TITLE_END = re.compile("(?:\\s+[|\\-\u2013\u2014•·»:]\\s+|\\s*[\uff5c_]\\s*)([^|\u2013\u2014•·»\uff5c]{2,60})$")
SHORTEST_TITLE = 30
"""Characters a headline keeps when an ending that may be the site's name is taken off without knowing that name."""
LONGEST_KICKER = 60
LONGEST_BYLINE = 150
BYLINE_CLASS = re.compile(r"byline|author|\bwriter|contributor|autor", re.IGNORECASE)
STANDFIRST_CLASS = re.compile(
    r"standfirst|sub-?title|sub-?head|\bdek\b|\bdeck\b|\blede?\b|\blead\b|intro|chapo|summary|excerpt|description",
    re.IGNORECASE,
)
SHORTEST_STANDFIRST = 30
BIO_CLASS = re.compile(r"\bbio\b|author-?(?:bio|box|info|description)|about-?author|-bio\b", re.IGNORECASE)
SHORTEST_BIO = 40
NAMING = ("class", "itemprop", "rel", "data-component", "data-gu-name", "data-testid")
"""Attributes by which publishers name the parts of an article."""
WORD = re.compile(r"\w+")
TYPES = {
    "li": BlockType.LIST_ITEM,
    "dd": BlockType.LIST_ITEM,
    "dt": BlockType.LIST_ITEM,
    "blockquote": BlockType.QUOTE,
} | {f"h{level}": BlockType.SUBHEAD for level in range(1, 7)}


@dataclass(slots=True)
class Draft:
    """The story while its parts are being found."""

    stated: Stated
    time_zone: str = "UTC"
    headline: str = ""
    kicker: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    names: list[str] = field(default_factory=list)
    bios: list[str] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)
    figures: list[tuple[Figure, str]] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    dateline: Dateline | None = None
    embed: HtmlElement | None = None
    published: datetime | None = None
    updated: datetime | None = None
    stamps: list[Chunk] = field(default_factory=list)

    def remove(self, text: str, reason: str) -> None:
        if text:
            self.removed.append(Removed(text=text, reason=reason))

    def stamp(self, chunk: Chunk) -> None:
        self.stamps.append(chunk)
        self.remove(chunk.text, "time stamp")

    def take_notice(self, text: str) -> bool:
        """Whether the text is a notice, which goes before all else: an embargo reads like a time stamp, too."""
        kind = notice_of(text)
        if kind:
            self.notices.append(Notice(kind=kind, text=text))
        return kind is not None


def story_of(root: HtmlElement, time_zone: str = "UTC") -> Story:
    """The page's story. Its body is empty when no chunk of the page is an article's.

    `time_zone`: the desk's IANA zone, in which a printed time stamp without a zone is read.
    """
    stated = stated_by(root)
    readings = take_readings(root)
    set_title(root)
    _resolve_links(root, stated.url)
    body = root.find("body")
    body = root if body is None or not len(body) else body
    chunks = with_picture_lines(chunks_of(body), emphasis=False)
    draft = Draft(stated, time_zone)
    draft.removed += [Removed(text=text, reason=READING) for text in readings]
    draft.headline = _headline(root, chunks, stated)
    printed = [chunk for chunk in chunks if chunk.text and _same(chunk.text, draft.headline)]
    printed.sort(key=lambda chunk: chunk.tag != "h1")
    article = article_of(body, chunks, printed[0].element if printed else None, stated.body)
    _outside(draft, article, chunks)
    _inside(draft, article.kept, last=_last_prose(article.kept))
    return _finished(draft, root)


def fragment_story(
    root: HtmlElement, time_zone: str = "UTC", address: str | None = None, *, titled: bool = False
) -> Story:
    """The story of markup that is an article and nothing else, as Markdown's and a feed entry's is.

    `address`: where it is published, for its relative links. `titled`: it has its headline elsewhere, so that a heading
    of the first level below copy is a subhead.
    """
    _resolve_links(root, address)
    readings = take_readings(root)
    chunks = with_picture_lines(chunks_of(root), emphasis=True)
    draft = Draft(Stated(), time_zone)
    draft.removed += [Removed(text=text, reason=READING) for text in readings]
    texts = [chunk for chunk in chunks if chunk.text]
    first = next((chunk for chunk in (texts[:1] if titled else texts) if chunk.tag == "h1"), None)
    draft.headline = first.text if first else ""
    if chunks and (reason := reason_by_wording(chunks[-1].text)):
        draft.remove(chunks.pop().text, reason)
    _inside(draft, chunks, last=len(chunks))
    return _finished(draft, root)


def _resolve_links(root: HtmlElement, address: str | None) -> None:
    """Links of the copy work on our page too; the sanitiser drops those that stay relative."""
    base = root.find(".//base")
    address = (base.get("href") if base is not None else None) or address
    for link in root.iter("a") if address else ():
        if href := link.get("href"):
            link.set("href", joined(address or "", href))


def joined(address: str, href: str) -> str:
    """The link as seen from the address; empty for what is no link."""
    try:
        return urljoin(address, href.strip())
    except ValueError:
        return ""


def _headline(root: HtmlElement, chunks: list[Chunk], stated: Stated) -> str:
    """The headline that is printed on the page, confirmed by what the page states; else what it states."""
    printed = [chunk.text for chunk in chunks if chunk.tag == "h1"] or [tidy(e.text_content()) for e in root.iter("h1")]
    stated_title = without_site(stated.headline or "", stated.site)
    match = next((text for text in printed if stated_title and _same(text, stated_title)), None)
    title = tidy(root.findtext(".//title") or "")
    return (
        match or stated_title or _titled(title, chunks) or next(iter(printed), "") or without_site(title, stated.site)
    )


def _titled(title: str, chunks: list[Chunk]) -> str:
    """The longest heading that the page's title has too: weblogs set the site's name in `h1` and the post's in `h3`."""
    headings = [chunk.text for chunk in chunks if chunk.tag in ("h1", "h2", "h3") and chunk.text]
    known = [text for text in headings if _words(text) and _words(text) in _words(title)]
    return max(known, key=len, default="") if title else ""


def without_site(title: str, site: str | None) -> str:
    """The title without the site's name at its end."""
    end = TITLE_END.search(title)
    if not end:
        return title
    known = site and (_words(end[1]) == _words(site) or _words(site) in _words(end[1]))
    return title[: end.start()] if known or (not site and len(title) - len(end[0]) > SHORTEST_TITLE) else title


def _outside(draft: Draft, article: Article, chunks: list[Chunk]) -> None:
    """The byline, standfirst and lead picture stand above the article's element on many pages."""
    headline_at = next((i for i, c in enumerate(chunks) if c.text and _same(c.text, draft.headline)), None)
    inside = set(article.container.iter())
    copy = {id(chunk) for chunk in article.kept if chunk.element in inside}
    first = next((i for i, c in enumerate(chunks) if id(c) in copy), len(chunks))
    between = (
        set(map(id, chunks[headline_at + 1 : first])) if headline_at is not None and headline_at < first else set()
    )
    for chunk, reason in article.removed:
        near = id(chunk) in between
        near = near or reason == "above the article"
        if _bio_part(draft, chunk) or (near and _header_part(draft, chunk)):
            continue
        if reason == "below the article" and draft.take_notice(chunk.text):
            continue
        if reason == "above the article" and _is_kicker(draft, chunk, chunks, headline_at):
            draft.kicker = chunk.text
        elif near and chunk.figure and reason == "outside the article":
            _figure(draft, chunk)
        elif chunk.figure:
            draft.remove(" ".join((*texts_in(chunk.element), *chunk.lines)), reason)
        elif chunk.text:
            draft.remove(chunk.text, "headline" if _same(chunk.text, draft.headline) else reason)


def _is_kicker(draft: Draft, chunk: Chunk, chunks: list[Chunk], headline_at: int | None) -> bool:
    """A few words right above the headline."""
    if not headline_at or draft.kicker or len(chunk.text) > LONGEST_KICKER or chunk.linked:
        return False
    return chunks[headline_at - 1] is chunk


def _last_prose(kept: list[Chunk]) -> int:
    """Where the copy ends: a heading below it is of something that was removed."""
    copy = (index for index, chunk in enumerate(kept) if is_prose(chunk) or chunk.tag == "li")
    return max(copy, default=len(kept))


def _inside(draft: Draft, kept: list[Chunk], last: int) -> None:
    started = False
    for index, chunk in enumerate(kept):
        if chunk.figure:
            _figure(draft, chunk)
        elif _figure_text(draft, chunk) or _bio_part(draft, chunk) or (not started and _header_part(draft, chunk)):
            continue
        elif _same(chunk.text, draft.headline):
            draft.remove(chunk.text, "headline repeated")
        elif chunk.text and not any(map(str.isalnum, chunk.text)):
            draft.remove(chunk.text, "rule between parts")
        elif _is_stamp(chunk) and not notice_of(chunk.text):
            draft.stamp(chunk)
        elif index > last and chunk.tag in HEADINGS:
            draft.remove(chunk.text, "heading without text")
        else:
            started = started or is_prose(chunk)
            _block(draft, chunk)


def _header_part(draft: Draft, chunk: Chunk) -> bool:
    """Whether the chunk, above the first paragraph, is byline, standfirst, time stamp or the headline again."""
    text, names = chunk.text, _names(chunk.element)
    if chunk.figure:
        return False
    if _same(text, draft.headline):
        draft.remove(text, "headline repeated") if chunk.tag != "h1" else None
    elif draft.take_notice(text):
        pass
    elif not draft.stated.authors and not draft.names and (people := people_in(chunk)):
        draft.remove(draft.byline or "", "byline without a name")
        draft.byline, draft.names = text, people
        if _is_stamp(chunk):
            draft.stamps.append(chunk)
    elif _is_stamp(chunk):
        draft.stamp(chunk)
    elif _is_byline(draft, chunk, names):
        draft.remove(text if draft.byline else "", "byline repeated")
        draft.byline = draft.byline or text
        draft.names += people_of([text], draft.stated.site)
    elif not draft.standfirst and _is_standfirst(draft, chunk, names):
        draft.standfirst = text
    else:
        return False
    return True


def _is_byline(draft: Draft, chunk: Chunk, names: str) -> bool:
    text = chunk.text
    if len(text) > LONGEST_BYLINE or chunk.tag in ("h1", "h2"):
        return False
    stated = {tidy(name) for name, _ in draft.stated.authors}
    return bool(
        text in stated or (BY.match(text) and people_of([text])) or (BYLINE_CLASS.search(names) and not is_prose(chunk))
    )


def _is_standfirst(draft: Draft, chunk: Chunk, names: str) -> bool:
    if STANDFIRST_CLASS.search(names):
        return chunk.text.count(" ") > 1
    if chunk.tag in ("h2", "h3"):
        return len(chunk.text) > SHORTEST_STANDFIRST
    return chunk.tag != "p" and bool(draft.stated.description) and _same(chunk.text, draft.stated.description or "")


def _bio_part(draft: Draft, chunk: Chunk) -> bool:
    if (
        not chunk.text
        or len(chunk.text) < SHORTEST_BIO
        or not any(BIO_CLASS.search(_class(e)) for e in _near(chunk.element))
    ):
        return False
    draft.bios.append(chunk.text)
    return True


def _is_stamp(chunk: Chunk) -> bool:
    return chunk.tag not in TYPES and stamps.is_stamp(chunk)


def _figure(draft: Draft, chunk: Chunk) -> None:
    figure = figure_of(chunk.element, chunk.lines)
    if figure is None:
        draft.remove(" ".join((*texts_in(chunk.element), *chunk.lines)), "figure without a picture")
        return
    known = next((found for found, _ in draft.figures if found.url and found.url == figure.url), None)
    if known:
        add_texts(known, figure.caption, figure.credit)
    else:
        identifier = f"image-{len(draft.figures) + 1}"
        draft.figures.append((figure, identifier))
        draft.body.append(Block(type=BlockType.IMAGE, image=identifier))
    shown = known or figure
    said = "\n".join(filter(None, (shown.alt, shown.caption, shown.credit, shown.copyright)))
    texts = [
        *texts_in(chunk.element),
        *chunk.lines,
        *filter(None, (figure.alt, figure.caption, figure.credit) if known else ()),
    ]
    left = dict.fromkeys(text for text in texts if text not in said)
    draft.remove(" ".join(left), "picture repeated" if known else "label at a picture")


def _figure_text(draft: Draft, chunk: Chunk) -> bool:
    """A caption or credit that stands beside its picture rather than in one figure with it."""
    near = _near(chunk.element)[:2]
    caption = any(is_caption(e) for e in near)
    credit = any(is_credit(e) and not BYLINE_CLASS.search(_class(e)) for e in near)
    if not draft.figures or not (caption or credit) or (is_prose(chunk) and not caption):
        return False
    figure = draft.figures[-1][0]
    add_texts(figure, None if credit else chunk.text, chunk.text if credit else None)
    said = set(WORD.findall(" ".join(filter(None, (figure.alt, figure.caption, figure.credit, figure.copyright)))))
    if not said.issuperset(WORD.findall(chunk.text)):
        known = said.issuperset(WORD.findall(LABEL.sub("", chunk.text)))
        draft.remove(chunk.text, "label at a picture" if known else "further caption")
    return True


def _block(draft: Draft, chunk: Chunk) -> None:
    if chunk.table:
        markup = etree.tostring(chunk.element, encoding="unicode", method="html", with_tail=False)
        draft.body.append(Block(type=BlockType.TABLE, text=chunk.text, html=table_html(markup)))
        return
    if chunk.embed is not None:
        _embed(draft, chunk, chunk.embed)
        return
    kind = next((TYPES[tag] for e in _near(chunk.element) if (tag := str(e.tag)) in TYPES), BlockType.PARAGRAPH)
    draft.body.append(Block(type=kind, text=chunk.text, html=inline_html(chunk.markup)))


def _embed(draft: Draft, chunk: Chunk, embed: HtmlElement) -> None:
    """A posting from elsewhere is one block, of however many lines."""
    markup = inline_html(chunk.markup)
    if draft.embed is embed and draft.body and (block := draft.body[-1]).type is BlockType.EMBED:
        html = " ".join(filter(None, (block.html or escape(block.text), markup or escape(chunk.text))))
        draft.body[-1] = block.model_copy(update={"text": f"{block.text}\n{chunk.text}", "html": html})
    else:
        draft.body.append(Block(type=BlockType.EMBED, text=chunk.text, html=markup))
    draft.embed = embed


def _finished(draft: Draft, root: HtmlElement) -> Story:
    stated = draft.stated
    _fill_from_stated(draft)
    _read_edges(draft)
    _read_stamps(draft)
    for text in drawn_texts(root):
        draft.remove(text, DRAWN)
    if has_formula(root):
        draft.warnings.append(FLATTENED)
    return Story(
        headline=draft.headline,
        kicker=draft.kicker,
        standfirst=draft.standfirst,
        byline=draft.byline,
        authors=tuple(_authors(draft)),
        dateline=draft.dateline,
        notices=tuple(draft.notices),
        language=(stated.language or root.get("lang") or "und").replace("_", "-"),
        published=draft.published,
        updated=draft.updated,
        body=tuple(draft.body),
        images=tuple(_image(figure, identifier) for figure, identifier in draft.figures),
        keywords=tuple(stated.keywords),
        removed=tuple(draft.removed),
        warnings=tuple(draft.warnings),
    )


def _read_edges(draft: Draft) -> None:
    names = tuple(name for full, _ in draft.stated.authors for name in people_of([full], draft.stated.site))
    edges = edges_of(draft.body, (*names, *draft.names))
    draft.body, draft.dateline = edges.body, edges.dateline
    draft.notices += edges.notices
    draft.bios += edges.bios
    draft.removed += edges.removed
    if not names and not draft.names:
        draft.names += [person.name for person in edges.reporters]


def _read_stamps(draft: Draft) -> None:
    """The page's metadata go before what it prints."""
    stated, zone, warnings = draft.stated, draft.time_zone, draft.warnings
    draft.published = dates.instant(stated.published, "publication", zone, warnings)
    draft.updated = dates.instant(stated.modified, "update", zone, warnings)
    for chunk in draft.stamps:
        if stamps.is_update(chunk.text):
            draft.updated = draft.updated or stamps.moment_in(chunk, "update", zone, warnings)
        else:
            draft.published = draft.published or stamps.moment_in(chunk, "publication", zone, warnings)


def _fill_from_stated(draft: Draft) -> None:
    """Captions and credits that the page states for a picture that it shows without them."""
    for image in draft.stated.images:
        shown = next(
            (figure for figure, _ in draft.figures if figure.url and _stem(figure.url) == _stem(image.url)), None
        )
        if shown is None and not draft.figures:
            shown = Figure(image.url)
            draft.figures.append((shown, "image-1"))
            draft.body.insert(0, Block(type=BlockType.IMAGE, image="image-1"))
        if shown:
            add_texts(shown, image.caption, image.credit)
            shown.alt = shown.alt or image.alt
            shown.copyright = shown.copyright or image.copyright


def _stem(url: str) -> str:
    return (Figure(url).file or url).rsplit(".", 1)[0].casefold()


def _authors(draft: Draft) -> list[Author]:
    stated = {name: bio for full, bio in draft.stated.authors for name in people_of([full], draft.stated.site)}
    names = list(stated) or list(dict.fromkeys(draft.names))
    if not names:
        names = list(dict.fromkeys(person.name for bio in draft.bios if (person := bio_author(bio))))
    authors = [detailed(Author(name=name, bio=_bio_of(name, draft.bios)), draft.byline, draft.bios) for name in names]
    unclaimed = [bio for bio in draft.bios if not any(author.bio == bio for author in authors)]
    if len(authors) == 1 and unclaimed and not authors[0].bio:
        return [authors[0].model_copy(update={"bio": " ".join(unclaimed)})]
    for bio in unclaimed:
        draft.remove(bio, "bio of another person")
    return authors


def _bio_of(name: str, bios: list[str]) -> str | None:
    return next((bio for bio in bios if name.casefold() in bio.casefold()), None)


def _image(figure: Figure, identifier: str) -> Image:
    return Image(
        id=identifier,
        alt=figure.alt,
        caption=figure.caption,
        credit=figure.credit,
        copyright=figure.copyright,
        file=figure.file,
    )


def _near(element: HtmlElement) -> list[HtmlElement]:
    """The element and its three nearest ancestors."""
    return [element, *list(element.iterancestors())[:3]]


def _class(element: HtmlElement) -> str:
    return " ".join(filter(None, map(element.get, NAMING)))


def _names(element: HtmlElement) -> str:
    return " ".join(map(_class, _near(element)[:3]))


@lru_cache(maxsize=512)
def _words(text: str) -> str:
    """Letters and digits. Each chunk of a page is compared with the headline several times."""
    return "".join(char for char in text.casefold() if char.isalnum())


def _same(first: str, second: str) -> bool:
    words = _words(first)
    return bool(words) and words == _words(second)
