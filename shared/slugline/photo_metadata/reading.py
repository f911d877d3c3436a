"""From a photo's bytes to its metadata, its three sources reconciled.

When they disagree XMP wins, as the newest and the only one that can hold everything; IPTC-IIM wins over it when the
digest says that a program which knows only IIM has changed it since; Exif, which cameras fill, comes last
(IPTC Photo Metadata Mapping Guidelines; the digest rule is the Metadata Working Group's).
"""

from hashlib import md5

from slugline.photo_metadata.blocks import Blocks
from slugline.photo_metadata.c2pa import read_c2pa
from slugline.photo_metadata.containers import read_blocks
from slugline.photo_metadata.exif import read_exif
from slugline.photo_metadata.iim import read_iim
from slugline.photo_metadata.length import LONGEST_TEXT, warning, within
from slugline.photo_metadata.metadata import Photo, PhotoMetadata
from slugline.photo_metadata.regions import upright
from slugline.photo_metadata.xmp import read_xmp
from slugline.story import Image

QUARTER_TURNS = range(5, 9)


def read_photo(data: bytes, longest: int = LONGEST_TEXT) -> Photo:
    """Size, frames and metadata of the photo, no pixel decoded; no text has more than `longest` characters.

    Raises BadPhoto.
    """
    blocks = read_blocks(data)
    exif, exif_gps = read_exif(blocks.exif) if blocks.exif else (PhotoMetadata(), False)
    xmp, more = read_xmp(blocks.xmp or b""), read_xmp(blocks.xmp_extension or b"")
    iim, iim_warnings = read_iim(blocks.iim) if blocks.iim else (PhotoMetadata(), ())
    by_xmp = (xmp.metadata, more.metadata)
    order = (iim, *by_xmp, exif) if iim_is_newer(blocks) else (*by_xmp, iim, exif)
    bounded = [within(source, longest) for source in (*order, xmp.translations, more.translations)]
    sources = tuple(source for source, _ in bounded)
    lengths = {name: length for _, found in reversed(bounded) for name, length in found.items()}
    turned = exif.orientation in QUARTER_TURNS and blocks.content_type not in ISO_MEDIA
    width, height = (blocks.height, blocks.width) if turned else (blocks.width, blocks.height)
    metadata = first_of(sources[: len(order)]).model_copy(update={"orientation": exif.orientation})
    # Telephones draw regions on the picture as the sensor has it, programs on the desk as it is shown.
    as_stored = xmp.across is not None and xmp.across != (width > height)
    if metadata.focal_point and as_stored and exif.orientation in QUARTER_TURNS:
        metadata = metadata.model_copy(update={"focal_point": upright(metadata.focal_point, exif.orientation)})
    return Photo(
        content_type=blocks.content_type,
        width=width,
        height=height,
        frames=blocks.frames,
        metadata=metadata,
        sources=sources,
        cut=tuple(lengths),
        has_gps=exif_gps or xmp.has_gps or more.has_gps,
        content_credentials=read_c2pa(blocks.c2pa) if blocks.c2pa else None,
        warnings=(
            *(DAMAGED if blocks.damaged else ()),
            *(EXTENSION_DAMAGED if blocks.xmp_extension == b"" else ()),
            *dict.fromkeys(xmp.warnings + more.warnings + iim_warnings),
            *(warning(name, length, longest) for name, length in lengths.items()),
        ),
    )


EXTENSION_DAMAGED = ("The photo's extended XMP is not whole, or too large, and was not read.",)

DAMAGED = ("The photo's file is damaged or cut short; metadata behind the damage was not read.",)

ISO_MEDIA = {"image/heic", "image/avif"}
"""They turn by their own `irot` property; their Exif orientation is to be ignored (ISO/IEC 23008-12, 6.5.10)."""


def iim_is_newer(blocks: Blocks) -> bool:
    if not (blocks.iim and blocks.iim_digest and any(blocks.iim_digest)):
        return False
    return md5(blocks.iim, usedforsecurity=False).digest() != blocks.iim_digest


def first_of(sources: tuple[PhotoMetadata, ...]) -> PhotoMetadata:
    """Property by property, the first source that has it."""
    merged = {
        name: next((value for source in sources if (value := getattr(source, name))), None)
        for name in PhotoMetadata.model_fields
    }
    return PhotoMetadata(**{name: value for name, value in merged.items() if value is not None})


def image_from(data: bytes, *, image_id: str, file: str) -> Image:
    """The story's Image that the photo's metadata describes. Raises BadPhoto."""
    return image_of(read_photo(data), image_id=image_id, file=file)


def image_of(photo: Photo, *, image_id: str, file: str) -> Image:
    found = photo.metadata
    return Image(
        id=image_id,
        file=file,
        alt=found.alt,
        caption=found.description,
        credit=found.credit,
        copyright=found.copyright,
        headline=found.headline,
        byline=found.creator,
        source=found.source,
        usage_terms=found.usage_terms,
        instructions=found.instructions,
        data_mining=found.data_mining,
        digital_source_type=found.digital_source_type,
        created=found.created,
        location=found.location,
        focal_point=found.focal_point,
        keywords=found.keywords,
        content_credentials=photo.content_credentials,
    )
