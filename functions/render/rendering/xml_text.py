"""XML as every output writes it."""

from lxml import etree


def add(parent: etree._Element, tag: str, text: str | None, attributes: dict[str, str] | None = None) -> None:
    """A child with this text, where there is any: an element that says nothing is left out."""
    if text:
        etree.SubElement(parent, tag, attributes or {}).text = text


def xml_bytes(root: etree._Element, *, indent: bool = True) -> bytes:
    """UTF-8 with declaration; not indented where white space means something or costs time."""
    if indent:
        etree.indent(root)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
