"""One version of one story with all that its outputs have in common."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from rendering import dates
from rendering.characters import clean_story
from rendering.labels import Labels, labels_for
from rendering.links import StoryLinks
from rendering.pictures import Figures
from slugline.desk import DeskSettings
from slugline.pictures import PictureManifest
from slugline.story import BlockType, NoticeKind, Story

_DESCRIPTION_LENGTH = 200
# As XML Schema's xs:language has it; no tag that is longer means anything (RFC 5646, 4.4.1).
_LANGUAGE = re.compile(r"(?!und\b|mul\b|zxx\b)[a-zA-Z]{2,8}(?:-[a-zA-Z0-9]{1,8}){0,4}")
# What readers are told; the other kinds are for editors.
_PUBLIC_NOTICES = (NoticeKind.CORRECTION, NoticeKind.UPDATE)


@dataclass(frozen=True)
class Edition:
    """`story` is free of characters that markup cannot carry; `verbatim` is as parsed."""

    verbatim: Story
    manifest: PictureManifest
    desk: DeskSettings
    links: StoryLinks

    @cached_property
    def story(self) -> Story:
        return clean_story(self.verbatim)

    @cached_property
    def figures(self) -> Figures:
        return Figures(self.story, self.manifest)

    @cached_property
    def labels(self) -> Labels:
        return labels_for(self.story.language, self.desk.language)

    @cached_property
    def language(self) -> str:
        return language_of(self.story, self.desk.language)

    @cached_property
    def published(self) -> datetime:
        return dates.first_published(self.story, self.links)

    @cached_property
    def updated(self) -> datetime:
        return dates.last_updated(self.story, self.links)

    @cached_property
    def description(self) -> str | None:
        """The standfirst, else the head of the first paragraph."""
        paragraphs = (block.text for block in self.story.body if block.type == BlockType.PARAGRAPH)
        text = self.story.standfirst or next(paragraphs, "")
        return shorten(" ".join(text.split()), _DESCRIPTION_LENGTH) or None

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        """The body as plain text, one string a block."""
        return tuple(block.text for block in self.story.body if block.type != BlockType.IMAGE and block.text.strip())

    @property
    def notices(self) -> tuple[str, ...]:
        return tuple(notice.text for notice in self.story.notices if notice.kind in _PUBLIC_NOTICES)

    @property
    def corrections(self) -> tuple[str, ...]:
        return tuple(notice.text for notice in self.story.notices if notice.kind == NoticeKind.CORRECTION)

    @property
    def copyright_holder(self) -> str:
        return self.desk.copyright_holder or self.desk.site_name

    @property
    def copyright_notice(self) -> str:
        """The copy's own, else the newsroom's."""
        return self.story.copyright or f"© {self.published.year} {self.copyright_holder}"


def language_of(story: Story, default: str) -> str:
    """The story's language tag where it is one and says which language."""
    return story.language if _LANGUAGE.fullmatch(story.language) else default


def shorten(text: str, length: int) -> str:
    """The text without blanks around it, cut between words where it is longer than `length` characters."""
    text = text.strip()
    if len(text) <= length:
        return text
    head = text[: length - 1]
    return (head.rsplit(None, 1)[0] if " " in head else head) + "…"
