"""What the sandbox's child tells its parent: a length-prefixed JSON head, then the pictures' bytes as they are."""

import json
from dataclasses import dataclass
from typing import Any

from parsing.document import ParsedStory, PictureFile
from slugline.story import Story

LENGTH_BYTES = 8


@dataclass(frozen=True)
class Refusal:
    """A Rejected on its way out of the child. `failure` is the traceback when the parser itself was at fault."""

    reason: str
    remedy: str
    place: str | None = None
    failure: str | None = None


@dataclass(frozen=True)
class Answer:
    """Stories, or the refusal. `modules` are those that had to be imported for it."""

    stories: tuple[ParsedStory, ...] = ()
    refusal: Refusal | None = None
    modules: tuple[str, ...] = ()


def pack(answer: Answer) -> list[bytes]:
    """The answer as byte strings to be written one after the other; pictures are not copied."""
    head = json.dumps(
        {
            "stories": [_told(parsed) for parsed in answer.stories],
            "refusal": vars(answer.refusal) if answer.refusal else None,
            "modules": answer.modules,
        }
    ).encode()
    pictures = [picture.data for parsed in answer.stories for picture in parsed.pictures]
    return [len(head).to_bytes(LENGTH_BYTES), head, *pictures]


def unpack(packed: bytes | bytearray) -> Answer | None:
    """The answer, or None when it is cut short or garbled, as after a crash."""
    try:
        return _unpack(packed)
    except (ValueError, TypeError, LookupError):
        return None


def _unpack(packed: bytes | bytearray) -> Answer | None:
    start = LENGTH_BYTES + int.from_bytes(packed[:LENGTH_BYTES])
    if len(packed) < max(start, LENGTH_BYTES + 1):
        return None
    head = json.loads(packed[LENGTH_BYTES:start])
    stories = []
    for told in head["stories"]:
        parsed, start = _heard(told, packed, start)
        stories.append(parsed)
    if start != len(packed):
        return None
    refusal = Refusal(**head["refusal"]) if head["refusal"] else None
    return Answer(tuple(stories), refusal, tuple(head["modules"]))


def _told(parsed: ParsedStory) -> dict[str, Any]:
    return {
        "story": parsed.story.model_dump(mode="json"),
        "identifier": parsed.identifier,
        "encoding": parsed.encoding,
        "pictures": [(picture.name, len(picture.data)) for picture in parsed.pictures],
    }


def _heard(told: dict[str, Any], packed: bytes | bytearray, start: int) -> tuple[ParsedStory, int]:
    pictures = []
    for name, size in told["pictures"]:
        pictures.append(PictureFile(name, bytes(packed[start : start + size])))
        start += size
    story = Story.model_validate_json(json.dumps(told["story"]))
    return ParsedStory(story, told["identifier"], tuple(pictures), told["encoding"]), start
