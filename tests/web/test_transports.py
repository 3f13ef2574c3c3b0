"""Both transports keep one contract, against the same servers."""

from __future__ import annotations

import datetime
import functools
import gc
import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from linkcheck.clock import SystemClock
from linkcheck.conduct import Network, Resolve
from linkcheck.model import Exchange, Failure, FailureKind, Request
from linkcheck.web.transports import Transport, create
from tests.servers import Wire, closed_port, html, response, serving

Waited = Callable[[str], dict[str, Exchange | Failure]]

LOOPBACK = frozenset({"127.0.0.1"})
PATIENT = Network(allow_private=LOOPBACK, connect_timeout_s=60, timeout_s=60, max_body_bytes=100_000)
"""For whoever answers: on a machine that has much to do, any answer may take some seconds."""
QUICK = replace(PATIENT, timeout_s=3)
"""For whoever never comes to an end."""
NAMES = ("libcurl", "requests")


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> str:
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


def context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(made)
    return made


def ask(name: str, url: str, network: Network = PATIENT, *, method: str = "GET") -> Exchange | Failure:
    return ask_all(name, [Request(url, method=method)], network)[0]


def ask_all(name: str, requests: list[Request], network: Network = PATIENT) -> list[Exchange | Failure]:
    transport = create(name, network, SystemClock())
    try:
        return list(answers(transport, requests))
    finally:
        transport.close()


def answers(transport: Transport, requests: list[Request]) -> Iterator[Exchange | Failure]:
    for ticket, request in enumerate(requests):
        transport.start(ticket, request)
    landed: dict[int, Exchange | Failure] = {}
    for _ in range(2000):
        for ticket, answer in transport.wait(0.1):
            assert ticket not in landed, "an answer came twice"
            landed[ticket] = answer
        if len(landed) == len(requests):
            break
    for ticket in range(len(requests)):
        yield landed[ticket]


def good(answer: Exchange | Failure) -> Exchange:
    assert isinstance(answer, Exchange), answer
    return answer


def bad(answer: Exchange | Failure) -> Failure:
    assert isinstance(answer, Failure), answer
    return answer


def test_bytes_come_back_as_they_were_sent(name: str) -> None:
    packed = gzip.compress(b"hello " * 100)
    sent = response(200, packed, "Content-Encoding: gzip", "X-Odd:  two  words ", "Set-Cookie: a=1", "Set-Cookie: b=2")
    with serving({"/page?q=1": sent}) as server:
        answer = good(ask(name, f"{server.url}/page?q=1#part"))
        assert answer.head + answer.body == sent
        assert answer.body == packed, "compressed as it came"
        assert [value for key, value in answer.headers if key == "Set-Cookie"] == ["a=1", "b=2"]
        assert answer.header("x-odd") == "two  words"
        assert answer.sent == server.heads[0], "the request head is known to the byte"
        assert answer.address == "127.0.0.1"
        assert not answer.truncated


def test_a_chunked_body_is_joined_and_its_head_kept(name: str) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunked = head + b"5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nX-Trailer: 1\r\n\r\n"
    with serving({"/": lambda wire: wire.send(chunked)}) as server:
        answer = good(ask(name, f"{server.url}/"))
    assert answer.head == head
    assert answer.body == b"hello world"


def test_an_interim_response_is_not_the_answer(name: str) -> None:
    both = b"HTTP/1.1 100 Continue\r\n\r\n" + response(200, b"real")
    with serving({"/": both}) as server:
        answer = good(ask(name, f"{server.url}/"))
    assert (answer.status, answer.body) == (200, b"real")
    assert answer.head.startswith(b"HTTP/1.1 200")


def test_early_hints_are_not_the_answer(name: str) -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n"
    with serving({"/": hints + hints + response(200, b"real")}) as server:
        answer = good(ask(name, f"{server.url}/"))
    assert (answer.status, answer.body) == (200, b"real")
    assert answer.head.startswith(b"HTTP/1.1 200")


