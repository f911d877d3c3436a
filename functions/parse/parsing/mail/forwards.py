"""Copy that a mail program forwarded as text: a note, a mark, the header lines of the first message, the copy."""

import re
from dataclasses import dataclass

MARK = re.compile(
    r"^[ \t]*(?:-{2,}\s*(?:forwarded message|original message|weitergeleitete nachricht|ursprüngliche nachricht"
    r"|message transféré|message d.origine|mensaje reenviado|mensaje original|messaggio inoltrato|messaggio originale"
    r"|doorgestuurd bericht|vidarebefordrat meddelande)\s*-{2,}"
    r"|begin forwarded message:|anfang der weitergeleiteten nachricht:|début du message réexpédié\s*:)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
HEADER = re.compile(r"[>\s*]*[A-ZÀ-Þ][\w’'-]{0,14}(?: [\w-]{1,12})?\s*\*?:\*?\s+\S")
"""`From: Ann Lee <ann@example.org>` in any language."""
SUBJECT = re.compile(
    r"[>\s*]*(?:subject|betreff|objet|asunto|oggetto|onderwerp|ämne|emne|assunto)\s*\*?:\*?\s*(.+)", re.IGNORECASE
)


@dataclass(frozen=True)
class Forward:
    """The forwarded copy, the subject it had, and what stood above it."""

    copy: str
    subject: str = ""
    above: str = ""


def forwarded(text: str) -> Forward:
    """The last message forwarded in the text; the text itself when none is."""
    found = list(MARK.finditer(text))
    if not found:
        return Forward(text)
    lines = text[found[-1].end() :].lstrip("\n").split("\n")
    end = next((at for at, line in enumerate(lines) if not HEADER.match(line)), len(lines))
    header, copy = lines[:end], "\n".join(lines[end:])
    if not copy.strip():
        return Forward(text)
    subject = next((match[1].strip() for line in header if (match := SUBJECT.match(line))), "")
    return Forward(copy, subject, text[: found[-1].end()].strip() + "\n" + "\n".join(header))
