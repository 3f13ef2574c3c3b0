"""A den of hostile servers on loopback: every behaviour has a port of its own, and notes who came and who left."""

from __future__ import annotations

import contextlib
import selectors
import socket
import ssl
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

Act = Callable[["Guest"], None]

_PATIENCE_S = 60.0
"""The longest a server waits for a guest that does nothing: a test that hangs ends all the same."""


@dataclass(slots=True)
class Ledger:
    """What one port has seen.

    Attributes:
        name: of the behaviour.
        connections: that were accepted.
        heads: every request head as it came over the wire.
        left: a guest hung up while the server was not done with it.
    """

    name: str
    connections: int = 0
    heads: list[bytes] = field(default_factory=list)
    left: threading.Event = field(default_factory=threading.Event)


class Guest:
    """One accepted connection, as a behaviour sees it."""

    def __init__(self, wire: socket.socket, ledger: Ledger, den: Den) -> None:
        self._wire = wire
        self._ledger = ledger
        self._coming = b""
        self.den = den
        self.head = b""

    @property
    def asked(self) -> int:
        """How many requests have come to this port by now."""
        return len(self._ledger.heads)

    @property
    def path(self) -> str:
        return self.head.split(b" ", 2)[1].decode("latin-1")

    @property
    def host(self) -> str:
        """The host that was asked for, without the port."""
        field_ = next(line for line in self.head.split(b"\r\n") if line.lower().startswith(b"host:"))
        return field_[5:].strip().decode("latin-1").partition(":")[0]

    def read_head(self) -> bool:
        """Waits for the next request; false when the guest has gone."""
        while b"\r\n\r\n" not in self._coming:
            piece = self._wire.recv(65_536)
            if not piece:
                return False
            self._coming += piece
        head, _, self._coming = self._coming.partition(b"\r\n\r\n")
        self.head = head + b"\r\n\r\n"
        self._ledger.heads.append(self.head)
        return True

    def receive(self) -> bytes:
        """Whatever comes first."""
        return self._wire.recv(65_536)

    def send(self, payload: bytes) -> None:
        self._wire.sendall(payload)

    def flood(self, piece: bytes) -> None:
        """Sends a piece again and again until the guest goes, at some 4 MB/s so that the machine is left its cores."""
        pieces = piece * max(1, 16_384 // len(piece))
        while not self.den.closing.wait(0.004):
            self.send(pieces)

    def drip(self, piece: bytes, seconds: float = 0.1) -> None:
        """Sends a piece again and again, so many seconds apart, until the guest goes."""
        while not self.den.closing.wait(seconds):
            self.send(piece)

    def hang(self) -> None:
        """Says nothing until the guest goes."""
        while self._wire.recv(65_536):
            continue
        self._ledger.left.set()

    def ignore(self) -> None:
        """Neither reads nor writes."""
        self.den.closing.wait(_PATIENCE_S)

    def reset(self) -> None:
        """Closes with RST."""
        self._wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._wire.close()


class Den:
    """Listens at many ports and gives every connection a thread with the behaviour of its port."""

    def __init__(self) -> None:
        self.closing = threading.Event()
        self.ledgers: dict[str, Ledger] = {}
        self.fickle: set[str] = set()
        self._selector = selectors.DefaultSelector()
        self._open: set[socket.socket] = set()
        self._held: list[socket.socket] = []
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._acceptor = threading.Thread(target=self._accept, daemon=True)
        self.canary = self._canary()

    def lodge(self, name: str, act: Act, context: ssl.SSLContext | None = None, *, at: str = "127.0.0.1") -> int:
        """A port with a behaviour. The names' ledgers are in :attr:`ledgers`."""
        listener = socket.create_server((at, 0), backlog=64)
        return self._watch(name, listener, act, context)

    def lodge_at(self, name: str, act: Act, address: str, port: int) -> None:
        """The same at a port that is given."""
        self._watch(name, socket.create_server((address, port), backlog=64), act, None)

    def lodge_deaf(self, name: str) -> int:
        """A port whose queue of connections is full: no handshake is ever finished there."""
        listener = socket.create_server(("127.0.0.1", 0), backlog=0)
        port: int = listener.getsockname()[1]
        for _ in range(4):
            filler = socket.socket()
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.1", port))
            self._held.append(filler)
        self._held.append(listener)
        self.ledgers[name] = Ledger(name)
        return port

    def open(self) -> None:
        """Begins to accept."""
        self._acceptor.start()

    def close(self) -> None:
        """Ends every behaviour and waits for it."""
        self.closing.set()
        self._acceptor.join(_PATIENCE_S)
        with self._lock:
            for wire in self._open:
                with contextlib.suppress(OSError):
                    wire.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(_PATIENCE_S)
        for listener in [key.fileobj for key in list(self._selector.get_map().values())]:
            assert isinstance(listener, socket.socket)
            listener.close()
        for held in self._held:
            held.close()
        self._selector.close()

    def _canary(self) -> int:
        """A port on this machine, in both families, that no request may ever reach."""

        def sing(guest: Guest) -> None:
            if guest.read_head():
                guest.send(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret")

        port = self.lodge("canary", sing)
        with contextlib.suppress(OSError):  # a machine without IPv6
            self._watch("canary", socket.create_server(("::1", port), family=socket.AF_INET6), sing, None)
        return port

    def _watch(self, name: str, listener: socket.socket, act: Act, context: ssl.SSLContext | None) -> int:
        listener.setblocking(False)
        ledger = self.ledgers.setdefault(name, Ledger(name))
        self._selector.register(listener, selectors.EVENT_READ, (ledger, act, context))
        port: int = listener.getsockname()[1]
        return port

    def _accept(self) -> None:
        while not self.closing.is_set():
            for key, _ in self._selector.select(0.1):
                listener = key.fileobj
                assert isinstance(listener, socket.socket)
                try:
                    wire, _address = listener.accept()
                except OSError:
                    continue
                wire.settimeout(_PATIENCE_S)
                key.data[0].connections += 1  # here, in the order in which they come, and not in threads
                with self._lock:
                    self._open.add(wire)
                thread = threading.Thread(
                    target=self._host, args=(wire, key.data[0].connections, *key.data), daemon=True
                )
                self._threads.append(thread)
                thread.start()

    def _host(self, wire: socket.socket, number: int, ledger: Ledger, act: Act, context: ssl.SSLContext | None) -> None:
        try:
            if ledger.name in self.fickle and number > 1:
                Guest(wire, ledger, self).hang()
                return
            # Who begins with a handshake record gets TLS, who does not gets none.
            secure = context is not None and wire.recv(1, socket.MSG_PEEK) == b"\x16"
            spoken = context.wrap_socket(wire, server_side=True) if context and secure else wire
            if spoken is not wire:
                with self._lock:
                    self._open.discard(wire)
                    self._open.add(spoken)
                wire = spoken
            act(Guest(wire, ledger, self))
        except OSError:
            if not self.closing.is_set():
                ledger.left.set()
        finally:
            with self._lock:
                self._open.discard(wire)
            wire.close()
