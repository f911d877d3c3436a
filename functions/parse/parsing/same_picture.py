"""Two descriptions of one picture, made one."""

from slugline.story import Image, Removed

WORDS = ("alt", "caption", "credit", "copyright")


def merged(first: Image, second: Image) -> Image:
    """The first, with what only the second says."""
    missing = {name: value for name, value in second if value not in {None, ()} and getattr(first, name) in {None, ()}}
    return first.model_copy(update=missing)


def repeated(image: Image) -> tuple[Removed, ...]:
    """The words of a description that another took the place of."""
    texts = filter(None, (getattr(image, name) for name in WORDS))
    return tuple(Removed(text=text, reason="picture repeated") for text in texts)