def test_redirects_are_not_followed(name: str) -> None:
    with serving({"/a": response(302, b"", "Location: /b")}) as server:
        answer = good(ask(name, f"{server.url}/a"))
        assert (answer.status, answer.header("location")) == (302, "/b")
        assert server.paths() == ["/a"]


def test_credentials_in_an_address_are_not_sent(name: str) -> None:
    with serving({"/": response(200, b"x")}) as server:
        good(ask(name, server.url.replace("//", "//user:secret@") + "/"))
        assert b"uthorization" not in server.heads[0]


def test_a_body_over_the_limit_is_cut_and_marked(name: str) -> None:
    with serving({"/": response(200, b"x" * 300_000)}) as server:
        answer = good(ask(name, f"{server.url}/"))
    assert (len(answer.body), answer.truncated) == (100_000, "length")


def drip_body(wire: Wire) -> None:
    wire.send(b"HTTP/1.1 200 OK\r\n\r\n")
    wire.drip(b"x")


def drip_head(wire: Wire) -> None:
    wire.send(b"HTTP/1.1 200 OK\r\n")
    wire.drip(b"X-More: more\r\n")


@pytest.fixture(scope="module")
def waited_out() -> Waited:
    """What comes of servers that never end, by what they do: asked side by side, as each takes the whole time limit."""

    def of(name: str) -> dict[str, Exchange | Failure]:
        with (
            serving({"/silence": Wire.hang, "/body": drip_body, "/head": drip_head}) as server,
            socket.socket() as deaf,
        ):
            deaf.bind(("127.0.0.1", 0))
            deaf.listen(0)
            with socket.create_connection(deaf.getsockname()):  # the queue is full, and whoever comes now is not heard
                urls = {what: f"{server.url}/{what}" for what in ("silence", "body", "head")}
                urls["deaf"] = f"http://127.0.0.1:{deaf.getsockname()[1]}/"
                return dict(zip(urls, ask_all(name, [Request(url) for url in urls.values()], QUICK), strict=True))

    return functools.cache(of)


def test_a_body_without_end_is_cut_at_the_time_limit(name: str, waited_out: Waited) -> None:
    answer = good(waited_out(name)["body"])
    assert answer.truncated == "time"
    assert answer.body.startswith(b"xx")


def test_a_body_that_breaks_off_is_marked(name: str) -> None:
    def break_off(wire: Wire) -> None:
        wire.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")

    with serving({"/": break_off}) as server:
        answer = good(ask(name, f"{server.url}/"))
    assert (answer.body, answer.truncated) == (b"half", "disconnect")


def test_a_server_that_says_nothing_is_a_timeout(name: str, waited_out: Waited) -> None:
    failure = bad(waited_out(name)["silence"])
    assert failure.kind is FailureKind.TIMEOUT
    assert failure.message == "not a byte of an answer came within 3 s"


def test_a_host_that_takes_no_connection_is_a_timeout_of_its_own(name: str, waited_out: Waited) -> None:
    failure = bad(waited_out(name)["deaf"])
    assert failure.kind is FailureKind.TIMEOUT
    assert failure.message == "no connection came about within 3 s"


def test_a_head_that_never_ends_is_a_failure(name: str, waited_out: Waited) -> None:
    failure = bad(waited_out(name)["head"])
    assert failure.kind is FailureKind.TIMEOUT
    assert failure.message == "an answer began, and its header block had not ended within 3 s"


def test_a_head_over_the_limit_is_malformed(name: str) -> None:
    network = Network(allow_private=LOOPBACK, max_header_bytes=5_000)
    with serving({"/": response(200, b"x", *[f"X-{n}: {'y' * 100}" for n in range(80)])}) as server:
        assert bad(ask(name, f"{server.url}/", network)).kind is FailureKind.MALFORMED_ANSWER


