"""libvips, with every loader blocked but those named here.

libvips picks a loader by content. SVG, PDF and the like draw rather than decode, raw and matrix loaders believe what
they are told, and the Ultra HDR loader loses IPTC and XMP; a JPEG with a gain map goes through the plain JPEG loader.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pyvips

from pixels.refused import Refused

LOADERS = (
    "VipsForeignLoadJpegBuffer",
    "VipsForeignLoadPngBuffer",
    "VipsForeignLoadWebpBuffer",
    "VipsForeignLoadNsgifBuffer",
    "VipsForeignLoadTiffBuffer",
    "VipsForeignLoadHeifBuffer",
)

pyvips.operation_block_set("VipsForeignLoad", True)
for loader in LOADERS:
    pyvips.operation_block_set(loader, False)
# No picture is asked for twice, and the cache would keep the last ones in memory.
pyvips.cache_set_max(0)

SRGB: bytes = pyvips.Operation.call("profile_load", "srgb")
"""libvips' own sRGB profile, 480 bytes."""


@contextmanager
def threads(number: int) -> Iterator[None]:
    """Lets libvips share one picture's work among so many threads, where one is the rule (see `pixels`)."""
    pyvips.concurrency_set(number)
    try:
        yield
    finally:
        pyvips.concurrency_set(1)


@contextmanager
def readable_errors() -> Iterator[None]:
    """Turns a libvips error into a refusal with its first line, which names the codec and the fault."""
    try:
        yield
    except pyvips.Error as error:
        raise Refused(told(str(error.detail) or error.message)) from error
    except UnicodeDecodeError as error:  # pyvips cannot read an error that quotes such bytes of the file
        raise Refused(told(bytes(error.object).decode(errors="replace"))) from error


def told(detail: str) -> str:
    return f"The picture cannot be decoded: {(detail.strip().splitlines() or ['it is damaged'])[0]}."
