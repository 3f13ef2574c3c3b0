"""What reports say of a finding, once for every format: order, sentences, and what stands under a row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from linkcheck import score as scoring
from linkcheck.conduct import ExitCode
from linkcheck.memento import standing_for
from linkcheck.model import Finding, QuoteMatch, Report, Snapshot, State, Suggestion
from linkcheck.reports._text import printable, shorten_url

ARCHIVES = {"local": "our own archive", "wayback": "the Wayback Machine"}

MEANINGS = {
    State.DEAD: "The source is not there any more.",
    State.DRIFTED: "It answers, but no longer says what was cited.",
    State.MOVED: "It lives on under another address.",
    State.BLOCKED: "The server refused to show it to us; it may well be there.",
    State.FAILING: "No usable answer this time; it may come back.",
    State.UNKNOWN: "It was not asked.",
    State.ALIVE: "It answers, and nothing that was checked speaks against it.",
}

PARTS = {"there": "there", "the-thing": "the thing cited", "says-so": "says so", "kept": "kept"}
"""The parts of the score as people read them."""

_QUOTE_PLACES = {
    "live": "on the page",
    "capture": "in our own capture",
    "memento": "in an archived copy",
    "moved-collection": "in the frozen copy of the site",
}

_SUGGESTION_KINDS = {
    "redirect": "now at",
    "moved-collection": "frozen copy",
    "memento": "archived copy",
    "neighbour": "perhaps meant",
}


_PASSAGES = 3
"""Of a text that drifted, shown of what is gone and of what is new."""


class Remark(NamedTuple):
    """One thing said of a finding. ``url`` is set where it is about an address; ``text`` may then be empty."""

    label: str
    text: str
    url: str = ""


def count(number: int, noun: str) -> str:
    """``1 source``, ``5 sources``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def worst_first(report: Report) -> list[Finding]:
    """The findings by state, worst first; in the order of the documents within a state."""
    return sorted(report.findings, key=lambda finding: finding.verdict.state.rank)


def urgency(finding: Finding) -> tuple[bool, int]:
    """The order where only a part may be shown: what fails the run, then by state, worst first."""
    return not finding.shortfalls, finding.verdict.state.rank


def most_urgent_first(report: Report) -> list[Finding]:
    """The findings by :func:`urgency`; in the order of the documents where it is the same."""
    return sorted(report.findings, key=urgency)


def summary(report: Report) -> str:
    """``6 citations of 5 sources: 3 dead, 1 blocked, 2 alive.``"""
    if not report.everything:
        return "No citations."
    states = ", ".join(f"{number:,} {state}" for state, number in report.counts().items())
    return f"{count(len(report.everything), 'citation')} of {count(report.sources(), 'source')}: {states}."


def score_line(report: Report) -> str:
    """``Score 61 of 100: there 3 of 6, the thing 3 of 3, …``; "" where there is none. ``docs/score.md`` explains it."""
    scored = scoring.score(report)
    if scored.value is None:
        return ""
    parts = ", ".join(f"{PARTS[part.name]} {part.good:,} of {part.of:,}" for part in scored.parts if part.of)
    untold = f"; {scored.untold:,} could not be told" if scored.untold else ""
    return f"Score {scored.value} of 100: {parts}{untold}."


def where(finding: Finding) -> str:
    """``article.txt:65``, or ``article.pdf, page 3`` in a document without lines."""
    cited = finding.citation
    if cited.place and not cited.line:
        return f"{printable(cited.document)}, {printable(cited.place)}"
    return f"{printable(cited.document)}:{cited.line}"


def short(url: str) -> str:
    """A URL as a heading."""
    return shorten_url(url, 60)


def moment(when: datetime) -> str:
    """``2026-11-23 12:00 UTC``."""
    return when.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def archive(name: str) -> str:
    """The archive as people call it."""
    return ARCHIVES.get(name, printable(name))


def best_snapshot(finding: Finding) -> Snapshot | None:
    """The snapshot that stands for the citation; None where there is none."""
    return standing_for(finding.snapshots, finding.citation.accessed)


def kept(snapshot: Snapshot) -> str:
    """``2023-06-03 in the Wayback Machine``."""
    return f"{snapshot.captured_at.date().isoformat()} in {archive(snapshot.archive)}"


def quote_outcome(match: QuoteMatch) -> str:
    """``found in an archived copy``, ``altered on the page (…)``, ``not found``."""
    place = _QUOTE_PLACES.get(match.where, printable(match.where))
    verb = "found" if match.found else "altered" if match.differences else "not found"
    differences = "; ".join(printable(difference) for difference in match.differences)
    return " ".join(part for part in (verb, place, f"({differences})" if differences else "") if part)


