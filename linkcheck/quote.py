"""Is this quote in this text? Words are compared, exactly and in order; how they are set in type is not. Pure.

No likeness score decides: a dropped "not" scores 95 of 100 with the usual measures and turns the meaning around.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from linkcheck.model import QuoteMatch

# An ellipsis says that the quoter left words out: alone, or in the brackets that some house styles ask for.
_ELLIPSIS = re.compile(r"\[\s*(?:…|\.(?:\s?\.){2,3})\s*\]|\(\s*(?:…|\.(?:\s?\.){2,3})\s*\)|[…⋯]|\.(?:\s?\.){2,3}")


def find(quote: str, text: str, *, where: str = "live") -> QuoteMatch:
    """Looks for a quote in a text: its parts between ellipses, in order, each at word borders.

    Letter case, white space, quotation marks, dashes, hyphens, soft hyphens and footnote marks such as ``[12]`` do
    not count; words and figures do, each of them. A quote without words (an emoji) is looked for as it stands; an
    empty one asks nothing and is found.

    Args:
        quote: the passage as the citing text gives it.
        text: of the source.
        where: what the text is, for the answer: ``live``, ``capture``, ``memento``.
    """
    return find_all((quote,), text, where=where)[0]


def find_all(
    quotes: tuple[str, ...], text: str, *, notes: Sequence[int] = (), where: str = "live"
) -> tuple[QuoteMatch, ...]:
    """:func:`find` for several quotes, with the text read once.

    Args:
        quotes, text, where: as there.
        notes: where in the text note marks may stand, as ``Page.notes``; a quote may have each or leave it out.
    """
    if not quotes:
        return ()
    words = f" {normalise(text)} "
    bare = f" {normalise(_less(text, notes))} " if notes else words
    return tuple(_match(quote, text, words, bare, notes, where) for quote in quotes)


def _match(quote: str, text: str, words: str, bare: str, notes: Sequence[int], where: str) -> QuoteMatch:
    if not normalise(quote):
        found = _verbatim(quote) in _verbatim(text)
    else:
        found = _in_order(quote, words)
        if notes and not found:
            found = _in_order(quote, bare) or _in_order(quote, f" {normalise(_less(text, notes, quote))} ")
    return QuoteMatch(quote, found, where if found else "")


def _less(text: str, notes: Sequence[int], quote: str = "") -> str:
    """The text less its note marks, but for those that make a word of the quote: "m2", beside a note in its midst."""
    kept = set(normalise(quote).split())
    pieces: list[str] = []
    last = 0
    for start, end in zip(notes[::2], notes[1::2], strict=True):
        before = _END_OF_WORD.search(text[max(last, start - _LONGEST_WORD) : start])
        if before is None or normalise(before[0] + text[start:end]) not in kept:
            pieces.append(text[last:start])
            last = end
    return "".join((*pieces, text[last:]))


def _in_order(quote: str, words: str) -> bool:
    place = 0
    for part in _ELLIPSIS.split(quote):
        wanted = normalise(part)
        if not wanted:
            continue
        place = words.find(f" {wanted} ", place)
        if place < 0:
            return False
        place += len(wanted) + 1  # the space at its end may begin the next part
    return True


def _verbatim(text: str) -> str:
    return "".join(_ELLIPSIS.sub("", unicodedata.normalize("NFKC", _unseen_removed(text))).split())


# ---------------------------------------------------------------- words

# Soft hyphen, zero-width and direction marks, variation selectors: nobody sees them, and pages are full of them.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]"
)
# NFKC would glue "TM" to the word before.
_MARKS_OF_TRADE = re.compile("[\u2120\u2122]")
_APOSTROPHES = re.compile("[\u2018\u2019\u201b\u02bc\u2032\uff07\u00b4`]")
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")

# Combining marks of the scripts in use: the re module has no \p{M}, and ``\w`` leaves them out.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07a6-\u07b0\u0900-\u0903\u093a-\u094f"
    "\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09d7\u0a01-\u0a03\u0a3c-\u0a51\u0a70\u0a71\u0a81-\u0a83"
    "\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57\u0b82\u0bbe-\u0bcd\u0c00-\u0c04\u0c3c-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6"
    "\u0d00-\u0d03\u0d3b-\u0d4d\u0d81-\u0d83\u0dca-\u0df3\u0f71-\u0f84\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    "\u3099\u309a\ufe20-\ufe2f"
)
_PILED_MARKS = re.compile(f"([{_MARKS}]{{30}})[{_MARKS}]+")

# Scripts written without spaces: every character is a word, so borders are those of characters.
_UNSPACED = (
    "\u0e01-\u0e4e\u0e81-\u0ece\u1000-\u103f\u1050-\u109f\u1780-\u17d3\u2e80-\u2fdf\u3005-\u3007\u3021-\u302f\u3031-\u3035"
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_FOOTNOTE_MARK = re.compile(r"(?<=\S)\[(?:\d{1,3}|[a-z]|note \d{1,3}|citation needed)\](?!\w)")
_END_OF_WORD = re.compile(r"\w+\Z")
_LONGEST_WORD = 40
_CHANGED_CASE = re.compile(r"\[(\w)\](?=\w)")
_INITIALS = re.compile(r"(?<![\w.])(?:[^\W\d_]\.){2,}|(?<![\w.])[^\W\d_](?:\.[^\W\d_])+(?![\w.])")
_WORD = re.compile(
    rf"[{_UNSPACED}]"
    rf"|(?:(?<![\w)-])-(?=\d))?[^\W_{_UNSPACED}](?:[^\W_{_UNSPACED}]|[{_MARKS}]|'(?=[^\W_{_UNSPACED}])|(?<=\d)[.,](?=\d))*"
    r"|[$¢£¤¥֏؋₠-⃀%‰°]"
)


def normalise(text: str) -> str:
    """The words of a text, one space apart: what is compared. Of a normalised text it is that text again.

    A word keeps its inner apostrophes (``can't``) and a figure its points and commas (``1,000`` is not ``1.000``)
    and its sign; ``U.S.`` becomes ``us``. Percent, degree and currency signs are words.
    """
    return " ".join(_WORD.findall(_folded(text)))


def _folded(text: str) -> str:
    text = _MARKS_OF_TRADE.sub(" ", _unseen_removed(text))
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    text = _DASHES.sub("-", _APOSTROPHES.sub("'", text))
    text = _CHANGED_CASE.sub(r"\1", _FOOTNOTE_MARK.sub(" ", text))
    return _INITIALS.sub(lambda match: match[0].replace(".", ""), text)


def _unseen_removed(text: str) -> str:
    # A pile of combining marks makes NFKC take time by its square (Unicode UAX 15 allows 30 in a stream).
    return _PILED_MARKS.sub(r"\1", _UNSEEN.sub("", text))
