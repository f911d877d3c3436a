"""The encoding that the statistics of the bytes speak for (chardet).

chardet loads its models at its first guess. Here that is at import, so that the warm process, which imports what a
child had to (`sandbox`), has the models for every later child.
"""

import chardet

chardet.detect("Café".encode("cp1252"))


def encoding_of(data: bytes) -> str | None:
    """The name of the likeliest encoding, or None when none is likely."""
    return chardet.detect(data)["encoding"]
