"""Judgements on chunks by their neighbours, their wording and the page's own statement, each a pass over the page."""

from collections.abc import Callable, Iterator
from itertools import groupby, pairwise

from lxml.html import HtmlElement

from parsing.markup.chunks import Chunk
from parsing.markup.furniture import WORDING, reason_by_wording
from parsing.markup.people import BY
from parsing.markup.prose import HEADINGS, ends_sentence, is_prose, key_of, weight_of

Verdicts = list[str | None]
"""For each chunk None where it is the article's, else the reason why it is not."""

LINKS = frozenset(("link by itself", "list of links", "teasers", "related link"))
BARE = 0.8
"""Share of linked characters from which a chunk is nothing but links."""
TYPICAL = 0.7
"""Share of the prose in `p` elements from which short text outside them is suspect."""
LABEL = 60
"""Characters of the longest label."""
STATED_ENOUGH, STATED_LEAST, STATED_COVER = 0.7, 400, 0.6
"""How much of the stated body the page must show, its fewest characters, and how much of the prose it must cover."""
JUDGED_BY_ITSELF = frozenset(("repeated", "link by itself", "list of links", *WORDING))
"""Reasons that lie in the words: the stated text has related links and prompts in it too."""
TELLING = 20
"""Letters from which a text that is found in the stated body is not found there by chance."""


def by_wording(chunks: list[Chunk], verdicts: Verdicts) -> None:
    for index, chunk in _open(chunks, verdicts):
        if not chunk.figure and not chunk.table:
            verdicts[index] = reason_by_wording(chunk.text)


def by_links(chunks: list[Chunk], verdicts: Verdicts) -> None:
    """Links by themselves, as headings too, and lists of them with the heading above."""
    for index, chunk in _open(chunks, verdicts):
        if _is_bare_link(chunk):
            verdicts[index] = "link by itself"
    for indexes in _lists(chunks):
        bare = sum(1 for index in indexes if chunks[index].linked > len(chunks[index].text) / 2)
        if bare > len(indexes) / 2:
            for index in indexes:
                verdicts[index] = verdicts[index] or "list of links"


def by_heading(chunks: list[Chunk], verdicts: Verdicts) -> None:
    """A heading goes with the links below it; a heading that says "related" takes what stands in its box with it."""
    texts = [index for index, chunk in enumerate(chunks) if chunk.text]
    for index, below in pairwise(texts):
        if chunks[index].tag in HEADINGS and verdicts[index] is None and verdicts[below] in LINKS:
            verdicts[index] = verdicts[below]


def by_label(chunks: list[Chunk], verdicts: Verdicts) -> None:
    """On a page that sets its copy in `p`, short words in a bare `div` are labels, counters and buttons."""
    prose = [chunk for _, chunk in _open(chunks, verdicts) if is_prose(chunk)]
    total = sum(map(weight_of, prose))
    if sum(weight_of(chunk) for chunk in prose if chunk.tag == "p") < TYPICAL * total or not total:
        return
    first = next(index for index, chunk in _open(chunks, verdicts) if is_prose(chunk) and chunk.tag == "p")
    for index, chunk in _open(chunks, verdicts):
        plain = chunk.tag in ("div", "section", "article", "main", "body", "a", "button")
        if index > first and plain and len(chunk.text) < LABEL and not ends_sentence(chunk.text) and chunk.text:
            verdicts[index] = "label"


def by_repetition(chunks: list[Chunk], verdicts: Verdicts) -> None:
    """A pull quote repeats the text, and a page built for two widths has all of it twice."""
    shown = {id(chunk): key_of(chunk.text) for _, chunk in _open(chunks, verdicts) if chunk.text}
    seen: set[str] = set()
    whole = "\n".join(shown.values())
    for index, chunk in _open(chunks, verdicts):
        key = shown.get(id(chunk), "")
        if len(key) < TELLING or chunk.tag in HEADINGS:
            continue
        if key in seen:
            verdicts[index] = "repeated"
        elif _is_quote(chunk) and whole.count(key) > 1:
            verdicts[index] = "pull quote"
        seen.add(key)


