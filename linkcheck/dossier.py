"""``linkcheck show``: everything known about one source, as text. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from linkcheck.clock import iso
from linkcheck.conduct import NO_HOSTS, PATIENCE, Hosts, Patience
from linkcheck.judge import judge
from linkcheck.model import Citation, Finding, Look, Observation, Picture, Snapshot, State
from linkcheck.reports._text import printable


def render(
    uri_r: str,
    findings: Sequence[Finding],
    past: Iterable[Observation],
    snapshots: Sequence[Snapshot],
    patience: Patience = PATIENCE,
    hosts: Hosts = NO_HOSTS,
) -> str:
    """The verdict now, who cites it, its verdicts and copies over time, every look and every copy, newest first.

    Args:
        uri_r: the source.
        findings: of its citations, judged now.
        past: every look at it that is stored, newest first.
        snapshots: every copy that is known.
        patience: when what only fails is dead.
        hosts: what the settings say of single hosts.
    """
    past = list(past)
    lines = [uri_r, ""]
    for finding in findings:
        verdict, citation = finding.verdict, finding.citation
        lines.append(f"{verdict.state} ({verdict.reason}): {verdict.evidence}")
        if citation.document:
            lines.append(f"  cited in {citation.document}:{citation.line}:{citation.column}")
        lines += [f"  quote {'found' if match.found else 'not found'}: “{match.quote}”" for match in verdict.quotes]
        lines += [f"  suggestion ({item.kind}): {item.url}" for item in verdict.suggestions]
        lines += [f"  falls short: {shortfall}" for shortfall in finding.shortfalls]
        lines += [f"  excepted: {passed}" for passed in finding.excepted]
    over_time = [
        line for citation in _asked(findings) for line in _timeline(citation, past, snapshots, patience, hosts)
    ]
    if over_time:
        lines += ["", "Over time, judged as of today:", *over_time]
    looks = [_look(seen) for seen in past]
    lines += ["", f"Looks ({len(looks)}):", *(looks or ["  none is stored; `linkcheck check` makes one"])]
    pictures = {picture.uri_m: picture for finding in findings for picture in finding.pictures}
    kept = sorted(snapshots, key=lambda kept: kept.captured_at, reverse=True)
    lines += ["", f"Copies ({len(kept)}):"]
    lines += [line for snapshot in kept for line in _copy(snapshot, pictures.get(snapshot.uri_m))]
    lines += [] if kept else ["  none is known; `linkcheck archive` makes one"]
    return "\n".join(printable(line) for line in lines) + "\n"


def _asked(findings: Sequence[Finding]) -> list[Citation]:
    """One citation for each that may be judged otherwise: by what it quotes, or where on the page it points."""
    apart = {(each.citation.url, each.citation.quotes, each.citation.title): each.citation for each in findings}
    return list(apart.values())


def _timeline(
    citation: Citation,
    past: Sequence[Observation],
    snapshots: Sequence[Snapshot],
    patience: Patience,
    hosts: Hosts,
) -> list[str]:
    """A line for each change of the verdict and for each copy, oldest first.

    Every look is judged by the rules of today, with the looks and the copies that were there before it.
    """
    events: list[tuple[datetime, int, str]] = []
    looks: list[Look] = []
    before: tuple[State, str] | None = None
    since = 0
    for seen in reversed(past):
        known = [snapshot for snapshot in snapshots if snapshot.captured_at <= seen.observed_at]
        verdict = judge(citation, seen, tuple(looks), known, patience=patience, hosts=hosts)
        looks.append(Look(seen.observed_at, seen.status, seen.failure))
        since += 1
        if (verdict.state, verdict.reason) != before:
            words = f"{verdict.state:<9} {verdict.reason}: {verdict.evidence}"
            events.append((seen.observed_at, 1, words if before is None else f"{words} (after {_looks(since - 1)})"))
            before, since = (verdict.state, verdict.reason), 1
    for snapshot in snapshots:
        what = "captured " if snapshot.archive == "local" else "memento  "
        events.append((snapshot.captured_at, 0, f"{what} {snapshot.archive} {snapshot.status or '?'} {snapshot.uri_m}"))
    told = [f"  {moment:%Y-%m-%d %H:%M}  {words}" for moment, _, words in sorted(events)]
    if past:
        told.append(f"  {past[0].observed_at:%Y-%m-%d %H:%M}  the last look of {_looks(since)} with that verdict")
    return told if len(told) > 1 else []


def _looks(number: int) -> str:
    return f"{number} look" if number == 1 else f"{number} looks"


def _look(seen: Observation) -> str:
    what = str(seen.status) if seen.status is not None else f"{seen.failure}: {seen.failure_message}"
    led = f", led to {seen.final_url}" if seen.final_url != seen.uri_r else ""
    size = f", {seen.length:,} bytes of {seen.media_type or 'unnamed type'}" if seen.length else ""
    return f"  {iso(seen.observed_at)}  {what}{led}{size}"


def _copy(snapshot: Snapshot, picture: Picture | None) -> Iterator[str]:
    title = f"  {snapshot.title}" if snapshot.title else ""
    yield f"  {iso(snapshot.captured_at)}  {snapshot.archive:<8} {snapshot.status or '?'}  {snapshot.uri_m}{title}"
    if picture is not None:
        yield f"    pictured on {iso(picture.taken_at)[:10]}: {picture.media_type} in {picture.warc}#{picture.offset}"
