"""What holds for every input: nothing but Rejected is raised, and no word is lost."""

import re
from collections import Counter

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from parsing import Document, Rejected, parse
from parsing.text.lines import clean
from slugline.story import Story

WORD = re.compile(r"\w+")

LINES = st.sampled_from(
    [
        "",
        "",
        "Minister resigns after vote",
        "By Ada Byron and Bo Yi, Reuters",
        "BERLIN, March 5 (Reuters) - The minister resigned on Tuesday after a lost vote in parliament.",
        "ISLAMABAD (AP) — Talks went on for a third day, officials in the capital said on Friday.",
        "The minister said that she would not run again in the next election for any office.",
        "Minister at the door",
        "A minister leaves the building. (AP Photo/Ada Byron)",
        "Photo: Ada Byron / Getty Images",
        "© 2024 Reuters",
        "REUTERS/Ada Byron/File Photo",
        "1. First point of the plan",
        "• Second point of the plan",
        "EMBARGOED UNTIL 00:01 GMT 5 March 2024",
        "CORRECTION: An earlier version of this article misstated the date.",
        "KILL KILL KILL",
        "(Reporting by Ada Byron; Editing by Bo Yi)",
        "Ada Byron is a political reporter based in London. Contact her at ada@example.org",
        "Related Articles",
        "Share this article",
        "Updated: 5 March 2024, 10:00 GMT",
        "北京的天气今天非常好，很多人都出门散步了。",
        "قال الوزير إنه لن يترشح مرة أخرى في الانتخابات المقبلة.",
        "@@@ ### \x00 \x1b[31m",
    ]
)
CREDIT, POINT = "Photo: Ada Byron / Getty Images", "1. First point of the plan"
TEXTS = st.one_of(
    st.lists(LINES, max_size=30).map("\n".join),
    st.lists(st.one_of(LINES, st.text(max_size=120)), max_size=20).map("\r\n".join),
    st.text(max_size=600),
)


@given(TEXTS)
@example("\n".join([CREDIT, POINT, POINT, CREDIT, POINT]))
@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_every_word_of_the_text_is_in_a_field(text: str) -> None:
    try:
        (parsed,) = parse(Document("story.txt", text.encode()))
    except Rejected:
        return
    # Text that begins like another format or a byte order mark is read as such; here it is the words that count.
    missing = Counter(WORD.findall(clean(text.removeprefix("\ufeff")))) - Counter(_words_of(parsed.story))
    assert not missing


@given(TEXTS)
@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
def test_no_word_of_copy_is_invented(text: str) -> None:
    try:
        (parsed,) = parse(Document("story.txt", text.encode()))
    except Rejected:
        return
    story = parsed.story
    given_words = set(WORD.findall(clean(text)))
    copy = [story.headline, *(block.text for block in story.body), *(image.caption or "" for image in story.images)]
    assert set(WORD.findall("\n".join(copy))) <= given_words | _parts_of(given_words)


@given(st.binary(max_size=400))
@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])
def test_bytes_of_any_kind_give_stories_or_rejected(data: bytes) -> None:
    try:
        stories = parse(Document("story.txt", data))
    except Rejected as rejected:
        texts = [rejected.reason, rejected.remedy]
    else:
        texts = [parsed.story.headline for parsed in stories]
    assert texts
    assert all(texts)


@pytest.mark.parametrize("data", [b"", b" \n\n\t ", b"\xef\xbb\xbf", b"... --- ...", b"\x00\x01\x02\x03" * 200])
def test_what_holds_no_words_is_rejected_with_a_remedy(data: bytes) -> None:
    with pytest.raises(Rejected) as raised:
        parse(Document("story.txt", data))
    assert raised.value.reason.endswith(".")
    assert raised.value.remedy.endswith(".")


def _words_of(story: Story) -> list[str]:
    texts = [story.headline] if not any("headline_from" in warning for warning in story.warnings) else []
    texts += [story.kicker or "", story.standfirst or "", story.byline or ""]
    texts += [story.dateline.text] if story.dateline else []
    texts += [notice.text for notice in story.notices]
    texts += [block.text for block in story.body]
    texts += [author.bio or "" for author in story.authors]
    texts += [removed.text for removed in story.removed]
    for image in story.images:
        credit = "" if image.copyright else image.credit or ""
        texts += [image.alt or "", image.caption or "", credit, image.copyright or ""]
    return WORD.findall("\n".join(texts))


def _parts_of(words: set[str]) -> set[str]:
    """A cut can fall within what a regular expression calls a word, as in scripts without spaces."""
    return {word[start:end] for word in words for start in range(len(word)) for end in range(start + 1, len(word) + 1)}
