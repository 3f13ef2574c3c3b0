"""Who else can speak for a source that is gone, or that would not show a quote: asked once, remembered, and heard.

Asking (:func:`ask`) goes out to the archives and to addresses where a copy may be, and puts what it learns into the
store; hearing (:func:`witnesses`) only reads what is kept, so that ``report`` hears the same without network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from linkcheck import frozen, uri
from linkcheck.archives.lookup import LookUp
from linkcheck.archives.replaying import URI_M
from linkcheck.clock import parse_timestamp14
from linkcheck.errors import ArchiveError
from linkcheck.findings import copies
from linkcheck.looking import look
from linkcheck.memento import Search, standing_for
from linkcheck.model import Citation, FailureKind, Finding, Snapshot, State, Witness
from linkcheck.page import parse
from linkcheck.ports import Ports, PublicArchive, Step, begun

_STANDS = timedelta(days=7)
"""How long an answer of the archives is not asked for again: captures do not go away, and the index is asked gently."""

_MOST_ADDRESSES = 6
"""Addresses that are looked at for one dead source."""

_WAYBACK = re.compile(r"(?:(?:web|wayback|www)\.)?archive\.org")

_UNHEARD = (State.DEAD, State.BLOCKED, State.DRIFTED)
"""Where a quote that is not on the live page is worth asking an archive for. What only fails comes back by itself."""


def is_open(finding: Finding) -> bool:
    """Whether other pages are worth asking: the source is dead, or a quote of it was not found on the live page."""
    state = finding.verdict.state
    return state is State.DEAD or (state in _UNHEARD and unheard(finding))


def unheard(finding: Finding) -> bool:
    """Whether some quote was not found on the live page."""
    found = {match.quote for match in finding.verdict.quotes if match.found and match.where == "live"}
    return not found.issuperset(finding.citation.quotes)


# ---------------------------------------------------------------- hearing


def witnesses(source: str, near: date | None, ports: Ports, *, given: str = "") -> tuple[Witness, ...]:
    """What is kept of other pages that may speak for a source: our captures, mementos, frozen copies, neighbours.

    ``given``: the URI-M that the citing text gives; "" for none.
    """
    snapshots = copies(source, ports)
    heard: list[Witness] = []
    own = [snapshot for snapshot in snapshots if snapshot.archive == "local"]
    for snapshot in _telling(own, near):
        if (witness := _capture(snapshot, ports)) is not None:
            heard.append(witness)
    for snapshot in _telling([each for each in snapshots if each.archive != "local"], near):
        if (seen := ports.store.latest(snapshot.uri_m)) is not None and seen.status is not None:
            heard.append(Witness("memento", snapshot.uri_m, snapshot.captured_at, seen.status, seen.page))
    if given and all(witness.url != given for witness in heard):
        seen = ports.store.latest(given)
        if seen is not None and seen.status is not None:
            heard.append(Witness("memento", given, _captured_at(given) or seen.observed_at, seen.status, seen.page))
    for kind, address in _addresses(source, near, ports):
        if (seen := ports.store.latest(address)) is not None and seen.status is not None:
            heard.append(Witness(kind, address, seen.observed_at, seen.status, seen.page))
    return tuple(heard)


def _telling(snapshots: Sequence[Snapshot], near: date | None) -> Iterator[Snapshot]:
    """The capture that stands for the citation, and the newest where that is another."""
    standing = standing_for(snapshots, near)
    newest = standing_for(snapshots, None)
    if standing is not None:
        yield standing
    if newest is not None and newest != standing:
        yield newest


def _capture(snapshot: Snapshot, ports: Ports) -> Witness | None:
    """Our own capture as a witness; None where its file is not here, or damaged, which ``verify`` says."""
    try:
        exchange = ports.recall(snapshot)
    except ArchiveError:
        return None
    if exchange is None:
        return None
    page = parse(exchange.body, exchange.headers, snapshot.final_url or snapshot.uri_r)
    return Witness("capture", snapshot.uri_m, snapshot.captured_at, exchange.status, page)


def _addresses(source: str, near: date | None, ports: Ports) -> Iterator[tuple[str, str]]:
    """Where a frozen copy may be, and what may have been meant."""
    for candidate in frozen.candidates(source, near, rows=ports.moved_collections):
        yield "moved-collection", candidate.url
    search = ports.store.search(source)
    if search is not None and not search.snapshots:
        for address in search.neighbours:
            yield "neighbour", address


# ---------------------------------------------------------------- asking


def ask(findings: Sequence[Finding], ports: Ports, public: PublicArchive | None) -> list[str]:
    """Asks the archives for every source that is open, then looks at the addresses where a copy may be.

    Args:
        findings: those of :func:`is_open`.
        ports: the world.
        public: the archive that is asked; None asks none.

    Returns:
        Remarks on the asking itself, for the report's notes.
    """
    by_source: dict[str, list[Finding]] = {}
    for finding in findings:
        by_source.setdefault(finding.citation.uri_r, []).append(finding)
    remarks: dict[str, None] = {}
    if public is not None:
        for done, (source, cited) in enumerate(by_source.items(), 1):
            note = _ask_archive(source, cited, ports, public)
            if note:
                remarks[f"Public mementos: {note}."] = None
            ports.on_step(Step("asking the archive", done, len(by_source), source))
    wanted: dict[str, None] = {}
    for source, cited in by_source.items():
        wanted |= dict.fromkeys(_open_given(source, cited, ports, public))
        if any(finding.verdict.state is State.DEAD for finding in cited):
            near = cited_on(finding.citation for finding in cited)
            addresses = [address for _, address in _addresses(source, near, ports)]
            wanted |= dict.fromkeys(addresses[:_MOST_ADDRESSES])
    if wanted:
        ports.on_step(begun("looking for copies", wanted))
    for done, landing in enumerate(look(tuple(wanted), ports, whole=wanted), 1):
        with ports.interrupt.shielded():
            if landing.observation.status is not None and not landing.remembered:
                ports.store.append(landing.observation)
        ports.on_step(Step("looking for copies", done, len(wanted), landing.observation.uri_r))
    return list(remarks)


def _ask_archive(source: str, cited: Sequence[Finding], ports: Ports, public: PublicArchive) -> str:
    """What the archive holds of a source, and what its standing captures say; returns why it did not answer, or ""."""
    if not all(may_be_asked(finding, ports) for finding in cited):
        return ""
    near = cited_on(finding.citation for finding in cited)
    lately = ports.store.search(source)
    if lately is None or ports.clock.now() - lately.asked_at > _STANDS:
        answer = find(source, near, ports, public)
        if not answer.answered:
            return answer.note
    for snapshot in _telling([each for each in copies(source, ports) if each.archive != "local"], near):
        if ports.store.latest(snapshot.uri_m) is None:
            _wait(public.replay_wait_s, source, ports)
            replayed = public.replay(snapshot)
            if replayed is None:
                continue
            if replayed.status is None:
                return replayed.failure_message
            with ports.interrupt.shielded():
                ports.store.append(replayed)
    return ""


def _open_given(source: str, cited: Sequence[Finding], ports: Ports, public: PublicArchive | None) -> Iterator[str]:
    """Opens the mementos that the citing texts give: the Wayback Machine's as it wants to be asked.

    Those of other archives are returned: they are asked like any other address.
    """
    for uri_m in dict.fromkeys(finding.citation.memento for finding in cited if finding.citation.memento):
        if ports.store.latest(uri_m) is not None:
            continue
        if not _WAYBACK.fullmatch(uri.host(uri_m)):
            yield uri_m
            continue
        moment = _captured_at(uri_m)
        if public is None or moment is None or not all(may_be_asked(finding, ports) for finding in cited):
            continue
        _wait(public.replay_wait_s, source, ports)
        seen = public.replay(Snapshot(source, uri_m, moment, "wayback", 0, ""))
        if seen is not None and seen.status is not None:
            with ports.interrupt.shielded():
                ports.store.append(seen)


def _captured_at(uri_m: str) -> datetime | None:
    """The moment in the address of a memento; None where it has none, or not to the second."""
    parts = URI_M.fullmatch(uri_m)
    try:
        return parse_timestamp14(parts["digits"]) if parts else None
    except ValueError:
        return None


def find(source: str, near: date | None, ports: Ports, public: PublicArchive) -> LookUp:
    """Asks the archive's index, waiting where its rate limit wants that, and remembers what it says."""
    _wait(public.wait_s, source, ports)
    answer = public.find(source, near)
    if answer.answered:
        search = Search(
            asked_at=ports.clock.now(),
            snapshots=answer.snapshots,
            neighbours=answer.neighbours,
            since=answer.since,
            captures=answer.captures,
            more=answer.more,
        )
        with ports.interrupt.shielded():
            ports.store.note_search(source, search)
    return answer


def _wait(pause_s: float, source: str, ports: Ports) -> None:
    if pause_s:
        ports.on_step(Step("waiting for the archive's rate limit", 0, 0, source))
        ports.clock.sleep(pause_s)


def cited_on(citations: Iterator[Citation] | Sequence[Citation]) -> date | None:
    """The earliest day on which a source was cited, as far as that is known."""
    return min((citation.accessed for citation in citations if citation.accessed), default=None)


def may_be_asked(finding: Finding, ports: Ports) -> bool:
    """Private-looking addresses are nobody else's business, and what is not on the web is in no web archive."""
    source, seen = finding.citation.uri_r, finding.observation
    host = uri.host(source)
    public_name = uri.is_web(source) and "." in host and uri.ip_literal(host) is None
    if seen is not None and seen.failure in (FailureKind.UNSAFE_ADDRESS, FailureKind.EXCLUDED):
        return False
    return public_name and not ports.is_private(source, seen.address if seen is not None else "")
