"""The archive in a browser, on loopback: replayed by pywb, or by ReplayWeb.page's own files. Neither comes with us.

pywb is GPL and brings 40 packages; ReplayWeb.page is AGPL. So both are found or named, never installed from here.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from linkcheck.archives import index, wacz
from linkcheck.errors import InputError

LOOPBACK = "127.0.0.1"
_TYPES = {".js": "text/javascript", ".html": "text/html; charset=utf-8", ".wacz": "application/wacz"}
_CHUNK = 1 << 18
_PATIENCE_S = 30

# Their page fills the window; without `url` it shows the list of pages first.
_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Archive of sources</title>
<style>html, body, replay-web-page { margin: 0; height: 100%; display: block }</style>
<script src="/ui.js"></script>
<replay-web-page source="/archive.wacz" replayBase="/replay/"></replay-web-page>
</html>
"""
_PYWB = "framed_replay: false\nredirect_to_exact: true\nenable_memento: true\n"

NEITHER = (
    "to replay, pywb or ReplayWeb.page is needed, and neither is here. Either `pip install pywb` in an environment of "
    "its own and name its command with --pywb PATH/wayback, or `npm pack replaywebpage`, unpack that and name the "
    "folder with --replayweb DIR"
)


def serve(
    root: Path, replayweb: Path | None, pywb: str | None, port: int, *, tool: str, ready: Callable[[str], None]
) -> None:
    """Serves with what was named, else with the pywb that PATH has.

    Raises:
        InputError: neither is here, or it cannot be used; says the way out.
        ArchiveError: the archive cannot be read.
    """
    command = shutil.which(pywb or "wayback") or pywb
    if replayweb is not None:
        by_replayweb(root, replayweb, port, tool, ready)
    elif command is not None:
        by_pywb(root, command, port, ready)
    else:
        raise InputError(NEITHER)


def by_replayweb(root: Path, folder: Path, port: int, tool: str, ready: Callable[[str], None]) -> None:
    """Serves the archive, as WACZ, with ReplayWeb.page's ``ui.js`` and ``sw.js``, until interrupted.

    Args:
        root: ``archive/``.
        folder: where these two files are.
        port: on loopback; 0 for any that is free.
        tool: ``linkcheck VERSION``.
        ready: told the address once it is served.

    Raises:
        InputError: the folder has not got them, the port is taken, or nothing is kept yet.
        ArchiveError: the archive cannot be read.
    """
    absent = [name for name in ("ui.js", "sw.js") if not (folder / name).is_file()]
    if absent:
        raise InputError(
            f"{folder}: there is no {absent[0]} in it; --replayweb wants the files of the npm package replaywebpage"
        )
    with tempfile.TemporaryDirectory() as made:
        packed = Path(made) / "archive.wacz"
        wacz.export(root, packed, tool)
        files = {
            "/ui.js": folder / "ui.js",
            "/replay/ui.js": folder / "ui.js",
            "/replay/sw.js": folder / "sw.js",
            "/archive.wacz": packed,
        }
        try:
            server = _Server((LOOPBACK, port), partial(_Handler, files))
        except OSError as error:
            raise InputError(f"port {port} of {LOOPBACK} cannot be used ({error.strerror}); name another") from error
        with server:
            ready(f"http://{LOOPBACK}:{server.server_port}/")
            server.serve_forever()


def by_pywb(root: Path, command: str, port: int, ready: Callable[[str], None]) -> None:
    """Lets pywb serve the WARC files as they stand, over an index made now, until interrupted.

    Args:
        root: ``archive/``.
        command: pywb's ``wayback``.
        port: on loopback.
        ready: told the address once pywb was started.

    Raises:
        InputError: it cannot be started, or ended by itself with an error.
        ArchiveError: the archive cannot be read.
    """
    with tempfile.TemporaryDirectory() as made:
        home = Path(made)
        collection = home / "collections" / "web"
        (collection / "indexes").mkdir(parents=True)
        (collection / "archive").symlink_to((root / "warcs").resolve())
        (collection / "indexes" / "index.cdxj").write_text(index.made(root).cdxj(), encoding="utf-8")
        (home / "config.yaml").write_text(_PYWB, encoding="utf-8")
        try:
            line = [command, "-b", LOOPBACK, "-p", str(port)]
            server = subprocess.Popen(line, cwd=home, env=_surroundings(home))  # noqa: S603  the user's own command
        except OSError as error:
            raise InputError(f"{command}: cannot be started ({error.strerror})") from error
        try:
            ready(f"http://{LOOPBACK}:{port}/web/")
            code = server.wait()
        finally:
            server.terminate()
            server.wait()
        raise InputError(f"{command} ended by itself (exit code {code}); what it said stands above")


def _surroundings(home: Path) -> dict[str, str]:
    """The environment for pywb: without these it asks the internet for a list of public suffixes."""
    import os

    return {**os.environ, "TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS": "", "TLDEXTRACT_CACHE": str(home / "suffixes")}


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that closes a connection early is no news."""


class _Handler(BaseHTTPRequestHandler):
    """A page, three files, nothing else; GET and HEAD, with Range, for the WACZ is read in pieces."""

    protocol_version = "HTTP/1.1"
    timeout = _PATIENCE_S

    def __init__(self, files: dict[str, Path], *rest: object) -> None:
        self._files = files
        super().__init__(*rest)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def log_message(self, format: str, *_: object) -> None:  # noqa: A002  as it is called there
        """Nobody wants to read of every request."""

    def _answer(self) -> None:
        # Another site may have its own name point at loopback, and would then read what is kept here.
        if self.headers.get("Host", "").partition(":")[0] not in (LOOPBACK, "localhost"):
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return
        asked = self.path.partition("?")[0]
        if asked == "/":
            page = _PAGE.encode()
            self._head(HTTPStatus.OK, ".html", len(page))
            self._send(page)
            return
        path = self._files.get(asked)
        if path is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        size = path.stat().st_size
        span = _span(self.headers.get("Range", ""), size)
        if span is None:
            self.send_response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            self.send_header("Content-Range", f"bytes */{size}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        start, stop = span
        partly = "Range" in self.headers
        fields = [("Content-Range", f"bytes {start}-{stop - 1}/{size}")] if partly else []
        self._head(HTTPStatus.PARTIAL_CONTENT if partly else HTTPStatus.OK, path.suffix, stop - start, fields)
        with path.open("rb") as file:
            file.seek(start)
            while start < stop and (piece := file.read(min(_CHUNK, stop - start))):
                self._send(piece)
                start += len(piece)

    def _head(self, code: HTTPStatus, suffix: str, length: int, fields: list[tuple[str, str]] | None = None) -> None:
        self.send_response(code)
        self.send_header("Content-Type", _TYPES[suffix])
        self.send_header("Content-Length", str(length))
        self.send_header("Accept-Ranges", "bytes")
        for name, value in fields or []:
            self.send_header(name, value)
        self.end_headers()

    def _send(self, piece: bytes) -> None:
        if self.command == "GET":
            self.wfile.write(piece)


def _span(asked: str, size: int) -> tuple[int, int] | None:
    """What a Range header asks for, as start and stop; all of it without one; None where that cannot be given."""
    if not asked:
        return 0, size
    unit, _, places = asked.partition("=")
    first, dash, last = places.partition("-")
    if unit.strip() != "bytes" or not dash or not (first or last) or not (first + last).isdecimal():
        return None
    if not first:
        return max(0, size - int(last)), size
    start, stop = int(first), min(int(last) + 1, size) if last else size
    return (start, stop) if start < stop else None
