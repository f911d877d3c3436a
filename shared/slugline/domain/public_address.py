"""Which addresses a webhook may go to: the deny table of server-side request forgery.

From IANA's special-purpose address registries (IPv4 and IPv6), multicast, the clouds' metadata addresses, and every
form of IPv6 that carries an IPv4 address inside. `ipaddress.is_global` is not used: it changed between Python releases,
and calls NAT64 and 6to4 addresses global whatever they lead to.
"""

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

_DENIED_4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network (RFC 791)
        "10.0.0.0/8",  # private (RFC 1918)
        "100.64.0.0/10",  # carriers' NAT (RFC 6598), with Alibaba's metadata 100.100.100.200
        "127.0.0.0/8",  # loopback (RFC 1122)
        "168.63.129.16/32",  # Azure's platform services
        "169.254.0.0/16",  # link-local (RFC 3927), with the metadata service 169.254.169.254
        "172.16.0.0/12",  # private (RFC 1918)
        "192.0.0.0/24",  # IETF protocol assignments (RFC 6890)
        "192.0.2.0/24",  # documentation (RFC 5737)
        "192.31.196.0/24",  # AS112 (RFC 7535)
        "192.52.193.0/24",  # AMT (RFC 7450)
        "192.88.99.0/24",  # 6to4 relays (RFC 7526)
        "192.168.0.0/16",  # private (RFC 1918)
        "192.175.48.0/24",  # AS112 (RFC 7534)
        "198.18.0.0/15",  # benchmarking (RFC 2544)
        "198.51.100.0/24",  # documentation (RFC 5737)
        "203.0.113.0/24",  # documentation (RFC 5737)
        "224.0.0.0/4",  # multicast (RFC 1112)
        "240.0.0.0/4",  # reserved (RFC 1112) and limited broadcast
    )
)

# Everything outside is loopback, mapped, NAT64, ULA, link-local, multicast, or not assigned.
_GLOBAL_UNICAST_6 = IPv6Network("2000::/3")

_DENIED_6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # IETF protocol assignments (RFC 2928), with Teredo (RFC 4380) and ORCHID (RFC 7343)
        "2001:db8::/32",  # documentation (RFC 3849)
        "2002::/16",  # 6to4 (RFC 3056)
        "2620:4f:8000::/48",  # AS112 (RFC 7534)
        "3fff::/20",  # documentation (RFC 9637)
    )
)


def is_public(address: Address) -> bool:
    """Whether the address is one of the public internet."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _DENIED_4)
    return address in _GLOBAL_UNICAST_6 and not any(address in network for network in _DENIED_6)


class AddressRefused(Exception):  # noqa: N818 - reads as the decision it is
    """The host leads, at least in part, to an address that webhooks may not go to."""


@lru_cache(maxsize=1024)
def vetted(host: str, addresses: tuple[str, ...], *, allow_loopback: bool = False) -> tuple[str, ...]:
    """The addresses, IPv4 first, if each of them is public. Raises AddressRefused when only one is not.

    `allow_loopback` is for the laptop: it admits a host whose addresses are all loopback.
    """
    parsed = [ip_address(address) for address in addresses]
    if allow_loopback and parsed and all(address.is_loopback for address in parsed):
        return addresses
    for address in parsed:
        if not is_public(address):
            raise AddressRefused(f"{host} resolves to {address}, which is not a public address")
    return tuple(str(address) for address in sorted(parsed, key=lambda address: address.version))
