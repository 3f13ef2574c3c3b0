"""What bytes are shown as a picture: whole PNG, JPEG and WebP, and nothing that only claims to be one."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkcheck.images import LONGEST_SIDE, Image, image_of
from tests.pictures import JPEG, SCRIPTED, WEBP, png


def wide_webp(width: int, height: int) -> bytes:
    """The head of an extended WebP (RFC 9649, 2.7) that says this size."""
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    chunk = b"VP8X" + struct.pack("<I", 10) + bytes(4) + sides
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (png(40, 30), Image("image/png", 40, 30)),
        (JPEG, Image("image/jpeg", 8, 6)),
        (WEBP, Image("image/webp", 8, 6)),
        (wide_webp(800, 7500), Image("image/webp", 800, 7500)),
        (b"RIFF\x16\0\0\0WEBPVP8L\x0a\0\0\0\x2f\x07\x40\x01\0\0\0\0\0\0", Image("image/webp", 8, 6)),
    ],
)
def test_a_picture_is_known_by_its_bytes(content: bytes, found: Image) -> None:
    assert image_of(content) == found


@pytest.mark.parametrize(
    "content",
    [
        b"",
        SCRIPTED,
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"GIF89a\x01\0\x01\0\0\0\0;",
        b"%PDF-1.7",
        b"\x89PNG\r\n\x1a\n",
        png()[:-1],
        png() + SCRIPTED,
        png().replace(b"IDAT", b"IDAX"),
        png(LONGEST_SIDE + 1, 1),
        png(0, 1),
        JPEG[:-2],
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8\xff\xe0\x00\x10" + SCRIPTED + b"\xff\xd9",
        WEBP[:-1],
        WEBP + SCRIPTED,
        b"RIFF\x0c\0\0\0WEBPXMP \0\0\0\0",
        wide_webp(LONGEST_SIDE + 1, 1),
    ],
)
def test_what_is_none_or_not_whole_is_no_picture(content: bytes) -> None:
    assert image_of(content) is None


@settings(max_examples=300, deadline=None)
@given(
    start=st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\x20\0\0\0WEBPVP8 ", WEBP[:20], JPEG[:40]]),
    rest=st.binary(max_size=80),
)
def test_no_bytes_whatever_are_more_than_no_picture(start: bytes, rest: bytes) -> None:
    found = image_of(start + rest)
    assert found is None or found.media_type in ("image/jpeg", "image/webp")
