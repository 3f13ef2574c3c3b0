"""Requests over the package requests, in threads: for machines where pycurl cannot be imported."""

from __future__ import annotations

import errno
import http.client
import queue
import ssl
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import requests
import urllib3.exceptions

from linkcheck import uri
from linkcheck.clock import Clock
from linkcheck.conduct import Network
from linkcheck.model import Exchange, Failure, FailureKind, Headers, Request
from linkcheck.web.environment import host_field
from linkcheck.web.guard import Guard
from linkcheck.web.resolver import Resolver, look_up
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
from linkcheck.web.transports.session import Unresolved, Unsafe, build, hang_up, reads_nothing

_THREADS = 32
_CHUNK = 64 * 1024
_GRACE_S = 2.0
_UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL, errno.EACCES}


@dataclass(frozen=True, slots=True)
class _Job:
    ticket: int
    request: Request
    limits: Network
    started_at: datetime
    began: float


class RequestsTransport:
    """One session, one TLS context, a thread a request under way. See :class:`linkcheck.web.transports.Transport`."""

    def __init__(self, network: Network, clock: Clock) -> None:
        self._network = network
        self._clock = clock
        self._guard = Guard(network)
        self._resolver = Resolver(network, lambda: None)
        self._session = build(network, pool_size=_THREADS)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[tuple[int, Answer]] = queue.SimpleQueue()
        self._open: dict[int, _Job] = {}
        self._taken: dict[int, tuple[float, int]] = {}
        # Threads write to it while wait() walks through it. It is held, too, while a thread is hung up on: what it
        # reads then is still the overdue answer, and not the next one.
        self._taken_lock = threading.Lock()
        self._threads = 0

    def start(self, ticket: int, request: Request) -> None:
        """See :class:`Transport`."""
        job = _Job(ticket, request, limited(self._network, request), self._clock.now(), self._clock.monotonic())
        self._open[ticket] = job
        if self._threads < min(_THREADS, len(self._open)):
            self._hire()
        self._jobs.put(job)

    def wait(self, timeout_s: float) -> list[tuple[int, Answer]]:
        """See :class:`Transport`."""
        landed: list[tuple[int, Answer]] = []
        try:
            self._take(landed, self._answers.get(timeout=timeout_s))
            while True:
                self._take(landed, self._answers.get_nowait())
        except queue.Empty:
            pass
        landed.extend(self._overdue())
        return landed

    def close(self) -> None:
        """See :class:`Transport`."""
        for _ in range(self._threads):
            self._jobs.put(None)
        self._session.close()

    def _hire(self) -> None:
        self._threads += 1
        threading.Thread(target=self._work, name="linkcheck-requests", daemon=True).start()

    def _take(self, landed: list[tuple[int, Answer]], answer: tuple[int, Answer]) -> None:
        if self._open.pop(answer[0], None) is not None:
            landed.append(answer)

    def _overdue(self) -> Iterator[tuple[int, Answer]]:
        """A server that sends one header byte a second keeps http.client waiting for ever; we do not wait with it."""
        now = self._clock.monotonic()
        overdue: list[_Job] = []
        with self._taken_lock:
            for ticket, (began, thread) in self._taken.items():
                job = self._open.get(ticket)
                if job is not None and began < now - job.limits.timeout_s - _GRACE_S:
                    hang_up(thread)
                    overdue.append(job)
            for job in overdue:
                del self._taken[job.ticket]  # the thread that hangs is written off
        for job in overdue:
            del self._open[job.ticket]
            self._threads -= 1
            self._hire()
            yield job.ticket, self._failed(job, FailureKind.TIMEOUT, no_whole(job.limits))

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            # The time of a request begins when somebody takes it, not while it queues for a thread.
            job = replace(job, started_at=self._clock.now(), began=self._clock.monotonic())
            reads_nothing()
            with self._taken_lock:
                self._taken[job.ticket] = (job.began, threading.get_ident())
            answer = self._ask(job)
            with self._taken_lock:
                if self._taken.pop(job.ticket, None) is None:
                    return  # another has been hired in this one's place: slow servers would have us make them for ever
            self._answers.put((job.ticket, answer))

    def _ask(self, job: _Job) -> Answer:
        url = uri.without_credentials(uri.without_fragment(job.request.url))
        host = uri.host(url)
        if self._session.proxies_for(url):
            refused = self._guard.refusal_by_name(host, uri.port(url))
            if refused:
                return self._failed(job, FailureKind.UNSAFE_ADDRESS, refused)
        fields = head_fields(self._network, job.request, host_field(url))
        prepared = requests.Request(job.request.method, "http://placeholder/", headers=dict(fields)).prepare()
        prepared.url = url  # as it is: prepare() would quote it anew
        # A connection that takes longer than the whole may would end as an answer that never did.
        timeouts = (min(job.limits.connect_timeout_s, job.limits.timeout_s), job.limits.timeout_s)
        try:
            # Not through Session.send: it reads and unpacks the whole body of every redirect, followed or not.
            adapter = self._session.get_adapter(url)
            response = adapter.send(
                prepared, stream=True, timeout=timeouts, verify=True, proxies=self._session.proxies_for(url)
            )
        except Exception as error:  # noqa: BLE001  whatever a hostile answer provokes is this request's failure
            failed = self._failed(job, *_failure(error, job.limits, proxied=bool(self._session.proxies_for(url))))
            return self._told_which(failed, url)
        with response:
            return self._read(job, response, sent_head(job.request, url, fields))

    def _told_which(self, failure: Failure, url: str) -> Failure:
        """With words about the certificate, where that is what was refused."""
        if failure.kind not in REFUSED_CERTIFICATES or self._session.proxies_for(url):
            return failure
        host, port = uri.host(url), uri.port(url)
        to = self._resolver.known(host, port) or look_up(host)
        allowed, _ = self._guard.screen(host, port, to.addresses)
        return about_certificate(failure, host, allowed, to.to_port or port, self._network, self._clock)

    def _read(self, job: _Job, response: requests.Response, sent: bytes) -> Answer:
        original: Any = response.raw._original_response
        head: bytes = original.head
        try:
            status, headers = parse_head(head)
        except ValueError as error:
            return self._failed(job, FailureKind.MALFORMED_ANSWER, str(error))
        if len(head) > self._network.max_header_bytes:
            return self._failed(job, FailureKind.MALFORMED_ANSWER, _head_too_long(self._network))
        if fault := _fault(status, headers):
            return self._failed(job, FailureKind.MALFORMED_ANSWER, fault)
        body, cut = self._body(job, response)
        if cut == "malformed":
            return self._failed(job, FailureKind.MALFORMED_ANSWER, "its body is not framed as its header says")
        return Exchange(
            request=job.request,
            sent=sent,
            head=head,
            body=body,
            status=status,
            headers=headers,
            started_at=job.started_at,
            elapsed_s=self._clock.monotonic() - job.began,
            truncated=cut,
            address="" if self._session.proxies_for(job.request.url) else original.peer,
        )

    def _body(self, job: _Job, response: requests.Response) -> tuple[bytes, str]:
        """The body within its limits and how it ended."""
        body = bytearray()
        try:
            while chunk := response.raw.read1(_CHUNK, decode_content=False):
                room = job.limits.max_body_bytes - len(body)
                body += chunk[:room]
                if len(chunk) > room:
                    return bytes(body), "length"
                if self._clock.monotonic() - job.began > job.limits.timeout_s:
                    return bytes(body), "time"
        except (TimeoutError, urllib3.exceptions.ReadTimeoutError):
            return bytes(body), "time"
        except (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError, ValueError) as error:
            return bytes(body), "malformed" if _no_chunk_size(error) else "disconnect"
        return bytes(body), ""

    def _failed(self, job: _Job, kind: FailureKind, message: str) -> Failure:
        return Failure(job.request, kind, message, job.started_at, self._clock.monotonic() - job.began)


