"""Lines right below a picture of a Word document that read like its caption or credit, whatever their style."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from parsing.docx.pieces import Piece
from parsing.markup.picture_lines import Line
from parsing.text.credits import Credit, parted
from slugline.story import BlockType


@dataclass
class Beside:
    """Pictures that stand one after the other, by their places among the pieces, and the lines below the last."""

    places: list[int] = field(default_factory=list)
    lines: list[Piece] = field(default_factory=list)

    @property
    def caption(self) -> str | None:
        return " ".join(filter(None, (parted(line.text)[0] for line in self.lines))) or None

    @property
    def credit(self) -> Credit | None:
        return next(filter(None, (parted(line.text)[1] for line in self.lines)), None)


def beside_pictures(pieces: Sequence[Piece], known: Iterable[Piece]) -> list[Beside]:
    """The rows of pictures with lines below them. `known`: pieces that their style says the kind of."""
    taken = set(map(id, known))
    rows: list[Beside] = []
    row = Beside()
    for place, piece in enumerate(pieces):
        if piece.kind is BlockType.IMAGE:
            row = row if row.places and not row.lines else Beside()
            row.places.append(place)
        elif row.places and id(piece) not in taken and _is_below(row, piece, _next(pieces, place)):
            row.lines.append(piece)
            rows += [] if row in rows else [row]
        else:
            row = Beside()
    return rows


def _is_below(row: Beside, piece: Piece, below: Piece | None) -> bool:
    line = Line(piece.text, piece.is_emphasised)
    next_line = Line(below.text, below.is_emphasised) if below else None
    return piece.kind is not BlockType.TABLE and line.is_below_picture([one.text for one in row.lines], next_line)


def _next(pieces: Sequence[Piece], place: int) -> Piece | None:
    """The piece after this one, if any words follow at all."""
    after = pieces[place + 1 :]
    return after[0] if any(piece.text for piece in after) else None
