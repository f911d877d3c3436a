"""SmartNews, by SmartFormat 2.1."""

from rendering.edition import Edition
from rendering.lint.rule import Rule, headline_length, no_author, no_body, no_picture

_SMART_FORMAT = "https://publishers.smartnews.com/hc/en-us/articles/360036526213-SmartFormat-Specification-Version-2-1"


def _no_logo(edition: Edition) -> str | None:
    return None if edition.desk.logo_url else "The desk's settings name no logo."


RULES = (
    Rule("headline", headline_length(1, 1000), "Write a headline.", _SMART_FORMAT),
    Rule("text", no_body, "Write the story's text.", _SMART_FORMAT),
    Rule("logo", _no_logo, "Set `logo_url` in the desk's settings.", _SMART_FORMAT),
    Rule("author", no_author, "Name the author in the byline.", _SMART_FORMAT, required=False),
    Rule("thumbnail", no_picture, "Add a picture that partners may have.", _SMART_FORMAT, required=False),
)
