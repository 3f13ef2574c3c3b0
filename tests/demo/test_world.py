"""The servers: framing, certificates, limits, and leaving nothing behind."""

from __future__ import annotations

import io
import socket
import ssl
import threading
from contextlib import ExitStack, redirect_stderr
from pathlib import Path

import pytest

from linkcheck.demo import World, serve
from linkcheck.demo.listener import CONNECTIONS

from .conftest import AGENT, Browser
from .test_sites import SPEECH, TRUST, frozen


def port_of(world: World, port: int) -> int:
    return next(one.to_port for one in world.resolve if one.port == port)


def spoken(ask: Browser, host: str, start: str) -> bytes:
    """Everything that comes over the wire until the server closes."""
    connection = ask.connect(host).sock
    assert connection is not None
    with connection:
        connection.sendall(f"{start}Host: {host}\r\n\r\n".encode())
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_every_host_has_both_ports_on_loopback(world: World, world_hosts: list[str]) -> None:
    assert {(one.host, one.port) for one in world.resolve} == {(host, p) for host in world_hosts for p in (80, 443)}
    assert {one.address for one in world.resolve} == {"127.0.0.1"}
    assert {"www.whitehouse.gov", "bidenwhitehouse.archives.gov", *world.controls} <= set(world_hosts)
    assert world.wayback == "https://web.archive.org"


def test_the_certificate_is_good_for_every_host_and_for_no_other(ask: Browser, world: World) -> None:
    for host in {one.host for one in world.resolve}:
        ask.connect(host).close()
    raw = socket.create_connection(("127.0.0.1", port_of(world, 443)), timeout=60)
    with raw, pytest.raises(ssl.SSLCertVerificationError):
        ask.tls.wrap_socket(raw, server_hostname="elsewhere.example")


def test_a_client_without_the_throw_away_authority_does_not_trust_it(world: World) -> None:
    raw = socket.create_connection(("127.0.0.1", port_of(world, 443)), timeout=60)
    with raw, pytest.raises(ssl.SSLCertVerificationError):
        ssl.create_default_context().wrap_socket(raw, server_hostname="example.com")


def test_an_unknown_host_is_misdirected(ask: Browser) -> None:
    connection = ask.connect("example.com")
    connection.putrequest("GET", "/", skip_host=True)
    connection.putheader("Host", "elsewhere.example")
    connection.endheaders()
    assert connection.getresponse().status == 421
    connection.close()


def test_a_host_field_may_name_the_port(ask: Browser) -> None:
    connection = ask.connect("example.com")
    connection.putrequest("GET", "/", skip_host=True)
    connection.putheader("Host", "Example.com:443")
    connection.endheaders()
    assert connection.getresponse().status == 200
    connection.close()


def test_a_request_without_a_host_is_malformed(ask: Browser) -> None:
    connection = ask.connect("example.com")
    connection.putrequest("GET", "/", skip_host=True)
    connection.endheaders()
    assert connection.getresponse().status == 400
    connection.close()


def test_one_connection_serves_many_requests(ask: Browser) -> None:
    connection = ask.connect("en.wikipedia.org")
    first = connection.sock
    for method, target in (
        ("GET", "/wiki/Trust,_but_verify"),
        ("HEAD", "/wiki/Trust,_but_verify"),
        ("POST", "/wiki/Trust,_but_verify"),
        ("GET", "/wiki/Nothing"),
    ):
        connection.request(method, target, b"a=b" if method == "POST" else None, {"User-Agent": AGENT})
        response = connection.getresponse()
        assert int(response.headers["Content-Length"]) > 0
        response.read()
        assert connection.sock is first
    connection.close()


def test_head_has_the_length_and_no_body(ask: Browser) -> None:
    got = ask(TRUST, method="HEAD")
    assert (got.status, got.body) == (200, b"")
    assert int(got.headers["Content-Length"]) == len(ask(TRUST).body)


def test_one_page_comes_in_chunks(ask: Browser) -> None:
    got = ask(frozen(SPEECH))
    assert got.headers["Transfer-Encoding"] == "chunked"
    assert got.headers["Content-Length"] is None
    assert got.body.endswith(b"</html>\n")


def test_a_client_of_http_1_0_gets_no_chunks(ask: Browser) -> None:
    path = frozen(SPEECH).partition(".gov")[2]
    answer = spoken(ask, "bidenwhitehouse.archives.gov", f"GET {path} HTTP/1.0\r\n")
    assert b"chunked" not in answer
    assert answer.endswith(b"</html>\n")


def test_nothing_follows_the_head_of_an_answer_to_head(ask: Browser) -> None:
    # http.client drops what it did not expect, so this one looks at the wire.
    answer = spoken(ask, "example.com", "HEAD / HTTP/1.1\r\nConnection: close\r\n")
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.endswith(b"\r\n\r\n")


def test_a_body_that_is_too_long_is_refused(ask: Browser) -> None:
    assert ask("https://web.archive.org/save", method="POST", Content_Length="9999999").status == 413


def test_ending_closes_what_clients_left_open_and_says_nothing(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    said = io.StringIO()
    with redirect_stderr(said), ExitStack() as left_open:
        with serve(tmp_path) as world:
            ask = Browser(world)
            kept = ask.connect("example.com")
            left_open.callback(kept.close)
            kept.request("GET", "/")
            kept.getresponse().read()
            silent = socket.create_connection(("127.0.0.1", port_of(world, 443)), timeout=60)
            left_open.callback(silent.close)
            half = socket.create_connection(("127.0.0.1", port_of(world, 80)), timeout=60)
            left_open.callback(half.close)
            half.sendall(b"GET / HTTP/1.1\r\nHo")
            gone = ask.connect("en.wikipedia.org")
            gone.request("GET", "/wiki/Main_Page")
            gone.close()
        assert kept.sock is not None
        assert kept.sock.recv(1) == b""
    assert set(threading.enumerate()) <= before
    assert said.getvalue() == ""
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port_of(world, 80)), timeout=60)


def test_an_exception_inside_ends_the_servers_too(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    with pytest.raises(KeyError), serve(tmp_path) as world:
        raise KeyError
    assert set(threading.enumerate()) <= before
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port_of(world, 443)), timeout=60)


def test_connections_are_bounded_and_come_free_again(tmp_path: Path) -> None:
    with serve(tmp_path) as world, ExitStack() as held:
        where = ("127.0.0.1", port_of(world, 80))
        request = b"GET / HTTP/1.1\r\nHost: example.com\r\n\r\n"

        def visit() -> tuple[socket.socket, bytes]:
            connection = held.enter_context(socket.create_connection(where, timeout=60))
            try:
                connection.sendall(request)
                return connection, connection.recv(12)
            except ConnectionError:
                return connection, b""

        connections = [visit() for _ in range(CONNECTIONS)]
        assert {start for _, start in connections} == {b"HTTP/1.1 200"}
        assert visit()[1] == b""
        connections[0][0].close()
        # The server notices on its own time: ask until the place is free.
        assert any(visit()[1] == b"HTTP/1.1 200" for _ in range(1000))
