"""Pictures: what to make of one (`spec`), and the making in a process of their own (`renditions`)."""

from decoder import PictureFailed
from imaging.renditions import MadePicture, RenditionFile, make_renditions, resize_file, stem_for
from imaging.spec import RenditionSpec

__all__ = [
    "MadePicture",
    "PictureFailed",
    "RenditionFile",
    "RenditionSpec",
    "make_renditions",
    "resize_file",
    "stem_for",
]
