"""Exif 2.32 and 3.0: the few tags that concern a reader, and whether there is a position to strip."""

from slugline.photo_metadata.blocks import BadPhoto
from slugline.photo_metadata.metadata import PhotoMetadata
from slugline.photo_metadata.tiff_directory import Directories, Entry

DESCRIPTION, ORIENTATION, ARTIST, COPYRIGHT, EXIF_IFD, GPS_IFD = 270, 274, 315, 33432, 34665, 34853
DATE_ORIGINAL, OFFSET_ORIGINAL = 0x9003, 0x9011
ORIENTATIONS = range(1, 9)
CAMERA_DEFAULTS = frozenset(
    {"olympus digital camera", "digital camera", "sony dsc", "dcim", "samsung", "minolta digital camera", "default"}
)
"""What cameras write into ImageDescription when nobody describes anything."""


def read_exif(block: bytes) -> tuple[PhotoMetadata, bool]:
    """The metadata, and whether the block has a GPS directory. A damaged block gives what can be read of it."""
    try:
        directories = Directories(block)
    except BadPhoto:
        return PhotoMetadata(), False
    first = directories.first
    camera = directories.at(first[EXIF_IFD].integer) if EXIF_IFD in first else {}
    orientation = first[ORIENTATION].integer if ORIENTATION in first else 1
    description = text(first.get(DESCRIPTION))
    metadata = PhotoMetadata(
        description=None if description and description.lower() in CAMERA_DEFAULTS else description,
        creator=text(first.get(ARTIST)),
        copyright=copyright_notice(first.get(COPYRIGHT)),
        created=created(text(camera.get(DATE_ORIGINAL)), text(camera.get(OFFSET_ORIGINAL))),
        orientation=orientation if orientation in ORIENTATIONS else 1,
    )
    return metadata, GPS_IFD in first


def text(entry: Entry | None) -> str | None:
    if entry is None:
        return None
    data = entry.data.split(b"\0")[0]
    try:
        found = data.decode("utf-8")
    except UnicodeDecodeError:
        found = data.decode("cp1252", errors="replace")
    return found.strip() or None


def copyright_notice(entry: Entry | None) -> str | None:
    """The photographer's and the editor's notice, which Exif keeps apart by a NUL."""
    if entry is None:
        return None
    return ", ".join(part.decode(errors="replace").strip() for part in entry.data.split(b"\0") if part.strip()) or None


def created(moment: str | None, offset: str | None) -> str | None:
    """`YYYY:MM:DD HH:MM:SS` as ISO 8601, with its zone when the file has one."""
    if not moment or not moment[:4].isdigit() or moment.startswith("0000"):
        return None
    day, _, time = moment.partition(" ")
    return day.replace(":", "-") + (f"T{time}{offset or ''}" if time else "")
