"""`slugline quarantine`, as an operator types it."""

import json

import pytest
from tests.integration.test_dead_letters import refused, stack_of
from tests.support.newsroom import Newsroom

from slugline_local import cli
from slugline_local.commands import quarantine


@pytest.fixture
def room(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    """A file in quarantine and one that failed in render."""
    monkeypatch.setattr(quarantine, "connect", lambda _target: stack_of(newsroom))
    newsroom.drop("broken.docx", b"PK no zip")
    with refused(newsroom, "render", "s3"):
        newsroom.drop("river.md", b"# The river\n\nIt rose.\n")
        newsroom.settle()
    return newsroom


def slugline(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr("sys.argv", ["slugline", *arguments])
    try:
        cli.main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def test_files_and_failed_messages_stand_side_by_side(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert slugline(monkeypatch, "quarantine", "--json") == 0

    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["file"], row["outcome"]) for row in rows] == [("broken.docx", "quarantined"), ("river.md", "failed")]
    assert all(row["reason"] and row["remedy"] for row in rows)
    assert rows[1]["step"] == "render"
    assert room.dead_letters() == 1


def test_a_redriven_message_leaves_the_list_once_its_step_has_done_it(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert slugline(monkeypatch, "quarantine", "redrive", "--all") == 0
    assert "went back to render: river.md" in capsys.readouterr().out
    assert slugline(monkeypatch, "quarantine", "redrive", "--all") == 0
    assert "No message waits" in capsys.readouterr().out
    slugline(monkeypatch, "quarantine")
    assert "redriven" in capsys.readouterr().out

    room.settle()
    slugline(monkeypatch, "quarantine")

    assert "river.md" not in capsys.readouterr().out
    assert room.site_keys("articles/")


def test_a_message_is_named_by_the_first_characters_of_its_id(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (letter,) = stack_of(room).dead_letters.open()

    assert slugline(monkeypatch, "quarantine", "discard", letter.id[:8]) == 0
    assert letter.body_key in capsys.readouterr().out
    assert list(stack_of(room).dead_letters.open()) == []
    assert stack_of(room).archive.read(letter.body_key)


def test_what_cannot_be_meant_is_said(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in (["redrive"], ["redrive", "zzz"], ["redrive", "zzz", "--all"], ["discard", "zzz"]):
        assert slugline(monkeypatch, "quarantine", *arguments) == 1
        assert "`slugline quarantine` lists them" in capsys.readouterr().err
    assert room.dead_letters() == 1
