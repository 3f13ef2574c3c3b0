"""The numbers behind the charts of the HTML report. Pure; the template draws them as bars in SVG beside the figures.

Chart libraries were looked at (leather 0.4, pygal 3.1): what they draw has fixed colours or style sheets of its own,
which dark mode and a strict Content-Security-Policy do not allow, and no words for a screen reader.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from linkcheck.model import Citation, Finding, Report, State, Tally

MOST_CAUSES = 12
MOST_YEARS = 15
"""Bars of the age chart; of more different years five are taken together."""

MOST_RUNS = 30
"""Columns of the timeline; the newest."""

_GONE = frozenset({State.DEAD})
_UNTOLD = frozenset({State.BLOCKED, State.FAILING, State.UNKNOWN})


class Piece(NamedTuple):
    """A coloured length of a bar: where it begins and how long it is, in percent of the chart's width or height."""

    state: State
    begin: float
    length: float


class Cause(NamedTuple):
    """How many citations have a verdict of that reason."""

    state: State
    reason: str
    number: int
    bar: Piece


class Age(NamedTuple):
    """The citations of a year (or of five): how many there are, could be told of, and are gone; and the bar."""

    label: str
    number: int
    told: int
    gone: int
    bar: tuple[Piece, ...]

    @property
    def share(self) -> str:
        """``33 % gone``, of those that could be told of."""
        return f"{100 * self.gone / self.told:.0f} %" if self.told else "–"


class Column(NamedTuple):
    """One run of the timeline: its pieces stand on each other, in percent of the chart's height from its foot."""

    tally: Tally
    place: float
    width: float
    pieces: tuple[Piece, ...]


def states(report: Report) -> tuple[Piece, ...]:
    """The states of a report as one bar."""
    return _stacked(report.counts().items(), len(report.findings))


def causes(report: Report) -> tuple[list[Cause], int]:
    """The reasons of what is not alive, worst state first and the most frequent first; and how many are left out."""
    tally = Counter(
        (finding.verdict.state, finding.verdict.reason)
        for finding in report.findings
        if finding.verdict.state is not State.ALIVE
    )
    ordered = sorted(tally.items(), key=lambda each: (-each[1], each[0][0].rank, each[0][1]))
    shown, rest = ordered[:MOST_CAUSES], ordered[MOST_CAUSES:]
    most = max(tally.values(), default=1)
    found = [
        Cause(state, reason, number, Piece(state, 0.0, _percent(number, most))) for (state, reason), number in shown
    ]
    found.sort(key=lambda each: (each.state.rank, -each.number, each.reason))
    return found, sum(number for _, number in rest)


def ages(findings: Sequence[Finding]) -> list[Age]:
    """The citations by the year they were made in, oldest first; those without a date last.

    The year is that of ``accessed``; where a text does not say when it cited, that of the source (``dated``).
    """
    by_year: dict[int | None, list[State]] = {}
    for finding in findings:
        by_year.setdefault(year_of(finding.citation), []).append(finding.verdict.state)
    years = sorted(year for year in by_year if year is not None)
    spans: dict[str, list[State]] = {}
    for year in years:
        first = year - year % 5
        label = str(year) if len(years) <= MOST_YEARS else f"{first}–{first + 4}"
        spans.setdefault(label, []).extend(by_year[year])
    if None in by_year:
        spans["no date"] = by_year[None]
    most = max(map(len, spans.values()), default=1)
    return [
        Age(
            label,
            len(found),
            sum(1 for state in found if state not in _UNTOLD),
            sum(1 for state in found if state in _GONE),
            _stacked(_counted(found), most),
        )
        for label, found in spans.items()
    ]


def year_of(citation: Citation) -> int | None:
    """The year of citing, else that of the source; None where neither is known."""
    if citation.accessed:
        return citation.accessed.year
    first = citation.dated[:4]
    return int(first) if len(first) == 4 and first.isascii() and first.isdigit() and int(first) > 1900 else None


def timeline(report: Report) -> list[Column]:
    """The last runs, oldest first; empty where there was only one."""
    runs = report.timeline[-MOST_RUNS:]
    if len(runs) < 2:
        return []
    most = max(run.citations for run in runs)
    step = 100 / len(runs)
    width = min(step * 0.8, 8.0)
    return [
        Column(run, place * step + (step - width) / 2, width, _stacked(_best_first(run), most))
        for place, run in enumerate(runs)
    ]


def _best_first(run: Tally) -> list[tuple[State, int]]:
    """What is well stands at the foot, so that what is not can be compared at the top."""
    return sorted(run.counts, key=lambda each: -each[0].rank)


def _counted(found: Iterable[State]) -> list[tuple[State, int]]:
    tally = Counter(found)
    return [(state, tally[state]) for state in State if tally[state]]


def _stacked(counts: Iterable[tuple[State, int]], most: int) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    done = 0
    for state, number in counts:
        pieces.append(Piece(state, _percent(done, most), _percent(number, most)))
        done += number
    return tuple(pieces)


def _percent(number: int, whole: int) -> float:
    return round(100 * number / whole, 2) if whole else 0.0
