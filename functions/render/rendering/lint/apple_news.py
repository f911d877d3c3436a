"""Apple News."""

from rendering.edition import Edition
from rendering.formats.apple_news import MAX_KEYWORDS
from rendering.lint.rule import Rule, headline_length, no_author, no_body, no_picture, syndicable

_METADATA = "https://developer.apple.com/documentation/applenewsformat/metadata"
_DOCUMENT = "https://developer.apple.com/documentation/applenewsformat/articledocument"
_ASSETS = "https://developer.apple.com/documentation/applenewsformat/preparing-image-video-audio-and-arkit-assets"
_IMAGES = ("image/jpeg", "image/png", "image/gif")
_NO_NAME = ("by ", "@", "http", "illustrated ", "as told to ")


def _not_a_name(edition: Edition) -> str | None:
    odd = [author.name for author in edition.story.authors if any(sign in author.name.lower() for sign in _NO_NAME)]
    return f"Not a plain name: {odd[0]}." if odd else None


def _unknown_format(edition: Edition) -> str | None:
    odd = [figure.main.content_type for figure in syndicable(edition) if figure.main.content_type not in _IMAGES]
    return f"Pictures come as {odd[0]} only." if odd else None


def _many_keywords(edition: Edition) -> str | None:
    count = len(edition.story.keywords)
    return None if count <= MAX_KEYWORDS else f"{count} keywords; only the first {MAX_KEYWORDS} go out."


def _no_language(edition: Edition) -> str | None:
    return "The story's language is not known." if edition.story.language == "und" else None


RULES = (
    Rule("title", headline_length(1, 1000), "Write a headline.", _DOCUMENT),
    Rule("text", no_body, "Write the story's text.", _DOCUMENT),
    Rule("language", _no_language, "Name the language in the story.", _DOCUMENT),
    Rule("picture format", _unknown_format, "Let the desk's settings make JPEG renditions.", _ASSETS),
    Rule("authors", no_author, "Name the author in the byline.", _METADATA, required=False),
    Rule("plain names", _not_a_name, "Give authors' names alone.", _METADATA, required=False),
    Rule("thumbnail", no_picture, "Add a picture that partners may have.", _METADATA, required=False),
    Rule("keywords", _many_keywords, "Name fewer keywords.", _METADATA, required=False),
)
