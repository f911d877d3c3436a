"""Bodies as markup. Whatever a story says is hostile until it has passed here, sanitised or escaped."""

import re
from collections.abc import Iterator
from itertools import groupby

import nh3
from markupsafe import Markup, escape

from rendering.links import StoryLinks
from rendering.pictures import Figure, Figures
from slugline.story import Block, BlockType, Story

_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s",
    "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
}  # fmt: skip
_TABLE = {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
_ATTRIBUTES = {
    "*": {"lang", "dir", "title"},
    "a": {"href"},
    "time": {"datetime"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
}
_TAG = re.compile(r"<(/?)([a-z]+)")
_VOID = ("br", "wbr")
# libxml2 follows 256 levels, browsers 512; real copy nests three or four deep.
_DEEPEST = 50
_SCHEMES = {"http", "https", "mailto"}
_REMOVE_WITH_CONTENT = {"script", "style", "template", "noscript", "iframe", "object", "svg", "math"}

# Cleaners are built once: building one costs more than using it.
_inline_cleaner = nh3.Cleaner(
    tags=_INLINE,
    attributes=_ATTRIBUTES,
    url_schemes=_SCHEMES,
    clean_content_tags=_REMOVE_WITH_CONTENT,
    link_rel=None,
    # A relative address means another place on every site that shows the story.
    url_relative="deny",
)
_table_cleaner = nh3.Cleaner(
    tags=_INLINE | _TABLE,
    attributes=_ATTRIBUTES,
    url_schemes=_SCHEMES,
    clean_content_tags=_REMOVE_WITH_CONTENT,
    link_rel=None,
    url_relative="deny",
)


def inline(block: Block) -> Markup:
    """The block's content as phrasing markup; its text alone where there is no markup or it is nested absurdly."""
    if block.html is None:
        return escape(block.text)
    cleaned = _inline_cleaner.clean(block.html).strip()
    return Markup(cleaned) if _is_flat(cleaned) else escape(block.text)  # noqa: S704 - just sanitised


def table(block: Block) -> Markup:
    """The block's table, or its text where its markup holds none."""
    cleaned = _table_cleaner.clean(block.html or "").strip()
    if not cleaned.startswith("<table") or not _is_flat(cleaned):
        return Markup("<p>{}</p>").format(inline(block))
    return Markup(cleaned)  # noqa: S704 - just sanitised


def _is_flat(cleaned: str) -> bool:
    """Whether no element of sanitised markup, where every tag is closed, is nested deeper than parsers follow."""
    depth = 0
    for closing, name in _TAG.findall(cleaned):
        if name not in _VOID:
            depth += -1 if closing else 1
            if depth > _DEEPEST:
                return False
    return True


def element(block: Block) -> Markup:
    """A block as one element. An image block is the caller's: what it becomes depends on who reads."""
    if block.type == BlockType.TABLE:
        return table(block)
    return _ELEMENTS[block.type].format(inline(block))


_ELEMENTS = {
    BlockType.PARAGRAPH: Markup("<p>{}</p>"),
    BlockType.SUBHEAD: Markup("<h2>{}</h2>"),
    BlockType.LIST_ITEM: Markup("<li>{}</li>"),
    BlockType.QUOTE: Markup("<blockquote><p>{}</p></blockquote>"),
    # A player or post of a third party would bring its scripts: readers get what it says, with its links.
    BlockType.EMBED: Markup("<p>{}</p>"),
    BlockType.IMAGE: Markup("{}"),
}


def partner_elements(story: Story, figures: Figures, links: StoryLinks, *, withheld: bool = True) -> Iterator[Markup]:
    """The body for other sites, element by element, with absolute addresses.

    Of a picture that they do not get the words remain, or with `withheld` False nothing.
    """
    for is_list, blocks in groupby(story.body, lambda block: block.type == BlockType.LIST_ITEM):
        if is_list:
            yield Markup("<ul>{}</ul>").format(Markup("").join(map(element, blocks)))
            continue
        for block in blocks:
            if block.type != BlockType.IMAGE:
                yield element(block)
            elif (figure := figures.get(block.image or "")) and (withheld or figure.syndicable):
                yield partner_figure(figure, links)
    for figure in figures.unplaced:
        if withheld or figure.syndicable:
            yield partner_figure(figure, links)


def partner_figure(figure: Figure, links: StoryLinks) -> Markup:
    """A figure for other sites: of a withheld picture its caption, its credit and the reason remain."""
    image = figure.image
    caption = Markup("<figcaption>{}{}{}</figcaption>").format(
        image.caption or "",
        Markup(" <cite>{}</cite>").format(image.credit) if image.credit else "",
        Markup(" <small>[{}]</small>").format(absence(figure)) if absence(figure) else "",
    )
    if not figure.syndicable:
        return Markup("<figure>{}</figure>").format(caption)
    main = figure.main
    picture = Markup('<img src="{}" alt="{}" width="{}" height="{}"/>').format(
        links.picture(main.key), image.alt or "", main.width, main.height
    )
    return Markup("<figure>{}{}</figure>").format(picture, caption)


def absence(figure: Figure) -> str | None:
    """Why partners get no file of this picture; None when they get one."""
    if not figure.image.rights.syndicate:
        return f"Picture withheld: {figure.image.rights.ground}"
    return None if figure.shown else "Picture not available"
