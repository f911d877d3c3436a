"""The same input gives the same bytes in every process, whatever its hash seed and time zone."""

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
from hashlib import sha256
from tests.support.render_sample import sample_desk, sample_feed_links, sample_links, sample_pictures, sample_story
from rendering import feed_entry, render_feeds, render_story
story, pictures, desk, links = sample_story(), sample_pictures(), sample_desk(), sample_links()
outputs = (*render_story(story, pictures, desk, links=links),
           *render_feeds([feed_entry(story, pictures, links)], desk, links=sample_feed_links()))
print(sha256(b"".join(output.body for output in outputs)).hexdigest())
"""


def digest(**environment: str) -> str:
    answer = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", PROGRAM],
        cwd=Path(__file__).parents[3],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout


def test_no_process_gives_other_bytes():
    first = digest(PYTHONHASHSEED="1", TZ="UTC")

    assert first == digest(PYTHONHASHSEED="2", TZ="Asia/Tokyo")
