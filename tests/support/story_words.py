"""The texts of a story: what was copy, wherever it stands now."""

NO_COPY = frozenset(
    ("html", "provenance", "slug", "warnings", "rights", "id", "type", "language", "direction", "status")
)
"""Fields that hold no words of the document, or hold them a second time."""


def texts_of(value: object) -> list[str]:
    """All strings of a story that was dumped for JSON, but for those of `NO_COPY`; what was removed is among them."""
    if isinstance(value, dict):
        return [text for key, item in value.items() if key not in NO_COPY for text in texts_of(item)]
    if isinstance(value, list):
        return [text for item in value for text in texts_of(item)]
    return [value] if isinstance(value, str) else []
