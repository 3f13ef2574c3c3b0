"""Hand-written exchanges and visits for the tests of the archive."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from linkcheck.archives.local import LocalArchive
from linkcheck.model import Exchange, Hop, Landing, Observation, Page, Request

NOON = datetime(2026, 11, 23, 12, 0, 0, 250_000, tzinfo=UTC)
TOOL = "linkcheck 0.1.0"


class StillClock:
    """A clock that stands at one moment."""

    def now(self) -> datetime:
        return NOON

    def monotonic(self) -> float:
        return 0.0


def exchange(
    url: str = "https://example.org/speech",
    body: bytes = b"<title>Speech</title><p>without preconditions</p>",
    *,
    status: int = 200,
    head: bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n",
    sent: bytes = b"GET /speech HTTP/1.1\r\nHost: example.org\r\nAccept: */*\r\n\r\n",
    truncated: str = "",
    address: str = "192.0.2.7",
    minutes: int = 0,
) -> Exchange:
    return Exchange(
        request=Request(url),
        sent=sent,
        head=head,
        body=body,
        status=status,
        headers=(),
        started_at=NOON + timedelta(minutes=minutes),
        truncated=truncated,
        address=address,
    )


def redirect(url: str, target: str, *, minutes: int = 0) -> Exchange:
    head = f"HTTP/1.1 301 Moved Permanently\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode()
    return exchange(url, b"", status=301, head=head, minutes=minutes)


def landing(*exchanges: Exchange, title: str = "Speech", fingerprint: str = "00ff00ff00ff00ff") -> Landing:
    first, last = exchanges[0], exchanges[-1]
    seen = Observation(
        uri_r=first.request.url.partition("#")[0],
        observed_at=last.started_at,
        final_url=last.request.url,
        hops=tuple(Hop(hop.request.url, hop.status) for hop in exchanges[:-1]),
        status=last.status,
        media_type="text/html",
        page=Page(title=title, fingerprint=fingerprint),
    )
    return Landing(seen, exchanges)


def archive(root: Path, *, roll_at: int = 1_000_000_000) -> LocalArchive:
    return LocalArchive(root, clock=StillClock(), tool=TOOL, roll_at=roll_at)


def sample(root: Path) -> LocalArchive:
    """An archive of one file: a redirect chain, a plain page, and the same page again as a revisit."""
    made = archive(root)
    with made.open_for_writing() as writer:
        writer.save(
            landing(
                redirect("https://example.org/old", "https://example.org/speech"),
                exchange(minutes=1),
            )
        )
        writer.save(landing(exchange("https://example.com/", b"<p>short</p>", minutes=2), title="Kürze „q“"))
        writer.save(landing(exchange(minutes=3)))
    return made


def only_warc(root: Path) -> Path:
    """The single closed WARC file of an archive."""
    (path,) = (root / "warcs").glob("*.warc.gz")
    return path
