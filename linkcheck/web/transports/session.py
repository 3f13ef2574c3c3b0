"""A requests session under our rules: addresses screened after resolution, ``--resolve``, ``--ca-file``, the proxy of
the environment. The transport ``requests`` and every adapter in ``archives/`` ask through one of these.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
from typing import Any

import requests
import requests.adapters
import urllib3.connection
import urllib3.connectionpool
import urllib3.exceptions
import urllib3.poolmanager

from linkcheck import uri
from linkcheck.conduct import Network
from linkcheck.model import FailureKind
from linkcheck.web.environment import ca_bundle, proxy_for
from linkcheck.web.guard import Guard
from linkcheck.web.resolver import Resolver, look_up


class Unsafe(urllib3.exceptions.HTTPError):
    """The address behind the host may not be asked."""


class Unresolved(urllib3.exceptions.HTTPError):
    """The host has no address; ``kind`` says whether there is none or nobody answered."""

    def __init__(self, kind: FailureKind, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class _Wires:
    """Opens the sockets of one session."""

    def __init__(self, network: Network) -> None:
        self._guard = Guard(network)
        self._resolver = Resolver(network, lambda: None)

    def connect(self, host: str, port: int, timeout_s: object, options: Any) -> socket.socket:
        resolution = self._resolver.known(host, port)
        if resolution is None:
            resolution = look_up(host)
            self._resolver.learn(host, resolution)
        if resolution.failure is not None:
            raise Unresolved(resolution.failure, resolution.message)
        allowed, refused = self._guard.screen(host, port, resolution.addresses)
        if not allowed:
            raise Unsafe(refused)
        last: OSError | None = None
        for address in allowed:
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            wire = socket.socket(family, socket.SOCK_STREAM)
            try:
                for option in options or ():
                    wire.setsockopt(*option)
                if isinstance(timeout_s, int | float):
                    wire.settimeout(timeout_s)
                wire.connect((address, resolution.to_port or port))
            except OSError as error:
                wire.close()
                last = error
            else:
                return wire
        raise last or OSError("no address")


_READING: dict[int, socket.socket] = {}
"""The socket that each thread reads an answer from."""


def hang_up(thread: int) -> None:
    """Ends what a thread reads, so that it reads no more; it gets an error."""
    sock = _READING.get(thread)
    if sock is not None:
        with contextlib.suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)


def reads_nothing() -> None:
    """Tells that this thread is done with its last answer, whose connection may be another's by now."""
    _READING.pop(threading.get_ident(), None)


class _Response(http.client.HTTPResponse):
    """Keeps what http.client parses and throws away: the head as it came, and whom it came from."""

    def __init__(self, sock: socket.socket, *arguments: Any, **options: Any) -> None:
        super().__init__(sock, *arguments, **options)
        self.head = b""
        _READING[threading.get_ident()] = sock
        try:
            self.peer = str(sock.getpeername()[0])
        except OSError:  # already reset
            self.peer = ""

    def _read_status(self) -> tuple[str, int, str]:
        """Skips every interim response; http.client itself knows 100 alone (RFC 8297 has 103)."""
        while True:
            version, status, reason = super()._read_status()  # type: ignore[misc]
            if not 100 < status < 200 or status == 101:
                return version, status, reason
            while self.fp.readline(65_537) not in (b"\r\n", b"\n", b""):
                pass

    def begin(self) -> None:
        wire = self.fp
        tape = _Tape(wire)
        self.fp = tape  # type: ignore[assignment]
        try:
            super().begin()
        finally:
            if self.fp is not None:
                self.fp = wire
        self.head = tape.final_head()
        if not self.head.endswith((b"\n\r\n", b"\n\n")):
            raise http.client.RemoteDisconnected("the connection was closed within the head")


