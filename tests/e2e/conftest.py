"""The whole service on this machine, once for all tests here."""

import itertools
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import httpx
import pytest

from slugline.drops import Drop, Outcome
from slugline.ports.stories import StoryHead
from slugline_local.demo.receiver import Received, Receiver, receiver
from slugline_local.runtime.session import Options, runtime
from slugline_local.runtime.state import Running
from slugline_local.stack import Stack, of_laptop

SAMPLES = Path(__file__).parents[1] / "samples"
_PATIENCE_SECONDS = 60.0
_REDELIVERY_SECONDS = 6
Found = TypeVar("Found")


def eventually(look: Callable[[], Found], seconds: float = _PATIENCE_SECONDS) -> Found:
    """What `look` finds once it finds something."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, f"not within {seconds:.0f} s"
        time.sleep(0.05)
    return found


@dataclass
class Newsroom:
    """The running service, seen from outside."""

    running: Running
    stack: Stack
    partner: Receiver
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def article(self, headline: str) -> bytes:
        """An article that nobody dropped before."""
        number = next(self._numbers)
        return (
            f"{headline} {number}\n\nBy Jane Roe\n\nOSLO, Norway — The harbour was reopened, take {number}.\n".encode()
        )

    def drop(self, key: str, body: bytes) -> None:
        self.stack.aws.s3.put_object(Bucket=self.stack.intake_bucket, Key=key, Body=body)

    def outcome(self, key: str) -> Drop:
        """What became of the file, once something did."""
        return eventually(lambda: next((one for one in self._drops() if one.key == key), None))

    def published(self, key: str) -> StoryHead:
        """The file's story, once readers see it."""
        return eventually(lambda: next((one for one in self._heads() if _is_published(one, key)), None))

    def page(self, head: StoryHead) -> httpx.Response:
        return httpx.get(f"{self.stack.site}/{head.path}", trust_env=False)

    def told(self, head: StoryHead) -> Received:
        """The webhook about the story, once the partner has verified it."""
        return eventually(
            lambda: next((one for one in self.partner.verified if one.payload["data"]["id"] == head.story_id), None)
        )

    def _drops(self) -> list[Drop]:
        return self.stack.stories.recent_drops(tuple(Outcome), 500)

    def _heads(self) -> list[StoryHead]:
        return self.stack.stories.recent_stories(500)


def _is_published(head: StoryHead, key: str) -> bool:
    return head.source_key == key and head.current == head.latest and head.first_published is not None


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """The service with one partner."""
    with pytest.MonkeyPatch.context() as patch, receiver() as partner:
        patch.setenv("SLUGLINE_STATE", str(tmp_path_factory.mktemp("state")))
        options = Options(redelivery_seconds=_REDELIVERY_SECONDS)
        with runtime(options, lambda _step: None) as running, closing(of_laptop(running)) as stack:
            made = stack.api.create_partner("Daily Example")
            partner.secret = stack.api.create_endpoint(made["id"], partner.url)["secret"]
            yield Newsroom(running, stack, partner)
