"""A story of any format has a headline, or says why it has none of its own."""

from parsing import Document, parse

PROSE = "The council voted on Tuesday night to rebuild the old fish quay, after nine years of argument in the town. "


def test_a_page_without_a_headline_shows_its_first_words_and_says_so() -> None:
    markup = f"<!doctype html><html><body><article><p>{PROSE * 2}</p><p>{PROSE}</p></article></body></html>"

    (parsed,) = parse(Document("page.html", markup.encode()))

    assert parsed.story.headline == "The council voted on Tuesday night to rebuild the old fish quay, …"
    assert parsed.story.body[0].text.startswith("The council voted")
    assert any(warning.startswith("headline_missing") for warning in parsed.story.warnings)
