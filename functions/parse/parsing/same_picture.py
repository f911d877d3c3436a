"""Two descriptions of one picture, made one."""

from slugline.story import Image, Removed

WORDS = ("alt", "caption", "credit", "copyright")


def merged(first: Image, second: Image) -> Image:
    """The first, with what only the second says, held as long as either is."""
    missing = {name: value for name, value in second if value not in {None, ()} and getattr(first, name) in {None, ()}}
    embargo = max(filter(None, (first.embargo, second.embargo)), default=None)
    return first.model_copy(update=missing | {"embargo": embargo})


def repeated(image: Image) -> tuple[Removed, ...]:
    """The words of a description that another took the place of."""
    texts = filter(None, (getattr(image, name) for name in WORDS))
    return tuple(Removed(text=text, reason="picture repeated") for text in texts)
