"""Likeness is a number between 0 and 1 that falls as texts part."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from linkcheck.likeness import shingled

WORDS = st.lists(st.sampled_from(["arms", "control", "trust", "verify", "treaty", "talks"]), max_size=12).map(" ".join)


@given(WORDS, WORDS)
def test_it_is_the_same_both_ways_and_whole_only_for_the_same_words(one: str, other: str) -> None:
    assert shingled(one, other) == shingled(other, one)
    assert 0 <= shingled(one, other) <= 1
    assert shingled(one, one.upper() + "!") == 1


def test_texts_without_a_shingle_in_common_are_unlike() -> None:
    assert shingled("trust but verify", "verify but trust") == 0
    assert shingled("a b c d e", "a b c d f") == 2 / 4
    assert shingled("", "words that are there") == 0
    assert shingled("", "") == 1
