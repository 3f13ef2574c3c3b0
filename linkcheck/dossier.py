"""``linkcheck show``: everything known about one source, as text. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from linkcheck.clock import iso
from linkcheck.model import Finding, Observation, Snapshot
from linkcheck.reports._text import printable


def render(uri_r: str, findings: Sequence[Finding], past: Iterable[Observation], snapshots: Sequence[Snapshot]) -> str:
    """The verdict now, who cites it, every look at it, and every copy, newest first."""
    lines = [uri_r, ""]
    for finding in findings:
        verdict, citation = finding.verdict, finding.citation
        lines.append(f"{verdict.state} ({verdict.reason}): {verdict.evidence}")
        if citation.document:
            lines.append(f"  cited in {citation.document}:{citation.line}:{citation.column}")
        lines += [f"  quote {'found' if match.found else 'not found'}: “{match.quote}”" for match in verdict.quotes]
        lines += [f"  suggestion ({item.kind}): {item.url}" for item in verdict.suggestions]
    looks = [_look(seen) for seen in past]
    lines += ["", f"Looks ({len(looks)}):", *(looks or ["  none is stored; `linkcheck check` makes one"])]
    kept = [_copy(snapshot) for snapshot in sorted(snapshots, key=lambda kept: kept.captured_at, reverse=True)]
    lines += ["", f"Copies ({len(kept)}):", *(kept or ["  none is known; `linkcheck archive` makes one"])]
    return "\n".join(printable(line) for line in lines) + "\n"


def _look(seen: Observation) -> str:
    what = str(seen.status) if seen.status is not None else f"{seen.failure}: {seen.failure_message}"
    led = f", led to {seen.final_url}" if seen.final_url != seen.uri_r else ""
    size = f", {seen.length:,} bytes of {seen.media_type or 'unnamed type'}" if seen.length else ""
    return f"  {iso(seen.observed_at)}  {what}{led}{size}"


def _copy(snapshot: Snapshot) -> str:
    title = f"  {snapshot.title}" if snapshot.title else ""
    return f"  {iso(snapshot.captured_at)}  {snapshot.archive:<8} {snapshot.status or '?'}  {snapshot.uri_m}{title}"
