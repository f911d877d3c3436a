"""What a container reader finds: raw metadata blocks and the size, before anyone interprets them."""

from dataclasses import dataclass


class BadPhoto(ValueError):  # noqa: N818 - named for the thing at fault, as parsing.document.Rejected is
    """The file is damaged where its size or metadata should be; the message says where."""


@dataclass
class Blocks:
    """Raw blocks of one file. `width` and `height` are as stored, before orientation; 0 when the file hides them.

    `exif` starts at its TIFF header; `xmp` is the packet, `xmp_extension` what did not fit into it
    (JPEG only), or empty when that is damaged; `iim` is the IPTC-IIM record stream; `iim_digest` is the
    MD5 that the last XMP-aware editor kept of it (Photoshop resource 1061); `c2pa` is the JUMBF manifest store;
    `damaged` says that reading ended before the file did.
    """

    content_type: str
    width: int = 0
    height: int = 0
    frames: int = 1
    exif: bytes | None = None
    xmp: bytes | None = None
    xmp_extension: bytes | None = None
    iim: bytes | None = None
    iim_digest: bytes | None = None
    c2pa: bytes | None = None
    damaged: bool = False
