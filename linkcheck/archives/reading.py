"""Reading our own WARC files strictly: a record is whole and unchanged, or it is :class:`Broken`.

Other readers are kind: ``warcio check`` ends with 0 on a file that was cut short, fastwarc ignores a wrong payload
digest unless asked. So the members, lengths and digests are proved here, for everything that reads the archive.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from linkcheck.archives import heads
from linkcheck.archives.disk import in_words
from linkcheck.archives.members import Broken, Member, next_opening
from linkcheck.clock import parse_iso
from linkcheck.errors import ArchiveError
from linkcheck.model import Headers
from linkcheck.uri import surt

_LONGEST_HEADER = 256 * 1024
_LONGEST_HEAD = 16 * 1024 * 1024
_LONGEST_FACTS = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Record:
    """One whole record.

    Attributes:
        offset, length: its place in the file, compressed bytes.
        fields: of the WARC header, names in lower case.
        head: the HTTP head of a request, response or revisit, to the empty line.
        body: what follows the head if it was asked for; of other types the block, always.
        status, headers: of a response or revisit, read from its head.
    """

    offset: int
    length: int
    fields: dict[str, str]
    head: bytes
    body: bytes
    status: int = 0
    headers: Headers = ()

    @property
    def kind(self) -> str:
        """WARC-Type."""
        return self.fields["warc-type"]

    @property
    def uri(self) -> str:
        """WARC-Target-URI; "" for a warcinfo record."""
        return self.fields.get("warc-target-uri", "")

    @property
    def moment(self) -> datetime:
        """WARC-Date."""
        return parse_iso(self.fields["warc-date"])

    def header(self, name: str) -> str:
        """The first HTTP header field of that name, "" if there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of a file that holds no whole record. ``uri`` is "" where it could not be read."""

    offset: int
    length: int
    message: str
    uri: str = ""


def read(file: BinaryIO, offset: int, *, with_body: bool = False) -> Record:
    """The record that begins at ``offset``, proved from its first byte to its last.

    Raises:
        Broken: it is not whole, or not as we wrote it.
    """
    member = Member(file, offset)
    stream = _Stream(member.chunks())
    fields: dict[str, str] = {}
    try:
        fields = _fields(stream.until_blank_line(_LONGEST_HEADER))
        head, body = _block(stream, fields, with_body)
        if stream.rest(5) != b"\r\n\r\n":
            raise Broken("it does not end where its Content-Length says")
        record = Record(offset, member.length, fields, head, body)
        return _answered(record) if record.kind in ("response", "revisit") else record
    except Broken as broken:
        raise Broken(str(broken), fields.get("warc-target-uri", "")) from None


def path_of(root: Path, name: str) -> Path | None:
    """A WARC file by its name relative to ``archive/``, closed or still open; None if it is not here."""
    closed = root / name
    return next((path for path in (closed, closed.with_name(f"{closed.name}.open")) if path.exists()), None)


def read_at(path: Path, offset: int) -> Record:
    """The record at a place, with its body.

    Raises:
        ArchiveError: it is damaged, or cannot be read.
    """
    with in_words(path, "read"), path.open("rb") as file:
        try:
            return read(file, offset, with_body=True)
        except Broken as broken:
            raise ArchiveError(f"{path} at offset {offset}: this record is damaged: {broken}.") from None


def scan(path: Path) -> Iterator[Record | Gap]:
    """Everything that stands in a file, first byte to last. After damage it goes on at the next whole record.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        yield from scan_from(file, 0)


def scan_from(file: BinaryIO, offset: int) -> Iterator[Record | Gap]:
    """As :func:`scan`, from a place in an open file."""
    end = file.seek(0, os.SEEK_END)
    while offset < end:
        try:
            record = read(file, offset)
        except Broken as broken:
            following = next_opening(file, offset + 1)
            stop = end if following is None else following
            yield Gap(offset, stop - offset, str(broken), broken.uri)
            offset = stop
        else:
            yield record
            offset += record.length


