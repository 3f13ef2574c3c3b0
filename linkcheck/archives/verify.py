"""Whether the archive is what was written: every stored byte against the digests, lock file and index against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path

from linkcheck.archives import index, snapshots
from linkcheck.archives.captures import REVISIT, Entry, found_in
from linkcheck.archives.disk import in_words, read_text
from linkcheck.archives.reading import Gap, Record, scan
from linkcheck.errors import ArchiveError
from linkcheck.model import Snapshot

Place = tuple[str, int]
"""A WARC file relative to ``archive/``, and an offset in it."""

_ANEW = "Delete it; the next `linkcheck archive` writes it anew from the WARC files"


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is wrong. ``file`` is relative to ``archive/``; ``uri`` is "" where no one source is meant."""

    file: str
    offset: int
    uri: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file} at offset {self.offset}" if self.file.startswith("warcs/") else self.file
        return f"{where}{f' ({self.uri})' if self.uri else ''}: {self.message}."


@dataclass(frozen=True, slots=True)
class Integrity:
    """What an examination found.

    Attributes:
        damage: what is wrong; empty when the archive is sound.
        notes: what could not be examined, or is only worth knowing: sentences.
        records: WARC records that were proved.
        captures: finished captures among them.
    """

    damage: tuple[Damage, ...]
    notes: tuple[str, ...]
    records: int
    captures: int


def integrity(root: Path) -> Integrity:
    """Examines ``archive/``, reading every byte of the closed WARC files once. Changes nothing.

    Raises:
        ArchiveError: a file cannot be read at all (no permission, a broken disk).
    """
    examination = _Examination(root)
    for path in index.closed_files(root):
        with in_words(path, "read"):
            examination.read(path)
    examination.revisits_against_originals()
    examination.lock_file_against_records()
    examination.index_against_records()
    return examination.outcome()


@dataclass(slots=True)
class _Examination:
    root: Path
    damage: list[Damage] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    records: int = 0
    files: set[str] = field(default_factory=set)
    listed: index.Index = field(default_factory=index.Index)
    digests: dict[Place, str] = field(default_factory=dict)
    revisits: list[Entry] = field(default_factory=list)
    captures: dict[Place, Snapshot] = field(default_factory=dict)
    gaps: list[tuple[str, Gap]] = field(default_factory=list)
    unlisted_told: bool = False

    def read(self, path: Path) -> None:
        name = index.name_of(path)
        self.files.add(name)
        for found in found_in(self._counted(scan(path)), name):
            if isinstance(found, Gap):
                self.gaps.append((name, found))
                continue
            self.listed.add(found)
            place = (name, found.offset)
            if isinstance(found, Snapshot):
                self.captures[place] = found
            elif found.media_type == REVISIT:
                self.revisits.append(found)
            else:
                self.digests[place] = found.digest

    def _counted(self, records: Iterator[Record | Gap]) -> Iterator[Record | Gap]:
        for record in records:
            self.records += isinstance(record, Record)
            yield record

    def revisits_against_originals(self) -> None:
        for entry in self.revisits:
            name, offset = entry.refers_to
            if self.digests.get(entry.refers_to) != entry.digest:
                message = f"its body is kept in {name} at offset {offset}, and is not there or is damaged"
                self.damage.append(Damage(entry.warc, entry.offset, entry.uri, message))

    def lock_file_against_records(self) -> None:
        ours = self._lines()
        uris = {place: line.uri_r for place, line in ours.items()}
        for name, gap in self.gaps:
            uri = gap.uri or uris.get((name, gap.offset), "")
            self.damage.append(Damage(name, gap.offset, uri, gap.message))
        self._interrupted()
        if ours and not self.files:
            self.notes.append(f"No WARC files are here, so {len(ours):,} of our own captures could not be verified.")
            return
        for place, line in ours.items():
            self._line_against_record(place, line)
        unlisted = len(self.captures.keys() - ours.keys())
        if unlisted and not self.unlisted_told:
            self.notes.append(f"{unlisted:,} captures in the WARC files are not listed in snapshots.jsonl.")

    def _lines(self) -> dict[Place, Snapshot]:
        try:
            known, faults = snapshots.examine(self.root)
        except ArchiveError as error:
            known, faults = (), (("", str(error)),)
        for uri, message in faults:
            self.damage.append(Damage("snapshots.jsonl", 0, uri, message.removesuffix(".")))
        self.unlisted_told = bool(faults)
        return {(line.warc, line.offset): line for line in known if line.archive == "local" or line.warc}

    def _interrupted(self) -> None:
        with in_words(self.root, "read"):
            left = sorted((self.root / "warcs").glob(f"*{index.OPEN}"))
        self.notes += [
            f"{path.name} is being written, or was left by a run that was cut off; the next "
            "`linkcheck archive` recovers it. It was not verified."
            for path in left
        ]
        self.files |= {index.name_of(path) for path in left}

    def _line_against_record(self, place: Place, line: Snapshot) -> None:
        name, offset = place
        capture = self.captures.get(place)
        if capture is None:
            message = self._why_absent(name, offset)
        else:
            differing = [key.name for key in fields(line) if getattr(line, key.name) != getattr(capture, key.name)]
            message = "; ".join(
                f"snapshots.jsonl says {key} {getattr(line, key)!s}, the WARC file {getattr(capture, key)!s}"
                for key in differing
            )
        if message:
            self.damage.append(Damage(name, offset, line.uri_r, message))

    def _why_absent(self, name: str, offset: int) -> str:
        """Why a capture named by the lock file was not met; "" where that is told already."""
        if name not in self.files:
            return "snapshots.jsonl names this file, and it is not here"
        if (self.root / f"{name}.open").exists() or self._in_gap(name, offset):
            return ""
        return "snapshots.jsonl names a capture here, and the file holds no finished one"

    def _in_gap(self, name: str, offset: int) -> bool:
        return any(name == file and gap.offset <= offset < gap.offset + gap.length for file, gap in self.gaps)

    def index_against_records(self) -> None:
        if not self.digests and not self.revisits:
            return  # A checkout without the WARC files: there is nothing to hold it against.

        def listed_in_gap(line: str) -> bool:
            entry = index.parse(line)
            return self._in_gap(entry.warc, entry.offset)

        self._compare(index.index_path(self.root), self.listed.cdxj(), listed_in_gap)
        self._compare(index.pages_path(self.root), self.listed.page_list(), lambda line: bool(self.gaps))

    def _compare(self, path: Path, expected: str, excused: Callable[[str], bool]) -> None:
        """Holds a file against what the records give. Lines of damaged records are excused: those are told of."""
        name = str(path.relative_to(self.root))
        try:
            if not path.exists():
                return  # It is made from the WARC files at any time, and need not be committed.
            stands = read_text(path)
            if stands == expected:
                return
            lines, wanted = set(stands.split("\n")), set(expected.split("\n"))
            missing = len(wanted - lines)
            strange = sum(not excused(line) for line in lines - wanted)
        except (ArchiveError, ValueError):
            self.damage.append(Damage(name, 0, "", f"it cannot be read. {_ANEW}"))
            return
        if missing or strange or not self.gaps:
            message = f"it does not say what the WARC files say ({missing} lines missing, {strange} wrong). {_ANEW}"
            self.damage.append(Damage(name, 0, "", message))

    def outcome(self) -> Integrity:
        in_order = sorted(self.damage, key=lambda one: (one.file, one.offset))
        return Integrity(tuple(in_order), tuple(self.notes), self.records, len(self.captures))
