"""`slugline desk`: what an editor may and may not put in place."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.support.memory_store import MemoryStore

from slugline.desk_store import SETTINGS
from slugline_local import cli
from slugline_local.commands import desk


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> MemoryStore:
    store = MemoryStore()
    monkeypatch.setattr(desk, "connect", lambda _: SimpleNamespace(archive=store, site="https://news.example"))
    return store


def slugline(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["slugline", "desk", *arguments])
    try:
        cli.main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def test_what_is_set_is_shown(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert slugline(monkeypatch, "set", "site_name", "The Courier") == 0
    sport = '{"name": "Sport", "folders": ["sport"]}'
    assert slugline(monkeypatch, "set", "desks.sport", sport) == 0
    capsys.readouterr()

    assert slugline(monkeypatch, "show") == 0

    shown = json.loads(capsys.readouterr().out)
    assert shown["site_name"] == "The Courier"
    assert shown["desks"]["sport"]["folders"] == ["sport"]
    assert json.loads(store.get(SETTINGS).body) == {"site_name": "The Courier", "desks": {"sport": json.loads(sport)}}


def test_a_value_that_is_not_valid_is_refused_and_changes_nothing(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert slugline(monkeypatch, "set", "accent", "red") == 1
    assert slugline(monkeypatch, "set", "no_such_setting", "1") == 1

    told = capsys.readouterr().err
    assert "accent:" in told
    assert "no_such_setting:" in told
    assert store.objects == {}


def test_a_reset_setting_is_the_default_again(store: MemoryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    slugline(monkeypatch, "set", "accent", "#004488")

    assert slugline(monkeypatch, "reset", "accent") == 0

    assert json.loads(store.get(SETTINGS).body) == {}
    assert slugline(monkeypatch, "reset", "accent") == 1


def test_a_template_that_fails_on_a_story_is_not_put_in_place(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "article.html"
    broken.write_text("{{ story.no_such_field }}", encoding="utf-8")

    assert slugline(monkeypatch, "upload", str(broken)) == 1

    assert "no_such_field" in capsys.readouterr().err
    assert store.objects == {}


def test_a_template_is_put_in_place_and_taken_away_again(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = tmp_path / "article.html"
    own.write_text('{% extends "default/article.html" %}{% block masthead %}Ours{% endblock %}', encoding="utf-8")

    assert slugline(monkeypatch, "upload", str(own)) == 0
    assert list(store.objects) == ["desk/templates/article.html"]
    assert slugline(monkeypatch, "check") == 0
    assert slugline(monkeypatch, "remove-template", "article.html") == 0

    assert store.objects == {}


def test_check_tells_of_a_document_that_came_by_another_way(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store.put(SETTINGS, b"{ not json", content_type="application/json")
    store.put("desk/templates/feed.html", b"{% if %}", content_type="text/plain")

    assert slugline(monkeypatch, "check") == 1

    told = capsys.readouterr().err
    assert "no JSON document" in told
    assert "feed.html" in told


def test_a_whole_document_is_checked_before_it_is_put_in_place(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    document = tmp_path / "settings.json"
    document.write_text('{"typeface": "wingdings"}', encoding="utf-8")
    assert slugline(monkeypatch, "upload", str(document)) == 1

    document.write_text('{"typeface": "sans"}', encoding="utf-8")
    assert slugline(monkeypatch, "upload", str(document)) == 0

    assert json.loads(store.get(SETTINGS).body) == {"typeface": "sans"}
