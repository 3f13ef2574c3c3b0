"""Requests over libcurl: one multi handle, one thread, every easy handle recycled (see bench/ for why)."""

from __future__ import annotations

import contextlib
import errno
import queue
import selectors
import socket
import threading
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime

import pycurl

from linkcheck import uri
from linkcheck.clock import Clock
from linkcheck.conduct import Network
from linkcheck.model import Exchange, Failure, FailureKind, Request
from linkcheck.web.environment import ca_bundle, host_field, proxy_for
from linkcheck.web.guard import Guard
from linkcheck.web.resolver import Resolution, Resolver
from linkcheck.web.transports import (
    REFUSED_CERTIFICATES,
    Answer,
    about_certificate,
    head_fields,
    limited,
    no_byte,
    no_way,
    no_whole,
    parse_head,
    sent_head,
)

_RESET = {errno.ECONNRESET, errno.EPIPE, errno.ECONNABORTED}
_UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL, errno.EACCES}
_KEPT_CONNECTIONS = 512
_E_TOO_LARGE = 100
_E_PROXY = 97
_EVENTS = {
    pycurl.POLL_IN: selectors.EVENT_READ,
    pycurl.POLL_OUT: selectors.EVENT_WRITE,
    pycurl.POLL_INOUT: selectors.EVENT_READ | selectors.EVENT_WRITE,
}
_CERTIFICATE_PROBLEMS = {
    10: FailureKind.TLS_EXPIRED,
    9: FailureKind.TLS_EXPIRED,
    62: FailureKind.TLS_WRONG_HOST,
}


@dataclass(slots=True)
class _Transfer:
    """What one request has brought so far."""

    ticket: int
    request: Request
    limits: Network
    host: str
    port: int
    started_at: datetime
    began: float
    proxied: bool = False
    addresses: tuple[str, ...] = ()
    to_port: int = 0
    sent: bytes = b""
    head: bytearray = field(default_factory=bytearray)
    body: bytearray = field(default_factory=bytearray)
    head_bytes: int = 0
    head_done: bool = False
    head_too_long: bool = False
    body_too_long: bool = False
    refused: str = ""


class _Handed(socket.socket):
    """A socket given to pycurl, which works on a duplicate of it and drops this one unclosed."""

    def __del__(self) -> None:
        self.close()


class _Line:
    """One recycled easy handle and the callbacks bound to it."""

    def __init__(self, network: Network, guard: Guard, ca_file: str) -> None:
        self.transfer: _Transfer | None = None
        self.method = ""
        self.proxy: str | None = None
        self.pointed = False
        self.timeout_s = network.timeout_s
        self._guard = guard
        self.curl = curl = pycurl.Curl()
        curl.setopt(pycurl.NOSIGNAL, 1)
        curl.setopt(pycurl.FOLLOWLOCATION, 0)
        # HTTP/2 pays where many requests share a connection. Ours go to a host one by one, and the archive keeps heads
        # as they came, which HTTP/2 has none of.
        curl.setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_1_1)
        curl.setopt(pycurl.HTTP09_ALLOWED, 0)
        curl.setopt(pycurl.HTTP_CONTENT_DECODING, 0)
        curl.setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
        curl.setopt(pycurl.PATH_AS_IS, 1)
        curl.setopt(pycurl.CAINFO, ca_file)
        curl.setopt(pycurl.CONNECTTIMEOUT_MS, int(network.connect_timeout_s * 1000))
        curl.setopt(pycurl.TIMEOUT_MS, int(network.timeout_s * 1000))
        curl.setopt(pycurl.OPENSOCKETFUNCTION, self._open)
        curl.setopt(pycurl.HEADERFUNCTION, self._header)
        curl.setopt(pycurl.WRITEFUNCTION, self._write)
        curl.line = self

    def _open(self, purpose: int, address: tuple[int, int, int, tuple[str, int]]) -> object:
        """The wall that nothing gets round: libcurl asks here for every socket, with the address it will connect."""
        family, kind, protocol, target = address
        transfer = self.transfer
        if transfer is None:
            return pycurl.SOCKET_BAD
        if not transfer.proxied:
            why = self._guard.refusal(transfer.host, transfer.port, str(target[0]))
            if why:
                transfer.refused = why
                return pycurl.SOCKET_BAD
        return _Handed(family, kind, protocol)

    def _header(self, line: bytes) -> int | None:
        transfer = self.transfer
        if transfer is None or transfer.head_done:  # trailer fields after a chunked body
            return None
        if line.startswith(b"HTTP/") and transfer.head.endswith(b"\n"):
            transfer.head.clear()  # what came before was a 1xx response
        transfer.head += line
        transfer.head_bytes += len(line)  # interim responses count too, or an endless row of them would not end
        if transfer.head_bytes > transfer.limits.max_header_bytes:
            transfer.head_too_long = True
            return -1
        if line in (b"\r\n", b"\n") and transfer.head[9:10] != b"1":
            transfer.head_done = True
        return None

    def _write(self, chunk: bytes) -> int | None:
        transfer = self.transfer
        if transfer is None:
            return -1
        room = transfer.limits.max_body_bytes - len(transfer.body)
        if len(chunk) > room:
            transfer.body += chunk[:room]
            transfer.body_too_long = True
            return -1
        transfer.body += chunk
        return None