def by_edges(chunks: list[Chunk], verdicts: Verdicts) -> None:
    """Above the first prose and below the last nothing but a sentence is copy; headings above may be a standfirst."""
    kept = [index for index, _ in _open(chunks, verdicts)]
    prose = [index for index in kept if is_prose(chunks[index])]
    for index in kept if prose else ():
        chunk = chunks[index]
        if prose[0] <= index <= prose[-1] or not chunk.text or chunk.table or ends_sentence(chunk.text):
            continue
        if index > prose[-1]:
            below = next((chunks[at] for at in kept if at > index and chunks[at].text), None)
            last = chunks[prose[-1]]
            heads = chunk.tag in HEADINGS and below is not None and _is_list_of(below, last)
            if not (heads or _goes_on(chunk, last) or _is_list_of(chunk, last)):
                verdicts[index] = "below the article"
        elif chunk.tag not in HEADINGS and chunk.tag != "li":
            verdicts[index] = "above the article"


def by_stated_body(chunks: list[Chunk], verdicts: Verdicts, body: str) -> None:
    """Where the page states its article's text and shows it, that text is the copy: no more and no less."""
    stated = key_of(body)
    keys = [key_of(chunk.text) for chunk in chunks]
    found = [index for index, key in enumerate(keys) if len(key) >= TELLING and key in stated]
    shown = sum(len(keys[index]) for index in dict.fromkeys(found))
    kept = sum(len(keys[index]) for index, chunk in _open(chunks, verdicts) if is_prose(chunk))
    if len(stated) < STATED_LEAST or shown < STATED_ENOUGH * len(stated) or len(stated) < STATED_COVER * kept:
        return
    seen: set[str] = set()
    for index in found:
        if keys[index] not in seen and verdicts[index] not in JUDGED_BY_ITSELF:
            verdicts[index] = None
        seen.add(keys[index])
    for index, chunk in list(_open(chunks, verdicts)):
        if found[0] < index and chunk.tag == "p" and keys[index] and keys[index] not in stated:
            verdicts[index] = "not in the text that the page states"


def _goes_on(chunk: Chunk, last: Chunk) -> bool:
    """Set as the last paragraph is, in the same element, and without links: a sign-off, a verse, an answer."""
    same = chunk.tag == last.tag == "p" and chunk.element.getparent() is last.element.getparent()
    return same and not chunk.linked


def _is_list_of(chunk: Chunk, last: Chunk) -> bool:
    """An item of a list that stands beside the last paragraph, without a link in it: the copy ends in a list."""
    holder = _list_of(chunk)
    if holder is None or chunk.linked or last.tag != "p" or holder.find(".//a") is not None:
        return False
    return holder.getparent() is last.element.getparent()


def _open(chunks: list[Chunk], verdicts: Verdicts) -> Iterator[tuple[int, Chunk]]:
    """The chunks that are still held for the article's. A posting from elsewhere is kept or left out whole."""
    return ((index, chunk) for index, chunk in enumerate(chunks) if verdicts[index] is None and chunk.embed is None)


def _is_bare_link(chunk: Chunk) -> bool:
    """Links without a sentence. A linked byline is left to be read as one."""
    if not chunk.text or chunk.linked <= BARE * len(chunk.text) or chunk.tag == "h1":
        return False
    return (chunk.tag in HEADINGS or not ends_sentence(chunk.text)) and not BY.match(chunk.text)


def _lists(chunks: list[Chunk]) -> Iterator[list[int]]:
    """The chunks of each list that stand one after the other."""
    for holder, group in groupby(enumerate(chunks), key=lambda pair: _list_of(pair[1])):
        if holder is not None:
            yield [index for index, chunk in group if chunk.text]


def _list_of(chunk: Chunk) -> HtmlElement | None:
    return next((e for e in (chunk.element, *chunk.element.iterancestors()) if e.tag in ("ul", "ol")), None)


def _is_quote(chunk: Chunk) -> bool:
    near = (chunk.element, *list(chunk.element.iterancestors())[:2])
    return any(e.tag == "blockquote" or "quote" in (e.get("class") or "").lower() for e in near)


PASSES: tuple[Callable[[list[Chunk], Verdicts], None], ...] = (
    by_wording,
    by_links,
    by_heading,
    by_label,
    by_repetition,
    by_edges,
)
