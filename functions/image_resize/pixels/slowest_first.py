"""The order of a picture's encodes."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from itertools import count
from queue import PriorityQueue


class SlowestFirst:
    """Makes calls in the threads of a pool: of those that wait, the one that takes longest is next.

    The last to end is a short one then, and no core is idle for long beside it.
    """

    def __init__(self, pool: Executor) -> None:
        self._pool = pool
        self._waiting: PriorityQueue[tuple[float, int, Call]] = PriorityQueue()
        self._number = count()

    def submit(self, cost: float, call: Callable[[], bytes]) -> "Future[bytes]":
        """`cost` need only compare with others'."""
        made: Future[bytes] = Future()
        self._waiting.put((-cost, next(self._number), (made, call)))
        self._pool.submit(self._make_next)
        return made

    def _make_next(self) -> None:
        _, _, (made, call) = self._waiting.get_nowait()
        try:
            made.set_result(call())
        except BaseException as error:
            made.set_exception(error)


Call = tuple[Future[bytes], Callable[[], bytes]]
