"""Embargoes in the forms that wire systems write: without a zone they are the desk's, with a warning."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from parsing import Document, parse
from slugline.desk import DeskSettings
from slugline.story import Status

Made = Callable[[str], tuple[str, str]]
DESK = DeskSettings(time_zone="Europe/Oslo")
COPY = "Thousands marched on Friday through the old town, police said."


def nitf(release: str) -> tuple[str, str]:
    docdata = (
        f'<docdata management-status="embargoed"><date.issue norm="20260304T080000Z"/>'
        f'<date.release norm="{release}"/></docdata>'
    )
    body = f"<body.head><hedline><hl1>March</hl1></hedline></body.head><body.content><p>{COPY}</p></body.content>"
    return "a.xml", f"<nitf><head>{docdata}</head><body>{body}</body></nitf>"


def ninjs(release: str) -> tuple[str, str]:
    item = {"uri": "u", "type": "text", "headline": "March", "body_text": COPY, "embargoed": release}
    return "a.json", json.dumps(item)


def newsml_1(release: str) -> tuple[str, str]:
    usable = '<FutureStatus FormalName="Usable"/>'
    change = f"<StatusWillChange>{usable}<DateAndTime>{release}</DateAndTime></StatusWillChange>"
    content = f'<ContentItem><MediaType FormalName="Text"/><DataContent>{COPY}</DataContent></ContentItem>'
    return "a.xml", (
        f'<NewsML><NewsItem><NewsManagement><Status FormalName="Embargoed"/>{change}</NewsManagement><NewsComponent>'
        f"<NewsLines><HeadLine>March</HeadLine></NewsLines>{content}</NewsComponent></NewsItem></NewsML>"
    )


def newsml_g2(release: str) -> tuple[str, str]:
    meta = f'<itemMeta><itemClass qcode="ninat:text"/><embargoed>{release}</embargoed></itemMeta>'
    content = f'<contentSet><inlineData contenttype="text/plain">{COPY}</inlineData></contentSet>'
    head = "<contentMeta><headline>March</headline></contentMeta>"
    return "a.xml", f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="u">{meta}{head}{content}</newsItem>'


def text(release: str) -> tuple[str, str]:
    return "a.txt", f"EMBARGOED UNTIL {release}\n\nMarch fills the old town\n\n{COPY}\n"


@pytest.mark.parametrize("made", [nitf, ninjs, newsml_1, newsml_g2, text])
@pytest.mark.parametrize("release", ["20260305T060000", "20260305T0600", "202603050600", "2026-03-05T06:00:00"])
def test_a_compact_time_without_a_zone_is_the_desks(made: Made, release: str) -> None:
    name, data = made(release)
    (parsed,) = parse(Document(name, data.encode()), desk=DESK)

    assert (parsed.story.embargo, parsed.story.status) == (datetime(2026, 3, 5, 5, tzinfo=UTC), Status.USABLE)
    assert any(one.startswith("embargo_zone_assumed") for one in parsed.story.warnings)


@pytest.mark.parametrize("made", [nitf, ninjs, newsml_1, newsml_g2, text])
@pytest.mark.parametrize("release", ["20260305", "20260305T06"])
def test_a_day_or_an_hour_alone_waits_for_a_person(made: Made, release: str) -> None:
    name, data = made(release)
    (parsed,) = parse(Document(name, data.encode()), desk=DESK)

    assert (parsed.story.embargo, parsed.story.status) == (None, Status.WITHHELD)


@pytest.mark.parametrize("notice", ["0001 FRIDAY MARCH 6 2026", "0001 GMT, 6 MARCH 2026", "20260306T000100Z"])
def test_four_digits_after_until_are_a_time(notice: str) -> None:
    name, data = text(notice)
    (parsed,) = parse(Document(name, data.encode()))

    assert parsed.story.embargo == datetime(2026, 3, 6, 0, 1, tzinfo=UTC)
