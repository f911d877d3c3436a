"""Photos: JPEG, PNG, WebP, GIF, TIFF, HEIC and AVIF. What is made of one is in `parsing.picture_story`."""

from parsing.document import Context, Document, ParsedStory

BEGINNINGS = (b"\xff\xd8", b"\x89PNG", b"RIFF", b"GIF8", b"II", b"MM")
"""What else than a photo begins so, its readers tell; they take 15 ms to load, which few documents need."""
BOXED = b"ftyp"
"""HEIC and AVIF, behind the first box's length."""


class PhotoFormat:
    name = "photo"

    def detect(self, document: Document) -> bool:
        data = document.data
        if not (data.startswith(BEGINNINGS) or data[4:8] == BOXED):
            return False
        from slugline.photo_metadata import is_photo  # noqa: PLC0415 - loaded for what may be a photo

        return is_photo(data)

    def parse(self, document: Document, context: Context) -> tuple[ParsedStory, ...]:
        from parsing.picture_story import stories_of  # noqa: PLC0415 - loaded for a photo

        return stories_of(document, context)


FORMAT = PhotoFormat()
