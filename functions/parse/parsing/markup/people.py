"""Names of authors out of bylines and metadata."""

import re

from parsing.markup.chunks import tidy
from parsing.text.bylines import has_surname_of_paper

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
