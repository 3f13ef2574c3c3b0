"""A small HTTP/1.1 server on loopback: frames an :class:`Answer`, nothing more."""

from __future__ import annotations

import gzip
import re
import socket
import socketserver
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler
from threading import BoundedSemaphore, Lock, Thread, current_thread
from typing import Any

from linkcheck.demo.answers import Answer, Asked

ADDRESS = "127.0.0.1"
CONNECTIONS = 64
"""At once; one more is closed unanswered."""

_IDLE_S = 10.0
_LONGEST_BODY = 64 * 1024
_CHUNK = 1_000


@contextmanager
def listening(answer: Callable[[Asked], Answer], tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """Serve ``answer`` in threads of our own while the context lasts; yields the port.

    Args:
        answer: called from many threads at once.
        tls: speak TLS with it; plain HTTP without.
    """
    listener = _Listener(answer, tls)
    accepting = Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    accepting.start()
    try:
        yield listener.server_address[1]
    finally:
        listener.shutdown()
        accepting.join()
        listener.server_close()
        listener.hang_up()


class _Listener(socketserver.TCPServer):
    """A thread a connection. Not ``http.server.HTTPServer``: that asks the resolver for our own name first."""

    request_queue_size = 128

    def __init__(self, answer: Callable[[Asked], Answer], tls: ssl.SSLContext | None) -> None:
        self.answer = answer
        self.tls = tls
        self._slots = BoundedSemaphore(CONNECTIONS)
        self._lock = Lock()
        self._open: dict[Thread, socket.socket] = {}
        self._threads: list[Thread] = []
        super().__init__((ADDRESS, 0), _Connection)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Hand a connection to its own thread; the accept loop neither reads nor shakes hands."""
        if not self._slots.acquire(blocking=False):
            self.shutdown_request(request)
            return
        thread = Thread(target=self._attend, args=(request, client_address), daemon=True)
        with self._lock:
            self._open[thread] = request
        # Kept until they have ended, which is a moment after they have closed their connection.
        self._threads = [*filter(Thread.is_alive, self._threads), thread]
        thread.start()

    def _attend(self, raw: socket.socket, client_address: Any) -> None:
        connection = raw
        try:
            raw.settimeout(_IDLE_S)
            if self.tls is not None:
                connection = self._wrapped(raw, self.tls)
            self.finish_request(connection, client_address)
        except OSError:
            # The client hung up, was silent too long, or did not like our certificate: its own affair.
            pass
        finally:
            self.shutdown_request(connection)
            with self._lock:
                del self._open[current_thread()]
            self._slots.release()

    def _wrapped(self, raw: socket.socket, tls: ssl.SSLContext) -> ssl.SSLSocket:
        # Wrapping moves the descriptor to a new object; under the lock, so that hang_up() finds the right one.
        with self._lock:
            connection = tls.wrap_socket(raw, server_side=True, do_handshake_on_connect=False)
            self._open[current_thread()] = connection
        try:
            connection.do_handshake()
        except BaseException:
            connection.close()
            raise
        return connection

    def hang_up(self) -> None:
        """Close what clients keep open, and wait for the threads."""
        with self._lock:
            attended = list(self._open.values())
        for connection in attended:
            # Not SSLSocket.shutdown: it takes the TLS object away from under the thread that reads.
            with suppress(OSError):
                socket.socket.shutdown(connection, socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(_IDLE_S)


class _Connection(BaseHTTPRequestHandler):
    """One connection, kept alive between requests."""

    server: _Listener
    protocol_version = "HTTP/1.1"
    server_version = "stand-in"
    sys_version = ""
    wbufsize = -1
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: stderr belongs to the command."""

    def do_GET(self) -> None:
        """Answer one request."""
        if not self._take_body():
            return
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1:
            self.send_error(400, "One Host field is wanted")
            return
        fields = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(
            method=self.command,
            host=re.sub(r":\d*$", "", hosts[0].strip().lower()),
            target=self.path,
            headers=fields,
            secure=self.server.tls is not None,
        )
        self._send(self.server.answer(asked), fields.get("accept-encoding", ""))

    def do_HEAD(self) -> None:
        """As GET; the body is left out where it would be sent."""
        self.do_GET()

    def do_POST(self) -> None:
        """As GET; a site looks at the method itself."""
        self.do_GET()

    def _take_body(self) -> bool:
        """Read the request's body, so that the next request starts where it should; False after an error."""
        written = self.headers.get("Content-Length", "0")
        if not written.isdecimal() or int(written) > _LONGEST_BODY or "Transfer-Encoding" in self.headers:
            self.close_connection = True
            self.send_error(413, "Request body too long or of unknown length")
            return False
        self.rfile.read(int(written))
        return True

    def _send(self, answer: Answer, accepted: str) -> None:
        body = answer.body
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.media_type)
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.gzip:
            self.send_header("Vary", "Accept-Encoding")
            if _takes_gzip(accepted) and body:
                # Without a date in it, so that the same page is the same bytes (and the same digest) every time.
                body = gzip.compress(body, mtime=0)
                self.send_header("Content-Encoding", "gzip")
        chunked = answer.chunked and self.request_version != "HTTP/1.0"
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
        elif answer.status not in (204, 304):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(_in_chunks(body) if chunked else body)


def _takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding field names gzip without refusing it (``q=0``)."""
    for coding in accepted.lower().split(","):
        name, _, weight = coding.partition(";")
        if name.strip() in ("gzip", "x-gzip"):
            return not re.fullmatch(r"\s*q=0(\.0*)?\s*", weight)
    return False


def _in_chunks(body: bytes) -> bytes:
    """RFC 9112 7.1."""
    pieces = [body[start : start + _CHUNK] for start in range(0, len(body), _CHUNK)]
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
