"""How much two texts are alike, as a number. Pure; opinions on it are the judge's."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+")
_SHINGLE = 3


def shingled(one: str, other: str) -> float:
    """Jaccard similarity of the sets of three-word shingles, 0 to 1 (Broder 1997), as Bar-Yossef et al. 2004 have it.

    Case and punctuation do not count. Two texts without words are alike; texts of one or two words are one shingle.
    """
    ours, theirs = _shingles(one), _shingles(other)
    if not ours or not theirs:
        return float(ours == theirs)
    return len(ours & theirs) / len(ours | theirs)


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    if len(words) < _SHINGLE:
        return {tuple(words)} if words else set()
    return set(zip(words, words[1:], words[2:], strict=False))
