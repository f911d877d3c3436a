"""The article page and the page that stands where a withdrawn story was."""

import re
from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup, escape

from rendering import dates
from rendering.edition import Edition
from rendering.environment import render_page
from rendering.formats import FORMATS
from rendering.formats.oembed import embed_links
from rendering.labels import labels_for
from rendering.links import FeedPage
from rendering.markup import element, inline
from rendering.output import HTML, PAGE, Output
from rendering.pictures import Figure
from rendering.reservation import response_headers
from rendering.structured import news_article, script
from rendering.style import policy, style_sheet
from rendering.vocabulary import PLUS
from slugline.desk import DeskSettings
from slugline.model import rfc3339
from slugline.story import Block, BlockType, NoticeKind


def article_page(edition: Edition) -> Output:
    """The whole page."""
    figures = tuple(figure for figure in edition.figures.values() if figure.shown)
    style = style_sheet(edition.desk, figures)
    allowed = policy(style, edition.links.page_pictures, edition.desk.logo_url)
    lead = _lead(edition)
    body = render_page(
        "article.html",
        edition.desk,
        edition=edition,
        story=edition.story,
        desk=edition.desk,
        links=edition.links,
        labels=edition.labels,
        style=style,
        policy=allowed,
        json_ld=script(news_article(edition, for_partners=False)),
        preview=figures[0] if figures else None,
        lead=lead,
        parts=tuple(_parts(edition, lead)),
        notices=_notices(edition),
        times=_times(edition),
        byline=_byline(edition),
        formats=FORMATS,
        embeds=embed_links(edition),
        tdm=tuple(response_headers(edition.desk).items()),
        plus=PLUS + edition.desk.data_mining,
    )
    return Output(PAGE, HTML, body, allowed)


def withdrawn_page(desk: DeskSettings, language: str) -> Output:
    """Says that a story was here and nothing of what it said."""
    style = style_sheet(desk)
    labels = labels_for(language, desk.language)
    allowed = policy(style, desk.logo_url)
    body = render_page("withdrawn.html", desk, desk=desk, labels=labels, style=style, policy=allowed)
    return Output(PAGE, HTML, body, allowed)


def _lead(edition: Edition) -> Figure | None:
    """A picture that the body does not place goes to the top; one that opens the body is there already."""
    unplaced = (figure for figure in edition.figures.unplaced if figure.shown)
    body = edition.story.body
    if body and body[0].type == BlockType.IMAGE:
        opening = edition.figures.get(body[0].image or "")
        if opening and opening.shown:
            return opening
    return next(unplaced, None)


def _parts(edition: Edition, lead: Figure | None) -> Iterator[Markup | Figure]:
    """The body in order: markup, and the figures that can be shown, each once."""
    seen = {lead.number} if lead else set()
    opening = next((block for block in edition.story.body if block.type == BlockType.PARAGRAPH), None)
    for is_list, blocks in groupby(edition.story.body, lambda block: block.type == BlockType.LIST_ITEM):
        if is_list:
            yield Markup("<ul>{}</ul>").format(Markup("").join(map(element, blocks)))
            continue
        for block in blocks:
            if block.type == BlockType.TABLE:
                yield Markup('<div class="table" tabindex="0" role="group">{}</div>').format(element(block))
            elif block is opening:
                yield _with_dateline(edition, block)
            elif block.type != BlockType.IMAGE:
                yield element(block)
            else:
                yield from _once(edition.figures.get(block.image or ""), seen)
    for figure in edition.figures.unplaced:
        yield from _once(figure, seen)


def _with_dateline(edition: Edition, block: Block) -> Markup:
    """The first paragraph, run in after its dateline as in print; the style sheet sets the dash between them."""
    dateline = edition.story.dateline
    if dateline is None:
        return element(block)
    place = dateline.text.rstrip(" -\u2013\u2014")
    return Markup('<p><span class="dateline">{}</span> {}</p>').format(place, inline(block))


def _byline(edition: Edition) -> Markup:
    """The byline as printed, else the authors; each name with a feed is a link to the author's stories."""
    story = edition.story
    pages = {page.name: page for page in edition.links.of("authors")}

    def linked(text: str) -> Markup:
        return _author_link(edition, pages[text]) if text in pages else escape(text)

    if not story.byline:
        author = Markup('<bdi class="author">{}</bdi>')
        return Markup(", ").join(author.format(linked(person.name)) for person in story.authors)
    if not pages:
        return escape(story.byline)
    names = "|".join(map(re.escape, sorted(pages, key=len, reverse=True)))
    return Markup("").join(map(linked, re.split(rf"(?<!\w)({names})(?!\w)", story.byline)))


def _author_link(edition: Edition, page: FeedPage) -> Markup:
    return Markup('<a rel="author" href="{}">{}</a>').format(edition.links.page_of(page), page.name)


def _once(figure: Figure | None, seen: set[int]) -> Iterator[Figure]:
    if figure and figure.shown and figure.number not in seen:
        seen.add(figure.number)
        yield figure


def _notices(edition: Edition) -> tuple[tuple[str, str, str], ...]:
    """Kind, label and text of the notices that readers are told."""
    names = {NoticeKind.CORRECTION: edition.labels.correction, NoticeKind.UPDATE: edition.labels.update}
    return tuple((item.kind.value, names[item.kind], item.text) for item in edition.story.notices if item.kind in names)


def _times(edition: Edition) -> tuple[tuple[str, str, str], ...]:
    """Label, machine's and people's form of the story's dates; the second only when it differs."""
    labels, zone = edition.labels, edition.desk.time_zone
    moments = [(labels.published, edition.published)]
    if edition.updated != edition.published:
        moments.append((labels.updated, edition.updated))
    return tuple((label, rfc3339(at), dates.for_people(at, labels, zone)) for label, at in moments)
