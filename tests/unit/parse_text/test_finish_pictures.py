"""Pictures after every format: one entry each, in order of first appearance."""

from parsing.document import Document, ParsedStory
from parsing.finish import finish
from slugline.desk import DeskSettings
from slugline.story import Block, BlockType, Image, Story


def finished(*images: Image) -> Story:
    body = tuple(Block(type=BlockType.IMAGE, image=image.id) for image in images)
    story = Story(headline="Minister resigns", body=(Block(text="She resigned."), *body), images=images, language="en")
    return finish(ParsedStory(story), Document("story.txt", b""), "plain_text", DeskSettings()).story


def test_a_picture_shown_twice_is_one_and_its_repeated_words_are_kept() -> None:
    story = finished(Image(id="a", caption="A door", credit="AFP"), Image(id="b", caption="A door", credit="AFP"))
    assert [image.id for image in story.images] == ["image-1"]
    assert [block.image for block in story.body if block.image] == ["image-1"]
    assert [removed.text for removed in story.removed] == ["A door", "AFP"]


def test_two_files_with_one_caption_are_two_pictures() -> None:
    story = finished(Image(id="a", caption="A door", file="1.jpg"), Image(id="b", caption="A door", file="2.jpg"))
    assert [image.file for image in story.images] == ["1.jpg", "2.jpg"]


def test_words_without_a_file_join_the_picture_of_the_same_words() -> None:
    story = finished(Image(id="a", caption="A door"), Image(id="b", caption="A door", file="1.jpg"))
    assert [(image.id, image.file) for image in story.images] == [("image-1", "1.jpg")]


def test_pictures_that_nothing_is_known_of_stay_apart() -> None:
    assert len(finished(Image(id="a", credit="AFP"), Image(id="b", credit="AFP")).images) == 2
