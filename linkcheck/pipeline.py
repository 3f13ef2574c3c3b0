"""The way of a citation through the house: check, archive, verify, report. Everything it needs is handed in."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from linkcheck import connectivity, judge, uri
from linkcheck.archives.wayback import LookUp
from linkcheck.clock import Clock, iso
from linkcheck.connectivity import Line
from linkcheck.interrupt import Interrupt
from linkcheck.memento import standing_for
from linkcheck.model import (
    Citation,
    ExitCode,
    FailureKind,
    Finding,
    Landing,
    Manners,
    Observation,
    Policy,
    Problem,
    Report,
    Snapshot,
    State,
    Suggestion,
    Verdict,
)
from linkcheck.store import Store
from linkcheck.web.engine import Engine
from linkcheck.web.visit import glance, unasked, visit

KEPT_STATES = frozenset({State.ALIVE, State.MOVED, State.DRIFTED})
"""What is captured: pages that are the source. An error page or a bot wall under its name would be no evidence."""

_NO_KNOWLEDGE = frozenset({FailureKind.OFFLINE, FailureKind.NOT_REACHED, FailureKind.EXCLUDED, FailureKind.PROXY})


class Keeper(Protocol):
    """The writing end of the archive."""

    def save(self, landing: Landing) -> Snapshot:
        """Keeps what a visit brought home."""
        ...

    def add(self, snapshot: Snapshot) -> None:
        """Notes a memento that somebody else holds."""
        ...


class PublicArchive(Protocol):
    """An archive that can be asked."""

    @property
    def wait_s(self) -> float:
        """Seconds until it may be asked again."""
        ...

    def find(self, uri_r: str, near: date | None) -> LookUp:
        """The capture that stands for a citation."""
        ...

    def save(self, uri_r: str) -> LookUp:
        """Asks for a new capture."""
        ...


@dataclass(frozen=True, slots=True)
class Step:
    """One step of progress: ``done`` of ``total``, and what was just done."""

    phase: str
    done: int
    total: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Ports:
    """What the pipeline works through; ``wiring`` makes the real ones.

    Attributes:
        open_engine: an engine over fresh connections; a second one may run while the first rests.
        is_ours: whether a URL's host was named by the user as private or with its address.
        controls: hosts that surely exist.
        known: snapshots by URI-R.
        on_step: told of progress.
    """

    clock: Clock
    interrupt: Interrupt
    open_engine: Callable[[], AbstractContextManager[Engine[str]]]
    manners: Manners
    policy: Policy
    is_ours: Callable[[str], bool]
    controls: tuple[str, ...]
    store: Store
    known: dict[str, tuple[Snapshot, ...]]
    tool: str
    on_step: Callable[[Step], None]


# ---------------------------------------------------------------- commands


def check(
    citations: Sequence[Citation],
    problems: Sequence[Problem],
    ports: Ports,
    *,
    command: str = "check",
    keep: Callable[[Landing], Iterable[Snapshot]] | None = None,
    notes: Sequence[str] = (),
    integrity: Sequence[str] = (),
) -> Report:
    """Fetches every source once and judges every citation of it.

    Args:
        citations: in the order of the documents.
        problems: inputs that could not be used; they cost the exit code.
        ports: the world.
        command: name in the report.
        keep: called with each landing that is the source; returns the snapshots it made.
        notes, integrity: go into the report as they are.
    """
    started = ports.clock.now()
    ports.store.begin_run(command, started, citations)
    by_source: dict[str, list[int]] = {}
    for place, citation in enumerate(citations):
        by_source.setdefault(citation.uri_r, []).append(place)
    findings: dict[int, Finding] = {}
    remarks = list(notes)
    interrupted = False
    try:
        for done, landing in enumerate(_look(tuple(by_source), ports), 1):
            with ports.interrupt.shielded():
                for place, finding in _judge(landing, citations, by_source, ports, keep):
                    findings[place] = finding
            ports.on_step(Step("checking", done, len(by_source), landing.observation.uri_r))
    except KeyboardInterrupt:
        interrupted = True
        missing = len(by_source) - len({citations[place].uri_r for place in findings})
        remarks.append(f"Interrupted: {missing} of {len(by_source)} sources were not reached. What was learnt is kept.")
    for place, citation in enumerate(citations):
        if place not in findings:
            findings[place] = _not_reached(citation, ports)
    ports.store.flush()
    ordered = tuple(findings[place] for place in range(len(citations)))
    return _report(command, ordered, problems, remarks, integrity, ports, interrupted=interrupted)


def archive(
    citations: Sequence[Citation],
    problems: Sequence[Problem],
    ports: Ports,
    *,
    keeper: Keeper,
    public: PublicArchive | None,
    save: bool = False,
    notes: Sequence[str] = (),
) -> Report:
    """Checks, captures what is there, and finds (with ``save``: asks for) a public memento of every source."""
    captured = 0

    def keep(landing: Landing) -> Iterable[Snapshot]:
        nonlocal captured
        kept = keeper.save(landing)
        captured += 1
        return (kept,)

    checked = check(citations, problems, ports, command="archive", keep=keep, notes=notes)
    sources = checked.sources()
    if checked.exit_code is not ExitCode.UNTOLD:
        checked = replace(checked, notes=(*checked.notes, f"Captured now: {captured} of {_sources(sources)}."))
    if public is None or checked.exit_code in (ExitCode.INTERRUPTED, ExitCode.UNTOLD):
        return checked
    try:
        findings, remarks = _look_up(checked.findings, ports, keeper, public, save=save)
    except KeyboardInterrupt:
        note = "Interrupted while the public archive was asked. What was captured is kept."
        return replace(checked, exit_code=ExitCode.INTERRUPTED, notes=(*checked.notes, note))
    held = {f.citation.uri_r for f in findings if any(kept.archive != "local" for kept in f.snapshots)}
    remarks.append(f"Public mementos: known of {len(held)} of {_sources(sources)}.")
    return _report("archive", findings, problems, (*checked.notes, *remarks), (), ports, interrupted=False)


def verify(
    citations: Sequence[Citation],
    problems: Sequence[Problem],
    ports: Ports,
    *,
    integrity: Sequence[str],
    notes: Sequence[str] = (),
) -> Report:
    """Holds the live web against the lock file; ``integrity`` is what is wrong with the stored bytes."""
    report_ = check(citations, problems, ports, command="verify", notes=notes, integrity=integrity)
    findings = tuple(_against_lock(finding) for finding in report_.findings)
    return replace(report_, findings=findings)


def report(citations: Sequence[Citation], problems: Sequence[Problem], ports: Ports) -> Report:
    """Judges the stored past again, with no network."""
    findings: list[Finding] = []
    for citation in citations:
        past = ports.store.latest(citation.uri_r)
        snapshots = ports.known.get(citation.uri_r, ())
        if past is None:
            past = _from_capture(snapshots)
        looks = tuple(
            look for look in ports.store.looks(citation.uri_r) if past and look.observed_at < past.observed_at
        )
        verdict = judge.judge(citation, past, looks, snapshots)
        findings.append(_finding(citation, verdict, replace(past, page=None) if past else None, ports))
    return _report("report", tuple(findings), problems, (), (), ports, interrupted=False)


def _sources(number: int) -> str:
    return f"{number} source" if number == 1 else f"{number} sources"


# ---------------------------------------------------------------- looking


def _look(sources: Sequence[str], ports: Ports) -> Iterator[Landing]:
    """Every source's landing as it comes, with failures of our own line told apart from theirs."""
    line = Line()
    askable: list[str] = []
    for source in sources:
        if uri.is_web(source):
            askable.append(source)
        else:
            words = f"linkcheck asks http and https, not {uri.scheme(source)}"
            yield Landing(unasked(source, FailureKind.UNSUPPORTED_SCHEME, words, ports.clock.now()))
    chance = random.Random()  # noqa: S311  jitter and a name nobody ever wrote, no secrets
    with ports.open_engine() as engine:
        visits = ((source, visit(source, manners=ports.manners, chance=chance)) for source in askable)
        for _, landing in engine.run(visits):
            seen = landing.observation
            if ports.is_ours(seen.uri_r if seen.failure is None else seen.final_url):
                yield landing
                continue
            if connectivity.proves_the_line(seen):
                line = replace(line, reaches=True)
            if connectivity.needs_proof(seen, line):
                asked = _ask_controls(ports)
                line = replace(asked, reaches=asked.reaches or line.reaches)
            settled = connectivity.settle(seen, line)
            yield landing if settled is seen else Landing(settled)


