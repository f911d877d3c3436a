"""Words of a document that no field of its story has, so that they are kept with the reason."""

from collections.abc import Iterable, Iterator
from typing import Any

from slugline.model import Model
from slugline.story import Image, Removed, Story


def unsaid(removed: Iterable[Removed], kept: Iterable[Model]) -> tuple[Removed, ...]:
    """Those of the texts that none of what is kept (stories, images) says, each once."""
    said = "\n".join(text for one in kept for text in _texts(one.model_dump()))
    return tuple({one.text: one for one in removed if one.text not in said}.values())


def everything_in(story: Story, reason: str) -> list[Removed]:
    """All words of a story of which none is printed, with the reason; what it has removed itself keeps its own."""
    texts = [story.kicker, story.headline, story.standfirst, story.byline, *(block.text for block in story.body)]
    texts += [text for one in story.images for text in words_of(one)]
    texts += [notice.text for notice in story.notices]
    return [*(Removed(text=text, reason=reason) for text in texts if text), *story.removed]


def words_of(image: Image) -> list[str]:
    """What is said of the picture to readers."""
    return [text for text in (image.headline, image.alt, image.caption, image.credit) if text]


def texts_in(story: Story) -> Iterator[str]:
    """All strings of the story, whatever field they are in; markup says what its block's text says."""
    return _texts(story.model_dump(exclude={"body": {"__all__": {"html"}}}))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _texts(one)
