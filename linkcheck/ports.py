"""What the pipeline works through. ``wiring`` makes the real ones; a test may hand in others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from linkcheck.archives.lookup import PublicArchive as PublicArchive
from linkcheck.clock import Clock
from linkcheck.conduct import PATIENCE, Manners, Patience, Policy
from linkcheck.exceptions import Exemption
from linkcheck.frozen import Collection as Moved
from linkcheck.interrupt import Interrupt
from linkcheck.model import Exchange, Landing, Look, Snapshot
from linkcheck.store import Store
from linkcheck.web.engine import Engine
from linkcheck.web.visit import Book


class Keeper(Protocol):
    """The writing end of the archive."""

    def save(self, landing: Landing) -> Snapshot:
        """Keeps what a visit brought home."""
        ...

    def keep(self, exchange: Exchange) -> None:
        """Keeps an exchange that is no source: a part of a page."""
        ...

    def keep_resource(self, uri: str, media_type: str, content: bytes, moment: datetime) -> None:
        """Keeps something that was made of a page: a picture of it."""
        ...

    def place_of(self, url: str) -> tuple[str, int] | None:
        """WARC file and offset of the newest record of an address; None where there is none."""
        ...

    def add(self, snapshot: Snapshot) -> None:
        """Notes a memento that somebody else holds."""
        ...

    def note_looks(self, uri_r: str, looks: Sequence[Look]) -> None:
        """Notes the looks at a source, so that a streak of bad ones is counted on wherever the lock file goes."""
        ...


@dataclass(frozen=True, slots=True)
class Step:
    """One step of progress: ``done`` of ``total``, and what was just done.

    Attributes:
        phase: what is being done, in words.
        done, total: sources; ``total`` 0 for a pause in the phase that was told of last.
        label: what was just done, or is waited for.
        states: of the citations that were just judged.
        sources: with the first step of a phase (``done`` 0): whom it will ask; so it can be told who is waited for.
    """

    phase: str
    done: int
    total: int
    label: str = ""
    states: tuple[str, ...] = ()
    sources: Collection[str] = ()


def begun(phase: str, sources: Collection[str]) -> Step:
    """The first step of a phase that asks these sources."""
    return Step(phase, 0, len(sources), sources=sources)


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
        public: opens the public archives, once, as one; None where none is to be asked.
        earlier: bad looks that the lock file carries, by URI-R: a fresh checkout has no other history.
        moved_collections: rows of the user's own, beside those of :mod:`linkcheck.frozen`.
        on_step: told of progress.
        patience: when what only fails is dead.
        max_time_s: of the whole run; 0 for no end.
        max_age_s: a source that answered so lately is not asked again.
        method: ``GET``, or ``HEAD`` for sources that nobody quotes.
        book: robots.txt of the origins met in this run.
        exceptions: what the policy lets pass for a while, see :mod:`linkcheck.exceptions`.
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
    moved_collections: tuple[Moved, ...] = ()
    patience: Patience = PATIENCE
    max_time_s: float = 0.0
    max_age_s: float = 0.0
    method: str = "GET"
    book: Book = field(default_factory=dict)
    exceptions: tuple[Exemption, ...] = ()
    is_excluded: Callable[[str], bool] = lambda source: False
