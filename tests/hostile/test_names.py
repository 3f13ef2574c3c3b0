"""DNS that changes its mind, hosts with two faces, crowds, and the proxy: what needs a den of its own."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest

from linkcheck.conduct import Network
from linkcheck.model import FailureKind
from tests.hostile.awaited import CROWD_AWAITED
from tests.hostile.den import Act, Den
from tests.hostile.harness import look_all, names
from tests.hostile.rows import TITLE, serve, then, to, whole

TRANSPORTS = ("libcurl", "requests")
ALLOWED, REFUSED = "127.0.0.1", "127.0.0.2"
"""Two addresses of this machine: the first is allowed and stands for a public one, the second is not."""

PAGE = serve(lambda _: whole())


def _network(limit_s: float = 60.0) -> Network:
    return Network(allow_private=frozenset({ALLOWED}), connect_timeout_s=limit_s, timeout_s=limit_s)


@contextlib.contextmanager
def two_faces(act: Act) -> Iterator[tuple[Den, int]]:
    """One port at both addresses."""
    den = Den()
    port = den.lodge("allowed", act)
    try:
        den.lodge_at("refused", PAGE, REFUSED, port)
    except OSError:
        den.open()
        den.close()
        pytest.skip(f"this machine has no {REFUSED}")
    den.open()
    try:
        yield den, port
    finally:
        den.close()


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_the_address_that_was_checked_is_the_address_that_is_connected(transport: str) -> None:
    """The name leads to an allowed address when it is checked, and would lead to another when asked again."""
    act = serve(lambda guest: whole() if guest.path == "/next" else to("/next", "Connection: close"))
    with two_faces(act) as (den, port), names({"rebind.test": [(ALLOWED,), (REFUSED,)]}) as known:
        url = f"http://rebind.test:{port}/deep/page"
        outcome = look_all(transport, {"rebind": (url, 0)}, _network())["rebind"]
        assert (outcome.status, outcome.address, outcome.title) == (200, ALLOWED, TITLE)
        assert known.asked == ["rebind.test"], "one look-up, one answer, for every request of the run"
        assert len(den.ledgers["allowed"].heads) == 2
        assert den.ledgers["refused"].connections == 0


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_a_name_that_was_refused_once_is_not_let_in_by_a_second_answer(transport: str) -> None:
    with two_faces(PAGE) as (den, port), names({"rebind.test": [(REFUSED,), (ALLOWED,)]}):
        wanted = {str(number): (f"http://rebind.test:{port}/{number}", 1) for number in range(3)}
        outcomes = look_all(transport, wanted, _network())
        assert {outcome.failure for outcome in outcomes.values()} == {FailureKind.UNSAFE_ADDRESS}
        assert {name: ledger.connections for name, ledger in den.ledgers.items()} == {
            "canary": 0,
            "allowed": 0,
            "refused": 0,
        }


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("answer", [(REFUSED, ALLOWED), (ALLOWED, REFUSED), ("10.0.0.1", ALLOWED, "::1")])
def test_of_a_public_and_a_private_address_only_the_public_one_is_asked(
    transport: str, answer: tuple[str, ...]
) -> None:
    with two_faces(PAGE) as (den, port), names({"mixed.test": [answer]}):
        outcome = look_all(transport, {"mixed": (f"http://mixed.test:{port}/deep", 0)}, _network())["mixed"]
        assert (outcome.status, outcome.address) == (200, ALLOWED)
        assert den.ledgers["refused"].connections == 0


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_a_public_address_that_refuses_does_not_send_us_to_the_private_one(transport: str) -> None:
    with two_faces(PAGE) as (den, port):
        closed = den.lodge_deaf("nobody")
        den.lodge_at("refused-too", PAGE, REFUSED, closed)
        with names({"mixed.test": [(ALLOWED, REFUSED)]}):
            url = f"http://mixed.test:{closed}/deep"
            outcome = look_all(transport, {"mixed": (url, 0)}, _network(1.0))["mixed"]
        assert outcome.failure in (FailureKind.TIMEOUT, FailureKind.CONNECTION_REFUSED)
        assert den.ledgers["refused-too"].connections == 0
        assert port != closed


@pytest.mark.parametrize("transport", [name for name in TRANSPORTS if name not in CROWD_AWAITED])
def test_a_crowd_of_slow_hosts_does_not_make_others_late(transport: str) -> None:
    """More hosts than any pool of threads that never finish their head, and ten that answer at once."""
    den = Den()
    slow = den.lodge("slow", then(b"HTTP/1.1 200 OK\r\nX-More: ", lambda guest: guest.drip(b"a")))
    quick = den.lodge("quick", PAGE)
    den.open()
    book = {f"{kind}{n}.test": [(ALLOWED,)] for kind in ("slow", "quick") for n in range(40)}
    wanted = {f"slow{n}": (f"http://slow{n}.test:{slow}/deep", 0) for n in range(40)}
    wanted |= {f"quick{n}": (f"http://quick{n}.test:{quick}/deep", 0) for n in range(10)}
    try:
        with names(book):
            outcomes = look_all(transport, wanted, _network(3.0), in_flight=64)
    finally:
        den.close()
    verdicts = {name: (o.status, o.failure, o.truncated) for name, o in outcomes.items()}
    assert {verdicts[f"quick{n}"] for n in range(10)} == {(200, None, "")}
    assert {verdicts[f"slow{n}"] for n in range(40)} == {(None, FailureKind.TIMEOUT, "")}


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_behind_a_proxy_an_address_of_our_own_is_refused_at_every_hop(transport: str) -> None:
    """The proxy resolves names, so only what is written as an address can be refused; it must be."""
    from linkcheck.web import environment

    den = Den()
    spellings = ("127.0.0.1:{canary}", "2130706433:{canary}", "0x7f.1:{canary}", "[::ffff:7f00:1]:{canary}", "10.0.0.1")
    by_host = {f"p{number}.test": spelling for number, spelling in enumerate(spellings)}

    def redirect(guest_host: str) -> str:
        return "http://" + by_host[guest_host].replace("{canary}", str(den.canary)) + "/"

    port = den.lodge("proxy", serve(lambda guest: to(redirect(guest.host))))
    den.open()
    try:
        with names({}), pytest.MonkeyPatch.context() as patch:
            patch.setenv("http_proxy", f"http://127.0.0.1:{port}")
            patch.delenv("no_proxy", raising=False)
            patch.delenv("NO_PROXY", raising=False)
            environment.forget_proxies()
            wanted = {host: (f"http://{host}/deep/page", 0) for host in by_host}
            outcomes = look_all(transport, wanted, Network(connect_timeout_s=60, timeout_s=60))
            asked = [head.split(b" ", 2)[1] for head in den.ledgers["proxy"].heads]
    finally:
        den.close()
    assert {outcome.failure for outcome in outcomes.values()} == {FailureKind.UNSAFE_ADDRESS}
    assert sorted(asked) == [f"http://{host}/deep/page".encode() for host in sorted(by_host)]
    assert den.ledgers["canary"].connections == 0
