"""Any archive that speaks Memento (RFC 7089), and the aggregator MemGator, by base URL.

``BASE/timemap/link/URL`` is its TimeMap: pywb, OpenWayback, the Wayback Machine (``https://web.archive.org/web``) and
MemGator agree in that. Where it is missing, too long or in pages, the TimeGate is asked with ``Accept-Datetime``: the
one that the TimeMap names, else ``BASE/timegate/URL`` (MemGator), else ``BASE/URL`` (the others).

Neither says with what status a capture was made, so a capture is only evidence once it was replayed; see
:mod:`linkcheck.archives.several`. An aggregator's mementos stand on other hosts; those are asked for what it names.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from typing import TYPE_CHECKING

from linkcheck import uri
from linkcheck.archives import timemap, wayback
from linkcheck.archives.asking import Asking, TooLong
from linkcheck.archives.lookup import LookUp, Unanswered
from linkcheck.archives.rates import Limit, Rates
from linkcheck.archives.replaying import URI_M, captured_at, observed, same_source
from linkcheck.archives.timemap import TimeMap
from linkcheck.clock import Clock, parse_timestamp14
from linkcheck.memento import Fate, Job, preferred
from linkcheck.model import FailureKind, Observation, Snapshot

if TYPE_CHECKING:
    import requests

A_MINUTE = 60
"""Requests to an archive that says nothing of its limits: one a second."""

_KNOWN = {"web.archive.org": (wayback.CDX_QUERIES_A_MINUTE, wayback.REPLAYS_A_MINUTE)}
_NAMES = {"web.archive.org": wayback.NAME}
"""So that a capture is named alike whoever told of it."""

_OTHERS = 3
_MOST_REDIRECTS = 5
_MISSING = (404, 410)
_UNKNOWN_HERE = (*_MISSING, 405, 501)


class MementoArchive:
    """One archive, or an aggregator of several.

    Args:
        session: made by :func:`linkcheck.web.transports.session.build`.
        base: what stands before ``/timemap/link/``.
        clock: for the rate limits.
        tool: ``linkcheck VERSION``, written into snapshots.
        timeout_s: of one request; an aggregator waits for the slowest of its archives.
        rates: where they are kept between processes; None keeps them in this run alone.
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
    ) -> None:
        self._base = base.rstrip("/")
        self._clock = clock
        self._tool = tool
        self._asking = Asking(session, name="", clock=clock, rates=rates or Rates(clock), timeout_s=timeout_s)
        self._gates = [f"{self._base}/timegate/", f"{self._base}/"]
        self._lists = False
        self._gate_known = False

    @property
    def wait_s(self) -> float:
        """Seconds until it may be asked again."""
        return self._asking.wait_s(self._base, _index_limit(self._base))

    @property
    def replay_wait_s(self) -> float:
        """Seconds until a memento may be fetched again. Other hosts that it names have a rate of their own."""
        return self._asking.wait_s(self._base, _replay_limit(self._base))

    @property
    def save_wait_s(self) -> float:
        """It takes no requests for captures."""
        return 0.0

    def save(self, uri_r: str) -> Job:
        """It takes no requests for captures."""
        return Job(
            uri_r, self._clock.now(), Fate.NEVER, message=f"{uri.host(self._base)} takes no requests for captures"
        )

    def saved(self, job: Job) -> Job:
        """It takes no requests for captures."""
        return job

    def find(self, uri_r: str, near: date | None) -> LookUp:
        """The captures that may stand for a citation: the closest before the day of citing, else the closest after.

        The first is the one to cite if it plays back, ``others`` are the next. Statuses are not known yet.
        """
        try:
            return self._captures(uri_r, near)
        except Unanswered as error:
            return LookUp(False, note=str(error))

    def replay(self, snapshot: Snapshot) -> Observation | None:
        """What a memento says: raw where its address has a raw form, else as the archive shows it.

        ``uri_r`` is the URI-M, ``observed_at`` when it was truly captured, ``final_url`` where the bytes came from.
        Redirects of the archive are followed on its host. What names another original is not taken. None where the
        snapshot is a capture of our own.
        """
        if not uri.is_web(snapshot.uri_m):
            return None
        parts = URI_M.fullmatch(snapshot.uri_m)
        raw = f"{parts['root']}{parts['digits']}id_/{parts['url']}" if parts else snapshot.uri_m
        url = raw
        try:
            try:
                return self._replayed(snapshot, raw)
            except Unanswered as error:
                if raw == snapshot.uri_m or error.kind is FailureKind.NOT_REACHED:
                    raise
            url = snapshot.uri_m
            return self._replayed(snapshot, url)
        except Unanswered as error:
            return Observation(
                uri_r=snapshot.uri_m,
                observed_at=self._clock.now(),
                final_url=url,
                failure=error.kind,
                failure_message=str(error),
            )

    # ------------------------------------------------------------ looking up

    def _captures(self, uri_r: str, near: date | None) -> LookUp:
        until = datetime.combine(near, time.max, UTC) if near else datetime.max.replace(tzinfo=UTC)
        listed = self._listed(uri_r)
        whole = listed is not None and not listed.pages
        if listed is None or listed.pages:
            gate = listed.timegate if listed else ""
            negotiated = self._negotiated(uri_r, until if near else None, gate)
            if negotiated is None and listed is None:
                return LookUp(True)
            held = {url: moment for part in (listed, negotiated) if part for moment, url in part.mementos}
            mementos = sorted((moment, url) for url, moment in held.items())
        else:
            mementos = list(listed.mementos)
        if not mementos:
            return LookUp(True)
        first, *rest = (
            self._snapshot(uri_r, moment, url)
            for moment, url in preferred(mementos, lambda each: each[0], until)[: 1 + _OTHERS]
        )
        return LookUp(
            True,
            (first,),
            since=mementos[0][0] if whole else None,
            captures=len(mementos),
            more=not whole,
            others=tuple(rest),
        )

    def _listed(self, uri_r: str) -> TimeMap | None:
        """The TimeMap; None where there is none to be had. An empty one says that nothing is held."""
        url = f"{self._base}/timemap/link/{uri_r}"
        try:
            response = self._asking.text(url, _index_limit(url), headers={"Accept": "application/link-format"})
        except TooLong:
            return None
        linked = _is_link_format(response)
        if response.status_code in _MISSING and (linked or self._lists or _speaks_memento(response)):
            return TimeMap()
        if response.status_code in _UNKNOWN_HERE:
            return None
        if response.status_code != 200 or not linked:
            raise Unanswered(f"{self._asking.called(url)} answered {response.status_code} and no TimeMap")
        self._lists = True
        # Read as UTF-8 whatever the field says: requests takes a text without charset for Latin-1.
        told = timemap.parse(response.content.decode("utf-8", "replace"), response.url)
        if told.original and not same_source(told.original, uri_r):
            raise Unanswered(f"{self._asking.called(url)} answered with the TimeMap of {told.original[:200]}")
        return told

    def _negotiated(self, uri_r: str, near: datetime | None, named: str) -> TimeMap | None:
        """What the TimeGate leads to, and what it says beside; None where it knows that nothing is held."""
        gates = [named] if uri.origin(named) == uri.origin(self._base) else [gate + uri_r for gate in self._gates]
        for gate in gates:
            told = self._gate(gate, uri_r, near)
            if isinstance(told, TimeMap):
                if not named:
                    self._gates = [known for known in self._gates if gate == known + uri_r]
                    self._gate_known = True
                return told
            if self._gate_known or _speaks_memento(told):
                return None
        raise Unanswered(f"{uri.host(self._base)} answered 404 and nothing that shows it to be a Memento archive")

    def _gate(self, url: str, uri_r: str, near: datetime | None) -> TimeMap | requests.Response:
        """The mementos that a TimeGate names; the response itself where it says that there is nothing."""
        headers = {"Accept-Datetime": format_datetime(near.replace(microsecond=0), usegmt=True)} if near else {}
        for _ in range(_MOST_REDIRECTS):
            response = self._asking.text(url, _index_limit(url), allow_redirects=False, headers=headers)
            told = timemap.parse(response.headers.get("Link", ""), url)
            if told.original and not same_source(told.original, uri_r):
                raise Unanswered(f"{self._asking.called(url)} answered for {told.original[:200]}")
            location = response.headers.get("Location", "") if response.is_redirect else ""
            target = uri.join(url, location) if location else None
            moment = captured_at(response)
            if moment is not None:
                where = uri.join(url, response.headers.get("Content-Location", "")) or url
            elif target is not None and (known := _dated(target, told)) is not None:
                moment, where = known, target
            elif target is not None and uri.host(target) == uri.host(url):
                url = target
                continue
            elif response.status_code in _UNKNOWN_HERE:
                return response
            else:
                raise Unanswered(f"{self._asking.called(url)} answered {response.status_code} and no memento")
            return TimeMap(tuple(sorted({*told.mementos, (moment, where)})), told.original, told.timegate)
        raise Unanswered(f"{self._asking.called(url)} redirects without end", FailureKind.TOO_MANY_REDIRECTS)

    # ------------------------------------------------------------ replaying

    def _replayed(self, snapshot: Snapshot, url: str) -> Observation:
        called = self._asking.called(url)
        for _ in range(_MOST_REDIRECTS):
            response, body, truncated = self._asking.memento(url, _replay_limit(url))
            moment = captured_at(response)
            if moment is not None:
                original = _original(response, url) or snapshot.uri_r
                if not same_source(original, snapshot.final_url or snapshot.uri_r):
                    raise Unanswered(f"{called} answered with a memento of {original[:200]}", FailureKind.BAD_REDIRECT)
                return observed(snapshot.uri_m, url, original, response, body, moment, truncated)
            target = uri.join(url, response.headers.get("Location", "")) if response.is_redirect else None
            if target is None:
                why = "has no such capture" if response.status_code in _MISSING else "answered no memento"
                # A server's own trouble says nothing of the memento.
                kind = FailureKind.NOT_REACHED if response.status_code >= 500 else FailureKind.MALFORMED_ANSWER
                raise Unanswered(f"{called} {why} ({response.status_code})", kind)
            if uri.host(target) != uri.host(url) or not uri.is_web(target):
                raise Unanswered(f"{called} leads to {target[:200]}, which is not its own", FailureKind.BAD_REDIRECT)
            url = target
        raise Unanswered(f"{called} redirects without end", FailureKind.TOO_MANY_REDIRECTS)

    def _snapshot(self, uri_r: str, moment: datetime, uri_m: str) -> Snapshot:
        parts = URI_M.fullmatch(uri_m)
        final = parts["url"] if parts and same_source(parts["url"], uri_r) else uri_r
        name = _NAMES.get(uri.host(uri_m), uri.host(uri_m))
        return Snapshot(uri_r, uri_m, moment, name, 0, "", final_url=final, tool=self._tool)