def facts(record: Record) -> dict[str, str]:
    """The fields of an application/warc-fields block."""
    return _lines(record.body)


class _Stream:
    """Chunks, with what was read too far put back."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._ahead = b""

    def until_blank_line(self, limit: int) -> bytes:
        collected = bytearray(self._ahead)
        while (end := collected.find(b"\r\n\r\n")) < 0:
            chunk = next(self._chunks, b"")
            if not chunk or len(collected) > limit:
                raise Broken("its header has no end")
            collected += chunk
        self._ahead = bytes(collected[end + 4 :])
        return bytes(collected[: end + 4])

    def pieces(self, count: int) -> Iterator[bytes]:
        while count:
            piece = self._ahead or next(self._chunks, b"")
            if not piece:
                raise Broken("it is shorter than its Content-Length")
            self._ahead = piece[count:]
            count -= len(piece) - len(self._ahead)
            yield piece[: len(piece) - len(self._ahead)]

    def rest(self, limit: int) -> bytes:
        """What follows, up to a little more than ``limit``: short of it, the member has been read to its end."""
        collected = self._ahead
        while len(collected) < limit and (chunk := next(self._chunks, b"")):
            collected += chunk
        return collected


def _block(stream: _Stream, fields: dict[str, str], with_body: bool) -> tuple[bytes, bytes]:
    """HTTP head and body; every digest that is stated is computed again."""
    length = int(fields["content-length"])
    block, payload = hashlib.sha256(), hashlib.sha256()
    head = b""
    is_http = fields.get("content-type", "").startswith("application/http")
    if is_http:
        head = stream.until_blank_line(min(length, _LONGEST_HEAD))
        block.update(head)
    if len(head) > length:
        raise Broken("it does not end where its Content-Length says")
    if not is_http and fields["warc-type"] != "resource":
        with_body = True
        if length > _LONGEST_FACTS:
            raise Broken("it is no record of a kind that is written here")
    body: list[bytes] = []
    for piece in stream.pieces(length - len(head)):
        block.update(piece)
        payload.update(piece)
        if with_body:
            body.append(piece)
    if fields["warc-block-digest"] != f"sha256:{block.hexdigest()}":
        raise Broken("its bytes do not fit its WARC-Block-Digest")
    # A revisit states the digest of its original's payload and holds none of its own.
    if (
        fields["warc-type"] in ("response", "resource")
        and fields["warc-payload-digest"] != f"sha256:{payload.hexdigest()}"
    ):
        raise Broken("its body does not fit its WARC-Payload-Digest")
    return head, b"".join(body)


def _answered(record: Record) -> Record:
    """With what its HTTP head says."""
    try:
        status, headers = heads.read_back(record.head)
        surt(record.uri)
    except ValueError:
        raise Broken("its HTTP head is not one that is written here") from None
    answered = replace(record, status=status, headers=headers)
    if not answered.header("content-length").isdecimal():
        raise Broken("its HTTP head is not one that is written here")
    return answered


_FOREIGN = "its WARC header is not one that is written here"
_NEEDED = ("warc-type", "warc-record-id", "warc-date", "warc-block-digest", "content-length")


def _fields(header: bytes) -> dict[str, str]:
    version, _, lines = header.partition(b"\r\n")
    fields = _lines(lines)
    missing = [name for name in _NEEDED if name not in fields]
    if fields.get("warc-type") in ("response", "revisit", "resource") and "warc-payload-digest" not in fields:
        missing.append("warc-payload-digest")
    if version != b"WARC/1.1" or missing or not fields["content-length"].isdecimal():
        raise Broken(_FOREIGN)
    try:
        parse_iso(fields["warc-date"])
    except ValueError:
        raise Broken(_FOREIGN) from None
    return fields


def _lines(block: bytes) -> dict[str, str]:
    lines = block.decode("utf-8", "replace").split("\r\n")
    pairs = (line.partition(": ") for line in lines if line)
    return {name.lower(): value for name, _, value in pairs}
