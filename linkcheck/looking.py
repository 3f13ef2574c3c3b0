"""Looking at sources: who is asked, how, and whether what comes back is theirs or our own line's doing."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from linkcheck import connectivity, uri
from linkcheck.connectivity import Line
from linkcheck.model import FailureKind, Landing, Observation
from linkcheck.ports import Ports
from linkcheck.web.visit import Book, Siblings, Validators, Visit, glance, rules_for, unasked, visit, what_is_missing


def look(
    sources: Sequence[str], ports: Ports, *, whole: Collection[str] = (), afresh: bool = False
) -> Iterator[Landing]:
    """Every source's landing as it comes, with failures of our own line told apart from theirs.

    Args:
        sources: URI-Rs, each once.
        ports: the world.
        whole: sources whose page is needed, whatever ``ports.method`` says.
        afresh: ask for everything anew, for the archive: no remembered answers, no conditional requests.
    """
    askable: list[str] = []
    for source in sources:
        if not uri.is_web(source):
            words = f"linkcheck asks http and https, not {uri.scheme(source)}"
            yield Landing(unasked(source, FailureKind.UNSUPPORTED_SCHEME, words, ports.clock.now()))
        elif ports.is_excluded(source):
            yield Landing(unasked(source, FailureKind.EXCLUDED, "", ports.clock.now()))
        elif lacking := what_is_missing(source, ports.manners):
            yield Landing(unasked(source, FailureKind.MISSING_VARIABLE, lacking, ports.clock.now()))
        elif not afresh and (lately := _lately(source, ports, quoted=source in whole)):
            yield Landing(lately, remembered=True)
        else:
            askable.append(source)
    line = Line()
    chance = random.Random()  # noqa: S311  jitter and a name nobody ever wrote, no secrets
    book = ports.book if afresh and ports.manners.asks_robots else None
    siblings: Siblings = {}
    until = ports.clock.monotonic() + ports.max_time_s if ports.max_time_s else None
    with ports.open_engine() as engine:
        visits = ((source, _visit(source, ports, chance, whole, book, siblings, afresh=afresh)) for source in askable)
        for _, landing in engine.run(visits, until=until):
            seen = _revived(landing.observation, ports)
            if ports.is_ours(seen.uri_r if seen.failure is None else seen.final_url, seen.address):
                yield replace(landing, observation=seen)
                continue
            if connectivity.proves_the_line(seen):
                line = replace(line, reaches=True)
            if connectivity.needs_proof(seen, line):
                asked = _ask_controls(ports)
                line = replace(asked, reaches=asked.reaches or line.reaches)
            settled = connectivity.settle(seen, line)
            yield replace(landing, observation=seen) if settled is seen else Landing(settled)


def _visit(
    source: str,
    ports: Ports,
    chance: random.Random,
    whole: Collection[str],
    book: Book | None,
    siblings: Siblings,
    *,
    afresh: bool,
) -> Visit:
    quoted = source in whole
    rules = rules_for(source, ports.manners)
    return visit(
        source,
        manners=ports.manners,
        chance=chance,
        method="GET" if quoted or afresh else rules.method or ports.method,
        validators=None if afresh else _validators(source, ports, quoted=quoted),
        # Of a page that was cut it is never said that it drifted.
        whole=quoted or afresh or bool(_captured(source, ports)),
        book=book,
        siblings=siblings,
    )


def _validators(source: str, ports: Ports, *, quoted: bool) -> Validators | None:
    """What to ask after an earlier answer with, where that answer is enough to judge by."""
    earlier = ports.store.answered(source)
    if earlier is None or earlier.status != 200 or earlier.truncated or not _serves(source, ports, quoted=quoted):
        return None
    return Validators(earlier.final_url, earlier.header("etag"), earlier.header("last-modified"))


def _serves(source: str, ports: Ports, *, quoted: bool) -> bool:
    """Quotes and drift are looked for in whole pages; a capture is held against bytes, or what was told of them."""
    kept = _captured(source, ports)
    if not quoted and not kept:
        return True
    latest = ports.store.latest(source)
    if latest is None or latest.page is None or (quoted and latest.page.partial):
        return False
    # The bytes of a capture are those of a capture, though its text is so long that it is never read to its end.
    return not kept or latest.digest in kept or (latest.comparison is not None and not latest.page.partial)


def _captured(source: str, ports: Ports) -> set[str]:
    """Digests of our own captures of a source."""
    return {snapshot.digest for snapshot in ports.known.get(source, ()) if snapshot.archive == "local"}


def _lately(source: str, ports: Ports, *, quoted: bool) -> Observation | None:
    """The stored answer, where it is young enough to stand. A failure is never remembered so."""
    if not ports.max_age_s:
        return None
    earlier = ports.store.answered(source)
    if earlier is None or (ports.clock.now() - earlier.observed_at).total_seconds() > ports.max_age_s:
        return None
    return ports.store.latest(source) if _serves(source, ports, quoted=quoted) else None


def _revived(seen: Observation, ports: Ports) -> Observation:
    """After a 304 the earlier answer stands, seen anew now (RFC 9110 15.4.5)."""
    if seen.status != 304:
        return seen
    earlier = ports.store.latest(seen.uri_r)
    if earlier is None or earlier.status != 200:
        return seen
    return replace(earlier, observed_at=seen.observed_at, hops=seen.hops, attempts=seen.attempts, address=seen.address)


def _ask_controls(ports: Ports) -> Line:
    """Glances at the control hosts, over an engine of its own: the other one is in the middle of its work."""
    chance = random.Random()  # noqa: S311
    urls = [f"https://{host}/" for host in ports.controls]
    with ports.open_engine() as engine:
        visits = ((url, glance(url, manners=ports.manners, chance=chance)) for url in urls)
        seen = [landing.observation for _, landing in engine.run(visits)]
    return connectivity.from_controls(ports.controls, seen)
