"""Who a story is: the same identity again is the next version of the same story."""

import hashlib
from pathlib import PurePosixPath

from slugline.story import Story

_ID_LENGTH = 20
_SHORT_ID_LENGTH = 8


def story_id(identifier: str | None, key: str, position: int = 0) -> str:
    """The story's id: from the document's own identifier, else from the object key.

    `position` tells apart the stories of one file that have no identifier of their own. 80 bits of SHA-256: two of a
    million million stories share an id with a chance below one in a million.
    """
    name = f"identifier\n{identifier}" if identifier else f"key\n{key}\n{position}"
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_ID_LENGTH]


def correlation_id(key: str, sequencer: str) -> str:
    """One per drop, the same for a repeated event."""
    return hashlib.sha256(f"{key}\n{sequencer}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def article_path(story: Story) -> str:
    """The article page's key on the site: readable, unique, fixed by the first version."""
    return f"articles/{story.slug}-{story.id[:_SHORT_ID_LENGTH]}.html".removeprefix("-")


def story_key(story: Story) -> str:
    """Where the archive keeps a version's JSON; content-addressed, so a lost race leaves the winner's untouched."""
    return f"stories/{story.id}/v{story.version}-{digest(story)[:16]}.json"


def pictures_key(story_id: str, version: int) -> str:
    """Where the archive keeps the manifest of a version's pictures."""
    return f"stories/{story_id}/v{version}-pictures.json"


def digest(story: Story) -> str:
    """A fingerprint of what the story says, leaving out its version and provenance: equal means nothing changed."""
    content = story.model_copy(update={"version": 0, "provenance": None})
    return hashlib.sha256(content.model_dump_json().encode("utf-8", "surrogatepass")).hexdigest()


def folder_of(key: str) -> str | None:
    """The folder that makes a key part of a package; None for a key at the top level."""
    parent = PurePosixPath(key).parent.as_posix()
    return None if parent in {".", "/", ""} else parent


def asset_key(data: bytes) -> str:
    """Where the archive keeps a picture's original: content-addressed, so that the same picture is kept once."""
    return f"pictures/{hashlib.sha256(data).hexdigest()}"
