"""What a person at the command line sees: results on standard output, one clear line of trouble, never a traceback."""

import json
import sys
from pathlib import Path

import pytest

from slugline_local import cli

SAMPLES = Path(__file__).parents[2] / "samples"
ARTICLE = SAMPLES / "text" / "us-equipment-pakistan.txt"


@pytest.fixture(autouse=True)
def _nothing_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLUGLINE_STATE", str(tmp_path / "state"))


def slugline(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run the command line in this process; gives its exit code."""
    monkeypatch.setattr(sys, "argv", ["slugline", *arguments])
    try:
        cli.main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def contents(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_parse_prints_the_story_as_json(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    code = slugline(monkeypatch, "parse", str(ARTICLE))

    story = json.loads(capsys.readouterr().out)
    assert code == 0
    assert story["headline"].startswith("Pakistani militants are reportedly using US military equipment")
    assert story["id"]


def test_parse_of_a_bad_file_names_file_reason_and_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()

    code = slugline(monkeypatch, "parse", str(empty))

    said = capsys.readouterr()
    assert code == 1
    assert json.loads(said.out)["provenance"]["key"] == "empty.txt"
    assert str(empty) in said.err
    assert "The file is empty." in said.err
    assert "Drop the file again" in said.err


def test_render_writes_the_page_the_formats_and_the_feeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = slugline(monkeypatch, "render", str(ARTICLE), "--out", str(tmp_path))

    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert code == 0
    page = {"index.html", "story.json", "story.jsonld", "story.md", "story.txt", "apple-news/article.json"}
    formats = {"ninjs-3.1.json", "ninjs-2.2.json", "ninjs-1.6.json", "newsml-g2.xml", "nitf.xml"}
    feeds = {f"feeds/{name}" for name in ("rss.xml", "atom.xml", "feed.json", "sitemap-news.xml", "sitemap.xml")}
    assert page | formats | feeds <= written


def test_render_is_reproducible(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("once", "again"):
        slugline(monkeypatch, "render", str(ARTICLE), "--out", str(tmp_path / name))

    assert contents(tmp_path / "once") == contents(tmp_path / "again")


def test_a_rendered_photo_has_its_pictures_beside_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slugline(monkeypatch, "render", str(SAMPLES / "photo" / "airplane.jpg"), "--out", str(tmp_path))

    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    pictures = list((tmp_path / "pictures").iterdir())
    assert pictures
    assert any(f"pictures/{picture.name}" in page for picture in pictures)


def test_resize_of_no_photo_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code = slugline(monkeypatch, "resize", str(ARTICLE), "--out", str(tmp_path))

    assert code == 1
    assert "not a JPEG" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command", ["stories", "quarantine", "deliveries", "attempts msg_1", "replay msg_1", "partners list"]
)
def test_without_a_running_service_a_command_says_how_to_start_it(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = slugline(monkeypatch, *command.split())

    assert code == 1
    assert "slugline local" in capsys.readouterr().err


def test_a_bug_is_told_without_its_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def broken() -> None:
        raise RuntimeError("the unexpected")

    monkeypatch.setattr(cli, "app", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    code = slugline(monkeypatch)

    said = capsys.readouterr().err
    assert code == 1
    assert "the unexpected" in said
    assert "Traceback" not in said
    assert "the unexpected" in (tmp_path / "slugline-traceback.txt").read_text(encoding="utf-8")
