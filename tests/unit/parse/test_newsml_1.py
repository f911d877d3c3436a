"""NewsML 1.x: news lines, embedded copy, photo components with captions and renditions."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsing.document import Context, Document, ParsedStory, Rejected
from parsing.formats.newsml_1 import FORMAT
from parsing.limits import Limits
from slugline.story import BlockType, NoticeKind, Status

SAMPLES = Path(__file__).parents[2] / "samples" / "newsml_1"
CONTEXT = Context(limits=Limits(), parse_nested=lambda _: ())


def read(name: str) -> ParsedStory:
    document = Document(name, (SAMPLES / name).read_bytes())
    assert FORMAT.detect(document)
    (parsed,) = FORMAT.parse(document, CONTEXT)
    return parsed


def test_the_identity_is_without_the_revision() -> None:
    parsed = read("flood.xml")

    assert (parsed.identifier, parsed.story.version) == ("urn:newsml:wire.example.org:20260214:TX-77", 3)
    assert (read("gallery.xml").identifier, read("gallery.xml").story.version) == ("urn:newsml:ex:9", 2)


def test_the_news_lines_are_the_fields() -> None:
    story = read("flood.xml").story

    assert story.headline == "River falls after week of floods"
    assert [author.name for author in story.authors] == ["Hana Novak"]
    assert story.dateline is not None
    assert (story.dateline.place, story.dateline.source) == ("PRAGUE", "AFP")
    assert (story.slug, story.language) == ("weather-flood", "en")
    assert story.keywords == ("flood", "river", "Prague")
    assert [subject.uri for subject in story.subjects] == ["subj:17005000"]
    assert (story.copyright, story.usage_terms) == ("© 2026 Example Wire", "No archive.")
    assert [(notice.kind, notice.text) for notice in story.notices] == [(NoticeKind.UPDATE, "ADDS quote from mayor")]
    assert story.published == datetime(2026, 2, 14, 8, 15, tzinfo=UTC)
    assert story.updated == datetime(2026, 2, 14, 10, 15, tzinfo=UTC)


def test_an_announced_change_to_usable_is_the_end_of_the_embargo() -> None:
    story = read("flood.xml").story

    assert (story.status, story.embargo) == (Status.USABLE, datetime(2026, 2, 14, 12, tzinfo=UTC))


def test_embedded_nitf_is_the_copy() -> None:
    story = read("flood.xml").story

    assert [(block.type, block.text) for block in story.body] == [
        (BlockType.IMAGE, ""),
        (BlockType.PARAGRAPH, "The river fell by a metre on Saturday."),
        (BlockType.SUBHEAD, "Pumps"),
        (BlockType.PARAGRAPH, "Pumps ran all night, the mayor said."),
    ]


def test_renditions_of_one_photo_are_one_picture() -> None:
    (picture,) = read("flood.xml").story.images

    assert (picture.file, picture.caption) == ("square.jpg", "Water stands in the square.")
    assert (picture.credit, picture.byline, picture.headline) == ("Example Wire", "Petr Maly", "Flooded square")


def test_photos_with_words_of_their_own_are_pictures_of_their_own() -> None:
    parsed = read("gallery.xml")

    assert [(image.headline, image.caption) for image in parsed.story.images] == [
        ("Old", "The old bridge."),
        ("New", None),
    ]
    assert parsed.story.images[0].file == "old.jpg"
    assert parsed.pictures[0].data.startswith(b"\x89PNG")
    assert parsed.story.images[1].file == parsed.pictures[0].name


def test_of_equivalent_contents_the_first_is_the_copy() -> None:
    story = read("gallery.xml").story

    assert [block.text for block in story.body if block.text] == ["Both bridges carry trams."]
    assert story.status is Status.CANCELED


def test_a_document_without_items_is_rejected() -> None:
    with pytest.raises(Rejected, match="no news item"):
        FORMAT.parse(Document("x.xml", b"<NewsML><NewsEnvelope/></NewsML>"), CONTEXT)


@given(st.sampled_from(sorted(SAMPLES.iterdir())), st.data())
def test_a_sample_with_elements_moved_or_lost_is_a_story_or_rejected(path: Path, data: st.DataObject) -> None:
    pieces = path.read_bytes().split(b"<")
    at = data.draw(st.integers(1, len(pieces) - 1))
    other = data.draw(st.sampled_from(pieces) | st.binary(max_size=30))
    pieces[at : at + data.draw(st.integers(0, 2))] = [other]

    with suppress(Rejected):
        FORMAT.parse(Document("x.xml", b"<".join(pieces)), CONTEXT)


def test_news_lines_that_no_field_takes_are_kept_apart() -> None:
    lines = "<HeadLine>Flood</HeadLine><HeadLine>Water</HeadLine><SeriesLine>Climate, part 3</SeriesLine>"
    data = (
        f"<NewsML><NewsItem><NewsComponent><NewsLines>{lines}</NewsLines></NewsComponent></NewsItem></NewsML>".encode()
    )
    (parsed,) = FORMAT.parse(Document("x.xml", data), CONTEXT)

    assert [one.text for one in parsed.story.removed] == ["Water", "Climate, part 3"]


def content(media: str, data: str) -> ParsedStory:
    inner = f'<ContentItem><MediaType FormalName="{media}"/><DataContent>{data}</DataContent></ContentItem>'
    component = f"<NewsComponent><NewsLines><HeadLine>Kremlin</HeadLine></NewsLines>{inner}</NewsComponent>"
    (parsed,) = FORMAT.parse(Document("x.xml", f"<NewsML><NewsItem>{component}</NewsItem></NewsML>".encode()), CONTEXT)
    return parsed


def test_text_of_a_media_type_that_nobody_knows_is_text() -> None:
    """TASS says `ComplexData`."""
    nitf = "<nitf><body><body.content><p>The Kremlin does not agree.</p></body.content></body></nitf>"

    assert [block.text for block in content("ComplexData", nitf).story.body] == ["The Kremlin does not agree."]


def test_tags_that_were_left_in_plain_text_are_markup() -> None:
    text = 'Steven &lt;b&gt;Van Geel&lt;/b&gt; came.&lt;NewsComponentRef idref="DS1"/&gt; He spoke of x &lt; y.'

    (block,) = content("Text", text).story.body
    assert block.text == "Steven Van Geel came. He spoke of x < y."
    assert block.html == "Steven <b>Van Geel</b> came. He spoke of x &lt; y."
