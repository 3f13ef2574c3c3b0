"""The way of a citation through the house: check, archive, verify, report. Everything it needs is handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from linkcheck import drift, judge, quote
from linkcheck.clock import iso
from linkcheck.completing import Completing
from linkcheck.conduct import ExitCode
from linkcheck.errors import ArchiveError
from linkcheck.exceptions import covering, run_out
from linkcheck.findings import copies, exit_code, find, is_the_source
from linkcheck.findings import unasked as unasked_finding
from linkcheck.holding import Outcomes, against, play, wants_mementos
from linkcheck.looking import look
from linkcheck.matching import matched
from linkcheck.memento import cited_capture
from linkcheck.model import (
    Citation,
    FailureKind,
    Finding,
    Landing,
    Look,
    Observation,
    Problem,
    Report,
    Snapshot,
    Tally,
    Verdict,
)
from linkcheck.page import fingerprint, parse
from linkcheck.picturing import RENDERED, Answers, Rendition, render
from linkcheck.ports import Keeper, Ports, Step, begun
from linkcheck.searching import look_up
from linkcheck.tracing import ask, cited_on, is_open, witnesses
from linkcheck.web.visit import unasked

_NO_KNOWLEDGE = frozenset(
    {
        FailureKind.OFFLINE,
        FailureKind.NOT_REACHED,
        FailureKind.EXCLUDED,
        FailureKind.MISSING_VARIABLE,
        FailureKind.PROXY,
        FailureKind.UNSAFE_ADDRESS,
        FailureKind.UNSUPPORTED_SCHEME,
    }
)
"""Nobody was asked: that is written over no earlier knowledge."""

_MOST_UNREACHED = 1_000
"""Citations that an interrupted run still lists as not reached; of more it only says how many, to end in a second."""


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
    trace: bool = True,
    broken: Sequence[tuple[Citation, Verdict]] = (),
) -> Report:
    """Fetches every source once and judges every citation of it; then asks who else can speak for what is gone.

    Args:
        citations: in the order of the documents.
        problems: inputs that could not be used; they cost the exit code.
        ports: the world.
        command: name in the report.
        keep: called with each landing that is the source; returns the snapshots it made.
        notes, integrity: go into the report as they are.
        trace: ask archives and frozen copies for sources that are dead, or that would not show a quote.
        broken: links that were held against the tree and are not well, with their verdicts.
    """
    started = ports.clock.now()
    ports.store.begin_run(command, started, citations)
    by_source: dict[str, list[int]] = {}
    for place, citation in enumerate(citations):
        by_source.setdefault(citation.uri_r, []).append(place)
    findings: dict[int, Finding] = {}
    remarks = list(notes)
    interrupted = False
    whole = {citation.uri_r for citation in citations if _needs_the_page(citation)}
    try:
        ports.on_step(begun("checking", by_source))
        for done, landing in enumerate(look(tuple(by_source), ports, whole=whole, afresh=keep is not None), 1):
            with ports.interrupt.shielded():
                judged = dict(_judge(landing, citations, by_source, ports, keep))
                findings |= judged
            states = tuple(finding.verdict.state for finding in judged.values())
            ports.on_step(Step("checking", done, len(by_source), landing.observation.uri_r, states))
    except KeyboardInterrupt:
        interrupted = True
    missing = len(by_source) - len({citations[place].uri_r for place in findings})
    if interrupted or missing:
        why = "Interrupted" if interrupted else "The time for this run (max-time) was up"
        remarks.append(f"{why}: {missing} of {_sources(len(by_source))} were not reached. What was learnt is kept.")
    ports.store.flush()
    if not interrupted or len(citations) - len(findings) <= _MOST_UNREACHED:
        for place, citation in enumerate(citations):
            if place not in findings:
                findings[place] = _not_reached(citation, ports)
    ordered = tuple(findings[place] for place in sorted(findings))
    if trace and not interrupted and not missing:
        ordered, said, interrupted = _traced(ordered, ports)
        remarks += said
    ordered += tuple(unasked_finding(citation, verdict, ports) for citation, verdict in broken)
    return _report(command, ordered, problems, remarks, integrity, ports, interrupted=interrupted, whole=trace)


def archive(
    citations: Sequence[Citation],
    problems: Sequence[Problem],
    ports: Ports,
    *,
    keeper: Keeper,
    save: bool = False,
    notes: Sequence[str] = (),
    parts: Completing | None = None,
    renderer: Callable[[str, Answers], Rendition] | None = None,
) -> Report:
    """Checks, captures what is there, and finds (with ``save``: asks for) a public memento of every source.

    With ``parts`` what the captured pages need is kept too, with a ``renderer`` a picture and a print of each.
    """
    captured = 0
    pages: list[tuple[str, datetime]] = []
    until = ports.clock.monotonic() + ports.max_time_s if ports.max_time_s else None

    def keep(landing: Landing) -> Iterable[Snapshot]:
        nonlocal captured
        kept = keeper.save(_fingerprinted(landing))
        captured += 1
        if parts is not None:
            parts.note(landing)
        if landing.observation.media_type in RENDERED:
            pages.append((landing.observation.final_url, landing.observation.observed_at))
        return (kept,)

    checked = check(citations, problems, ports, command="archive", keep=keep, notes=notes, trace=False)
    sources = checked.sources()
    if checked.exit_code is not ExitCode.UNTOLD:
        checked = replace(checked, notes=(*checked.notes, f"Captured now: {captured} of {_sources(sources)}."))
    if checked.exit_code in (ExitCode.INTERRUPTED, ExitCode.UNTOLD):
        return checked
    for source in {finding.citation.uri_r for finding in checked.findings}:
        keeper.note_looks(source, _looks(source, ports))
    findings, remarks = checked.findings, list(checked.notes)
    said, interrupted = _completed(parts, renderer, pages, until, ports, keeper)
    remarks += said
    public = None if interrupted else ports.public()
    if public is not None:
        try:
            remarks += look_up(findings, ports, keeper, public, save=save)
        except KeyboardInterrupt:
            interrupted = True
            remarks.append("Interrupted while the public archive was asked. What was captured is kept.")
        held = {f.citation.uri_r for f in findings if any(kept.archive != "local" for kept in _copies(f, ports))}
        remarks.append(f"Public mementos: known of {len(held)} of {_sources(sources)}.")
    findings = tuple(find(each.citation, each.verdict, each.observation, ports, each.looks) for each in findings)
    if not interrupted:
        findings, said, interrupted = _traced(findings, ports)
        remarks += said
    return _report("archive", findings, problems, remarks, (), ports, interrupted=interrupted)


def verify(
    citations: Sequence[Citation],
    problems: Sequence[Problem],
    ports: Ports,
    *,
    integrity: Sequence[tuple[str, str]],
    notes: Sequence[str] = (),
    broken: Sequence[tuple[Citation, Verdict]] = (),
) -> Report:
    """Holds the live web, the mementos and the stored bytes against the lock file and the policy.

    ``integrity`` is what is wrong with the stored bytes: URI and sentence, the URI "" where no one source is meant.
    """
    day = ports.clock.now().date()
    remarks: list[str] = []
    faults: list[str] = []
    for uri, sentence in integrity:
        exception = covering(ports.exceptions, uri, ("damaged",), day) if uri else None
        if exception is None:
            faults.append(sentence)
        else:
            remarks.append(f"{sentence} Excepted until {exception.until}: {exception.why}.")
    report_ = check(citations, problems, ports, command="verify", notes=notes, integrity=faults, broken=broken)
    outcomes: Outcomes = {}
    interrupted = report_.exit_code is ExitCode.INTERRUPTED
    public = ports.public() if wants_mementos(ports) and report_.findings and not interrupted else None
    if public is not None and not _is_offline(report_.findings):
        try:
            play(report_.findings, ports, public, outcomes)
        except KeyboardInterrupt:
            interrupted = True
            remarks.append("Interrupted while mementos were replayed. What was learnt is kept.")
    damage = {uri: sentence for uri, sentence in integrity if uri}
    findings = tuple(against(_against_lock(each, ports), outcomes, damage, ports) for each in report_.findings)
    remarks += _undone(findings, outcomes, ports)
    return replace(
        report_,
        findings=findings,
        notes=(*report_.notes, *remarks),
        exit_code=exit_code(findings, problems, faults, interrupted=interrupted),
    )


def _undone(findings: Sequence[Finding], outcomes: Outcomes, ports: Ports) -> Iterator[str]:
    """What ``verify`` could not do, in words."""
    sources = {finding.citation.uri_r for finding in findings}
    if _is_offline(findings):
        yield (
            "Only the stored bytes were verified. What needs a network was not: the live state of "
            f"{_sources(len(sources))}, drift, quotes{' and mementos' if wants_mementos(ports) else ''}."
        )
        return
    if wants_mementos(ports):
        played = sum(plays is True for plays, _ in outcomes.values())
        broken = sum(plays is False for plays, _ in outcomes.values())
        yield (
            f"Public mementos: {played} play back, {broken} do not, {len(sources) - played - broken} could not be told "
            "or are not known."
        )


def _is_offline(findings: Sequence[Finding]) -> bool:
    return bool(findings) and all(finding.verdict.reason == FailureKind.OFFLINE for finding in findings)


def report(
    citations: Sequence[Citation], problems: Sequence[Problem], ports: Ports, *, notes: Sequence[str] = ()
) -> Report:
    """Judges the stored past again, with no network."""
    findings: list[Finding] = []
    for citation in citations:
        past = ports.store.latest(citation.uri_r)
        snapshots = copies(citation.uri_r, ports)
        if past is None:
            past = _from_capture(snapshots)
        looks = _looks(citation.uri_r, ports)
        verdict = judge.judge(citation, past, looks, snapshots, patience=ports.patience, hosts=ports.manners.hosts)
        found = find(citation, verdict, _light(past) if past else None, ports, looks)
        findings.append(_heard(found, ports) if is_open(found) else found)
    return _report("report", tuple(findings), problems, notes, (), ports, interrupted=False)


def _completed(
    parts: Completing | None,
    renderer: Callable[[str, Answers], Rendition] | None,
    pages: Sequence[tuple[str, datetime]],
    until: float | None,
    ports: Ports,
    keeper: Keeper,
) -> tuple[list[str], bool]:
    """Fetches what captured pages need, then renders them; remarks, and whether it was interrupted."""
    remarks: list[str] = []
    doing = "the parts of pages were kept"
    try:
        if parts is not None:
            try:
                parts.fetch(until)
            finally:
                remarks.append(parts.words())
        if renderer is not None:
            doing = "pages were rendered"
            remarks += render(pages, renderer, until, ports, keeper)
    except KeyboardInterrupt:
        return [*remarks, f"Interrupted while {doing}. What was captured is kept."], True
    return remarks, False


def _sources(number: int) -> str:
    return f"{number} source" if number == 1 else f"{number} sources"


# ---------------------------------------------------------------- inside


def _needs_the_page(citation: Citation) -> bool:
    """Whether something is to be looked for in the page: a quote, a place on it, or what it is called."""
    return bool(citation.quotes or citation.loose or citation.title or "#" in citation.url)


def _looks(source: str, ports: Ports) -> tuple[Look, ...]:
    """The looks at a source: of the history, and those of the lock file that the history of this machine has not."""
    looks = ports.store.looks(source)
    earlier = ports.earlier.get(source, ())
    known = {look.observed_at.replace(microsecond=0) for look in looks}
    fresh = tuple(look for look in earlier if look.observed_at.replace(microsecond=0) not in known)
    return (*fresh, *looks) if fresh else looks


def _light(seen: Observation) -> Observation:
    """Without what is only needed to judge: of a hundred thousand findings that would be the memory."""
    return replace(seen, page=None, headers=())


def _copies(finding: Finding, ports: Ports) -> tuple[Snapshot, ...]:
    return copies(finding.citation.uri_r, ports)


def _traced(findings: tuple[Finding, ...], ports: Ports) -> tuple[tuple[Finding, ...], list[str], bool]:
    """The findings with what other pages say for those that are open; remarks; whether it was interrupted."""
    wanting = [finding for finding in findings if is_open(finding)]
    if not wanting:
        return findings, [], False
    remarks: list[str] = []
    interrupted = False
    try:
        remarks += ask(wanting, ports, ports.public())
    except KeyboardInterrupt:
        interrupted = True
        remarks.append("Interrupted while copies were looked for. What was learnt is kept.")
    ports.store.flush()
    return tuple(_heard(finding, ports) if is_open(finding) else finding for finding in findings), remarks, interrupted


def _heard(finding: Finding, ports: Ports) -> Finding:
    """The finding with the quotes and the addresses that are kept elsewhere; its state and evidence stay."""
    citation = finding.citation
    seen = ports.store.latest(citation.uri_r)
    if seen is None:
        return finding
    heard = witnesses(citation.uri_r, citation.accessed, ports, given=citation.memento)
    verdict = judge.judge(
        citation,
        seen,
        _looks(citation.uri_r, ports),
        copies(citation.uri_r, ports),
        heard,
        patience=ports.patience,
        hosts=ports.manners.hosts,
    )
    told = replace(finding.verdict, quotes=verdict.quotes, suggestions=verdict.suggestions)
    return find(citation, told, finding.observation, ports, finding.looks)


def _compared(landing: Landing, near: date | None, snapshots: Sequence[Snapshot], ports: Ports) -> Observation:
    """The observation, held against the capture of our own that stands for what was cited, where the bytes differ."""
    seen = landing.observation
    capture = cited_capture(snapshots, near)
    if capture is None or seen.page is None or seen.status != capture.status or not landing.exchanges:
        return seen
    if seen.digest == capture.digest:
        return seen
    try:
        then = ports.recall(capture)
    except ArchiveError:  # damage is verify's to name; here it only means that nothing can be compared
        return seen
    if then is None:
        return seen
    told = drift.compare(then, landing.exchanges[-1], uri_m=capture.uri_m, captured_at=capture.captured_at)
    return replace(seen, comparison=told)


def _fingerprinted(landing: Landing) -> Landing:
    """With the fingerprint of its text, which only the archive needs."""
    seen = landing.observation
    if seen.page is None:
        return landing
    told = replace(seen.page, fingerprint=fingerprint(seen.page.text))
    return replace(landing, observation=replace(seen, page=told))


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
    looks = _looks(seen.uri_r, ports)
    snapshots = copies(seen.uri_r, ports)
    near = cited_on([citations[place] for place in places])
    seen = _compared(landing, near, snapshots, ports)
    verdicts = {
        place: judge.judge(citations[place], seen, looks, snapshots, patience=ports.patience, hosts=ports.manners.hosts)
        for place in places
    }
    if seen.failure not in _NO_KNOWLEDGE and not landing.remembered:
        ports.store.append(seen)
    if keep is not None and landing.exchanges and any(is_the_source(verdict) for verdict in verdicts.values()):
        if landing.keep_out:
            verdicts = {place: _kept_out(verdict, landing.keep_out) for place, verdict in verdicts.items()}
        else:
            ports.known[seen.uri_r] = (*ports.known.get(seen.uri_r, ()), *keep(landing))
    light = _light(seen)
    for place, verdict in verdicts.items():
        yield place, find(citations[place], verdict, light, ports, looks)


def _kept_out(verdict: Verdict, why: str) -> Verdict:
    return replace(verdict, evidence=f"{verdict.evidence} Not captured: {why}.".strip())


def _not_reached(citation: Citation, ports: Ports) -> Finding:
    seen = unasked(citation.uri_r, FailureKind.NOT_REACHED, "", ports.clock.now())
    verdict = judge.judge(
        citation, seen, (), ports.known.get(citation.uri_r, ()), patience=ports.patience, hosts=ports.manners.hosts
    )
    return find(citation, verdict, seen, ports)


def _against_lock(finding: Finding, ports: Ports) -> Finding:
    """Says how the live answer stands to the newest capture of our own, and whether the capture has the quotes."""
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
    compared = seen.comparison
    if compared is not None:
        day = iso(compared.captured_at)[:10]
        words += f" {compared.likeness:.0%} of the text captured on {day} is still on the page."
    elif newest.digest != seen.digest and is_the_source(finding.verdict):
        words += " The texts could not be compared: the capture is not here, or holds no text."
    words += _quotes_in_capture(finding, ports)
    evidence = f"{finding.verdict.evidence} {words}".strip()
    return replace(finding, verdict=replace(finding.verdict, evidence=evidence))


def _quotes_in_capture(finding: Finding, ports: Ports) -> str:
    """Whether what is quoted stands in the capture that stands for the citation: it is what proves the quote."""
    citation = finding.citation
    capture = cited_capture(finding.snapshots, citation.accessed) if citation.quotes else None
    if capture is None:
        return ""
    try:
        kept = ports.recall(capture)
    except ArchiveError:  # named under integrity
        return ""
    then = parse(kept.body, kept.headers, capture.final_url or capture.uri_r) if kept is not None else None
    day = iso(capture.captured_at)[:10]
    if then is None:
        return f" Whether the capture of {day} has the quotes could not be told."
    found = quote.find_all(citation.quotes, then.text, notes=then.notes, where="capture")
    number = sum(match.found for match in found)
    return f" The capture of {day} has {number} of {len(found)} quotes."


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
    whole: bool = True,
) -> Report:
    """The report; ``whole``: nobody else will be heard, so it can be said which quotes stand in no source."""
    # The archive command makes two reports of one run, and what is said once is enough.
    remarks = list(dict.fromkeys((*run_out(ports.exceptions, ports.clock.now().date()), *ports.store.notes, *notes)))
    if whole:
        findings, said = matched(findings)
        remarks += said
    if _is_offline(findings):
        hosts = ", ".join(ports.controls)
        remarks.append(
            f"This machine seems to be offline: neither the sources nor the control hosts ({hosts}) could be reached, "
            "so nothing was judged and nothing earlier was changed."
        )
    made = Report(
        command=command,
        generated_at=ports.clock.now(),
        tool=ports.tool,
        findings=findings,
        exit_code=exit_code(findings, problems, integrity, interrupted=interrupted),
        notes=tuple(remarks),
        problems=tuple(problems),
        integrity=tuple(integrity),
    )
    # A run that was cut short or heard nobody says nothing of the sources, and would be a dent in every timeline.
    if command != "report" and findings and made.exit_code not in (ExitCode.INTERRUPTED, ExitCode.UNTOLD):
        ports.store.end_run(Tally(made.generated_at, tuple(made.counts().items())))
    return replace(made, timeline=ports.store.tallies())