def _ask_controls(ports: Ports) -> Line:
    """Glances at the control hosts, over an engine of its own: the other one is in the middle of its work."""
    chance = random.Random()  # noqa: S311
    urls = [f"https://{host}/" for host in ports.controls]
    with ports.open_engine() as engine:
        visits = ((url, glance(url, manners=ports.manners, chance=chance)) for url in urls)
        seen = [landing.observation for _, landing in engine.run(visits)]
    return connectivity.from_controls(ports.controls, seen)


def _judge(
    landing: Landing,
    citations: Sequence[Citation],
    by_source: dict[str, list[int]],
    ports: Ports,
    keep: Callable[[Landing], Iterable[Snapshot]] | None,
) -> Iterator[tuple[int, Finding]]:
    """The findings of one landing; on the way it is stored, and kept where it is the source."""
    seen = landing.observation
    places = by_source[seen.uri_r]
    looks = ports.store.looks(seen.uri_r)
    snapshots = ports.known.get(seen.uri_r, ())
    verdicts = {place: judge.judge(citations[place], seen, looks, snapshots) for place in places}
    if seen.failure not in _NO_KNOWLEDGE:
        ports.store.append(seen)
    if keep is not None and landing.exchanges and any(verdict.state in KEPT_STATES for verdict in verdicts.values()):
        ports.known[seen.uri_r] = (*snapshots, *keep(landing))
    light = replace(seen, page=None)
    for place, verdict in verdicts.items():
        yield place, _finding(citations[place], verdict, light, ports)


