"""The score of a report: four shares that a person can recompute with a pencil, and their mean. Pure.

The four parts are the four questions that a source is asked: is it there, is it the thing that was cited, does it still
say so, is it kept. What could not be told (blocked, failing, not asked) counts neither for nor against a source, but is
counted beside the score. ``docs/score.md`` works an example.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from linkcheck.model import FailureKind, Finding, Report, State

NAMES = ("there", "the-thing", "says-so", "kept")
"""The parts, in the order of the questions."""

_TOLD = frozenset({State.ALIVE, State.MOVED, State.DRIFTED, State.DEAD})

_ANOTHER_THING = "title-mismatch"

_OF_NO_WEB_PAGE = frozenset({str(FailureKind.EXCLUDED), str(FailureKind.UNSUPPORTED_SCHEME)})


@dataclass(frozen=True, slots=True)
class Part:
    """One of the four parts: ``good`` citations ``of`` those that it could be told of.

    ``name`` is one of :data:`NAMES`.
    """

    name: str
    good: int
    of: int

    @property
    def share(self) -> float | None:
        """0 to 1; None where it could be told of no citation."""
        return self.good / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Score:
    """The four parts, and how many citations say nothing about being there (``untold``)."""

    parts: tuple[Part, ...]
    untold: int

    @property
    def value(self) -> int | None:
        """0 to 100: the mean of the shares of those parts that have one, in percent, rounded down.

        100 thus means that nothing at all is wanting. None where not one citation could be told to be there or gone.
        """
        if not self.parts[0].of:
            return None
        shares = [Fraction(part.good, part.of) for part in self.parts if part.of]
        return int(100 * sum(shares, Fraction()) / len(shares))


def score(report: Report) -> Score:
    """The score of a report's citations.

    there: of the citations that could be told (alive, moved, drifted, dead), those that are not dead.
    the-thing: of the same, those that are there, and have neither moved nor another title (``title-mismatch``).
    says-so: of the same, as far as they can be held against something (a quote, a fragment, a capture that was
    compared), those that are there, have not drifted, and have every quote.
    kept: of all citations of web pages that are not left out, those with a copy, ours or a public one.
    """
    told = [finding for finding in report.everything if finding.verdict.state in _TOLD]
    held = [finding for finding in told if _can_be_held(finding)]
    keepable = [finding for finding in report.everything if _is_keepable(finding)]
    return Score(
        (
            Part("there", _count(_is_there(finding) for finding in told), len(told)),
            Part("the-thing", _count(_is_the_thing(finding) for finding in told), len(told)),
            Part("says-so", _count(_says_so(finding) for finding in held), len(held)),
            Part("kept", _count(bool(finding.snapshots) for finding in keepable), len(keepable)),
        ),
        len(report.everything) - len(told),
    )


def _count(answers: Iterable[bool]) -> int:
    return sum(1 for answer in answers if answer)


def _is_there(finding: Finding) -> bool:
    return finding.verdict.state is not State.DEAD


def _is_the_thing(finding: Finding) -> bool:
    here = _is_there(finding) and finding.verdict.state is not State.MOVED
    return here and finding.verdict.reason != _ANOTHER_THING


def _can_be_held(finding: Finding) -> bool:
    if finding.verdict.state is State.DRIFTED and finding.verdict.reason != _ANOTHER_THING:
        return True
    compared = finding.observation is not None and finding.observation.comparison is not None
    quoted = bool(_outcomes(finding)) or (finding.verdict.state is State.DEAD and bool(finding.citation.quotes))
    return quoted or compared or "#" in finding.citation.url


def _says_so(finding: Finding) -> bool:
    drifted = finding.verdict.state is State.DRIFTED and finding.verdict.reason != _ANOTHER_THING
    return _is_there(finding) and not drifted and all(_outcomes(finding))


def _outcomes(finding: Finding) -> list[bool]:
    """Of the quotes that the citing text vouches for: whether each was found. Not of those that may be another's."""
    loose = set(finding.citation.loose)
    return [match.found for match in finding.verdict.quotes if match.quote not in loose]


def _is_keepable(finding: Finding) -> bool:
    is_web = finding.citation.url.startswith(("http:", "https:"))
    return is_web and finding.verdict.reason not in _OF_NO_WEB_PAGE
