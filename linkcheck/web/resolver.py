"""Names to addresses, in threads of our own.

libcurl's resolver says "could not resolve" and no more; the difference between "there is no such host" and "nobody
answered" is the difference between a dead source and a bad line, so we ask ourselves and hand libcurl the addresses.
The threads are daemons: a resolver that hangs cannot hold up Ctrl-C.
"""

from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass

from linkcheck import uri
from linkcheck.conduct import Network
from linkcheck.model import FailureKind

_NO_SUCH_HOST = {getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA") if hasattr(socket, name)}
_THREADS = 16


@dataclass(frozen=True, slots=True)
class Resolution:
    """What the resolver says of a host: addresses, or why there are none."""

    addresses: tuple[str, ...] = ()
    to_port: int = 0
    failure: FailureKind | None = None
    message: str = ""


def _ask(host: str) -> tuple[str, ...]:
    # Bytes, so that Python's IDNA 2003 codec keeps out of it: WHATWG has already made the name ASCII.
    found = socket.getaddrinfo(host.encode("ascii"), None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def look_up(host: str) -> Resolution:
    """Asks the system's resolver, a second time (as an absolute name) before "no such host" is believed. Blocks."""
    if uri.ip_literal(host) is not None:
        return Resolution((host,))
    message = ""
    failure = FailureKind.NO_SUCH_HOST
    for name in (host, host.rstrip(".") + "."):
        try:
            return Resolution(_ask(name))
        except socket.gaierror as error:
            if error.errno not in _NO_SUCH_HOST:
                failure = FailureKind.DNS_NO_ANSWER
            message = error.strerror or str(error)
        except (OSError, UnicodeError) as error:
            message = str(error)
    says = "has no address" if failure is FailureKind.NO_SUCH_HOST else "could not be looked up"
    return Resolution(failure=failure, message=f"{host} {says} (the resolver says: {message})")


class Resolver:
    """Looks hosts up side by side, each once a run.

    Args:
        network: ``resolve`` entries are answered without asking.
        on_ready: called in a resolver's thread after an answer was put into ``answers``.
    """

    def __init__(self, network: Network, on_ready: Callable[[], None]) -> None:
        self._given = {
            (entry.host, entry.port): Resolution((entry.address,), entry.to_port) for entry in network.resolve
        }
        self._known: dict[str, Resolution] = {}
        self._asked: set[str] = set()
        self._questions: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._on_ready = on_ready
        self._threads = 0
        self.answers: queue.SimpleQueue[tuple[str, Resolution]] = queue.SimpleQueue()

    def known(self, host: str, port: int) -> Resolution | None:
        """The answer if there is one, without waiting."""
        given = self._given.get((host, port))
        if given is not None:
            return given
        if uri.ip_literal(host) is not None:
            return Resolution((host,), port)
        return self._known.get(host)

    def is_given(self, host: str, port: int) -> bool:
        """Whether the user gave the address; then no proxy is asked either."""
        return (host, port) in self._given

    def ask(self, host: str) -> None:
        """Puts the question; the answer comes through :attr:`answers`."""
        if host in self._asked:
            return
        self._asked.add(host)
        self._questions.put(host)
        if self._threads < min(_THREADS, len(self._asked)):
            self._threads += 1
            threading.Thread(target=self._work, name="linkcheck-resolver", daemon=True).start()

    def learn(self, host: str, resolution: Resolution) -> None:
        """Keeps an answer for the rest of the run; one that says nobody answered is asked anew next time."""
        self._asked.discard(host)
        if resolution.failure is not FailureKind.DNS_NO_ANSWER:
            self._known[host] = resolution

    def _work(self) -> None:
        while True:
            host = self._questions.get()
            self.answers.put((host, look_up(host)))
            self._on_ready()
