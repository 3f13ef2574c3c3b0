"""The bytes of a body: content codings, charset, media type. Pure; ``page.py`` stands on it."""

from __future__ import annotations

import codecs
import re
import zlib

from linkcheck.model import Headers

MOST_BYTES = 8 * 1024 * 1024
"""Decompressed bytes that are read by default: real pages stay far below, and as much hostile HTML takes 2 to 3 s."""

KNOWN_CODINGS = frozenset({"gzip", "x-gzip", "deflate", "identity"})
"""Content codings that are undone here."""

_MOST_CODINGS = 5
_MOST_MEMBERS = 10_000
_PIECE = 64 * 1024
PRESCAN = 1024
"""Bytes in which a declaration is looked for (WHATWG HTML 13.2.3.2)."""


def media_type(headers: Headers) -> str:
    """Of Content-Type, lower case, without parameters; "" where there is none."""
    return _field(headers, "content-type").partition(";")[0].strip().lower()


# ---------------------------------------------------------------- Content-Encoding


def decode_body(body: bytes, headers: Headers, limit: int = MOST_BYTES) -> bytes | None:
    """The body without its content codings (RFC 9110 8.4.1): gzip, x-gzip, deflate, identity, or several of them.

    A damaged or truncated stream gives what could be decoded. A body that says gzip and is none is taken as it is.

    Args:
        body: as received, de-chunked.
        headers: of the response.
        limit: bytes that come out at most; memory and time stay in proportion to it, whatever was sent.

    Returns:
        None for a coding that is not known here (``br``, ``zstd``), or for more than five of them.
    """
    found = decoded(body, headers, limit)
    return None if found is None else found[0]


def decoded(body: bytes, headers: Headers, limit: int = MOST_BYTES) -> tuple[bytes, bool] | None:
    """As :func:`decode_body`, and whether that is all: within the limit, and of streams that come to their end.

    A proxy that lost the other half of a gzip stream may well have sent a Content-Length that fits.
    """
    codings = content_codings(headers)
    if len(codings) > _MOST_CODINGS:
        return None
    whole = True
    for coding in reversed(codings):
        if coding in ("gzip", "x-gzip"):
            body, ends = _gunzip(body, limit) if body[:2] == b"\x1f\x8b" else (body, True)
        elif coding == "deflate":
            body, ends = _undeflate(body, limit)
        elif coding == "identity":
            ends = True
        else:
            return None
        whole = whole and ends
    return body[:limit], whole and len(body) < limit


def content_codings(headers: Headers) -> list[str]:
    """Of Content-Encoding, lower case, in the order in which they were applied."""
    fields = ",".join(value for name, value in headers if name.lower() == "content-encoding")
    return [coding for coding in (part.strip().lower() for part in fields.split(",")) if coding]


def _gunzip(body: bytes, limit: int) -> tuple[bytes, bool]:
    out = bytearray()
    member = zlib.decompressobj(31)
    members = 1
    at = 0
    ends = False
    while at < len(body) and len(out) < limit:
        piece = body[at : at + _PIECE]
        whole = _inflate(member, piece, out, limit)
        at += len(piece) - len(member.unused_data)
        ends = whole and member.eof
        if not whole:
            break
        if member.eof:
            # 16 MiB can hold 800,000 empty members; no server sends more than a few.
            members += 1
            if members > _MOST_MEMBERS:
                return bytes(out), False
            if body[at : at + 2] != b"\x1f\x8b":
                break
            member = zlib.decompressobj(31)
    return bytes(out), ends


def _undeflate(body: bytes, limit: int) -> tuple[bytes, bool]:
    """Either with the zlib header that RFC 9110 asks for, or raw, as some servers send it."""
    zlib_header = len(body) > 1 and body[0] & 15 == 8 and (body[0] << 8 | body[1]) % 31 == 0
    for wbits in (15, -15) if zlib_header else (-15,):
        out = bytearray()
        stream = zlib.decompressobj(wbits)
        whole = True
        for at in range(0, len(body), _PIECE):
            whole = _inflate(stream, body[at : at + _PIECE], out, limit)
            if not whole or stream.eof or len(out) >= limit:
                break
        if out:
            return bytes(out), whole and stream.eof
    return b"", not body


def _inflate(stream: zlib._Decompress, piece: bytes, out: bytearray, limit: int) -> bool:
    """Appends what a piece gives; false where the stream is damaged, with all that came before the damage."""
    before = stream.copy()
    try:
        out += stream.decompress(piece, limit - len(out))
    except zlib.error:
        for place in range(len(piece)):
            try:
                out += before.decompress(piece[place : place + 1], max(1, limit - len(out)))
            except zlib.error:
                break
        return False
    return True


