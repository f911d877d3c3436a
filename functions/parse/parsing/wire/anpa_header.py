"""What tells wire text apart: the header lines of ANPA Bulletin 1312 and of IPTC Recommendation 7901."""

import re

HEAD = 400
CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
ANPA = re.compile(
    rb"\s*[A-Za-z]\d{3,4}\S{0,12} *\r*\n"
    rb"[a-z] +[a-z]{1,3} +\S[^\r\n]{0,60}? +\d\d-\d\d(?: +\d{1,5})?[ \r]*\n"
)
"""Service letter, number and selector; priority, category, keyword, month-day and word count."""
IPTC_7901 = re.compile(rb"\s*[a-z]{2,4}\d{3,5}\s+[1-9]\s+[a-z]{1,3}\s+\d{1,5}\b[^\r\n]{0,80}\r*\n")
"""Source and number, priority, category, word count."""


def is_anpa(message: bytes) -> bool:
    """Whether the header lines are ANPA's. The control characters in and around them are often lost on the way."""
    return ANPA.match(CONTROLS.sub(b"", message[:HEAD])) is not None


def is_iptc_7901(message: bytes) -> bool:
    """Whether the header line is IPTC 7901's."""
    return IPTC_7901.match(CONTROLS.sub(b"", message[:HEAD])) is not None
