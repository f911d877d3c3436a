"""Whatever editors do, and however events are delayed and repeated: what holds at rest."""

import json
from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moto import mock_aws
from tests.support.newsroom import Happening, Newsroom

from publishing.feeds import refresh_feeds
from slugline.domain.identity import story_id
from slugline.drops import Outcome
from slugline.feed import SITE
from slugline.ports.stories import StoryHead
from slugline.site import folder

KEYS = ("river.md", "harbour.md")
WORDS = ("alpha", "bravo")
ACTS = st.lists(
    st.tuples(
        st.sampled_from(("drop", "drop", "embargo", "delete", "repeat", "tick")),
        st.sampled_from(KEYS),
        st.sampled_from(WORDS),
        st.booleans(),
    ),
    min_size=2,
    max_size=8,
)


@dataclass
class Editors:
    """They act; `wanted` is what each file's page must say in the end, None when the file is gone."""

    room: Newsroom
    wanted: dict[str, str | None] = field(default_factory=dict)
    late: list[Happening] = field(default_factory=list)

    def act(self, kind: str, key: str, word: str, *, delayed: bool) -> None:
        self.room.clock.advance(minutes=7)
        match kind:
            case "drop" | "embargo":
                self._keep(self.room.drop(key, self._text(kind, key, word), delayed=delayed), delayed=delayed)
                self.wanted[key] = word
            case "delete" if self.wanted.get(key):
                self._keep(self.room.delete(key, delayed=delayed), delayed=delayed)
                self.wanted[key] = None
            case "repeat" if self.room.happenings:
                self.room.send(self.room.happenings[-1])
            case "tick":
                self.room.tick()
        if not delayed:
            self.room.settle()

    def rest(self) -> None:
        """What was delayed arrives, the newest first; every embargo ends."""
        for happening in reversed(self.late):
            self.room.send(happening)
        self.room.settle()
        self.room.clock.advance(hours=3)
        self.room.tick()
        self.room.settle()

    def _keep(self, happening: Happening, *, delayed: bool) -> None:
        self.late.extend([happening] if delayed else [])

    def _text(self, kind: str, key: str, word: str) -> bytes:
        embargo = f"---\nembargo: {self.room.clock.moment.date()}T10:30:00Z\n---\n" if kind == "embargo" else ""
        return f"{embargo}# News of {key}\n\nThe {word} river rose on Monday.\n".encode()


def snapshot(room: Newsroom) -> dict[str, bytes]:
    return {key: room.site(key) for key in room.site_keys()}


def check_story(room: Newsroom, head: StoryHead, word: str | None) -> None:
    """Page, formats and feed show one version; a withdrawn story has left nothing but a tombstone."""
    entries = [entry for entry in room.services["render"].stories.feed(SITE, 100) if entry.story_id == head.story_id]
    assert head.current == head.latest
    assert [entry.version for entry in entries] == ([head.current] if head.first_published else [])
    if word is None:
        assert room.site_keys(f"stories/{head.story_id}/") == []
        assert all(entry.withdrawn and not entry.html for entry in entries)
    else:
        assert f"The {word} river" in room.site(head.path).decode()
        below = folder(head.story_id, head.current)
        assert json.loads(room.site(f"{below}story.json"))["version"] == head.current
        assert f"The {word} river" in room.site(f"{below}ninjs-3.1.json").decode()
        assert f"The {word} river" in entries[0].html
    if head.first_published:
        shown = room.s3.head_object(Bucket=room.outputs["SiteBucket"], Key=head.path)["Metadata"]["version"]
        assert int(shown) == head.current


def check(editors: Editors) -> None:
    room = editors.room
    table = room.services["parse"].stories
    for happening in room.happenings:
        drop = table.drop(happening.detail["object"]["key"], happening.detail["object"]["sequencer"])
        assert drop
        assert drop.outcome is not Outcome.WAITING
    for key, word in editors.wanted.items():
        head = table.head(story_id(None, key))
        # A file that was gone before anyone read it never became a story.
        assert head or word is None
        if head:
            check_story(room, head, word)
    before = snapshot(room)
    if before:
        services = room.services["render"]
        feeds = {feed for head in services.stories.recent_stories(100) for feed in head.feeds}
        refresh_feeds(services, feeds, "check", resumed=False)
        assert snapshot(room) == before, "the feeds are not what the table says"
    room.repeat_everything()
    room.settle()
    assert snapshot(room) == before, "a replay changed an output"
    assert room.dead_letters() == 0


# A sequence has its own stack, made inside it; the one function-scoped fixture only sets the environment.
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(acts=ACTS)
def test_at_rest_every_output_shows_what_the_editors_did_last(
    acts: list[tuple[str, str, str, bool]], environment: None
) -> None:
    assert environment is None
    with mock_aws():
        room = Newsroom()
        room.deploy()
        editors = Editors(room)
        for kind, key, word, delayed in acts:
            editors.act(kind, key, word, delayed=delayed)
        editors.rest()
        check(editors)
