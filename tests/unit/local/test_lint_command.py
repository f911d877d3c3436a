"""`slugline lint`."""

import json

import pytest
from typer.testing import CliRunner

from slugline_local.cli import app
from slugline_local.errors import Trouble

TEXT = """Harbour reopens after the storm of Friday

By Ana Ruiz

The harbour reopened on Sunday, officials said.

Two berths stay shut for a week, and the ferries return to the main pier.
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "harbour.txt"
    path.write_text(TEXT)
    return str(path)


def test_each_platform_gives_a_verdict_with_fault_remedy_and_source(file):
    result = CliRunner().invoke(app, ["lint", file])

    assert result.exit_code == 0
    assert "Google News: accepted" in result.stdout
    assert "Flipboard: refused" in result.stdout
    assert "must: The story has no picture that may be passed on (0 withheld)." in " ".join(result.stdout.split())


def test_programs_get_a_line_of_json_for_each_platform(file):
    result = CliRunner().invoke(app, ["lint", file, "--json"])

    verdicts = [json.loads(line) for line in result.stdout.splitlines()]
    assert [verdict["platform"] for verdict in verdicts] == [
        "Google News", "MSN", "SmartNews", "Flipboard", "Apple News",
    ]  # fmt: skip


def test_a_file_that_cannot_be_published_is_refused_with_its_reason(tmp_path):
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")

    result = CliRunner().invoke(app, ["lint", str(empty)])

    assert isinstance(result.exception, Trouble)
    assert "empty" in str(result.exception)
