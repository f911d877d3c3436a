"""The deny table."""

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slugline.domain.public_address import AddressRefused, is_public, vetted

PUBLIC = ["93.184.215.14", "8.8.8.8", "1.1.1.1", "172.15.255.255", "172.32.0.0", "2606:4700::1111", "2a00:1450::5"]
DENIED = [
    "0.0.0.0",  # noqa: S104 - an address to refuse, nothing is bound to it
    "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254",
    "168.63.129.16", "169.254.0.1", "169.254.169.254", "169.254.170.2", "172.16.0.1", "172.31.255.255", "192.0.0.1",
    "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b::808:808", "64:ff9b:1::1", "100::1", "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:20::1",
    "2001:db8::1", "2002:7f00:1::", "2002:808:808::1", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1",
    "fec0::1", "ff02::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_let_through(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", DENIED)
def test_a_special_address_is_denied(address: str) -> None:
    assert not is_public(ip_address(address))


@given(st.ip_addresses().filter(is_public))
def test_what_is_let_through_is_global_by_the_standard_librarys_view_too(address: object) -> None:
    assert ip_address(str(address)).is_global


@pytest.mark.parametrize("denied", DENIED)
def test_one_denied_address_among_public_ones_refuses_the_host(denied: str) -> None:
    with pytest.raises(AddressRefused, match="not a public address"):
        vetted("partner.example", (PUBLIC[0], denied, PUBLIC[-1]))


def test_ipv4_is_tried_before_ipv6() -> None:
    assert vetted("partner.example", ("2606:4700::1111", "1.1.1.1")) == ("1.1.1.1", "2606:4700::1111")


def test_loopback_is_let_through_only_where_it_is_allowed_and_alone() -> None:
    assert vetted("localhost", ("127.0.0.1", "::1"), allow_loopback=True) == ("127.0.0.1", "::1")
    with pytest.raises(AddressRefused):
        vetted("localhost", ("127.0.0.1", "10.0.0.1"), allow_loopback=True)
    with pytest.raises(AddressRefused):
        vetted("localhost", ("127.0.0.1",))
