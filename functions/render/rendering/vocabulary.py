"""Terms of published vocabularies, as URIs that every format can carry."""

import re

PLUS = "http://ns.useplus.org/ldf/vocab/"
"""Prefix of the PLUS Data Mining codes (IPTC Photo Metadata 2023.1)."""
_URI = re.compile(r"(?:https?://|urn:)[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+")
_SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"


def uri(text: str | None) -> str | None:
    """The text where it is a URI (RFC 3986); a newsroom's own term may be none."""
    return text if text and _URI.fullmatch(text) else None


def digital_source_type(term: str | None) -> str | None:
    """The URI of an IPTC digital source type given by its code or its URI."""
    code = (term or "").removeprefix(_SOURCE_TYPES)
    return _SOURCE_TYPES + code if re.fullmatch(r"[A-Za-z]+", code) else None
