"""The Wayback Machine: which captures it holds, what they say, and asking it to make one.

Looked up through the CDX server, never the availability endpoint, whose ``{}`` is no evidence of anything. Queries go
out through waybackpy's CDX client with its ``endpoint`` set, but over our own session: its own has no timeout and reads
a 429 or 403 as "no captures".

What is asked of the index for one source, three queries at most:

1. The first 100 good captures of the address. Fewer than 100: that is all there is, and most sources need no more.
2. With 100, and the day of citing after them: the last captures before that day.
3. Where the wanted one is a revisit of a capture in neither answer: what was first captured with its digest.

An address without captures is followed by its neighbours instead:

2. What begins as the address does, up to the middle of its last part: cut off, glued to, mistyped near the end, or
   without its id. A short stretch of the index, so it is cheap.
3. Where that brings nothing: the same words or the same id anywhere on the host. The dear one; it may go unanswered.
"""

from __future__ import annotations

import hashlib
import re
from collections import deque
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from linkcheck import neighbours, page, uri
from linkcheck.body import media_type
from linkcheck.clock import Clock, parse_timestamp14, timestamp14
from linkcheck.model import FailureKind, Headers, Observation, Snapshot
from linkcheck.neighbours import Neighbour

if TYPE_CHECKING:
    import requests

NAME = "wayback"
GOOD_STATUSES = "(200|203|206)"
"""Captures with these statuses are evidence; ``-`` is a revisit whose status stands elsewhere."""

CDX_QUERIES_A_MINUTE = 24
"""80 % of the hard limit of 30, as the Internet Archive asks clients to default to."""

REPLAYS_A_MINUTE = 480
"""Mementos; 80 % of the hard limit of 600."""

_GOOD_OR_REVISIT = "statuscode:(200|203|206|-)"
_FIRST = 100
_LAST = 20
_NEAR = 100
_SURE = 0.8
"""Score of a neighbour beside which no other is looked for."""

