"""HTTP heads as they are stored: every byte that can stay stays, and every reader finds the same end. Pure.

A response body is stored de-chunked, so its head must say so (pywb keeps ``Transfer-Encoding: chunked`` over such a
body, and fastwarc then reads garbage); what the server said stays under ``X-Archive-Orig-``.
"""

from __future__ import annotations

import re

from linkcheck.model import Exchange
from linkcheck.uri import without_credentials

_SECRET = (b"authorization", b"cookie", b"proxy-authorization")
_ORIGINAL = b"X-Archive-Orig-"


def stored_response(exchange: Exchange) -> bytes:
    """The response head for the archive, to the empty line.

    ``Transfer-Encoding`` is renamed, ``Content-Length`` is that of the stored body, a status line that is not
    HTTP/1.x is replaced and kept as ``X-Archive-Orig-Status-Line``; lines end with CRLF; empty folds are dropped.
    """
    status_line, fields = _parts(exchange.head)
    kept: list[bytes] = []
    if not re.match(rb"HTTP/1\.[01] %03d(?: |$)" % exchange.status, status_line):
        kept += [_ORIGINAL + b"Status-Line: " + status_line] if status_line else []
        status_line = b"HTTP/1.1 %03d " % exchange.status
    length = b"%d" % len(exchange.body)
    lengths = [_value(field) for field in fields if _name(field) == b"content-length"]
    true_length = lengths == [length]
    for field in fields:
        renamed = _name(field) == b"transfer-encoding" or (_name(field) == b"content-length" and not true_length)
        kept.append(_ORIGINAL + field if renamed else field)
    if not true_length:
        kept.append(b"Content-Length: " + length)
    return _joined(status_line, kept)


def stored_request(exchange: Exchange) -> bytes:
    """The request head for the archive, to the empty line; empty if none is known.

    Credentials are never stored: the values of ``Authorization``, ``Cookie`` and ``Proxy-Authorization``, and
    ``user:password@`` in a request line as proxies are sent them.
    """
    if not exchange.sent.strip():
        return b""
    request_line, fields = _parts(exchange.sent)
    words = request_line.decode("latin-1").split(" ")
    request_line = " ".join(map(without_credentials, words)).encode("latin-1")
    return _joined(
        request_line,
        [field.partition(b":")[0] + b": (not stored)" if _name(field) in _SECRET else field for field in fields],
    )


def read_back(head: bytes) -> tuple[int, tuple[tuple[str, str], ...]]:
    """Status and header fields of a stored response head, decoded as ISO 8859-1.

    Raises:
        ValueError: the status line is none of ours.
    """
    status_line, fields = _parts(head)
    parts = status_line.split(b" ", 2)
    if len(parts) < 2 or not parts[1].isdigit():
        raise ValueError(f"no HTTP status line: {status_line[:80]!r}")
    return int(parts[1]), tuple(
        (name.strip().decode("latin-1"), _unfolded(value).decode("latin-1"))
        for name, colon, value in (field.partition(b":") for field in fields)
        if colon
    )


def _parts(head: bytes) -> tuple[bytes, list[bytes]]:
    """The first line, and each field with its folded lines."""
    first, *lines = [line.rstrip(b"\r") for line in head.split(b"\n")]
    fields: list[bytes] = []
    for line in lines:
        if _blank(line):
            continue
        if line[:1] in (b" ", b"\t") and fields:
            fields[-1] += b"\r\n" + line
        else:
            fields.append(line.lstrip(b" \t"))
    return first, fields


def _blank(line: bytes) -> bool:
    """Whether a reader may take the line for the end of the head: warcio strips Unicode's spaces as well."""
    return not line.decode("latin-1").strip() or not line.decode("utf-8", "replace").strip()


def _name(field: bytes) -> bytes:
    return field.partition(b":")[0].strip().lower()


def _value(field: bytes) -> bytes:
    return field.partition(b":")[2].strip()


def _unfolded(value: bytes) -> bytes:
    """RFC 9112 5.2: a fold counts as a space."""
    return b" ".join(line.strip(b" \t") for line in value.split(b"\r\n")).strip()


def _joined(first: bytes, fields: list[bytes]) -> bytes:
    return b"\r\n".join([first, *fields, b"", b""])
