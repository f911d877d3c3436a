"""Words that talk about a picture, and what makes two short texts the same."""

import re

_CUE = re.compile(
    r"(?i)\b(?:pictured|is seen|are seen|is shown|in this (?:\w+ ){0,4}(?:photo|image|picture|frame"
    r"|handout|illustration)"
    r"|(?:file )?photo:|looks on|poses? (?:for|with)|archivbild|symbolbild|file photo|screenshot|screen grab)\b"
    r"|\((?:left|right|centre|center|top|bottom|l|r|file|pictured|links|rechts|l\.|r\.)\)|, (?:left|right"
    r"|centre|center),"
)


def has_cue(text: str) -> bool:
    """Whether the text talks about a picture: `pictured`, `(left)`, `looks on`."""
    return _CUE.search(text) is not None


def normalised(text: str) -> str:
    """What makes two alt texts the same: their words, without case and punctuation."""
    return " ".join(re.findall(r"\w+", text.lower()))
