"""Limits on untrusted input, each with its reason."""

from slugline.model import Model


class Limits(Model):
    """The defaults are for a Lambda of 1,024 MB; a desk can lower them, an operator raise them with the memory."""

    document_bytes: int = 30_000_000
    """The largest photo we resize; no article comes near it."""
    text_bytes: int = 2_000_000
    """A million-character novel is no news story, and rules on text are linear but not free."""
    html_bytes: int = 5_000_000
    """The largest real article pages seen are about 3 MB, most of it inlined scripts."""
    photo_text: int = 10_000
    """Characters of each text in a photo's metadata (`slugline.photo_metadata.length`): the story, every output and
    every rendition has a copy."""
    elements: int = 100_000
    """XML and HTML elements in one document; the largest real pages have about 10,000."""
    nesting: int = 200
    """Depth of markup, JSON, MIME and ZIP-in-ZIP; real pages stay under 60, and sanitisers blow up on deep ones."""
    entries: int = 500
    """Files in a ZIP, stories in a feed."""
    unpacked_bytes: int = 200_000_000
    """Sum of a ZIP's entries, counted while unpacking, whatever its directory claims."""
    ratio: int = 100
    """Unpacked to packed bytes of one ZIP entry; text reaches 20."""
    memory_bytes: int = 600_000_000
    """What a parser may take on top of the warm process; leaves the Lambda room to read the result."""
    seconds: float = 20.0
    """Time for one document, enforced from outside the parser, which may hang."""
