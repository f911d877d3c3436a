"""Which URLs webhooks go to."""

import pytest

from slugline.domain.endpoint_url import BadUrl, Target, target_of


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://partner.example", Target(True, "partner.example", 443, "/")),
        ("https://Partner.Example:443/hook?a=1", Target(True, "partner.example", 443, "/hook?a=1")),
        ("https://zeitung.köln/in", Target(True, "zeitung.xn--kln-sna", 443, "/in")),
        ("https://93.184.215.14/", Target(True, "93.184.215.14", 443, "/")),
        ("https://[2606:4700::1111]/", Target(True, "2606:4700::1111", 443, "/")),
    ],
)
def test_an_https_url_names_its_target(url: str, target: Target) -> None:
    assert target_of(url) == target


@pytest.mark.parametrize(
    ("url", "remedy"),
    [
        ("http://partner.example/", "https://"),
        ("ftp://partner.example/", "https://"),
        ("partner.example", "https://"),
        ("https:///hook", "host name"),
        ("https://partner.example:8443/", "port must be 443"),
        ("https://partner.example:0/", "port must be 443"),
        ("https://user:pass@partner.example/", "user name"),
        ("https://partner.example/#part", "fragment"),
        ("https://partner.example/a b", "Percent-encode"),
        ("https://partner.example/a\r\nX: y", "Percent-encode"),
        (" https://partner.example/", "Percent-encode"),
        ("https://partner.example\\@127.0.0.1/", "user name"),
        ("https://2130706433/", "four decimal numbers"),
        ("https://0x7f000001/", "four decimal numbers"),
        ("https://0x7f.1/", "four decimal numbers"),
        ("https://0177.0.0.1/", "four decimal numbers"),
        ("https://127.1/", "four decimal numbers"),
        ("https://\uff11\uff12\uff17.1/", "four decimal numbers"),
        ("https://-partner.example/", "not a host name"),
        ("https://partner..example/", "not a host name"),
        ("https://partner.example:99999/", "not a URL"),
        ("https://[::1/", "not a URL"),
        ("https://partner.example/" + "a" * 2048, "longer"),
    ],
)
def test_any_other_url_is_refused_with_its_remedy(url: str, remedy: str) -> None:
    with pytest.raises(BadUrl, match=remedy):
        target_of(url)


@pytest.mark.parametrize("url", ["http://localhost:9000/", "http://127.0.0.1:9000/", "http://[::1]:9000/"])
def test_loopback_is_plain_http_on_any_port_only_where_it_is_allowed(url: str) -> None:
    assert target_of(url, allow_loopback=True).port == 9000
    with pytest.raises(BadUrl):
        target_of(url)


@pytest.mark.parametrize("url", ["http://partner.example/", "http://10.0.0.1/", "https://partner.example:8443/"])
def test_the_allowance_for_loopback_covers_nothing_else(url: str) -> None:
    with pytest.raises(BadUrl):
        target_of(url, allow_loopback=True)
