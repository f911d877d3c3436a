"""Reading XML by local names: the namespaces of news formats differ by version and vendor, their names do not."""

import re
from collections.abc import Iterator

from lxml import etree

from parsing.wire.fields import tidy

SEPARATOR = re.compile("[}:]")
NAME = re.compile(r"[^\W\d][\w.-]*")
BLOCKS = frozenset(
    ("p", "br", "div", "li", "td", "th", "tr", "dt", "dd", "bq", "block", "blockquote", "hl1", "hl2", "h1", "h2", "h3",
     "h4", "h5", "h6", "hedline", "credit", "note", "media-caption", "pre", "ul", "ol", "table", "HeadLine",
     "SubHeadLine")
)  # fmt: skip
"""Elements whose text does not run on into what stands beside them."""
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def without_namespaces(root: etree._Element) -> etree._Element:
    """The same tree with local names as tags. Attributes keep theirs."""
    for element in root.iter(etree.Element):
        element.tag = local_name(str(element.tag))
    etree.cleanup_namespaces(root)
    return root


def local_name(name: str) -> str:
    """The name without its namespace, or without its prefix where no namespace is declared for that."""
    local = SEPARATOR.split(name)[-1]
    return local if NAME.fullmatch(local) else "unnamed"


def words(element: etree._Element | None) -> str:
    """The element's text on one line, blocks apart; empty for None."""
    return tidy("".join(_runs(element))) if element is not None else ""


def _runs(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            apart = " " if child.tag in BLOCKS else ""
            yield apart
            yield from _runs(child)
            yield apart
        yield child.tail or ""


def text_at(element: etree._Element, path: str) -> str:
    """The words of the first element at the path below this one; empty when there is none."""
    return words(element.find(path))


def value_at(element: etree._Element, path: str, attribute: str) -> str:
    """The attribute of the first element at the path that has it; empty when none has."""
    found = (tidy(one.get(attribute) or "") for one in element.iterfind(path))
    return next(filter(None, found), "")


def texts_at(element: etree._Element, path: str) -> list[str]:
    """The words of every element at the path."""
    return [text for one in element.iterfind(path) if (text := words(one))]
