"""Google News and Discover."""

from rendering.edition import Edition
from rendering.lint.rule import Rule, headline_length, no_author, no_body, unfit

_ARTICLE = "https://developers.google.com/search/docs/appearance/structured-data/article"
_DISCOVER = "https://developers.google.com/search/docs/appearance/google-discover"
_SITEMAP = "https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap"
_MIN_PIXELS = 50_000
_LARGE_WIDTH = 1200


def _several_names(edition: Edition) -> str | None:
    joined = [author.name for author in edition.story.authors if any(sign in author.name for sign in (" and ", ","))]
    return f"One author entry holds several names: {joined[0]}." if joined else None


def _no_shown_picture(edition: Edition) -> str | None:
    shown = any(figure.shown for figure in edition.figures.values())
    return None if shown else "The page shows no picture."


RULES = (
    Rule("headline", headline_length(1, 110), "Shorten the headline; Google cuts long ones.", _SITEMAP),
    Rule("text", no_body, "Write the story's text.", _ARTICLE),
    Rule("author", no_author, "Name the author in the byline.", _ARTICLE, required=False),
    Rule("one name an author", _several_names, "Give each author an entry of their own.", _ARTICLE, required=False),
    Rule("picture", _no_shown_picture, "Add a picture.", _ARTICLE, required=False),
    Rule(
        "picture of 50,000 pixels",
        unfit("of 50,000 pixels", lambda file: file.width * file.height >= _MIN_PIXELS),
        "Use a larger original.",
        _ARTICLE,
        required=False,
    ),
    Rule(
        "picture 1,200 pixels wide",
        unfit("1,200 pixels wide", lambda file: file.width >= _LARGE_WIDTH),
        "Use an original at least 1,200 pixels wide, for the large preview.",
        _DISCOVER,
        required=False,
    ),
)
