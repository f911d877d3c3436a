"""Photoshop image resources (Adobe Photoshop File Formats Specification): IPTC-IIM and the digest of it."""

from slugline.photo_metadata.blocks import Blocks

IPTC_NAA, IPTC_DIGEST = 0x0404, 0x0425
SIGNATURE = b"8BIM"


def read_resources(data: bytes, blocks: Blocks) -> None:
    """Puts the IIM stream and its digest into `blocks`; stops at the first thing that is no resource."""
    at = 0
    while data[at : at + 4] == SIGNATURE:
        kind = int.from_bytes(data[at + 4 : at + 6])
        name = 1 + data[at + 6]
        at += 6 + name + name % 2
        size = int.from_bytes(data[at : at + 4])
        payload = data[at + 4 : at + 4 + size]
        if kind == IPTC_NAA:
            blocks.iim = (blocks.iim or b"") + payload
        elif kind == IPTC_DIGEST:
            blocks.iim_digest = payload[:16]
        at += 4 + size + size % 2
