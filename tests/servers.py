"""A server on loopback that does exactly what a test tells it to, byte for byte."""

from __future__ import annotations

import atexit
import contextlib
import functools
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Answerer = Callable[["Wire"], None]
Script = dict[str, bytes | Answerer]

_PATIENCE_S = 60.0
"""A guard against hanging, and no more: a machine that has much to do needs some seconds for anything."""


class Wire:
    """One accepted connection, as a behaviour sees it."""

    def __init__(self, connection: socket.socket, closing: threading.Event) -> None:
        self._connection = connection
        self._closing = closing
        self.head = b""

    @property
    def path(self) -> str:
        return self.head.split(b" ", 2)[1].decode("latin-1")

    def send(self, payload: bytes) -> None:
        self._connection.sendall(payload)

    def hang(self) -> None:
        """Says nothing until the client goes or the server is closed."""
        self._connection.settimeout(0.05)
        while not self._closing.is_set():
            try:
                if not self._connection.recv(4096):
                    return
            except TimeoutError:
                continue
            except OSError:
                return

    def drip(self, piece: bytes, seconds: float = 0.05) -> None:
        """Sends a piece again and again, a moment apart, until the client goes."""
        while not self._closing.wait(seconds):
            self.send(piece)

    def reset(self) -> None:
        """Closes with RST."""
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._connection.close()


class Server:
    """Answers each path from ``script``; ``heads`` keeps every request head as it came over the wire."""

    def __init__(self, script: Script, context: ssl.SSLContext | None = None) -> None:
        self.script = script
        self.heads: list[bytes] = []
        self._context = context
        self._closing = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self._listener.settimeout(0.05)
        self.port: int = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    @property
    def url(self) -> str:
        return f"{'https' if self._context else 'http'}://127.0.0.1:{self.port}"

    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [head.split(b" ", 2)[1].decode("latin-1") for head in self.heads]

    def close(self) -> None:
        self._closing.set()
        for thread in self._threads:
            thread.join(_PATIENCE_S)
        self._listener.close()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                connection, _ = self._listener.accept()
            except TimeoutError:
                continue
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            thread.start()
            self._threads.append(thread)

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(_PATIENCE_S)
        with contextlib.suppress(OSError), connection:
            if self._context is not None:
                connection = self._context.wrap_socket(connection, server_side=True)
            with contextlib.suppress(OSError), connection:
                coming = bytearray()
                while self._answer(connection, coming):
                    pass

    def _answer(self, connection: socket.socket, coming: bytearray) -> bool:
        """Answers one request; ``coming`` is what has been read of the connection beyond its head."""
        connection.settimeout(0.05)
        while b"\r\n\r\n" not in coming:
            try:
                piece = connection.recv(65_536)
            except TimeoutError:
                if self._closing.is_set():
                    return False
                continue
            if not piece:
                return False
            coming += piece
        length = coming.index(b"\r\n\r\n") + 4
        head = bytes(coming[:length])
        del coming[:length]
        connection.settimeout(_PATIENCE_S)
        self.heads.append(head)
        wire = Wire(connection, self._closing)
        wire.head = head
        behaviour = self.script.get(wire.path, self.script.get("*", response(404, b"nothing here")))
        if callable(behaviour):
            behaviour(wire)
            return False
        wire.send(behaviour)
        return b"connection: close" not in behaviour.lower() and b"content-length" in behaviour.lower()


def response(status: int, body: bytes = b"", *fields: str) -> bytes:
    """A whole response with Content-Length."""
    lines = [f"HTTP/1.1 {status} Whatever", *fields, f"Content-Length: {len(body)}"]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def html(title: str, body: str, *fields: str, status: int = 200) -> bytes:
    """A small page."""
    text = f"<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>"
    return response(status, text.encode(), "Content-Type: text/html; charset=utf-8", *fields)


@contextmanager
def serving(script: Script, context: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server that is closed at the end of the block."""
    server = Server(script, context)
    try:
        yield server
    finally:
        server.close()


@functools.cache
def closed_port() -> int:
    """A port of this machine that nobody listens on, nor will as long as these tests run.

    It is held without listening. A port that was let go again is soon given to a server of another worker's.
    """
    held = socket.socket()
    held.bind(("127.0.0.1", 0))
    atexit.register(held.close)
    port: int = held.getsockname()[1]
    return port


@contextmanager
def kept_port() -> Iterator[int]:
    """A port for a program that must be told its number: until the block ends, the system gives it to nobody by chance.

    Who asks for it by number gets it: we do not listen, and servers set SO_REUSEADDR as we do.
    """
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]
