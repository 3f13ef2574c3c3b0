"""Our own archive: WARC files, the lock file ``snapshots.jsonl``, and what is made from them.

A capture is written to ``NAME.warc.gz.open``. Closing goes: fsync, lock file, rename to ``NAME.warc.gz``, page list,
index. A run may be killed between any two of these: while the file is still called ``.open`` the next run takes it up
again, whether or not its lines stand in the lock file already; after that only index and page list can be behind,
and they are made anew. So a line that somebody took out of the lock file on purpose never comes back by itself.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from linkcheck.archives import reading, recovery, snapshots, warc
from linkcheck.archives.disk import in_words
from linkcheck.archives.writer import ROLL_AT, Writer
from linkcheck.clock import Clock
from linkcheck.errors import ArchiveBusy, ArchiveError
from linkcheck.model import Exchange, Look, Request, Snapshot


class LocalArchive:
    """The archive in one directory.

    Args:
        root: ``archive/``; it need not exist yet.
        clock: dates file names and warcinfo records.
        tool: ``linkcheck VERSION``.
        roll_at: bytes after which a new WARC file is begun.
    """

    def __init__(self, root: Path, *, clock: Clock, tool: str, roll_at: int = ROLL_AT) -> None:
        self._root = root
        self._clock = clock
        self._tool = tool
        self._roll_at = roll_at

    @contextmanager
    def open_for_writing(self, *, origins: tuple[tuple[str, str], ...] = ()) -> Iterator[Writer]:
        """The one writer. What a killed run left behind is recovered first; on leaving, all is closed and listed.

        ``origins``: name and digest of the files of other tools that captures are taken from.

        Raises:
            ArchiveBusy: another run is writing.
            ArchiveError: what lies there cannot be read or written.
        """
        with _locked(self._root):
            writer = Writer(
                self._root,
                clock=self._clock,
                tool=self._tool,
                roll_at=self._roll_at,
                recovered=recovery.recover(self._root),
                origins=origins,
            )
            try:
                yield writer
            finally:
                writer.close()

    def mend(self) -> tuple[str, ...]:
        """Mends what can be mended, as :func:`linkcheck.archives.recovery.mend` does; what was done, a sentence each.

        Raises:
            ArchiveBusy: another run is writing.
            ArchiveError: what lies there cannot be read or written.
        """
        with _locked(self._root):
            return recovery.mend(self._root)

    def snapshots(self, uri_r: str | None = None) -> tuple[Snapshot, ...]:
        """The lock file, or its lines for one source; empty if there is none.

        Raises:
            ArchiveError: it cannot be read; names file and line.
        """
        known = snapshots.load(self._root)
        if uri_r is None:
            return known
        wanted = warc.public(uri_r)
        return tuple(snapshot for snapshot in known if snapshot.uri_r == wanted)

    def looks(self) -> dict[str, tuple[Look, ...]]:
        """The bad looks since a source last answered that the lock file carries, by URI-R, oldest first.

        Raises:
            ArchiveError: it cannot be read; names file and line.
        """
        return snapshots.load_looks(self._root)

    def exchange_at(self, name: str, offset: int) -> Exchange | None:
        """The capture at a place (``Snapshot.warc``, ``.offset``), proved; None where that file is not here.

        ``sent`` is empty; the head is the stored one. A revisit comes with the body of its original.

        Raises:
            ArchiveError: the record is damaged, or the original of a revisit is not there.
        """
        path = reading.path_of(self._root, name)
        if path is None:
            return None
        record = reading.read_at(path, offset)
        if record.kind not in ("response", "revisit"):
            raise ArchiveError(f"{path} at offset {offset}: this is no capture but a {record.kind} record.")
        body = record.body if record.kind == "response" else self._original_body(path, record)
        return Exchange(
            request=Request(record.uri),
            sent=b"",
            head=record.head,
            body=body,
            status=record.status,
            headers=record.headers,
            started_at=record.moment,
            truncated=record.fields.get("warc-truncated", ""),
            address=record.fields.get("warc-ip-address", ""),
        )

    def _original_body(self, path: Path, revisit: reading.Record) -> bytes:
        name, offset = warc.refers_to(revisit.fields)
        original = reading.path_of(self._root, name)
        if original is None:
            raise ArchiveError(f"{path} at offset {revisit.offset}: its body is kept in {name}, which is not here.")
        record = reading.read_at(original, offset)
        if record.fields.get("warc-payload-digest") != revisit.fields["warc-payload-digest"]:
            raise ArchiveError(f"{original} at offset {offset}: this is not the record that a revisit refers to.")
        return record.body


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    path = root / ".lock"
    with in_words(root, "opened for writing"):
        root.mkdir(parents=True, exist_ok=True)
        # Read before the attempt: filelock 3 empties the file while it tries.
        holder = path.read_text() if path.exists() else ""
        lock = FileLock(path)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            who = f"process {holder}" if holder.isdecimal() else "another process"
            raise ArchiveBusy(f"{root} is being written by {who}. Wait for its end, then run again.") from None
    try:
        with in_words(path, "written"):
            path.write_text(str(os.getpid()))
        yield
    finally:
        lock.release()
