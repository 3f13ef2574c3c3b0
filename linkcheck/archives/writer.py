"""The one writer of our own archive: saves captures, and closes and lists them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from linkcheck.archives import captures, index, reading, snapshots, warc
from linkcheck.archives.captures import Entry
from linkcheck.archives.disk import in_words, sync_directory
from linkcheck.archives.members import pack
from linkcheck.clock import Clock, timestamp14
from linkcheck.errors import ArchiveError
from linkcheck.model import Exchange, Landing, Look, Snapshot

ROLL_AT = 1_000_000_000
"""Bytes after which a new file is begun: the size that the WARC guidelines advise."""


class Writer:
    """Made by :meth:`linkcheck.archives.local.LocalArchive.open_for_writing`, which holds the lock.

    ``recovered``: what was recovered of runs that were killed, a sentence each. ``origins``: name and digest of the
    files of other tools that this run takes captures from.
    """

    def __init__(
        self,
        root: Path,
        *,
        clock: Clock,
        tool: str,
        roll_at: int,
        recovered: tuple[str, ...],
        origins: tuple[tuple[str, str], ...] = (),
    ) -> None:
        self.recovered = recovered
        self._root = root
        self._origins = origins
        self._clock = clock
        self._tool = tool
        self._roll_at = roll_at
        # A lock file that cannot be read is told now, not after an hour of captures.
        self._listed = {(line.uri_r, line.captured_at, line.digest) for line in snapshots.load(root)}
        self._index = index.load(root) or index.rebuild(root)
        self._held: dict[tuple[str, str], Entry] = {}
        self._moments: set[tuple[str, datetime, str]] = set()
        self._newest: dict[str, Entry] = {}
        for line in self._index.entries:
            self._hold(index.parse(line))
        self._file: _OpenFile | None = None
        self._fresh: list[Snapshot] = []
        self._looks: dict[str, tuple[Look, ...]] = {}

    def lists(self, uri_r: str, moment: datetime, digest: str) -> bool:
        """Whether the lock file has such a snapshot, or will have when this run is closed."""
        return (uri_r, moment.replace(microsecond=0), digest) in self._listed

    def holds(self, uri: str, moment: datetime, digest: str) -> bool:
        """Whether a record of that address, second and payload is kept."""
        return (uri, moment.replace(microsecond=0), digest) in self._moments

    def save(self, landing: Landing, provenance: warc.Fields | None = None) -> Snapshot:
        """Writes all exchanges of a visit; the last is the source itself. When this returns, a kill loses nothing.

        ``provenance``: further facts for the metadata record, of a capture that another tool made.

        Raises:
            ArchiveError: it cannot be written; what was saved before is kept.
            ValueError: the visit brought no exchange.
        """
        if not landing.exchanges:
            raise ValueError(f"nothing was answered, so nothing can be kept: {landing.observation.uri_r}")
        content: list[bytes] = []
        for exchange in landing.exchanges:
            records = warc.exchange_records(exchange, self._original(exchange))
            content += [records.request, records.answer]
        facts = [*captures.page_facts(landing.observation, self._tool), *(provenance or [])]
        content.append(warc.metadata(landing.exchanges[-1], records.identity, facts))
        snapshot = self._append(content, len(landing.exchanges))
        if snapshot is None:
            raise ArchiveError(f"{self._root}: a capture could not be read back: its last record gives no snapshot.")
        self._index.add(snapshot)
        self._fresh.append(snapshot)
        self._listed.add((snapshot.uri_r, snapshot.captured_at, snapshot.digest))
        return snapshot

    def keep(self, exchange: Exchange) -> None:
        """Writes one exchange that is no snapshot: replay finds it, the lock file does not list it.

        Raises:
            ArchiveError: it cannot be written; what was saved before is kept.
        """
        records = warc.exchange_records(exchange, self._original(exchange))
        self._append([records.request, records.answer], 1)

    def keep_resource(self, uri: str, media_type: str, content: bytes, moment: datetime) -> None:
        """Writes something that was made of a page and is no answer of a server, as a ``resource`` record.

        Raises:
            ArchiveError: it cannot be written; what was saved before is kept.
        """
        self._append([warc.resource(uri, media_type, content, moment)], 1)

    def place_of(self, url: str) -> tuple[str, int] | None:
        """WARC file and offset of the newest record of an address; None where there is none."""
        entry = self._newest.get(warc.public(url))
        return (entry.warc, entry.offset) if entry else None

    def _append(self, content: list[bytes], answers: int) -> Snapshot | None:
        entries, snapshot = self._file_with_room().append([pack(record) for record in content if record], answers)
        for entry in entries:
            self._index.add(entry)
            self._hold(entry)
        return snapshot

    def add(self, snapshot: Snapshot) -> None:
        """Notes a memento found elsewhere; one whose URI-M is known already changes nothing."""
        self._fresh.append(replace(snapshot, uri_r=warc.public(snapshot.uri_r)))

    def note_looks(self, uri_r: str, looks: Sequence[Look]) -> None:
        """Notes every look at a source that is known, earlier ones and this run's, in the lock file.

        The bad ones since it last answered are kept, in place of those that stand there; none drop its line.
        """
        self._looks[warc.public(uri_r)] = tuple(looks)

    def close(self) -> None:
        """Closes the file at work and lists what is new, in the order that :mod:`.local` explains.

        Raises:
            ArchiveError: it cannot be written; the next run recovers what was saved.
        """
        file, self._file = self._file, None
        if file:
            file.close()
        if self._fresh or self._looks:
            snapshots.add(self._root, self._fresh, self._looks)
            self._fresh, self._looks = [], {}
        if file and file.publish():
            self._index.write(self._root)

    def _hold(self, entry: Entry) -> None:
        self._moments.add((entry.uri, entry.moment, entry.digest))
        if entry.uri not in self._newest or self._newest[entry.uri].moment <= entry.moment:
            self._newest[entry.uri] = entry
        if entry.media_type != captures.REVISIT:
            self._held[(entry.uri, entry.digest)] = entry

    def _original(self, exchange: Exchange) -> warc.Original | None:
        """The record that holds this payload for this address already, if it is there and whole."""
        uri, digest = warc.public(exchange.request.url), warc.digest(exchange.body)
        entry = self._held.get((uri, digest))
        path = reading.path_of(self._root, entry.warc) if entry and exchange.body else None
        if entry is None or path is None:
            return None
        try:
            record = reading.read_at(path, entry.offset)
        except ArchiveError:
            return None  # It is damaged, so this is the time to keep the payload anew.
        if (record.kind, record.uri, record.fields["warc-payload-digest"]) != ("response", uri, digest):
            return None
        return warc.Original(uri, record.moment, entry.warc, entry.offset)

    def _file_with_room(self) -> _OpenFile:
        if self._file and self._file.end >= self._roll_at:
            self.close()
        if self._file is None:
            self._file = self._begin()
        return self._file

    def _begin(self) -> _OpenFile:
        now = self._clock.now()
        serial = 0
        while True:
            name = f"linkcheck-{timestamp14(now)}-{os.getpid()}-{serial:05d}{index.CLOSED}"
            if reading.path_of(self._root, f"warcs/{name}") is None:
                return _OpenFile(self._root / "warcs" / name, pack(warc.warcinfo(name, now, self._tool, self._origins)))
            serial += 1


class _OpenFile:
    """A WARC file that is being written, under the name ``NAME.warc.gz.open``.

    ``end``: bytes of whole captures written so far.
    """

    def __init__(self, closed: Path, warcinfo: bytes) -> None:
        self._closed = closed
        self._path = closed.with_name(f"{closed.name}.open")
        with in_words(self._path, "written"):
            closed.parent.mkdir(parents=True, exist_ok=True)
            self._file: BinaryIO = self._path.open("x+b", buffering=0)
        self.end = self._beginning = len(warcinfo)
        try:
            self._write(0, [warcinfo])
        except ArchiveError:
            self._file.close()
            self._path.unlink()
            raise

    def append(self, members: list[bytes], answers: int) -> tuple[list[Entry], Snapshot | None]:
        """Writes records and reads them back: what is returned is what stands on the disk."""
        self._write(self.end, members)
        name = f"warcs/{self._closed.name}"
        with in_words(self._path, "read"):
            found = list(captures.found_in(reading.scan_from(self._file, self.end), name))
        entries = [entry for entry in found if isinstance(entry, Entry)]
        shots = [shot for shot in found if isinstance(shot, Snapshot)]
        gaps = [gap.message for gap in found if isinstance(gap, reading.Gap)]
        if gaps or len(entries) != answers:
            self._file.truncate(self.end)
            raise ArchiveError(f"{self._path}: a capture could not be read back: {'; '.join(gaps)}.")
        self.end += sum(map(len, members))
        return entries, shots[-1] if shots else None

    def close(self) -> None:
        """Ends writing; the file keeps its name."""
        with in_words(self._path, "written"), self._file:
            self._file.truncate(self.end)  # Ctrl-C may have come between writing a capture and counting it.
            os.fsync(self._file.fileno())

    def publish(self) -> bool:
        """Gives the file its name for good; a file without a capture is taken away."""
        with in_words(self._path, "closed"):
            if self.end == self._beginning:
                self._path.unlink()
                return False
            self._path.rename(self._closed)
            sync_directory(self._closed.parent)
        return True

    def _write(self, offset: int, members: list[bytes]) -> None:
        """All or nothing: a full disk leaves no half of a capture behind."""
        self._file.seek(offset)
        try:
            with in_words(self._path, "written"):
                for member in members:
                    rest = memoryview(member)
                    while rest:
                        rest = rest[self._file.write(rest) :]
        except BaseException:
            # Ctrl-C as well.
            self._file.truncate(offset)
            raise
