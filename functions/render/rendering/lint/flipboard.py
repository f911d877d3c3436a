"""Flipboard."""

from rendering.edition import Edition
from rendering.lint.rule import Rule, headline_length, no_author, no_body, no_picture, unfit

_SPEC = "https://about.flipboard.com/rss-spec/"
_SIDE = 400
_EXCERPT = 300
_ITEMS = 30


def _short_excerpt(edition: Edition) -> str | None:
    length = len(edition.story.standfirst or " ".join(edition.paragraphs))
    return None if length >= _EXCERPT else f"The excerpt has {length} characters; {_EXCERPT} are asked for."


def _short_feed(edition: Edition) -> str | None:
    length = edition.desk.feed_length
    return None if length >= _ITEMS else f"The feed holds {length} stories; {_ITEMS} are asked for."


RULES = (
    Rule("headline", headline_length(1, 1000), "Write a headline.", _SPEC),
    Rule("full text", no_body, "Write the story's text.", _SPEC),
    Rule("picture", no_picture, "Add a picture that partners may have.", _SPEC),
    Rule(
        "picture of 400 pixels",
        unfit("400 pixels in the smaller dimension", lambda file: min(file.width, file.height) >= _SIDE),
        "Use a larger original.",
        _SPEC,
    ),
    Rule("thirty stories", _short_feed, "Set `feed_length` in the desk's settings to 30 or more.", _SPEC),
    Rule("author", no_author, "Name the author in the byline.", _SPEC, required=False),
    Rule("excerpt", _short_excerpt, "Write a longer standfirst.", _SPEC, required=False),
)
