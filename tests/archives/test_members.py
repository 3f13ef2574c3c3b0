"""Gzip members: any tool inflates them, and no byte of them changes unseen."""

from __future__ import annotations

import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.archives.members import OPENING, Broken, Member, next_opening, pack


def unpack(packed: bytes, offset: int = 0) -> tuple[bytes, int]:
    member = Member(io.BytesIO(packed), offset)
    return b"".join(member.chunks()), member.length


@given(st.binary(max_size=5000))
def test_a_member_is_gzip_and_gives_back_what_was_packed(content: bytes) -> None:
    packed = pack(content)
    assert gzip.decompress(packed) == content
    assert unpack(packed) == (content, len(packed))


def test_a_large_member_comes_in_chunks_that_keep_memory_flat() -> None:
    content = bytes(5_000_000)
    chunks = list(Member(io.BytesIO(pack(content)), 0).chunks())
    assert b"".join(chunks) == content
    assert max(map(len, chunks)) <= 1 << 18


def test_any_other_value_of_any_byte_is_noticed() -> None:
    """Runs of equal bytes, because there a changed match distance inflates to the same content."""
    packed = pack(b"abababab" * 20 + b"\0" * 200)
    for place in range(len(packed)):
        for mask in range(1, 256):
            changed = bytearray(packed)
            changed[place] ^= mask
            with pytest.raises(Broken):
                unpack(bytes(changed))


def test_gzip_alone_would_not_notice_all_of_them() -> None:
    """The reason for our own checksum: if this fails, it has become needless."""
    content = b"abababab" * 20 + b"\0" * 200
    packed = pack(content)
    unseen = 0
    for place in range(len(OPENING) + 4, len(packed)):
        changed = bytearray(packed)
        changed[place] ^= 0x80
        try:
            unseen += gzip.decompress(bytes(changed)) == content
        except (OSError, EOFError, gzip.zlib.error):  # type: ignore[attr-defined]
            continue
    assert unseen


def test_a_member_cut_anywhere_is_broken() -> None:
    packed = pack(b"some words " * 30)
    for length in range(len(packed)):
        with pytest.raises(Broken):
            unpack(packed[:length])


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_members_stand_one_after_another(first: bytes, second: bytes) -> None:
    packed = pack(first) + pack(second)
    content, length = unpack(packed)
    assert content == first
    assert unpack(packed, length)[0] == second


@given(st.integers(0, 600_000))
def test_the_next_member_is_found_across_the_borders_of_what_is_read_at_once(before: int) -> None:
    file = io.BytesIO(bytes(before) + pack(b"x"))
    assert next_opening(file, 0) == before
    assert next_opening(file, before + 1) is None