def suggestion_kind(suggestion: Suggestion) -> str:
    """``frozen copy, verified``."""
    kind = _SUGGESTION_KINDS.get(suggestion.kind, printable(suggestion.kind))
    return f"{kind}, {'verified' if suggestion.verified else 'not verified'}"


def remarks(finding: Finding) -> list[Remark]:
    """What stands under the row of a finding: nothing for a live source that passes with every quote found."""
    verdict = finding.verdict
    alive = verdict.state is State.ALIVE
    said: list[Remark] = []
    evidence = verdict.pause if alive else verdict.evidence
    if evidence:
        said.append(Remark("evidence", printable(evidence)))
    if verdict.state is State.DEAD and finding.traced:
        said.append(Remark("archives", printable(finding.traced)))
    for suggestion in verdict.suggestions:
        said.append(Remark(suggestion_kind(suggestion), printable(suggestion.evidence), suggestion.url))
    for match in verdict.quotes:
        told = any(difference in verdict.evidence for difference in match.differences)
        if not (alive and match.found) and not told:
            said.append(Remark("quote", f"“{printable(match.quote)}”: {quote_outcome(match)}"))
    compared = finding.observation.comparison if finding.observation else None
    if verdict.state is State.DRIFTED and compared:
        said += [Remark("gone", f"“{printable(passage)}”") for passage in compared.removed[:_PASSAGES]]
        said += [Remark("new", f"“{printable(passage)}”") for passage in compared.added[:_PASSAGES]]
    snapshot = None if alive else best_snapshot(finding)
    if snapshot:
        said.append(Remark("kept", kept(snapshot)))
    # That a dead source fails the run is said once, under the table; only what the row does not show needs a line.
    more = (shortfall for shortfall in finding.shortfalls if not shortfall.startswith(f"{verdict.state} "))
    said.extend(Remark("policy", printable(shortfall)) for shortfall in more)
    said.extend(Remark("excepted", printable(passed)) for passed in finding.excepted)
    said.extend(Remark("known", printable(known)) for known in finding.known)
    return said


def closing(report: Report) -> str:
    """One line: what the exit code means and what to do about it."""
    faults = [*_faults(report)]
    also = f". {'. '.join(faults)}" if faults else ""
    sentences = {
        ExitCode.OK: _all_well(report),
        ExitCode.POLICY: ". ".join(faults) or "The policy does not hold",
        ExitCode.USAGE: f"Something handed in could not be used: mend what is named under problems and run again{also}",
        ExitCode.UNTOLD: "Nothing could be told about any source: run again when the network is there",
        ExitCode.CRASH: "linkcheck itself failed, which says nothing about the sources: run again, or report it",
        ExitCode.INTERRUPTED: "Interrupted, and what was learnt is kept: run again to go on",
    }
    return f"{sentences[report.exit_code]} (exit code {int(report.exit_code)})."


def _faults(report: Report) -> Iterator[str]:
    """What fails the run, and the way out of it."""
    fallen = [finding for finding in report.findings if finding.shortfalls]
    if fallen:
        known = sum(1 for finding in report.everything if finding.known)
        beside = f" (beside {known:,} that the baseline knows)" if known else ""
        falls = f"{count(len(fallen), 'citation')} {'falls' if len(fallen) == 1 else 'fall'} short of the policy"
        yield f"{falls}{beside}: {_way_out(fallen)}"
    if report.integrity:
        yield "The archive is not sound: restore what is named, or `linkcheck archive --recover`"


def _way_out(fallen: list[Finding]) -> str:
    if all(finding.verdict.state is State.ALIVE for finding in fallen):
        return "what is wanting stands beside policy"
    if any(finding.verdict.suggestions for finding in fallen):
        return "take up what is suggested, or cite another source"
    return "cite another source, or except it for a while in the settings"


def _all_well(report: Report) -> str:
    passed = sum(1 for finding in report.findings if finding.excepted)
    known = sum(1 for finding in report.everything if finding.known)
    excepted = (
        f", and {count(passed, 'citation')} {'is' if passed == 1 else 'are'} excepted for a while" if passed else ""
    )
    if known:
        knows = f"the baseline knows the {count(known, 'citation')} that {'falls' if known == 1 else 'fall'} short"
        return f"Nothing new falls short of the policy: {knows}{excepted}"
    return f"No citation falls short of the policy{excepted}: nothing needs doing"
