"""What a partner lacks is sent: reconciliation's other half."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from partner_api.views import Difference, StoryDifference
from slugline.deliveries import Delivery, DeliveryState
from slugline.domain import delivery_states as states
from slugline.partners import Endpoint, EventType
from slugline.ports.clock import Clock
from slugline.ports.deliveries import Deliveries, DeliveryQueue
from slugline.ports.objects import ObjectMissing
from slugline.webhooks.telling import Message, Teller


class PastMessages(Protocol):
    """Messages about what readers see now, for who was never sent them; None about what they do not see."""

    def publication(self, story_id: str, version: int, *, first: bool) -> Message | None: ...

    def withdrawal(self, story_id: str, version: int) -> Message | None: ...


@dataclass(frozen=True)
class Mender:
    """Sends once more what was sent, and for the first time what was published before the endpoint was made."""

    deliveries: Deliveries
    queue: DeliveryQueue
    clock: Clock
    messages: PastMessages

    def mend(self, endpoint: Endpoint, found: StoryDifference) -> StoryDifference:
        """The difference with the id of the delivery that mends it; without, where there is nothing to be sent."""
        if found.version is None:
            return found
        row = next(iter(self.deliveries.of_story(endpoint.id, found.id)), None)
        if row and row.version == found.version:
            self._replay(row)
        else:
            row = self._tell(endpoint, found, found.version)
        return found.model_copy(update={"delivery_id": row.id}) if row else found

    def _replay(self, row: Delivery) -> None:
        if row.state is not DeliveryState.PENDING:
            again = states.replay(row, self.clock.now())
            if self.deliveries.save(again, row):
                self.queue.send([(again, timedelta())])

    def _tell(self, endpoint: Endpoint, found: StoryDifference, version: int) -> Delivery | None:
        if found.difference is Difference.WITHDRAWN:
            message = self.messages.withdrawal(found.id, version)
        else:
            message = self.messages.publication(found.id, version, first=found.difference is Difference.MISSING)
        if message is None:
            return None
        if message.type is not EventType.WITHDRAWN:
            # Before the message is on its way: a withdrawal in between finds who is to hear of it.
            self.deliveries.told(found.id, {endpoint.id, endpoint.partner_id})
        try:
            (row,) = Teller(self.deliveries, self.queue, self.clock).tell([endpoint], message)
        except ObjectMissing:  # withdrawn meanwhile, and swept from the site
            return None
        return row
