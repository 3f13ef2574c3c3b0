"""Ways to make us knock on our own network: at every hop, in every spelling, before and after DNS."""

from __future__ import annotations

from linkcheck.model import FailureKind, State
from tests.hostile.den import Guest
from tests.hostile.rows import Row, asked, fails, leads, serve, to, whole

DNS: dict[str, tuple[str, ...]] = {
    "localhost": ("127.0.0.1", "::1"),
    "loopback.dns.test": ("127.0.0.1",),
    "private.dns.test": ("10.1.2.3", "192.168.1.1"),
    "metadata.dns.test": ("169.254.169.254",),
    "cgnat.dns.test": ("100.64.0.9",),
    "mapped.dns.test": ("::ffff:127.0.0.1",),
    "nat64.dns.test": ("64:ff9b::a00:1",),
    "scoped.dns.test": ("fe80::1%1",),
    "six.dns.test": ("::1",),
}
"""What the resolver of these tests knows. Nobody owns ``.test`` (RFC 6761)."""


def _unsafe(id_: str, target: str, *says: str) -> Row:
    """A redirect to where nobody may be sent."""
    return Row(
        id_,
        f"redirects to {target}",
        leads(target),
        State.UNKNOWN,
        "unsafe-address",
        failure=FailureKind.UNSAFE_ADDRESS,
        says=says,
        also={"only the redirect itself was asked": asked(1)},
    )


def _cited(id_: str, url: str, *says: str) -> Row:
    """The same as a citation, with no redirect before it."""
    return Row(
        id_,
        f"is cited as {url}",
        serve(lambda _: whole()),
        State.UNKNOWN,
        "unsafe-address",
        failure=FailureKind.UNSAFE_ADDRESS,
        says=says,
        url=url,
    )


def _third_hop(guest: Guest) -> bytes:
    steps = {
        "/deep/page": f"http://side.{guest.host}/2",
        "/2": "/3",
        "/3": f"http://127.0.0.1:{guest.den.canary}/",
    }
    return to(steps[guest.path])


