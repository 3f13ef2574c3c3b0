"""The Wayback Machine's addresses and error behaviours over a real archive server, on loopback.

Index queries are answered from the rows of pywb's own CDX server, mementos and TimeMaps are pywb's answers with the
``X-Archive-Orig-`` fields of the real one, and Save Page Now speaks the documented form, its errors as HTTP 200 too.
Without a pywb it holds nothing but what it is asked to save.
"""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from linkcheck.clock import parse_timestamp14
from linkcheck.demo import cdx
from linkcheck.uri import surt

Capturing = Callable[[str], tuple[str, str, int]]
"""Makes a capture of a URL: its 14 digits, where it led, and its status."""


@dataclass(frozen=True)
class Row:
    """One line of pywb's index in the Wayback Machine's fields."""

    urlkey: str
    row: dict[str, str]

    def fields(self) -> dict[str, str]:
        return dict(self.row)


@dataclass
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: Mapping[str, str]
    form: dict[str, str]


@dataclass
class Facade:
    """What is served, and what a test makes of it.

    Attributes:
        pywb: base URL of a pywb with a collection ``web``; "" for none.
        capture: called when a job ends well.
        pending: how often a job is ``pending`` before it ends.
        user: the answer of ``/save/status/user``.
        refusals: what the next ``POST /save`` answer instead of naming a job, one after the other.
        endings: what the next jobs end with instead of a capture.
        shut: answers by the beginning of the path, before anything else: status and body.
        anonymous: how ``GET /save/URL`` ends: ``429`` or ``works``.
    """

    pywb: str = ""
    capture: Capturing | None = None
    pending: int = 1
    user: dict[str, Any] = field(default_factory=lambda: {"available": 6, "processing": 0, "daily_captures": 3,
                                                          "daily_captures_limit": 30_000})  # fmt: skip
    refusals: list[dict[str, Any]] = field(default_factory=list)
    endings: list[dict[str, Any]] = field(default_factory=list)
    shut: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    anonymous: str = "429"
    asked: list[Asked] = field(default_factory=list)
    jobs: dict[str, tuple[str, int]] = field(default_factory=dict)
    kept: dict[str, bytes] = field(default_factory=dict)
    url: str = ""

    def paths(self, start: str = "/", method: str = "") -> list[str]:
        return [each.path for each in self.asked if each.path.startswith(start) and method in ("", each.method)]

    def answer(self, asked: Asked) -> tuple[int, dict[str, str], bytes]:
        self.asked.append(asked)
        for start, (status, body) in self.shut.items():
            if asked.path.startswith(start):
                return status, {"Content-Type": "text/html"}, body
        path = asked.path.partition("?")[0]
        if path == "/cdx/search/cdx":
            return self._index(asked.path.partition("?")[2])
        if asked.path.startswith("/save"):
            return self._save(asked, path)
        if asked.path.startswith("/web/"):
            return self._memento(asked)
        return 404, {}, b"nothing here"

    # ------------------------------------------------------------ index and mementos

    def _index(self, query: str) -> tuple[int, dict[str, str], bytes]:
        wanted = {name: values[-1] for name, values in parse_qs(query).items()}
        rows: list[Row] = []
        if self.pywb:
            match = wanted.get("matchType", "exact")
            _, _, body = self._pywb(f"/web/cdx?url={quote(wanted['url'], safe='')}&matchType={match}&output=json", {})
            for line in body.decode().splitlines():
                told = json.loads(line)
                revisit = told.get("mime") == "warc/revisit"
                rows.append(
                    Row(
                        surt(told["url"]),
                        {
                            "urlkey": surt(told["url"]),
                            "timestamp": told["timestamp"],
                            "original": told["url"],
                            "mimetype": told.get("mime", "-"),
                            "statuscode": "-" if revisit else told.get("status", "-"),
                            "digest": told.get("digest", "-").rpartition(":")[2],
                            "length": told.get("length", "-"),
                        },
                    )
                )
        text, media_type = cdx.answer(query, rows)  # type: ignore[arg-type]
        return 200, {"Content-Type": media_type}, text.encode()

    def _memento(self, asked: Asked) -> tuple[int, dict[str, str], bytes]:
        if not self.pywb:
            digits, _, url = asked.path.removeprefix("/web/").partition("id_/")
            if url not in self.kept:
                return 404, {"Content-Type": "text/html"}, b"not archived"
            date = format_datetime(parse_timestamp14(digits), usegmt=True)
            return 200, {"Content-Type": "text/html", "Memento-Datetime": date}, self.kept[url]
        passed = {name: asked.headers[name] for name in ("Accept-Datetime", "Host") if name in asked.headers}
        status, headers, body = self._pywb(asked.path, passed)
        said = {name: value for name, value in headers.items() if name.lower() not in ("transfer-encoding", "date")}
        if "Memento-Datetime" in said:
            said |= {f"X-Archive-Orig-{name}": said[name] for name in ("Content-Type",) if name in said}
        return status, said, body

    def _pywb(self, path: str, headers: Mapping[str, str]) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection(urlsplit(self.pywb).netloc, timeout=60)
        try:
            connection.request("GET", path, headers=dict(headers))
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read()
        finally:
            connection.close()

    # ------------------------------------------------------------ Save Page Now

    def _save(self, asked: Asked, path: str) -> tuple[int, dict[str, str], bytes]:
        if path.startswith("/save/http"):
            if self.anonymous == "429" or self.capture is None:
                return 429, {}, b"too many requests"
            digits, final, _ = self.capture(asked.path.removeprefix("/save/"))
            return 302, {"Location": f"/web/{digits}/{final}"}, b""
        if asked.headers.get("Authorization") != "LOW access:secret":
            return (
                401,
                {"Content-Type": "application/json"},
                b'{"message": "You need to be logged in to use Save Page Now."}',
            )
        if path == "/save/status/user":
            return self._json(self.user)
        if path.startswith("/save/status/"):
            return self._state(path.removeprefix("/save/status/"))
        if self.refusals:
            return self._json(self.refusals.pop(0))
        job_id = f"spn2-{surt(asked.form['url']).encode().hex()[-24:]}"
        self.jobs.setdefault(job_id, (asked.form["url"], self.pending))
        return self._json({"url": asked.form["url"], "job_id": job_id})

    def _state(self, job_id: str) -> tuple[int, dict[str, str], bytes]:
        if job_id not in self.jobs:
            return 404, {}, b""
        url, left = self.jobs[job_id]
        if left:
            self.jobs[job_id] = (url, left - 1)
            return self._json({"status": "pending", "job_id": job_id, "resources": []})
        if self.endings:
            return self._json({"status": "error", "job_id": job_id, "resources": [], **self.endings.pop(0)})
        assert self.capture is not None
        digits, final, status = self.capture(url)
        told = {
            "status": "success",
            "job_id": job_id,
            "timestamp": digits,
            "original_url": final,
            "http_status": status,
        }
        return self._json({**told, "duration_sec": 6.2, "resources": [final], "outlinks": []})

    def _json(self, told: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        return 200, {"Content-Type": "application/json"}, json.dumps(told).encode()


@contextmanager
def facing(facade: Facade) -> Iterator[Facade]:
    """The façade on a port of its own, its ``url`` set."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            form = {name: values[-1] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
            status, headers, body = facade.answer(Asked(self.command, self.path, dict(self.headers), form))
            self.send_response(status)
            for name, value in headers.items():
                if name.lower() != "content-length":
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = answer  # noqa: N815  the names are http.server's

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    facade.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield facade
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
