"""`slugline resize`: one photo's web renditions."""

from slugline_local.commands.output import File, Out, tell, writing
from slugline_local.errors import Trouble


def resize(photo: File, folder: Out) -> None:
    """Write a photo's web renditions, with its rights metadata."""
    # Imported here, so that the commands that touch no picture start without it.
    from imaging import PictureFailed, resize_file  # noqa: PLC0415 - loaded by the command that needs it
    from slugline.photo_metadata import BadPhoto  # noqa: PLC0415 - loaded by the command that needs it

    if not photo.is_file():
        raise Trouble(f"{photo} is no file.", remedy="Name a photo that exists.")
    try:
        with writing(folder):
            tell(resize_file(photo, folder))
    except (PictureFailed, BadPhoto) as failure:
        remedy = "Export the picture anew, as a JPEG in sRGB, and try again."
        reason = failure.reason if isinstance(failure, PictureFailed) else f"It is {failure}."
        raise Trouble(f"{photo}: {reason}", remedy=remedy) from failure
