"""The document's body as pieces in order: paragraphs, tables, pictures; text boxes stand after their paragraph."""

from dataclasses import dataclass, field
from html import escape

from lxml import etree

from parsing.docx.parts import Parts, attribute, is_on
from parsing.docx.runs import Inside, Reader, chosen
from parsing.markup.chunks import tidy
from parsing.markup.sanitise import inline_html, table_html
from slugline.story import BlockType, Removed

INSIDE = frozenset(("ins", "moveTo", "smartTag", "customXml", "sdtContent"))
QUOTES = ("quote", "intense quote", "pull quote", "pullquote", "block text")
FEWEST = 2
"""Rows and columns of a table of data; with fewer it is a frame around text."""
SMALLEST = 12_700 * 20
"""English Metric Units: a drawing under 20 points is an ornament."""


@dataclass(eq=False)
class Piece:
    """One piece. A picture has `relation`, the id of its file, and no text; `style` is what Word calls it."""

    text: str = ""
    html: str | None = None
    kind: BlockType = BlockType.PARAGRAPH
    style: str = ""
    is_emphasised: bool = False
    relation: str = ""
    alt: str = ""


@dataclass
class Pieces:
    found: list[Piece] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)


def pieces_of(parts: Parts) -> Pieces:
    walk = _Walk(parts)
    walk.blocks(parts.body)
    walk.flush()
    return walk.pieces


class _Walk:
    def __init__(self, parts: Parts) -> None:
        self.pieces = Pieces()
        self._parts = parts
        self._reader = Reader(parts)
        self._open: Inside | None = None
        """A paragraph whose end was deleted: the next one goes on with it."""

    def blocks(self, element: etree._Element) -> None:
        for child in element:
            tag = str(child.tag)
            if tag == "p":
                self._paragraph(child)
            elif tag == "tbl":
                self._table(child)
            elif tag == "sdt":
                for content in child.iterfind("sdtContent"):
                    self.blocks(content)
            elif tag == "AlternateContent":
                self.blocks(chosen(child))
            elif tag in INSIDE:
                self.blocks(child)

    def flush(self) -> None:
        """Print a paragraph whose end was deleted, though none follows it."""
        if self._open:
            inside, self._open = self._open, None
            self._add(inside, "", is_list=False)

    def _paragraph(self, paragraph: etree._Element) -> None:
        properties = paragraph.find("pPr")
        identifier = attribute(properties.find("pStyle"), "val") if properties is not None else ""
        style = self._parts.styles.get(identifier)
        inside = self._reader.read(paragraph, hidden=bool(style and style.hidden))
        if self._open:
            inside = Inside(self._open.runs + inside.runs, self._open.objects + inside.objects)
            self._open = None
        if properties is not None and is_on(properties.find("rPr"), "del"):
            self._open = inside
            return
        numbered = properties is not None and properties.find("numPr") is not None
        self._add(inside, style.name if style else "", is_list=numbered or bool(style and style.is_list))

    def _add(self, inside: Inside, style: str, *, is_list: bool) -> None:
        self.pieces.removed += [Removed(text=text, reason=reason) for text, reason in inside.left_out]
        before, after = self._objects(inside.objects)
        self.pieces.found += before
        text = inside.text
        if text:
            kind = _kind(style, is_list=is_list)
            html = inline_html(inside.html) if inside.html else None
            self.pieces.found.append(Piece(text, html, kind, style, inside.is_emphasised))
        for box in after:
            self.blocks(box)

    def _objects(self, objects: list[etree._Element]) -> tuple[list[Piece], list[etree._Element]]:
        """The pictures, and the contents of text boxes."""
        pictures: list[Piece] = []
        boxes: list[etree._Element] = []
        for one in objects:
            inner = [box for box in one.iter("txbxContent") if not _nested(box)]
            boxes += inner
            pictures += [picture for picture in _pictures(one) if picture]
        return pictures, boxes

    def _table(self, table: etree._Element) -> None:
        rows = [
            [_words(self._parts, cell) for cell in row.iterfind(".//tc") if _row(cell) is row] for row in _rows(table)
        ]
        if len(rows) >= FEWEST and max(map(len, rows)) >= FEWEST and not _holds_picture(table):
            text = "\n".join("\t".join(row) for row in rows)
            if text.strip():
                piece = Piece(text, table_html(_table_markup(rows)), BlockType.TABLE)
                self.pieces.found.append(piece)
            self._left_out(table)
            return
        for row in _rows(table):
            for cell in row.iterfind("tc"):
                self.blocks(cell)

    def _left_out(self, table: etree._Element) -> None:
        reader = Reader(self._parts)
        for paragraph in table.iter("p"):
            out = reader.read(paragraph, hidden=False).left_out
            self.pieces.removed += [Removed(text=text, reason=reason) for text, reason in out]


