"""Whether a photo's C2PA manifest holds, where c2pa-python is installed; it is not by default (docs/decisions/0015).

Imported only for a photo that has a manifest: the library takes 44 ms and 8 MB to load.
"""

from io import BytesIO
from typing import Any

from slugline.photo_metadata import Photo

OFFLINE = {"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False}}
"""A photo names no address that we then ask."""
HOLDS = {"Valid", "Trusted"}
INVALID = (
    "The photo's C2PA manifest is not valid: the picture was changed after it was signed, or the manifest is damaged."
)


def verified(photo: Photo, data: bytes) -> Photo:
    """The photo with `content_credentials.valid` set, and a warning where its manifest does not hold."""
    if photo.content_credentials is None or (holds := manifest_holds(photo.content_type, data)) is None:
        return photo
    credentials = photo.content_credentials.model_copy(update={"valid": holds})
    warnings = photo.warnings if holds else (*photo.warnings, INVALID)
    return photo.model_copy(update={"content_credentials": credentials, "warnings": warnings})


def manifest_holds(content_type: str, data: bytes) -> bool | None:
    """Whether manifest and picture are as signed, whoever signed; None where nothing can tell.

    The validation state of C2PA 2.1, 14.3, without a list of trusted signers.
    """
    try:
        import c2pa  # noqa: PLC0415 - as said above
    except ImportError:
        return None
    try:
        return state(c2pa, content_type, data) in HOLDS
    except c2pa.C2paError.NotSupported:
        return None
    except c2pa.C2paError:
        return False


def state(c2pa: Any, content_type: str, data: bytes) -> str | None:
    """Raises C2paError for a manifest that cannot be read at all."""
    with (
        c2pa.Settings.from_dict(OFFLINE) as settings,
        c2pa.Context(settings) as context,
        c2pa.Reader(content_type, BytesIO(data), context=context) as reader,
    ):
        return str(reader.get_validation_state())
