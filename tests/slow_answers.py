"""For the tests of ``linkcheck.confined``: a module whose answers do harm when they are told to."""

from __future__ import annotations

from collections.abc import Iterator


def answers(content: bytes) -> Iterator[str]:
    yield f"got {len(content)}"
    while content == b"for ever":
        pass
    if content == b"much":
        yield str(len(bytearray(3 * 1024**3)))
