"""Word documents: the copy as an editor who accepts all changes would print it, with its pictures in place."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.word import NAMESPACES, drawing, p, run, word

from parsing.document import Context, Document, ParsedStory, Rejected
from parsing.formats.docx import FORMAT
from parsing.limits import Limits
from slugline.story import Block, BlockType, Story

CONTEXT = Context(limits=Limits(), parse_nested=lambda _: ())
PARAGRAPHS = (
    "The ferry sailed again on Thursday after eleven weeks in the yard, and the quay was full of people.",
    "One engine was replaced in the winter, and the crew was trained on the new one for two weeks.",
)


def parse(data: bytes) -> ParsedStory:
    document = Document("story.docx", data)
    assert FORMAT.detect(document)
    (parsed,) = FORMAT.parse(document, CONTEXT)
    return parsed


def story(*inner: str, **parts: str) -> Story:
    """An article with a title and two paragraphs, and these after the first."""
    first, second = PARAGRAPHS
    body = p("Ferry returns to service", "Title") + p(first) + "".join(inner) + p(second)
    return parse(word(body, **parts)).story


def added(of: Story) -> list[Block]:
    """The blocks between the two paragraphs."""
    texts = [block.text for block in of.body]
    return list(of.body[texts.index(PARAGRAPHS[0]) + 1 : texts.index(PARAGRAPHS[1])])


def removed(of: Story) -> list[tuple[str, str]]:
    return [(entry.text, entry.reason) for entry in of.removed]


def test_title_and_standfirst_are_known_by_their_styles() -> None:
    found = story(p("Commuters waited eleven weeks for it.", "Subtitle"))

    assert found.headline == "Ferry returns to service"
    assert found.standfirst == "Commuters waited eleven weeks for it."
    assert [block.text for block in found.body] == list(PARAGRAPHS)


def test_without_styles_the_parts_are_found_as_in_plain_text() -> None:
    lines = ("Ferry returns to service", "By Mara Lindqvist", f"TROMSØ, Norway (AP) — {PARAGRAPHS[0]}", PARAGRAPHS[1])

    found = parse(word("".join(map(p, lines)))).story

    assert found.headline == "Ferry returns to service"
    assert [author.name for author in found.authors] == ["Mara Lindqvist"]
    assert found.dateline is not None
    assert found.dateline.place == "TROMSØ, Norway"
    assert [block.text for block in found.body] == list(PARAGRAPHS)


def test_tracked_insertions_are_kept_and_deletions_are_not() -> None:
    text = (
        run("The fare stays ")
        + "<w:del><w:r><w:delText>cheap</w:delText></w:r></w:del>"
        + f"<w:ins>{run('the same for every passenger')}</w:ins>"
        + run(", the harbour office said.")
    )
    found = story(p(text))

    assert [block.text for block in added(found)] == [
        "The fare stays the same for every passenger, the harbour office said."
    ]
    assert removed(found) == [("cheap", "tracked deletion")]


def test_a_deleted_paragraph_end_joins_the_paragraphs() -> None:
    mark = "<w:rPr><w:del/></w:rPr>"
    found = story(p("The crossing takes two hours in good weather ", "", mark), p("and three hours in a storm."))

    assert [block.text for block in added(found)] == [
        "The crossing takes two hours in good weather and three hours in a storm."
    ]


def test_text_moved_elsewhere_is_read_once() -> None:
    found = story(
        p(f"<w:moveFrom>{run('The captain is from the town and knows every rock.')}</w:moveFrom>"),
        p(f"<w:moveTo>{run('The captain is from the town and knows every rock.')}</w:moveTo>"),
    )

    assert len(added(found)) == 1


@pytest.mark.parametrize(
    "hidden",
    [
        p(run("Call the lawyer before print.", "<w:vanish/>")),
        p("Call the lawyer before print.", "Note"),
        p("Call the lawyer before print.", "Private"),
    ],
)
def test_hidden_text_is_not_printed(hidden: str) -> None:
    found = story(hidden)

    assert added(found) == []
    assert removed(found) == [("Call the lawyer before print.", "hidden text")]


def test_text_that_is_switched_to_be_shown_is_printed() -> None:
    found = story(p(run("The harbour office answers every question.", '<w:vanish w:val="0"/>')))

    assert len(added(found)) == 1


def test_markup_inside_a_paragraph_is_kept() -> None:
    text = run("It carries 40 cars and CO") + run("2", '<w:vertAlign w:val="subscript"/>') + run(" is ")
    text += run("half", "<w:b/>") + run(" of what it was before &lt;the&gt; refit.")
    (block,) = added(story(p(text)))

    assert block.text == "It carries 40 cars and CO2 is half of what it was before <the> refit."
    assert block.html == (
        "It carries 40 cars and CO<sub>2</sub> is <strong>half</strong> of what it was before &lt;the&gt; refit."
    )


@pytest.mark.parametrize(
    "link",
    [
        f'<w:hyperlink r:id="link">{run("new timetable")}</w:hyperlink>',
        "<w:fldSimple w:instr=' HYPERLINK \"https://ferry.example.org/timetable\" '>"
        + run("new timetable")
        + "</w:fldSimple>",
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://ferry.example.org/'
        '</w:instrText></w:r><w:r><w:instrText>timetable" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("new timetable")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ],
    ids=["relationship", "simple field", "complex field"],
)
def test_links_keep_their_targets(link: str) -> None:
    (block,) = added(story(p(run("The company published a ") + link + run(" on its page today."))))

    assert block.text == "The company published a new timetable on its page today."
    assert block.html is not None
    assert 'href="https://ferry.example.org/timetable"' in block.html


def test_an_unsafe_link_is_none() -> None:
    text = (
        run("The company published ") + "<w:fldSimple w:instr='HYPERLINK \"javascript:alert(1)\"'>" + run("a timetable")
    )
    (block,) = added(story(p(text + "</w:fldSimple>" + run(" on its page today."))))

    assert "javascript" not in block.model_dump_json()


def test_content_controls_are_read_through() -> None:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    found = story(
        control.format(p(run("The pier is ") + control.format(run("sixty")) + run(" metres long and was repaired.")))
    )

    assert [block.text for block in added(found)] == ["The pier is sixty metres long and was repaired."]


def test_a_text_box_is_read_once_though_it_is_stored_twice() -> None:
    inner = f"<w:txbxContent>{p('Tickets are sold on board and in the harbour office.')}</w:txbxContent>"
    box = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{inner}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )

    assert [block.text for block in added(story(p(box)))] == ["Tickets are sold on board and in the harbour office."]


def test_headings_lists_quotes_and_tables_are_what_they_are() -> None:
    cell = "<w:tc>{}</w:tc>".format
    table = "".join(f"<w:tr>{cell(p(a))}{cell(p(b))}</w:tr>" for a, b in (("Day", "Trips"), ("Friday", "6")))
    found = story(
        p("Eleven weeks", "heading2"),
        p("Two trips on every weekday", "ListBullet"),
        p("One on Sundays and holidays", "", '<w:numPr><w:numId w:val="1"/></w:numPr>'),
        p("We are glad that she is back in the water.", "Quote"),
        f"<w:tbl>{table}</w:tbl>",
    )

    assert [(block.type, block.text) for block in added(found)] == [
        (BlockType.SUBHEAD, "Eleven weeks"),
        (BlockType.LIST_ITEM, "Two trips on every weekday"),
        (BlockType.LIST_ITEM, "One on Sundays and holidays"),
        (BlockType.QUOTE, "We are glad that she is back in the water."),
        (BlockType.TABLE, "Day\tTrips\nFriday\t6"),
    ]
    assert "<td>Friday</td>" in (added(found)[-1].html or "")


def test_a_table_of_one_column_is_a_frame_around_copy() -> None:
    framed = (
        f"<w:tbl><w:tr><w:tc>{p('The second ferry is to be built in the spring of next year.')}</w:tc></w:tr></w:tbl>"
    )

    assert [block.type for block in added(story(framed))] == [BlockType.PARAGRAPH]


def test_a_picture_stands_in_its_place_with_alt_caption_and_bytes() -> None:
    body = p("Ferry returns to service", "Title") + p(PARAGRAPHS[0])
    body += p(drawing(alt="A white ferry.")) + p("The ferry at the quay. (AP Photo/Ola Nordmann)", "caption")
    parsed = parse(word(body + p(PARAGRAPHS[1])))

    (image,) = parsed.story.images
    assert (image.alt, image.caption) == ("A white ferry.", "The ferry at the quay.")
    assert (image.credit, image.file) == ("AP Photo/Ola Nordmann", "image1.jpeg")
    assert [(file.name, file.data) for file in parsed.pictures] == [("image1.jpeg", b"the bytes of a picture")]
    assert [block.type for block in added(parsed.story)] == [BlockType.IMAGE]


def test_an_old_picture_and_a_linked_one_are_pictures_too() -> None:
    old = '<w:r><w:pict><v:shape alt="The far shore."><v:imagedata r:id="far"/></v:shape></w:pict></w:r>'

    (image,) = story(p(old)).images

    assert (image.alt, image.file) == ("The far shore.", "far shore.jpg")


def test_a_picture_whose_file_is_missing_or_tiny_is_none() -> None:
    found = story(p(drawing("gone")), p(drawing(extent='<wp:extent cx="9525" cy="9525"/>')))

    assert found.images == ()


def test_comments_notes_and_headers_are_kept_out_of_the_copy() -> None:
    found = story(
        comments_xml=f"<w:comments {NAMESPACES}><w:comment>{p('Check this.')}</w:comment></w:comments>",
        footnotes_xml=f"<w:footnotes {NAMESPACES}><w:footnote>{p('Source: the yard.')}</w:footnote></w:footnotes>",
        header1_xml=f"<w:hdr {NAMESPACES}>{p('Example News, draft')}</w:hdr>",
    )

    assert removed(found) == [
        ("Check this.", "comment"), ("Source: the yard.", "footnote"), ("Example News, draft", "page header"),
    ]  # fmt: skip


def test_keywords_and_identifier_are_the_documents_own() -> None:
    core = "<c><keywords>ferry; harbour, ferry</keywords><identifier>F-17</identifier></c>"
    parsed = parse(word(p("Ferry returns to service", "Title") + p(PARAGRAPHS[0]), core_xml=core))

    assert parsed.story.keywords == ("ferry", "harbour")
    assert parsed.identifier == "F-17"


def test_no_break_spaces_and_hyphens_of_the_copy_stay() -> None:
    text = (
        run("The trip costs 40\N{NO-BREAK SPACE}crowns in the off")
        + "<w:r><w:noBreakHyphen/></w:r>"
        + run("season this year.")
    )
    (block,) = added(story(p(text)))

    assert block.text == "The trip costs 40\N{NO-BREAK SPACE}crowns in the off\N{NON-BREAKING HYPHEN}season this year."


def test_an_attribute_with_two_prefixes_does_not_stop_the_reader() -> None:
    # libxml2 forgets its complaint about the name when it has another, milder one after it.
    picture = drawing().replace("r:embed=", "r:em:bed=")
    mild = '<w:r><w:t xml:space="odd">The harbour office answers every question.</w:t></w:r>'

    assert story(p(picture), p(mild)).images == ()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (word(""), "no words"),
        (word("<w:p><w:del><w:r><w:delText>taken out</w:delText></w:r></w:del></w:p>"), "Nothing .* reads like"),
        (word("<w:p><w:del><w:r><w:delText>...</w:delText></w:r></w:del></w:p>"), "no words"),
        (word("").replace(b"word/document.xml", b"word/documenx.xml"), "no text part|broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "old kind, or protected"),
        (word("<w:p><w:r><w:t>cut"), "not well-formed"),
    ],
)
def test_what_is_no_readable_document_is_rejected(data: bytes, reason: str) -> None:
    with pytest.raises(Rejected, match=reason) as caught:
        parse(data)

    assert caught.value.remedy


def test_a_part_that_unpacks_without_end_is_stopped() -> None:
    with pytest.raises(Rejected, match="100 times") as caught:
        parse(word(p("a" * 5_000_000)))

    assert caught.value.place == "word/document.xml"


@given(st.data())
def test_a_document_with_elements_moved_or_lost_is_a_story_or_rejected(data: st.DataObject) -> None:
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r>'
    body = p("Title", "Title") + p(run(PARAGRAPHS[0]) + field)
    body += p(drawing(alt="x")) + f"<w:tbl><w:tr><w:tc>{p('a')}</w:tc><w:tc>{p('b')}</w:tc></w:tr></w:tbl>"
    elements = body.split("<w:")
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(1, len(elements) - 1))
        elements[at : at + data.draw(st.integers(0, 1))] = [data.draw(st.sampled_from(elements[1:]))]

    with suppress(Rejected):
        parse(word("<w:".join(elements)))


def test_a_heading_of_any_level_that_opens_the_document_is_its_headline() -> None:
    found = parse(word(p("Ferry returns to service", "Heading2") + "".join(map(p, PARAGRAPHS)))).story

    assert found.headline == "Ferry returns to service"
    assert [block.text for block in found.body] == list(PARAGRAPHS)


def test_paragraphs_of_an_author_style_are_the_byline() -> None:
    found = story(p("Mara Lindqvist", "Author"), p("Tomas Berg", "Author"))

    assert found.byline == "Mara Lindqvist, Tomas Berg"
    assert [author.name for author in found.authors] == ["Mara Lindqvist", "Tomas Berg"]
    assert added(found) == []


def test_a_first_paragraph_above_the_byline_stays_where_a_style_says_the_standfirst() -> None:
    first, second = PARAGRAPHS
    lines = p("Ferry returns", "Title") + p("After eleven weeks.", "Subtitle") + p(first) + p("By Bo Yi") + p(second)
    found = parse(word(lines)).story

    assert found.standfirst == "After eleven weeks."
    assert [block.text for block in found.body] == [first, second]


def test_a_paragraph_that_says_what_the_standfirst_says_is_not_lost() -> None:
    found = story(p("Commuters waited eleven weeks for it.", "Subtitle"), p("Commuters waited eleven weeks for it."))

    assert found.standfirst == "Commuters waited eleven weeks for it."
    assert [block.text for block in added(found)] == ["Commuters waited eleven weeks for it."]


def test_words_of_headers_and_diagrams_are_kept_apart_from_each_other() -> None:
    header = f"<w:hdr {NAMESPACES}>{p('Left side')}{p('Right side')}</w:hdr>"
    diagram = f"<d {NAMESPACES}><ptLst><pt><a:p><a:t>Harbour</a:t></a:p></pt><pt><a:t>Island</a:t></pt></ptLst></d>"
    found = story(header1_xml=header, data1_xml=diagram)

    assert ("Left side Right side", "page header") in removed(found)
    assert [one for one in removed(found) if one[1] == "text in a diagram"] == [
        ("Harbour", "text in a diagram"),
        ("Island", "text in a diagram"),
    ]


def test_suggestions_as_google_docs_exports_them_are_accepted() -> None:
    """Within content controls, all with the id 0."""
    change = '<w:{0} w:author="Ada" w:id="0" w:date="2026-03-04T10:00:00Z">{1}</w:{0}>'
    gone = '<w:r><w:rPr><w:rtl w:val="0"/></w:rPr><w:delText xml:space="preserve">sank</w:delText></w:r>'
    control = '<w:sdt><w:sdtPr><w:tag w:val="goog_rdk_0"/></w:sdtPr><w:sdtContent>{0}</w:sdtContent></w:sdt>'
    swapped = control.format(change.format("ins", run("sailed"))) + control.format(change.format("del", gone))
    found = story(p(f"{run('The boat ')}{swapped}{run(' again on Thursday, people on the quay said.')}"))

    assert [block.text for block in added(found)] == ["The boat sailed again on Thursday, people on the quay said."]
    assert ("sank", "tracked deletion") in removed(found)
