"""Which addresses may be asked."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.conduct import Network, Resolve
from linkcheck.errors import SettingsError
from linkcheck.web.guard import Guard, unsafe

PRIVATE = [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255",
    "192.168.1.1", "100.64.0.1", "169.254.1.1", "169.254.169.254", "224.0.0.1", "239.1.1.1",
    "240.0.0.1", "255.255.255.255", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1",
    "203.0.113.1", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1",
    "fd00:ec2::254", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",
    "64:ff9b::10.0.0.1", "64:ff9b:1::a00:1", "2002:7f00:1::", "2001:db8::1", "100.100.100.200",
]  # fmt: skip
PUBLIC = ["93.184.216.34", "8.8.8.8", "1.1.1.1", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::8.8.8.8"]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_public_is_named(address: str) -> None:
    assert unsafe(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_passes(address: str) -> None:
    assert not unsafe(address)


@given(st.sampled_from(["10.0.0.0/8", "127.0.0.0/8", "192.168.0.0/16", "169.254.0.0/16"]), st.integers(0, 2**16 - 1))
def test_a_private_ipv4_address_is_unsafe_in_every_ipv6_dress(network: str, offset: int) -> None:
    inner = ipaddress.ip_network(network)[offset]
    for prefix in ("::ffff:", "64:ff9b::"):
        assert unsafe(f"{prefix}{inner}")


def test_hosts_addresses_and_networks_can_be_allowed() -> None:
    guard = Guard(Network(allow_private=frozenset({"intranet.example", "10.1.0.0/16", "::1"})))
    assert not guard.refusal("intranet.example", 80, "192.168.0.7")
    assert not guard.refusal("other.example", 80, "10.1.2.3")
    assert not guard.refusal("other.example", 80, "::1")
    assert guard.refusal("other.example", 80, "10.2.0.1") == "10.2.0.1 is a private network"


def test_an_address_given_for_a_host_is_allowed_for_that_host_and_port_alone() -> None:
    guard = Guard(Network(resolve=(Resolve("a.example", 443, "127.0.0.1", 8443),)))
    assert not guard.refusal("a.example", 443, "127.0.0.1")
    assert guard.refusal("a.example", 80, "127.0.0.1")
    assert guard.refusal("b.example", 443, "127.0.0.1")


def test_the_allowed_of_several_addresses_are_kept() -> None:
    allowed, refused = Guard(Network()).screen("a.example", 80, ["10.0.0.1", "8.8.8.8"])
    assert allowed == ["8.8.8.8"]
    assert refused == "10.0.0.1 is a private network"


def test_a_private_host_is_known_by_its_name_its_address_or_what_answered_for_it() -> None:
    given = Resolve("demo.example", 443, "127.0.0.1", 8443)
    guard = Guard(Network(allow_private=frozenset({"intra.example", "127.0.0.0/8"}), resolve=(given,)))
    assert guard.is_private("http://intra.example/", "")
    assert guard.is_private("http://127.0.0.1:8000/", "")
    assert guard.is_private("http://localhost:8000/", "127.0.0.1")
    assert not guard.is_private("https://public.example/", "93.184.216.34")
    assert not guard.is_private("https://demo.example/", "127.0.0.1"), "the user only said where it is"
    assert guard.is_ours("https://demo.example/", "127.0.0.1")


@pytest.mark.parametrize("entry", ["http://x/", "a/b", "", "10.0.0.0/99"])
def test_an_entry_that_means_nothing_is_an_error(entry: str) -> None:
    with pytest.raises(SettingsError, match="allow-private"):
        Guard(Network(allow_private=frozenset({entry})))
