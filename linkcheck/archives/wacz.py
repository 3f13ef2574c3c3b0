"""An archive as one file: WACZ 1.1.1, which ReplayWeb.page and its relatives open.

Nothing in it is compressed again, entries stand in one order and have one date, so equal archives give equal files on
every machine, and a reader on the web can fetch a single record with a Range request.
https://specs.webrecorder.net/wacz/1.1.1/
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from linkcheck import atomic
from linkcheck.archives import index, snapshots
from linkcheck.archives.captures import found_in
from linkcheck.archives.disk import in_words
from linkcheck.archives.reading import Gap, scan
from linkcheck.clock import iso
from linkcheck.errors import InputError
from linkcheck.model import Snapshot

_VERSION = "1.1.1"
_FIRST_DATE = (1980, 1, 1, 0, 0, 0)
"""The first that a zip entry can have."""

_UNIX = 3
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Exported:
    """What was put into a WACZ.

    Attributes:
        pages: in its page list.
        warcs: files.
        damage: records that are not whole, a sentence each: their bytes are in it as they are, but no index names them.
        notes: what was left out: sentences.
    """

    pages: int
    warcs: int
    damage: tuple[str, ...]
    notes: tuple[str, ...]


def export(root: Path, target: Path, tool: str) -> Exported:
    """Writes ``archive/`` as a WACZ, whole or not at all. The closed WARC files are what counts.

    Args:
        root: ``archive/``.
        target: the file to write.
        tool: ``linkcheck VERSION``.

    Raises:
        InputError: nothing is kept there yet, or ``target`` cannot be written.
        ArchiveError: a WARC file cannot be read.
    """
    warcs = index.closed_files(root)
    listed, captures, damage = _examined(root, warcs)
    if not captures:
        raise InputError(f"{root} holds no capture yet, so there is nothing to export; linkcheck archive makes some")
    try:
        with atomic.opened(target) as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as packed:
            resources = [_file(packed, f"archive/{path.name}", path) for path in warcs]
            resources += [
                _text(packed, "indexes/index.cdx", listed.cdxj()),
                _text(packed, "pages/pages.jsonl", listed.page_list()),
            ]
            described = _text(packed, "datapackage.json", _package(resources, captures, tool))
            _text(packed, "datapackage-digest.json", _json({"path": described["path"], "hash": described["hash"]}))
    except OSError as error:
        raise InputError(f"{target}: cannot be written ({error.strerror or error})") from error
    left = sorted((root / "warcs").glob(f"*{index.OPEN}"))
    notes = [f"{path.name} is not in it: it is being written, or a run that was cut off left it." for path in left]
    return Exported(len(listed.pages), len(warcs), tuple(damage), tuple(notes))


def _examined(root: Path, warcs: list[Path]) -> tuple[index.Index, list[Snapshot], list[str]]:
    """Index and pages as the WARC files give them, and what is damaged."""
    listed, captures, damage = index.Index(), [], []
    # Only for its name: a damaged record cannot always say whose it is.
    uris = {(line.warc, line.offset): line.uri_r for line in snapshots.examine(root)[0]}
    for path in warcs:
        name = index.name_of(path)
        with in_words(path, "read"):
            for found in found_in(scan(path), name):
                if isinstance(found, Gap):
                    uri = found.uri or uris.get((name, found.offset), "")
                    whose = f" ({uri})" if uri else ""
                    damage.append(f"{name} at offset {found.offset}{whose}: {found.message}.")
                    continue
                listed.add(found)
                if isinstance(found, Snapshot):
                    captures.append(found)
    return listed, captures, damage


def _package(resources: list[dict[str, str | int]], captures: list[Snapshot], tool: str) -> str:
    """``datapackage.json``. ``created`` is the date of the newest capture, so that equal archives give equal files."""
    newest = max(capture.captured_at for capture in captures)
    return _json(
        {
            "profile": "data-package",
            "title": "Sources of a text, as captured by linkcheck",
            "wacz_version": _VERSION,
            "software": tool,
            "created": iso(newest),
            "resources": resources,
        }
    )


def _json(values: dict[str, object]) -> str:
    return json.dumps(values, indent=2, ensure_ascii=False) + "\n"


def _file(packed: zipfile.ZipFile, name: str, path: Path) -> dict[str, str | int]:
    with in_words(path, "read"):
        size = path.stat().st_size
        return _entry(packed, name, size, _chunks(path))


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _text(packed: zipfile.ZipFile, name: str, text: str) -> dict[str, str | int]:
    content = text.encode()
    return _entry(packed, name, len(content), iter([content]))


def _entry(packed: zipfile.ZipFile, name: str, size: int, chunks: Iterator[bytes]) -> dict[str, str | int]:
    """Puts one entry in, and gives its line in the list of resources."""
    entry = zipfile.ZipInfo(name, _FIRST_DATE)
    entry.create_system = _UNIX
    entry.external_attr = 0o644 << 16
    entry.file_size = size  # By it zipfile decides whether the entry needs the large form.
    digest = hashlib.sha256()
    with packed.open(entry, "w") as stream:
        _copy(chunks, stream, digest)
    return {
        "name": name.rpartition("/")[2],
        "path": name,
        "hash": f"sha256:{digest.hexdigest()}",
        "bytes": entry.file_size,
    }


def _copy(chunks: Iterator[bytes], stream: IO[bytes], digest: hashlib._Hash) -> None:
    for chunk in chunks:
        digest.update(chunk)
        stream.write(chunk)
