"""Pages that Word ("filtered HTML") and Google Docs export: their titles are paragraphs of a named style."""

from lxml.html import HtmlElement

TITLES = ("MsoTitle", "title")
EXPORTS = ("WordSection1", "doc-content")
"""Classes of the element around the copy, by which an export is known."""


def set_title(root: HtmlElement) -> None:
    """Make the paragraph of style Title the heading that it is. A page with a first heading stays as it is."""
    if next(root.iter("h1"), None) is not None or not any(_has(e, EXPORTS) for e in root.iter("body", "div")):
        return
    title = next((paragraph for paragraph in root.iter("p") if _has(paragraph, TITLES)), None)
    if title is not None:
        title.tag = "h1"


def _has(element: HtmlElement, names: tuple[str, ...]) -> bool:
    return any(name in names for name in (element.get("class") or "").split())