_LONGEST_MEMENTO = 16 * 1024 * 1024
_MOST_REDIRECTS = 5
_RAW = re.compile(r"/web/(?P<digits>\d{14})(?:[a-z]{2}_)?/(?P<url>.+)")
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
        nearby: other addresses on the same host that may have been meant, best first, for one without captures.
        note: why there was no answer.
        since: when it was first captured with a good status; None without captures.
        captures: good captures that were counted; ``more`` says whether there are others.
    """

    answered: bool
    snapshots: tuple[Snapshot, ...] = ()
    nearby: tuple[Neighbour, ...] = ()
    note: str = ""
    since: datetime | None = None
    captures: int = 0
    more: bool = False

    @property
    def neighbours(self) -> tuple[str, ...]:
        """The addresses of ``nearby``."""
        return tuple(near.url for near in self.nearby)


class _Unanswered(Exception):  # noqa: N818  it never leaves this module
    """The archive gave no usable answer; ``kind`` says of what sort that is."""

    def __init__(self, message: str, kind: FailureKind = FailureKind.MALFORMED_ANSWER) -> None:
        super().__init__(message)
        self.kind = kind


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
        self._replayed: deque[float] = deque()
        self._silent = 0
        self._stopped = ""

    @property
    def wait_s(self) -> float:
        """Seconds until the next query may go out without exceeding the rate. Callers wait, then ask."""
        return self._until_free(self._asked, CDX_QUERIES_A_MINUTE)

    @property
    def replay_wait_s(self) -> float:
        """Seconds until the next memento may be fetched: they have a rate of their own."""
        return self._until_free(self._replayed, REPLAYS_A_MINUTE)

    def find(self, uri_r: str, near: date | None) -> LookUp:
        """The capture that stands for a citation: the closest before the day of citing, else the closest after.

        Without a day it is the newest. The rule is that of Wikipedia's InternetArchiveBot. Which queries go out is
        said at the head of this module.
        """
        try:
            return self._captures(uri_r, near) or LookUp(True, nearby=self._nearby(uri_r))
        except _Unanswered as error:
            return LookUp(False, note=str(error))

    def replay(self, snapshot: Snapshot) -> Observation | None:
        """What a memento says, as the archive got it then: the raw bytes, not the page rewritten for readers.

        ``uri_r`` is the URI-M, ``observed_at`` when it was truly captured (Memento-Datetime), ``status`` and headers
        those that were captured, ``final_url`` where the raw bytes are. Only this archive is asked, whatever host the
        URI-M names, and redirects are followed only to other captures of the same source. What went wrong is a
        ``failure`` with its message; None where the snapshot is of another archive.
        """
        parts = _RAW.search(snapshot.uri_m)
        if snapshot.archive != NAME or parts is None:
            return None
        url = f"{self._base}/web/{parts['digits']}id_/{parts['url']}"
        try:
            for _ in range(_MOST_REDIRECTS):
                response, body, cut = self._memento(url)
                moment = _memento_datetime(response)
                if moment is not None:
                    return _replayed(snapshot, url, response, body, moment, cut=cut)
                target = uri.join(url, response.headers.get("Location", "")) if response.is_redirect else None
                if target is None:
                    raise _Unanswered(_no_memento(response))
                url = self._inward(target, parts["url"])
            raise _Unanswered("the Wayback Machine redirects without end", FailureKind.TOO_MANY_REDIRECTS)
        except _Unanswered as error:
            return Observation(
                uri_r=snapshot.uri_m,
                observed_at=self._clock.now(),
                final_url=url,
                failure=error.kind,
                failure_message=str(error),
            )

    def save(self, uri_r: str) -> LookUp:
        """Asks for a capture without keys, as best effort: the service answers 429 or works, by load."""
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

    def _until_free(self, asked: deque[float], rate: int) -> float:
        now = self._clock.monotonic()
        while asked and now - asked[0] >= 60:
            asked.popleft()
        return 0.0 if len(asked) < rate else 60 - (now - asked[0])

    def _captures(self, uri_r: str, near: date | None) -> LookUp | None:
        """What is held of the very address; None where that is nothing."""
        answer = list(self._query(uri_r, filters=[_GOOD_OR_REVISIT], limit=str(_FIRST)))
        rows = [row for row in answer if _is_of(row.original, uri_r)]
        more = len(answer) >= _FIRST
        until = f"{near:%Y%m%d}235959" if near else "9"
        if more and rows and rows[-1].timestamp <= until:
            end = until if near else None
            last = list(self._query(uri_r, filters=[_GOOD_OR_REVISIT], end_timestamp=end, limit=f"-{_LAST}"))
            rows += [row for row in last if _is_of(row.original, uri_r)]
            if rows and rows[-1].statuscode == "-" and not _resolved(rows, rows[-1]):
                # Its status stands with the capture that it repeats, which may be a page of any status.
                wanted = [f"digest:{rows[-1].digest}", f"statuscode:{GOOD_STATUSES}"]
                first = self._query(uri_r, filters=wanted, limit="1")
                rows += [row for row in first if _is_of(row.original, uri_r)]
        held = sorted(
            {row.timestamp: original for row in rows if (original := _resolved(rows, row)) is not None}.items()
        )
        if not held:
            return None
        before = [(moment, row) for moment, row in held if moment <= until]
        moment, row = before[-1] if before else held[0]
        snapshot = self._snapshot(uri_r, row, moment)
        return LookUp(True, (snapshot,), since=parse_timestamp14(held[0][0]), captures=len(held), more=more)

    def _nearby(self, uri_r: str) -> tuple[Neighbour, ...]:
        """Other addresses of the host that may have been meant: a mangled address gives itself away so."""
        found: tuple[Neighbour, ...] = ()
        stem = _stem(uri_r)
        if stem:
            found = self._near(uri_r, stem, match_type="prefix")
        words = _anywhere(uri_r)
        if not words or (found and found[0].score >= _SURE):
            return found
        try:
            anywhere = self._near(uri_r, uri.bare_host(uri_r), words, match_type="host")
        except _Unanswered as error:
            if found:
                return found
            words = "the Wayback Machine holds no capture of this address, and could not say whether of a near-by one"
            raise _Unanswered(f"{words} ({error})", error.kind) from error
        return neighbours.ranked(uri_r, [near.url for near in (*anywhere, *found)])

    def _near(self, uri_r: str, where: str, words: str = "", *, match_type: str) -> tuple[Neighbour, ...]:
        filters = [f"statuscode:{GOOD_STATUSES}", *([f"original:{words}"] if words else [])]
        rows = self._query(where, match_type=match_type, filters=filters, collapses=["urlkey"], limit=str(_NEAR))
        return neighbours.ranked(uri_r, [row.original for row in rows if _same_host(row.original, uri_r)])

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

        try:
            client = OurCDX(url, user_agent=str(self._session.headers["User-Agent"]), **options)
            client.endpoint = f"{self._base}/cdx/search/cdx"
            yield from client.snapshots()
        except (WaybackError, ValueError) as error:
            raise _Unanswered(f"the Wayback Machine's index answered with something else: {error}") from error

    def _get(self, url: str, *, allow_redirects: bool = True) -> requests.Response:
        self._asked.append(self._clock.monotonic())
        until = self._clock.monotonic() + 2 * self._timeout_s

        def read(response: requests.Response) -> bytes:
            """The body, as far as an index of a few rows can reach."""
            body = bytearray()
            for chunk in response.iter_content(64 * 1024):
                body += chunk
                if len(body) > _LONGEST_ANSWER:
                    raise OSError(f"its answer is longer than {_LONGEST_ANSWER:,} bytes")
                if self._clock.monotonic() > until:
                    raise OSError("its answer does not come to an end")
            return bytes(body)

        response, _ = self._answer(url, allow_redirects=allow_redirects, read=read)
        if response.status_code >= 400:
            raise _Unanswered(f"the Wayback Machine answered {response.status_code}")
        return response

    def _memento(self, url: str) -> tuple[requests.Response, bytes, str]:
        """A response of any status with its body as it came, and why that ends early, as in an Exchange."""
        self._replayed.append(self._clock.monotonic())
        until = self._clock.monotonic() + self._timeout_s
        cut = ""

        def read(response: requests.Response) -> bytes:
            nonlocal cut
            body = bytearray()
            for piece in response.raw.stream(64 * 1024, decode_content=False):
                body += piece
                if len(body) > _LONGEST_MEMENTO or self._clock.monotonic() > until:
                    cut = "length" if len(body) > _LONGEST_MEMENTO else "time"
                    break
            return bytes(body[:_LONGEST_MEMENTO])

        response, body = self._answer(url, allow_redirects=False, read=read)
        return response, body, cut

    def _answer(
        self,
        url: str,
        *,
        allow_redirects: bool,
        read: Callable[[requests.Response], bytes],
    ) -> tuple[requests.Response, bytes]:
        """One request, its body read; a 429 or repeated silence ends the asking for this run."""
        import requests
        import urllib3.exceptions

        if self._stopped:
            raise _Unanswered(self._stopped, FailureKind.NOT_REACHED)
        try:
            with self._session.get(
                url, timeout=self._timeout_s, allow_redirects=allow_redirects, stream=True
            ) as response:
                body = response._content = read(response)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            self._silent += 1
            words = f"the Wayback Machine could not be reached ({_innermost(error)})"
            if self._silent >= _PATIENCE:
                self._stopped = words
            raise _Unanswered(words, FailureKind.NOT_REACHED) from error
        self._silent = 0
        if response.status_code == 429:
            # Ignoring a 429 for a minute gets an address blocked for an hour, and twice that the next time.
            self._stopped = "the Wayback Machine asks us to slow down (429), so it is asked nothing more in this run"
            raise _Unanswered(self._stopped, FailureKind.NOT_REACHED)
        return response, body

    def _inward(self, target: str, source: str) -> str:
        """The raw form of where the archive leads to, if that is another capture of the same source of its own."""
        parts = _RAW.search(target)
        if uri.origin(target) != uri.origin(self._base) or parts is None or not _is_of(parts["url"], source):
            raise _Unanswered(
                f"the Wayback Machine leads to {target}, which is no capture of this source", FailureKind.BAD_REDIRECT
            )
        return f"{self._base}/web/{parts['digits']}id_/{parts['url']}"

    def _snapshot(self, uri_r: str, row: Any, captured: str) -> Snapshot:
        """Of a row, and the digits of a revisit that repeats it (else its own)."""
        moment = parse_timestamp14(captured)
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


def _resolved(rows: list[Any], row: Any) -> Any:
    """A row, or for a revisit the one with its digest and a good status: the same bytes; None where it is not here."""
    if row.statuscode != "-":
        return row
    return next((other for other in rows if other.statuscode != "-" and other.digest == row.digest), None)


def _stem(uri_r: str) -> str:
    """The address up to about the middle of its last part, between two words; "" where it is too short to tell."""
    bare = uri.without_fragment(neighbours.unglued(uri_r))
    if "*" in bare:
        return ""  # In an address that is asked for, the index takes it for any letters.
    folder, _, last = bare.rstrip("/").rpartition("/")
    if uri.is_root(bare) or not folder.partition("//")[2]:
        return ""
    if uri.query(bare):
        return bare if len(uri.query(bare)) >= _TELLING else ""
    middle = last[: max(len(last) // 2, _TELLING)]
    cut = middle.rpartition("-")[0] or middle
    return f"{folder}/{cut}" if len(cut) >= _TELLING // 2 and cut else ""


def _anywhere(uri_r: str) -> str:
    """A filter for the same id, or the first or last words of the last part, anywhere in an address; "" without any.

    The first three and the last three: a letter mistyped in one half leaves the other.
    """
    parts = []
    found = neighbours.stable_id(uri_r)
    if found and len(found[1]) >= 5:
        parts.append(_literal(found[1]))
    words = neighbours.slug_words(uri_r)
    for some in (words[:3], words[-3:]):
        if len(some) > 1 and len("-".join(some)) >= _TELLING:
            parts.append("[^/]{1,3}".join(_literal(quote(word)) for word in some))
    return f"(?i).*({'|'.join(dict.fromkeys(parts))}).*" if parts else ""


_TELLING = 12
"""Letters that say something: shorter beginnings and words are shared by half a site."""


def _literal(text: str) -> str:
    """Text inside a CDX filter, which is a Java regular expression over the whole field."""
    return "".join(letter if letter.isalnum() or letter in "-_" else f"\\{letter}" for letter in text)


# ---------------------------------------------------------------- mementos


def _memento_datetime(response: requests.Response) -> datetime | None:
    """When it was captured (RFC 7089 2.1.1), never the date asked for; None for an answer of the archive's own."""
    try:
        moment = parsedate_to_datetime(response.headers.get("Memento-Datetime", ""))
    except (TypeError, ValueError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _no_memento(response: requests.Response) -> str:
    if response.status_code == 404:
        return "the Wayback Machine has no such capture"
    return f"the Wayback Machine answered {response.status_code} and no memento"


def _replayed(
    snapshot: Snapshot, url: str, response: requests.Response, body: bytes, moment: datetime, *, cut: str
) -> Observation:
    original = _RAW.search(url)
    headers = _original_headers(response, body)
    return Observation(
        uri_r=snapshot.uri_m,
        observed_at=moment,
        final_url=url,
        status=response.status_code,
        headers=headers,
        media_type=media_type(headers),
        digest="sha256:" + hashlib.sha256(body).hexdigest() if body else "",
        length=len(body),
        truncated=cut,
        page=page.parse(body, headers, original["url"] if original else url) if body else None,
    )


_ORIGINAL = "x-archive-orig-"


def _original_headers(response: requests.Response, body: bytes) -> Headers:
    """The fields that were captured, under their own names; of the archive's those that say how its body is written.

    The archive undoes the coding of most captures and keeps its name among the original fields, so that is believed
    only of a body that is written in it.
    """
    said = [(name, value) for name, value in response.headers.items() if name.lower() in _OF_THE_BODY]
    captured = [
        (name[len(_ORIGINAL) :], value)
        for name, value in response.headers.items()
        if name.lower().startswith(_ORIGINAL)
    ]
    names = {name.lower() for name, _ in said}
    if not body.startswith(b"\x1f\x8b"):
        names.add("content-encoding")
    return (*said, *((name, value) for name, value in captured if name.lower() not in names))


_OF_THE_BODY = ("content-type", "content-encoding", "memento-datetime")


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
