"""What it means: verdicts, their rows in a report, and the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from linkcheck.conduct import ExitCode
from linkcheck.model.cited import Citation, Problem
from linkcheck.model.seen import Look, Observation, Picture, Snapshot
from linkcheck.model.words import State


@dataclass(frozen=True, slots=True)
class QuoteMatch:
    """Whether one quote stands in a text.

    Attributes:
        quote: as the citing text gives it.
        found: whether its words are there, all and in order.
        where: ``live``, or the kind of the :class:`Witness` that has it (``capture``, ``memento`` …).
            Of an altered quote that of the text which comes so near; "" if nowhere.
        differences: of an altered quote: which words differ, in words for people. Empty where it is found or missing.
        nearest: of an altered quote: the words of that text that stand in its place, as they are written there.
    """

    quote: str
    found: bool
    where: str = ""
    differences: tuple[str, ...] = ()
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A better address. ``kind``: ``redirect``, ``moved-collection``, ``memento``, ``neighbour``."""

    url: str
    kind: str
    verified: bool
    evidence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The opinion on one citation: state, stable reason id, and words for people.

    ``pause``: what of the evidence gives pause about a live source (the title is another, a quote could not be looked
    for), for reports that pass over what is well; "" where nothing does.
    """

    state: State
    reason: str
    evidence: str
    quotes: tuple[QuoteMatch, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    pause: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One citation with everything that is known of it; a row of every report.

    ``observation`` is carried without page and headers (they are judged, then dropped), so a report stays small.
    ``excepted``: what the policy would hold against it and lets pass for a while, a sentence each with end and reason.
    ``known``: what the policy holds against it and a baseline knew already, a sentence each; it does not fail the run.
    ``held_for``: the word of the policy behind each of ``shortfalls``, then behind each of ``known``: ``dead``,
    ``http-404``, ``missing-capture`` …
    ``trace``: ``captures``, ``neighbours``, ``none`` or ``not-asked``; ``traced`` says it in words, "" where nobody was
    asked. ``shortfalls``: what the policy holds against
    it, a short sentence each; empty when it passes. ``looks``: the newest few looks at its source, oldest first.
    ``pictures``: of those of ``snapshots`` that have one, in their order.
    """

    citation: Citation
    verdict: Verdict
    observation: Observation | None = None
    snapshots: tuple[Snapshot, ...] = ()
    trace: str = "not-asked"
    shortfalls: tuple[str, ...] = ()
    traced: str = ""
    excepted: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    held_for: tuple[str, ...] = ()
    looks: tuple[Look, ...] = ()
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many citations were in which state when a run ended (UTC); states without any are left out."""

    ended_at: datetime
    counts: tuple[tuple[State, int], ...]

    @property
    def citations(self) -> int:
        """Of all states together."""
        return sum(number for _, number in self.counts)


@dataclass(frozen=True, slots=True)
class Report:
    """The citation health report, before it has a format.

    Attributes:
        command: the command that made it: ``check``, ``archive``, ``verify``, ``report``, ``demo``.
        generated_at: UTC.
        tool: ``linkcheck VERSION``.
        findings: in the order of the documents.
        exit_code: what the command ends with.
        notes: sentences that concern the run as a whole (offline, stand-ins, interrupted).
        problems: inputs that could not be used.
        known_problems: those of them that a baseline knew already; they do not fail the run, and notes name them.
        integrity: what is wrong with the archive, a sentence each; empty when sound or not examined.
        timeline: how the last runs ended, oldest first, this one among them; empty where no history is kept.
        left_out: findings that are counted and not shown (``--new-only``).
    """

    command: str
    generated_at: datetime
    tool: str
    findings: tuple[Finding, ...]
    exit_code: ExitCode = ExitCode.OK
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    integrity: tuple[str, ...] = ()
    timeline: tuple[Tally, ...] = ()
    left_out: tuple[Finding, ...] = ()
    known_problems: tuple[Problem, ...] = ()

    @property
    def everything(self) -> tuple[Finding, ...]:
        """The findings that are shown, and those that are only counted."""
        return self.findings + self.left_out

    def counts(self) -> dict[State, int]:
        """Citations by state, worst first, states without any left out."""
        tally = dict.fromkeys(State, 0)
        for finding in self.everything:
            tally[finding.verdict.state] += 1
        return {state: count for state, count in tally.items() if count}

    def sources(self) -> int:
        """How many different URI-Rs are cited."""
        return len({finding.citation.uri_r for finding in self.everything})
