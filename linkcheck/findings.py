"""A verdict becomes a row of the report: with its copies, its trace, its suggestions, held against the policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from linkcheck.clock import iso
from linkcheck.conduct import Policy
from linkcheck.memento import standing_for
from linkcheck.model import (
    Citation,
    ExitCode,
    FailureKind,
    Finding,
    Observation,
    Problem,
    Snapshot,
    State,
    Suggestion,
    Verdict,
)
from linkcheck.ports import Ports

KEPT_STATES = frozenset({State.ALIVE, State.MOVED, State.DRIFTED})
"""What is captured: pages that are the source. An error page or a bot wall under its name would be no evidence."""


def find(citation: Citation, verdict: Verdict, seen: Observation | None, ports: Ports) -> Finding:
    """A citation's row: its verdict with all that is known of copies and neighbours, held against the policy."""
    snapshots = ports.known.get(citation.uri_r, ())
    neighbours = ports.store.neighbours(citation.uri_r)
    if verdict.state is State.DEAD:
        verdict = replace(verdict, suggestions=_suggestions(citation, verdict, snapshots, neighbours or ()))
    return Finding(
        citation=citation,
        verdict=verdict,
        observation=seen,
        snapshots=snapshots,
        trace=_trace(snapshots, neighbours),
        shortfalls=_shortfalls(verdict, snapshots, ports.policy),
    )


def _trace(snapshots: Sequence[Snapshot], neighbours: Sequence[str] | None) -> str:
    """Whether the source ever existed, as far as archives tell."""
    if snapshots:
        return "captures"
    if neighbours is None:
        return "not-asked"
    return "neighbours" if neighbours else "none"


def _suggestions(
    citation: Citation, verdict: Verdict, snapshots: Sequence[Snapshot], neighbours: Sequence[str]
) -> tuple[Suggestion, ...]:
    """Better addresses for a dead source: the memento that stands for it, or else its neighbours."""
    found = {suggestion.url: suggestion for suggestion in verdict.suggestions}
    public = [snapshot for snapshot in snapshots if snapshot.archive != "local"]
    memento = standing_for(public, citation.accessed)
    if memento:
        words = f"captured {iso(memento.captured_at)[:10]} with status {memento.status}"
        found.setdefault(memento.uri_m, Suggestion(memento.uri_m, "memento", False, words))
    elif not snapshots:
        words = "the archive holds a page of the same name under this address"
        for url in neighbours:
            found.setdefault(url, Suggestion(url, "neighbour", False, words))
    return tuple(found.values())


def _shortfalls(verdict: Verdict, snapshots: Sequence[Snapshot], policy: Policy) -> tuple[str, ...]:
    words = []
    if verdict.state in policy.fail_on:
        words.append(f"{verdict.state} sources fail the run (fail-on)")
    elif verdict.reason in policy.fail_on:
        words.append(f"{verdict.reason} fails the run (fail-on)")
    if "missing-capture" in policy.fail_on and not snapshots:
        words.append("no capture is kept, and fail-on asks for one")
    return tuple(words)


def exit_code(
    findings: Sequence[Finding], problems: Sequence[Problem], integrity: Sequence[str], *, interrupted: bool
) -> ExitCode:
    """What a command ends with. Damage outranks being offline: it is true whatever the network says."""
    if interrupted:
        return ExitCode.INTERRUPTED
    if problems:
        return ExitCode.USAGE
    if integrity or any(finding.shortfalls for finding in findings):
        return ExitCode.POLICY
    if findings and all(_untold(finding) for finding in findings):
        return ExitCode.UNTOLD
    return ExitCode.OK


def _untold(finding: Finding) -> bool:
    """Whether nothing could be told: it was not asked, or nobody answered."""
    if finding.verdict.state is State.UNKNOWN:
        return finding.verdict.reason != FailureKind.EXCLUDED
    unanswered = finding.observation is not None and finding.observation.status is None
    return finding.verdict.state is State.FAILING and unanswered
