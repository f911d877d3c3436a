"""Words of drawings in a page: no copy, but no word of the document is lost without a trace."""

from lxml.html import HtmlElement

from parsing.markup.chunks import tidy

DRAWN = "text of a drawing"
FLATTENED = "formula_flattened: a formula is shown as a line of its characters."
UNSEEN = ("style", "script", "metadata")


def drawn_texts(root: HtmlElement) -> tuple[str, ...]:
    """The words of each SVG drawing below the element, each text once: icons repeat theirs."""
    texts = (_text_of(drawing) for drawing in root.iter("svg") if next(drawing.iterancestors("svg"), None) is None)
    return tuple(dict.fromkeys(filter(None, texts)))


def has_formula(root: HtmlElement) -> bool:
    """Whether there is MathML, whose fractions and powers are lost in the line of its characters."""
    return next(root.iter("math"), None) is not None


def _text_of(drawing: HtmlElement) -> str:
    shown = (element for element in drawing.iter() if isinstance(element.tag, str))
    texts = (text for element in shown for text in _own(element, drawing) if text and text.strip())
    return tidy(" ".join(texts))


def _own(element: HtmlElement, drawing: HtmlElement) -> tuple[str | None, str | None]:
    """The text that opens the element, and the one behind it as far as it is the drawing's."""
    inner = None if element.tag in UNSEEN else element.text
    return inner, None if element is drawing else element.tail