ROWS = (
    _unsafe("hop-loopback", "http://127.0.0.1:{canary}/", "127.0.0.1 is this machine"),
    _unsafe("hop-other-loopback", "http://127.8.9.10:{canary}/", "127.8.9.10 is this machine"),
    _unsafe("hop-localhost", "http://localhost:{canary}/", "this machine"),
    _unsafe("hop-localhost-dot", "http://LOCALHOST.:{canary}/", "this machine"),
    _unsafe("hop-private-10", "http://10.0.0.1/", "10.0.0.1 is a private network"),
    _unsafe("hop-private-172", "http://172.31.255.1/", "a private network"),
    _unsafe("hop-private-192", "https://192.168.0.1/", "a private network"),
    _unsafe("hop-link-local", "http://169.254.10.10/", "link-local"),
    _unsafe("hop-metadata", "http://169.254.169.254/latest/meta-data/", "the cloud metadata service"),
    _unsafe("hop-cgnat", "http://100.64.0.1/", "carrier-grade NAT"),
    _unsafe("hop-multicast", "http://224.0.0.251/", "multicast"),
    _unsafe("hop-broadcast", "http://255.255.255.255/", "special-purpose"),
    _unsafe("hop-zero", "http://0.0.0.0:{canary}/", "0.0.0.0 is this machine"),
    _unsafe("hop-zero-short", "http://0:{canary}/", "0.0.0.0 is this machine"),
    _unsafe("hop-decimal", "http://2130706433:{canary}/", "127.0.0.1 is this machine"),
    _unsafe("hop-octal", "http://0177.0.0.01:{canary}/", "127.0.0.1 is this machine"),
    _unsafe("hop-hex", "http://0x7f.0x1:{canary}/", "127.0.0.1 is this machine"),
    _unsafe("hop-short", "http://127.1:{canary}/", "127.0.0.1 is this machine"),
    _unsafe("hop-dot", "http://127.0.0.1.:{canary}/", "127.0.0.1 is this machine"),
    _unsafe("hop-wide-digits", "http://１２７。０．０．１:{canary}/", "127.0.0.1 is this machine"),
    _unsafe("hop-circled-digits", "http://①②⑦.⓪.⓪.①:{canary}/", "127.0.0.1 is this machine"),
    _unsafe("hop-percent", "http://%31%32%37.0.0.1:{canary}/", "127.0.0.1 is this machine"),
    _unsafe("hop-userinfo", "http://www.example.com@127.0.0.1:{canary}/", "127.0.0.1 is this machine"),
    _unsafe("hop-scheme-relative", "//127.0.0.1:{canary}/", "127.0.0.1 is this machine"),
    _unsafe("hop-one-slash", "http:///127.0.0.1:{canary}/", "127.0.0.1 is this machine"),
    _unsafe("hop-backslash", "http:\\\\127.0.0.1:{canary}\\", "127.0.0.1 is this machine"),
    _unsafe("hop-six", "http://[::1]:{canary}/", "this machine"),
    _unsafe("hop-six-any", "http://[::]:{canary}/", "this machine"),
    _unsafe("hop-six-mapped", "http://[::ffff:127.0.0.1]:{canary}/", "this machine"),
    _unsafe("hop-six-mapped-hex", "http://[::ffff:7f00:1]:{canary}/", "this machine"),
    _unsafe("hop-six-compatible", "http://[::127.0.0.1]:{canary}/", "this machine"),
    _unsafe("hop-six-nat64", "http://[64:ff9b::10.0.0.1]/", "a private network"),
    _unsafe("hop-six-nat64-local", "http://[64:ff9b:1::a00:1]/", "a private network"),
    _unsafe("hop-six-6to4", "http://[2002:7f00:1::]/", "this machine"),
    _unsafe("hop-six-link-local", "http://[fe80::1]/", "link-local"),
    _unsafe("hop-six-unique-local", "http://[fd12:3456::1]/", "a private network"),
    _unsafe("hop-six-metadata", "http://[fd00:ec2::254]/", "the cloud metadata service"),
    _unsafe("hop-six-multicast", "http://[ff02::1]/", "multicast"),
    _unsafe("dns-loopback", "http://loopback.dns.test:{canary}/", "127.0.0.1 is this machine"),
    _unsafe("dns-private", "http://private.dns.test/", "10.1.2.3 is a private network"),
    _unsafe("dns-metadata", "http://metadata.dns.test/latest/meta-data/", "the cloud metadata service"),
    _unsafe("dns-cgnat", "http://cgnat.dns.test/", "carrier-grade NAT"),
    _unsafe("dns-mapped", "http://mapped.dns.test:{canary}/", "this machine"),
    _unsafe("dns-nat64", "http://nat64.dns.test/", "a private network"),
    _unsafe("dns-scoped", "http://scoped.dns.test/", "link-local"),
    _unsafe("dns-six", "http://six.dns.test:{canary}/", "this machine"),
    _unsafe("dns-upper-case-dot", "http://Loopback.DNS.test.:{canary}/", "127.0.0.1 is this machine"),
    _cited("cited-loopback", "http://127.0.0.1:{canary}/deep", "127.0.0.1 is this machine"),
    _cited("cited-localhost", "https://localhost:{canary}/deep", "this machine"),
    _cited("cited-name", "http://private.dns.test/deep", "10.1.2.3 is a private network"),
    _cited("cited-six", "http://[::1]:{canary}/deep", "this machine"),
    Row(
        "hop-third",
        "redirects to another public host, there to another page, and from there to this machine",
        serve(_third_hop),
        State.UNKNOWN,
        "unsafe-address",
        failure=FailureKind.UNSAFE_ADDRESS,
        says=("127.0.0.1 is this machine",),
        also={"two hosts, three requests": asked(3), "three hops": lambda outcome, _: outcome.hops == 3},
    ),
    # The user gave an address for port 80 of this host, and for no other port of it.
    Row(
        "hop-port-not-given",
        "redirects to another port of a host whose address the user gave",
        serve(lambda guest: to(f"http://{guest.host}:{guest.den.canary}/")),
        State.FAILING,
        "no-such-host",
        failure=FailureKind.NO_SUCH_HOST,
        says=("hop-port-not-given.example",),
    ),
    fails(
        "dns-no-answer",
        "redirects to a name whose name servers do not answer",
        leads("http://silent.dns.test/"),
        FailureKind.DNS_NO_ANSWER,
        "silent.dns.test",
        "where dns-no-answer.example redirects",
    ),
    fails(
        "dns-hangs",
        "redirects to a name whose name server keeps the resolver waiting",
        leads("http://hanging.dns.test/"),
        FailureKind.DNS_NO_ANSWER,
        "hanging.dns.test",
        group="slow",
    ),
    fails(
        "dns-none",
        "redirects to a name that does not exist",
        leads("http://gone.dns.test/"),
        FailureKind.NO_SUCH_HOST,
        "gone.dns.test",
        "dns-none.example redirects",
    ),
    fails(
        "dns-long-label",
        "redirects to a name with a label of 70 letters, which no DNS can hold",
        leads("http://" + "a" * 70 + ".dns.test/"),
        FailureKind.NO_SUCH_HOST,
        "a" * 70,
    ),
)
