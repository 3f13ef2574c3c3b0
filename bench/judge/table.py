"""The outcomes as text: confusion, precision and recall, the wrong rows with their evidence. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bench.judge.judging import WORLDS, Outcome
from bench.judge.rows import Section
from linkcheck.model import State


@dataclass(frozen=True)
class Rates:
    """Of one state: rows that are it, verdicts that say it, and both."""

    state: State
    rows: int
    said: int
    right: int

    @property
    def precision(self) -> float | None:
        """Right verdicts of those that say it, in percent; None where none does."""
        return 100 * self.right / self.said if self.said else None

    @property
    def recall(self) -> float | None:
        """Right verdicts of the rows that are it, in percent; None where none is."""
        return 100 * self.right / self.rows if self.rows else None


def rates(outcomes: Sequence[Outcome]) -> list[Rates]:
    """Of every state that is or is said."""
    found = []
    for state in State:
        rows = [each for each in outcomes if each.truth is state]
        said = [each for each in outcomes if each.state is state]
        if rows or said:
            found.append(Rates(state, len(rows), len(said), sum(each.is_right for each in said)))
    return found


def text(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The lines of the whole table."""
    counted = [each for each in outcomes if not each.row.arguable]
    for world, name in enumerate(WORLDS):
        for section in Section:
            part = [each for each in counted if each.world == world and each.row.section is section]
            if part:
                yield from (*_confusion(f"{section}, {name}", part), "")
    yield "both worlds, all sections"
    yield f"  {'':<10}{'rows':>7}{'said':>7}{'right':>7}{'precision':>11}{'recall':>9}"
    for each in rates(counted):
        figures = f"{each.rows:>7}{each.said:>7}{each.right:>7}{_percent(each.precision):>11}{_percent(each.recall):>9}"
        yield f"  {each.state:<10}{figures}"
    yield ""
    yield from _listed("wrong", [each for each in counted if not each.is_right])
    yield from _listed("arguable, not counted, other than the corpus has it", [
        each for each in outcomes if each.row.arguable and not each.is_right
    ])  # fmt: skip


def _confusion(title: str, outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Rows are what they are, columns what they were called."""
    counts = Counter((each.truth, each.state) for each in outcomes)
    columns = [state for state in State if any(said is state for _, said in counts)]
    yield f"{title}: {sum(each.is_right for each in outcomes)} of {len(outcomes)} right"
    yield "  is, called    " + "".join(f"{state:>9}" for state in columns)
    for truth in State:
        if any(is_ is truth for is_, _ in counts):
            yield f"  {truth:<14}" + "".join(f"{counts[truth, said] or '.':>9}" for said in columns)


def _listed(title: str, outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Each verdict once, with the worlds that it was given in."""
    worlds: dict[tuple[str, ...], list[Outcome]] = {}
    for each in outcomes:
        worlds.setdefault((each.row.id, each.state, each.reason, each.evidence), []).append(each)
    yield f"{title}: {len(outcomes)} verdicts on {len({each.row.id for each in outcomes})} rows"
    for alike in worlds.values():
        each = alike[0]
        where = "both worlds" if len(alike) == len(WORLDS) else WORLDS[each.world]
        right = " or ".join(each.row.right)
        yield f"  {each.row.id} ({each.row.kind}; {where}): {each.state} {each.reason}, should be {right}"
        yield f"      {each.evidence}"
    yield ""


def _percent(figure: float | None) -> str:
    return "–" if figure is None else f"{figure:.1f} %"


def as_json(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """One object an outcome."""
    return [
        {
            "id": each.row.id,
            "section": each.row.section,
            "kind": each.row.kind,
            "world": WORLDS[each.world],
            "url": each.row.url,
            "right": list(each.row.right),
            "arguable": each.row.arguable,
            "state": each.state,
            "reason": each.reason,
            "evidence": each.evidence,
            "is_right": each.is_right,
        }
        for each in outcomes
    ]
