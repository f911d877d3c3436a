"""No text of a photo is longer than a person would read."""

from itertools import accumulate

from slugline.photo_metadata.metadata import IMAGE_NAMES, PhotoMetadata

LONGEST_TEXT = 10_000
"""Characters. A caption has 2,000 at most in IPTC-IIM; agencies' longest in XMP have some 4,000, and renditions hold
no more than this (`writing.LENGTHS`)."""

Lengths = dict[str, int]
"""Characters of each text that is too long, by its name."""


def within(metadata: PhotoMetadata, longest: int) -> tuple[PhotoMetadata, Lengths]:
    """The metadata with every text cut there, all keywords being one text, and the lengths of those that were.

    The latter by the names of `Image`.
    """
    texts = {name: text for name in PhotoMetadata.model_fields if isinstance(text := getattr(metadata, name), str)}
    too_long = {name: len(text) for name, text in texts.items() if len(text) > longest}
    cut: dict[str, object] = {name: texts[name][:longest].rstrip() for name in too_long}
    ends = list(accumulate(len(keyword) for keyword in metadata.keywords))
    if ends and ends[-1] > longest:
        too_long["keywords"] = ends[-1]
        cut["keywords"] = tuple(word for word, end in zip(metadata.keywords, ends, strict=True) if end <= longest)
    return metadata.model_copy(update=cut), {IMAGE_NAMES.get(name, name): size for name, size in too_long.items()}


def warning(name: str, length: int, longest: int) -> str:
    """For the desk."""
    return f"Of the photo's {name.replace('_', ' ')}, {length:,} characters long, the first {longest:,} are kept."
