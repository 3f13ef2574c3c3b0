"""Records of other tools' WARC and ARC files, read strictly: a file is whole from first byte to last, or refused.

warcio reads the headers of both formats. What it forgives is asked for here: a Content-Length that is missing or false,
a block that is cut short, a digest that does not fit, something between two records.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from linkcheck.archives import heads
from linkcheck.clock import parse_iso, parse_timestamp14
from linkcheck.errors import InputError
from linkcheck.importing.unpacking import Plain
from linkcheck.model import Headers

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecordLoader

MOST_IN_MEMORY = 256 * 1024 * 1024
"""Bytes of a record that are taken in; a larger one is left where it is."""

_CHUNK = 1 << 18
_BLANK = b"\r\n\t "
_HASHES = {"md5": hashlib.md5, "sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha512": hashlib.sha512}


class Refused(Exception):  # noqa: N818  it never leaves this module and its caller
    """Why a record cannot be believed."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """One record, proved as far as it can be.

    Attributes:
        plain: where it stands.
        number: 1 for the first record of the file.
        offset: in the file as it was handed in.
        start, length: of its block, in ``plain.stream``.
        kind: WARC-Type; an ARC record is a ``response``.
        fields: of the WARC header, names in lower case.
        uri: WARC-Target-URI, "" for none.
        moment: WARC-Date.
        head, status, headers: of an HTTP response that stands in it; b"", 0 and () for anything else.
        digest: ``sha256:`` and hex of its body as it is stored here, de-chunked; "" without one.
        verb: of an HTTP request, "" for anything else.
    """

    plain: Plain
    number: int
    offset: int
    start: int
    length: int
    kind: str
    fields: dict[str, str]
    uri: str
    moment: datetime
    head: bytes = b""
    status: int = 0
    headers: Headers = ()
    digest: str = ""
    verb: str = ""

    @property
    def identity(self) -> str:
        """WARC-Record-ID."""
        return self.fields.get("warc-record-id", "")

    def header(self, name: str) -> str:
        """The first HTTP header field of that name, "" if there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    def body(self) -> tuple[bytes, str]:
        """The body, de-chunked, and why it ends early in the words of WARC-Truncated, "" where it does not."""
        block = _block(self.plain, self.start, self.length)
        body, whole = _dechunked(block[len(self.head) :], self.headers)
        return body, self.fields.get("warc-truncated", "") or ("" if whole else "unspecified")


def records(plain: Plain) -> Iterator[Foreign]:
    """Every record of a stream, in order.

    Raises:
        InputError: one is damaged or none is there; names the file, the record, its offset and its URL.
    """
    from warcio.recordloader import ArcWarcRecordLoader

    loader = ArcWarcRecordLoader(verify_http=False, arc2warc=True)
    end = plain.stream.seek(0, os.SEEK_END)
    number, at, known_format = 0, _past_blank(plain, 0), ""
    while at < end:
        number += 1
        offset, uri = plain.packed_offset(at), ""
        try:
            if not known_format:
                known_format = _format(plain, at)
            fields, start, length = _header(plain, at, loader, known_format)
            uri = fields.get("warc-target-uri", "")
            if start + length > end:
                raise Refused(f"the file ends {start + length - end:,} bytes before this record does")
            yield _record(plain, number, offset, fields, start, length)
            at = _past_blank(plain, start + length)
            if at == start + length < end and known_format == "warc":
                raise Refused("something other than an empty line follows it, so its Content-Length is false")
        except Refused as refused:
            whose = f" ({uri})" if uri else ""
            raise InputError(f"{plain.name}: record {number} at offset {offset}{whose}: {refused}") from None
    if not number:
        raise InputError(f"{plain.name}: there is no record in it")


def _past_blank(plain: Plain, at: int) -> int:
    """Where the next thing begins that is no white space."""
    plain.stream.seek(at)
    while chunk := plain.stream.read(_CHUNK):
        rest = chunk.lstrip(_BLANK)
        if rest:
            return at + len(chunk) - len(rest)
        at += len(chunk)
    return at


def _format(plain: Plain, at: int) -> str:
    plain.stream.seek(at)
    beginning = plain.stream.read(32)
    if beginning.startswith(b"WARC/"):
        return "warc"
    # A file that was cut out of a larger one may begin without the description that ARC asks for.
    if re.match(rb"[a-z][a-z0-9+.-]*:", beginning):
        return "arc"
    raise Refused(f"neither a WARC nor an ARC record begins here: {beginning[:20]!r}")


def _header(plain: Plain, at: int, loader: ArcWarcRecordLoader, known_format: str) -> tuple[dict[str, str], int, int]:
    """The fields of a header, and where its block begins and how long it is."""
    from warcio.exceptions import ArchiveLoadFailed

    plain.stream.seek(at)
    try:
        parsed = loader.parse_record_stream(plain.stream, None, known_format, no_record_parse=True)
    except (ArchiveLoadFailed, ValueError, TypeError, IndexError, AttributeError, EOFError):
        raise Refused(f"no {known_format.upper()} record begins here") from None
    # Before anything of the block is read, so this is its beginning.
    start = plain.stream.tell()
    fields = {str(name).lower(): str(value) for name, value in parsed.rec_headers.headers}
    length: Any = fields.get("content-length", "") if known_format == "warc" else parsed.length
    if isinstance(length, str):
        if not re.fullmatch(r"[0-9]{1,18}", length):
            raise Refused(f"its Content-Length is no number: {length[:40]!r}" if length else "it has no Content-Length")
        length = int(length)
    elif length is None or length < 0 or not re.fullmatch(r"[0-9]{1,18}", fields.get("content-length", "0")):
        raise Refused("its length is no number")
    if known_format == "arc":
        fields["warc-type"] = str(parsed.rec_type)
    return fields, start, int(length)


