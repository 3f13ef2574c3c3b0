"""Which addresses may be asked. A document from a stranger must not make a CI runner knock on its own network."""

from __future__ import annotations

import functools
import ipaddress
from collections.abc import Iterable

from linkcheck import uri
from linkcheck.conduct import Network
from linkcheck.errors import SettingsError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = (
    ipaddress.IPv6Network("64:ff9b::/96"),
    ipaddress.IPv6Network("64:ff9b:1::/48"),
)  # RFC 6052, RFC 8215
_KINDS = (
    ("the cloud metadata service", ("169.254.169.254/32", "fd00:ec2::254/128", "100.100.100.200/32")),
    ("this machine", ("127.0.0.0/8", "::1/128", "0.0.0.0/8", "::/128")),
    ("link-local", ("169.254.0.0/16", "fe80::/10")),
    ("a private network", ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10")),
    ("carrier-grade NAT", ("100.64.0.0/10",)),
    ("multicast", ("224.0.0.0/4", "ff00::/8")),
)
_NAMED = tuple((name, tuple(ipaddress.ip_network(net) for net in nets)) for name, nets in _KINDS)


def embedded(address: Address) -> Address:
    """The IPv4 address that an IPv6 one leads to (mapped, compatible, NAT64, 6to4, Teredo), else the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    low = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if any(address in network for network in _NAT64) or (int(address) >> 32 == 0 and int(address) > 1):
        return low
    return address


@functools.lru_cache(maxsize=16_384)
def unsafe(address: str) -> str:
    """What an address is, where it is not a public one (IANA special-purpose registries); "" for a public one.

    >>> unsafe("::ffff:10.0.0.1"), unsafe("93.184.216.34")
    ('a private network', '')
    """
    try:
        parsed: Address = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "no IP address"
    real = embedded(parsed)
    for name, networks in _NAMED:
        if any(real in network for network in networks if network.version == real.version):
            return name
    # Both are asked: before Python 3.13 is_global called some special-purpose blocks global.
    return "" if real.is_global and not real.is_reserved else "a special-purpose address"


class Guard:
    """Says of every address, just before it is connected, whether it may be.

    Args:
        network: ``allow_private`` names hosts, addresses and networks that may be private; an address that the
            user gave for a host with ``--resolve`` is allowed for that host and port.

    Raises:
        SettingsError: an entry of ``allow_private`` is neither a host name, an address nor a network.
    """

    def __init__(self, network: Network) -> None:
        self._hosts: set[str] = set()
        self._networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network] = []
        for entry in network.allow_private:
            try:
                self._networks.append(ipaddress.ip_network(entry.strip("[]"), strict=False))
            except ValueError:
                name = uri.normalise(f"http://{entry}/")
                if name is None or "/" in entry or not uri.host(name):
                    raise SettingsError(
                        f"--allow-private: {entry!r} is neither a host name, an address nor a network (10.0.0.0/8)"
                    ) from None
                self._hosts.add(uri.host(name))
        self._given = {(r.host, r.port, r.address) for r in network.resolve}
        self._judged: dict[tuple[str, int, str], str] = {}

    def refusal(self, host: str, port: int, address: str) -> str:
        """Why this address may not be connected for this host, in a few words; "" if it may."""
        asked = (host, port, address)
        words = self._judged.get(asked)
        if words is None:
            words = self._judged[asked] = self._refusal(host, port, address)
        return words

    def _refusal(self, host: str, port: int, address: str) -> str:
        if host in self._hosts or (host, port, address) in self._given:
            return ""
        kind = unsafe(address)
        if not kind:
            return ""
        parsed = ipaddress.ip_address(address.partition("%")[0])
        if any(parsed in network for network in self._networks if network.version == parsed.version):
            return ""
        return f"{address} is {kind}"

    def refusal_by_name(self, host: str, port: int) -> str:
        """The same where a proxy will resolve the name: an address written as such, and this machine's own name."""
        literal = uri.ip_literal(host)
        if literal is not None:
            return self.refusal(host, port, str(literal))
        return self.refusal(host, port, "127.0.0.1") if f".{host}".endswith(".localhost") else ""

    def screen(self, host: str, port: int, addresses: Iterable[str]) -> tuple[list[str], str]:
        """The addresses that may be connected, and why the first of the others may not ("" if all may)."""
        allowed: list[str] = []
        refused = ""
        for address in addresses:
            why = self.refusal(host, port, address)
            if why:
                refused = refused or why
            else:
                allowed.append(address)
        return allowed, refused

    def is_ours(self, url: str, address: str) -> bool:
        """Whether the user vouches for this host (``allow_private``, ``resolve``): it needs no line to the world."""
        given = (uri.host(url), uri.port(url))
        return any(given == entry[:2] for entry in self._given) or self.is_private(url, address)

    def is_private(self, url: str, address: str) -> bool:
        """Whether it is a host of a private network: nobody else's business.

        Args:
            url: of the source.
            address: that answered for it, "" if none did.
        """
        host, port = uri.host(url), uri.port(url)
        if host in self._hosts or (uri.ip_literal(host) is not None and unsafe(host)):
            return True
        return bool(address) and (host, port, address) not in self._given and bool(unsafe(address))
