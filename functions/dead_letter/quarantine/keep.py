"""A dead letter gets its row."""

from collections.abc import Sequence
from dataclasses import dataclass

from quarantine.message import GivenUp
from quarantine.subject import Subject, subject_of
from slugline.dead_letters import DeadLetter, Failure, Route
from slugline.deliveries import delivery_key
from slugline.ports.clock import Clock
from slugline.ports.dead_letters import DeadLetters
from slugline.ports.deliveries import Partners
from slugline.ports.objects import ObjectStore
from slugline.ports.stories import StoryTable
from slugline.runtime.failures import STOPPED
from slugline.runtime.telemetry import logger


@dataclass(frozen=True)
class Keeper:
    """Keeps the message in the archive, then writes its row: once the row is there, the message may go."""

    letters: DeadLetters
    archive: ObjectStore
    stories: StoryTable
    partners: Partners
    clock: Clock
    routes: Sequence[Route]

    def keep(self, message: GivenUp) -> DeadLetter:
        """The row, the same however often it is repeated. Raises what the table or the archive raises."""
        subject = subject_of(message.body)
        failure = _undelivered(message) if message.target else self.letters.noted(message.message_id) or STOPPED
        step, destination = self._way_back(message)
        body = message.body.encode()
        file, partner = self._names(subject)
        letter = DeadLetter(
            # One row for a day's ticks of a schedule: redriving one of them does the work of all.
            id=f"{step}-{subject.tick_of}" if subject.tick_of else message.row_id,
            step=step,
            destination=destination,
            group=message.group,
            bytes=len(body),
            what=subject.what,
            file=file,
            story_id=subject.story_id,
            version=subject.version,
            partner=partner,
            correlation_id=subject.correlation_id,
            reason=failure.reason,
            remedy=failure.remedy,
        )
        self.archive.put(letter.body_key, body, content_type="text/plain; charset=utf-8")
        self.letters.record(letter, message.message_id, self.clock.now())
        return letter

    def _way_back(self, message: GivenUp) -> tuple[str, str]:
        """The step, and the queue or bus that the message goes back to."""
        for route in self.routes:
            if message.queue == route.dead_letters or message.target == route.queue:
                return route.step, route.queue
        # What a rule hands to a topic has no queue: the event goes back to the bus, which its rule's ARN names.
        before, _, rule = message.rule.partition(":rule/")
        return "eventbridge", f"{before}:event-bus/{rule.partition('/')[0]}"

    def _names(self, subject: Subject) -> tuple[str | None, str | None]:
        """The file and the partner's name."""
        try:
            return self._file(subject), self._partner(subject)
        except Exception:
            # Names help whoever reads the row; the row is what must be, even of a message that names impossible things.
            logger.exception("The names for a dead letter could not be read.")
            return subject.file, None

    def _file(self, subject: Subject) -> str | None:
        if subject.file or not subject.story_id or not subject.version:
            return subject.file
        row = self.stories.version(subject.story_id, subject.version)
        return row.source_key if row else None

    def _partner(self, subject: Subject) -> str | None:
        if not subject.delivery_id:
            return None
        endpoint = self.partners.endpoint(delivery_key(subject.delivery_id).endpoint_id)
        partner = self.partners.partner(endpoint.partner_id) if endpoint else None
        return partner.name if partner else None


def _undelivered(message: GivenUp) -> Failure:
    """EventBridge's own reason."""
    target = message.target.rpartition(":")[2]
    return Failure(
        reason=f"EventBridge could not hand the event to {target}: {message.error or message.error_code}",
        remedy="See that it is there and that QueuePolicy or EndpointAlertTopicPolicy lets the rule send; redrive.",
    )
