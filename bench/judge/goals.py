"""What is aimed at, held against the outcomes. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.judge.judging import WORLDS, Outcome
from bench.judge.rows import Section
from linkcheck.model import State

RECALL = 95.0
FALSELY_BLOCKED = 1.0


@dataclass(frozen=True)
class Goal:
    """A goal, how many rows it is measured on, and whether they reach it."""

    words: str
    figure: str
    rows: int
    reached: bool

    def __str__(self) -> str:
        return f"{'reached' if self.reached else 'MISSED '}  {self.words}: {self.figure} of {self.rows} rows"


def goals(outcomes: Sequence[Outcome]) -> tuple[Goal, ...]:
    """Those that there are rows for; arguable rows are left out."""
    return tuple(goal for goal in _goals([each for each in outcomes if not each.row.arguable]) if goal.rows)


def _goals(counted: Sequence[Outcome]) -> Iterator[Goal]:
    live = [each for each in counted if each.row.is_live]
    dead = [each for each in live if each.state is State.DEAD]
    yield Goal("no live page called dead", f"{len(dead)} called so", len(live), not dead)
    for number, name in enumerate(WORLDS):
        disguised = [each for each in counted if each.world == number and each.row.is_dead_in_disguise]
        yield _recall(f"dead in disguise, {name}", disguised)
    walls = [each for each in counted if each.row.is_a_wall]
    for section in (Section.PAGES, Section.WALLS):
        yield _recall(f"bot walls, {section}", [each for each in walls if each.row.section is section])
    # Without the pages of this machine and of this bench, whose number would make any share small.
    others = [each for each in counted if each.row.section not in (Section.MACHINE, Section.LOOKALIKES)]
    rest = [each for each in others if State.BLOCKED not in each.row.right]
    blocked = [each for each in rest if each.state is State.BLOCKED]
    share = 100 * len(blocked) / len(rest) if rest else 0.0
    words = f"falsely blocked, less than {FALSELY_BLOCKED:g} %, corpus and articles"
    yield Goal(words, f"{share:.1f} %", len(rest), share < FALSELY_BLOCKED)
    alike = [each for each in counted if each.row.section is Section.LOOKALIKES and State.BLOCKED not in each.row.right]
    called = [each for each in alike if each.state is State.BLOCKED]
    yield Goal("no page that looks like a wall called blocked", f"{len(called)} called so", len(alike), not called)
    machine = [each for each in live if each.row.section is Section.MACHINE]
    wrong = [each for each in machine if each.state in (State.DEAD, State.BLOCKED)]
    yield Goal(
        "no live page of this machine called dead or blocked", f"{len(wrong)} called so", len(machine), not wrong
    )


def _recall(words: str, outcomes: Sequence[Outcome]) -> Goal:
    found = sum(each.is_right for each in outcomes)
    share = 100 * found / len(outcomes) if outcomes else 0.0
    return Goal(f"{words}, recall {RECALL:g} %", f"{share:.1f} %", len(outcomes), share >= RECALL)
