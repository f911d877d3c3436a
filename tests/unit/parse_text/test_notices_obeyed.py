"""Notices: what they are, and what follows from them."""

from datetime import UTC, datetime

import pytest

from parsing import Document, parse
from parsing.text.notices import notice_of
from slugline.desk import DeskSettings
from slugline.story import NoticeKind, Status, Story

ARTICLE = "\n\n".join(
    [
        "Minister resigns after vote",
        "{notice}",
        "The minister resigned on Tuesday after she had lost a vote in parliament.",
        "Her party said that a successor would be named within a week of the vote.",
    ]
)


def story_with(notice: str, desk: DeskSettings = DeskSettings()) -> Story:  # noqa: B008 - frozen
    (parsed,) = parse(Document("story.txt", ARTICLE.format(notice=notice).encode()), desk=desk)
    return parsed.story


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("CORRECTION: An earlier version misstated the date.", NoticeKind.CORRECTION),
        ("An earlier version of this article misstated the minister's age.", NoticeKind.CORRECTION),
        ("Eds: CORRECTS: spelling of name in paragraph 3.", NoticeKind.CORRECTION),
        ("EMBARGOED UNTIL 00:01 GMT, 5 MARCH 2024", NoticeKind.EMBARGO),
        ("Sperrfrist: 5. März 2024, 18 Uhr", NoticeKind.EMBARGO),
        ("KILL KILL KILL", NoticeKind.KILL),
        ("Please kill the story MINISTER-RESIGNS, V9991.", NoticeKind.KILL),
        ("1st Ld-Writethru", NoticeKind.UPDATE),
        ("UPDATE 2-Minister resigns", NoticeKind.UPDATE),
        ("(Zusammenfassung 1600 - neu: Reaktion der Bahn)", NoticeKind.UPDATE),
        ("Note reporting restrictions in the final paragraph", NoticeKind.NOTE),
        ("Note language in par 4", NoticeKind.NOTE),
        ("EDITOR'S NOTE: This story contains descriptions of violence.", NoticeKind.NOTE),
        ("Eds: With AP Photos.", NoticeKind.NOTE),
        ("BULLETIN KILL", NoticeKind.KILL),
        ("WITHDRAWAL: The story is withdrawn.", NoticeKind.KILL),
        ("The Associated Press has withdrawn its story about the minister.", NoticeKind.KILL),
        ("AFP retracts the story published on May 4", NoticeKind.KILL),
        ("This article has been retracted.", NoticeKind.KILL),
        ("Meldung zurückgezogen", NoticeKind.KILL),
        ("WITHDRAWN-Steelmaker in merger talks", NoticeKind.KILL),
        ('The Feb 3 story headlined "Steelmaker in talks" is withdrawn.', NoticeKind.KILL),
        ("HOLD HOLD HOLD", NoticeKind.EMBARGO),
        ("Not for release before 06:00 GMT, May 4", NoticeKind.EMBARGO),
        ("Sous embargo jusqu'au 4 mai 2026 à 6h00", NoticeKind.EMBARGO),
        ("CORRECTION", NoticeKind.CORRECTION),
        ("Correction, May 4: An earlier version misstated the date.", NoticeKind.CORRECTION),
        ("Clarification: The minister resigned on Tuesday.", NoticeKind.CORRECTION),
        ("This article was amended on 4 May 2026 to correct a name.", NoticeKind.CORRECTION),
        ("Korrigierte Fassung: Name im dritten Absatz", NoticeKind.CORRECTION),
        ("In einer früheren Version dieses Artikels hieß es, sie sei am Montag zurückgetreten.", NoticeKind.CORRECTION),
        ("Une première version de cet article indiquait une autre date.", NoticeKind.CORRECTION),
        ("【訂正】", NoticeKind.CORRECTION),
        ("BC-EU--Minister, 1st Ld-Writethru", NoticeKind.UPDATE),
        ("WRAPUP 2-Ministers resign", NoticeKind.UPDATE),
        ("RPT-Minister resigns", NoticeKind.UPDATE),
        ("(Recasts; adds details)", NoticeKind.UPDATE),
        ("This story has been updated.", NoticeKind.UPDATE),
        ("ANNULE ET REMPLACE", NoticeKind.UPDATE),
        ("EDITORIAL ADVISORY", NoticeKind.NOTE),
        ("ADVISORY TO EDITORS: the speech is at noon.", NoticeKind.NOTE),
        ("ATTENTION EDITORS - THIS IMAGE WAS PROVIDED BY A THIRD PARTY.", NoticeKind.NOTE),
    ],
)
def test_a_notice_is_known_by_how_it_begins(line: str, kind: NoticeKind) -> None:
    assert notice_of(line) is kind


@pytest.mark.parametrize(
    "line",
    [
        "Three people were killed in the crash.",
        "The embargo on arms was lifted.",
        "Corrected figures show a rise, the ministry said.",
        "Killing time at the station, the minister read.",
        "Updates to the law took years.",
        "Corrections officers went on strike.",
        "Withdrawal of troops begins on Monday.",
        "Hold the line, the minister told her party.",
        "Reuters withdraws reporters from the front.",
        "The article was the first that the court applied.",
    ],
)
def test_copy_about_such_things_is_no_notice(line: str) -> None:
    assert notice_of(line) is None


def test_a_kill_cancels_the_story() -> None:
    assert story_with("KILL KILL KILL").status is Status.CANCELED


def test_an_embargo_is_the_instant_in_its_own_zone() -> None:
    story = story_with("EMBARGOED UNTIL 6 p.m. EST on Tuesday, March 5, 2024")
    assert story.embargo == datetime(2024, 3, 5, 23, 0, tzinfo=UTC)
    assert story.status is Status.USABLE


@pytest.mark.parametrize(
    ("zone", "hour"), [("GMT", 10), ("BST", 9), ("EST", 15), ("CET", 9), ("CEST", 8), ("+0530", 5), ("JST", 1)]
)
def test_an_embargo_s_zone_is_read_however_it_is_called(zone: str, hour: int) -> None:
    story = story_with(f"EMBARGO: 10:30 {zone}, 5 July 2024")
    assert story.embargo == datetime(2024, 7, 5, hour, 0 if zone == "+0530" else 30, tzinfo=UTC)


def test_an_embargo_without_a_zone_is_read_in_the_desk_s() -> None:
    story = story_with("EMBARGO: 5 July 2024, 06:00", DeskSettings(time_zone="Europe/Berlin"))
    assert story.embargo == datetime(2024, 7, 5, 4, 0, tzinfo=UTC)
    assert any(warning.startswith("embargo_zone_assumed") for warning in story.warnings)


@pytest.mark.parametrize(
    "notice",
    ["EMBARGOED until Tuesday morning", "EMBARGO: 5 March", "Hold for release", "EMBARGO: midnight 5 March 2024"],
)
def test_an_embargo_that_names_no_sure_time_waits_for_a_person(notice: str) -> None:
    story = story_with(notice)
    assert (story.status, story.embargo) == (Status.WITHHELD, None)
    assert any(warning.startswith("embargo_unclear") for warning in story.warnings)


def test_a_notice_is_not_body() -> None:
    story = story_with("CORRECTION: An earlier version misstated the date.")
    assert [notice.kind for notice in story.notices] == [NoticeKind.CORRECTION]
    assert all("earlier version" not in block.text for block in story.body)