def _fault(status: int, headers: Headers) -> str:
    """What http.client lets pass and RFC 9112 does not (6.3, 5.2), in the words of a failure."""
    if status < 200:
        return f"it answers {status}, which nobody asked for"
    lengths = {value for name, value in headers if name.lower() == "content-length"}
    if len(lengths) > 1 or any(not (value.isascii() and value.isdigit()) for value in lengths):
        return "its Content-Length is no number"
    if len({value for name, value in headers if name.lower() == "location"}) > 1:
        return "it names two different Locations"
    return ""


def _head_too_long(network: Network) -> str:
    return f"its header block is longer than {network.max_header_bytes} bytes"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An exception and what it wraps: urllib3 and requests put the socket's own three layers down."""
    seen: set[int] = set()
    queue_: list[BaseException] = [error]
    while queue_:
        current = queue_.pop(0)
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        inner = [current.__cause__, current.__context__, getattr(current, "reason", None), *current.args]
        queue_.extend(item for item in inner if isinstance(item, BaseException))


def _failure(error: BaseException, network: Network, *, proxied: bool) -> tuple[FailureKind, str]:
    """The exception in our words: the innermost one that means something decides."""
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, Unsafe):
            return FailureKind.UNSAFE_ADDRESS, str(cause)
        if isinstance(cause, Unresolved):
            return cause.kind, str(cause)
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _certificate_problem(cause), cause.verify_message
    for cause in causes:
        if proxied and isinstance(cause, urllib3.exceptions.ProxyError):
            return FailureKind.PROXY, str(cause)
    for cause in causes:
        kind = _kind(cause)
        if kind is not None:
            return kind, _which_timeout(causes, network) if kind is FailureKind.TIMEOUT else str(cause)
    return FailureKind.MALFORMED_ANSWER, str(error) or type(error).__name__


