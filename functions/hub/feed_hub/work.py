"""One piece of work for one subscription: ask whether it is wanted, or send what changed."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from feed_hub.line import Line, NotNow
from slugline.deliveries import Outcome
from slugline.domain import subscription_states as states
from slugline.domain.delivery_states import Answer, RetryPolicy
from slugline.domain.hub_messages import confirmation_url, content_headers, denial_url
from slugline.model import Model
from slugline.ports.clock import Clock
from slugline.ports.deliveries import SecretBox
from slugline.ports.objects import ObjectMissing, ObjectStore
from slugline.ports.subscriptions import SubscriptionQueue, Subscriptions
from slugline.subscriptions import Subscription, SubscriptionPointer, Wish

TRIES = 5


class Done(Model):
    """What came of a piece of work, for the log. `answer` is None when nothing was sent, `fault` is what was wrong with
    us."""

    what: str
    subscription: Subscription
    answer: Answer | None = None
    fault: str | None = None


@dataclass(frozen=True)
class Worker:
    """The use case behind the queue. A subscriber's failure is a normal end; only our own faults raise."""

    subscriptions: Subscriptions
    queue: SubscriptionQueue
    site: ObjectStore
    secrets: SecretBox
    line: Line
    policy: RetryPolicy
    clock: Clock
    hub_url: str

    def work(self, pointer: SubscriptionPointer) -> Done | None:
        """None when there was nothing to do: unknown, not due, or in another worker's hands."""
        row = self.subscriptions.get(pointer.subscription_key, pointer.subscription_id)
        leased = row and states.lease(row, self.clock.now())
        if not row or not leased or not self.subscriptions.save(leased, row):
            return None
        try:
            return self._done(leased)
        except NotNow as wait:
            until, fault = wait.until, wait.fault
        self._settle(leased, lambda row: states.postponed(row, until, self.clock.now()))
        return Done(what="postponed", subscription=leased, fault=fault)

    def _done(self, leased: Subscription) -> Done:
        """Raises NotNow."""
        if leased.wish:
            return self._confirm(leased, leased.wish)
        if states.over(leased, self.clock.now()):
            self.subscriptions.remove(leased)
            return Done(what="lease over", subscription=leased)
        return self._distribute(leased)

    def _confirm(self, leased: Subscription, wish: Wish) -> Done:
        """Section 5.3: only a 2xx whose body is the challenge confirms."""
        answer = self.line.get(leased.host, confirmation_url(leased, wish))
        now = self.clock.now()
        if answer.outcome is Outcome.DELIVERED and answer.text == wish.challenge:
            self._settle(leased, lambda row: states.confirmed(row, wish, now), wish.mode, answer)
            return Done(what=f"{wish.mode} confirmed", subscription=leased, answer=answer)
        if answer.status is None:
            self._settle(leased, lambda row: states.unanswered(row, answer, self.policy, now), wish.mode, answer)
        else:
            self._settle(leased, lambda row: states.refused(row, now), wish.mode, answer)
        return Done(what=f"{wish.mode} not confirmed", subscription=leased, answer=answer)

    def _distribute(self, leased: Subscription) -> Done:
        """Section 7: the topic's bytes as they are now, so that a retry carries the newest."""
        try:
            content = self.site.get(leased.key)
        except ObjectMissing:
            return self._deny(leased, "This feed has ended.")
        sha256 = hashlib.sha256(content.body).hexdigest()
        if sha256 == leased.sent_sha256:
            self._settle(leased, lambda row: states.sent(row, leased, sha256, self.clock.now()))
            return Done(what="nothing new", subscription=leased)
        secret = self.secrets.open(leased.secret, leased.id) if leased.secret else None
        headers = content_headers(leased.topic, self.hub_url, content.content_type, content.body, secret)
        answer = self.line.post(leased.host, leased.callback, headers, content.body)
        now = self.clock.now()
        if answer.outcome is Outcome.DELIVERED:
            self._settle(leased, lambda row: states.sent(row, leased, sha256, now), "content", answer)
        elif answer.gone:
            self._settle(leased, lambda _row: None)
        else:
            self._settle(leased, lambda row: states.failed(row, answer, self.policy, now), "content", answer)
        return Done(what="content sent", subscription=leased, answer=answer)

    def _deny(self, leased: Subscription, reason: str) -> Done:
        """Section 5.2: a subscription may be denied at any point; what the subscriber says to that changes nothing."""
        answer = self.line.get(leased.host, denial_url(leased, reason))
        self._settle(leased, lambda _row: None)
        return Done(what="denied", subscription=leased, answer=answer)

    def _settle(
        self,
        leased: Subscription,
        end: Callable[[Subscription], Subscription | None],
        what: str = "",
        answer: Answer | None = None,
    ) -> None:
        """Write how it ended over the newest row, unless that is another's by now. None from `end` forgets it."""
        row: Subscription | None = leased
        for _ in range(TRIES):
            if row is None or not states.still_ours(row, leased):
                return
            after = end(row)
            if after and answer:
                after = states.noted(after, what, answer, self.clock.now())
            if self.subscriptions.save(after, row) if after else self.subscriptions.remove(row):
                self._hand_out(after)
                return
            row = self.subscriptions.get(leased.key, leased.id)

    def _hand_out(self, after: Subscription | None) -> None:
        delay = states.queue_delay(after, self.clock.now()) if after else None
        if after and delay is not None:
            self.queue.send([(after, max(delay, timedelta()))])
