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

import re
from collections.abc import Generator, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from linkcheck import neighbours, uri
from linkcheck.archives.asking import Asking
from linkcheck.archives.lookup import LookUp, Unanswered
from linkcheck.archives.rates import Limit, Rates
from linkcheck.archives.replaying import captured_at, observed, same_source
from linkcheck.archives.spn import Keys, SavePageNow
from linkcheck.clock import Clock, parse_timestamp14, timestamp14
from linkcheck.memento import Job, preferred
from linkcheck.model import FailureKind, Observation, Snapshot
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

_OTHERS = 3
_MOST_REDIRECTS = 5
_RAW = re.compile(r"/web/(?P<digits>\d{14})(?:[a-z]{2}_)?/(?P<url>.+)")
_ROW = re.compile(r"\S+ \d{14} [!-~]+ \S+ \S+ \S+ \S+$")


class Wayback:
    """The Wayback Machine, or anything that speaks its CDX and memento addresses.

    Args:
        session: made by :func:`linkcheck.web.transports.session.build`.
        base: scheme and host, ``https://web.archive.org``.
        clock: for the rate limits.
        tool: ``linkcheck VERSION``, written into snapshots.
        timeout_s: of one query; the CDX server may take half a minute.
        rates: where they are kept between processes; None keeps them in this run alone.
        keys: of an archive.org account, for captures on request; None asks for them without, as best effort.
    """

    def __init__(
        self,
        session: requests.Session,
        *,
        base: str,
        clock: Clock,
        tool: str,
        timeout_s: float = 40.0,
        rates: Rates | None = None,
        keys: Keys | None = None,
    ) -> None:
        self._base = base.rstrip("/")
        self._clock = clock
        self._tool = tool
        self._asking = Asking(
            session, name="the Wayback Machine", clock=clock, rates=rates or Rates(clock), timeout_s=timeout_s
        )
        host = uri.host(base)
        self._queries = Limit(f"cdx {host}", CDX_QUERIES_A_MINUTE, 60.0)
        self._replays = Limit(f"memento {host}", REPLAYS_A_MINUTE, 60.0)
        self._saving = SavePageNow(self._asking, base=self._base, keys=keys, clock=clock, tool=tool)

    @property
    def wait_s(self) -> float:
        """Seconds until the next query may go out without exceeding the rate. Callers wait, then ask."""
        return self._asking.wait_s(self._base, self._queries)

    @property
    def replay_wait_s(self) -> float:
        """Seconds until the next memento may be fetched: they have a rate of their own."""
        return self._asking.wait_s(self._base, self._replays)

    def find(self, uri_r: str, near: date | None) -> LookUp:
        """The capture that stands for a citation: the closest before the day of citing, else the closest after.

        Without a day it is the newest. The rule is that of Wikipedia's InternetArchiveBot. Which queries go out is
        said at the head of this module.
        """
        try:
            return self._captures(uri_r, near) or LookUp(True, nearby=self._nearby(uri_r))
        except Unanswered as error:
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
                response, body, truncated = self._asking.memento(url, self._replays)
                moment = captured_at(response)
                if moment is not None:
                    original = _RAW.search(url)
                    base = original["url"] if original else url
                    return observed(snapshot.uri_m, url, base, response, body, moment, truncated)
                target = uri.join(url, response.headers.get("Location", "")) if response.is_redirect else None
                if target is None:
                    raise Unanswered(_no_memento(response), _kind_of(response))
                url = self._inward(target, parts["url"])
            raise Unanswered("the Wayback Machine redirects without end", FailureKind.TOO_MANY_REDIRECTS)
        except Unanswered as error:
            return Observation(
                uri_r=snapshot.uri_m,
                observed_at=self._clock.now(),
                final_url=url,
                failure=error.kind,
                failure_message=str(error),
            )

    @property
    def save_wait_s(self) -> float:
        """Seconds until the next capture may be asked for."""
        return self._saving.wait_s

    def save(self, uri_r: str) -> Job:
        """Asks for a capture; see :mod:`linkcheck.archives.spn`."""
        return self._saving.submit(uri_r)

    def saved(self, job: Job) -> Job:
        """How far a capture is that was asked for."""
        return self._saving.poll(job)

    # ------------------------------------------------------------ inside

    def _captures(self, uri_r: str, near: date | None) -> LookUp | None:
        """What is held of the very address; None where that is nothing."""
        answer = list(self._query(uri_r, filters=[_GOOD_OR_REVISIT], limit=str(_FIRST)))
        rows = [row for row in answer if same_source(row.original, uri_r)]
        more = len(answer) >= _FIRST
        until = f"{near:%Y%m%d}235959" if near else "9"
        if more and rows and rows[-1].timestamp <= until:
            end = until if near else None
            last = list(self._query(uri_r, filters=[_GOOD_OR_REVISIT], end_timestamp=end, limit=f"-{_LAST}"))
            rows += [row for row in last if same_source(row.original, uri_r)]
            if rows and rows[-1].statuscode == "-" and not _resolved(rows, rows[-1]):
                # Its status stands with the capture that it repeats, which may be a page of any status.
                wanted = [f"digest:{rows[-1].digest}", f"statuscode:{GOOD_STATUSES}"]
                first = self._query(uri_r, filters=wanted, limit="1")
                rows += [row for row in first if same_source(row.original, uri_r)]
        held = sorted(
            {row.timestamp: original for row in rows if (original := _resolved(rows, row)) is not None}.items()
        )
        if not held:
            return None
        standing, *rest = preferred(held, lambda each: each[0], until)[: 1 + _OTHERS]
        return LookUp(
            True,
            (self._snapshot(uri_r, standing[1], standing[0]),),
            since=parse_timestamp14(held[0][0]),
            captures=len(held),
            more=more,
            others=tuple(self._snapshot(uri_r, row, moment) for moment, row in rest),
        )

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
        except Unanswered as error:
            if found:
                return found
            words = "the Wayback Machine holds no capture of this address, and could not say whether of a near-by one"
            raise Unanswered(f"{words} ({error})", error.kind) from error
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
            client = OurCDX(url, user_agent=self._asking.user_agent, **options)
            client.endpoint = f"{self._base}/cdx/search/cdx"
            yield from client.snapshots()
        except (WaybackError, ValueError) as error:
            raise Unanswered(f"the Wayback Machine's index answered with something else: {error}") from error

    def _get(self, url: str) -> requests.Response:
        response = self._asking.text(url, self._queries)
        if response.status_code >= 400:
            raise Unanswered(f"the Wayback Machine answered {response.status_code}")
        return response

    def _inward(self, target: str, source: str) -> str:
        """The raw form of where the archive leads to, if that is another capture of the same source of its own."""
        parts = _RAW.search(target)
        if uri.origin(target) != uri.origin(self._base) or parts is None or not same_source(parts["url"], source):
            raise Unanswered(
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
        raise Unanswered("the Wayback Machine's index answered with something that is no index")
    return text


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


def _no_memento(response: requests.Response) -> str:
    if response.status_code == 404:
        return "the Wayback Machine has no such capture"
    return f"the Wayback Machine answered {response.status_code} and no memento"


def _kind_of(response: requests.Response) -> FailureKind:
    """A server's own trouble says nothing of the memento."""
    return FailureKind.NOT_REACHED if response.status_code >= 500 else FailureKind.MALFORMED_ANSWER
