"""Passages in quotation marks beside the source that are not on it: said, and not held against it.

An article has words in quotation marks that are nobody's, or turn somebody's around ("Distrust and can't verify" beside
a link to the proverb "Trust, but verify"). Whose they are cannot be told, so nothing is said against the source.
"""

from __future__ import annotations

from linkcheck.judge.case import Case

_LONGEST = 120


def remark(case: Case) -> str:
    """`` “Distrust and can't verify” is not on it.`` for each, with a space before; "" where there is none.

    Nor where the passages may be of any source of the document: :mod:`linkcheck.matching` says which no source has.
    """
    if case.citation.apart:
        return ""
    missing = (match.quote for match in case.loose if not match.found)
    return "".join(f" “{_short(passage)}” is not on it." for passage in missing)


def _short(passage: str) -> str:
    return passage if len(passage) <= _LONGEST else f"{passage[:_LONGEST].rstrip()}…"
