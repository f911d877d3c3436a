"""Dropped files to canonical stories: `parse` is the one public function."""

from parsing.document import Context, Document, ParsedStory, Rejected, nothing_in_it
from parsing.limits import Limits
from slugline.desk import DeskSettings

__all__ = ["Document", "Limits", "ParsedStory", "Rejected", "parse", "warm"]


def parse(
    document: Document,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    desk: DeskSettings = DeskSettings(),  # noqa: B008 - frozen
) -> tuple[ParsedStory, ...]:
    """The stories of a dropped document, complete but for their ids. Raises Rejected, and nothing else."""
    from parsing.finish import finish  # noqa: PLC0415 - importing `parsing.document` must not import the parser

    found, name = _run(document, limits, desk, depth=0)
    if len(found) > 1 and any(parsed.references for parsed in found):
        from parsing.package import together  # noqa: PLC0415 - few documents have items that refer to each other

        found = together(found, document.name, desk.time_zone)
    if any(parsed.is_blank for parsed in found):
        raise nothing_in_it()
    return tuple(finish(parsed, document, name, desk) for parsed in found)


def warm() -> tuple[ParsedStory, ...]:
    """Load what most documents need: modules, language model, compiled patterns.

    Each document is parsed in a process forked from this one, and what it loads there dies with it: measured on a
    500-word text, 30 ms a document without this call and 15 ms with it. The forked one calls it too, while it waits for
    its document: this writes to 757 of the 844 pages of memory that a text of 1,100 words has copied.
    """
    text = b"Ferry returns to service\n\nBy Ann Lee\n\nThe ferry sailed again on Thursday.\n"
    return parse(Document("warm.txt", text))


def _run(document: Document, limits: Limits, desk: DeskSettings, depth: int) -> tuple[tuple[ParsedStory, ...], str]:
    from parsing.registry import format_of  # noqa: PLC0415 - as above

    if not document.data:
        raise Rejected("The file is empty.", remedy="Drop the file again; the upload may have been cut off.")
    if len(document.data) > limits.document_bytes:
        raise Rejected(
            f"The file has {len(document.data):,} bytes; {limits.document_bytes:,} is the most.",
            remedy="Make the file smaller, or ask the operator to raise the limit.",
        )
    if depth > limits.nesting:
        raise Rejected("Files within files are nested too deep.", remedy="Drop the inner files by themselves.")

    def parse_nested(inner: Document) -> tuple[ParsedStory, ...]:
        return _run(inner, limits, desk, depth + 1)[0]

    chosen = format_of(document)
    return chosen.parse(document, Context(limits, parse_nested, desk.time_zone, desk.agencies)), chosen.name
