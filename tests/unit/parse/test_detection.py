"""Every sample is of the format whose folder it is in, whatever the file is called and whoever is asked before."""

from pathlib import Path

import pytest

from parsing import parse
from parsing.document import Document, Rejected
from parsing.registry import FORMATS, format_of

SAMPLES = Path(__file__).parents[2] / "samples"
FILES = [path for path in sorted(SAMPLES.glob("*/*")) if path.parent.name in FORMATS and path.name != "README.md"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
@pytest.mark.parametrize("name", ["story.txt", "story.html", "story", "story.docx"])
def test_a_sample_is_known_by_its_content(path: Path, name: str) -> None:
    assert format_of(Document(name, path.read_bytes())).name == path.parent.name


def test_rich_text_is_refused_by_its_name_rather_than_published_with_its_codes() -> None:
    with pytest.raises(Rejected, match="Rich Text Format"):
        parse(Document("story.txt", rb"{\rtf1\ansi The council voted on \b Tuesday\b0 .}"))
