"""Public mementos: asking an archive which capture stands for each source, and remembering what it says."""

from __future__ import annotations

from collections.abc import Sequence

from linkcheck import uri
from linkcheck.archives.wayback import LookUp
from linkcheck.findings import KEPT_STATES, find
from linkcheck.model import FailureKind, Finding
from linkcheck.ports import Keeper, Ports, PublicArchive, Step


def look_up(
    findings: Sequence[Finding], ports: Ports, keeper: Keeper, public: PublicArchive, *, save: bool
) -> tuple[tuple[Finding, ...], list[str]]:
    """Adds to every finding what the public archive holds; each source is asked once, for its earliest citing date."""
    remarks: dict[str, None] = {}
    by_source: dict[str, list[Finding]] = {}
    for finding in findings:
        if _may_be_asked(finding, ports):
            by_source.setdefault(finding.citation.uri_r, []).append(finding)
    for done, (source, cited) in enumerate(by_source.items(), 1):
        pause = public.wait_s
        if pause:
            ports.on_step(Step("waiting for the archive's rate limit", done - 1, len(by_source), source))
            ports.clock.sleep(pause)
        dates = [finding.citation.accessed for finding in cited if finding.citation.accessed]
        answer = public.find(source, min(dates, default=None))
        alive = any(finding.verdict.state in KEPT_STATES for finding in cited)
        if save and alive and answer.answered and not answer.snapshots:
            answer = public.save(source)
        with ports.interrupt.shielded():
            _learn(source, answer, ports, keeper)
        if answer.note:
            remarks[f"Public mementos: {answer.note}."] = None
        ports.on_step(Step("asking the archive", done, len(by_source), source))
    renewed = tuple(find(finding.citation, finding.verdict, finding.observation, ports) for finding in findings)
    return renewed, list(remarks)


def _learn(source: str, answer: LookUp, ports: Ports, keeper: Keeper) -> None:
    if not answer.answered:
        return
    ports.store.note_search(source, answer.neighbours)
    known = ports.known.get(source, ())
    held = {snapshot.uri_m for snapshot in known}
    fresh = [snapshot for snapshot in answer.snapshots if snapshot.uri_m not in held]
    for snapshot in fresh:
        keeper.add(snapshot)
    ports.known[source] = (*known, *fresh)


def _may_be_asked(finding: Finding, ports: Ports) -> bool:
    """Private-looking addresses are nobody else's business, and what is not on the web is in no web archive."""
    source, seen = finding.citation.uri_r, finding.observation
    host = uri.host(source)
    public_name = uri.is_web(source) and "." in host and uri.ip_literal(host) is None
    if seen is not None and seen.failure is FailureKind.UNSAFE_ADDRESS:
        return False
    return public_name and not ports.is_private(source, seen.address if seen is not None else "")
