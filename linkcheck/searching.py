"""Public mementos for the archive: which capture stands for each source, and asking for one where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from linkcheck.archives.lookup import LookUp
from linkcheck.findings import KEPT_STATES
from linkcheck.model import Finding
from linkcheck.ports import Keeper, Ports, PublicArchive, Step
from linkcheck.saving import Saving
from linkcheck.tracing import cited_on, find, may_be_asked

_STANDS = timedelta(days=7)
"""How long a memento in the lock file stands for its source before the archives are asked whether there is a better."""


def look_up(
    findings: Sequence[Finding], ports: Ports, keeper: Keeper, public: PublicArchive, *, save: bool
) -> list[str]:
    """Notes in the lock file what the public archives hold; each source is asked once, for its earliest citing date.

    Only what plays back is noted. With ``save``, captures are asked for of what is there and has no such memento.

    Returns:
        Remarks on the asking itself, for the report's notes.
    """
    remarks: dict[str, None] = {}
    by_source: dict[str, list[Finding]] = {}
    for finding in findings:
        if may_be_asked(finding, ports):
            by_source.setdefault(finding.citation.uri_r, []).append(finding)
    wanted: list[str] = []
    for done, (source, cited) in enumerate(by_source.items(), 1):
        if not _stands(source, ports):
            answer = find(source, cited_on([finding.citation for finding in cited]), ports, public)
            with ports.interrupt.shielded():
                _keep(source, answer, ports, keeper)
            alive = any(finding.verdict.state in KEPT_STATES for finding in cited)
            if save and alive and answer.answered and not answer.playing:
                wanted.append(source)
            if answer.note:
                remarks[f"Public mementos: {answer.note}."] = None
        ports.on_step(Step("asking the archive", done, len(by_source), source))
    return [*remarks, *(Saving(ports, keeper, public).ask_for(wanted) if wanted else ())]


def _stands(source: str, ports: Ports) -> bool:
    """Whether the archives were asked lately, and what they said stands in the lock file."""
    search = ports.store.search(source)
    if search is None or not search.snapshots or ports.clock.now() - search.asked_at > _STANDS:
        return False
    held = {snapshot.uri_m for snapshot in ports.known.get(source, ())}
    return held.issuperset(snapshot.uri_m for snapshot in search.snapshots)


def _keep(source: str, answer: LookUp, ports: Ports, keeper: Keeper) -> None:
    """Notes the mementos that play back, with what their replay said."""
    known = ports.known.get(source, ())
    held = {snapshot.uri_m for snapshot in known}
    fresh = [snapshot for snapshot in answer.playing if snapshot.uri_m not in held]
    for snapshot in fresh:
        keeper.add(snapshot)
    for seen in answer.played:
        if ports.store.latest(seen.uri_r) is None:
            ports.store.append(seen)
    ports.known[source] = (*known, *fresh)
    if answer.playing:
        ports.store.drop_job(source)
