"""WARC records as bytes, from exchanges. Pure: the same exchange gives the same record, identity included.

Written here and not with warcio: its header writer decodes and re-encodes HTTP heads (folds and odd bytes are
lost), and its compressor leaves the gzip header to zlib, so a byte of it could change unseen. warcio, fastwarc and
pywb judge the outcome in the tests.

WARC/1.1 (ISO 28500:2017), which all of them read: 1.0 does not know ``WARC-Refers-To-Target-URI`` and ``-Date``, by
which a revisit names its original. Dates are to the second, for CDX and page lists know no finer ones. Digests are
``sha256:`` and hex, the spelling of ``snapshots.jsonl`` and ``sha256sum``; warcio and fastwarc take hex and base32.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from linkcheck.archives import heads
from linkcheck.clock import iso
from linkcheck.model import Exchange
from linkcheck.uri import without_credentials, without_fragment

SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
FIELDS_TYPE = "application/warc-fields"
_REFERS_FILE = "WARC-Refers-To-Filename"
_REFERS_OFFSET = "WARC-Refers-To-File-Offset"

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://pypi.org/project/citation-linkcheck/#warc-record")

Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Original:
    """The record that holds a payload in full.

    Attributes:
        uri: its WARC-Target-URI.
        captured_at: its WARC-Date.
        warc, offset: where it lies, relative to ``archive/``.
    """

    uri: str
    captured_at: datetime
    warc: str
    offset: int


def digest(content: bytes) -> str:
    """``sha256:`` and hex."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def public(url: str) -> str:
    """A URL as it may be stored: without fragment and without ``user:password@``."""
    return without_credentials(without_fragment(url))


def warcinfo(name: str, made_at: datetime, tool: str, origins: Sequence[tuple[str, str]] = ()) -> bytes:
    """The first record of a file: who made it, how, and by which rules.

    ``origins``: name and digest of the files that its captures were imported from, if they were.
    """
    asked = "Captures of sources that a text cites, each asked for by its exact address"
    block = warc_fields(
        [
            ("software", f"{tool} (https://pypi.org/project/citation-linkcheck/)"),
            ("format", "WARC File Format 1.1"),
            ("conformsTo", "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"),
            ("robots", "ignore"),
            ("description", "Captures that other tools made, imported" if origins else asked),
            *(("imported-from", f"{one_line(origin)} {digest_}") for origin, digest_ in origins),
        ]
    )
    identity = _identity("warcinfo", name, made_at, block)
    return _record("warcinfo", identity, made_at, block, FIELDS_TYPE, [("WARC-Filename", name)])


@dataclass(frozen=True, slots=True)
class Records:
    """The records of one exchange.

    Attributes:
        request: empty where no request head was noted.
        answer: the ``response``, or the ``revisit`` that stands for it.
        identity: WARC-Record-ID of the answer.
    """

    request: bytes
    answer: bytes
    identity: str


def exchange_records(exchange: Exchange, original: Original | None = None) -> Records:
    """The records of one exchange; with an ``original`` that holds the same payload, a revisit of it."""
    kind = "revisit" if original else "response"
    head = heads.stored_response(exchange)
    block = head if original else head + exchange.body
    uri, moment = public(exchange.request.url), exchange.started_at
    identity = _identity(kind, uri, moment, block)
    fields: Fields = [("WARC-Target-URI", uri), ("WARC-Payload-Digest", digest(exchange.body))]
    if original:
        fields += [
            ("WARC-Profile", SAME_PAYLOAD),
            ("WARC-Refers-To-Target-URI", original.uri),
            ("WARC-Refers-To-Date", iso(original.captured_at)),
            # Beyond the standard, so that the original is found without an index.
            (_REFERS_FILE, original.warc.rpartition("/")[2]),
            (_REFERS_OFFSET, str(original.offset)),
        ]
    if exchange.truncated:
        fields.append(("WARC-Truncated", exchange.truncated))
    shared: Fields = [("WARC-IP-Address", exchange.address)] if exchange.address else []
    answer = _record(kind, identity, moment, block, "application/http; msgtype=response", fields + shared)
    asked = heads.stored_request(exchange)
    if not asked:
        return Records(b"", answer, identity)
    request = _record(
        "request",
        _identity("request", uri, moment, asked),
        moment,
        asked,
        "application/http; msgtype=request",
        [("WARC-Target-URI", uri), ("WARC-Concurrent-To", identity), *shared],
    )
    return Records(request, answer, identity)


def metadata(exchange: Exchange, answer: str, facts: Fields) -> bytes:
    """What is known of a finished capture beside its bytes; its last record. ``answer``: id of the response.

    Of type application/warc-fields, for pywb and cdxj-indexer list a JSON one as a capture of its own.
    """
    uri, moment, block = public(exchange.request.url), exchange.started_at, warc_fields(facts)
    identity = _identity("metadata", uri, moment, block)
    fields = [("WARC-Target-URI", uri), ("WARC-Concurrent-To", answer)]
    return _record("metadata", identity, moment, block, FIELDS_TYPE, fields)


def resource(uri: str, media_type: str, content: bytes, moment: datetime) -> bytes:
    """The record of something that no server answered: ``urn:fullPage:URL``, ``urn:thumbnail:URL``, ``urn:pdf:URL``.

    A screenshot, the same smaller, and a print; named as ArchiveWeb.page and Browsertrix name theirs
    (webrecorder/archiveweb.page pull 297).
    """
    identity = _identity("resource", uri, moment, content)
    fields = [("WARC-Target-URI", uri), ("WARC-Payload-Digest", digest(content))]
    return _record("resource", identity, moment, content, media_type, fields)


def refers_to(fields: Mapping[str, str]) -> tuple[str, int]:
    """File and offset of a revisit's original, from its WARC header; ("", 0) if it names none."""
    name, offset = fields.get(_REFERS_FILE.lower(), ""), fields.get(_REFERS_OFFSET.lower(), "")
    return (f"warcs/{name}", int(offset)) if name and offset.isdecimal() else ("", 0)


def warc_fields(fields: Fields) -> bytes:
    """A block of type application/warc-fields. Values stand on one line (:func:`one_line`)."""
    return b"".join(_line(name, value) for name, value in fields)


def one_line(text: str) -> str:
    """Text that fits a header line and UTF-8: white space becomes one space, lone surrogates a question mark."""
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())


def _record(kind: str, identity: str, moment: datetime, block: bytes, content_type: str, fields: Fields) -> bytes:
    lines = [
        ("WARC-Type", kind),
        ("WARC-Record-ID", identity),
        ("WARC-Date", iso(moment)),
        *fields,
        ("WARC-Block-Digest", digest(block)),
        ("Content-Type", content_type),
        ("Content-Length", str(len(block))),
    ]
    return b"WARC/1.1\r\n" + warc_fields(lines) + b"\r\n" + block + b"\r\n\r\n"


def _identity(kind: str, uri: str, moment: datetime, block: bytes) -> str:
    """Made of what the record says, to the microsecond, so that equal runs write equal files."""
    named = f"{kind} {uri} {moment.astimezone(UTC).isoformat()} {digest(block)}"
    return f"<urn:uuid:{uuid.uuid5(_NAMESPACE, named)}>"


def _line(name: str, value: str) -> bytes:
    if "\r" in value or "\n" in value:
        raise ValueError(f"{name} of a WARC record must stand on one line: {value!r}")
    return f"{name}: {value}\r\n".encode()
