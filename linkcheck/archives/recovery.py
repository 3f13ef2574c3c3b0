"""What a run that was killed left behind, or a disk that lost its end: whole records are kept, whatever else is torn.

Every run begins with :func:`recover`. :func:`mend` is ``linkcheck archive --recover``: it also does what is done only
when somebody asks for it. Neither changes a byte of a record that is whole, and doing it again changes nothing.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from linkcheck import atomic
from linkcheck.archives import index, members, snapshots
from linkcheck.archives.captures import Entry, found_in
from linkcheck.archives.disk import in_words, read_text, sync_directory, write_atomically
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
        return _beside(path, closed)
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


def _beside(path: Path, closed: Path) -> str:
    """Of a file that lies there open and closed, as a copy of the folder made at a bad moment has it."""
    with in_words(path, "recovered"):
        if not _is_beginning(path, closed):
            raise ArchiveError(f"{path} and {closed.name} stand side by side. Move one of them away, then run again.")
        path.unlink()
    return f"{path.name} held nothing that {closed.name} does not hold; it was removed."


def _is_beginning(path: Path, closed: Path) -> bool:
    with path.open("rb") as one, closed.open("rb") as other:
        while piece := one.read(_CHUNK):
            if piece != other.read(len(piece)):
                return False
    return True


# ---------------------------------------------------------------- when asked for

TORN = ".torn"
"""Ending of what was cut off a WARC file: nothing reads it, and nothing is thrown away unseen."""

_CHUNK = 1 << 20


def mend(root: Path) -> tuple[str, ...]:
    """Mends what can be mended. Only the holder of the lock may do this.

    Beside :func:`recover`: files that were half written are removed; the torn tail of a closed WARC file is put beside
    it; a lock file that is gone is written from the WARC files; index and page list are made anew where they do not
    say what the WARC files say. A line that somebody took out of a lock file that is there stays out.

    Returns:
        What was done, a sentence each.

    Raises:
        ArchiveError: a file cannot be read or written.
    """
    told = [*_half_written(root), *recover(root)]
    for path in index.closed_files(root):
        told += _without_torn_tail(path)
    listed, found, damaged = index.Index(), list[Snapshot](), False
    for path in index.closed_files(root):
        with in_words(path, "read"):
            for one in found_in(scan(path), index.name_of(path)):
                if isinstance(one, Gap):
                    damaged = True
                    continue
                listed.add(one)
                if isinstance(one, Snapshot):
                    found.append(one)
    if found and not snapshots.path(root).exists():
        snapshots.add(root, found)
        told.append(
            f"snapshots.jsonl was gone; it was written from the WARC files: {_count(len(found), 'capture')} listed."
        )
    for path, text in ((index.pages_path(root), listed.page_list()), (index.index_path(root), listed.cdxj())):
        # Lines of damaged records stay: the file may come back whole from a backup.
        if (listed.entries or path.exists()) and not _says(path, text, more=damaged):
            write_atomically(path, text)
            told.append(f"{path.relative_to(root)} was made anew from the WARC files.")
    return tuple(told)


def _half_written(root: Path) -> Iterator[str]:
    """What a run left that was killed while it replaced a file."""
    for path in (snapshots.path(root), index.index_path(root), index.pages_path(root)):
        with in_words(path, "recovered"):
            for left in sorted(path.parent.glob(f".{path.name}.*{atomic.SUFFIX}")):
                left.unlink()
                yield f"{left.name}, half written, was removed."


def _without_torn_tail(path: Path) -> Iterator[str]:
    """A closed file that ends in the middle of a record, or in zeros: the tail is put into a file of its own."""
    with in_words(path, "read"):
        last = next(iter(deque(scan(path), maxlen=1)), None)
        if not isinstance(last, Gap) or not last.offset:
            return
        with path.open("rb") as file:
            file.seek(last.offset)
            tail = file.read()
    if last.message != members.TORN and tail.strip(b"\0"):
        return  # Something else happened to these bytes. They may yet be read by somebody.
    beside = path.with_name(f"{path.name}.{last.offset}{TORN}")
    with in_words(path, "recovered"):
        atomic.write(beside, tail)
        os.truncate(path, last.offset)
        sync_directory(path.parent)
    yield (
        f"{path.name} ended in the middle of a record{f' ({last.uri})' if last.uri else ''}: its last "
        f"{_count(len(tail), 'byte')} put into {beside.name}."
    )


def _says(path: Path, text: str, *, more: bool) -> bool:
    """Whether a file says this; with ``more`` it may say more."""
    try:
        stands = read_text(path) if path.exists() else None
        return stands == text or bool(more and stands and set(text.split("\n")) <= set(stands.split("\n")))
    except ArchiveError:
        return False


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
