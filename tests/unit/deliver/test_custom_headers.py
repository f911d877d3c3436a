"""Headers that partners may ask for."""

import pytest

from slugline.domain.custom_headers import check_headers


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer abc"},
        {"X-Api-Key": "k"},
        {"X-Note": "two words"},
        {f"X-{n}": "v" for n in range(20)},
    ],
)
def test_a_partners_own_headers_are_taken_as_given(headers: dict[str, str]) -> None:
    assert check_headers(headers) == headers


@pytest.mark.parametrize(
    "name",
    [
        "Host", "content-length", "Content-Type", "Transfer-Encoding", "CONNECTION", "Expect", "User-Agent",
        "webhook-id", "Webhook-Signature", "svix-id", "Proxy-Authorization", "X-Forwarded-For", "Cookie", "TE",
    ],
)  # fmt: skip
def test_a_header_that_frames_or_signs_the_message_is_reserved(name: str) -> None:
    with pytest.raises(ValueError, match=f"{name} is reserved"):
        check_headers({name: "x"})


@pytest.mark.parametrize("name", ["", "X Key", "X-Key:", "X-Kéy", "X-Key\r\nHost", "x" * 101])
def test_what_is_no_headers_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not the name of a header"):
        check_headers({name: "x"})


@pytest.mark.parametrize("value", ["", " x", "x ", "a\r\nHost: evil", "a\nb", "é", "\x00"])
def test_a_value_cannot_start_another_header(value: str) -> None:
    with pytest.raises(ValueError, match="must be ASCII"):
        check_headers({"X-Key": value})


def test_names_are_the_same_in_either_case() -> None:
    with pytest.raises(ValueError, match="given twice"):
        check_headers({"X-Key": "a", "x-key": "b"})


@pytest.mark.parametrize("headers", [{f"X-{n}": "v" for n in range(21)}, {"X-Key": "v" * 3_500}])
def test_all_together_stay_small(headers: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"at most 20|within 3500"):
        check_headers(headers)
