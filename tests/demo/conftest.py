"""The demo's web, up once for all tests here, and a client that reaches it as the program does."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urlsplit

import pytest

from linkcheck.demo import World, serve

AGENT = "linkcheck/0.1 (tests)"


@dataclass(frozen=True)
class Got:
    """One answer as it came, still encoded."""

    status: int
    headers: Message
    body: bytes


class Browser:
    """Asks one URL on a new connection, through the world's addresses and authority."""

    def __init__(self, world: World) -> None:
        self.tls = ssl.create_default_context(cafile=str(world.ca_file))
        # Python 3.13 sets it by default; a certificate that passes must pass everywhere.
        self.tls.verify_flags |= ssl.VERIFY_X509_STRICT
        self._places = {(one.host, one.port): (one.address, one.to_port) for one in world.resolve}

    def connect(self, host: str, port: int = 443) -> http.client.HTTPConnection:
        connection = http.client.HTTPConnection(host, port, timeout=60)
        sock = socket.create_connection(self._places[host, port], timeout=60)
        connection.sock = self.tls.wrap_socket(sock, server_hostname=host) if port == 443 else sock
        return connection

    def __call__(self, url: str, method: str = "GET", **headers: str) -> Got:
        parts = urlsplit(url)
        target = url.split(parts.netloc, 1)[1] or "/"
        fields = {"User-Agent": AGENT} | {name.replace("_", "-"): value for name, value in headers.items()}
        connection = self.connect(parts.netloc, 443 if parts.scheme == "https" else 80)
        try:
            connection.putrequest(method, target, skip_accept_encoding=True)
            for name, value in fields.items():
                if value:
                    connection.putheader(name, value)
            connection.endheaders()
            response = connection.getresponse()
            return Got(response.status, response.headers, response.read())
        finally:
            connection.close()


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with serve(tmp_path_factory.mktemp("demo")) as running:
        yield running


@pytest.fixture(scope="session")
def ask(world: World) -> Browser:
    return Browser(world)


@pytest.fixture(scope="session")
def world_hosts(world: World) -> list[str]:
    return sorted({one.host for one in world.resolve})
