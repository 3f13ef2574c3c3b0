"""Gzip members, one a WARC record, made so that every byte of them can be proved.

Gzip's own CRC covers what was compressed, not the compressed bytes: one changed bit in the header, in the padding
after the last deflate block, or in a match distance inside a run of equal bytes inflates to the very same content.
So the header is always the same, except for one extra field (RFC 1952 2.3.1.1) that holds the CRC-32 of the
deflate stream. Readers skip that field; wget has long written another one into its WARC files.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

OPENING = b"\x1f\x8b\x08\x04" + b"\0\0\0\0" + b"\0\xff" + struct.pack("<H2sH", 8, b"LC", 4)
"""What each member of ours begins with: deflate, an extra field, no date, no level, no system."""

_HEADER_LENGTH = len(OPENING) + 4
_TRAILER_LENGTH = 8
_CHUNK = 1 << 18
_FIRST_CHUNK = 2048
_LEVEL = 6
"""zlib's usual level: 9 takes twice the time and saves 1 % on HTML."""


class Broken(Exception):  # noqa: N818 - a fact about a stretch of bytes, not an error of ours
    """A stretch of bytes is no whole record as we write them. ``uri``: of the record, where it could be read."""

    def __init__(self, message: str, uri: str = "") -> None:
        super().__init__(message)
        self.uri = uri


TORN = "the file ends in the middle of this record"


def pack(content: bytes) -> bytes:
    """One whole gzip member holding ``content``."""
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    stream = compressor.compress(content) + compressor.flush()
    trailer = struct.pack("<II", zlib.crc32(content), len(content) & 0xFFFFFFFF)
    return OPENING + struct.pack("<I", zlib.crc32(stream)) + stream + trailer


class Member:
    """One gzip member at a place in a file, inflated a chunk at a time and proved on the way.

    ``length`` is the number of its compressed bytes, known once :meth:`chunks` has come to its end.
    """

    def __init__(self, file: BinaryIO, offset: int) -> None:
        self._file = file
        self._offset = offset
        self.length = 0

    def chunks(self) -> Iterator[bytes]:
        """The content. The first chunk is small, so that a record can say its name before damage further on.

        Raises:
            Broken: not a whole and unchanged member of ours.
        """
        stream_crc = self._header()
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        pending, limit = b"", _FIRST_CHUNK
        packed = packed_crc = size = content_crc = 0
        while not inflater.eof:
            pending = pending or self._file.read(_CHUNK)
            if not pending:
                raise Broken(TORN)
            try:
                chunk = inflater.decompress(pending, limit)
            except zlib.error:
                raise Broken("its compressed bytes were changed") from None
            rest = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
            used = len(pending) - len(rest)
            packed += used
            packed_crc = zlib.crc32(memoryview(pending)[:used], packed_crc)
            size += len(chunk)
            content_crc = zlib.crc32(chunk, content_crc)
            pending, limit = rest, _CHUNK
            if chunk:
                yield chunk
        self._trailer(packed, struct.pack("<II", content_crc, size & 0xFFFFFFFF))
        if packed_crc != stream_crc:
            raise Broken("its compressed bytes were changed")
        self.length = _HEADER_LENGTH + packed + _TRAILER_LENGTH

    def _header(self) -> int:
        self._file.seek(self._offset)
        header = self._file.read(_HEADER_LENGTH)
        if not header.startswith(OPENING[: len(header)]):
            raise Broken("no record begins here, or its first bytes were changed")
        if len(header) < _HEADER_LENGTH:
            raise Broken(TORN)
        return int.from_bytes(header[len(OPENING) :], "little")

    def _trailer(self, packed: int, expected: bytes) -> None:
        self._file.seek(self._offset + _HEADER_LENGTH + packed)
        trailer = self._file.read(_TRAILER_LENGTH)
        if len(trailer) < _TRAILER_LENGTH:
            raise Broken(TORN)
        if trailer != expected:
            raise Broken("its checksum or length does not fit its content")


def next_opening(file: BinaryIO, offset: int) -> int | None:
    """Where the next member begins at or after ``offset``; None if none does."""
    file.seek(offset)
    window = b""
    at = offset
    while chunk := file.read(_CHUNK):
        window += chunk
        found = window.find(OPENING)
        if found >= 0:
            return at + found
        kept = min(len(window), len(OPENING) - 1)
        at += len(window) - kept
        window = window[len(window) - kept :]
    return None
