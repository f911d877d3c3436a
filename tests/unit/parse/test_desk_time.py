"""Times that are stated without a zone are the desk's, and the story says so."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from parsing import Document, parse
from parsing.desk_time import assumed, instant_in, zone_of
from slugline.desk import DeskSettings
from slugline.story import Story

ROOT = Path(__file__).parents[3]
BERLIN = DeskSettings(time_zone="Europe/Berlin")
TEXT = "The ferry sailed again on Thursday after eleven weeks in dock, the harbour office said."
G2 = (
    '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:1"><itemMeta><itemClass qcode="ninat:text"/>'
    "<versionCreated>{0}</versionCreated></itemMeta><contentMeta><headline>Ferry</headline></contentMeta></newsItem>"
)
N1 = (
    "<NewsML><NewsItem><NewsManagement><FirstCreated>{0}</FirstCreated></NewsManagement><NewsComponent><NewsLines>"
    "<HeadLine>Ferry</HeadLine></NewsLines></NewsComponent></NewsItem></NewsML>"
)
NITF = (
    '<nitf><head><docdata><date.issue norm="{0}"/></docdata></head><body><body.head><hedline><hl1>Ferry</hl1></hedline>'
    "</body.head></body></nitf>"
)
NINJS = '{{"uri": "urn:1", "headline": "Ferry", "versioncreated": "{0}"}}'
PAGE = (
    '<html><head><meta property="article:published_time" content="{0}"></head><body><article><h1>Ferry</h1>'
    f"<p>{TEXT}</p></article></body></html>"
)
RSS = '<rss version="2.0"><channel><item><title>Ferry</title><pubDate>{0}</pubDate></item></channel></rss>'
EMAIL = f"Subject: Ferry\nFrom: desk@example.org\nDate: {{0}}\nMessage-ID: <1@example.org>\n\n{TEXT}\n"
ANPA = f"a0001----\r\nr i BC-Ferry 07-05 0123\r\n^Ferry<\r\n    {TEXT}\r\nXX-XX-07-05-24 {{0}}<\r\n"
IPTC_7901 = f"xyz0014 4 pl 171  ex-agt 0908\nFerry\nBerlin =\n\n{TEXT}\n\n051000 {{0}}Jul 24\n"

FORMATS = [
    ("item.xml", G2, "2024-07-05T10:00:00", "2024-07-05T10:00:00Z"),
    ("news.xml", N1, "20240705T100000", "20240705T100000Z"),
    ("story.xml", NITF, "20240705T100000", "20240705T100000Z"),
    ("story.json", NINJS, "2024-07-05T10:00:00", "2024-07-05T10:00:00Z"),
    ("page.html", PAGE, "2024-07-05T10:00:00", "2024-07-05T10:00:00Z"),
    ("feed.xml", RSS, "Fri, 05 Jul 2024 10:00:00", "Fri, 05 Jul 2024 10:00:00 GMT"),
    ("story.eml", EMAIL, "Fri, 05 Jul 2024 10:00:00", "Fri, 05 Jul 2024 10:00:00 -0000"),
    ("wire.tst", ANPA, "1000", "1000GMT"),
    ("wire.txt", IPTC_7901, "", "GMT "),
    ("story.md", f"---\ntitle: Ferry\ndate: {{0}}\n---\n{TEXT}", "2024-07-05 10:00:00", "2024-07-05T10:00:00Z"),
    ("toml.md", f"+++\ntitle = 'Ferry'\ndate = {{0}}\n+++\n{TEXT}", "2024-07-05T10:00:00", "2024-07-05T10:00:00Z"),
    ("story.txt", f"Ferry sails again\n\nPublished {{0}}\n\n{TEXT}", "5 July 2024, 10:00", "5 July 2024, 10:00 GMT"),
]  # fmt: skip
NAMES = [name for name, *_ in FORMATS]


def read(name: str, data: str, desk: DeskSettings = BERLIN) -> Story:
    (parsed,) = parse(Document(name, data.encode()), desk=desk)
    return parsed.story


def doubts(story: Story) -> list[str]:
    return [warning for warning in story.warnings if "zone_assumed" in warning]


@pytest.mark.parametrize(("name", "text", "local"), [row[:3] for row in FORMATS], ids=NAMES)
def test_a_time_without_a_zone_is_the_desks_in_every_format(name: str, text: str, local: str) -> None:
    story = read(name, text.format(local))

    assert story.published == datetime(2024, 7, 5, 8, tzinfo=UTC)
    assert "the desk's, Europe/Berlin, is taken" in doubts(story)[0]


@pytest.mark.parametrize(("name", "text", "zoned"), [(*row[:2], row[3]) for row in FORMATS], ids=NAMES)
def test_a_zone_that_is_said_goes_before_the_desks(name: str, text: str, zoned: str) -> None:
    story = read(name, text.format(zoned))

    assert story.published == datetime(2024, 7, 5, 10, tzinfo=UTC)
    assert doubts(story) == []


def test_a_desk_of_the_newsroom_has_its_own_zone() -> None:
    desks = {"us": {"name": "US", "folders": ["us"], "time_zone": "America/New_York"}}
    newsroom = DeskSettings.model_validate({"time_zone": "Europe/Berlin", "desks": desks})
    story = read("us/wire.txt", IPTC_7901.format(""), newsroom.of("us/wire.txt"))

    assert story.published == datetime(2024, 7, 5, 14, tzinfo=UTC)


def test_a_day_alone_begins_at_the_desk_and_is_no_doubt_about_a_zone() -> None:
    story = read("page.html", PAGE.format("2024-07-05"))

    assert story.published == datetime(2024, 7, 4, 22, tzinfo=UTC)
    assert doubts(story) == []


@pytest.mark.parametrize("value", ["2024-07-05 10:00:00", "'2024-07-05 10:00'", "2024-07-05T10:00:00"])
def test_an_embargo_in_front_matter_without_a_zone_is_the_desks(value: str) -> None:
    story = read("story.md", f"---\ntitle: Ferry\nembargo: {value}\n---\n{TEXT}")

    assert story.embargo == datetime(2024, 7, 5, 8, tzinfo=UTC)
    assert doubts(story)


def test_of_an_hour_that_comes_twice_the_first_is_taken_and_said() -> None:
    story = read("page.html", PAGE.format("2024-10-27T02:30:00"))

    assert story.published == datetime(2024, 10, 27, 0, 30, tzinfo=UTC)
    assert "comes twice" in doubts(story)[0]


def test_an_embargo_in_an_hour_that_comes_twice_ends_in_the_second() -> None:
    story = read("story.txt", f"EMBARGO: 27 October 2024, 02:30\n\nFerry sails again\n\n{TEXT}")

    assert story.embargo == datetime(2024, 10, 27, 1, 30, tzinfo=UTC)
    assert "comes twice" in doubts(story)[0]


def test_a_time_in_the_hour_that_is_left_out_is_an_hour_later() -> None:
    story = read("page.html", PAGE.format("2024-03-31T02:30:00"))

    assert story.published == datetime(2024, 3, 31, 1, 30, tzinfo=UTC)
    assert "go forward" in doubts(story)[0]


def test_an_embargo_in_the_hour_that_is_left_out_is_not_earlier_than_any_reading() -> None:
    local = datetime(2024, 3, 31, 2, 30)  # noqa: DTZ001 - a local time is what is read

    assert instant_in(zone_of("Europe/Berlin"), local, latest=True) == datetime(2024, 3, 31, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("local", [datetime(1, 1, 1), datetime(9999, 12, 31, 23)])  # noqa: DTZ001 - local
def test_the_ends_of_the_calendar_are_instants_too(local: datetime) -> None:
    assert instant_in(zone_of("Asia/Tokyo"), local).tzinfo is UTC
    assert assumed("publication", local, "America/New_York")


def test_a_zone_that_no_database_has_is_none() -> None:
    assert [zone_of(name) for name in ("Nowhere/Land", "../etc/passwd", "")] == [None, None, None]


def test_the_function_ships_the_database_of_zones() -> None:
    """The system of the Lambda has none."""
    assert "tzdata" in (ROOT / "functions" / "parse" / "requirements.txt").read_text()
