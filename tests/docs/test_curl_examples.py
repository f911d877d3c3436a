"""The curl commands of the guides are run, by curl, against the API on localhost."""

import json
import os
import re
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from tests.support.api_caller import TAKEN, Caller
from tests.support.api_wsgi import wsgi
from tests.support.hub_world import SITE_URL

from slugline.deliveries import Outcome
from slugline.domain.delivery_states import Answer
from slugline.ports.clock import SystemClock

DOCS = Path(__file__).parents[2] / "docs"
DOWN = Answer(outcome=Outcome.STATUS, ms=1, status=503)


def commands(guide: str) -> list[str]:
    """The indented blocks that begin with curl."""
    text = (DOCS / guide).read_text(encoding="utf-8")
    blocks = re.findall(r"(?:^ {4}.*\n)+", text, re.MULTILINE)
    lines = [line.strip() for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    return [line for line in lines if line.startswith("curl ")]


class Silent(WSGIRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        """Tests read no access log."""


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    """A service in which a story was withdrawn and a message failed, behind $API."""
    caller = Caller()
    caller.world.clock.time = SystemClock().now()
    partner = caller.partner()
    endpoint = caller.endpoint(partner)["id"]
    for story in ("s1", "s2"):
        caller.world.publish(story_id=story)
        caller.world.deliver()
    caller.world.withdraw(2)
    caller.world.deliver()
    caller.world.sender.answers = [TAKEN] * len(caller.world.sender.sent) + [DOWN]
    caller.world.publish(story_id="s3")
    caller.world.deliver()
    with make_server("127.0.0.1", 0, wsgi(caller.api), handler_class=Silent) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield os.environ | {
            "HUB": f"http://127.0.0.1:{server.server_port}/hub",
            "SITE": SITE_URL,
            "CALLBACK": "https://partner.example/news",
            "API": f"http://127.0.0.1:{server.server_port}",
            "KEY": caller.key,
            "PARTNER": partner,
            "ENDPOINT": endpoint,
            "DELIVERY": caller.world.rows()[-1].id,
            "RECOVERY": start_recovery(caller, endpoint),
            "NO_PROXY": "127.0.0.1",
        }
        server.shutdown()
        thread.join()


def start_recovery(caller: Caller, endpoint: str) -> str:
    route = f"POST /v1/endpoints/{endpoint}/recoveries"
    since = caller.world.clock.now().strftime("%Y-%m-%dT00:00:00Z")
    return str(caller.call(route, {"since": since})[1]["id"])


@pytest.mark.parametrize("guide", ["partner.md", "operator.md"])
def test_each_curl_command_of_a_guide_is_answered_without_an_error(guide: str, environment: dict[str, str]) -> None:
    assert commands(guide), "no command was found"
    for command in commands(guide):
        shell = f"{command} --silent --show-error --write-out '\\n%{{http_code}}'"
        # S602: the guides' own commands, whose variables the shell puts in.
        done = subprocess.run(shell, shell=True, env=environment, capture_output=True, text=True, check=False)  # noqa: S602 - the guides are shell
        body, _, status = done.stdout.rpartition("\n")

        assert status[:1] == "2", f"{command}\n{done.stderr}{body}"
        if ".csv" not in command and "$HUB" not in command and body:
            json.loads(body)
