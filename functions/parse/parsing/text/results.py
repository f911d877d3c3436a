"""Results and standings in text: lines of one make, of names and numbers, one below the other."""

import re
from collections.abc import Sequence
from itertools import groupby

from parsing.text.lines import Line, ends_sentence

FEWEST = 3
MOST_CELLS = 14
NUMBER = re.compile(r"[(\[]?[+-]?\d+(?:[.,:\N{EN DASH}-]\d+)*%?[)\]]?[,;]?")
PRICE = re.compile(r"[+-]?\d[\d.,]*%|[+-]?\d+[.,]\d[\d.,]*|unch(?:anged|gd)?\.?|unv\.|inch\.", re.IGNORECASE)
QUOTED_CELLS = 2
"""Of a quotation's end: price and change, `2.68 +2.3%`, `5,114 unch`."""
SCORE = re.compile(r"\d+[:\N{EN DASH}-]\d+[,;]?")


def results_in(lines: Sequence[Line]) -> frozenset[int]:
    """The indexes of three or more such lines in a row, blank lines between them or not."""
    shapes = [shape_of(line.text) for line in lines]
    found: set[int] = set()
    for shape, group in groupby(range(1, len(shapes)), key=shapes.__getitem__):
        rows = list(group)
        if shape and len(rows) >= FEWEST:
            found.update(rows)
    return frozenset(found)


def shape_of(text: str) -> str:
    """`Harbour 3 Island 1` is `a9a9`; market quotations are of one shape.

    Empty for what has no numbers between names, or one alone, as titles have.
    """
    words = text.split()
    if len(words) > MOST_CELLS or not text[:1].isalpha() or ends_sentence(text):
        return ""
    cells = ["9" if NUMBER.fullmatch(word) else "a" for word in words]
    if len(words) > QUOTED_CELLS and all(map(PRICE.fullmatch, words[-QUOTED_CELLS:])):
        return "price and change"
    shape = "".join(cell for cell, _ in groupby(cells))
    return shape if shape.count("9") > 1 or any(map(SCORE.fullmatch, words)) else ""
