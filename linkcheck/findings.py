"""A verdict becomes a row of the report: with its copies and its trace, held against the policy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from linkcheck.clock import iso
from linkcheck.conduct import ExitCode, Policy
from linkcheck.exceptions import covering
from linkcheck.judge import accepted_status
from linkcheck.memento import Search
from linkcheck.model import Citation, FailureKind, Finding, Look, Observation, Problem, Snapshot, State, Verdict
from linkcheck.ports import Ports

KEPT_STATES = frozenset({State.ALIVE, State.MOVED, State.DRIFTED})
"""What is captured: pages that are the source. An error page or a bot wall under its name would be no evidence."""

_LOOKS = 6
"""Earlier looks at a source that a row carries."""


def is_the_source(verdict: Verdict) -> bool:
    """Whether what was seen may be kept as the source: a refusal that the settings accept as a sign is still one."""
    return verdict.state in KEPT_STATES and verdict.reason != accepted_status.ID


_NEVER_CAPTURED = frozenset({FailureKind.EXCLUDED.value, "file-missing", "anchor-missing"})


def copies(source: str, ports: Ports) -> tuple[Snapshot, ...]:
    """Every copy of a source that is known: of the lock file, and those that an archive told of since."""
    return _all_copies(source, ports.store.search(source), ports)


def _all_copies(source: str, search: Search | None, ports: Ports) -> tuple[Snapshot, ...]:
    known = ports.known.get(source, ())
    if search is None or not search.snapshots:
        return known
    held = {snapshot.uri_m for snapshot in known}
    return (*known, *(snapshot for snapshot in search.snapshots if snapshot.uri_m not in held))


def find(
    citation: Citation, verdict: Verdict, seen: Observation | None, ports: Ports, looks: Sequence[Look] = ()
) -> Finding:
    """A citation's row: its verdict with the copies and the trace of its source, held against the policy.

    ``looks`` at its source, oldest first: the newest that were before ``seen`` go into the row.
    """
    search = ports.store.search(citation.uri_r)
    snapshots = _all_copies(citation.uri_r, search, ports)
    found = Finding(
        citation=citation,
        verdict=verdict,
        observation=seen,
        snapshots=snapshots,
        trace="captures" if snapshots else search.trace if search is not None else "not-asked",
        traced=_in_words(search) if search is not None else "",
        looks=tuple(look for look in looks if seen is None or look.observed_at < seen.observed_at)[-_LOOKS:],
    )
    return held(found, (), ports)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """One thing that the policy holds against a citation.

    ``words``: by which an exception may let it pass; the first is the one that the policy names.
    """

    words: tuple[str, ...]
    sentence: str


def held(finding: Finding, further: Sequence[Shortfall], ports: Ports) -> Finding:
    """The finding held against the policy: what it falls short of, and what an exception lets pass.

    ``further``: what the verdict and the copies do not show.
    """
    shortfalls: list[str] = []
    held_for: list[str] = []
    excepted: list[str] = []
    day = ports.clock.now().date() if ports.exceptions else date.min
    for short in (*_shortfalls(finding.citation, finding.verdict, finding.snapshots, ports.policy), *further):
        exception = covering(ports.exceptions, finding.citation.url, short.words, day) if ports.exceptions else None
        if exception is None:
            shortfalls.append(short.sentence)
            held_for.append(short.words[0])
        else:
            excepted.append(f"{short.sentence}; excepted until {exception.until}: {exception.why}")
    said = (tuple(shortfalls), tuple(excepted))
    if said == (finding.shortfalls, finding.excepted):
        return finding
    return replace(finding, shortfalls=said[0], excepted=said[1], held_for=tuple(held_for))


def unasked(citation: Citation, verdict: Verdict, ports: Ports) -> Finding:
    """The row of a citation that no visit stands behind: it was held against the tree."""
    return held(Finding(citation, verdict), (), ports)


def _in_words(search: Search) -> str:
    """Whether the source ever existed, as far as the archives that were asked tell; words that accuse nobody."""
    if search.snapshots and search.since:
        several = search.captures != 1 or search.more
        number = f"{'at least ' if search.more else ''}{search.captures:,} captures" if several else "one capture"
        return (
            f"An archive holds {number} of this address, {'the first ' if several else ''}of {iso(search.since)[:10]}."
        )
    if search.snapshots:
        return "An archive holds captures of this address."
    if search.neighbours:
        return "No archive that was asked holds this address, but one holds a near-by address."
    return (
        "No archive that was asked has ever seen this address, nor one near it: it may have been mistyped, or may "
        "never have been on the public web under this name."
    )


def _shortfalls(
    citation: Citation, verdict: Verdict, snapshots: Sequence[Snapshot], policy: Policy
) -> Iterator[Shortfall]:
    # Where the text cites a copy beside a dead address, or in its place, its readers have something to open. One that
    # was opened and showed nothing is not among what is suggested.
    suggested = {suggestion.url for suggestion in verdict.suggestions}
    has_a_copy = verdict.state is State.DEAD and citation.memento in suggested
    if verdict.state in policy.fail_on and not has_a_copy:
        yield Shortfall((str(verdict.state), verdict.reason), f"{verdict.state} sources fail the run (fail-on)")
    elif verdict.reason in policy.fail_on and not has_a_copy:
        yield Shortfall((verdict.reason, str(verdict.state)), f"{verdict.reason} fails the run (fail-on)")
    if "missing-capture" in policy.fail_on and not snapshots and verdict.reason not in _NEVER_CAPTURED:
        yield Shortfall(("missing-capture",), "no capture is kept, and fail-on asks for one: run `linkcheck archive`")
    if "missing-memento" in policy.fail_on and all(snapshot.archive == "local" for snapshot in snapshots):
        words = "no public memento is known, and fail-on asks for one: `linkcheck archive --save` looks for one or asks"
        yield Shortfall(("missing-memento",), words)


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
