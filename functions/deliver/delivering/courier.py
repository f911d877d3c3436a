"""A batch of deliveries, sent side by side."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from delivering.attempt import Attempter, Prepared, Sending
from slugline.deliveries import Delivery, Pointer
from slugline.domain.circuit import SLOW
from slugline.domain.delivery_states import Answer
from slugline.outbound.proxy import ProxyDown

SLOW_SECONDS = SLOW.total_seconds()
Result = Delivery | None | Exception
"""The row afterwards, None where there was nothing to do, an exception for a fault of ours."""
Asking = asyncio.Task[Answer | Exception]


class Sender(Protocol):
    async def ask(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Answer: ...

    async def close(self) -> None: ...


Report = Callable[[ProxyDown], None]


def _ignore(_fault: ProxyDown) -> None:
    """For who has no proxy."""


class Courier:
    """Sends what the attempter has prepared, and lets it record each answer as it comes: who hangs delays nobody else.

    The event loop lives as long as the container, and with it the connections to partners. What waits for AWS runs in a
    thread while others are still under way, and in the loop itself when nobody is.
    """

    def __init__(
        self, attempter: Attempter, sender: Sender, slow_seconds: float = SLOW_SECONDS, report: Report = _ignore
    ) -> None:
        self._report = report
        self._attempter = attempter
        self._sender = sender
        self._slow_seconds = slow_seconds
        self._loop = asyncio.new_event_loop()

    def __del__(self) -> None:
        self.close()

    def deliver(self, pointers: Sequence[Pointer]) -> list[Result]:
        """What has become of each. Raises what the table raises when it can be asked for none of them."""
        prepared = self._attempter.prepare(pointers)
        if any(isinstance(each, Sending) for each in prepared):
            return self._loop.run_until_complete(self._sent(prepared))
        return [None if isinstance(each, Sending) else each for each in prepared]

    def close(self) -> None:
        """Close the event loop and the connections to partners. A container that ends closes them too."""
        if not self._loop.is_closed():
            self._loop.run_until_complete(self._sender.close())
            self._loop.close()

    async def _sent(self, prepared: list[Prepared]) -> list[Result]:
        results: list[Result] = [None if isinstance(each, Sending) else each for each in prepared]
        sendings = {index: each for index, each in enumerate(prepared) if isinstance(each, Sending)}
        # Connections that partners have closed since the last batch are seen as such from here on.
        await asyncio.sleep(0)
        tasks = {self._loop.create_task(self._answer(sending)): index for index, sending in sendings.items()}
        pending = set(tasks)
        slow_at: float | None = self._loop.time() + self._slow_seconds
        while pending:
            timeout = None if slow_at is None else max(slow_at - self._loop.time(), 0)
            done, pending = await asyncio.wait(pending, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
            if done:
                answered = [(tasks[task], sendings[tasks[task]], task.result()) for task in done]
                finished = self._finish(answered) if not pending else await asyncio.to_thread(self._finish, answered)
                for index, result in finished:
                    results[index] = result
            else:
                slow_at = None
                suspected = await asyncio.to_thread(self._suspect, {task: sendings[tasks[task]] for task in pending})
                for task, after in suspected.items():
                    if isinstance(after, Sending):
                        sendings[tasks[task]] = after
                    else:
                        results[tasks[task]] = after
                        pending.remove(task)
                        task.cancel()
        return results

    async def _answer(self, sending: Sending) -> Answer | Exception:
        try:
            return await self._sender.ask("POST", sending.endpoint.url, sending.headers, sending.body)
        except Exception as error:  # one message's fault, reported as that message's
            return error

    def _finish(self, answered: list[tuple[int, Sending, Answer | Exception]]) -> list[tuple[int, Result]]:
        return [(index, self._finished(sending, answer)) for index, sending, answer in answered]

    def _finished(self, sending: Sending, answer: Answer | Exception) -> Result:
        try:
            if isinstance(answer, ProxyDown):
                self._report(answer)
                return self._attempter.postpone(sending)
            if isinstance(answer, Exception):
                return answer
            return self._attempter.finish(sending, answer)
        except Exception as error:  # one message's fault, reported as that message's
            return error

    def _suspect(self, waiting: dict[Asking, Sending]) -> dict[Asking, Sending | Result]:
        """What is waited for on, or what became of those that are not."""
        return {task: self._suspected(sending) for task, sending in waiting.items()}

    def _suspected(self, sending: Sending) -> Sending | Result:
        try:
            return self._attempter.suspect(sending)
        except Exception as error:  # one message's fault, reported as that message's
            return error
