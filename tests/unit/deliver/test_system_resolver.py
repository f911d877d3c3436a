"""The machine's resolver, which is asked for localhost only."""

import socket

import pytest

from slugline.adapters import dns
from slugline.ports.resolver import Unresolvable


def test_a_name_gives_its_addresses_once_each() -> None:
    addresses = dns.SystemResolver().resolve("localhost", 5)

    assert "127.0.0.1" in addresses or "::1" in addresses
    assert len(set(addresses)) == len(addresses)


def test_a_burst_to_one_name_asks_once(monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    asked, now = [], [0.0]
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", 0))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *_args, **_options: asked.append(host) or answer)
    monkeypatch.setattr(dns, "monotonic", lambda: now[0])
    resolver = dns.SystemResolver()

    # when
    for moment in (0.0, 4.9, 5.1):
        now[0] = moment
        assert resolver.resolve("partner.example", 1) == ("93.184.215.14",)

    # then
    assert asked == ["partner.example", "partner.example"]


def test_a_name_that_is_none_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_args: object, **_options: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    with pytest.raises(Unresolvable, match="Name or service not known"):
        dns.SystemResolver().resolve("nowhere.example", 1)
