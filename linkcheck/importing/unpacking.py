"""Archive files of other tools as plain streams of records: gzip taken off, WACZ opened, every checksum proved.

Other readers are kind to damage here as well: warcio ends without a word where a gzip member is cut short.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, cast

from linkcheck.errors import InputError
from linkcheck.uri import normalise, without_fragment
from linkcheck.zips import CORRUPT

ENDINGS = (".warc", ".warc.gz", ".arc", ".arc.gz", ".wacz")
"""What files are called that can be imported."""

MOST_UNPACKED = 64 * 1024**3
"""Bytes that one file may unpack to: a gzip of 64 MiB of zeros must not fill the disk of whoever is handed it."""

_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_STRANGERS = {b"\x04\x22\x4d\x18": "lz4", b"\x28\xb5\x2f\xfd": "zstd", b"\x5d\x2a\x4d\x18": "zstd", b"BZh": "bzip2"}
_CHUNK = 1 << 18
_LONGEST_LIST = 64 * 1024 * 1024

Pages = frozenset[tuple[str, str]]
"""URL and date (RFC 3339, to the second) of the pages that a WACZ lists."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Records without their packing.

    Attributes:
        name: of the file, with ``!`` and the name inside a WACZ.
        digest: ``sha256:`` and hex of the packed file, as it was handed in.
        stream: the records, from its beginning to its end; may be sought in.
        starts: where each gzip member begins: in ``stream``, and in the file. Empty where nothing was packed.
        pages: of the WACZ; None where there is no such list.
    """

    name: str
    digest: str
    stream: BinaryIO
    starts: tuple[tuple[int, int], ...] = ()
    pages: Pages | None = None

    def packed_offset(self, offset: int) -> int:
        """The place in the file as it was handed in: of a packed one, where the gzip member begins."""
        if not self.starts:
            return offset
        return self.starts[max(0, bisect_right(self.starts, (offset, 1 << 62)) - 1)][1]


@contextmanager
def opened(path: Path) -> Iterator[tuple[Plain, ...]]:
    """The streams of records in a file: one, or those of a WACZ. What was packed is unpacked into nameless files.

    Raises:
        InputError: it is not there, is no file of such a kind, or is damaged; says where.
    """
    with ExitStack() as stack:
        try:
            file = stack.enter_context(path.open("rb"))
            beginning = file.read(4)
            digest = _digest(file)
            if beginning == _ZIP:
                yield tuple(_wacz(path.name, file, digest, stack))
            else:
                yield (_plain(path.name, file, digest, stack),)
        except OSError as error:
            raise InputError(f"{path}: cannot be read ({error.strerror or error})") from error


def _digest(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    file.seek(0)
    return f"sha256:{digest.hexdigest()}"


def _plain(name: str, file: BinaryIO, digest: str, stack: ExitStack, pages: Pages | None = None) -> Plain:
    beginning = file.read(4)
    file.seek(0)
    if not beginning:
        raise InputError(f"{name}: the file is empty")
    for magic, packing in _STRANGERS.items():
        if beginning.startswith(magic):
            raise InputError(f"{name}: it is packed with {packing}, which is not read here; unpack it first")
    if not beginning.startswith(_GZIP):
        return Plain(name, digest, file, pages=pages)
    unpacked = _nameless(stack)
    starts = _gunzip(name, file, unpacked)
    unpacked.seek(0)
    return Plain(name, digest, unpacked, starts, pages)


def _nameless(stack: ExitStack) -> BinaryIO:
    """A file that is gone when the stack ends, or the process does."""
    return cast("BinaryIO", stack.enter_context(tempfile.TemporaryFile()))


def _gunzip(name: str, file: BinaryIO, unpacked: BinaryIO) -> tuple[tuple[int, int], ...]:
    """Takes gzip off, member by member, each proved by its CRC and length; where each begins."""
    starts: list[tuple[int, int]] = []
    at = written = 0
    pending = b""
    while pending := pending or file.read(_CHUNK):
        starts.append((written, at))
        inflater = zlib.decompressobj(31)
        while not inflater.eof:
            if not pending and not (pending := file.read(_CHUNK)):
                raise InputError(f"{name}: the file ends in the middle of the gzip member at offset {starts[-1][1]}")
            try:
                chunk = inflater.decompress(pending, _CHUNK)
            except zlib.error:
                raise InputError(f"{name}: the gzip member at offset {starts[-1][1]} is damaged") from None
            rest = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
            at += len(pending) - len(rest)
            pending = rest
            written += len(chunk)
            if written > MOST_UNPACKED:
                raise InputError(f"{name}: it unpacks to more than {MOST_UNPACKED // 1024**3} GiB")
            unpacked.write(chunk)
    return tuple(starts)


# ---------------------------------------------------------------- WACZ


def _wacz(name: str, file: BinaryIO, digest: str, stack: ExitStack) -> Iterator[Plain]:
    try:
        packed = stack.enter_context(zipfile.ZipFile(file))
        wacz = _Wacz(name, packed)
        pages = wacz.pages()
        warcs = [entry for entry in wacz.names() if entry.startswith("archive/") and entry.endswith(ENDINGS)]
        if not warcs:
            raise InputError(f"{name}: it is a zip file without WARC files in archive/, so it is no WACZ")
        # The digests of all of it first: a WACZ that was changed anywhere is not taken in by halves.
        spooled = [(entry, wacz.spooled(entry, stack)) for entry in warcs]
        wacz.prove_the_rest(set(warcs))
        for entry, stream in spooled:
            yield _plain(f"{name}!{entry}", stream, digest, stack, pages)
    except CORRUPT as error:
        raise InputError(f"{name}: the WACZ is damaged ({error})") from None


@dataclass(slots=True)
class _Wacz:
    name: str
    packed: zipfile.ZipFile
    digests: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.digests = self._digests()

    def names(self) -> list[str]:
        return [entry.filename for entry in self.packed.infolist() if not entry.is_dir()]

    def pages(self) -> Pages | None:
        """What its page list names; None without one."""
        if "pages/pages.jsonl" not in self.names():
            return None
        found: set[tuple[str, str]] = set()
        for line in self._text("pages/pages.jsonl").splitlines():
            try:
                said = json.loads(line)
                url, moment = normalise(said["url"]), str(said["ts"])
            except (ValueError, KeyError, TypeError):
                continue  # The first line describes the others, and a line that says nothing lists nothing.
            if url:
                found.add((without_fragment(url), f"{moment[:19]}Z"))
        return frozenset(found) or None

    def spooled(self, entry: str, stack: ExitStack) -> BinaryIO:
        """An entry as a file that can be sought in, proved."""
        stream = _nameless(stack)
        self._prove(entry, stream)
        stream.seek(0)
        return stream

    def prove_the_rest(self, proved: set[str]) -> None:
        missing = sorted(self.digests.keys() - set(self.names()))
        if missing:
            raise InputError(f"{self.name}: its datapackage.json names {missing[0]}, which is not in it")
        for entry in self.digests.keys() - proved:
            self._prove(entry, None)

    def _prove(self, entry: str, stream: BinaryIO | None) -> None:
        digest, size = hashlib.sha256(), 0
        with self.packed.open(entry) as packed:
            while chunk := packed.read(_CHUNK):
                size += len(chunk)
                if size > MOST_UNPACKED:
                    raise InputError(f"{self.name}!{entry}: it unpacks to more than {MOST_UNPACKED // 1024**3} GiB")
                digest.update(chunk)
                if stream:
                    stream.write(chunk)
        stated = self.digests.get(entry, "")
        if stated and stated != f"sha256:{digest.hexdigest()}":
            raise InputError(f"{self.name}!{entry}: its bytes do not fit the digest in datapackage.json")

    def _digests(self) -> dict[str, str]:
        """The SHA-256 digests that ``datapackage.json`` states, itself held against ``datapackage-digest.json``."""
        names = self.names()
        if "datapackage.json" not in names:
            return {}
        text = self._text("datapackage.json")
        stated = self._json("datapackage-digest.json").get("hash") if "datapackage-digest.json" in names else None
        own = f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
        if isinstance(stated, str) and stated.startswith("sha256:") and stated != own:
            raise InputError(f"{self.name}!datapackage.json: its bytes do not fit datapackage-digest.json")
        resources = self._json("datapackage.json").get("resources")
        listed = resources if isinstance(resources, list) else []
        return {
            str(one.get("path")): str(one.get("hash"))
            for one in listed
            if isinstance(one, dict) and str(one.get("hash")).startswith("sha256:")
        }

    def _json(self, entry: str) -> dict[str, Any]:
        try:
            said = json.loads(self._text(entry))
        except ValueError:
            raise InputError(f"{self.name}!{entry}: this is no JSON") from None
        return said if isinstance(said, dict) else {}

    def _text(self, entry: str) -> str:
        with self.packed.open(entry) as packed:
            content = packed.read(_LONGEST_LIST + 1)
        if len(content) > _LONGEST_LIST:
            raise InputError(f"{self.name}!{entry}: it is longer than {_LONGEST_LIST // 1024**2} MiB")
        try:
            return content.decode()
        except UnicodeDecodeError:
            raise InputError(f"{self.name}!{entry}: this is not UTF-8") from None
