"""WARC (ISO 28500), plain or gzipped: the addresses of what it captured, each once, with the day of its capture.

Only record heads are read; whether the records are sound is for an archive's verification to say.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from linkcheck import uri
from linkcheck.extract._fields import day
from linkcheck.extract._places import Places
from linkcheck.model import Citation, Document, Problem

NAME = "warc"
SUFFIXES = (".warc",)
NAMED_ONLY = True

_GZIP = b"\x1f\x8b"
_CAPTURES = (b"response", b"resource", b"revisit")
_LONGEST_HEAD = 64 * 1024
_MOST_BYTES = 4 * 1024 * 1024 * 1024
"""Decompressed; a bomb ends there."""
_PIECE = 256 * 1024
_FIELD = re.compile(rb"^(WARC-Type|WARC-Target-URI|WARC-Date|Content-Length)[ \t]*:[ \t]*(.*?)[ \t\r]*$", re.I | re.M)


def recognises(content: bytes) -> bool:
    """Whether it begins with a record, gzipped or not."""
    if content.startswith(b"WARC/"):
        return True
    if not content.startswith(_GZIP):
        return False
    try:
        return zlib.decompressobj(31).decompress(content[:4096], 16).startswith(b"WARC/")
    except zlib.error:
        return False


def citations(document: Document) -> Iterator[Citation | Problem]:
    """What ``response``, ``resource`` and ``revisit`` records captured from the web, in order.

    A file that breaks off or is damaged is read up to there, and a Problem says so.
    """
    return captured(document, document.content)


def captured(document: Document, content: bytes, seen: set[str] | None = None) -> Iterator[Citation | Problem]:
    """The same of bytes that are only a part of the document."""
    places = Places(document)
    known = set() if seen is None else seen
    stream = _Stream(content)
    while True:
        try:
            head = stream.head()
            fields = {name.lower(): value for name, value in _FIELD.findall(head)}
            length = fields.get(b"content-length", b"")
            if head and not (head.lstrip(b"\r\n").startswith(b"WARC/") and length.isdigit()):
                raise _Damaged("what should be a record is none")
        except _Damaged as damage:
            yield Problem(document.name, 0, f"this WARC is read up to byte {stream.position:,}: {damage}.")
            return
        if not head:
            return
        address = fields.get(b"warc-target-uri", b"").strip(b"<>").decode("utf-8", "replace")
        if fields.get(b"warc-type", b"").lower() in _CAPTURES and uri.is_web(address) and address not in known:
            known.add(address)
            made = places.cited(0, address, address, context="", is_link=True)
            if isinstance(made, Citation):
                moment = fields.get(b"warc-date", b"").decode("ascii", "replace")
                yield Citation(
                    made.url, address, document.name, 0, 0, accessed=day(moment), place=f"capture of {moment[:10]}"
                )
            elif made is not None:
                yield Problem(document.name, 0, made.message)
        try:
            stream.skip(int(length))
        except _Damaged as damage:
            yield Problem(document.name, 0, f"this WARC is read up to byte {stream.position:,}: {damage}.")
            return


class _Damaged(Exception):  # noqa: N818
    """The file breaks off, or is none from here on."""


class _Stream:
    """The records one after the other, decompressed as they are asked for; no more than a piece is held."""

    def __init__(self, content: bytes) -> None:
        self._content = memoryview(content)
        self._at = 0
        self._gzip = zlib.decompressobj(31) if content.startswith(_GZIP) else None
        self._buffer = b""
        self._read = 0

    @property
    def position(self) -> int:
        """How far into the file it has read."""
        return self._at

    def head(self) -> bytes:
        """The head of the next record with the empty lines before it; b"" at the end of the file."""
        while True:
            begin = len(self._buffer) - len(self._buffer.lstrip(b"\r\n"))
            end = self._buffer.find(b"\r\n\r\n", begin)
            if end >= 0:
                head, self._buffer = self._buffer[begin : end + 2], self._buffer[end + 4 :]
                return head
            if len(self._buffer) - begin > _LONGEST_HEAD:
                raise _Damaged("the head of a record does not end")
            if not self._more():
                if self._buffer.strip():
                    raise _Damaged("it breaks off within the head of a record")
                return b""

    def skip(self, length: int) -> None:
        """Passes over a record's block."""
        while length > len(self._buffer):
            length -= len(self._buffer)
            self._buffer = b""
            if not self._more():
                raise _Damaged("it breaks off within a record")
        self._buffer = self._buffer[length:]

    def _more(self) -> bool:
        """Another piece into the buffer; False at the end."""
        piece = b""
        while not piece:
            if self._gzip is None:
                piece = bytes(self._content[self._at : self._at + _PIECE])
                self._at += len(piece)
                if not piece:
                    return False
            else:
                piece = self._decompressed(self._gzip)
                if not piece and self._at >= len(self._content) and not self._gzip.unconsumed_tail:
                    if not self._gzip.eof:
                        raise _Damaged("it breaks off within a gzip member")
                    return False
        self._read += len(piece)
        if self._read > _MOST_BYTES:
            raise _Damaged(f"it holds more than {_MOST_BYTES // 1024**3} GB")
        self._buffer += piece
        return True

    def _decompressed(self, gzip: zlib._Decompress) -> bytes:
        if gzip.eof:
            rest = gzip.unused_data
            self._at -= len(rest)
            if self._at >= len(self._content):
                return b""
            gzip = self._gzip = zlib.decompressobj(31)
        feed = gzip.unconsumed_tail
        if not feed:
            feed = bytes(self._content[self._at : self._at + _PIECE])
            self._at += len(feed)
        try:
            return gzip.decompress(feed, _PIECE)
        except zlib.error:
            raise _Damaged("a gzip member is damaged") from None
