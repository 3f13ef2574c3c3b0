"""The pictures of captured pages that lie in the archive (``linkcheck archive --render``): found, and read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from linkcheck.archives import index, reading, warc
from linkcheck.archives.captures import Entry
from linkcheck.archives.disk import in_words
from linkcheck.errors import ArchiveError

WHOLE = "urn:fullPage:"
SMALL = "urn:thumbnail:"
"""Before the address of the page, as ArchiveWeb.page and Browsertrix name theirs."""

_NEAR = 1 << 16


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn of one capture: the whole page, and a smaller picture of it where that was made."""

    whole: Entry
    small: Entry | None = None


Album = dict[tuple[str, datetime], Drawn]
"""By the address of the page after its redirects, and the second of its capture."""


def album(root: Path) -> Album:
    """The pictures that the index names; of an archive without one those that its WARC files hold. No bytes are read.

    Raises:
        ArchiveError: what lies there cannot be read.
    """
    path = index.index_path(root)
    found: dict[str, dict[tuple[str, datetime], Entry]] = {WHOLE: {}, SMALL: {}}
    for scheme, entries in found.items():
        for entry in _named(path, scheme) if path.exists() else _in_files(root, scheme):
            # Two drawings of one second show the same capture; the index has them in the order of their files.
            entries[warc.public(entry.uri.removeprefix(scheme)), entry.moment] = entry
    return {place: Drawn(whole, found[SMALL].get(place)) for place, whole in found[WHOLE].items()}


def read(root: Path, entry: Entry) -> bytes:
    """The bytes of a picture, proved against the digests of its record.

    Raises:
        ArchiveError: its file is not here, or the record is damaged or another one.
    """
    path = reading.path_of(root, entry.warc)
    if path is None:
        raise ArchiveError(f"{root / entry.warc} is not here.")
    record = reading.read_at(path, entry.offset)
    if (record.kind, record.uri) != ("resource", entry.uri):
        raise ArchiveError(f"{path} at offset {entry.offset}: this is not the record of {entry.uri}.")
    return record.body


def _in_files(root: Path, scheme: str) -> Iterator[Entry]:
    for line in index.made(root).cdxj().split("\n"):
        if line.startswith(scheme.lower()):
            yield index.parse(line)


def _named(path: Path, scheme: str) -> Iterator[Entry]:
    """The entries of one kind. They stand together, for the file is sorted; of other kinds there may be a million."""
    wanted = scheme.lower().encode()
    with in_words(path, "read"), path.open("rb") as file:
        _seek(file, wanted)
        for line in file:
            if line.startswith(wanted):
                try:
                    entry = index.parse(line.decode())
                except ValueError:  # damage is verify's to name
                    continue
                if entry.uri.startswith(scheme):
                    yield entry
            elif line > wanted:
                return


def _seek(file: BinaryIO, wanted: bytes) -> None:
    """Goes to the beginning of a line that is not after the first one wanted, and not far before it."""
    low, high = 0, file.seek(0, os.SEEK_END)
    while high - low > _NEAR:
        middle = (low + high) // 2
        file.seek(middle)
        file.readline()
        line = file.readline()
        if line and line < wanted:
            low = middle
        else:
            high = middle
    file.seek(low)
    if low:
        file.readline()
