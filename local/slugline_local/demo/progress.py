"""What happened since one looked last, in words."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from slugline.drops import Outcome
from slugline_local.demo.receiver import Receiver
from slugline_local.stack import Stack


@dataclass
class Progress:
    """Looks at the table and at the partner; tells each thing once."""

    stack: Stack
    partner: Receiver
    _told: set[str] = field(default_factory=set)

    def news(self) -> Iterator[str]:
        """Lines about what is new."""
        for line in self._lines():
            if line not in self._told:
                self._told.add(line)
                yield line

    def _lines(self) -> Iterator[str]:
        drops = self.stack.stories.recent_drops(tuple(Outcome), 100)
        yield from (f"parsed {drop.key}: {drop.outcome}" for drop in drops)
        yield from (f"published {page}" for page in self.published())
        yield from (
            f"webhook verified: {told.payload['type']} {told.headers['webhook-id']}" for told in self.partner.verified
        )

    def published(self) -> list[str]:
        """The addresses of the article pages that readers see."""
        heads = self.stack.stories.recent_stories(100)
        return [f"{self.stack.site}/{head.path}" for head in heads if head.first_published]

    def quarantined(self) -> list[str]:
        """The files that will not be published, with the reason."""
        drops = self.stack.stories.recent_drops((Outcome.QUARANTINED,), 100)
        return [f"{drop.key}: {drop.reason}" for drop in drops]
