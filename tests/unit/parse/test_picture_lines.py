"""A line beside a picture that reads like its caption or credit is the picture's, so that its rights are honoured."""

import json
from email.message import EmailMessage
from html import escape

import pytest
from tests.support.word import drawing, p, run, word

from parsing import Document, parse
from slugline.story import BlockType, Image, Story

HEADLINE = "Plane leaves Kabul with the last staff"
FIRST = "The last aircraft left the airport on Monday evening, officials said, ending the evacuation."
SECOND = "A second paragraph tells readers what happened next in the city and who was there."
CAPTION, CREDIT = "A plane over Kabul.", "AFP"
SIGNED = f"{CAPTION} Photo: {CREDIT}"


def story(name: str, data: str | bytes) -> Story:
    (parsed,) = parse(Document(name, data.encode() if isinstance(data, str) else data))
    return parsed.story


def markdown(*lines: str) -> Story:
    return story("a.md", "\n\n".join((f"# {HEADLINE}", FIRST, *lines, SECOND)))


def texts(of: Story) -> list[str]:
    return [block.text for block in of.body if block.type is not BlockType.IMAGE]


def only_picture(of: Story) -> Image:
    (image,) = of.images
    return image


@pytest.mark.parametrize(
    "lines",
    [
        ("![Aircraft](plane.jpg)", f"*{SIGNED}*"),
        (f"![Aircraft](plane.jpg)\n*{SIGNED}*",),
        ("![Aircraft](plane.jpg)", f"_{CAPTION} ({CREDIT})_"),
        ("![Aircraft](plane.jpg)", SIGNED),
        ("![Aircraft](plane.jpg)", f"<small>{SIGNED}</small>"),
        ("![Aircraft](plane.jpg)", f"{CAPTION} *Photo: {CREDIT}*"),
        ("![Aircraft](plane.jpg)", f"*{CAPTION}*", f"*Photo: {CREDIT}*"),
        ("![Aircraft](plane.jpg)", f"> {SIGNED}"),
        ("[![Aircraft](plane.jpg)](https://pictures.example/plane)", f"*{SIGNED}*"),
        (f"*{SIGNED}*", "![Aircraft](plane.jpg)"),
        (f'![Aircraft](plane.jpg "{SIGNED}")',),
        (f"![{SIGNED}](plane.jpg)",),
        (f"![{SIGNED}](plane.jpg){{#fig:plane width=80%}}",),
        (f"![[plane.jpg|{SIGNED}]]",),
        (f"<figure>\n\n![Aircraft](plane.jpg)\n\n<figcaption>{SIGNED}</figcaption>\n</figure>",),
        (f'{{{{< figure src="plane.jpg" alt="Aircraft" caption="{CAPTION}" attr="Photo: {CREDIT}" >}}}}',),
        (f'{{{{< figure\n  src="plane.jpg"\n  caption="{SIGNED}"\n>}}}}',),
        (f'{{% include figure.html src="plane.jpg" caption="{CAPTION}" credit="{CREDIT}" %}}',),
        (f'{{% image "img/plane.jpg" "Aircraft: a large one" %}}\n\n*{SIGNED}*',),
        (f'{{% include figure image_path="/img/plane.jpg" alt="Aircraft" caption="{SIGNED}" %}}',),
        (f"![Aircraft]({{{{ site.baseurl }}}}/img/plane.jpg)\n*{SIGNED}*{{: .caption}}",),
    ],
)
def test_in_markdown_a_line_beside_a_picture_is_its_caption_and_credit(lines: tuple[str, ...]) -> None:
    found = markdown(*lines)

    image = only_picture(found)
    assert (image.file, image.caption, image.credit) == ("plane.jpg", CAPTION, CREDIT)
    assert not image.rights.syndicate
    assert texts(found) == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Photo: Jane Doe/Reuters", "Jane Doe/Reuters"),
        ("(Photo by Jane Doe/AFP)", "Jane Doe/AFP"),
        ("Reuters", "Reuters"),
        ("© AFP", "AFP"),
        ("Jane Doe/Getty Images", "Jane Doe/Getty Images"),
    ],
)
def test_a_credit_alone_below_a_picture_is_the_pictures(line: str, credit: str) -> None:
    found = markdown("![Aircraft](plane.jpg)", line)

    image = only_picture(found)
    assert (image.caption, image.credit, image.rights.syndicate) == (None, credit, False)
    assert texts(found) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "line",
    [
        "KABUL (Reuters) - The last aircraft left on Monday, an official told AFP.",
        "The minister told Reuters that the airport was closed.",
        "*Correction: the plane left on Monday. Photo desk: AFP*",
        "*Jane Doe is a reporter in Kabul.*",
        "*Read more: the day in pictures*",
    ],
)
def test_copy_notices_and_prompts_below_a_picture_are_no_caption(line: str) -> None:
    assert only_picture(markdown("![Aircraft](plane.jpg)", line)).caption is None


def test_the_agency_that_ends_the_copy_is_no_credit_of_the_picture_above() -> None:
    found = story("a.md", f"# {HEADLINE}\n\n{SECOND}\n\n![Aircraft](plane.jpg)\n\n{FIRST} (Reuters)\n")

    assert texts(found) == [SECOND, f"{FIRST} (Reuters)"]