def _kind(style: str, *, is_list: bool) -> BlockType:
    if style.startswith("heading"):
        return BlockType.SUBHEAD
    if style in QUOTES:
        return BlockType.QUOTE
    return BlockType.LIST_ITEM if is_list else BlockType.PARAGRAPH


def _nested(box: etree._Element) -> bool:
    return next(box.iterancestors("txbxContent"), None) is not None or _is_fallback(box)


def _is_fallback(element: etree._Element) -> bool:
    """Whether it stands in the form for old programs of something that stands in a newer form beside it."""
    fallback = next(element.iterancestors("Fallback"), None)
    parent = fallback.getparent() if fallback is not None else None
    return parent is not None and parent.find("Choice") is not None and len(parent.find("Choice") or ()) > 0


def _pictures(element: etree._Element) -> list[Piece]:
    found = []
    for blip in element.iter("blip", "imagedata"):
        if next(blip.iterancestors("txbxContent"), None) is not None or _is_fallback(blip):
            continue
        relation = attribute(blip, "embed") or attribute(blip, "link") or attribute(blip, "id")
        if relation and not _is_ornament(element):
            found.append(Piece(kind=BlockType.IMAGE, relation=relation, alt=_alt(blip, element)))
    return found


def _is_ornament(drawing: etree._Element) -> bool:
    extent = drawing.find(".//extent")
    sizes = [attribute(extent, name) for name in ("cx", "cy")] if extent is not None else []
    return any(size.isascii() and size.isdigit() and int(size[:12]) < SMALLEST for size in sizes)


def _alt(blip: etree._Element, element: etree._Element) -> str:
    """Of the picture itself where several are grouped, else of the drawing."""
    picture = next(blip.iterancestors("pic"), None)
    own = picture.find(".//cNvPr") if picture is not None else None
    named = [own, element.find(".//docPr"), next(blip.iterancestors("shape"), None)]
    texts = (attribute(one, name) for one in named for name in ("descr", "alt") if one is not None)
    return next((tidy(text) for text in texts if text.strip()), "")


def _rows(table: etree._Element) -> list[etree._Element]:
    return [row for row in table.iter("tr") if next(row.iterancestors("tbl"), None) is table]


def _row(cell: etree._Element) -> etree._Element | None:
    return next(cell.iterancestors("tr"), None)


def _holds_picture(table: etree._Element) -> bool:
    return next(table.iter("drawing", "pict", "object"), None) is not None


def _words(parts: Parts, cell: etree._Element) -> str:
    reader = Reader(parts)
    texts = (reader.read(paragraph, hidden=False).text for paragraph in cell.iter("p"))
    return " ".join(filter(None, texts))


def _table_markup(rows: list[list[str]]) -> str:
    def row(cells: list[str]) -> str:
        return "".join(f"<td>{escape(cell)}</td>" for cell in cells)

    return f"<table>{''.join(f'<tr>{row(cells)}</tr>' for cells in rows)}</table>"
