"""Calls of AWS side by side."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

_CONNECTIONS = 8
"""S3 calls at once; as many as boto3's pool keeps open with room to spare."""


def all_at_once(calls: Iterable[Callable[[], None]]) -> None:
    """Make the calls; the first failure is raised."""
    with ThreadPoolExecutor(_CONNECTIONS) as pool:
        for done in [pool.submit(call) for call in calls]:
            done.result()
