"""What the pipeline works through. ``wiring`` makes the real ones; a test may hand in others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from linkcheck.archives.wayback import LookUp
from linkcheck.clock import Clock
from linkcheck.conduct import PATIENCE, Manners, Patience, Policy
from linkcheck.frozen import Collection
from linkcheck.interrupt import Interrupt
from linkcheck.model import Exchange, Landing, Look, Observation, Snapshot
from linkcheck.store import Store
from linkcheck.web.engine import Engine


class Keeper(Protocol):
    """The writing end of the archive."""

    def save(self, landing: Landing) -> Snapshot:
        """Keeps what a visit brought home."""
        ...

    def add(self, snapshot: Snapshot) -> None:
        """Notes a memento that somebody else holds."""
        ...

    def note_looks(self, uri_r: str, looks: Sequence[Look]) -> None:
        """Notes the looks at a source, so that a streak of bad ones is counted on wherever the lock file goes."""
        ...


class PublicArchive(Protocol):
    """An archive that can be asked."""

    @property
    def wait_s(self) -> float:
        """Seconds until it may be asked again."""
        ...

    def find(self, uri_r: str, near: date | None) -> LookUp:
        """The capture that stands for a citation."""
        ...

    def save(self, uri_r: str) -> LookUp:
        """Asks for a new capture."""
        ...

    @property
    def replay_wait_s(self) -> float:
        """Seconds until a memento may be fetched again."""
        ...

    def replay(self, snapshot: Snapshot) -> Observation | None:
        """What a memento of this archive says, or why that is not known; None for a snapshot of another archive."""
        ...


@dataclass(frozen=True, slots=True)
class Step:
    """One step of progress: ``done`` of ``total``, and what was just done."""

    phase: str
    done: int
    total: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Ports:
    """What the pipeline works through; ``wiring`` makes the real ones.

    Attributes:
        open_engine: an engine over fresh connections; a second one may run while the first rests.
        is_ours: whether the user vouches for a URL's host, or the address that answered for it.
        is_private: whether it is a host of a private network, whose address is nobody else's business.
        controls: hosts that surely exist.
        known: snapshots by URI-R.
        recall: the bytes of a capture of our own; None where its file is not here.
        public: opens the public archive, once; None where none is to be asked.
        earlier: bad looks that the lock file carries, by URI-R: a fresh checkout has no other history.
        moved_collections: rows of the user's own, beside those of :mod:`linkcheck.frozen`.
        on_step: told of progress.
        patience: when what only fails is dead.
        max_time_s: of the whole run; 0 for no end.
        max_age_s: a source that answered so lately is not asked again.
        method: ``GET``, or ``HEAD`` for sources that nobody quotes.
        obey_robots: archive nothing that robots.txt keeps us out of.
        is_excluded: whether the settings leave a source out.
    """

    clock: Clock
    interrupt: Interrupt
    open_engine: Callable[[], AbstractContextManager[Engine[str]]]
    manners: Manners
    policy: Policy
    is_ours: Callable[[str, str], bool]
    is_private: Callable[[str, str], bool]
    controls: tuple[str, ...]
    store: Store
    known: dict[str, tuple[Snapshot, ...]]
    recall: Callable[[Snapshot], Exchange | None]
    tool: str
    on_step: Callable[[Step], None]
    public: Callable[[], PublicArchive | None] = lambda: None
    earlier: Mapping[str, tuple[Look, ...]] = field(default_factory=dict)
    moved_collections: tuple[Collection, ...] = ()
    patience: Patience = PATIENCE
    max_time_s: float = 0.0
    max_age_s: float = 0.0
    method: str = "GET"
    obey_robots: bool = True
    is_excluded: Callable[[str], bool] = lambda source: False
