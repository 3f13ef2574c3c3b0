"""What reports say of a finding, once for every format: order, sentences, and what stands under a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from linkcheck import score as scoring
from linkcheck.conduct import ExitCode
from linkcheck.exceptions import RUN_OUT
from linkcheck.memento import standing_for
from linkcheck.model import FailureKind, Finding, QuoteMatch, Report, Snapshot, State, Suggestion
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
        ExitCode.UNTOLD: f"Nothing could be told about any source: {_way_to_tell(report)}",
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
        yield f"{falls}{beside}: {'; '.join(_ways_out(fallen))}"
    if report.integrity:
        yield "The archive is not sound: restore what is named, or `linkcheck archive --recover`"
    yield from _ended(report)


def _ways_out(fallen: list[Finding]) -> Iterator[str]:
    """What to do, once for all that it helps: a source that only timed out is not to be replaced."""
    by_state: dict[State, list[Finding]] = {}
    for finding in fallen:
        if _is_held_for_itself(finding):
            by_state.setdefault(finding.verdict.state, []).append(finding)
    lost = [each for state in _LOST for each in by_state.get(state, ())]
    local = [each for each in lost if each.verdict.reason in _OF_THE_TREE]
    if any(each.verdict.suggestions for each in lost):
        yield "take up what is suggested, or cite another source"
    elif len(lost) > len(local):
        yield "cite another source, or except it for a while in the settings"
    if local:
        yield "mend the links to what is not in the tree"
    if State.BLOCKED in by_state:
        yield "open what refused us yourself, and except it for a while if it is there"
    if not by_state.keys().isdisjoint((State.FAILING, State.UNKNOWN)):
        yield "run again for what gave no answer"
    if sum(map(len, by_state.values())) < len(fallen):
        yield "what is missing is said beside “policy”"


_LOST = (State.DEAD, State.DRIFTED, State.MOVED)

_OF_THE_TREE = frozenset({"file-missing", "anchor-missing"})


def _is_held_for_itself(finding: Finding) -> bool:
    """Whether its state or reason fails the run, and not only that no copy is kept."""
    words = finding.held_for[: len(finding.shortfalls)]
    itself = not words or not {str(finding.verdict.state), finding.verdict.reason}.isdisjoint(words)
    return itself and finding.verdict.state is not State.ALIVE


_WAYS_TO_TELL = {
    "not-asked": "they were not asked yet, `linkcheck check` asks",
    FailureKind.UNSAFE_ADDRESS: "allow by name what may be private (allow-private)",
    FailureKind.UNSUPPORTED_SCHEME: "linkcheck asks http and https addresses only",
    FailureKind.MISSING_VARIABLE: "set the environment variables that are named",
    FailureKind.NOT_REACHED: "give the run more time (max-time)",
}


def _way_to_tell(report: Report) -> str:
    reasons = {finding.verdict.reason for finding in report.everything}
    if len(reasons) == 1 and (way := _WAYS_TO_TELL.get(*reasons)):
        return way
    if not reasons.isdisjoint(_WAYS_TO_TELL):
        return "why stands beside each"
    return "run again when the network is there"


def _all_well(report: Report) -> str:
    if not report.everything:
        return "Nothing is cited that was asked for, and nothing needs doing"
    passed = sum(1 for finding in report.findings if finding.excepted)
    known = sum(1 for finding in report.everything if finding.known)
    excepted = (
        f", and {count(passed, 'citation')} {'is' if passed == 1 else 'are'} excepted for a while" if passed else ""
    )
    more = [*_worth_a_look(report), *_ended(report)]
    also = "".join(f". {each}" for each in more)
    if known:
        knows = f"the baseline knows the {count(known, 'citation')} that {'falls' if known == 1 else 'fall'} short"
        return f"Nothing new falls short of the policy: {knows}{excepted}{also}"
    return f"No citation falls short of the policy{excepted}{also or ': nothing needs doing'}"


def _worth_a_look(report: Report) -> Iterator[str]:
    """What fails nothing and is not well: that of it which a person can do something about."""
    let_be = [finding for finding in report.findings if not finding.excepted and not finding.known]
    numbers = Counter(f.verdict.state for f in let_be if f.verdict.reason != FailureKind.EXCLUDED)
    told = [
        f"{number:,} {one if number == 1 else several} ({way})"
        for state, one, several, way in _LOOKS
        if (number := numbers[state])
    ]
    if told:
        yield f"Worth a look: {', '.join(told)}"


_LOOKS = (
    (State.DEAD, "is dead", "are dead", "fail-on lets it be"),
    (State.DRIFTED, "has drifted", "have drifted", "fail-on lets it be"),
    (State.MOVED, "has moved", "have moved", "`linkcheck repair`, or cite the new address"),
    (State.BLOCKED, "refused us", "refused us", "open it yourself"),
    (State.FAILING, "gave no usable answer", "gave no usable answer", "run again another day"),
    (State.UNKNOWN, "was not asked", "were not asked", "why stands beside it"),
)


def _ended(report: Report) -> Iterator[str]:
    ended = sum(1 for note in report.notes if note.startswith(RUN_OUT))
    if ended:
        has, them = ("has", "it") if ended == 1 else ("have", "them")
        yield f"{count(ended, 'exception')} {has} run out: take {them} out of the settings, or give a new date"