class _Tape:
    """Reads lines and remembers them."""

    def __init__(self, wire: Any) -> None:
        self.wire = wire
        self._lines: list[bytes] = []

    def readline(self, limit: int = -1) -> bytes:
        line: bytes = self.wire.readline(limit)
        if line.startswith(b"HTTP/") and self._lines and self._lines[-1] in (b"\r\n", b"\n"):
            self._lines.clear()  # what came before was a 1xx response
        self._lines.append(line)
        return line

    def final_head(self) -> bytes:
        return b"".join(self._lines)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.wire, name)


def _connection(base: type[Any], wires: _Wires) -> type[Any]:
    class Guarded(base):  # type: ignore[misc]
        response_class = _Response

        def _new_conn(self) -> socket.socket:
            if self.proxy is not None:
                return super()._new_conn()  # type: ignore[no-any-return]
            host = self._dns_host.strip("[]").rstrip(".") or self._dns_host
            try:
                return wires.connect(host, self.port, self.timeout, self.socket_options)
            except TimeoutError as error:
                raise urllib3.exceptions.ConnectTimeoutError(self, f"no connection to {host} in time") from error
            except OSError as error:
                raise urllib3.exceptions.NewConnectionError(self, str(error)) from error

    return Guarded


class _Adapter(requests.adapters.HTTPAdapter):
    """Puts our connections and one shared TLS context under requests (a CA bundle takes 15 to 40 ms to load)."""

    def __init__(self, network: Network, *, pool_size: int) -> None:
        self._wires = _Wires(network)
        self._context = ssl.create_default_context(cafile=ca_bundle(network))
        super().__init__(pool_connections=pool_size, pool_maxsize=pool_size, max_retries=0, pool_block=False)

    def _dress(self, manager: urllib3.poolmanager.PoolManager) -> None:
        http = urllib3.connectionpool.HTTPConnectionPool
        https = urllib3.connectionpool.HTTPSConnectionPool
        plain = _connection(urllib3.connection.HTTPConnection, self._wires)
        tls = _connection(urllib3.connection.HTTPSConnection, self._wires)
        manager.pool_classes_by_scheme = {
            "http": type("GuardedPool", (http,), {"ConnectionCls": plain}),
            "https": type("GuardedTLSPool", (https,), {"ConnectionCls": tls}),
        }

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, ssl_context=self._context, **options)
        self._dress(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        options.setdefault("ssl_context", self._context)
        manager = super().proxy_manager_for(proxy, **options)
        self._dress(manager)
        return manager

    def build_connection_pool_key_attributes(self, request: Any, verify: Any, cert: Any = None) -> Any:
        where, how = super().build_connection_pool_key_attributes(request, verify, cert)
        how.pop("ca_certs", None)  # our context has the bundle already; loading it a pool costs 15 to 40 ms
        how["ssl_context"] = self._context
        return where, how

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        conn.cert_reqs = "CERT_REQUIRED"


class Session(requests.Session):
    """See :func:`build`."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self._resolver = Resolver(network, lambda: None)

    def proxies_for(self, url: str) -> dict[str, str]:
        """The proxy of the environment in the form that requests takes; none where ``--resolve`` gives the address."""
        proxy = proxy_for(url)
        given = self._resolver.is_given(uri.host(url), uri.port(url))
        return {uri.scheme(url): proxy} if proxy and not given else {}

    def merge_environment_settings(self, url: Any, proxies: Any, stream: Any, verify: Any, cert: Any) -> Any:
        settings = super().merge_environment_settings(url, proxies, stream, verify, cert)
        settings["proxies"] = self.proxies_for(str(url))
        return settings


def build(network: Network, *, pool_size: int = 8) -> Session:
    """A session that opens sockets by our rules and reads nothing else from the environment than the proxy.

    Raises:
        SettingsError: ``ca_file`` or ``allow_private`` is wrong.
    """
    session = Session(network)
    session.trust_env = False  # no netrc: credentials must not leave for a host a document names
    session.headers.clear()
    session.headers["User-Agent"] = network.user_agent
    adapter = _Adapter(network, pool_size=pool_size)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session
