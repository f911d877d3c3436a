"""HTML pages: what they state, what they print, and what is taken out."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsing.document import Context, Document, ParsedStory, Rejected
from parsing.formats.html import FORMAT
from parsing.limits import Limits
from slugline.story import BlockType, Story

SAMPLES = Path(__file__).parents[2] / "samples" / "html"
PROSE = "The council voted 14 to 9 on Tuesday night to rebuild the old fish quay, after nine years of argument. "


def context(limits: Limits | None = None) -> Context:
    return Context(limits or Limits(), lambda _: ())


def parsed(html: str | bytes, limits: Limits | None = None) -> ParsedStory:
    data = html.encode() if isinstance(html, str) else html
    (found,) = FORMAT.parse(Document("page.html", data), context(limits))
    return found


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


@pytest.fixture
def harbour() -> Story:
    return parsed((SAMPLES / "harbour-plan.html").read_bytes()).story


def test_the_headline_is_the_articles_without_the_sites_name(harbour: Story) -> None:
    assert harbour.headline == "Council approves harbour plan"
    assert harbour.standfirst == "Vote ends nine years of argument over the old fish quay."


def test_the_headline_of_a_page_without_h1_loses_the_sites_name() -> None:
    head = '<title>Quay reopens | Northport Courier</title><meta property="og:site_name" content="Northport Courier">'
    assert parsed(page(f"<p>{PROSE}</p>", head)).story.headline == "Quay reopens"


def test_authors_are_people_with_their_bio(harbour: Story) -> None:
    (author,) = harbour.authors
    assert author.name == "Mara Lindqvist"
    assert author.bio == "Mara Lindqvist covers the harbour and the council for the Courier."
    assert harbour.byline == "By Mara Lindqvist"


def test_dates_and_language_come_from_what_the_page_states(harbour: Story) -> None:
    assert harbour.published is not None
    assert harbour.published.isoformat() == "2026-03-04T08:15:00+01:00"
    assert harbour.language == "en-GB"


def test_a_date_without_a_zone_is_a_warning() -> None:
    head = '<meta property="article:published_time" content="2026-03-04T08:15:00">'
    story = parsed(page(f"<h1>Quay</h1><p>{PROSE}</p>", head)).story
    assert story.published is not None
    assert any(warning.startswith("time_zone_assumed: the publication time") for warning in story.warnings)


def test_a_figure_gives_alt_caption_and_credit_without_its_label(harbour: Story) -> None:
    (image,) = harbour.images
    assert image.alt == "Cranes over a quay"
    assert image.caption == "Cranes stand over the fish quay on Tuesday."
    assert image.credit == "Jo Fenn/Reuters"
    assert image.file == "harbour-1.jpg"
    assert harbour.body[0].image == image.id


@pytest.mark.parametrize(
    ("printed", "caption", "credit"),
    [
        ("Boats at dawn. (AP Photo/Jo Fenn)", "Boats at dawn.", "AP Photo/Jo Fenn"),
        ("Boats at dawn. Photo: Jo Fenn", "Boats at dawn.", "Jo Fenn"),
        ("Boats at dawn. © 2025 Jo Fenn", "Boats at dawn.", "Jo Fenn"),
        ("Boats at dawn.", "Boats at dawn.", None),
        ("Foto: dpa", None, "dpa"),
    ],
)
def test_a_credit_at_the_end_of_a_caption_is_told_apart(printed: str, caption: str | None, credit: str | None) -> None:
    figure = f'<figure><img src="a.jpg"><figcaption>{printed}</figcaption></figure>'
    (image,) = parsed(page(f"<article><h1>Quay</h1>{figure}<p>{PROSE}</p></article>")).story.images
    assert (image.caption, image.credit) == (caption, credit)


def test_the_body_is_the_copy_alone(harbour: Story) -> None:
    kinds = [block.type for block in harbour.body]
    assert kinds == [
        BlockType.IMAGE, BlockType.PARAGRAPH, BlockType.PARAGRAPH, BlockType.SUBHEAD, BlockType.LIST_ITEM,
        BlockType.LIST_ITEM, BlockType.PARAGRAPH,
    ]  # fmt: skip


def test_what_is_taken_out_is_kept_with_the_reason(harbour: Story) -> None:
    reasons = {removed.text: removed.reason for removed in harbour.removed}
    assert reasons["Read more: The long war over the quay"] == "related link"
    assert reasons["Advertisement"] == "advertisement"
    assert reasons["4 March 2026"] == "time stamp"


def test_markup_is_kept_only_where_it_matters(harbour: Story) -> None:
    first, second = [block for block in harbour.body if block.type is BlockType.PARAGRAPH][:2]
    assert first.html is not None
    assert "<em>old</em>" in first.html
    assert "&amp; cost" in first.html
    assert "& cost" in first.text
    assert second.html is None


def test_links_are_made_absolute_by_the_pages_address() -> None:
    head = '<link rel="canonical" href="https://courier.example/news/quay">'
    story = parsed(page(f'<h1>Quay</h1><p>{PROSE}<a href="/rail">The rail yard.</a></p>', head)).story
    assert 'href="https://courier.example/rail"' in (story.body[0].html or "")


@pytest.mark.parametrize(
    "attack",
    [
        '<a href="javascript:alert(1)">x</a>',
        '<b onclick="alert(1)">x</b>',
        "<script>alert(1)</script>",
        "<svg><script>alert(1)</script></svg>",
        '<em style="background:url(//evil.example)">x</em>',
        '<a href="data:text/html,alert(1)">x</a>',
    ],
)
def test_nothing_active_survives(attack: str) -> None:
    story = parsed(page(f"<h1>Quay</h1><p>{PROSE}{attack}</p>")).story
    shown = "".join(block.html or "" for block in story.body)
    assert not any(word in shown for word in ("alert", "evil", "onclick", "style", "data:"))


def test_a_table_of_data_stays_a_table() -> None:
    table = "<table><tr><th>Year</th><th>Tonnes</th></tr><tr><td>2025</td><td onclick=x()>400</td></tr></table>"
    story = parsed(page(f"<article><h1>Quay</h1><p>{PROSE}</p>{table}<p>{PROSE}</p></article>")).story
    (block,) = [block for block in story.body if block.type is BlockType.TABLE]
    assert block.text == "Year\tTonnes\n2025\t400"
    assert "onclick" not in (block.html or "")


def test_bytes_follow_the_declared_charset() -> None:
    data = page(f"<h1>Fähre</h1><p>{PROSE}</p>", '<meta charset="iso-8859-1">').encode("cp1252")
    found = parsed(data)
    assert (found.story.headline, found.encoding) == ("Fähre", "iso-8859-1")


def test_nul_and_control_characters_do_not_end_the_copy() -> None:
    story = parsed(page(f"<h1>Quay</h1><p>A\x00B\x08C {PROSE}</p>")).story
    assert story.body[0].text.startswith("ABC The council")


@pytest.mark.parametrize(
    ("html", "limits"),
    [
        (page("<div>" * 5_000 + PROSE), Limits()),
        (page("<p>x</p>" * 2_000), Limits(elements=1_000)),
        (page(PROSE * 100), Limits(html_bytes=1_000)),
        (page(""), Limits()),
    ],
)
def test_a_page_beyond_the_limits_or_without_copy_is_rejected(html: str, limits: Limits) -> None:
    with pytest.raises(Rejected) as rejected:
        parsed(html, limits)
    assert rejected.value.remedy


def test_misnested_formatting_does_not_multiply() -> None:
    story = parsed(page("<h1>Quay</h1>" + "<p>" + PROSE + "<b><i><u><s>" * 40 + "deep</p>" + f"<p>{PROSE}</p>")).story
    assert sum(len(block.html or "") for block in story.body) < 20_000


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", "<!DOCTYPE html><p>Quay", True),
        ("a.txt", "  <h1>Quay</h1><p>It opened.</p>", True),
        ("a.txt", "Quay opens\n<p>One.</p><p>Two.</p><p>Three.</p>", True),
        ("a.txt", "The <b> tag makes text bold, she said. So does <strong>.", False),
        ("a.html", "Plain words in a file named html.", False),
        ("a.xml", "<?xml version='1.0'?><nitf><body><p>x</p><p>y</p><p>z</p></body></nitf>", False),
        ("a.html", '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html>', True),
        ("a.md", "# Quay\n\n<div>x</div><div>y</div><div>z</div>", False),
    ],
)
def test_html_is_told_by_content(name: str, content: str, expected: bool) -> None:
    assert FORMAT.detect(Document(name, content.encode())) is expected


@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_but_rejected(data: bytes) -> None:
    document = Document("a.html", b"<html><p>" + data)
    FORMAT.detect(document)
    with suppress(Rejected):
        FORMAT.parse(document, context())


WORDS = st.lists(
    st.sampled_from(["quay", "Brook", "said.", "Photo:", "(AP)", "By", "4", "March", "©"]), min_size=1, max_size=30
)
TAGS = st.sampled_from(["p", "h1", "h2", "div", "li", "blockquote", "aside", "nav", "span", "figcaption", "td"])


@given(st.lists(st.tuples(TAGS, WORDS), min_size=1, max_size=12))
def test_every_word_of_the_page_is_in_the_story(parts: list[tuple[str, list[str]]]) -> None:
    blocks = "".join(f"<{tag}>{' '.join(words)} w{n}</{tag}>" for n, (tag, words) in enumerate(parts))
    story = parsed(page(f"<h1>Quay</h1><p>{PROSE}</p>{blocks}")).story
    everything = story.model_dump_json()
    assert all(f"w{n}" in everything for n in range(len(parts)))


@pytest.mark.parametrize(
    "shell",
    [
        '<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{"props":{}}</script>',
        '<noscript>You need to enable JavaScript.</noscript><div id="root"></div><script src="a.js"></script>',
    ],
)
def test_a_page_that_loads_its_text_by_script_is_rejected_as_such(shell: str) -> None:
    with pytest.raises(Rejected, match="by script"):
        parsed(page(shell, "<title>Courier</title>"))


def test_each_picture_of_a_gallery_keeps_its_own_caption() -> None:
    figures = "".join(
        f'<figure><img src="https://x.example/{n}.jpg" width="800"><figcaption>Boat {n}</figcaption></figure>'
        for n in (1, 2)
    )

    story = parsed(
        page(f"<article><h1>Quay</h1><p>{PROSE * 2}</p><figure>{figures}</figure><p>{PROSE}</p></article>")
    ).story

    assert [(image.file, image.caption) for image in story.images] == [("1.jpg", "Boat 1"), ("2.jpg", "Boat 2")]


def test_a_caption_and_a_credit_in_data_attributes_are_read() -> None:
    figure = (
        '<figure data-credit="Jo Fenn/AP" data-caption="The quay in fog">'
        '<img src="https://x.example/1.jpg" width="800" height="500"></figure>'
    )

    story = parsed(page(f"<article><h1>Quay</h1>{figure}<p>{PROSE * 2}</p></article>")).story

    assert [(image.caption, image.credit) for image in story.images] == [("The quay in fog", "Jo Fenn/AP")]


@pytest.mark.parametrize(
    "copy",
    [
        f'<div class="WordSection1"><p class="MsoTitle"><b>Quay rebuilt</b></p><p>{PROSE * 2}</p></div>',
        f'<div class="c5 doc-content"><p class="c1 title"><span>Quay rebuilt</span></p><p>{PROSE * 2}</p></div>',
    ],
)
def test_the_title_of_an_export_is_the_headline(copy: str) -> None:
    story = parsed(page(copy, "<title>Document1</title>")).story

    assert story.headline == "Quay rebuilt"


def test_a_caption_for_screen_readers_is_a_caption() -> None:
    slide = '<div aria-label="The ferry leaves the quay at dawn. Photo: Ada Byron"><img src="a.jpg" alt=""></div>'
    (image,) = parsed(page(f"<article><h1>Quay</h1><p>{PROSE}</p>{slide}<p>{PROSE}</p></article>")).story.images

    assert (image.caption, image.credit) == ("The ferry leaves the quay at dawn.", "Ada Byron")


@pytest.mark.parametrize(
    "label", ["Open the picture in a lightbox, full screen", "Image 3 of 12 in the gallery of the day", "Photo"]
)
def test_a_label_of_a_control_is_no_caption(label: str) -> None:
    slide = f'<div aria-label="{label}"><img src="a.jpg" alt=""></div>'
    (image,) = parsed(page(f"<article><h1>Quay</h1><p>{PROSE}</p>{slide}<p>{PROSE}</p></article>")).story.images

    assert image.caption is None


def test_a_picture_that_counts_readers_is_none() -> None:
    beacon = '<p><img src="https://cts.example.com/ct/CT?id=news&amp;sty=20260304r1" alt=""></p>'

    assert parsed(page(f"<article><h1>Quay</h1><p>{PROSE}</p>{beacon}</article>")).story.images == ()


def test_an_article_that_ends_in_a_short_list_keeps_it() -> None:
    ending = "<h3>Before you go</h3><ul><li>Bring cash</li><li>Book early</li></ul>"
    story = parsed(page(f"<article><h1>Quay</h1><div><p>{PROSE}</p><p>{PROSE}Again.</p>{ending}</div></article>")).story

    assert [(block.type, block.text) for block in story.body[-3:]] == [
        (BlockType.SUBHEAD, "Before you go"),
        (BlockType.LIST_ITEM, "Bring cash"),
        (BlockType.LIST_ITEM, "Book early"),
    ]


def test_a_list_of_links_below_the_article_is_left_out() -> None:
    ending = '<ul><li><a href="/1">Mayor calls for a bridge</a></li><li>Most read</li></ul>'
    story = parsed(page(f"<article><h1>Quay</h1><div><p>{PROSE}</p><p>{PROSE}Again.</p>{ending}</div></article>")).story

    assert [block.type for block in story.body] == [BlockType.PARAGRAPH] * 2


def test_a_short_subtitle_under_the_headline_is_the_standfirst() -> None:
    """As Substack prints it, without saying it in the page's metadata."""
    head = '<div><h1 class="post-title">Quay</h1><h3 class="subtitle">What the repairs cost</h3></div>'
    copy = f'<div class="body markup"><p>{PROSE}</p><p>{PROSE}Again.</p></div>'

    assert parsed(page(f"<article>{head}{copy}</article>")).story.standfirst == "What the repairs cost"


