"""The subject of an X.509 certificate (RFC 5280, 4.1)."""

from collections.abc import Iterator

ORGANISATION, COMMON_NAME = b"\x55\x04\x0a", b"\x55\x04\x03"
SUBJECT = 5
"""Its place after version, serial number, signature, issuer and validity."""
LONG_FORM = 0x80


def subject(data: bytes) -> str | None:
    """Common name and organisation, those that there are; None when no certificate of version 3 begins here."""
    certificate = next(values(data), b"")
    fields = list(values(next(values(certificate), b"")))
    if len(fields) <= SUBJECT:
        return None
    names = dict(attributes(fields[SUBJECT]))
    parts = [names[kind] for kind in (COMMON_NAME, ORGANISATION) if names.get(kind)]
    return ", ".join(dict.fromkeys(parts)) or None


def attributes(name: bytes) -> Iterator[tuple[bytes, str]]:
    """Type and value of each attribute of a distinguished name: a sequence of sets of pairs."""
    for relative in values(name):
        for pair in values(relative):
            kind, value, *_ = (*values(pair), b"", b"")
            yield kind, value.decode(errors="replace").strip()


def values(data: bytes) -> Iterator[bytes]:
    """The values of the elements side by side in the data (X.690, 8.1); what runs past the end is cut."""
    at = 0
    while at + 2 <= len(data):
        size, at = data[at + 1], at + 2
        if size & LONG_FORM:
            width = size & 0x7F
            size = int.from_bytes(data[at : at + width])
            at += width
        yield data[at : at + size]
        at += size
