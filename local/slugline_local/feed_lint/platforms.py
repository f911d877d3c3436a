"""What each platform asks of a feed, by its own documents."""

from collections.abc import Callable
from datetime import timedelta

from slugline_local.feed_lint import rules
from slugline_local.feed_lint.reading import ATOM, INDEX, NEWS_SITEMAP, RSS, SITEMAP, Feed, Item
from slugline_local.feed_lint.rules import FeedRule, each, fewest_items, form, most_bytes, most_items

_NEWS = "https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap"
_SITEMAPS = "https://developers.google.com/search/docs/crawling-indexing/sitemaps/build-sitemap"
_MSN_ITEM = "https://helpcenter.microsoftstart.com/kb/articles/51-feed-item-requirements"
_MSN_FEED = "https://helpcenter.microsoftstart.com/kb/feed-specifications"
_MSN_HTML = (
    "https://support.microsoft.com/topic/msn-html-guidelines-and-tag-restrictions-2a12f610-f3da-43ea-8dc4-766f6df89e8d"
)
_SMART = "https://publishers.smartnews.com/hc/en-us/articles/360036526213-SmartFormat-Specification-Version-2-1"
_SMART_SIZE = "https://publishers.smartnews.com/hc/ja/articles/360036526213"
_FLIPBOARD = "https://about.flipboard.com/rss-spec/"
_APPLE = "https://developer.apple.com/documentation/applenews"
_NEWS_AGE = timedelta(days=2)
_MSN_TITLE = range(21, 151)


def in_news(right: Callable[[Item], bool], what: str) -> rules.Fault:
    """A rule of news sitemaps alone."""
    checked = each(what, right)
    return lambda feed: checked(feed) if feed.form == NEWS_SITEMAP else None


def _old_news(feed: Feed) -> str | None:
    dates = [item.published for item in feed.items if item.published]
    old = [date for date in dates if max(dates) - date > _NEWS_AGE]
    return f"{len(old)} stories are older than two days." if feed.form == NEWS_SITEMAP and old else None


def _many_news(feed: Feed) -> str | None:
    return most_items(1_000)(feed) if feed.form == NEWS_SITEMAP else None