def _which_timeout(causes: Iterable[BaseException], network: Network) -> str:
    connecting = any(isinstance(cause, urllib3.exceptions.ConnectTimeoutError) for cause in causes)
    return no_way(network) if connecting else no_byte(network)


def _no_chunk_size(error: BaseException) -> bool:
    """Whether a chunk size was no number. http.client says IncompleteRead then; where the line ended, int() had b""."""
    return any(type(cause) is ValueError and not str(cause).endswith("b''") for cause in _causes(error))


def _kind(cause: BaseException) -> FailureKind | None:
    if isinstance(cause, ConnectionRefusedError):
        return FailureKind.CONNECTION_REFUSED
    if isinstance(cause, ConnectionResetError | BrokenPipeError | http.client.RemoteDisconnected):
        return FailureKind.CONNECTION_RESET
    if isinstance(cause, ssl.SSLZeroReturnError | ssl.SSLEOFError):
        return FailureKind.CONNECTION_RESET
    if isinstance(cause, ssl.SSLError):
        return FailureKind.TLS_PROTOCOL
    if isinstance(cause, TimeoutError | requests.exceptions.Timeout):
        return FailureKind.TIMEOUT
    if isinstance(cause, http.client.IncompleteRead):
        return FailureKind.CONNECTION_RESET
    if isinstance(cause, http.client.HTTPException):
        return FailureKind.MALFORMED_ANSWER
    if isinstance(cause, OSError) and cause.errno in _UNREACHABLE:
        return FailureKind.UNREACHABLE
    return None


def _certificate_problem(error: ssl.SSLCertVerificationError) -> FailureKind:
    """Which fault OpenSSL found: 9 and 10 are the dates, 62 and 64 the name (X509_V_ERR_*)."""
    if error.verify_code in (9, 10):
        return FailureKind.TLS_EXPIRED
    if error.verify_code in (62, 64) or "doesn't match" in str(error):
        return FailureKind.TLS_WRONG_HOST
    return FailureKind.TLS_UNTRUSTED
