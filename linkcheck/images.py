"""What a picture's bytes are, whatever anybody says of them: PNG, JPEG or WebP, whole from first byte to last. Pure.

Nothing else is a picture here. SVG and HTML are documents that may run scripts, and a decoder that is seldom used is a
way into a browser.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Literal, NamedTuple

LONGEST_SIDE = 16_384
"""Pixels. Browsers draw no more (a texture in Chromium); a few bytes may claim 2³¹, at the cost of the reader."""

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
"""Start of frame, baseline, extended and progressive: what browsers decode (ITU T.81, table B.1)."""
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers without a length."""


class Image(NamedTuple):
    """A picture: its media type and its size in pixels."""

    media_type: str
    width: int
    height: int


def image_of(content: bytes) -> Image | None:
    """What the bytes are; None where they are no whole picture of a kind that is shown here.

    Its frame is proved and not its pixels: of a PNG every chunk by its checksum, of a WebP its length, of
    a JPEG that it has a frame and an end. Who shows it names the type that is found here, and no other.
    """
    try:
        if content.startswith(_PNG):
            found = Image("image/png", *_png(content))
        elif content.startswith(_JPEG):
            found = Image("image/jpeg", *_jpeg(content))
        elif content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            found = Image("image/webp", *_webp(content))
        else:
            return None
    except (IndexError, ValueError):
        return None
    return found if 0 < found.width <= LONGEST_SIDE and 0 < found.height <= LONGEST_SIDE else None


def _number(content: bytes, at: int, size: int, order: Literal["big", "little"] = "big") -> int:
    piece = content[at : at + size]
    if len(piece) != size:
        raise ValueError("it is cut short")
    return int.from_bytes(piece, order)


def _png(content: bytes) -> tuple[int, int]:
    """Width and height; PNG (ISO 15948), 5.3 and 11.2.2."""
    chunks = list(_chunks(content))
    names = [name for name, _ in chunks]
    if names[0] != b"IHDR" or names[-1] != b"IEND" or b"IDAT" not in names or names.count(b"IEND") != 1:
        raise ValueError("its chunks are not those of a picture")
    return _number(content, 16, 4), _number(content, 20, 4)


def _chunks(content: bytes) -> Iterator[tuple[bytes, int]]:
    """Name and length of each, its checksum proved."""
    at = len(_PNG)
    while at < len(content):
        length = _number(content, at, 4)
        stated = _number(content, at + 8 + length, 4)
        if zlib.crc32(memoryview(content)[at + 4 : at + 8 + length]) != stated:
            raise ValueError("a checksum does not fit")
        yield content[at + 4 : at + 8], length
        at += 12 + length


def _jpeg(content: bytes) -> tuple[int, int]:
    """Width and height, of the frame header that comes before the first scan; ITU T.81, B.2."""
    if not content.endswith(b"\xff\xd9"):
        raise ValueError("it has no end")
    at = 2
    while at < len(content):
        marker = content[at + 1]
        if content[at] != 0xFF or marker == 0xDA:
            break
        if marker in _FRAMES:
            return _number(content, at + 7, 2), _number(content, at + 5, 2)
        at += 1 if marker == 0xFF else 2 if marker in _ALONE else 2 + _number(content, at + 2, 2)
    raise ValueError("it has no frame")


def _webp(content: bytes) -> tuple[int, int]:
    """Width and height; RFC 9649, 2.4 to 2.7, and RFC 6386, 9.1."""
    if _number(content, 4, 4, "little") + 8 != len(content):
        raise ValueError("it does not end where it says")
    kind = content[12:16]
    if kind == b"VP8X":
        return 1 + _number(content, 24, 3, "little"), 1 + _number(content, 27, 3, "little")
    if kind == b"VP8L" and content[20] == 0x2F:
        packed = _number(content, 21, 4, "little")
        return 1 + (packed & 0x3FFF), 1 + (packed >> 14 & 0x3FFF)
    if kind == b"VP8 " and content[23:26] == b"\x9d\x01\x2a":
        return _number(content, 26, 2, "little") & 0x3FFF, _number(content, 28, 2, "little") & 0x3FFF
    raise ValueError("it is no picture")
