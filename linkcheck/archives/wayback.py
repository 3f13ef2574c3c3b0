"""The Wayback Machine: which captures it holds, and asking it to make one.

Looked up through the CDX server, never the availability endpoint, whose ``{}`` is no evidence of anything. Queries go
out through waybackpy's CDX client with its ``endpoint`` set, but over our own session: its own has no timeout and reads
a 429 or 403 as "no captures".
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from linkcheck import uri
from linkcheck.clock import Clock, parse_timestamp14, timestamp14
from linkcheck.model import Snapshot

if TYPE_CHECKING:
    import requests

NAME = "wayback"
GOOD_STATUSES = "(200|203|206)"
"""Captures with these statuses are evidence; ``-`` is a revisit whose status stands elsewhere."""

CDX_QUERIES_A_MINUTE = 24
"""80 % of the hard limit of 30, as the Internet Archive asks clients to default to."""

_ROW = re.compile(r"\S+ \d{14} [!-~]+ \S+ \S+ \S+ \S+$")
_LONGEST_ANSWER = 4 * 1024 * 1024

_PATIENCE = 2
"""Queries in a row that may go unanswered before the rest of the run does without this archive."""

_SAVE_SLACK = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class LookUp:
    """What an archive says of one source.

    Attributes:
        answered: whether it said anything at all. Without an answer nothing is known: that is not "never archived".
        snapshots: captures of the very address, the one to cite first.
        neighbours: addresses on the same host whose last part is the same, for an address without captures.
        note: why there was no answer.
    """

    answered: bool
    snapshots: tuple[Snapshot, ...] = ()
    neighbours: tuple[str, ...] = ()
    note: str = ""


class _Unanswered(Exception):  # noqa: N818  it never leaves this module
    """The archive gave no usable answer."""


class Wayback:
    """The Wayback Machine, or anything that speaks its CDX and memento addresses.

    Args:
        session: made by :func:`linkcheck.web.transports.session.build`.
        base: scheme and host, ``https://web.archive.org``.
        clock: for the rate limit.
        tool: ``linkcheck VERSION``, written into snapshots.
        timeout_s: of one query; the CDX server may take half a minute.
    """

    def __init__(
        self, session: requests.Session, *, base: str, clock: Clock, tool: str, timeout_s: float = 40.0
    ) -> None:
        self._session = session
        self._base = base.rstrip("/")
        self._clock = clock
        self._tool = tool
        self._timeout_s = timeout_s
        self._asked: deque[float] = deque()
        self._silent = 0
        self._stopped = ""

    @property
    def wait_s(self) -> float:
        """Seconds until the next query may go out without exceeding the rate. Callers wait, then ask."""
        now = self._clock.monotonic()
        while self._asked and now - self._asked[0] >= 60:
            self._asked.popleft()
        return 0.0 if len(self._asked) < CDX_QUERIES_A_MINUTE else 60 - (now - self._asked[0])

    def find(self, uri_r: str, near: date | None) -> LookUp:
        """The capture that stands for a citation: the closest before the day of citing, else the closest after.

        Without a day it is the newest. The rule is that of Wikipedia's InternetArchiveBot.
        """
        if self._stopped:
            return LookUp(False, note=self._stopped)
        good = [f"statuscode:{GOOD_STATUSES}"]
        try:
            until = f"{near:%Y%m%d}235959" if near else None
            rows = list(self._query(uri_r, filters=good, end_timestamp=until, limit="-1"))
            if not rows and near:
                rows = list(self._query(uri_r, filters=good, start_timestamp=f"{near:%Y%m%d}", limit="1"))
            snapshots = tuple(self._snapshot(uri_r, row) for row in rows if _is_of(row.original, uri_r))
            neighbours = () if snapshots else self._neighbours(uri_r)
        except _Unanswered as error:
            return LookUp(False, note=str(error))
        return LookUp(True, snapshots, neighbours)

    def save(self, uri_r: str) -> LookUp:
        """Asks for a capture without keys, as best effort: the service answers 429 or works, by load."""
        if self._stopped:
            return LookUp(False, note=self._stopped)
        asked_at = self._clock.now()
        try:
            response = self._get(f"{self._base}/save/{uri_r}", allow_redirects=False)
        except _Unanswered as error:
            return LookUp(False, note=str(error))
        where = response.headers.get("Content-Location") or response.headers.get("Location") or ""
        memento = uri.join(self._base, where) or ""
        moment = _moment_of(memento)
        if moment is None or moment < asked_at - _SAVE_SLACK:
            return LookUp(False, note="the Wayback Machine took the request and named no new capture")
        return LookUp(True, (Snapshot(uri_r, memento, moment, NAME, 0, "", final_url=uri_r, tool=self._tool),))

    # ------------------------------------------------------------ inside

    def _neighbours(self, uri_r: str) -> tuple[str, ...]:
        """Other addresses of the host that end in the same words: a mangled address gives itself away so."""
        slug = uri.path(uri_r).rstrip("/").rpartition("/")[2]
        if len(slug) < 12 or "-" not in slug:
            return ()
        rows = self._query(
            uri.bare_host(uri_r),
            match_type="host",
            filters=[f"statuscode:{GOOD_STATUSES}", f"original:.*/{_literal(slug)}.*"],
            collapses=["urlkey"],
            limit="5",
        )
        return tuple(dict.fromkeys(row.original for row in rows if _same_host(row.original, uri_r)))

    def _query(self, url: str, **options: Any) -> Iterator[Any]:
        from waybackpy import WaybackMachineCDXServerAPI
        from waybackpy.exceptions import WaybackError

        fetch = self._get

        class OurCDX(WaybackMachineCDXServerAPI):
            """waybackpy's client with one page, one request, and our own look at the answer."""

            def cdx_api_manager(self, payload: dict[str, str], headers: dict[str, str]) -> Generator[str, None, None]:
                from waybackpy.cdx_utils import full_url

                payload["limit"] = str(self.limit)
                yield _index_lines(fetch(full_url(self.endpoint, params=payload)))

        client = OurCDX(url, user_agent=str(self._session.headers["User-Agent"]), **options)
        client.endpoint = f"{self._base}/cdx/search/cdx"
        try:
            yield from client.snapshots()
        except (WaybackError, ValueError) as error:
            raise _Unanswered(f"the Wayback Machine's index answered with something else: {error}") from error

    def _get(self, url: str, *, allow_redirects: bool = True) -> requests.Response:
        import requests
        import urllib3.exceptions

        self._asked.append(self._clock.monotonic())
        try:
            response = self._session.get(url, timeout=self._timeout_s, allow_redirects=allow_redirects, stream=True)
            response._content = _capped(response)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            self._silent += 1
            words = f"the Wayback Machine could not be reached ({_innermost(error)})"
            if self._silent >= _PATIENCE:
                self._stopped = words
            raise _Unanswered(words) from error
        self._silent = 0
        if response.status_code == 429:
            # Ignoring a 429 for a minute gets an address blocked for an hour, and twice that the next time.
            self._stopped = "the Wayback Machine asks us to slow down (429), so it is asked nothing more in this run"
            raise _Unanswered(self._stopped)
        if response.status_code >= 400:
            raise _Unanswered(f"the Wayback Machine answered {response.status_code}")
        return response

    def _snapshot(self, uri_r: str, row: Any) -> Snapshot:
        moment = parse_timestamp14(row.timestamp)
        return Snapshot(
            uri_r=uri_r,
            uri_m=f"{self._base}/web/{timestamp14(moment)}/{row.original}",
            captured_at=moment,
            archive=NAME,
            status=int(row.statuscode) if row.statuscode.isdigit() else 0,
            digest=f"sha1:{row.digest}",
            media_type=row.mimetype,
            length=int(row.length) if row.length.isdigit() else 0,
            final_url=row.original,
            tool=self._tool,
        )


