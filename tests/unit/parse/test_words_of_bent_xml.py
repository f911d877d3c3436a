"""However a system bends a standard (elements of its own around, between, in place of the standard's), no word is lost.

Every element with copy in the samples is bent in every way; each visible word of the bent document is in a field of one
of its stories.
"""

import re
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
from lxml import etree
from tests.support.story_words import texts_of

from parsing import Document, Rejected, parse

SAMPLES = Path(__file__).parents[2] / "samples"
FILES = [path for name in ("nitf", "newsml_g2", "newsml_1") for path in sorted((SAMPLES / name).iterdir())]
CONTENT = {
    "nitf": ("body",),
    "newsml_g2": ("headline", "description", "contentSet", "by", "dateline", "creditline"),
    "newsml_1": ("NewsLines", "DataContent"),
}
WORD = re.compile(r"[^\W\d_]{3,}")
BASE64 = re.compile(r"\s*[\w+/=]{60,}\s*")
SIGNS = {"Photo", "Old", "Flood", "flood"}
"""`Photo: X` gives the credit X; keywords and labels of a picture's renditions are codes."""


def local(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def named(element: etree._Element, name: str) -> etree._Element:
    namespace = etree.QName(element).namespace
    return etree.Element(f"{{{namespace}}}{name}" if namespace else name)


def in_wrapper(element: etree._Element) -> None:
    _wrap(element, named(element, "wrapper"))


def in_division(element: etree._Element) -> None:
    _wrap(element, named(element, "div"))


def _wrap(element: etree._Element, wrapper: etree._Element) -> None:
    element.getparent().replace(element, wrapper)  # type: ignore[union-attr]  # never the root
    wrapper.tail, element.tail = element.tail, None
    wrapper.append(element)


def under_another_name(element: etree._Element) -> None:
    element.tag = named(element, "renamed").tag


def as_paragraph(element: etree._Element) -> None:
    element.tag = named(element, "p").tag


def in_two(element: etree._Element) -> None:
    first, *others = (element.text or "").split() or [""]
    second = named(element, local(element))
    element.text, second.text = first, " ".join(others)
    second.extend(list(element))
    second.tail, element.tail = element.tail, None
    element.addnext(second)


def after_its_element(element: etree._Element) -> None:
    element.text, element.tail = None, f" {element.text or ''} {element.tail or ''}"


def before_its_element(element: etree._Element) -> None:
    before = element.getprevious()
    if before is None:
        parent = element.getparent()
        parent.text = f"{parent.text or ''} {element.text or ''} "  # type: ignore[union-attr]  # never the root
    else:
        before.tail = f"{before.tail or ''} {element.text or ''} "
    element.text = None


def twice(element: etree._Element) -> None:
    other = deepcopy(element)
    for one in other.iter(etree.Element):
        one.text = WORD.sub(lambda word: f"again{word[0]}", one.text or "")
        one.tail = WORD.sub(lambda word: f"again{word[0]}", one.tail or "")
    other.tail = " "
    element.addnext(other)


def last(element: etree._Element) -> None:
    if not (element.tail or "").strip():
        element.getparent().append(element)  # type: ignore[union-attr]  # never the root


def emphasised(element: etree._Element) -> None:
    inner = named(element, "em")
    inner.text, element.text = element.text, None
    element.insert(0, inner)


def in_inner_paragraphs(element: etree._Element) -> None:
    """Without a blank between them."""
    words = (element.text or "").split()
    if len(words) > 1:
        element.text = None
        for text in (" ".join(words[1:]), words[0]):
            inner = named(element, "p")
            inner.text = text
            element.insert(0, inner)


def with_text_behind(element: etree._Element) -> None:
    element.tail = f" further words behind it {element.tail or ''}"


def without_inner_elements(element: etree._Element) -> None:
    text = " ".join(" ".join(element.itertext()).split())
    for child in list(element):
        element.remove(child)
    element.text = text


BENT: tuple[Callable[[etree._Element], None], ...] = (
    in_wrapper, in_division, under_another_name, as_paragraph, in_two, after_its_element, before_its_element, twice,
    last, emphasised, in_inner_paragraphs, with_text_behind, without_inner_elements,
)  # fmt: skip


def root_of(path: Path) -> etree._Element:
    plain = re.sub(r"<!DOCTYPE[^>]*>", "", path.read_text(encoding="utf-8")).replace("&nbsp;", " ")
    return etree.fromstring(plain.encode())


def content_of(root: etree._Element, kind: str) -> list[etree._Element]:
    """The outermost elements with words for readers."""
    found = [one for one in root.iter(etree.Element) if local(one) in CONTENT[kind]]
    return [one for one in found if not any(above in found for above in one.iterancestors())]


def words(texts: list[str]) -> set[str]:
    return {word for text in texts if not BASE64.fullmatch(text) for word in WORD.findall(text)}


@pytest.mark.parametrize("bend", BENT, ids=lambda bend: bend.__name__)
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_word_of_a_bent_document_is_lost(path: Path, bend: Callable[[etree._Element], None]) -> None:
    kind = path.parent.name
    count = sum(1 for top in content_of(root_of(path), kind) for _ in top.iterdescendants(etree.Element))
    for number in range(count):
        root = root_of(path)
        content = content_of(root, kind)
        element = [one for top in content for one in top.iterdescendants(etree.Element)][number]
        bend(element)
        document = etree.tostring(root, encoding="utf-8")
        try:
            told = [
                text
                for one in parse(Document(path.name, document))
                for text in texts_of(one.story.model_dump(mode="json"))
            ]
        except Rejected as rejected:
            pytest.fail(f"{rejected.reason}\n{document.decode()}")
        wanted = words([text for top in content for text in top.itertext()])
        assert wanted - words(told) <= SIGNS, document.decode()
