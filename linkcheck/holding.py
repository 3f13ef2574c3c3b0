"""What ``verify`` holds a source against beside the live page: its public memento, and the damage to its capture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from linkcheck.findings import Shortfall, held
from linkcheck.memento import standing_for
from linkcheck.model import FailureKind, Finding, Observation, Snapshot
from linkcheck.ports import Ports, PublicArchive, Step
from linkcheck.tracing import cited_on, may_be_asked

_UNSAID = frozenset(set(FailureKind) - {FailureKind.MALFORMED_ANSWER, FailureKind.TOO_MANY_REDIRECTS})
"""Failures that are of the line or of the archive's patience; they say nothing of the memento."""

Outcomes = dict[str, tuple[bool | None, str]]
"""By source: whether its memento plays, None where that could not be told; and a sentence."""


def wants_mementos(ports: Ports) -> bool:
    """Whether the policy asks for mementos that play back."""
    return "broken-memento" in ports.policy.fail_on


def play(findings: Sequence[Finding], ports: Ports, public: PublicArchive, outcomes: Outcomes) -> None:
    """Replays the memento that stands for each source, within the archive's rates; fills ``outcomes`` as it goes."""
    wanted: dict[str, tuple[Snapshot, Finding]] = {}
    by_source: dict[str, list[Finding]] = {}
    for finding in findings:
        by_source.setdefault(finding.citation.uri_r, []).append(finding)
    for source, cited in by_source.items():
        theirs = [snapshot for snapshot in cited[0].snapshots if snapshot.archive != "local"]
        standing = standing_for(theirs, cited_on([finding.citation for finding in cited]))
        if standing is not None and may_be_asked(cited[0], ports):
            wanted[source] = (standing, cited[0])
    for done, (source, (snapshot, _)) in enumerate(wanted.items(), 1):
        pause_s = public.replay_wait_s
        if pause_s:
            ports.on_step(Step("waiting for the archive's rate limit", 0, 0, source))
            ports.clock.sleep(pause_s)
        outcomes[source] = _outcome(snapshot, public.replay(snapshot))
        ports.on_step(Step("replaying mementos", done, len(wanted), source))


def _outcome(snapshot: Snapshot, seen: Observation | None) -> tuple[bool | None, str]:
    named = f"The memento {snapshot.uri_m}"
    if seen is None:
        return None, f"{named} is of an archive that is not asked."
    if seen.failure in _UNSAID:
        return None, f"{named} could not be asked for: {seen.failure_message}."
    if seen.status is None:
        return False, f"{named} does not play back: {seen.failure_message}."
    if not (200 <= seen.status < 300 and seen.length):
        return False, f"{named} does not play back: it answers {seen.status} with {seen.length:,} bytes."
    title = seen.page.title if seen.page is not None else ""
    if snapshot.title and title != snapshot.title:
        return False, f"{named} plays back as another page: {title!r} where snapshots.jsonl says {snapshot.title!r}."
    return True, f"{named} plays back."


def against(finding: Finding, outcomes: Outcomes, damage: Mapping[str, str], ports: Ports) -> Finding:
    """The finding with what its memento did, and with the damage to its capture, held against the policy."""
    plays, words = outcomes.get(finding.citation.uri_r, (None, ""))
    further: list[Shortfall] = []
    if plays is False and wants_mementos(ports):
        further.append(Shortfall(("broken-memento",), words.rstrip(".")))
    if finding.citation.uri_r in damage:
        further.append(Shortfall(("damaged",), f"its capture is damaged: {damage[finding.citation.uri_r].rstrip('.')}"))
    if words:
        evidence = f"{finding.verdict.evidence} {words}".strip()
        finding = replace(finding, verdict=replace(finding.verdict, evidence=evidence))
    return held(finding, further, ports)