def test_a_reset_a_refusal_and_nonsense_are_told_apart(name: str) -> None:
    script = {
        "/reset": Wire.reset,
        "/empty": lambda wire: None,
        "/nonsense": lambda wire: wire.send(b"\x00\x01bla\r\n\r\n"),
    }
    with serving(script) as server:
        kinds = [bad(ask(name, f"{server.url}/{path}")).kind for path in ("reset", "empty", "nonsense")]
    assert kinds == [FailureKind.CONNECTION_RESET, FailureKind.CONNECTION_RESET, FailureKind.MALFORMED_ANSWER]
    refused = bad(ask(name, f"http://127.0.0.1:{closed_port()}/"))
    assert refused.kind is FailureKind.CONNECTION_REFUSED


def test_a_name_that_does_not_exist_brings_a_dns_failure(name: str) -> None:
    failure = bad(ask(name, "http://no-such-host.invalid/"))
    assert failure.kind in (FailureKind.NO_SUCH_HOST, FailureKind.DNS_NO_ANSWER)
    assert "no-such-host.invalid" in failure.message


def test_a_private_address_is_refused_unless_it_is_allowed_by_name(name: str) -> None:
    with serving({"/": response(200, b"x")}) as server:
        shut = Network()
        failure = bad(ask(name, f"{server.url}/", shut))
        assert failure.kind is FailureKind.UNSAFE_ADDRESS
        assert "127.0.0.1 is this machine" in failure.message
        assert bad(ask(name, f"http://localhost:{server.port}/", shut)).kind is FailureKind.UNSAFE_ADDRESS
        assert server.heads == [], "nothing was sent"
        by_name = Network(allow_private=frozenset({"localhost"}))
        assert good(ask(name, f"http://localhost:{server.port}/", by_name)).status == 200


