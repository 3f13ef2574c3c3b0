"""How far a run is, how fast, and whom it waits for: counted from its steps, drawn by ``progress.py``.

A run asks one thing at a time of a host, spaced, so the host with the longest queue says when it ends, and not the mean
over all: a list of 900 quick hosts and one that is cited a hundred times is nine tenths done in seconds.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass

from linkcheck.model import State
from linkcheck.ports import Step
from linkcheck.reports._text import printable

_RECENT_S = 30.0
"""The speed is that of the last half minute: what was remembered lands at once, and would praise the rest."""

_TELLING_S = 2.0
"""Before that much time has passed, neither speed nor end are said."""

_NAMED_HOSTS = 3


@dataclass(frozen=True, slots=True)
class Pace:
    """How a phase stands at one moment.

    Attributes:
        phase, done, total: as in :class:`~linkcheck.ports.Step`.
        elapsed_s: since its first step.
        rate: sources a second, lately; None while that cannot be told.
        left_s: until it is done, as far as can be told.
        states: how many citations were judged so, worst state first; only those that occur.
        waiting: hosts with the longest queues, longest first, and how many of their sources are left.
        further: hosts that are waited for besides.
        label: what was done last, or what a pause is for.
    """

    phase: str
    done: int
    total: int
    elapsed_s: float
    rate: float | None = None
    left_s: float | None = None
    states: tuple[tuple[str, int], ...] = ()
    waiting: tuple[tuple[str, int], ...] = ()
    further: int = 0
    label: str = ""


class Phase:
    """Counts the steps of one phase. Times are monotonic seconds, handed in.

    ``pace`` may be asked for by a thread that draws, while another tells of steps: no table changes its size after the
    first step.
    """

    def __init__(self, first: Step, now: float) -> None:
        self.name = first.phase
        self._began = now
        self._done, self._total, self._label = first.done, first.total, ""
        self._left = dict(Counter(map(_authority, first.sources)))
        self._landed = dict.fromkeys(self._left, 0)
        self._states = {str(state): 0 for state in State}
        self._recent: deque[tuple[float, int]] = deque([(now, 0)])
        if first.done:
            self.tell(first, now)

    def tell(self, step: Step, now: float) -> None:
        """Takes in a step of this phase."""
        self._done, self._total, self._label = step.done, step.total, step.label
        for state in step.states:
            self._states[state] += 1
        host = _authority(step.label) if self._left else ""
        if self._left.get(host):
            self._left[host] -= 1
            self._landed[host] += 1
        if now - self._recent[-1][0] >= 1:
            self._recent.append((now, step.done))
        while len(self._recent) > 1 and now - self._recent[1][0] >= _RECENT_S:
            self._recent.popleft()

    def pause(self, step: Step) -> None:
        """Says what the phase waits for, until its next step."""
        self._label = f"{step.phase} ({step.label})" if step.label else step.phase

    def pace(self, now: float) -> Pace:
        """How the phase stands at that moment."""
        elapsed = now - self._began
        then, before = self._recent[0]
        lately = self._done - before
        rate = lately / (now - then) if elapsed >= _TELLING_S and lately and now > then else None
        waited = sorted((host for host, left in self._left.items() if left), key=self._order)
        return Pace(
            self.name, self._done, self._total, elapsed, rate, self._left_s(elapsed, rate),
            tuple((state, number) for state, number in self._states.items() if number),
            tuple((host, self._left[host]) for host in waited[:_NAMED_HOSTS]),
            max(0, len(waited) - _NAMED_HOSTS),
            printable(self._label),  # a stranger may have named the document that is read: a\n::error::b.md
        )  # fmt: skip

    def _order(self, host: str) -> tuple[int, str]:
        return -self._left[host], host

    def _left_s(self, elapsed: float, rate: float | None) -> float | None:
        """By the mean, or by the host that will be last: each goes on as it went, one after another."""
        if rate is None or self._done >= self._total:
            return None
        slowest = max(
            (left * elapsed / max(1, self._landed[host]) for host, left in self._left.items() if left), default=0.0
        )
        return max((self._total - self._done) / rate, slowest)


def _authority(source: str) -> str:
    """The host of a URI-R, with its port where it is no usual one; cheap, since it is wanted of each source twice."""
    pieces = source.split("/", 3)
    return pieces[2].rpartition("@")[2] if len(pieces) > 2 else ""


class Course:
    """The phases of a run, one after another."""

    def __init__(self) -> None:
        self._ended: list[Pace] = []
        self._current: Phase | None = None

    def tell(self, step: Step, now: float) -> None:
        """Takes in a step; one of another phase ends the phase that was told of last."""
        current = self._current
        if not step.total:
            if current is not None:
                current.pause(step)
            return
        if current is not None and current.name == step.phase:
            current.tell(step, now)
            return
        if current is not None:
            self._ended.append(current.pace(now))
        self._current = Phase(step, now)

    def paces(self, now: float) -> tuple[Pace, ...]:
        """Of the phases that ended, and last of the one under way; empty before the first step."""
        current = self._current
        return (*self._ended, current.pace(now)) if current is not None else ()


# ---------------------------------------------------------------- words


def duration(seconds: float) -> str:
    """``0:07``, ``1:32``, ``2:05:00``: rounded to whole seconds."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def speed(pace: Pace) -> str:
    """``3.1/s, about 1:32 left``; "" where nothing can be told."""
    said = []
    if pace.rate is not None:
        said.append(f"{pace.rate:.0f}/s" if pace.rate >= 10 else f"{pace.rate:.1f}/s")
    if pace.left_s is not None:
        said.append(f"about {duration(pace.left_s)} left")
    return ", ".join(said)


def counts(states: Mapping[str, int] | tuple[tuple[str, int], ...]) -> str:
    """``3 dead, 1 blocked, 120 alive``."""
    return ", ".join(f"{number:,} {state}" for state, number in dict(states).items())


def waited_for(pace: Pace) -> str:
    """``waiting for: example.org (12 left), example.net (3 left) and 5 more hosts``; "" where nobody is waited for."""
    if not pace.waiting:
        return ""
    named = ", ".join(f"{host} ({left:,} left)" for host, left in pace.waiting)
    more = f" and {pace.further:,} more host{'s' if pace.further > 1 else ''}" if pace.further else ""
    return f"waiting for: {named}{more}"


def sentence(pace: Pace) -> str:
    """All of it in one line, for a log."""
    parts = [f"{pace.done:,} of {pace.total:,}", speed(pace), counts(pace.states), waited_for(pace) or pace.label]
    return f"{pace.phase}: {'; '.join(part for part in parts if part)}"


def shortened(text: str, width: int) -> str:
    """The text in that many characters, with ``…`` where its end is left out; "" where there is no room."""
    return text if len(text) <= width else f"{text[: width - 1]}…" if width > 1 else ""
