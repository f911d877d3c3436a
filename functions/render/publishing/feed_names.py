"""Names of subjects and authors as parts of addresses, and as they are shown."""

import hashlib
import re
import unicodedata

from rendering.characters import clean, one_line
from rendering.edition import shorten

_SLUG_LENGTH = 60
_NAME_LENGTH = 100
_DIGEST_LENGTH = 12
_READABLE = re.compile("[a-z0-9]+(?: [a-z0-9]+)*")
_AS_DIGEST = re.compile(f"(?:^| )[0-9a-f]{{{_DIGEST_LENGTH}}}$")
# They show one name as another (https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters).
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def feed_slug(name: str) -> str:
    """A name for an address; empty for one in which nothing is to be seen.

    Readable, and never the same for two names that differ in more than case, blanks and characters without a shape:
    what has more than a-z, 0-9 and blanks in it ends in a digest, and so does what ends like a digest by itself.
    """
    seen = "".join(letter for letter in unicodedata.normalize("NFC", name) if unicodedata.category(letter) != "Cf")
    plain = " ".join(clean(seen).casefold().split())
    if len(plain) <= _SLUG_LENGTH and _READABLE.fullmatch(plain) and not _AS_DIGEST.search(plain):
        return plain.replace(" ", "-")
    if not plain:
        return ""
    letters = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    stem = re.sub("[^a-z0-9]+", "-", letters)[:_SLUG_LENGTH].strip("-")
    digest = hashlib.sha256(plain.encode()).hexdigest()[:_DIGEST_LENGTH]
    return f"{stem}-{digest}".lstrip("-")


def shown(name: str) -> str:
    """The name in one line of bounded length, without characters that turn its direction or that XML cannot carry."""
    return shorten(" ".join(one_line(_DIRECTIONS.sub("", clean(name))).split()), _NAME_LENGTH)