@pytest.mark.parametrize(
    "address", ["[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "169.254.169.254", "10.1.2.3", "2130706433"]
)
def test_unsafe_addresses_in_every_spelling_are_refused(name: str, address: str) -> None:
    from linkcheck import uri

    url = uri.normalise(f"http://{address}:9/")
    assert url is not None
    assert bad(ask(name, url, Network())).kind is FailureKind.UNSAFE_ADDRESS


def test_resolve_leads_a_host_to_the_address_the_user_gave(name: str, authority: trustme.CA, ca_file: str) -> None:
    certificate = context(authority.issue_cert("apnews.com"))
    with serving({"/x": html("AP", "story")}, certificate) as server:
        network = Network(ca_file=ca_file, resolve=(Resolve("apnews.com", 443, "127.0.0.1", server.port),))
        answer = good(ask(name, "https://apnews.com/x", network))
        assert answer.status == 200
        assert b"\r\nHost: apnews.com\r\n" in server.heads[0]
        assert answer.sent == server.heads[0]


def test_tls_failures_are_told_apart(name: str, authority: trustme.CA, ca_file: str) -> None:
    past = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    cases = {
        FailureKind.TLS_WRONG_HOST: authority.issue_cert("other.example"),
        FailureKind.TLS_EXPIRED: authority.issue_cert("a.example", not_before=past, not_after=past.replace(year=2021)),
        FailureKind.TLS_UNTRUSTED: trustme.CA().issue_cert("a.example"),
    }
    words = {
        FailureKind.TLS_WRONG_HOST: "other.example",
        FailureKind.TLS_EXPIRED: "2021-01-01",
        FailureKind.TLS_UNTRUSTED: "issued by",
    }
    for kind, certificate in cases.items():
        with serving({"/": response(200, b"x")}, context(certificate)) as server:
            network = Network(ca_file=ca_file, resolve=(Resolve("a.example", 443, "127.0.0.1", server.port),))
            failure = bad(ask(name, "https://a.example/", network))
            assert failure.kind is kind, failure
            assert words[kind] in failure.message


def test_plain_http_on_a_tls_port_is_a_tls_failure(name: str) -> None:
    with serving({"/": response(200, b"x")}) as server:
        failure = bad(ask(name, f"https://127.0.0.1:{server.port}/", QUICK))
    assert failure.kind in (FailureKind.TLS_PROTOCOL, FailureKind.CONNECTION_RESET, FailureKind.TIMEOUT)


def test_many_requests_travel_side_by_side_and_each_comes_back_once(name: str) -> None:
    script = {f"/{n}": response(200 if n % 3 else 404, str(n).encode()) for n in range(60)}
    with serving(dict(script)) as server:
        landed = ask_all(name, [Request(f"{server.url}/{n}") for n in range(60)])
    assert [good(answer).body for answer in landed] == [str(n).encode() for n in range(60)]


def test_waiting_goes_well_with_threads_that_take_and_finish_requests(name: str) -> None:
    """Threads change hands in any collection of garbage: "dictionary changed size during iteration" ended a run."""

    def let_others(_phase: str, _info: dict[str, int]) -> None:
        time.sleep(0)

    thresholds = gc.get_threshold()
    landed: list[tuple[int, Exchange | Failure]] = []
    transport = create(name, PATIENT, SystemClock())
    with serving({"/": response(200, b"hello")}) as server:
        gc.callbacks.append(let_others)
        gc.set_threshold(20, 1000, 1000)
        try:
            for ticket in range(300):
                transport.start(ticket, Request(f"{server.url}/"))
                landed += transport.wait(0)
            while len(landed) < 300:
                landed += transport.wait(0.001)
        finally:
            gc.set_threshold(*thresholds)
            gc.callbacks.remove(let_others)
            transport.close()
    assert {good(answer).body for _, answer in landed} == {b"hello"}


def test_slow_servers_leave_no_threads_behind() -> None:
    """Who was given up on came back beside the one hired in its place: 300 such answers left 300 threads too many."""

    class Hurried(SystemClock):
        ahead = 0.0

        def monotonic(self) -> float:
            return super().monotonic() + self.ahead

    def at_work() -> set[threading.Thread]:
        return {each for each in threading.enumerate() if each.name == "linkcheck-requests"}

    clock, before, landed = Hurried(), at_work(), 0
    transport = create("requests", PATIENT, clock)
    with serving({"/": drip_head}) as server:
        for ticket in range(10):
            transport.start(ticket, Request(f"{server.url}/"))
        try:
            for _ in range(500):
                clock.ahead += 0.0 if len(server.heads) < 10 else 100.0
                landed += len(transport.wait(0.01))
                if landed == 10 and len(at_work() - before) <= 10:
                    break
            assert (landed, len(at_work() - before)) == (10, 10)
        finally:
            transport.close()


def test_head_asks_for_no_body(name: str) -> None:
    with serving({"/": b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"}) as server:
        answer = good(ask(name, f"{server.url}/", method="HEAD"))
    assert (answer.status, answer.body, answer.truncated) == (200, b"", "")


def test_the_proxy_of_the_environment_is_asked(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from linkcheck.web import environment

    with serving({"http://cited.example/x": response(200, b"through")}) as proxy:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.delenv("no_proxy", raising=False)
        environment.forget_proxies()
        try:
            answer = good(ask(name, "http://cited.example/x", Network()))
            refused = bad(ask(name, "http://127.0.0.1:9/", Network()))
        finally:
            environment.forget_proxies()
    assert answer.body == b"through"
    assert refused.kind is FailureKind.UNSAFE_ADDRESS, "an address written as such is refused before the proxy sees it"


def test_an_address_that_the_user_gave_is_asked_past_the_proxy(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from linkcheck.web import environment

    with serving({"/x": response(200, b"direct")}) as server:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{closed_port()}")
        environment.forget_proxies()
        try:
            given = Network(resolve=(Resolve("cited.example", 80, "127.0.0.1", server.port),))
            answer = good(ask(name, "http://cited.example/x", given))
        finally:
            environment.forget_proxies()
    assert answer.body == b"direct"


def test_a_proxy_that_refuses_is_not_the_source_refusing(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from linkcheck.web import environment

    with serving({"*": response(403, b"no")}) as proxy:
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{proxy.port}")
        environment.forget_proxies()
        try:
            failure = bad(ask(name, "https://cited.example/x", Network()))
        finally:
            environment.forget_proxies()
    assert failure.kind is FailureKind.PROXY