# ---------------------------------------------------------------- charset

_DECLARED = re.compile(
    rb"<meta[^>]*?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)", re.I
)

# WHATWG Encoding Standard: what a label means there, where Python means something narrower or does not know it.
_LABELS = {
    **dict.fromkeys(("ascii", "us-ascii", "latin1", "l1", "iso-8859-1", "iso8859-1", "x-cp1252"), "cp1252"),
    **dict.fromkeys(("windows-1252", "x-user-defined", "ansi_x3.4-1968"), "cp1252"),
    **dict.fromkeys(("iso-8859-9", "iso8859-9", "latin5", "l5"), "cp1254"),
    **dict.fromkeys(("tis-620", "iso-8859-11", "windows-874", "dos-874"), "cp874"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb_2312-80", "chinese", "gb18030"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cn-big5"), "big5hkscs"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "ms_kanji"), "cp932"),
    **dict.fromkeys(("euc-kr", "korean", "ks_c_5601-1987", "windows-949"), "cp949"),
    **dict.fromkeys(("macintosh", "mac", "x-mac-roman"), "mac_roman"),
    **dict.fromkeys(("utf-16", "utf-16le", "unicode", "ucs-2"), "utf-16-le"),
    **dict.fromkeys(("x-mac-cyrillic", "x-mac-ukrainian"), "mac_cyrillic"),
    "iso-8859-8-i": "iso8859-8",
    "utf-16be": "utf-16-be",
    "euc-jp": "euc_jp",
    "x-euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp",
}
# What Python may look up by itself: single-byte families and UTF-8. Never "zlib", "idna", "utf-7" or "unicode_escape".
_LOOKED_UP = re.compile(r"utf-?8|(iso-?8859-|windows-|cp|x-cp)\d{1,4}|koi8-?[rtu]?|ibm866|866")


def decode_text(content: bytes, headers: Headers) -> str:
    """By byte order mark, Content-Type, declaration in the body, else UTF-8, else windows-1252 (WHATWG's order)."""
    for mark, codec in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if content.startswith(mark):
            return content[len(mark) :].decode(codec, "replace")
    named = re.search(r"charset\s*=\s*[\"']?\s*([^\s;\"']+)", _field(headers, "content-type"), re.I)
    codec = _codec(named[1]) if named else ""
    if not codec:
        declared = _DECLARED.search(content[:PRESCAN])
        codec = _codec((declared[1] or declared[2]).decode("ascii", "replace")) if declared else ""
        # A page that could be read up to its declaration is not UTF-16, whatever it says (WHATWG 13.2.3.2).
        codec = "utf-8" if codec.startswith("utf-16") else codec
    if codec:
        text = content.decode(codec, "replace")
        return text if codec == "utf-8" else _as_utf8(content, codec, text)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as trouble:
        # A body that our own limit cut inside a last character is UTF-8 still, if it had others before.
        cut = trouble.reason == "unexpected end of data" and not content[: trouble.start].isascii()
        return content.decode("utf-8" if cut else "cp1252", "replace")


# Every other one takes a byte for a character, and almost any bytes.
_SEVERAL_BYTES = frozenset({"gb18030", "big5hkscs", "cp932", "cp949", "euc_jp", "iso2022_jp", "utf-16-le", "utf-16-be"})


def _as_utf8(content: bytes, codec: str, text: str) -> str:
    """The content as UTF-8 where it is that and its label names another charset; else ``text``, as the label says.

    Servers add ``charset=iso-8859-1`` to pages of any kind. What is no UTF-8 is never valid UTF-8 but by rare chance;
    that is greatest with few characters of several bytes, so there the label must have failed.
    """
    if content.isascii() or (codec in _SEVERAL_BYTES and "\ufffd" not in text):
        return text
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return text


def _codec(label: str) -> str:
    """The Python codec of a WHATWG label, "" where there is none."""
    label = label.strip().lower()
    codec = _LABELS.get(label, "")
    if not codec and _LOOKED_UP.fullmatch(label):
        codec = label.removeprefix("x-")
    try:
        return codecs.lookup(codec).name if codec else ""
    except LookupError:
        return ""


def sniff(content: bytes) -> str:
    """What a body without Content-Type is (a small part of WHATWG MIME Sniffing)."""
    head = content[:PRESCAN].lstrip(b"\xef\xbb\xbf \t\r\n\f").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<title", b"<!--")):
        return "text/html"
    return "" if looks_binary(content) else "text/plain"


def looks_binary(content: bytes) -> bool:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    return b"\0" in content[:PRESCAN]


def _field(headers: Headers, wanted: str) -> str:
    return next((value for name, value in headers if name.lower() == wanted), "")
