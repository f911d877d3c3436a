"""Filters as EventBridge patterns."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.delivery_world import ScriptedSender, World

from slugline.desk import Desk, DeskSettings
from slugline.domain.event_pattern import BadPattern, check, explain
from slugline.domain.filter_event import filter_event
from slugline.partners import EventType
from slugline.story import Author, Image, Provenance, Rights, Story, Subject

EVENT: dict[str, Any] = {
    "type": "story.published",
    "language": "en-GB",
    "keywords": ["flood", "harbour"],
    "subjects": [],
    "pictures": {"count": 3, "all_syndicated": False},
}


@pytest.mark.parametrize(
    "pattern",
    [
        {},
        {"type": ["story.published"]},
        {"type": ["story.withdrawn", "story.published"]},
        {"keywords": ["harbour"]},
        {"keywords": ["harbour"], "language": [{"prefix": "en"}]},
        {"language": [{"suffix": "GB"}]},
        {"language": [{"equals-ignore-case": "EN-gb"}]},
        {"keywords": [{"wildcard": "f*o*"}]},
        {"language": [{"anything-but": "de"}]},
        {"language": [{"anything-but": ["de", "fr"]}]},
        {"language": [{"anything-but": {"prefix": "de"}}]},
        {"desk": [{"exists": False}]},
        {"subjects": [{"exists": False}]},
        {"type": [{"exists": True}]},
        {"pictures": {"count": [{"numeric": [">", 0, "<=", 3]}]}},
        {"pictures": {"count": [3], "all_syndicated": [False]}},
        {"$or": [{"keywords": ["frost"]}, {"language": [{"prefix": "en"}]}]},
    ],
)
def test_an_event_that_a_pattern_asks_for_matches(pattern: dict[str, Any]) -> None:
    assert explain(check(pattern), EVENT).matches


@pytest.mark.parametrize(
    ("pattern", "field"),
    [
        ({"type": ["story.withdrawn"]}, "type"),
        ({"keywords": ["frost"]}, "keywords"),
        ({"keywords": ["flood"], "language": ["de"]}, "language"),
        ({"desk": ["city"]}, "desk"),
        ({"desk": [{"anything-but": "city"}]}, "desk"),
        ({"subjects": [{"exists": True}]}, "subjects"),
        ({"type": [{"exists": False}]}, "type"),
        ({"pictures": {"count": [{"numeric": [">", 3]}]}}, "pictures.count"),
        ({"pictures": {"count": ["3"]}}, "pictures.count"),
        ({"pictures": {"all_syndicated": [0]}}, "pictures.all_syndicated"),
        ({"language": {"code": ["en"]}}, "language.code"),
        ({"$or": [{"keywords": ["frost"]}, {"language": ["de"]}]}, "$or"),
        ({"keywords": [{"wildcard": "f.*"}]}, "keywords"),
        ({"keywords": [{"numeric": ["=", 1]}]}, "keywords"),
    ],
)
def test_an_event_that_it_does_not_ask_for_names_the_field(pattern: dict[str, Any], field: str) -> None:
    explained = explain(check(pattern), EVENT)
    assert (explained.matches, explained.field) == (False, field)


@pytest.mark.parametrize(
    ("pattern", "remedy"),
    [
        ([], "write an object"),
        ({"type": "story.published"}, "type: write a list"),
        ({"type": []}, "type: write a list"),
        ({"type": [["a"]]}, "not a list"),
        ({"type": [{"prefix": "a", "suffix": "b"}]}, "one key"),
        ({"type": [{"regex": "a"}]}, "regex is no operator; there are anything-but"),
        ({"type": [{"prefix": 1}]}, "takes a text"),
        ({"type": [{"exists": "yes"}]}, "true or false"),
        ({"type": [{"anything-but": []}]}, "anything-but takes"),
        ({"type": [{"anything-but": {"exists": True}}]}, "anything-but takes"),
        ({"type": [{"numeric": [">"]}]}, "numeric takes"),
        ({"type": [{"numeric": ["~", 1]}]}, "numeric takes"),
        ({"type": [{"wildcard": "*" * 100}]}, "too many asterisks"),
        ({"$or": [{"type": ["a"]}]}, "two or more"),
        ({"a": {"b": {"c": {"d": {"e": {"f": {"g": {"h": {"i": ["x"]}}}}}}}}}, "nested deeper"),
        ({"type": [str(number) for number in range(201)]}, "200 are allowed"),
    ],
)
def test_a_pattern_that_is_none_is_refused_with_its_remedy(pattern: Any, remedy: str) -> None:
    with pytest.raises(BadPattern, match=remedy):
        check(pattern)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)


@given(pattern=st.dictionaries(st.sampled_from([*EVENT, "$or", "x"]), JSON, max_size=3), event=JSON)
def test_whatever_is_sent_as_a_pattern_is_refused_or_can_be_matched(pattern: Any, event: Any) -> None:
    try:
        checked = check(pattern)
    except BadPattern:
        return
    explain(checked, EVENT)
    explain(checked, event if isinstance(event, dict) else {})


def test_a_filter_sees_what_a_partner_sorts_by() -> None:
    story = Story(
        language="de",
        slug="flut",
        keywords=("Hafen",),
        subjects=(Subject(name="disaster", uri="medtop:03000000"), Subject(name="weather")),
        authors=(Author(name="Ada"),),
        images=(Image(id="1"), Image(id="2", rights=Rights(syndicate=False, agency="AFP"))),
        provenance=Provenance(key="city/today/flood.txt", format="text", parser="1"),
    )

    settings = DeskSettings(desks={"local": Desk(name="Local", folders=("city",))})

    assert filter_event(EventType.CORRECTED, story, settings) == {
        "type": "story.corrected",
        "desk": "local",
        "folder": "city/today",
        "language": "de",
        "slug": "flut",
        "keywords": ["Hafen"],
        "subjects": ["disaster", "weather"],
        "subject_uris": ["medtop:03000000"],
        "authors": ["Ada"],
        "pictures": {"count": 2, "agencies": ["AFP"], "all_syndicated": False},
    }


@pytest.mark.parametrize(
    ("key", "desk"),
    [
        ("sport/a.txt", "sport"),
        ("sport/tennis/a.txt", "tennis"),
        ("sports/a.txt", ""),
        ("city/a.txt", ""),
        ("a.txt", ""),
    ],
)
def test_the_desk_is_the_one_whose_feed_has_the_story(key: str, desk: str) -> None:
    settings = DeskSettings(
        desks={
            "sport": Desk(name="Sport", folders=("sport",)),
            "tennis": Desk(name="Tennis", folders=("sport/tennis",)),
        }
    )
    story = Story(provenance=Provenance(key=key, format="text", parser="1"))

    assert filter_event(EventType.PUBLISHED, story, settings)["desk"] == desk == (settings.desk_of(key) or "")


def test_only_endpoints_whose_filter_matches_are_told() -> None:
    world = World(ScriptedSender([]))
    world.story = Story(language="en", keywords=("flood",))
    world.endpoint("ep_1", filter={"keywords": ["flood"]})
    world.endpoint("ep_2", filter={"keywords": ["frost"]})

    world.publish()

    assert [row.endpoint_id for row in world.told()] == ["ep_1"]
