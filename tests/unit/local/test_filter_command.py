"""`slugline partners test-filter`, as a person uses it before an endpoint gets a filter."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.unit.local.test_cli import slugline

from slugline.desk import Desk, DeskSettings
from slugline.desk_store import InForce
from slugline.story import Provenance, Story, Subject
from slugline_local.commands import filters

STORY = Story(
    language="en-GB",
    keywords=("flood", "harbour"),
    subjects=(Subject(name="weather"),),
    provenance=Provenance(key="city/today/flood.txt", format="text", parser="1"),
)


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("SLUGLINE_STATE", str(tmp_path / "state"))
    settings = DeskSettings(desks={"city": Desk(name="City", folders=("city",))})
    stack = SimpleNamespace(desk=InForce(settings))
    monkeypatch.setattr(filters, "is_there", lambda _: True)
    monkeypatch.setattr(filters, "connect", lambda _: stack)
    path = tmp_path / "story.json"
    path.write_text(STORY.model_dump_json())
    return str(path)


def tried(
    story: str,
    pattern: object,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *options: str,
) -> tuple[int, list[dict[str, object]]]:
    text = pattern if isinstance(pattern, str) else json.dumps(pattern)
    code = slugline(monkeypatch, "partners", "test-filter", text, story, "--json", *options)
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize(
    "pattern",
    [
        {},
        {"desk": ["city"]},
        {"folder": [{"prefix": "city/"}]},
        {"keywords": ["harbour"]},
        {"subjects": ["weather"], "language": [{"prefix": "en"}]},
        {"pictures": {"all_syndicated": [True], "count": [{"numeric": ["<", 1]}]}},
    ],
)
def test_a_filter_that_fits_matches_every_type_of_event(
    pattern: object, story: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, rows = tried(story, pattern, monkeypatch, capsys)

    assert code == 0
    assert [(row["type"], row["matches"]) for row in rows] == [
        ("story.published", True),
        ("story.updated", True),
        ("story.corrected", True),
    ]


def test_a_filter_by_type_matches_that_type_only_and_says_where_the_others_fail(
    story: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, rows = tried(story, {"type": ["story.corrected"]}, monkeypatch, capsys)

    assert code == 0
    assert [(row["matches"], row["failed_at"]) for row in rows] == [(False, "type"), (False, "type"), (True, None)]


def test_a_filter_that_lets_nothing_through_fails_and_shows_each_field(
    story: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pattern = {"desk": ["city"], "$or": [{"keywords": ["frost"]}, {"language": ["de"]}]}

    code, (row,) = tried(story, pattern, monkeypatch, capsys, "--type", "story.published")

    assert code == 1
    assert row["failed_at"] == "$or"
    assert [(field["field"], field["matches"]) for field in row["fields"]] == [  # type: ignore[attr-defined]  # JSON
        ("desk", True),
        ("$or[0].keywords", False),
        ("$or[1].language", False),
    ]


def test_a_field_that_no_event_has_is_named_with_those_there_are(
    story: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = slugline(monkeypatch, "partners", "test-filter", '{"keyword": ["flood"]}', story)

    said = capsys.readouterr()
    assert code == 1
    assert "no such field" in said.out
    assert "keyword is no field of an event; there are type, desk, folder" in said.err


def test_a_file_is_tried_as_if_it_were_dropped_under_a_key(
    tmp_path: Path, story: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    article = tmp_path / "ferry.txt"
    article.write_text("Ferry reopens\n\nBy Jane Roe\n\nBERGEN — The ferry sails again after the storm of last week.\n")

    assert story
    assert tried(str(article), {"desk": ["city"]}, monkeypatch, capsys)[0] == 1
    assert tried(str(article), {"desk": ["city"]}, monkeypatch, capsys, "--key", "city/ferry.txt")[0] == 0


def test_without_a_stack_no_desk_is_known_and_that_is_said(
    story: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(filters, "is_there", lambda _: False)

    assert slugline(monkeypatch, "partners", "test-filter", '{"desk": ["city"]}', story) == 1

    assert "No desks are known here" in capsys.readouterr().err


def test_a_filter_may_be_in_a_file_and_the_story_as_a_newsroom_drops_it(
    tmp_path: Path, story: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pattern = tmp_path / "filter.json"
    pattern.write_text('{"language": ["no"]}')
    article = tmp_path / "ferry.txt"
    article.write_text("Ferry reopens\n\nBy Jane Roe\n\nBERGEN — The ferry sails again after the storm of last week.\n")

    code, rows = tried(str(article), str(pattern), monkeypatch, capsys)

    assert story
    assert code == 1
    assert rows[0]["failed_at"] == "language"


@pytest.mark.parametrize(
    ("pattern", "place"),
    [
        ('{"type":', "line 1, column 9"),
        ('{"type": "story.published"}', "type: write a list"),
        ("[]", "write an object"),
    ],
)
def test_what_is_no_filter_is_told_where_and_how_to_write_one(
    pattern: str, place: str, story: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = slugline(monkeypatch, "partners", "test-filter", pattern, story)

    said = capsys.readouterr().err
    assert code == 1
    assert place in said
    assert '{"desk": ["sport"]' in said