def test_an_author_may_be_called_as_a_newspaper_is() -> None:
    story = parsed(page(f'<article><h1>Quay</h1><p class="byline">By Bill Press</p><p>{PROSE}</p></article>')).story

    assert [author.name for author in story.authors] == ["Bill Press"]


def test_the_words_of_pictures_outside_the_article_are_kept_apart() -> None:
    teaser = '<div class="image"><img src="t.jpg" alt=""><span>Mayor calls for a bridge</span></div>'
    story = parsed(page(f"<article><h1>Quay</h1><p>{PROSE}</p><p>{PROSE}Again.</p></article><nav>{teaser}</nav>")).story

    assert "Mayor calls for a bridge" in [one.text for one in story.removed]


def test_the_words_of_a_picture_that_is_shown_twice_are_kept_once_and_told_once() -> None:
    figures = [
        f'<figure><img src="a.jpg"><figcaption>{text}</figcaption></figure>' for text in ("At dawn.", "At dusk.")
    ]
    story = parsed(
        page(f"<article><h1>Quay</h1><p>{PROSE}</p>{figures[0]}<p>{PROSE}Again.</p>{figures[1]}</article>")
    ).story

    assert [image.caption for image in story.images] == ["At dawn."]
    assert ("At dusk.", "picture repeated") in [(one.text, one.reason) for one in story.removed]


def test_the_caption_of_a_table_is_its_first_line() -> None:
    table = "<table><caption>Crossings</caption><tr><td>May</td><td>3</td></tr><tr><td>June</td><td>9</td></tr></table>"
    story = parsed(page(f"<article><h1>Quay</h1><p>{PROSE}</p>{table}<p>{PROSE}Again.</p></article>")).story

    (found,) = [block for block in story.body if block.type is BlockType.TABLE]
    assert found.text == "Crossings\nMay\t3\nJune\t9"


def test_a_second_caption_beside_a_picture_is_kept_apart_though_it_brings_the_credit() -> None:
    figure = '<figure><img src="a.jpg"><figcaption>The quay.</figcaption></figure>'
    second = '<p class="caption">Boats at dawn. <span>Foto: Felix Zahn/imago</span></p>'
    story = parsed(page(f"<article><h1>Quay</h1><p>{PROSE}</p>{figure}{second}<p>{PROSE}Again.</p></article>")).story

    assert [(image.caption, image.credit) for image in story.images] == [("The quay.", "Felix Zahn/imago")]
    assert ("Boats at dawn. Foto: Felix Zahn/imago", "further caption") in [(r.text, r.reason) for r in story.removed]