def _capped(response: requests.Response) -> bytes:
    """The body, as far as an index of a few rows can reach."""
    body = bytearray()
    for chunk in response.iter_content(64 * 1024):
        body += chunk
        if len(body) > _LONGEST_ANSWER:
            raise OSError(f"its answer is longer than {_LONGEST_ANSWER:,} bytes")
    return bytes(body)


def _index_lines(response: requests.Response) -> str:
    """The text of a CDX answer; a page of another kind (an outage notice, a portal) is no answer at all."""
    text = response.text
    if any(line and not _ROW.match(line) for line in text.splitlines()):
        raise _Unanswered("the Wayback Machine's index answered with something that is no index")
    return text


def _is_of(original: str, uri_r: str) -> bool:
    """Whether an index row is of the source: the same SURT, which leaves out scheme and ``www.``."""
    try:
        return uri.surt(original) == uri.surt(uri_r)
    except ValueError:
        return False


def _same_host(original: str, uri_r: str) -> bool:
    normal = uri.normalise(original)
    return normal is not None and original.isprintable() and uri.bare_host(normal) == uri.bare_host(uri_r)


def _literal(text: str) -> str:
    """Text inside a CDX filter, which is a Java regular expression over the whole field."""
    return "".join(letter if letter.isalnum() or letter in "-_" else f"\\{letter}" for letter in text)


def _moment_of(memento: str) -> datetime | None:
    """The 14 digits of a URI-M: a capture's own date, never the one asked for."""
    parts = uri.path(memento).split("/", 3)
    if len(parts) < 4 or parts[1] != "web":
        return None
    try:
        return parse_timestamp14(parts[2][:14])
    except ValueError:
        return None


def _innermost(error: BaseException) -> str:
    while (cause := error.__cause__ or error.__context__) is not None:
        error = cause
    return str(error) or type(error).__name__
