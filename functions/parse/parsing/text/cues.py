"""Words that talk about a picture, and what makes two short texts the same."""

import re

_CUE = re.compile(
    r"(?i)\b(?:pictured|is seen|are seen|is shown|in this (?:\w+ ){0,4}(?:photo|image|picture|frame"
    r"|handout|illustration)"
    r"|(?:file )?photo:|looks on|poses? (?:for|with)|archivbild|symbolbild|file photo|screenshot|screen grab)\b"
    r"|, (?:left|right|centre|center),"
)
_PLACED = re.compile(
    r"(?i)\((?:left|right|centre|center|top|bottom|file|pictured|links|rechts|mitte|(?-i:[lrm]\.?)|à gauche|à droite"
    r"|izq\.?|dcha\.?|a sinistra|a destra|t\.v\.|t\.h\.)\)"
    r"|\b(?:v\. ?l\. ?n\. ?r\.|von li\.? nach re\b|von links nach rechts|clockwise from|left to right[:,]"
    r"|from left(?: to right)?[:,]|de gauche à droite|de izquierda a derecha|da sinistra(?: a destra)?[:,]"
    r"|fra venstre[:,]|från vänster[:,]|van links naar rechts)"
    r"|^(?:legende|bildunterschrift|bildtext|caption|légende|pie de foto|didascalia|bijschrift|FILE [–—-])\s?:?\s"
)
"""Who stands where in the picture, or a label: no prose says it so."""


def has_cue(text: str) -> bool:
    """Whether the text talks about a picture: `pictured`, `(left)`, `looks on`."""
    return _CUE.search(text) is not None or is_placed(text)


def is_placed(text: str) -> bool:
    """Whether the text says who stands where, or calls itself a caption: `(l.)`, `from left:`, `Bildunterschrift:`."""
    return _PLACED.search(text) is not None


def normalised(text: str) -> str:
    """What makes two alt texts the same: their words, without case and punctuation."""
    return " ".join(re.findall(r"\w+", text.lower()))
