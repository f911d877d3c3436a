"""Extended XMP: what does not fit into the 64 KiB of a JPEG segment (XMP Specification Part 3, 1.1.3.1)."""

import re

MARK = b"http://ns.adobe.com/xmp/extension/\0"
GUID, NUMBER = 32, 4
NAMED = re.compile(rb"HasExtendedXMP\s*(?:=\s*[\"']|>)\s*([0-9A-Fa-f]{32})")
MOST_BYTES = 10_000_000
"""Of XML, which takes twenty times as much memory once it is parsed; camera makers put depth maps of a few MB there."""


class ExtendedXmp:
    """The parts found so far, by the GUID that they carry."""

    def __init__(self) -> None:
        self._parts: dict[bytes, dict[int, bytes]] = {}
        self._sizes: dict[bytes, int] = {}

    def add(self, payload: bytes) -> None:
        """A segment's payload behind its mark: GUID, length of the whole, offset, and a part of it."""
        guid, numbers = payload[:GUID].upper(), payload[GUID : GUID + 2 * NUMBER]
        self._sizes[guid] = int.from_bytes(numbers[:NUMBER])
        self._parts.setdefault(guid, {})[int.from_bytes(numbers[NUMBER:])] = payload[GUID + 2 * NUMBER :]

    def joined(self, packet: bytes) -> bytes | None:
        """The extension that the packet names, None when it names none; empty when it is not whole or too large.

        Parts under another GUID are of another packet, which a program that knows no extensions has replaced.
        """
        named = NAMED.search(packet)
        if named is None:
            return None
        guid, whole = named[1].upper(), b""
        for offset, part in sorted(self._parts.get(guid, {}).items()):
            if offset != len(whole) or offset + len(part) > MOST_BYTES:
                return b""
            whole += part
        return whole if len(whole) == self._sizes.get(guid) else b""
