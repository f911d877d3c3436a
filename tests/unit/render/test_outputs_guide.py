"""The guide names every output, template and block."""

import re
from pathlib import Path

from rendering import feed_entry, render_feeds, render_site, render_story
from rendering.environment import TEMPLATES
from rendering.lint import PLATFORMS

GUIDE = (Path(__file__).parents[3] / "docs" / "outputs.md").read_text(encoding="utf-8")


def test_every_output_is_in_the_guide(story, pictures, desk, links, feed_links):
    entry = feed_entry(story, pictures, links)
    outputs = (
        *render_story(story, pictures, desk, links=links),
        *render_feeds([entry], desk, links=feed_links),
        *render_site(desk),
    )

    assert [output.name for output in outputs if f"`{output.name}`" not in GUIDE] == []


def test_every_block_of_every_template_is_in_the_guide():
    for template in ("article.html", "feed.html", "withdrawn.html"):
        row = next(line for line in GUIDE.splitlines() if line.startswith(f"| `{template}` |"))
        blocks = re.findall(r"{% block (\w+) %}", (TEMPLATES / template).read_text(encoding="utf-8"))

        assert re.findall(r"`(\w+)`", row.split("|")[2]) == blocks


def test_every_platform_of_lint_is_in_the_guide():
    assert [platform for platform in PLATFORMS if platform not in GUIDE] == []
