"""Pictures to test with, made for it: PNG of one colour, a JPEG and a WebP of 8 × 6 pixels, and what is none."""

from __future__ import annotations

import base64
import struct
import zlib

JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8yb"
    "qmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAARCAAG"
    "AAgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAABP/EAB"
    "QRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/AIgDBH//2Q=="
)
WEBP = base64.b64decode("UklGRjIAAABXRUJQVlA4ICYAAACQAQCdASoIAAYABABoJaACdLoAA5gA/ulpHxPF28hvr4ApvkAAAA==")
SCRIPTED = b"<svg xmlns='http://www.w3.org/2000/svg' onload='document.title=\"taken\"'><script>alert(1)</script></svg>"


def png(width: int = 40, height: int = 30, colour: bytes = b"\x20\x60\xa0", noise: bytes = b"") -> bytes:
    """A PNG of one colour; ``noise`` goes into it as a chunk that nobody shows, to make it as large as is wanted."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + colour * width) * height)
    further = chunk(b"teSt", noise) if noise else b""
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + further + chunk(b"IEND", b"")
