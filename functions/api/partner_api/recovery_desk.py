"""What the API does with recoveries, apart from HTTP."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from partner_api.guard import found, new_id, sees
from partner_api.problem import Problem
from slugline.partners import ApiKey
from slugline.ports.clock import Clock
from slugline.ports.deliveries import Partners
from slugline.ports.messages import Messages
from slugline.recovery import LONGEST_WINDOW, MOST, Recoveries, Recovery, failed

PAGE = 500


@dataclass(frozen=True)
class RecoveryDesk:
    """Each method raises Problem; a key confined to a partner sees nothing else."""

    partners: Partners
    messages: Messages
    recoveries: Recoveries
    clock: Clock

    def start(self, key: ApiKey, endpoint_id: str, since: datetime, until: datetime | None) -> Recovery:
        """A recovery, which clock carries out. Failures that happen after its start are not counted."""
        endpoint = self.partners.endpoint(endpoint_id)
        endpoint = found(endpoint if endpoint and sees(key, endpoint.partner_id) else None, "endpoint")
        now = self.clock.now()
        until = min(until or now, now)
        if not now - LONGEST_WINDOW <= since < until:
            raise _refused(f"since: must lie before `until` and at most {LONGEST_WINDOW.days} days back.")
        recovery = Recovery(
            id=new_id("rcv"),
            endpoint_id=endpoint.id,
            partner_id=endpoint.partner_id,
            since=since,
            until=until,
            failures=self._count(endpoint_id, since, until),
            created_at=now,
            cursor=self.messages.since(endpoint_id, since),
        )
        self.recoveries.add_recovery(recovery)
        return recovery

    def get(self, key: ApiKey, recovery_id: str) -> Recovery:
        recovery = self.recoveries.recovery(recovery_id)
        return found(recovery if recovery and sees(key, recovery.partner_id) else None, "recovery")

    def _count(self, endpoint_id: str, since: datetime, until: datetime) -> int:
        cursor: str | None = self.messages.since(endpoint_id, since)
        count = 0
        while cursor:
            page = self.messages.page(endpoint_id, cursor=cursor, limit=PAGE, until=until)
            count += sum(failed(one.delivery) for one in page.items)
            if count > MOST:
                raise _refused(f"There are more than {MOST} failures in this window: choose a shorter one.")
            cursor = page.cursor
        return count


def _refused(detail: str) -> Problem:
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail)
