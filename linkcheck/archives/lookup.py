"""What an archive can be asked, what it says of one source, and how it says that it says nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from linkcheck.memento import Job
from linkcheck.model import FailureKind, Observation, Snapshot
from linkcheck.neighbours import Neighbour


@dataclass(frozen=True, slots=True)
class LookUp:
    """What an archive says of one source.

    Attributes:
        answered: whether it said anything at all. Without an answer nothing is known: that is not "never archived".
        snapshots: captures of the very address, the one to cite first.
        nearby: other addresses on the same host that may have been meant, best first, for one without captures.
        note: why there was no answer, or what is wrong with the one there is.
        since: when it was first captured with a good status; None without captures.
        captures: good captures that were counted; ``more`` says whether there are others.
        others: further captures, the next best first, for where the first of ``snapshots`` does not play back.
        played: what those of ``snapshots`` say that were found to play back; ``uri_r`` is the URI-M.
    """

    answered: bool
    snapshots: tuple[Snapshot, ...] = ()
    nearby: tuple[Neighbour, ...] = ()
    note: str = ""
    since: datetime | None = None
    captures: int = 0
    more: bool = False
    others: tuple[Snapshot, ...] = ()
    played: tuple[Observation, ...] = ()

    @property
    def neighbours(self) -> tuple[str, ...]:
        """The addresses of ``nearby``."""
        return tuple(near.url for near in self.nearby)

    @property
    def playing(self) -> tuple[Snapshot, ...]:
        """Those of ``snapshots`` that were found to play back."""
        proved = {seen.uri_r for seen in self.played}
        return tuple(snapshot for snapshot in self.snapshots if snapshot.uri_m in proved)


class Unanswered(Exception):  # noqa: N818  it never leaves the adapters
    """The archive gave no usable answer; ``kind`` says of what sort that is."""

    def __init__(self, message: str, kind: FailureKind = FailureKind.MALFORMED_ANSWER) -> None:
        super().__init__(message)
        self.kind = kind


class PublicArchive(Protocol):
    """An archive of somebody else's that can be asked. The adapters have this form, each and all of them together."""

    @property
    def wait_s(self) -> float:
        """Seconds until it may be asked again."""
        ...

    def find(self, uri_r: str, near: date | None) -> LookUp:
        """The capture that stands for a citation."""
        ...

    @property
    def replay_wait_s(self) -> float:
        """Seconds until a memento may be fetched again."""
        ...

    def replay(self, snapshot: Snapshot) -> Observation | None:
        """What a memento of this archive says, or why that is not known; None for a snapshot of another archive."""
        ...

    @property
    def save_wait_s(self) -> float:
        """Seconds until the next capture may be asked for."""
        ...

    def save(self, uri_r: str) -> Job:
        """Asks for a new capture, and does not wait for it."""
        ...

    def saved(self, job: Job) -> Job:
        """How far a capture is that was asked for."""
        ...
