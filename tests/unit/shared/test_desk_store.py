"""Desk settings: read at most every half minute, the newest valid version in force, faults told."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.support.memory_store import MemoryStore

from slugline.desk import DeskSettings
from slugline.desk_store import SETTINGS, DeskStore, SettingsRefused, template_key, validated

BASE = DeskSettings(site_name="Courier", site_url="https://news.example")


class Time:
    moment = datetime(2026, 11, 23, 9, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment


class Newsroom:
    """A store, the container that reads it, and what it reported."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.time = Time()
        self.told: list[tuple[str, ...]] = []
        self.container = self.started()

    def started(self) -> DeskStore:
        return DeskStore(self.store, BASE, self.time, self.told.append)

    def save(self, document: str) -> None:
        self.store.put(SETTINGS, document.encode(), content_type="application/json")

    def later(self) -> DeskSettings:
        self.time.moment += timedelta(seconds=31)
        return self.container.current()


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


def test_without_a_document_the_stack_s_parameters_are_in_force(newsroom: Newsroom) -> None:
    assert newsroom.container.current() == BASE
    assert newsroom.told == []


def test_a_setting_is_in_force_half_a_minute_after_it_was_saved(newsroom: Newsroom) -> None:
    newsroom.container.current()

    newsroom.save('{"accent": "#004488"}')

    assert newsroom.later().accent == "#004488"
    assert newsroom.later().site_name == "Courier"


def test_the_store_is_asked_once_in_half_a_minute_and_read_only_when_an_etag_changed(newsroom: Newsroom) -> None:
    newsroom.save('{"accent": "#004488"}')

    for _ in range(5):
        newsroom.container.current()
    assert (newsroom.store.lists, newsroom.store.reads) == (2, 1), "one list by `put`, one by the container"
    newsroom.later()
    assert newsroom.store.reads == 1


@pytest.mark.parametrize(
    ("document", "word"),
    [
        ("{", "no JSON"),
        ("[]", "no JSON object"),
        ('{"acent": "#004488"}', "acent"),
        ('{"accent": "red; } body { display: none"}', "accent"),
        ('{"time_zone": "Europe/Atlantis"}', "Europe/Atlantis"),
        ('{"site_url": "https://elsewhere.example"}', "SiteUrl"),
        ('{"oembed_url": "https://elsewhere.example/oembed"}', "oembed_url: the stack's API is the endpoint"),
        ('{"products": {"a": {"name": "A", "filter": {"desk": "sport"}}}}', "write a list"),
        ('{"desks": {"Sport!": {"name": "Sport", "folders": ["sport"]}}}', "desks.Sport!"),
    ],
)
def test_an_invalid_document_leaves_the_last_valid_one_in_force_and_is_told(
    newsroom: Newsroom, document: str, word: str
) -> None:
    newsroom.save('{"accent": "#004488"}')
    newsroom.container.current()

    newsroom.save(document)

    assert newsroom.later().accent == "#004488"
    assert word in newsroom.told[-1][0]
    assert "The version 1 before is in force" in newsroom.told[-1][0]


def test_a_container_that_starts_later_has_the_same_version_in_force(newsroom: Newsroom) -> None:
    newsroom.save('{"accent": "#004488"}')
    newsroom.save("{")
    newsroom.save("{ broken again")

    assert newsroom.started().current() == newsroom.container.current()
    assert newsroom.container.current().accent == "#004488"


def test_a_fault_is_told_at_each_look_until_it_is_mended(newsroom: Newsroom) -> None:
    newsroom.save("{")
    newsroom.container.current()
    newsroom.later()
    assert len(newsroom.told) == 2

    newsroom.save("{}")
    newsroom.later()

    assert len(newsroom.told) == 2


def test_a_template_is_an_object_of_its_name(newsroom: Newsroom) -> None:
    newsroom.store.put(template_key("article.html"), b"<p>ours</p>", content_type="text/plain")

    assert newsroom.container.current().templates == {"article.html": "<p>ours</p>"}


def test_a_template_that_is_no_text_is_left_out_and_told(newsroom: Newsroom) -> None:
    newsroom.store.put("desk/templates/article.html", b"\xff\xfe", content_type="text/plain")

    assert newsroom.container.current().templates == {}
    assert "desk/templates/article.html" in newsroom.told[0][0]


def test_a_desk_is_the_one_with_the_deepest_folder_that_holds_the_file() -> None:
    desks = {
        "sport": {"name": "Sport", "folders": ["sport"], "time_zone": "Europe/Oslo"},
        "football": {"name": "Football", "folders": ["sport/football", "soccer"]},
    }
    settings = DeskSettings.model_validate({"desks": desks})

    assert settings.desk_of("sport/ski/story.md") == "sport"
    assert settings.desk_of("sport/football/story.md") == "football"
    assert settings.desk_of("sports.md") is None
    assert settings.of("sport/ski/story.md").time_zone == "Europe/Oslo"
    assert settings.of("soccer/a/story.md").time_zone == "UTC"
    assert settings.package_of("sport/story.md") is None, "a desk's folder is no package of one story's files"
    assert settings.package_of("sport/ski/story.md") == "sport/ski"


def test_a_refusal_names_every_fault() -> None:
    with pytest.raises(SettingsRefused) as refused:
        validated(b'{"accent": "red", "typeface": "wingdings"}', BASE)

    assert [fault.split(":")[0] for fault in refused.value.faults] == ["accent", "typeface"]
