"""Links that are signed, expire, and can be made by nobody else."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from slugline.domain.file_links import LIFE, FileLink, is_genuine, signature, signed

KEY = bytes(range(32))
LINK = FileLink(endpoint_id="ep_1", story_id="s1", version=2, licence="0a1b", name="ninjs-3.1.json")
moments = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the bounds are naive, by Hypothesis's contract
texts = st.text(min_size=1, max_size=20)
links = st.builds(FileLink, endpoint_id=texts, story_id=texts, version=st.integers(1, 10**6), licence=texts, name=texts)


def parts(link: FileLink, now: datetime) -> tuple[int, str]:
    """Expiry and signature of the link as it is given out."""
    query = parse_qs(urlsplit(signed(link, KEY, now)).query)
    return int(query["expires"][0]), query["signature"][0]


def test_a_link_is_genuine_as_it_was_given_out() -> None:
    expires, given_signature = parts(LINK, datetime(2026, 11, 23, 12, 0, tzinfo=UTC))

    assert is_genuine(LINK, KEY, expires, given_signature)
    assert not is_genuine(LINK, KEY, expires + 1, given_signature)
    assert not is_genuine(LINK, KEY[::-1], expires, given_signature)
    assert not is_genuine(LINK, KEY, expires, "")
    assert not is_genuine(LINK, KEY, expires, "\ud800é")


@given(links, links)
def test_no_two_links_have_one_signature(one: FileLink, another: FileLink) -> None:
    assert (signature(one, KEY, 1) == signature(another, KEY, 1)) == (one == another)


@given(moments)
def test_a_link_is_good_for_a_week_and_ends_with_a_day(now: datetime) -> None:
    expires, _ = parts(LINK, now)

    assert LIFE < datetime.fromtimestamp(expires, UTC) - now <= LIFE + timedelta(days=1)
    assert expires % 86400 == 0


def test_made_again_on_the_same_day_it_is_the_same() -> None:
    morning = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)

    assert signed(LINK, KEY, morning) == signed(LINK, KEY, morning + timedelta(hours=23, minutes=59))
    assert signed(LINK, KEY, morning) != signed(LINK, KEY, morning + timedelta(days=1))