GOOGLE_NEWS = (
    FeedRule("form", form(NEWS_SITEMAP, SITEMAP, INDEX, RSS, ATOM), "Send the sitemap, RSS or Atom.", _SITEMAPS),
    FeedRule("address", rules.NO_ADDRESS, "Give each its absolute address.", _SITEMAPS),
    FeedRule("UTF-8", rules.utf8, "Save the file as UTF-8.", _SITEMAPS),
    FeedRule("50,000 addresses", most_items(50_000), "Split the file, and name the parts in an index.", _SITEMAPS),
    FeedRule("50 MB", most_bytes(52_428_800), "Split the file, and name the parts in an index.", _SITEMAPS),
    FeedRule("1,000 stories", _many_news, "Split the news sitemap, and name the parts in an index.", _NEWS),
    FeedRule("two days", _old_news, "Leave older stories out of the news sitemap.", _NEWS),
    FeedRule("title", in_news(lambda one: bool(one.title), "Stories without a news:title"), "Add it.", _NEWS),
    FeedRule(
        "publication_date",
        in_news(lambda one: one.published is not None, "Stories without a W3C news:publication_date with its zone"),
        "Write it as 2026-11-23T09:00:00Z.",
        _NEWS,
    ),
    FeedRule("name", in_news(lambda one: bool(one.publication), "Stories without a news:name"), "Add it.", _NEWS),
    FeedRule("language", in_news(lambda one: bool(one.language), "Stories without a news:language"), "Add it.", _NEWS),
)
MSN = (
    FeedRule("form", form(RSS, ATOM), "Send RSS or Atom.", _MSN_FEED),
    FeedRule("id", rules.NO_ID, "Give each item a guid that never changes.", _MSN_ITEM),
    FeedRule("one id an item", rules.ids_once, "Give each item an id of its own.", _MSN_ITEM),
    FeedRule("title", rules.NO_TITLE, "Give each item a title.", _MSN_ITEM),
    FeedRule("plain title", rules.MARKUP_IN_TITLE, "Write titles without markup.", _MSN_HTML),
    FeedRule("date", rules.NO_DATE, "Write pubDate as Mon, 23 Nov 2026 09:00:00 GMT.", _MSN_ITEM),
    FeedRule("address", rules.NO_ADDRESS, "Give each item its absolute address.", _MSN_ITEM),
    FeedRule("full text", rules.NO_TEXT, "Put the body into content:encoded.", _MSN_ITEM),
    FeedRule("allowed markup", rules.ACTIVE, "Take scripts, styles and objects out.", _MSN_HTML),
    FeedRule("absolute addresses", rules.RELATIVE, "Write addresses in texts whole.", _MSN_HTML),
    FeedRule("https", rules.NOT_HTTPS, "Serve the site over https.", _MSN_FEED),
    FeedRule(
        "title of 21 to 150 characters",
        each("Titles of fewer than 21 or more than 150 characters", lambda one: len(one.title) in _MSN_TITLE),
        "Lengthen or shorten the title.",
        _MSN_ITEM,
        required=False,
    ),
    FeedRule("author", rules.NO_AUTHOR, "Name the author in dc:creator.", _MSN_ITEM, required=False),
    FeedRule("picture", rules.NO_PICTURE, "Add media:content with a picture for partners.", _MSN_FEED, required=False),
)
SMARTNEWS = (
    FeedRule("form", form(RSS, ATOM), "Send RSS or Atom.", _SMART),
    FeedRule("UTF-8", rules.utf8, "Save the file as UTF-8.", _SMART),
    FeedRule("feed's title", rules.field("title"), "Add it.", _SMART),
    FeedRule("feed's address", rules.field("url"), "Link the site.", _SMART),
    FeedRule("feed's description", rules.field("description"), "Add it.", _SMART),
    FeedRule("logo", rules.field("logo"), "Add snf:logo with a url.", _SMART),
    FeedRule("title", rules.NO_TITLE, "Give each item a title.", _SMART),
    FeedRule("address", rules.NO_ADDRESS, "Give each item its absolute address.", _SMART),
    FeedRule("id", rules.NO_ID, "Give each item a guid that never changes.", _SMART),
    FeedRule("date", rules.NO_DATE, "Write pubDate as RFC 822 has it.", _SMART),
    FeedRule("full text", rules.NO_TEXT, "Put the body into content:encoded.", _SMART),
    FeedRule("1 MB", most_bytes(1_048_576), "Set `feed_length` lower.", _SMART_SIZE, required=False),
    FeedRule("author", rules.NO_AUTHOR, "Name the author in dc:creator.", _SMART, required=False),
    FeedRule("picture", rules.NO_PICTURE, "Add a picture that partners may have.", _SMART, required=False),
)
FLIPBOARD = (
    FeedRule("form", form(RSS, ATOM), "Send RSS or Atom.", _FLIPBOARD),
    FeedRule("title", rules.NO_TITLE, "Give each item a title.", _FLIPBOARD),
    FeedRule("address", rules.NO_ADDRESS, "Give each item its absolute address.", _FLIPBOARD),
    FeedRule("id", rules.NO_ID, "Give each item a guid that never changes.", _FLIPBOARD),
    FeedRule("date", rules.NO_DATE, "Write pubDate as RFC 822 has it.", _FLIPBOARD),
    FeedRule("full text", rules.NO_TEXT, "Put the body into content:encoded.", _FLIPBOARD),
    FeedRule("picture", rules.NO_PICTURE, "Add a picture that partners may have.", _FLIPBOARD),
    FeedRule("picture of 400 pixels", rules.narrower_than(400), "Use a larger original.", _FLIPBOARD),
    FeedRule("thirty stories", fewest_items(30), "Set `feed_length` to 30 or more.", _FLIPBOARD, required=False),
    FeedRule("author", rules.NO_AUTHOR, "Name the author in dc:creator.", _FLIPBOARD, required=False),
)
APPLE_NEWS = (
    FeedRule("form", form("Apple News Format"), "Publish apple-news/article.json by the Apple News API.", _APPLE),
)
PLATFORMS: dict[str, tuple[FeedRule, ...]] = {
    "Google News": GOOGLE_NEWS,
    "MSN": MSN,
    "SmartNews": SMARTNEWS,
    "Flipboard": FLIPBOARD,
    "Apple News": APPLE_NEWS,
}