def _not_reached(citation: Citation, ports: Ports) -> Finding:
    words = "the run ended before it was asked"
    seen = unasked(citation.uri_r, FailureKind.NOT_REACHED, words, ports.clock.now())
    verdict = judge.judge(citation, seen, (), ports.known.get(citation.uri_r, ()))
    return _finding(citation, verdict, seen, ports)


# ---------------------------------------------------------------- public mementos


def _look_up(
    findings: Sequence[Finding], ports: Ports, keeper: Keeper, public: PublicArchive, *, save: bool
) -> tuple[tuple[Finding, ...], list[str]]:
    """Adds to every finding what the public archive holds; each source is asked once, for its earliest citing date."""
    remarks: dict[str, None] = {}
    by_source: dict[str, list[Finding]] = {}
    for finding in findings:
        if _may_be_asked(finding):
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
    renewed = tuple(_finding(finding.citation, finding.verdict, finding.observation, ports) for finding in findings)
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


def _may_be_asked(finding: Finding) -> bool:
    """Private-looking addresses are nobody else's business, and what is not on the web is in no web archive."""
    seen = finding.observation
    unsafe = seen is not None and seen.failure is FailureKind.UNSAFE_ADDRESS
    host = uri.host(finding.citation.uri_r)
    public_name = "." in host and uri.ip_literal(host) is None
    return uri.is_web(finding.citation.uri_r) and public_name and not unsafe


# ---------------------------------------------------------------- findings and reports


def _finding(citation: Citation, verdict: Verdict, seen: Observation | None, ports: Ports) -> Finding:
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


def _against_lock(finding: Finding) -> Finding:
    """Says how the live answer stands to the newest capture of our own."""
    own = [snapshot for snapshot in finding.snapshots if snapshot.archive == "local"]
    seen = finding.observation
    if not own or seen is None or seen.status is None or not seen.digest:
        return finding
    newest = max(own, key=lambda snapshot: snapshot.captured_at)
    day = iso(newest.captured_at)[:10]
    if newest.digest == seen.digest:
        words = f"The bytes are those of the capture of {day}."
    else:
        words = f"The bytes differ from the capture of {day}."
    if newest.final_url and newest.final_url != seen.final_url:
        words += f" It then led to {newest.final_url}."
    evidence = f"{finding.verdict.evidence} {words}".strip()
    return replace(finding, verdict=replace(finding.verdict, evidence=evidence))


def _from_capture(snapshots: Sequence[Snapshot]) -> Observation | None:
    """What the newest capture of our own lets us say, where the history was deleted or never was."""
    own = [snapshot for snapshot in snapshots if snapshot.archive == "local"]
    if not own:
        return None
    newest = max(own, key=lambda snapshot: snapshot.captured_at)
    return Observation(
        uri_r=newest.uri_r,
        observed_at=newest.captured_at,
        final_url=newest.final_url or newest.uri_r,
        status=newest.status,
        media_type=newest.media_type,
        digest=newest.digest,
        length=newest.length,
    )


def _report(
    command: str,
    findings: tuple[Finding, ...],
    problems: Sequence[Problem],
    notes: Iterable[str],
    integrity: Sequence[str],
    ports: Ports,
    *,
    interrupted: bool,
) -> Report:
    remarks = [*ports.store.notes, *notes]
    if findings and all(finding.verdict.reason == FailureKind.OFFLINE for finding in findings):
        hosts = ", ".join(ports.controls)
        remarks.append(
            f"This machine seems to be offline: neither the sources nor the control hosts ({hosts}) could be reached, "
            "so nothing was judged and nothing earlier was changed."
        )
    return Report(
        command=command,
        generated_at=ports.clock.now(),
        tool=ports.tool,
        findings=findings,
        exit_code=exit_code(findings, problems, integrity, interrupted=interrupted),
        notes=tuple(remarks),
        problems=tuple(problems),
        integrity=tuple(integrity),
    )


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
    untold = [f for f in findings if f.verdict.state is State.UNKNOWN and f.verdict.reason != FailureKind.EXCLUDED]
    if findings and len(untold) == len(findings):
        return ExitCode.UNTOLD
    return ExitCode.OK
