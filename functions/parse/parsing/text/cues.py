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
_OF_CUE = (
    "pictured",
    " seen",
    " shown",
    "in this ",
    "photo",
    "looks on",
    "pose",
    "bild",
    "screen",
    ", left",
    ", right",
    ", cent",
)
_OF_PLACED = (
    "(", "v. ", "v.l", "von l", "clockwise", "left", "gauche", "izquierda", "sinistra", "venstre", "vänster", "links",
)  # fmt: skip
"""What is in every text that the patterns find: looked for first, since few lines have it and the patterns are slow."""
_LABELS = ("legende", "bild", "caption", "légende", "pie de", "didascalia", "bijschrift", "file")


def has_cue(text: str) -> bool:
    """Whether the text talks about a picture: `pictured`, `(left)`, `looks on`."""
    lowered = text.lower()
    cued = any(word in lowered for word in _OF_CUE) and _CUE.search(text) is not None
    return cued or is_placed(text)


def is_placed(text: str) -> bool:
    """Whether the text says who stands where, or calls itself a caption: `(l.)`, `from left:`, `Bildunterschrift:`."""
    lowered = text.lower()
    possible = lowered.startswith(_LABELS) or any(word in lowered for word in _OF_PLACED)
    return possible and _PLACED.search(text) is not None


def normalised(text: str) -> str:
    """What makes two alt texts the same: their words, without case and punctuation."""
    return " ".join(re.findall(r"\w+", text.lower()))
