"""What of a page is the article: rules by structure rather than by names alone."""

import pytest

from parsing.document import Context, Document
from parsing.formats.html import FORMAT
from parsing.limits import Limits
from slugline.story import BlockType, Story

FIRST = "The council voted 14 to 9 on Tuesday night to rebuild the old fish quay, after nine years of loud argument."
SECOND = "“We are done talking,” said the council leader, who opened the debate with a map and closed it with a joke."
COPY = f"<p>{FIRST}</p><p>{SECOND}</p>"


def story(body: str, head: str = "") -> Story:
    page = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return FORMAT.parse(Document("a.html", page.encode()), Context(Limits(), lambda _: ()))[0].story


def texts(found: Story) -> list[str]:
    return [block.text for block in found.body if block.type is not BlockType.IMAGE]


def reason(found: Story, text: str) -> str:
    return next(removed.reason for removed in found.removed if removed.text == text)


def test_a_form_and_its_recommendation_are_no_copy() -> None:
    box = "<div><p>Get the harbour letter in your mailbox every single Friday morning.</p><input type=email></div>"
    more = "".join(f"<p>{number}. {FIRST}</p>" for number in range(8))
    found = story(f"<article><h1>Quay</h1><p>{FIRST}</p>{box}<p>{SECOND}</p>{more}</article>")
    assert texts(found)[:2] == [FIRST, SECOND]


def test_a_form_around_the_whole_page_does_not_make_it_a_form() -> None:
    assert texts(story(f"<form id=aspnet><h1>Quay</h1>{COPY}<input type=text></form>")) == [FIRST, SECOND]


def test_a_grid_of_teasers_is_no_copy() -> None:
    card = '<div class=c><img src="a{0}.jpg"><h4><a href="/{0}">Story {0}</a></h4><p>Told in one short line.</p></div>'
    found = story(f"<article><h1>Quay</h1>{COPY}<div>{''.join(map(card.format, range(4)))}</div></article>")
    assert texts(found) == [FIRST, SECOND]
    assert not found.images


def test_a_list_of_links_goes_with_its_heading() -> None:
    links = "<h3>From the archive</h3><ul><li><a href=/1>Mayor resigns</a></li><li><a href=/2>Ice house</a></li></ul>"
    found = story(f"<article><h1>Quay</h1><p>{FIRST}</p>{links}<p>{SECOND}</p></article>")
    assert texts(found) == [FIRST, SECOND]
    assert reason(found, "From the archive") == "link by itself"


def test_a_pull_quote_that_repeats_the_copy_is_removed() -> None:
    quote = "<blockquote>a map and closed it with a joke</blockquote>"
    found = story(f"<article><h1>Quay</h1><p>{FIRST}</p>{quote}<p>{SECOND}</p></article>")
    assert texts(found) == [FIRST, SECOND]
    assert reason(found, "a map and closed it with a joke") == "pull quote"


def test_the_text_that_the_page_states_decides_where_the_page_shows_it() -> None:
    stated = " ".join(
        [FIRST, SECOND] + [f"Paragraph {n} says what the debate was about in some detail." for n in range(6)]
    )
    body = "".join(f"<p>Paragraph {n} says what the debate was about in some detail.</p>" for n in range(6))
    node = f'{{"@type":"NewsArticle","headline":"Quay","articleBody":"{stated}"}}'
    head = f'<script type="application/ld+json">{node}</script>'
    promo = "<p>Our harbour podcast comes out each Friday and is worth an hour of your time.</p>"
    found = story(f"<article><h1>Quay</h1>{COPY}{promo}{body}</article>", head)
    assert len(texts(found)) == 8
    assert all("podcast" not in text for text in texts(found))


def test_of_several_articles_the_one_under_the_headline_is_taken() -> None:
    other = "".join(
        f"<p>Another article altogether, part {n}, which is long enough to count as prose here.</p>" for n in range(4)
    )
    ours = f"<article><h1>Quay</h1>{COPY}{COPY.replace('The', 'A')}</article>"
    head = '<meta property="og:title" content="Quay">'
    found = story(f"<main>{ours}<article><h2>Other</h2>{other}</article></main>", head)
    assert texts(found)[0] == FIRST
    assert all("Another article" not in text for text in texts(found))


def test_words_right_above_the_headline_are_the_kicker() -> None:
    found = story(f"<article><div>Harbour</div><h1>Quay rebuilt</h1>{COPY}</article>")
    assert (found.kicker, found.headline) == ("Harbour", "Quay rebuilt")


