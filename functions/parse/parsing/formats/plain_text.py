"""Plain text: articles as they are copied out of pages, mails and wires."""

from parsing.document import Context, Document, ParsedStory, Rejected
from parsing.text.article import read
from parsing.text.charset import SAMPLE, decode
from parsing.text.story import story_of

OTHERS = frozenset(
    (".doc", ".docx", ".odt", ".pdf", ".rtf", ".zip", ".xml", ".htm", ".html", ".json", ".js", ".css", ".jpg", ".jpeg",
     ".png", ".gif", ".tif", ".tiff", ".webp", ".heic", ".avif")
)  # fmt: skip
"""Of a file so called, a few words are what is left of a damaged document rather than a flash."""
FEWEST_WORDS = 8


class PlainText:
    name = "plain_text"

    def detect(self, document: Document) -> bool:
        """Whether the head of the data is text in some encoding. A cut character at its end does not count."""
        head = document.data[:SAMPLE]
        return any(decode(head[: len(head) - cut]) for cut in range(4))

    def parse(self, document: Document, context: Context) -> tuple[ParsedStory, ...]:
        """One story. Raises Rejected for text over the limit, without any word, or that no encoding reads."""
        if len(document.data) > context.limits.text_bytes:
            raise Rejected(
                f"The text has {len(document.data):,} bytes; one article may have {context.limits.text_bytes:,}.",
                remedy="Split the file into one file per article.",
            )
        decoded = decode(document.data)
        if decoded is None:
            raise Rejected(
                "The bytes of the file are text in no encoding that Slugline knows.",
                remedy="Save the file as UTF-8 and drop it again.",
            )
        if not any(map(str.isalnum, decoded.text)):
            raise Rejected("The file has no words.", remedy="Drop the file again with the article in it.")
        story = story_of(read(decoded.text), context.time_zone)
        damaged = document.suffix in OTHERS and len(decoded.text.split()) < FEWEST_WORDS
        if not story.headline or damaged:
            raise Rejected(
                "Nothing in the file reads like an article: it has only labels of a page or of pictures.",
                remedy="Drop the file again with the article's own text in it.",
            )
        return (ParsedStory(story=story, encoding=decoded.encoding),)


FORMAT = PlainText()
