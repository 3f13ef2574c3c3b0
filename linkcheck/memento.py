"""What archives said of a source, and which capture stands for a citation. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from linkcheck.model import Snapshot

Capture = TypeVar("Capture")

_ANSWERS = (200, 203, 206)


@dataclass(frozen=True, slots=True)
class Search:
    """What the public archives said of one source.

    Attributes:
        asked_at: UTC.
        snapshots: captures of the very address.
        neighbours: near-by addresses on the same host, the likeliest first, where there is no capture of it.
        since: when it was first captured; None without captures, or where that is not known.
        captures: how many were counted; ``more`` says whether there are others.
    """

    asked_at: datetime
    snapshots: tuple[Snapshot, ...] = ()
    neighbours: tuple[str, ...] = ()
    since: datetime | None = None
    captures: int = 0
    more: bool = False

    @property
    def trace(self) -> str:
        """Whether the source ever existed, as far as archives tell: ``captures``, ``neighbours`` or ``none``."""
        return "captures" if self.snapshots else "neighbours" if self.neighbours else "none"


class Fate(StrEnum):
    """What became of a capture that an archive was asked for."""

    PENDING = "pending"
    SAVED = "saved"
    LATER = "later"
    """Not now; the same may work another time."""
    NEVER = "never"
    """The archive cannot or may not capture this source."""
    QUOTA = "quota"
    """What may be asked for in a day is used up, of this source or of the account."""


@dataclass(frozen=True, slots=True)
class Job:
    """A capture that an archive was asked for.

    Attributes:
        uri_r: the source.
        asked_at: UTC.
        fate: what became of it so far.
        job_id: by which the archive knows it, for about an hour; "" where it gave none.
        message: why it is not saved, in words.
        snapshot: of a saved one.
        attempts: how often this source was asked for within a day, this time included.
        again: whether asking once more in the same run may help.
        of_source: whether ``fate`` is that of this source; not where keys, account or this machine were refused.
    """

    uri_r: str
    asked_at: datetime
    fate: Fate
    job_id: str = ""
    message: str = ""
    snapshot: Snapshot | None = None
    attempts: int = 1
    again: bool = False
    of_source: bool = True


def standing_for(snapshots: Sequence[Snapshot], accessed: date | None) -> Snapshot | None:
    """The closest at or before the day of citing, else the closest after; the newest where that day is not known.

    The rule of Wikipedia's InternetArchiveBot. Captures of an answer (200, 203, 206) come before any other; None
    where there is no capture at all.
    """
    answers = [snapshot for snapshot in snapshots if snapshot.status in _ANSWERS] or list(snapshots)
    ordered = sorted(answers, key=lambda snapshot: (snapshot.captured_at, snapshot.uri_m))
    if not ordered or accessed is None:
        return ordered[-1] if ordered else None
    before = [snapshot for snapshot in ordered if snapshot.captured_at.date() <= accessed]
    return before[-1] if before else ordered[0]


def preferred(captures: Sequence[Capture], when: Callable[[Capture], Any], until: Any) -> list[Capture]:
    """Captures in the order in which they stand for a citation: those up to its day, newest first, then those after.

    Args:
        captures: of one source.
        when: a capture's own moment.
        until: the last moment that counts as before, of the same type.
    """
    ordered = sorted(captures, key=when)
    before = [capture for capture in ordered if when(capture) <= until]
    return [*before[::-1], *ordered[len(before) :]]


def cited_capture(snapshots: Sequence[Snapshot], accessed: date | None) -> Snapshot | None:
    """The capture of our own that shows what was cited: by the day of citing, or the oldest where that is not known."""
    own = [snapshot for snapshot in snapshots if snapshot.archive == "local" and snapshot.status in _ANSWERS]
    if accessed is None:
        return min(own, key=lambda snapshot: (snapshot.captured_at, snapshot.uri_m), default=None)
    return standing_for(own, accessed)
