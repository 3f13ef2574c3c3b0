"""What a run that was killed left behind: ``NAME.warc.gz.open``. Whole records are kept, the torn tail is dropped."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from linkcheck.archives import index, snapshots
from linkcheck.archives.captures import Entry, found_in
from linkcheck.archives.disk import in_words, sync_directory
from linkcheck.archives.reading import Gap, Record, scan
from linkcheck.errors import ArchiveError
from linkcheck.model import Snapshot


def recover(root: Path) -> tuple[str, ...]:
    """Closes the files of killed runs and lists their captures. Only the holder of the lock may do this.

    Closed files are never touched. Damage with whole records after it stays, for to cut it out would move them.

    Returns:
        What was done, a sentence a file.

    Raises:
        ArchiveError: a file cannot be read or written, or its final name is taken.
    """
    with in_words(root, "read"):
        left = sorted((root / "warcs").glob(f"*{index.OPEN}"))
    return tuple(_recover(root, path) for path in left)


def _recover(root: Path, path: Path) -> str:
    closed = path.with_name(path.name.removesuffix(".open"))
    if closed.exists():
        raise ArchiveError(f"{path} and {closed.name} stand side by side. Move one of them away, then run again.")
    whole = _Whole()
    with in_words(path, "recovered"):
        size = path.stat().st_size
        found = list(found_in(whole.note(scan(path)), index.name_of(path)))
        kept = [snapshot for snapshot in found if isinstance(snapshot, Snapshot)]
        if not any(isinstance(entry, Entry) for entry in found):
            path.unlink()
            return f"A run that was cut off left {path.name} without a whole capture; it was removed."
        with path.open("r+b") as file:
            file.truncate(whole.end)
            os.fsync(file.fileno())
        snapshots.add(root, kept)
        path.rename(closed)
        sync_directory(path.parent)
    sentences = [f"A run that was cut off left {path.name}: {_count(len(kept), 'finished capture')} recovered."]
    if size > whole.end:
        sentences.append(f"The last {_count(size - whole.end, 'byte')}, of an unfinished record, dropped.")
    sentences += [
        f"Damaged from offset {gap.offset} to {gap.offset + gap.length}: {gap.message}."
        for gap in found
        if isinstance(gap, Gap) and gap.offset < whole.end
    ]
    return " ".join(sentences)


class _Whole:
    """Notes where the last whole record ends, while records pass by."""

    def __init__(self) -> None:
        self.end = 0

    def note(self, records: Iterator[Record | Gap]) -> Iterator[Record | Gap]:
        for record in records:
            if isinstance(record, Record):
                self.end = record.offset + record.length
            yield record


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun} was" if number == 1 else f"{number:,} {noun}s were"
