"""C2PA: who signed the photo's manifest (JUMBF, ISO 19566-5; C2PA 2.1, sections 11 and 13.2).

Reported, not verified: parse does that where c2pa-python, which unpacks to 70 MB with what it needs, is installed.
"""

import re
from collections.abc import Iterator

from slugline.photo_metadata.der import subject
from slugline.story import ContentCredentials

SUPERBOX, DESCRIPTION = b"jumb", b"jumd"
STORE, SIGNATURE = "c2pa", "c2pa.signature"
SIGNERS_CERTIFICATE = re.compile(rb"(?:\x67x5chain|\x18\x21)[\x80-\x97]?\x59..", re.DOTALL)
"""In CBOR: the key x5chain or its number 33 (RFC 9360), an array or not, and a byte string. A time stamp's differ."""
LABELLED = 0x02
"""The flag of a description box that has a label."""


def read_c2pa(store: bytes) -> ContentCredentials:
    """What the active manifest, the last of the store, says of its signer. A damaged store gives no signer."""
    manifests = [content for label, content in superboxes(store) if label == STORE]
    active = [content for manifest in manifests for _, content in superboxes(manifest)][-1:]
    signatures = [content for manifest in active for label, content in superboxes(manifest) if label == SIGNATURE]
    chains = [(signature, found) for signature in signatures if (found := SIGNERS_CERTIFICATE.search(signature))]
    return ContentCredentials(signer=next((subject(signature[found.end() :]) for signature, found in chains), None))


def superboxes(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Label and content of each superbox side by side in the data."""
    for kind, content in boxes(data):
        if kind == SUPERBOX:
            parts = list(boxes(content))
            if parts and parts[0][0] == DESCRIPTION:
                yield label_of(parts[0][1]), content[8 + len(parts[0][1]) :]


def boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4]) or len(data) - at
        if size < 8:  # noqa: PLR2004 - a box header
            return
        yield data[at + 4 : at + 8], data[at + 8 : at + size]
        at += size


def label_of(description: bytes) -> str:
    """After 16 bytes of type and one of flags."""
    has_label = len(description) > 17 and description[16] & LABELLED  # noqa: PLR2004 - as above
    return description[17:].split(b"\0")[0].decode(errors="replace") if has_label else ""
