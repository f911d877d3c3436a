"""Time stamps in text: when the story was published and updated, in the zone that the text or the desk says."""

from datetime import UTC, datetime

import pytest

from parsing import Document, parse
from slugline.desk import DeskSettings
from slugline.story import Story

ARTICLE = "\n\n".join(
    [
        "Minister resigns after vote",
        "{stamp}",
        "The minister resigned on Tuesday after she had lost a vote in parliament by seven votes.",
        "Her party said that a successor would be named within a week of the vote.",
    ]
)
BERLIN = DeskSettings(time_zone="Europe/Berlin")
AT_1032_IN_BERLIN = datetime(2026, 5, 4, 8, 32, tzinfo=UTC)


def story_with(stamp: str) -> Story:
    (parsed,) = parse(Document("story.txt", ARTICLE.format(stamp=stamp).encode()), desk=BERLIN)
    return parsed.story


@pytest.mark.parametrize(
    "stamp",
    [
        "Published 10:32, 4 May 2026",
        "Posted on May 4, 2026 at 10:32 am",
        "Monday, May 4, 2026 at 10:32",
        "Veröffentlicht: 4. Mai 2026, 10.32 Uhr",
        "Publié le 4 mai 2026 à 10h32",
        "Publicado el 4 de mayo de 2026 a las 10:32",
        "Pubblicato il 4 maggio 2026 alle 10:32",
        "Gepubliceerd op 4 mei 2026 om 10:32",
        "Publicerad 4 maj 2026 kl. 10.32",
        "Publisert: 04.05.2026 10:32",
        "Julkaistu 4.5.2026 klo 10.32",
        "Opublikowano: 4 maja 2026, 10:32",
        "4. května 2026 10:32",
        "Yayınlanma: 4 Mayıs 2026 10:32",
        "Опубликовано 4 мая 2026, 10:32",
        "Опубліковано 4 травня 2026, 10:32",
        "Δημοσιεύθηκε: 4 Μαΐου 2026, 10:32",
        "2026年5月4日 10時32分",
        "发布时间：2026-05-04 10:32",
        "입력 2026.05.04 10:32",
        "نشر في ٤ مايو ٢٠٢٦ 10:32",
        "פורסם: 4.5.2026, 10:32",
        "प्रकाशित: 4 मई 2026, 10:32",
    ],
)
def test_a_stamp_without_a_zone_is_read_in_the_desks(stamp: str) -> None:
    story = story_with(stamp)
    assert (story.published, story.updated) == (AT_1032_IN_BERLIN, None)
    assert any(warning.startswith("time_zone_assumed") for warning in story.warnings)


@pytest.mark.parametrize(
    ("stamp", "published"),
    [
        ("Published 10:32 GMT, 4 May 2026", datetime(2026, 5, 4, 10, 32, tzinfo=UTC)),
        ("First published on Mon 4 May 2026 10.32 BST", datetime(2026, 5, 4, 9, 32, tzinfo=UTC)),
        ("May 4, 2026, 10:32 a.m. EST", datetime(2026, 5, 4, 15, 32, tzinfo=UTC)),
        ("Published May 4, 2026 10:32 PM ET", datetime(2026, 5, 5, 2, 32, tzinfo=UTC)),
        ("4. Mai 2026, 10.32 Uhr MESZ", AT_1032_IN_BERLIN),
        ("2026-05-04T10:32:00+02:00", AT_1032_IN_BERLIN),
        ("公開 2026年5月4日 午後9時19分 JST", datetime(2026, 5, 4, 12, 19, tzinfo=UTC)),
    ],
)
def test_a_zone_in_the_stamp_goes_before_the_desks(stamp: str, published: datetime) -> None:
    story = story_with(stamp)
    assert story.published == published
    assert not any(warning.startswith("time_zone_assumed") for warning in story.warnings)


@pytest.mark.parametrize(
    "stamp",
    [
        "Updated: 4 May 2026, 10:32",
        "Last modified on Mon 4 May 2026 10.32",
        "Stand: 04.05.2026, 10:32 Uhr",
        "Mis à jour le 4 mai 2026 à 10h32",
        "Actualizado: 4 mayo 2026 10:32",
        "Aggiornato il 4 maggio 2026 alle 10:32",
        "Oppdatert 04.05.2026 10:32",
        "Обновлено 4 мая 2026, 10:32",
        "更新：2026年5月4日 10時32分",
        "수정 2026.05.04 오전 10:32",
    ],
)
def test_an_update_is_no_publication(stamp: str) -> None:
    story = story_with(stamp)
    assert (story.published, story.updated) == (None, AT_1032_IN_BERLIN)


@pytest.mark.parametrize(
    "stamp",
    [
        "Published 10:32 CEST, 4 May 2026 | Updated 11:05 CEST, 5 May 2026",
        "Publié le 4 mai 2026 à 10h32, mis à jour le 5 mai 2026 à 11h05",
        "입력 2026.05.04 10:32 수정 2026.05.05 11:05",
        "Published\n\n4 May 2026, 10:32\n\nUpdated\n\n5 May 2026, 11:05",
    ],
)
def test_one_line_or_two_may_say_both(stamp: str) -> None:
    story = story_with(stamp)
    assert (story.published, story.updated) == (AT_1032_IN_BERLIN, datetime(2026, 5, 5, 9, 5, tzinfo=UTC))


def test_a_stamp_beside_the_byline_is_read() -> None:
    story = story_with("By Ann Lee | Published May 4, 2026 10:32 AM CEST")
    assert (story.published, [author.name for author in story.authors]) == (AT_1032_IN_BERLIN, ["Ann Lee"])


def test_a_day_is_its_beginning_and_said_so() -> None:
    story = story_with("4 May 2026")
    assert story.published == datetime(2026, 5, 3, 22, tzinfo=UTC)
    assert any(warning.startswith("time_assumed") for warning in story.warnings)


@pytest.mark.parametrize("stamp", ["2 hours ago", "Published 04/05/2026 10:32", "Published 31 February 2026"])
def test_what_is_not_sure_is_left_open(stamp: str) -> None:
    story = story_with(stamp)
    assert story.published is None
    assert any(warning.startswith("no_publication_date") for warning in story.warnings)


def test_a_date_of_another_article_below_is_not_this_ones() -> None:
    below = "Related\n\nCouncil votes on budget\n\nMarch 3, 2026"
    (parsed,) = parse(Document("story.txt", f"{ARTICLE.format(stamp='By Ann Lee')}\n\n{below}".encode()))
    assert parsed.story.published is None


def test_a_labelled_stamp_below_the_text_is() -> None:
    text = f"{ARTICLE.format(stamp='By Ann Lee')}\n\nPublished: 4 May 2026, 10:32"
    (parsed,) = parse(Document("story.txt", text.encode()), desk=BERLIN)
    assert parsed.story.published == AT_1032_IN_BERLIN


@pytest.mark.parametrize(("updated", "kept"), [("9:00", False), ("10:32", False), ("11:00", True)])
def test_an_update_that_is_not_after_the_publication_is_none(updated: str, kept: bool) -> None:
    story = story_with(f"Published 4 May 2026, 10:32 Updated 4 May 2026, {updated}")

    assert story.published == AT_1032_IN_BERLIN
    assert (story.updated is not None) is kept
