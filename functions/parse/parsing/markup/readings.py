"""Readings above a text: furigana, pinyin, zhuyin (HTML's `ruby`). The text is the copy, how to read it is not."""

from lxml.html import HtmlElement

from parsing.markup.chunks import tidy

READING = "reading of a word (ruby)"
ABOVE = ("rt", "rtc", "rp")


def take_readings(root: HtmlElement) -> list[str]:
    """Takes the readings out of the tree, the brackets for programs that do not know `ruby` too; each reading once."""
    found: dict[str, None] = {}
    for element in list(root.iter(*ABOVE)):
        if next(element.iterancestors("ruby"), None) is None or next(element.iterancestors(*ABOVE), None) is not None:
            continue
        if element.tag != "rp" and (text := tidy(element.text_content())):
            found[text] = None
        element.drop_tree()
    return list(found)
