"""What the API does with deliveries, apart from HTTP."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import partial
from http import HTTPStatus

from partner_api.bodies import ShownBodies
from partner_api.guard import found, page_of, sees
from partner_api.problem import Problem
from partner_api.views import Acknowledged
from slugline.deliveries import Attempt, Delivery
from slugline.domain import delivery_states as states
from slugline.partners import ApiKey
from slugline.ports.clock import Clock
from slugline.ports.deliveries import BadCursor, Deliveries, DeliveryQueue, Page, Partners
from slugline.recovery import failed

PAGES_LOOKED_THROUGH = 10
TRIES = 5
ATTEMPT_NUMBER = re.compile(r"[1-9][0-9]{0,7}")


class StateFilter(StrEnum):
    """A state of deliveries; `failed` are those given up, and those that wait after a failed attempt."""

    PENDING = "pending"
    HELD = "held"
    DELIVERED = "delivered"
    EXHAUSTED = "exhausted"
    SUPERSEDED = "superseded"
    CANCELED = "canceled"
    FAILED = "failed"

    def takes(self, delivery: Delivery) -> bool:
        return failed(delivery) if self is StateFilter.FAILED else delivery.state == self.value


@dataclass(frozen=True)
class DeliveryDesk:
    """Each method raises Problem; a key confined to a partner sees nothing else."""

    partners: Partners
    deliveries: Deliveries
    queue: DeliveryQueue
    bodies: ShownBodies
    clock: Clock

    def list(
        self, key: ApiKey, endpoint_id: str, state: StateFilter | None, cursor: str | None, limit: int
    ) -> Page[Delivery]:
        """An endpoint's deliveries, newest first. With a state, a page may hold fewer than `limit`, even none."""
        self._check_endpoint(key, endpoint_id)
        chosen: list[Delivery] = []
        for _ in range(PAGES_LOOKED_THROUGH):
            page = page_of(partial(self.deliveries.of_endpoint, endpoint_id, cursor=cursor, limit=limit - len(chosen)))
            chosen += [row for row in page.items if state is None or state.takes(row)]
            cursor = page.cursor
            if cursor is None or len(chosen) == limit:
                break
        return Page[Delivery](items=tuple(chosen), cursor=cursor)

    def get(self, key: ApiKey, delivery_id: str) -> Delivery:
        delivery = self.deliveries.get(delivery_id)
        return found(delivery if delivery and sees(key, delivery.partner_id) else None, "delivery")

    def read(self, key: ApiKey, delivery_id: str, api_url: str) -> tuple[Delivery, str]:
        """The delivery with the body that would be sent now, signed links to the API at `api_url` in it."""
        delivery = self.get(key, delivery_id)
        endpoint = self.partners.endpoint(delivery.endpoint_id) if delivery.licensed else None
        (body,) = self.bodies.of(endpoint, [delivery], api_url) if endpoint else [delivery.body]
        return delivery, body

    def attempts(self, key: ApiKey, delivery_id: str, cursor: str | None, limit: int) -> Page[Attempt]:
        """All attempts at a delivery, newest first: those in its row, then those kept beside it."""
        delivery = self.get(key, delivery_id)
        return page_of(partial(self._attempts, delivery, cursor, limit))

    def _attempts(self, delivery: Delivery, cursor: str | None, limit: int) -> Page[Attempt]:
        if cursor is not None and not ATTEMPT_NUMBER.fullmatch(cursor):
            raise BadCursor("this cursor is none that this list gave out")
        rest = [one for one in reversed(delivery.attempts) if cursor is None or one.number < int(cursor)]
        oldest = rest[-1].number if rest else int(cursor or 1)
        if len(rest) <= limit and oldest > 1:  # one more than is shown tells whether there are more
            rest += self.deliveries.older_attempts(delivery.id, oldest, limit + 1 - len(rest))
        shown = tuple(rest[:limit])
        return Page[Attempt](items=shown, cursor=str(shown[-1].number) if len(rest) > limit else None)

    def replay(self, key: ApiKey, delivery_id: str) -> Delivery:
        """Send once more, now, whatever became of it before."""
        delivery = self.get(key, delivery_id)
        self._check_endpoint(key, delivery.endpoint_id)
        again = states.replay(delivery, self.clock.now())
        if not self.deliveries.save(again, delivery):
            raise Problem(HTTPStatus.CONFLICT, "The delivery is being sent at this moment: try again.")
        self.queue.send([(again, timedelta())])
        return again

    def acknowledge(self, key: ApiKey, endpoint_id: str, ids: Iterable[str]) -> Acknowledged:
        """The partner says that it has these messages: they are sent no more. Said again, it changes nothing."""
        self._check_endpoint(key, endpoint_id)
        told = {one: self._acknowledged(endpoint_id, one) for one in ids}
        return Acknowledged(
            acknowledged=tuple(one for one, known in told.items() if known),
            unknown=tuple(one for one, known in told.items() if not known),
        )

    def _acknowledged(self, endpoint_id: str, delivery_id: str) -> bool:
        """False when the endpoint has no such message."""
        for _ in range(TRIES):
            row = self.deliveries.get(delivery_id)
            if row is None or row.endpoint_id != endpoint_id:
                return False
            if row.acknowledged_at or self.deliveries.save(states.acknowledge(row, self.clock.now()), row):
                return True
        raise Problem(HTTPStatus.CONFLICT, f"The delivery {delivery_id} is being sent at this moment: try again.")

    def _check_endpoint(self, key: ApiKey, endpoint_id: str) -> None:
        endpoint = self.partners.endpoint(endpoint_id)
        found(endpoint if endpoint and sees(key, endpoint.partner_id) else None, "endpoint")
