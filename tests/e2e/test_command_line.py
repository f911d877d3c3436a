"""The command line against a runtime that it started itself."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from tests.e2e.conftest import SAMPLES, eventually
from tests.e2e.processes import descendants
from tests.support.hub_world import subscriber

pytestmark = pytest.mark.e2e

SLUGLINE = str(Path(sys.executable).with_name("slugline"))


@dataclass(frozen=True)
class Laptop:
    """A `slugline local` in its own process, watching a folder."""

    environment: dict[str, str]
    watched: Path
    addresses: dict[str, str]
    told: Path
    process: "subprocess.Popen[str]"

    def slugline(self, *arguments: str) -> str:
        return self.run(*arguments).stdout

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [SLUGLINE, *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
        assert done.returncode == 0, done.stderr
        return done

    def rows(self, *arguments: str) -> list[dict[str, str]]:
        return [json.loads(line) for line in self.slugline(*arguments, "--json").splitlines()]


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laptop]:
    watched = tmp_path_factory.mktemp("watched")
    environment = {**os.environ, "SLUGLINE_STATE": str(tmp_path_factory.mktemp("state"))}
    told = tmp_path_factory.mktemp("told") / "stderr.txt"
    command = [SLUGLINE, "local", "--json", "--watch", str(watched)]
    with (
        told.open("w") as stderr,
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=stderr, text=True) as process,  # noqa: S603 - as above
    ):
        assert process.stdout is not None
        try:
            yield Laptop(environment, watched, json.loads(process.stdout.readline()), told, process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)


def test_one_json_line_names_the_addresses(laptop: Laptop) -> None:
    assert {"endpoint", "region", "intake_bucket", "site", "api"} <= laptop.addresses.keys()


# First of those that drop something: a function that has seen settings looks again after half a minute.
def test_a_desk_setting_is_on_the_page_without_a_deploy(laptop: Laptop, tmp_path: Path) -> None:
    laptop.slugline("desk", "set", "site_name", "The Harbour Courier")
    article = tmp_path / "pier.txt"
    article.write_text("Pier opens to walkers\n\nBy Jane Roe\n\nBERGEN — The pier is open.\n")

    laptop.slugline("drop", str(article))

    row = eventually(lambda: [row for row in laptop.rows("stories") if row["state"] == "published"])[0]
    assert "The Harbour Courier" in eventually(lambda: httpx.get(row["page"], trust_env=False).text)
    assert "valid" in laptop.slugline("desk", "check")


def test_a_dropped_file_is_listed_as_published(laptop: Laptop, tmp_path: Path) -> None:
    article = tmp_path / "ferry.txt"
    article.write_text("Ferry line reopens\n\nBy Jane Roe\n\nBERGEN — The ferry sails again.\n")

    laptop.slugline("drop", str(article))

    published = eventually(
        lambda: [row for row in laptop.rows("stories") if (row["file"], row["state"]) == ("ferry.txt", "published")]
    )
    assert published[0]["page"].startswith(laptop.addresses["site"])


def test_a_complete_file_in_the_watched_folder_is_dropped(laptop: Laptop) -> None:
    sample = (SAMPLES / "text" / "us-equipment-pakistan.txt").read_bytes()

    (laptop.watched / "pakistan.txt").write_bytes(sample)

    eventually(lambda: [row for row in laptop.rows("stories") if row["file"] == "pakistan.txt"])


def test_a_bad_file_is_listed_in_quarantine_with_its_remedy(laptop: Laptop, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()

    laptop.slugline("drop", str(empty))

    (row,) = eventually(lambda: laptop.rows("quarantine"))
    assert row["file"] == "empty.txt"
    assert row["reason"]
    assert row["remedy"]


def test_a_filter_is_tried_on_a_story_of_the_stack(laptop: Laptop) -> None:
    (story,) = eventually(lambda: [row for row in laptop.rows("stories") if row["file"] == "ferry.txt"])

    (row,) = laptop.rows("partners", "test-filter", '{"desk": [""]}', story["id"], "--type", "story.published")

    assert row["verdict"] == "matches"


def test_that_loopback_endpoints_are_allowed_is_said_wherever_partners_are_listed(laptop: Laptop) -> None:
    assert "AllowLoopbackEndpoints" in laptop.run("partners", "list").stderr


def test_what_a_partner_lacks_is_found_and_what_failed_is_sent_once_more(laptop: Laptop, tmp_path: Path) -> None:
    (partner,) = laptop.rows("partners", "add", "Forgetful", "http://127.0.0.1:9/")
    held = tmp_path / "held.json"
    held.write_text('[{"id": "never-heard-of", "version": 3}]')

    begun = laptop.slugline("partners", "recover", partner["id"], "--since", "2h")
    differences = laptop.rows("partners", "reconcile", partner["id"], str(held), "--send")
    laptop.slugline("partners", "remove", partner["partner"])

    assert {"id": "never-heard-of", "difference": "unknown"}.items() <= differences[0].items()
    assert all(row["delivery_id"] for row in differences if row["difference"] == "missing")
    assert "missing" in {row["difference"] for row in differences}
    assert "0 failed messages are sent once more" in begun


def test_who_subscribed_to_a_feed_is_listed(laptop: Laptop) -> None:
    topic = f"{laptop.addresses['site']}/feeds/atom.xml"
    with subscriber() as peer:
        peer.expects.add(("subscribe", topic))
        form = {"hub.mode": "subscribe", "hub.topic": topic, "hub.callback": peer.callback}
        eventually(lambda: httpx.post(f"{laptop.addresses['api']}/hub", data=form, trust_env=False).is_success)

        (row,) = eventually(
            lambda: [row for row in laptop.rows("feeds", "subscribers") if row["last_result"] == "subscribe: 200"]
        )

    assert (row["feed"], row["callback"], row["state"]) == (topic, peer.callback, "active")
    assert laptop.rows("feeds", "subscribers", "--feed", "nowhere") == []


def test_a_delivery_to_a_deaf_partner_is_listed_alerted_and_can_be_replayed(laptop: Laptop, tmp_path: Path) -> None:
    (partner,) = laptop.rows("partners", "add", "Deaf", "http://127.0.0.1:9/")
    article = tmp_path / "deaf.txt"
    article.write_text("Bridge closes for repairs\n\nBy Jane Roe\n\nOSLO — The bridge is closed.\n")
    laptop.slugline("drop", str(article))

    delivery = eventually(lambda: [row for row in laptop.rows("deliveries") if row["last"] == "connect"])[0]
    eventually(lambda: "Deaf: the endpoint http://127.0.0.1:9/ takes no deliveries." in laptop.told.read_text())
    assert {"number": 1, "outcome": "connect"}.items() <= laptop.rows("attempts", delivery["id"])[-1].items()
    laptop.slugline("replay", delivery["id"])
    laptop.slugline("partners", "remove", partner["partner"])

    assert laptop.rows("partners", "list") == []


def test_a_stopped_runtime_leaves_no_process_and_no_state(laptop: Laptop) -> None:
    family = descendants(laptop.process.pid)
    assert any("ministack" in command for command in family.values())

    laptop.process.send_signal(signal.SIGTERM)

    assert laptop.process.wait(timeout=20) == 0
    assert not family.keys() & descendants(1).keys()
    assert not (Path(laptop.environment["SLUGLINE_STATE"]) / "runtime.json").exists()
