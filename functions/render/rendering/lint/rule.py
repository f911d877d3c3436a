"""A platform's rule, and the faults that several platforms look for."""

from collections.abc import Callable
from dataclasses import dataclass

from rendering.edition import Edition, shorten
from rendering.pictures import Figure
from slugline.pictures import Rendition
from slugline.verdict import Finding

# Characters: verdicts travel in an event, and a fault may quote what a hostile story says.
_FAULT = 300
Fault = Callable[[Edition], str | None]


@dataclass(frozen=True)
class Rule:
    """`fault` says what is wrong with a story, or None."""

    name: str
    fault: Fault
    remedy: str
    source: str
    required: bool = True

    def check(self, edition: Edition) -> Finding | None:
        fault = self.fault(edition)
        if fault is None:
            return None
        fault = shorten(fault, _FAULT)
        return Finding(rule=self.name, required=self.required, fault=fault, remedy=self.remedy, source=self.source)


def headline_length(shortest: int, longest: int) -> Fault:
    """In characters, both ends allowed."""

    def fault(edition: Edition) -> str | None:
        length = len(edition.story.headline)
        within = shortest <= length <= longest
        return None if within else f"The headline has {length} characters; {shortest} to {longest} are taken."

    return fault


def no_body(edition: Edition) -> str | None:
    return None if edition.paragraphs else "The story has no text."


def no_author(edition: Edition) -> str | None:
    return None if edition.story.authors else "The story names no author."


def not_https(edition: Edition) -> str | None:
    address = edition.links.canonical
    return None if address.startswith("https://") else f"The story's address is {address}."


def no_picture(edition: Edition) -> str | None:
    """No picture that partners may have."""
    if syndicable(edition):
        return None
    withheld = sum(not figure.image.rights.syndicate for figure in edition.figures.values())
    return f"The story has no picture that may be passed on ({withheld} withheld)."


def unfit(what: str, enough: Callable[[Rendition], bool]) -> Fault:
    """Pictures of which no file is good enough; `what` says what they are not."""

    def fault(edition: Edition) -> str | None:
        poor = [figure for figure in syndicable(edition) if not any(map(enough, figure.fallbacks))]
        sizes = ", ".join(f"{figure.image.id} ({_largest(figure)})" for figure in poor)
        return f"Not {what}: {sizes}." if poor else None

    return fault


def syndicable(edition: Edition) -> tuple[Figure, ...]:
    return tuple(figure for figure in edition.figures.values() if figure.syndicable)


def _largest(figure: Figure) -> str:
    return f"{figure.fallbacks[-1].width} x {figure.fallbacks[-1].height}"
