"""Which capture stands for a citation. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from linkcheck.model import Snapshot

_ANSWERS = (200, 203, 206)


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
