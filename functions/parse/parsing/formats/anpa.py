"""Wire text for teleprinters' heirs: ANPA Bulletin 1312 and IPTC Recommendation 7901."""

from parsing.document import Context, Document, ParsedStory
from parsing.wire.anpa_header import is_anpa, is_iptc_7901


class Anpa:
    name = "anpa"

    def detect(self, document: Document) -> bool:
        return is_anpa(document.data) or is_iptc_7901(document.data)

    def parse(self, document: Document, context: Context) -> tuple[ParsedStory, ...]:
        # Imported here since detection must not pay for the reader.
        from parsing.wire.anpa import stories_of  # noqa: PLC0415 - loaded when such a document comes

        return stories_of(document.data, context)


FORMAT = Anpa()
