"""A third party's picture is on our page and nowhere else."""

from rendering import feed_entry, render_feeds, render_story


def test_no_output_but_the_page_names_a_file_of_a_withheld_picture(story, pictures, desk, links, feed_links):
    entry = feed_entry(story, pictures, links)
    outputs = (*render_story(story, pictures, desk, links=links), *render_feeds([entry], desk, links=feed_links))

    naming = [output.name for output in outputs if b"storm-" in output.body or b"storm.jpg" in output.body]

    assert naming == ["index.html"]


def test_the_story_as_json_keeps_what_is_the_newsrooms_alone(story, pictures, desk, links):
    inside = story.model_copy(update={"warnings": ("byline inferred",)})

    outputs = {output.name: output.body for output in render_story(inside, pictures, desk, links=links)}

    assert b"byline inferred" not in outputs["story.json"]
