"""Public mementos for the archive: which capture stands for each source, and asking for one where there is none."""

from __future__ import annotations

from collections.abc import Sequence

from linkcheck.archives.wayback import LookUp
from linkcheck.findings import KEPT_STATES
from linkcheck.model import Finding
from linkcheck.ports import Keeper, Ports, PublicArchive, Step
from linkcheck.tracing import cited_on, find, may_be_asked


def look_up(
    findings: Sequence[Finding], ports: Ports, keeper: Keeper, public: PublicArchive, *, save: bool
) -> list[str]:
    """Notes in the lock file what the public archive holds; each source is asked once, for its earliest citing date.

    Returns:
        Remarks on the asking itself, for the report's notes.
    """
    remarks: dict[str, None] = {}
    by_source: dict[str, list[Finding]] = {}
    for finding in findings:
        if may_be_asked(finding, ports):
            by_source.setdefault(finding.citation.uri_r, []).append(finding)
    for done, (source, cited) in enumerate(by_source.items(), 1):
        answer = find(source, cited_on([finding.citation for finding in cited]), ports, public)
        alive = any(finding.verdict.state in KEPT_STATES for finding in cited)
        if save and alive and answer.answered and not answer.snapshots:
            answer = public.save(source)
        with ports.interrupt.shielded():
            _keep(source, answer, ports, keeper)
        if answer.note:
            remarks[f"Public mementos: {answer.note}."] = None
        ports.on_step(Step("asking the archive", done, len(by_source), source))
    return list(remarks)


def _keep(source: str, answer: LookUp, ports: Ports, keeper: Keeper) -> None:
    if not answer.answered:
        return
    known = ports.known.get(source, ())
    held = {snapshot.uri_m for snapshot in known}
    fresh = [snapshot for snapshot in answer.snapshots if snapshot.uri_m not in held]
    for snapshot in fresh:
        keeper.add(snapshot)
    ports.known[source] = (*known, *fresh)