class LibcurlTransport:
    """The transport to use wherever pycurl can be imported. See :class:`linkcheck.web.transports.Transport`."""

    def __init__(self, network: Network, clock: Clock) -> None:
        self._network = network
        self._clock = clock
        self._guard = Guard(network)
        self._ca_file = ca_bundle(network)
        self._selector = selectors.DefaultSelector()
        self._wake_in, self._wake_out = socket.socketpair()
        self._wake_in.setblocking(False)
        self._wake_out.setblocking(False)
        self._selector.register(self._wake_in, selectors.EVENT_READ)
        self._resolver = Resolver(network, self._wake)
        self._waiting: dict[str, list[_Transfer]] = {}
        self._done: deque[tuple[int, Answer]] = deque()
        self._told: queue.SimpleQueue[tuple[int, Answer]] = queue.SimpleQueue()
        self._idle: list[_Line] = []
        self._busy: set[_Line] = set()
        self._watched: set[int] = set()
        self._timer: float | None = None
        self._multi = pycurl.CurlMulti()
        # libcurl closes what it cannot keep; with its own limit most lanes began a new connection for each request.
        self._multi.setopt(pycurl.M_MAXCONNECTS, _KEPT_CONNECTIONS)
        self._multi.setopt(pycurl.M_SOCKETFUNCTION, self._watch)
        self._multi.setopt(pycurl.M_TIMERFUNCTION, self._set_timer)

    # ------------------------------------------------------------ the contract

    def start(self, ticket: int, request: Request) -> None:
        """See :class:`Transport`."""
        host, port = uri.host(request.url), uri.port(request.url)
        limits = limited(self._network, request)
        transfer = _Transfer(ticket, request, limits, host, port, self._clock.now(), self._clock.monotonic())
        if proxy_for(request.url) and not self._resolver.is_given(host, port):
            transfer.proxied = True
            self._screen_literal_then_begin(transfer)
            return
        known = self._resolver.known(host, port)
        if known is not None:
            self._begin(transfer, known)
        else:
            self._waiting.setdefault(host, []).append(transfer)
            self._resolver.ask(host)

    def wait(self, timeout_s: float) -> list[tuple[int, Answer]]:
        """See :class:`Transport`."""
        if not self._done:
            self._turn(timeout_s)
        landed = list(self._done)
        self._done.clear()
        return landed

    def close(self) -> None:
        """See :class:`Transport`."""
        for line in self._busy:
            self._multi.remove_handle(line.curl)
            line.curl.close()
        for line in self._idle:
            line.curl.close()
        self._busy.clear()
        self._idle.clear()
        self._multi.close()
        self._selector.close()
        self._wake_in.close()
        self._wake_out.close()

    # ------------------------------------------------------------ one request's way

    def _screen_literal_then_begin(self, transfer: _Transfer) -> None:
        """Behind a proxy the proxy resolves names; what can be refused here is an address written as such."""
        refused = self._guard.refusal_by_name(transfer.host, transfer.port)
        if refused:
            self._fail(transfer, FailureKind.UNSAFE_ADDRESS, refused)
            return
        self._launch(transfer, None)

    def _begin(self, transfer: _Transfer, resolution: Resolution) -> None:
        if resolution.failure is not None:
            self._fail(transfer, resolution.failure, resolution.message)
            return
        allowed, refused = self._guard.screen(transfer.host, transfer.port, resolution.addresses)
        if not allowed:
            self._fail(transfer, FailureKind.UNSAFE_ADDRESS, refused)
            return
        self._launch(transfer, Resolution(tuple(allowed), resolution.to_port or transfer.port))

    def _launch(self, transfer: _Transfer, to: Resolution | None) -> None:
        line = self._idle.pop() if self._idle else _Line(self._network, self._guard, self._ca_file)
        curl, request = line.curl, transfer.request
        url = uri.without_credentials(uri.without_fragment(request.url))
        fields = head_fields(self._network, request, host_field(url))
        curl.setopt(pycurl.URL, url)
        curl.setopt(pycurl.HTTPHEADER, [f"{name}: {value}".encode("latin-1", "replace") for name, value in fields])
        if line.method != request.method:
            line.method = request.method
            curl.setopt(pycurl.NOBODY, request.method == "HEAD")
            curl.setopt(pycurl.CUSTOMREQUEST, request.method)
        if line.timeout_s != transfer.limits.timeout_s:
            line.timeout_s = transfer.limits.timeout_s
            curl.setopt(pycurl.TIMEOUT_MS, int(line.timeout_s * 1000))
        proxy = proxy_for(request.url) if transfer.proxied else ""
        if line.proxy != proxy:
            line.proxy = proxy
            curl.setopt(pycurl.PROXY, proxy)
        if line.pointed:
            line.pointed = False
            curl.setopt(pycurl.CONNECT_TO, [])
            curl.setopt(pycurl.RESOLVE, [])
        if to is not None:
            line.pointed = self._point(curl, transfer, to)
            transfer.addresses, transfer.to_port = to.addresses, to.to_port
        transfer.sent = sent_head(request, url, fields)
        line.transfer = transfer
        self._busy.add(line)
        self._multi.add_handle(curl)

    def _point(self, curl: pycurl.Curl, transfer: _Transfer, to: Resolution) -> bool:
        """Tells libcurl the addresses that were screened, so that it asks no resolver itself; False: it needs none."""
        if to.to_port == transfer.port and transfer.host in to.addresses:
            return False
        written = [f"[{address}]" if ":" in address else address for address in to.addresses]
        if to.to_port != transfer.port or len(written) == 1:
            host = f"[{transfer.host}]" if ":" in transfer.host else transfer.host
            curl.setopt(pycurl.CONNECT_TO, [f"{host}:{transfer.port}:{written[0]}:{to.to_port}"])
        else:
            curl.setopt(pycurl.RESOLVE, [f"+{transfer.host}:{transfer.port}:{','.join(written)}"])
        return True

    # ------------------------------------------------------------ the loop

    def _turn(self, timeout_s: float) -> None:
        """One turn of the event loop: at most ``timeout_s`` of waiting, then whatever became ready."""
        now = self._clock.monotonic()
        pause = timeout_s if self._timer is None else min(timeout_s, max(0.0, self._timer - now))
        for key, events in self._selector.select(pause):
            if key.fileobj is self._wake_in:
                self._drain()
                continue
            action = (pycurl.CSELECT_IN if events & selectors.EVENT_READ else 0) | (
                pycurl.CSELECT_OUT if events & selectors.EVENT_WRITE else 0
            )
            self._multi.socket_action(key.fd, action)
        if self._timer is not None and self._timer <= self._clock.monotonic():
            self._timer = None
            self._multi.socket_action(pycurl.SOCKET_TIMEOUT, 0)
        self._take_resolutions()
        self._take_descriptions()
        self._give_up_on_slow_lookups()
        self._collect()

    def _watch(self, event: int, fd: int, multi: object, extra: object) -> None:
        wanted = _EVENTS.get(event)
        if fd in self._watched:
            if wanted is None:
                self._watched.discard(fd)
                with contextlib.suppress(KeyError, OSError):  # epoll forgets by itself what was closed
                    self._selector.unregister(fd)
            else:
                self._selector.modify(fd, wanted)
        elif wanted is not None:
            self._watched.add(fd)
            self._selector.register(fd, wanted)

    def _set_timer(self, milliseconds: int) -> None:
        self._timer = None if milliseconds < 0 else self._clock.monotonic() + milliseconds / 1000

    def _wake(self) -> None:
        with contextlib.suppress(OSError):  # a full pipe wakes as well; a closed one has nobody to wake
            self._wake_out.send(b"\0")

    def _drain(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while self._wake_in.recv(4096):
                pass

    def _take_resolutions(self) -> None:
        while not self._resolver.answers.empty():
            host, resolution = self._resolver.answers.get()
            self._resolver.learn(host, resolution)
            for transfer in self._waiting.pop(host, ()):
                self._begin(transfer, resolution)

    def _take_descriptions(self) -> None:
        while not self._told.empty():
            self._done.append(self._told.get())

    def _give_up_on_slow_lookups(self) -> None:
        limit = self._clock.monotonic() - self._network.connect_timeout_s
        for host in [host for host, queued in self._waiting.items() if queued[0].began < limit]:
            for transfer in self._waiting.pop(host):
                seconds = self._network.connect_timeout_s
                self._fail(
                    transfer,
                    FailureKind.DNS_NO_ANSWER,
                    f"no name server answered for {host} in {seconds:g} s",
                )

    def _collect(self) -> None:
        while True:
            left, finished, failed = self._multi.info_read()
            for curl in finished:
                self._land(curl.line, 0, "")
            for curl, code, message in failed:
                self._land(curl.line, code, message)
            if not left:
                return

    # ------------------------------------------------------------ the answer

    def _land(self, line: _Line, code: int, message: str) -> None:
        transfer, curl = line.transfer, line.curl
        self._multi.remove_handle(curl)
        if transfer is None:
            raise RuntimeError("libcurl finished a handle that carried nothing")
        answer = self._answer(transfer, curl, code, message)
        line.transfer = None
        self._busy.discard(line)
        self._idle.append(line)
        if isinstance(answer, Failure) and answer.kind in REFUSED_CERTIFICATES and transfer.addresses:
            # In a thread: it asks the host for its certificate once more, and may wait for it as long.
            threading.Thread(target=self._tell_which, args=(transfer, answer), daemon=True).start()
        else:
            self._done.append((transfer.ticket, answer))

    def _tell_which(self, transfer: _Transfer, failure: Failure) -> None:
        told = about_certificate(
            failure, transfer.host, transfer.addresses, transfer.to_port, self._network, self._clock
        )
        self._told.put((transfer.ticket, told))
        self._wake()

    def _answer(self, transfer: _Transfer, curl: pycurl.Curl, code: int, message: str) -> Answer:
        if transfer.head_done and not transfer.head_too_long:
            cut = self._cut(transfer, code, message)
            if cut is not None:
                return self._exchange(transfer, curl, cut)
        kind, words = _failure(transfer, curl, code, message, transfer.limits)
        address = curl.getinfo(pycurl.PRIMARY_IP) or next(iter(transfer.addresses), "")
        return self._failed(transfer, kind, words, "" if transfer.proxied else address)

    def _cut(self, transfer: _Transfer, code: int, message: str) -> str | None:
        """How the body ended, in the words of WARC-Truncated: "" whole, None when it is no usable answer."""
        if transfer.body_too_long:
            return "length"
        if code == 0:
            return ""
        if code == pycurl.E_OPERATION_TIMEDOUT:
            return "time"
        if "chunk" in message.lower():  # libcurl has no code of its own for a chunk size that is no number
            return None
        broken = (pycurl.E_PARTIAL_FILE, pycurl.E_RECV_ERROR, pycurl.E_SEND_ERROR)
        return "disconnect" if code in broken else None

    def _exchange(self, transfer: _Transfer, curl: pycurl.Curl, cut: str) -> Answer:
        head = bytes(transfer.head)
        try:
            status, headers = parse_head(head)
        except ValueError as error:
            return self._failed(transfer, FailureKind.MALFORMED_ANSWER, str(error), "")
        return Exchange(
            request=transfer.request,
            sent=transfer.sent,
            head=head,
            body=bytes(transfer.body),
            status=status,
            headers=headers,
            started_at=transfer.started_at,
            elapsed_s=self._clock.monotonic() - transfer.began,
            truncated=cut,
            address="" if transfer.proxied else curl.getinfo(pycurl.PRIMARY_IP) or "",
        )

    def _fail(self, transfer: _Transfer, kind: FailureKind, message: str) -> None:
        self._done.append((transfer.ticket, self._failed(transfer, kind, message, "")))

    def _failed(self, transfer: _Transfer, kind: FailureKind, message: str, address: str) -> Failure:
        elapsed = self._clock.monotonic() - transfer.began
        return Failure(transfer.request, kind, message, transfer.started_at, elapsed, address)


def _failure(
    transfer: _Transfer, curl: pycurl.Curl, code: int, message: str, network: Network
) -> tuple[FailureKind, str]:
    """libcurl's error code in our words. Its own message is kept: it names the host, the certificate, the limit."""
    words = message.strip() or f"libcurl error {code}"
    number = curl.getinfo(pycurl.OS_ERRNO)
    if transfer.head_too_long or code == _E_TOO_LARGE:
        return (
            FailureKind.MALFORMED_ANSWER,
            f"its header block is longer than {network.max_header_bytes} bytes",
        )
    if transfer.head.split(b" ", 2)[1:2] == [b"101"]:
        return FailureKind.MALFORMED_ANSWER, "it answers 101, which nobody asked for"
    if "chunk" in words.lower():
        return FailureKind.MALFORMED_ANSWER, words
    if code == 0:
        return FailureKind.CONNECTION_RESET, "the connection was closed within the head"
    if transfer.refused and code == pycurl.E_COULDNT_CONNECT:
        return FailureKind.UNSAFE_ADDRESS, transfer.refused
    if transfer.proxied and (code in (_E_PROXY, pycurl.E_COULDNT_RESOLVE_PROXY) or "CONNECT" in words):
        return FailureKind.PROXY, words
    if code == pycurl.E_OPERATION_TIMEDOUT:
        began = bool(transfer.head), bool(curl.getinfo(pycurl.REQUEST_SIZE))
        return FailureKind.TIMEOUT, no_whole(network) if began[0] else no_byte(network) if began[1] else no_way(network)
    if code in (pycurl.E_PEER_FAILED_VERIFICATION, pycurl.E_SSL_CACERT):
        return _certificate_problem(curl, words), words
    if code == pycurl.E_SSL_CONNECT_ERROR:
        closed = ("reset", "ssl_error_syscall", "unexpected eof")
        reset = number in _RESET or any(said in words.lower() for said in closed)
        return (FailureKind.CONNECTION_RESET if reset else FailureKind.TLS_PROTOCOL), words
    if code == pycurl.E_COULDNT_CONNECT:
        if number in _RESET:
            return FailureKind.CONNECTION_RESET, words
        if number in _UNREACHABLE:
            return FailureKind.UNREACHABLE, words
        return (FailureKind.TIMEOUT if number == errno.ETIMEDOUT else FailureKind.CONNECTION_REFUSED), words
    if code in (pycurl.E_RECV_ERROR, pycurl.E_SEND_ERROR, pycurl.E_GOT_NOTHING, pycurl.E_PARTIAL_FILE):
        return FailureKind.CONNECTION_RESET, words
    if code == pycurl.E_COULDNT_RESOLVE_HOST:
        return FailureKind.NO_SUCH_HOST, words
    return FailureKind.MALFORMED_ANSWER, words


def _certificate_problem(curl: pycurl.Curl, words: str) -> FailureKind:
    """Which fault OpenSSL found (X509_V_ERR_*); libcurl compares the host name itself and says so in words."""
    kind = _CERTIFICATE_PROBLEMS.get(curl.getinfo(pycurl.SSL_VERIFYRESULT))
    if kind is not None:
        return kind
    lowered = words.lower()
    if "expired" in lowered or "not yet valid" in lowered:
        return FailureKind.TLS_EXPIRED
    names = ("subject name", "host name", "hostname", "does not match")
    return FailureKind.TLS_WRONG_HOST if any(name in lowered for name in names) else FailureKind.TLS_UNTRUSTED
