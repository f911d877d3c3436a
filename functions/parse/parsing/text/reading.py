"""What is known of a text while it is read: its lines, and of each its role and why."""

from dataclasses import dataclass, field
from enum import Enum, auto

from parsing.text import furniture
from parsing.text.captions import Picture
from parsing.text.evidence import Page
from parsing.text.judge import Verdict
from parsing.text.lines import Line, ends_sentence
from slugline.story import NoticeKind

PROSE_WORDS = 8
STANDFIRST_WORDS = 4


class Role(Enum):
    HEADLINE = auto()
    KICKER = auto()
    STANDFIRST = auto()
    BYLINE = auto()
    SIGN_OFF = auto()
    NOTICE = auto()
    PICTURE = auto()
    BIO = auto()
    REMOVED = auto()
    BODY = auto()


@dataclass
class Reading:
    """What is known of a text so far: its lines, and of each its role and why."""

    page: Page
    verdicts: list[Verdict]
    roles: dict[int, Role] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    kinds: dict[int, NoticeKind] = field(default_factory=dict)
    pictures: list[Picture] = field(default_factory=list)
    signatures: set[int] = field(default_factory=set)
    """Names and places below letters."""
    titles: set[int] = field(default_factory=set)
    """Numbered titles, whose number is copy."""

    @property
    def lines(self) -> list[Line]:
        return self.page.lines

    def free(self, index: int) -> bool:
        return index not in self.roles

    def take(self, index: int, role: Role, reason: str = "") -> None:
        self.roles[index] = role
        if reason:
            self.reasons[index] = reason

    def all_free(self) -> list[int]:
        return [index for index in range(len(self.lines)) if self.free(index)]


def is_prose(line: Line) -> bool:
    """Whether the line is of whole sentences, as paragraphs and few other things are."""
    return line.words >= PROSE_WORDS and ends_sentence(line.text)


def headline_at(reading: Reading) -> int:
    """The index of the headline's line, -1 without one."""
    return next((index for index, role in reading.roles.items() if role is Role.HEADLINE), -1)


def may_be_standfirst(reading: Reading, index: int) -> bool:
    """Whether nothing known of the line speaks against a standfirst."""
    if index + 1 >= len(reading.lines) or not reading.free(index):
        return False
    facts = reading.page.facts[index]
    return not (facts.furniture or facts.credit or facts.tail) and reading.lines[index].words >= STANDFIRST_WORDS


def is_closed(reading: Reading, after: int) -> bool:
    """Whether what follows ends the head: a byline or a time stamp."""
    stamped = reading.page.facts[after].furniture == furniture.TIME_STAMP
    return stamped or reading.roles.get(after) is Role.BYLINE