def test_a_passage_in_italics_below_a_picture_is_copy() -> None:
    verse = ("*The boats come home at night.*", "*The lamps are lit for them.*")

    assert texts(markdown("![Boats](boats.jpg)", *verse)) == [FIRST, "The boats come home at night.",
                                                             "The lamps are lit for them.", SECOND]  # fmt: skip


def test_a_credit_below_a_row_of_pictures_is_of_each() -> None:
    found = markdown("![One](one.jpg)\n![Two](two.jpg)", f"*Planes over Kabul. Photos: {CREDIT}*")

    assert [(image.caption, image.credit) for image in found.images] == [(None, CREDIT), ("Planes over Kabul.", CREDIT)]


def test_a_printed_caption_goes_before_the_title_of_the_picture() -> None:
    found = markdown('![Aircraft](plane.jpg "Click to enlarge")', f"*{SIGNED}*")

    assert only_picture(found).caption == CAPTION


def test_tags_of_site_generators_are_no_copy_and_code_keeps_them() -> None:
    found = markdown("{{< pullquote >}}Inside it says much.{{< /pullquote >}}", "```\n{% raw %}\n```")

    assert texts(found) == [FIRST, "Inside it says much.", "{% raw %}", SECOND]
    assert [entry.text for entry in found.removed] == ["{{< pullquote >}}", "{{< /pullquote >}}"]


FRAGMENT = f'<p>{FIRST}</p><p><img src="plane.jpg" alt="Aircraft"></p><p><em>{SIGNED}</em></p><p>{SECOND}</p>'


def feed(content: str) -> str:
    entry = f"<item><title>{HEADLINE}</title><guid>x1</guid><description>{escape(content)}</description></item>"
    return f'<rss version="2.0"><channel><title>Feed</title>{entry}</channel></rss>'


def mail(content: str) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"] = HEADLINE, "desk@courier.example"
    message.set_content(content, subtype="html")
    return message.as_bytes()


def ninjs(content: str) -> str:
    return json.dumps({"uri": "x1", "type": "text", "headline": HEADLINE, "body_xhtml": content})


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", f"<h1>{HEADLINE}</h1>{FRAGMENT}"),
        ("a.md", f"# {HEADLINE}\n\n{FRAGMENT}"),
        ("a.xml", feed(FRAGMENT)),
        ("a.eml", mail(FRAGMENT)),
        ("a.json", ninjs(FRAGMENT)),
    ],
)
def test_in_every_markup_a_line_below_a_picture_is_its_caption_and_credit(name: str, data: str | bytes) -> None:
    found = story(name, data)

    image = only_picture(found)
    assert (image.caption, image.credit, image.rights.syndicate) == (CAPTION, CREDIT, False)
    assert texts(found) == [FIRST, SECOND]


ITALICS = "<w:i/>"


@pytest.mark.parametrize(
    "below",
    [
        p(SIGNED, "caption"),
        p(SIGNED),
        p(SIGNED, "Quote"),
        p(SIGNED, "heading2"),
        p(SIGNED, "ListBullet"),
        p("") + p(f"{CAPTION} ({CREDIT})"),
        p(run(CAPTION, ITALICS)) + p(f"Photo: {CREDIT}"),
    ],
)
def test_in_word_a_line_below_a_picture_is_its_caption_and_credit(below: str) -> None:
    found = story("a.docx", word(p(HEADLINE, "Title") + p(FIRST) + p(drawing()) + below + p(SECOND)))

    image = only_picture(found)
    assert (image.caption, image.credit, image.rights.syndicate) == (CAPTION, CREDIT, False)
    assert texts(found) == [FIRST, SECOND]


def test_in_word_a_credit_below_a_picture_leaves_the_paragraph_above_it_in_the_copy() -> None:
    found = story("a.docx", word(p(HEADLINE, "Title") + p(FIRST) + p(drawing()) + p("Reuters") + p(SECOND)))

    assert (only_picture(found).caption, only_picture(found).credit) == (None, "Reuters")
    assert texts(found) == [FIRST, SECOND]


def test_in_word_a_credit_below_a_row_of_pictures_is_of_each() -> None:
    pictures = p(drawing()) + p(drawing("far"))
    found = story("a.docx", word(p(HEADLINE, "Title") + p(FIRST) + pictures + p(SIGNED) + p(SECOND)))

    assert [image.credit for image in found.images] == [CREDIT, CREDIT]


def test_the_alternative_text_of_a_word_picture_gives_its_credit() -> None:
    found = story("a.docx", word(p(HEADLINE, "Title") + p(FIRST) + p(drawing(alt=SIGNED)) + p(SECOND)))

    assert (only_picture(found).alt, only_picture(found).credit) == (SIGNED, CREDIT)


def test_in_word_the_lines_below_a_picture_whose_file_is_missing_are_kept() -> None:
    found = story("a.docx", word(p(HEADLINE, "Title") + p(FIRST) + p(drawing("gone")) + p(SIGNED) + p(SECOND)))

    image = only_picture(found)
    assert (image.file, image.caption, image.credit) == (None, CAPTION, CREDIT)


def test_a_second_credit_below_a_picture_stays_where_it_is() -> None:
    found = markdown("![Aircraft](plane.jpg)", f"*{SIGNED}*", "Jane Doe/Getty Images")

    assert only_picture(found).credit == CREDIT
    assert texts(found) == [FIRST, "Jane Doe/Getty Images", SECOND]
