"""A server for what nginx cannot do: slow, silent, resetting and rate-limited hosts. Run by ``serving`` as a script.

It keeps count of how late it was itself with its slow answers, so that a table cannot blame a client for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import socket
import struct
import sys
from collections import Counter
from pathlib import Path
from typing import Any

Answer = tuple[str, float, str]


class Hosts:
    """What every host answers, and what was counted."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.answers: dict[str, Answer] = {key: tuple(value) for key, value in plan["answers"].items()}
        self.rate: float = plan["rate"]
        self.burst: int = plan["burst"]
        page = plan["page"].encode()
        self.page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n%s" % _length(page)
        missing = b"<!doctype html><title>404 Not Found</title><h1>Not Found</h1>"
        self.missing = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n%s" % _length(missing)
        self.limited = b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\n%s" % _length(b"")
        self.counts: Counter[str] = Counter()
        self.lateness: list[float] = []
        self.open: Counter[str] = Counter()
        self._buckets: dict[str, tuple[float, float]] = {}
        self._refused: set[str] = set()
        self._not_before: dict[str, float] = {}

    def is_over_the_rate(self, key: str, address: str, now: float) -> bool:
        """Takes a token from the host's bucket; counts URLs that were refused twice in a row."""
        if not self.rate:
            return False
        if now < self._not_before.get(address, 0.0):
            self.counts["too soon after a 429"] += 1
        tokens, then = self._buckets.get(address, (float(self.burst), now))
        tokens = min(float(self.burst), tokens + (now - then) * self.rate)
        refused = tokens < 1
        self._buckets[address] = (tokens if refused else tokens - 1, now)
        if refused:
            self.counts["429"] += 1
            self.counts["429 twice in a row"] += key in self._refused
            self._refused.add(key)
            self._not_before[address] = now + 1.0
        else:
            self._refused.discard(key)
        return refused


def _length(body: bytes) -> bytes:
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


class Connection(asyncio.Protocol):
    """One connection to one host; requests one after another."""

    def __init__(self, hosts: Hosts, loop: asyncio.AbstractEventLoop) -> None:
        self._hosts = hosts
        self._loop = loop
        self._received = b""
        self._address = ""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._address = transport.get_extra_info("sockname")[0]
        self._hosts.open[self._address] += 1
        self._hosts.counts["connections"] += 1
        most = self._hosts.counts["most connections to one host"]
        self._hosts.counts["most connections to one host"] = max(most, self._hosts.open[self._address])

    def connection_lost(self, exc: Exception | None) -> None:
        self._hosts.open[self._address] -= 1
        self._transport = None

    def data_received(self, chunk: bytes) -> None:
        self._received += chunk
        while b"\r\n\r\n" in self._received:
            head, _, self._received = self._received.partition(b"\r\n\r\n")
            self._asked(head.split(b" ", 2))

    def _asked(self, words: list[bytes]) -> None:
        self._hosts.counts["requests"] += 1
        key = f"{self._address}{words[1].decode('latin-1')}"
        kind, delay, target = self._hosts.answers.get(key, ("dead", 0.0, ""))
        now = self._loop.time()
        if self._hosts.is_over_the_rate(key, self._address, now):
            self._send(self._hosts.limited)
        elif kind == "timeout":
            self._hosts.counts["asked a silent host"] += 1
        elif kind == "reset":
            self._reset()
        else:
            self._loop.call_later(delay, self._answer, kind, target, words[0] == b"HEAD", now + delay)

    def _answer(self, kind: str, target: str, head_only: bool, due: float) -> None:
        self._hosts.lateness.append(self._loop.time() - due)
        if kind == "redirect":
            self._send(b"HTTP/1.1 301 Moved Permanently\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n" % target.encode())
            return
        whole = self._hosts.missing if kind == "dead" else self._hosts.page
        self._send(whole[: whole.index(b"\r\n\r\n") + 4] if head_only else whole)

    def _send(self, content: bytes) -> None:
        if self._transport is not None:
            self._transport.write(content)

    def _reset(self) -> None:
        if self._transport is not None:
            taken: socket.socket = self._transport.get_extra_info("socket")
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self._transport.abort()


async def serve(plan: dict[str, Any]) -> None:
    """Answers until SIGTERM, then writes down what was counted."""
    loop = asyncio.get_running_loop()
    hosts = Hosts(plan)
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    for address in plan["addresses"]:
        await loop.create_server(lambda: Connection(hosts, loop), address, plan["port"], backlog=1024)
    await stopped.wait()
    late = sorted(hosts.lateness) or [0.0]
    figures = {
        **hosts.counts,
        "server late, 99th percentile, ms": round(1000 * late[int(0.99 * (len(late) - 1))], 2),
        "server late, most, ms": round(1000 * late[-1], 2),
    }
    Path(plan["tally"]).write_text(json.dumps(figures))


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(json.loads(Path(sys.argv[1]).read_text())))
