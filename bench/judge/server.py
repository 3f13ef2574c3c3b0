"""Replays the rows on loopback: every host answers its one page, and its siblings as the world wants it."""

from __future__ import annotations

import contextlib
import socketserver
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus

from bench.judge.rows import Answer, Row, Siblings
from linkcheck import uri

_HTML = (("Content-Type", "text/html; charset=utf-8"),)
_FRONT = (
    b"<!doctype html><html lang=en><head><title>The Paper</title></head><body><h1>The Paper</h1><h2>News</h2>"
    b"<p><a href=/world/>World</a> <a href=/science/>Science</a> <a href=/about/>Who we are</a></p></body></html>"
)
_MISSING = (
    b"<!doctype html><html lang=en><head><title>Page not found - The Paper</title></head><body>"
    b"<h1>Page not found</h1><p>We are sorry, the page that you asked for is not here. It may have been moved, or its "
    b"address was typed wrong.</p><p><a href=/>Back to the front page</a></p></body></html>"
)
_LONGEST_HEAD = 64 * 1024


class Replay:
    """What is answered, and whom nobody knows here: ``strangers`` must stay empty."""

    def __init__(self, rows: Sequence[Row], world: int) -> None:
        self._rows: Mapping[str, Row] = {uri.host(row.url): row for row in rows}
        self._world = world
        self.strangers: set[str] = set()

    def answer(self, host: str, target: str) -> Answer:
        """To a request for ``target`` (path and query) at ``host``."""
        row = self._rows.get(host)
        if row is None:
            self.strangers.add(host)
            return Answer(502, (), b"")
        if target == row.url.partition("://")[2].removeprefix(uri.host(row.url)):
            return row.answer if not self._world else replace(row.answer, fields=(*row.answer.fields, *row.behind))
        siblings = row.siblings[self._world]
        if target == "/robots.txt":
            return Answer(404, _HTML, b"")
        if siblings is Siblings.SAME:
            # A page that only sends on would send on in a circle.
            return Answer(200, _HTML, _MISSING) if b'http-equiv="refresh"' in row.answer.body else row.answer
        if target == "/":
            return Answer(200, _HTML, _FRONT)
        return Answer(200 if siblings is Siblings.SOFT else 404, _HTML, _MISSING)


class _Handler(socketserver.StreamRequestHandler):
    """One request a connection: the fewest ways to go wrong."""

    timeout = 20

    def handle(self) -> None:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            line = self.rfile.readline(_LONGEST_HEAD)
            if not line or len(head) > _LONGEST_HEAD:
                return
            head += line
        lines = head.decode("latin-1").split("\r\n")
        method, target = lines[0].split(" ")[:2]
        fields = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
        replay: Replay = self.server.replay  # type: ignore[attr-defined]
        sent = replay.answer(fields.get("host", "").partition(":")[0], target)
        body = b"" if method == "HEAD" else sent.body
        with contextlib.suppress(OSError):
            self.wfile.write(_head(sent) + body)


def _head(sent: Answer) -> bytes:
    try:
        words = HTTPStatus(sent.status).phrase
    except ValueError:
        words = "Unnamed"
    fields = (*sent.fields, ("Content-Length", str(len(sent.body))), ("Connection", "close"))
    lines = [f"HTTP/1.1 {sent.status} {words}", *(f"{name}: {value}" for name, value in fields)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 256


@contextlib.contextmanager
def replaying(rows: Sequence[Row], world: int) -> Iterator[tuple[Replay, int]]:
    """The replay and its port on 127.0.0.1, for the length of the block."""
    replay = Replay(rows, world)
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.replay = replay  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield replay, server.server_address[1]
        finally:
            server.shutdown()
            thread.join()