def _record(plain: Plain, number: int, offset: int, fields: dict[str, str], start: int, length: int) -> Foreign:
    kind = fields.get("warc-type", "")
    if not kind:
        raise Refused("it has no WARC-Type")
    uri, moment = fields.get("warc-target-uri", ""), _moment(fields.get("warc-date", ""))
    bare = Foreign(plain, number, offset, start, length, kind, fields, uri, moment)
    if length > MOST_IN_MEMORY:
        _prove(fields, "warc-block-digest", _pieces(plain, start, length))
        return bare
    block = _block(plain, start, length)
    _prove(fields, "warc-block-digest", [block])
    if kind == "request":
        verb = re.match(rb"([A-Z]{1,20}) ", block)
        return replace(bare, verb=verb[1].decode() if verb else "")
    if kind not in ("response", "revisit") or not uri.lower().startswith(("http:", "https:")):
        return bare
    head = _head(block)
    if head is None:
        return bare
    try:
        status, headers = heads.read_back(head)
    except ValueError:
        return bare
    if kind == "revisit":
        return replace(bare, head=head, status=status, headers=headers)
    raw = block[len(head) :]
    body, _ = _dechunked(raw, headers)
    if "warc-segment-number" not in fields:
        # The standard means the body without its chunks; several tools take it with them (warcio issue 74).
        _prove(fields, "warc-payload-digest", [raw], [body])
    digest = f"sha256:{hashlib.sha256(body).hexdigest()}"
    return replace(bare, head=head, status=status, headers=headers, digest=digest)


_DAY = r"(?:19|20)\d\d(?:-\d\d(?:-\d\d(?:{time})?)?)?"
_TIME = r"T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?"
_DATE = re.compile(_DAY.format(time=_TIME) + r"|(?:19|20)\d{2,12}")


def _moment(text: str) -> datetime:
    """A WARC-Date: RFC 3339 or the beginning of it, as WARC 1.1 allows; older tools write up to 14 digits."""
    try:
        if not _DATE.fullmatch(text):
            raise ValueError
        return parse_iso(text) if "T" in text else parse_timestamp14(text.replace("-", ""))
    except ValueError:
        raise Refused(f"its date is none: {text[:40]!r}" if text else "it has no date") from None


def _block(plain: Plain, start: int, length: int) -> bytes:
    plain.stream.seek(start)
    return plain.stream.read(length)


def _pieces(plain: Plain, start: int, length: int) -> Iterator[bytes]:
    plain.stream.seek(start)
    while length and (piece := plain.stream.read(min(_CHUNK, length))):
        length -= len(piece)
        yield piece


def _prove(fields: dict[str, str], name: str, *candidates: Any) -> None:
    """Holds a stated digest against what the bytes give; one of the candidates must fit."""
    algorithm, _, stated = fields.get(name, "").partition(":")
    make = _HASHES.get(algorithm.strip().lower().replace("-", ""))
    if make is None or not stated:
        return  # Nothing is stated, or in a way that is not known here.
    for candidate in candidates:
        hashed = make(usedforsecurity=False)
        for piece in candidate:
            hashed.update(piece)
        if stated.strip().lower() == hashed.hexdigest() or stated.strip().upper().rstrip("=") == base64.b32encode(
            hashed.digest()
        ).decode().rstrip("="):
            return
    raise Refused(f"its bytes do not fit its {'WARC-Block-Digest' if 'block' in name else 'WARC-Payload-Digest'}")


def _head(block: bytes) -> bytes | None:
    """The HTTP head, to its empty line; None where the block does not begin with one."""
    if not block.startswith(b"HTTP/"):
        return None
    end = re.search(rb"\r?\n\r?\n", block)
    return block[: end.end()] if end else block + b"\r\n\r\n"


_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")


def _dechunked(body: bytes, headers: Headers) -> tuple[bytes, bool]:
    """The body without its chunks, and whether the last of them was there.

    pywb says chunked over a body that is not: what does not begin with the size of a chunk is taken as it is.
    """
    codings = ",".join(value for name, value in headers if name.lower() == "transfer-encoding").lower()
    if "chunked" not in codings or not _SIZE.match(body):
        return body, True
    whole = bytearray()
    at = 0
    while found := _SIZE.match(body, at):
        size = int(found[1], 16)
        if not size:
            return bytes(whole), True
        piece = body[found.end() : found.end() + size]
        end = re.compile(rb"\r?\n").match(body, found.end() + size)
        if not at and not end:
            return body, True  # It only looked like the size of a chunk.
        whole += piece
        if len(piece) < size or end is None:
            break
        at = end.end()
    return bytes(whole), False


def date_of(text: str) -> datetime | None:
    """A date as a WARC header writes it; None where it is none."""
    try:
        return _moment(text).astimezone(UTC)
    except Refused:
        return None
