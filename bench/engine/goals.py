"""The goals of the engine, held against the figures. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.engine.bounds import Bound
from bench.engine.running import Row
from linkcheck.web.lanes import PROBES

NO_SPACING = "no spacing"
LIKE_LYCHEE = "lychee's limits"
OWN_MANNERS = "check, own manners"
_OTHERS = ("linkinator", "LinkChecker", "urlchecker")


@dataclass(frozen=True)
class Goal:
    """What was aimed at, and what came of it; ``most`` is the largest figure that reaches the goal."""

    words: str
    figure: float
    most: float

    def __str__(self) -> str:
        reached = "reached" if self.figure <= self.most else "MISSED"
        return f"{self.words}: {self.figure:.2f} (goal {self.most:g}, {reached})"


def goals(letter: str, rows: Sequence[Row], own: Bound) -> tuple[Goal, ...]:
    """The goals of a world that the rows at hand can tell of; ``own`` is the lower bound with our own manners."""
    by_name = {each.subject: each for each in rows}
    found = {"A": _fast, "B": _fast, "C": _patient, "D": _gentle}.get(letter)
    return tuple(found(letter, by_name, own)) if found else ()


def _fast(letter: str, rows: dict[str, Row], own: Bound) -> Iterator[Goal]:
    """Like with like: both with lychee's limits, and both without spacing, where lychee is at its thriftiest."""
    for engine, check, lychee in (
        (f"engine, {LIKE_LYCHEE}", f"check, {LIKE_LYCHEE}", "lychee"),
        (f"engine, 1 a host, {NO_SPACING}", f"check, 10 a host, {NO_SPACING}", f"lychee, {NO_SPACING}"),
    ):
        if lychee in rows and engine in rows:
            most = 0.7 if letter == "A" else 0.85
            yield Goal(f"{engine}: CPU over that of {lychee}", rows[engine].cpu / rows[lychee].cpu, most)
        if lychee in rows and check in rows:
            yield Goal(f"{check}: CPU over that of {lychee}", rows[check].cpu / rows[lychee].cpu, 3)
            yield Goal(f"{check}: wall over that of {lychee}", rows[check].wall / rows[lychee].wall, 2)
    ours = rows.get(f"check, 10 a host, {NO_SPACING}")
    others = [rows[name] for name in _OTHERS if name in rows and not rows[name].trouble]
    if others and ours:
        yield Goal(f"{ours.subject}: wall over the fastest other peer's", ours.wall / min(o.wall for o in others), 1)
        yield Goal(f"{ours.subject}: CPU over the thriftiest other peer's", ours.cpu / min(o.cpu for o in others), 1)


def _patient(letter: str, rows: dict[str, Row], own: Bound) -> Iterator[Goal]:
    lychees = [each for name, each in rows.items() if name.startswith("lychee")]
    ours, alike = rows.get(OWN_MANNERS), rows.get(f"check, {LIKE_LYCHEE}")
    if ours:
        yield Goal(f"{OWN_MANNERS}: wall over the lower bound", ours.wall / own.seconds, 1.25)
        # Our manners try a timeout again, and knock at one door at a time: that bound they cannot go below.
        twice = max(own.seconds, PROBES * own.silence_s)
        yield Goal(f"{OWN_MANNERS}: wall over that bound with a timeout tried again", ours.wall / twice, 1.25)
        yield Goal(f"{OWN_MANNERS}: wrong verdicts", ours.links - ours.right, 0)
    if lychees and alike:
        best = min(lychees, key=lambda each: each.wall)
        yield Goal(f"{alike.subject}: wall over that of {best.subject}", alike.wall / best.wall, 1)
        yield Goal(
            f"{alike.subject}: right verdicts fewer than lychee's", max(each.right for each in lychees) - alike.right, 0
        )


def _gentle(letter: str, rows: dict[str, Row], own: Bound) -> Iterator[Goal]:
    for name in (OWN_MANNERS, f"check, {LIKE_LYCHEE}"):
        if name in rows:
            each = rows[name]
            yield Goal(f"{name}: requests answered 429 twice in a row", each.tally.get("429 twice in a row", 0), 0)
            yield Goal(f"{name}: wrong verdicts", each.links - each.right, 0)
            yield Goal(f"{name}: wall over the rate's own bound", each.wall / own.rate_s, 1.5)
