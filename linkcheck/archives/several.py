"""Several archives as one: asked in order until one holds a capture that really plays back.

An index can name a capture that cannot be replayed (taken out, not there yet, on a broken disk), and a TimeMap names
captures of error pages and redirects as well. So the capture that stands for the citation is replayed, and where it
does not show the source, the next best. What plays back is filled in from its replay.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from linkcheck.archives.lookup import LookUp, PublicArchive
from linkcheck.archives.replaying import URI_M, plays
from linkcheck.clock import timestamp14
from linkcheck.memento import Job
from linkcheck.model import FailureKind, Observation, Snapshot

_REMEMBERED = 32
_TRIED = 3
"""Captures of one archive that are replayed for one source."""


class Several:
    """The archives that are asked, as one.

    Args:
        members: in the order in which they are asked; the first also takes the requests for captures.
        heard: what a memento said when it was replayed in an earlier run, by URI-M; None where it was not.
    """

    def __init__(
        self, members: Sequence[PublicArchive], heard: Callable[[str], Observation | None] = lambda _: None
    ) -> None:
        self._members = tuple(members)
        self._heard = heard
        self._replayed: dict[str, Observation] = {}

    @property
    def wait_s(self) -> float:
        """Of the first: the others are asked only where it holds nothing."""
        return self._members[0].wait_s

    @property
    def replay_wait_s(self) -> float:
        """Of the first, as for ``wait_s``."""
        return self._members[0].replay_wait_s

    @property
    def save_wait_s(self) -> float:
        """Seconds until the next capture may be asked for."""
        return self._members[0].save_wait_s

    def save(self, uri_r: str) -> Job:
        """Asks the first for a capture."""
        return self._members[0].save(uri_r)

    def saved(self, job: Job) -> Job:
        """How far a capture is that was asked for."""
        return self._members[0].saved(job)

    def find(self, uri_r: str, near: date | None) -> LookUp:
        """The capture that stands for a citation, in the first archive that has one that plays back.

        Where none plays back: what the first archive claims that claims any, with a ``note``. Where nothing is held,
        and some archive did not answer: no answer, unless another knows near-by addresses.
        """
        claimed: LookUp | None = None
        empty: LookUp | None = None
        notes: list[str] = []
        for member in self._members:
            told = member.find(uri_r, near)
            if not told.answered:
                notes.append(told.note)
            elif told.snapshots:
                told = self._proved(told, member)
                if told.played:
                    return told
                notes.append(told.note)
                claimed = claimed or told
            elif empty is None or (told.nearby and not empty.nearby):
                empty = told
        note = "; ".join(dict.fromkeys(note for note in notes if note))
        if claimed is not None:
            return replace(claimed, note=note)
        if empty is not None and (not notes or empty.nearby):
            return replace(empty, note=note)
        return LookUp(False, note=note)

    def replay(self, snapshot: Snapshot) -> Observation | None:
        """What a memento says, by the first archive that knows it; None where none does.

        What :meth:`find` has just replayed is not asked for again.
        """
        known = self._replayed.get(snapshot.uri_m)
        if known is not None:
            return known
        for member in self._members:
            seen = member.replay(snapshot)
            if seen is not None:
                return self._remember(snapshot.uri_m, seen)
        return None

    # ------------------------------------------------------------ inside

    def _proved(self, told: LookUp, member: PublicArchive) -> LookUp:
        """The look-up with the first of its captures that plays back; without any, with a note that says why."""
        why = ""
        for snapshot in (*told.snapshots, *told.others)[:_TRIED]:
            seen = self._heard(snapshot.uri_m)
            if seen is None or not plays(seen):
                seen = member.replay(snapshot)
            if seen is None:
                continue
            if plays(seen):
                filled, seen = _filled(snapshot, seen)
                self._remember(filled.uri_m, seen)
                return replace(told, snapshots=(filled,), others=(), played=(seen,), note="")
            self._remember(snapshot.uri_m, seen)
            why = why or f"{snapshot.uri_m} does not play back: {_reason(seen)}"
            if seen.failure is FailureKind.NOT_REACHED:
                break  # it is the archive that does not answer, so another of its captures would not either
        return replace(told, note=why)

    def _remember(self, uri_m: str, seen: Observation) -> Observation:
        """A few are enough: what was found is heard at once."""
        self._replayed[uri_m] = seen
        while len(self._replayed) > _REMEMBERED:
            del self._replayed[next(iter(self._replayed))]
        return seen


def _filled(snapshot: Snapshot, seen: Observation) -> tuple[Snapshot, Observation]:
    """Snapshot and replay of one capture: where the archive led to another than its index named, of that one."""
    uri_m = snapshot.uri_m
    if seen.observed_at != snapshot.captured_at and (parts := URI_M.fullmatch(uri_m)) is not None:
        uri_m = f"{parts['root']}{timestamp14(seen.observed_at)}/{parts['url']}"
    # A digest is of the capture that the index named, and so is its length.
    same = uri_m == snapshot.uri_m
    filled = replace(
        snapshot,
        uri_m=uri_m,
        captured_at=seen.observed_at,
        status=seen.status or snapshot.status,
        digest=snapshot.digest if same else "",
        media_type=seen.media_type or snapshot.media_type,
        title=seen.page.title if seen.page else snapshot.title,
        length=snapshot.length if same and snapshot.length else seen.length,
    )
    return filled, seen if same else replace(seen, uri_r=uri_m)


def _reason(seen: Observation) -> str:
    if seen.status is None:
        return seen.failure_message
    return f"it was captured with status {seen.status}" if not plays(replace(seen, length=1)) else "it is empty"