def _index_limit(url: str) -> Limit:
    host = uri.host(url)
    return Limit(f"cdx {host}", _KNOWN.get(host, (A_MINUTE, A_MINUTE))[0], 60.0)


def _replay_limit(url: str) -> Limit:
    host = uri.host(url)
    return Limit(f"memento {host}", _KNOWN.get(host, (A_MINUTE, A_MINUTE))[1], 60.0)


def _is_link_format(response: requests.Response) -> bool:
    return response.headers.get("Content-Type", "").partition(";")[0].strip().lower() == "application/link-format"


def _speaks_memento(response: requests.Response) -> bool:
    """Whether an answer shows a Memento archive, so that its 404 is one of RFC 7089: a wrong base answers 404 too."""
    told = timemap.parse(response.headers.get("Link", ""), response.url)
    return (
        bool(told.original or told.timegate)
        or "accept-datetime" in response.headers.get("Vary", "").lower()
        or "X-Memento-Count" in response.headers  # MemGator's
    )


def _dated(target: str, told: TimeMap) -> datetime | None:
    """When a memento was captured that a TimeGate leads to: as it says, or by the digits of its address."""
    for moment, url in told.mementos:
        if url == target:
            return moment
    parts = URI_M.fullmatch(target)
    try:
        return parse_timestamp14(parts["digits"]) if parts else None
    except ValueError:
        return None


def _original(response: requests.Response, url: str) -> str:
    """What a memento is of: as it says, else as its address says; "" where neither does."""
    told = timemap.parse(response.headers.get("Link", ""), url)
    parts = URI_M.fullmatch(url)
    return told.original or (parts["url"] if parts else "")
