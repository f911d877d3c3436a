"""ETag and Last-Modified of a feed, as a reader that polls it over HTTP sees them."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
import pytest
from tests.e2e.conftest import Newsroom, eventually

pytestmark = pytest.mark.e2e

FORMS = ("rss.xml", "atom.xml", "feed.json", "index.html")


def story(headline: str, author: str) -> bytes:
    return f"{headline}\n\nBy {author}\n\nOSLO, Norway — The harbour was reopened on Sunday.\n".encode()


def test_a_feeds_etag_and_last_modified_change_exactly_when_a_story_of_it_does(newsroom: Newsroom) -> None:
    feed = f"{newsroom.stack.site}/feeds/authors/etta-quill"

    def poll(form: str, etag: str = "") -> httpx.Response:
        return httpx.get(f"{feed}/{form}", headers={"If-None-Match": etag} if etag else {}, trust_env=False)

    def polls_with(headline: str) -> dict[str, httpx.Response] | None:
        answers = {form: poll(form) for form in FORMS}
        return answers if all(headline in answer.text for answer in answers.values()) else None

    def validators(answers: dict[str, httpx.Response]) -> dict[str, tuple[str, str]]:
        return {form: (one.headers["etag"], one.headers["last-modified"]) for form, one in answers.items()}

    newsroom.drop("validators/etta.txt", story("Quay gets a crane", "Etta Quill"))
    first = eventually(lambda: polls_with("Quay gets a crane"))

    newsroom.drop("validators/other.txt", story("Bridge gets a lamp", "Olaf Brandt"))
    newsroom.told(newsroom.published("validators/other.txt"))

    assert validators({form: poll(form) for form in FORMS}) == validators(first)
    for form, (etag, _) in validators(first).items():
        again = poll(form, etag)
        assert (again.status_code, again.content) == (304, b""), form
        assert again.headers["etag"] == etag, form

    newest = max(parsedate_to_datetime(modified) for _, modified in validators(first).values())
    eventually(lambda: (datetime.now(UTC) - newest).total_seconds() >= 1)
    newsroom.drop("validators/etta.txt", story("Quay gets two cranes", "Etta Quill"))
    eventually(lambda: polls_with("Quay gets two cranes"))

    for form, (etag, modified) in validators(first).items():
        changed = poll(form, etag)
        assert changed.status_code == 200, form
        assert changed.headers["etag"] != etag, form
        assert parsedate_to_datetime(changed.headers["last-modified"]) > parsedate_to_datetime(modified), form
