"""What Slugline writes, Slugline reads: each format comes back as the story it was made of."""

import pytest

from parsing import Document, parse
from rendering import feed_entry, render_feeds, render_story
from slugline.story import BlockType

FORMATS = ("ninjs-3.1.json", "ninjs-2.2.json", "ninjs-1.6.json", "nitf.xml", "newsml-g2.xml", "story.md")


@pytest.fixture
def read(story, pictures, desk, links):
    outputs = {item.name: item.body for item in render_story(story, pictures, desk, links=links)}

    def read(name: str):
        (parsed,) = parse(Document(name, outputs[name]))
        return parsed

    return read


def copy(story):
    return [(block.type, " ".join(block.text.split())) for block in story.body if block.type != BlockType.IMAGE]


@pytest.mark.parametrize("name", FORMATS)
def test_the_copy_comes_back_block_by_block(read, story, name):
    assert copy(read(name).story) == copy(story)


@pytest.mark.parametrize("name", FORMATS)
def test_the_heads_come_back(read, story, name):
    again = read(name).story

    assert again.headline == story.headline
    assert again.standfirst == story.standfirst
    assert again.byline == story.byline
    assert [author.name for author in again.authors] == [author.name for author in story.authors]
    assert again.language == story.language
    assert again.published == story.published


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_identity_comes_back(read, links, name):
    assert read(name).identifier == links.uri


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "story.md"])
def test_pictures_come_back_with_their_words(read, story, name):
    again = read(name).story

    assert [(image.caption, image.credit) for image in again.images] == [
        (image.caption, image.credit) for image in story.images
    ]


def test_markdown_brings_back_the_pictures_it_may_show(read, story):
    (image,) = read("story.md").story.images

    assert (image.alt, image.caption, image.credit) == (
        story.images[0].alt,
        story.images[0].caption,
        story.images[0].credit,
    )


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_a_feed_brings_back_its_story(story, pictures, desk, links, feed_links, name):  # noqa: PLR0913, PLR0917 - fixtures
    # A feed's readers see corrections in the text, where they cannot be told from it again.
    sound = story.model_copy(update={"notices": ()})
    entry = feed_entry(sound, pictures, links)
    body = {item.name: item.body for item in render_feeds([entry], desk, links=feed_links)}[name]

    (parsed,) = parse(Document(name, body))

    assert parsed.identifier == links.uri
    assert copy(parsed.story) == copy(story)
    assert parsed.story.headline == story.headline
    assert parsed.story.standfirst == story.standfirst
    assert [author.name for author in parsed.story.authors] == [author.name for author in story.authors]
    assert parsed.story.published == story.published
