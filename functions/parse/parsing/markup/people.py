"""Names of authors out of bylines and metadata."""

import re

from lxml.html import HtmlElement

from parsing.markup.chunks import Chunk, texts_in, tidy
from parsing.text.bylines import byline_of
from parsing.text.bylines import people_of as people_named
from parsing.text.moments import is_date_alone
from parsing.text.names import has_surname_of_paper, is_person

BY = re.compile(
    r"^(?:(?:story|words|text|written|reported|review|report|analysis|opinion)\s+)?(?:by|von|par|por|di|door|av|af|de)\s*:?\s+(?=\S)",
    re.IGNORECASE,
)
SPLIT = re.compile(r"\s*(?:,|;|\||•|·|\s(?:and|und|et|y|e|en|och|og|&)\s)\s*")
ROLE = re.compile(
    r"\b(?:reporter|editor|correspondent|writer|staff|columnist|journalist|producer|bureau|chief|redakteur\w*|redaktion|"
    r"politics|senior|contributor|analyst|critic|news|team|desk|agency|agencies|press|reuters|afp|ap|dpa|contributing)\b",
    re.IGNORECASE,
)
MOST_WORDS, LONGEST_NAME = 6, 60
NOT_A_NAME = re.compile(r"[@<>{}]|://|\d")


AUTHOR = re.compile(r"(?<![\w-])(?:author(?:-?name)?|byline-?name|fn|writer)(?![\w-])", re.IGNORECASE)
"""Names of the element that holds an author's name and nothing else."""
LONGEST_BYLINE = 150


def people_in(chunk: Chunk) -> list[str]:
    """The authors that a chunk above the copy names: by an element's name, by its words, or beside a date or a role."""
    if len(chunk.text) > LONGEST_BYLINE or chunk.tag in ("h1", "h2", "h3"):
        return []
    if named := people_of([tidy(e.text_content()) for e in chunk.element.iter() if _is_author(e)]):
        return named
    pieces = [piece for text in texts_in(chunk.element) for piece in re.split(r"\s*[|•·]\s*", text) if piece]
    for text in (chunk.text, *pieces):
        if (byline := byline_of(text)) and byline.authors:
            return [author.name for author in byline.authors]
    beside = any(is_date_alone(piece) or (ROLE.search(piece) and not is_person(piece)) for piece in pieces[1:])
    first = people_named(pieces[0]) if beside and is_person(pieces[0]) and " " in pieces[0] else ()
    return [person.name for person in first]


def _is_author(element: HtmlElement) -> bool:
    names = f"{element.get('class') or ''} {element.get('rel') or ''}" if isinstance(element.tag, str) else ""
    text = tidy(element.text_content()) if AUTHOR.search(names) else ""
    return is_person(without_by(text)) and " " in text


def people_of(texts: list[str], site: str | None = None) -> list[str]:
    """One name each, in order, without roles, outlets and addresses."""
    names = (name for text in texts for name in _split(tidy(text)))
    outlet = (site or "").casefold()
    return list(dict.fromkeys(name for name in names if name and name.casefold() != outlet))


def without_by(text: str) -> str:
    return BY.sub("", text)


def _split(text: str) -> list[str]:
    parts = [part.strip(" .") for part in SPLIT.split(without_by(text))]
    return [part for part in parts if looks_like_name(part)]


def looks_like_name(text: str) -> bool:
    words = text.split()
    return (
        1 <= len(words) <= MOST_WORDS
        and len(text) <= LONGEST_NAME
        and not NOT_A_NAME.search(text)
        and (not ROLE.search(text) or has_surname_of_paper(text))
    )