@pytest.mark.parametrize(
    "markup",
    [
        '<div class="image"><img src="a.jpg"><p>Boats at dawn.</p><p>Photo: Jo Fenn</p></div>',
        '<div><div><picture><img src="a.jpg"></picture></div><div>Boats at dawn.</div><div>Jo Fenn</div></div>',
        '<div><figure><img src="a.jpg"></figure><figcaption>Boats at dawn. (Jo Fenn/Reuters)</figcaption></div>',
        '<figure><img src="a.jpg"><figcaption><span>Boats at dawn.</span> <span>Jo Fenn</span></figcaption></figure>',
        '<figure><img src="a.jpg"><p class="caption">Boats at dawn.</p><i class="caption__credit">Jo Fenn</i></figure>',
    ],
)
def test_caption_and_credit_are_found_however_the_picture_is_built(markup: str) -> None:
    found = story(f"<article><h1>Quay</h1><p>{FIRST}</p>{markup}<p>{SECOND}</p></article>")
    (image,) = found.images
    assert image.caption == "Boats at dawn."
    assert (image.credit or "").startswith("Jo Fenn")
    assert texts(found) == [FIRST, SECOND]


def test_a_short_article_with_one_picture_is_not_its_caption() -> None:
    found = story(
        '<div class="entry-content"><img src="a.jpg"><p>The quay opened on Monday.</p><p>It is small.</p></div>'
    )
    assert texts(found) == ["The quay opened on Monday.", "It is small."]


def test_a_posting_from_elsewhere_is_an_embed() -> None:
    tweet = (
        '<blockquote class="twitter-tweet"><p>The quay is open, and the herring are back in it too!</p></blockquote>'
    )
    found = story(f"<article><h1>Quay</h1><p>{FIRST}</p>{tweet}<p>{SECOND}</p></article>")
    assert [block.type for block in found.body] == [BlockType.PARAGRAPH, BlockType.EMBED, BlockType.PARAGRAPH]


def test_a_line_break_after_a_sentence_ends_the_paragraph() -> None:
    assert texts(story(f"<article><h1>Quay</h1><div>{FIRST}<br>{SECOND}</div></article>")) == [FIRST, SECOND]


def test_a_wordpress_article_is_not_judged_by_its_tags() -> None:
    assert texts(story(f'<div class="post hentry tag-ads category-sidebar"><h1>Quay</h1>{COPY}</div>')) == [
        FIRST,
        SECOND,
    ]


def test_the_sentence_between_the_headline_and_the_article_is_copy() -> None:
    first = "The harbour town has waited nine long and windy years for this one vote."
    more = "".join(f"<p>{number}. {FIRST}</p>" for number in range(6))
    lead = f"<div class=top><h1>Quay rebuilt</h1><p class=zq>{first}</p></div>"
    assert texts(story(f"<main>{lead}<div class=copy>{COPY}{more}</div></main>"))[0] == first


def test_what_ends_the_article_in_its_own_element_stays() -> None:
    found = story(f"<div><h1>Quay</h1>{COPY}<p>Nobody sang</p></div><div><p>About this site</p></div>")
    assert texts(found) == [FIRST, SECOND, "Nobody sang"]


def test_a_posting_of_several_lines_is_one_embed_links_and_all() -> None:
    links = '<p><a href="https://x.org/1">#herring</a></p>— Ann <a href="https://x.org/2">March 5</a>'
    lines = f"<p>The quay is open!</p>{links}"
    tweet = f'<blockquote class="twitter-tweet">{lines}</blockquote>'
    found = story(f"<article><h1>Quay</h1><p>{FIRST}</p>{tweet}<p>{SECOND}</p></article>")
    assert [block.text for block in found.body if block.type is BlockType.EMBED] == [
        "The quay is open!\n#herring\n— Ann March 5"
    ]


def test_a_table_with_words_outside_its_cells_loses_none() -> None:
    table = "<table><tr><th>Quay</th><th>Boats</th></tr><tr><td>Old</td><td>9</td></tr></table>"
    broken = table.replace("<td>9</td>", "nine boats")
    assert "Old\t9" in texts(story(f"<article><h1>Quay</h1><p>{FIRST}</p>{table}<p>{SECOND}</p></article>"))[1]
    found = story(f"<article><h1>Quay</h1><p>{FIRST}</p>{broken}<p>{SECOND}</p></article>")
    told = " ".join((*texts(found), *(removed.text for removed in found.removed)))
    assert "nine boats" in told


def test_a_label_called_a_byline_gives_way_to_the_one_that_names_the_author_and_is_kept() -> None:
    head = '<p class="byline">From our news desk</p><p>Ada Byron | 5 May 2026, 10:32</p>'
    found = story(f"<article><h1>Quay</h1>{head}{COPY}</article>")
    assert (found.byline, [author.name for author in found.authors]) == ("Ada Byron | 5 May 2026, 10:32", ["Ada Byron"])
    assert reason(found, "From our news desk") == "byline without a name"


def test_copy_in_an_article_named_after_its_author_is_no_byline() -> None:
    assert texts(story(f'<div class="author-byron"><h1>Quay</h1>{COPY}</div>')) == [FIRST, SECOND]


def test_the_label_of_a_credit_beside_its_picture_is_kept() -> None:
    found = story(
        f'<article><h1>Quay</h1><img src="a.jpg" alt="Quay">{COPY}<p class="credit">Photo: Jo Fenn</p></article>'
    )
    assert [image.credit for image in found.images] == ["Jo Fenn"]
    assert reason(found, "Photo: Jo Fenn") == "label at a picture"
