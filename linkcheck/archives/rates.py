"""How often an archive may be asked: kept across the run, and between the processes of one user.

A limit is the archive's, and it counts by address: two runs at once, or one after the other, are one asker to it. So
what was asked is written down in ``archives.json`` in the user's cache folder, under a lock that ends with its process,
with the wall clock's time; the run itself counts by the monotonic clock as well, which no change of the date can fool.
A time that lies ahead (the clock was set back) counts as now: nobody waits longer than one window for it. A file that
is torn or missing counts as empty, and where it cannot be written the run keeps the limits by itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linkcheck import atomic
from linkcheck.clock import Clock

FIRST_STOP_S = 300.0
"""For how long an archive that answered 429 is left alone. Ignored for a minute, the Wayback Machine blocks an hour."""

NEXT_STOP_S = 3600.0
"""The same where it says so again within a day; twice that each further time, as the Wayback Machine's own blocks."""

LONGEST_STOP_S = 86_400.0
_DAY_S = 86_400.0
_LOCK_S = 10.0


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``count`` requests in any ``per_s`` seconds; ``key`` names what they are and whom they go to."""

    key: str
    count: int
    per_s: float


class Rates:
    """Keeps limits.

    Args:
        clock: monotonic for the run, wall time for the file.
        path: of the file that processes share; None keeps the limits in this run alone.
        is_ours: whether a URL is of a host of the user's own network, or one whose address he gives. What is asked
            there is nobody else's, and is not written down with what the archives of the world are asked.
    """

    def __init__(self, clock: Clock, path: Path | None = None, is_ours: Callable[[str], bool] | None = None) -> None:
        self._clock = clock
        self._path = path
        self._is_ours = is_ours
        self._beside = Rates(clock) if is_ours else self
        self._own: dict[str, list[float]] = {}
        self._alone: dict[str, Any] = {}

    def at(self, url: str) -> Rates:
        """The limits that hold for a URL."""
        return self._beside if self._is_ours is not None and self._is_ours(url) else self

    def wait_s(self, limit: Limit) -> float:
        """Seconds until :meth:`take` may succeed; 0.0 for now."""
        own = _pause(self._own.get(limit.key, ()), limit, self._clock.monotonic())
        return max(own, _pause(_times(self._read(), limit.key), limit, self._wall()))

    def take(self, limit: Limit) -> float:
        """Takes a turn and returns 0.0; or returns the seconds to wait before the next try, with no turn taken."""
        now = self._clock.monotonic()
        pause = _pause(self._own.get(limit.key, ()), limit, now)
        if pause:
            return pause

        def note(ledger: dict[str, Any]) -> float:
            wall = self._wall()
            times = _times(ledger, limit.key)
            busy = _pause(times, limit, wall)
            if not busy:
                kept = [min(time, wall) for time in times if wall - time < limit.per_s]
                _table(ledger, "asked")[limit.key] = [*kept, wall][-limit.count :]
            return busy

        pause = self._change(note)
        if not pause:
            self._own[limit.key] = [*self._own.get(limit.key, ()), now][-limit.count :]
        return pause

    def stop(self, key: str, for_s: float = 0.0) -> float:
        """Notes that an archive wants to be left alone; returns for how many seconds it will be.

        Args:
            key: who, and for what.
            for_s: at least so long (its ``Retry-After``).
        """

        def note(ledger: dict[str, Any]) -> float:
            wall = self._wall()
            before = _stop(ledger, key)
            again = before is not None and wall - before[0] - before[1] < _DAY_S
            times = before[2] + 1 if before is not None and again else 1
            usual = FIRST_STOP_S if times == 1 else NEXT_STOP_S * 2 ** min(times - 2, 8)
            pause = min(max(usual, for_s), LONGEST_STOP_S)
            _table(ledger, "stopped")[key] = [wall, pause, times]
            return pause

        return self._change(note)

    def stopped_s(self, key: str) -> float:
        """For how many more seconds an archive wants to be left alone; 0.0 if it does not."""
        stop = _stop(self._read(), key)
        if stop is None:
            return 0.0
        wall = self._wall()
        return max(0.0, min(stop[0], wall) + min(stop[1], LONGEST_STOP_S) - wall)

    # ------------------------------------------------------------ inside

    def _wall(self) -> float:
        return self._clock.now().timestamp()

    def _read(self) -> dict[str, Any]:
        if self._path is None:
            return self._alone
        try:
            return _ledger(self._path.read_bytes())
        except OSError:
            return {}

    def _change(self, change: Callable[[dict[str, Any]], float]) -> float:
        if self._path is not None:
            try:
                with _locked(self._path):
                    ledger = self._read()
                    before = json.dumps(ledger)
                    told = change(_pruned(ledger, self._wall()))
                    if json.dumps(ledger) != before:
                        atomic.write(self._path, json.dumps(ledger, indent=1).encode())
                    return told
            except OSError:  # also a lock that nobody lets go of, and a read-only home
                self._alone, self._path = self._read(), None
        return change(self._alone)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    from filelock import FileLock

    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_suffix(".lock"), timeout=_LOCK_S):
        yield


def _pause(times: Sequence[float], limit: Limit, now: float) -> float:
    """Seconds until one more fits; times that lie ahead count as now."""
    counted = sorted(min(time, now) for time in times if now - time < limit.per_s)
    return 0.0 if len(counted) < limit.count else counted[-limit.count] + limit.per_s - now


def _ledger(content: bytes) -> dict[str, Any]:
    try:
        read = json.loads(content)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _table(ledger: dict[str, Any], name: str) -> dict[str, Any]:
    """A table of the ledger, made where it is not there or is something else."""
    if not isinstance(ledger.get(name), dict):
        ledger[name] = {}
    table: dict[str, Any] = ledger[name]
    return table


def _times(ledger: dict[str, Any], key: str) -> list[float]:
    asked = ledger.get("asked")
    times = asked.get(key) if isinstance(asked, dict) else None
    return [float(time) for time in times if type(time) in (int, float)] if isinstance(times, list) else []


def _stop(ledger: dict[str, Any], key: str) -> tuple[float, float, int] | None:
    """Since when, for how many seconds, and which time within a day it is."""
    stopped = ledger.get("stopped")
    stop = stopped.get(key) if isinstance(stopped, dict) else None
    if not isinstance(stop, list) or len(stop) != 3 or not all(type(each) in (int, float) for each in stop):
        return None
    return float(stop[0]), float(stop[1]), int(stop[2])


def _pruned(ledger: dict[str, Any], wall: float) -> dict[str, Any]:
    """Without what no limit can want any more, so that the file stays small."""
    asked, stopped = _table(ledger, "asked"), _table(ledger, "stopped")
    for key in list(asked):
        if all(wall - time > _DAY_S for time in _times(ledger, key)):
            del asked[key]
    for key in list(stopped):
        stop = _stop(ledger, key)
        if stop is None or wall - stop[0] - stop[1] > _DAY_S:
            del stopped[key]
    return ledger
