"""Words of a document that no field of its story has, so that they are kept with the reason."""

from collections.abc import Iterable

from slugline.model import Model
from slugline.story import Removed


def unsaid(removed: Iterable[Removed], kept: Iterable[Model]) -> tuple[Removed, ...]:
    """Those of the texts that none of what is kept (stories, images) says, each once."""
    said = "\n".join(one.model_dump_json() for one in kept)
    texts = {
        one.text: one for one in removed if one.model_dump_json(include={"text"})[len('{"text":"') : -2] not in said
    }
    return tuple(texts.values())
