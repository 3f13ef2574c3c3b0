"""The words of a text: what is compared."""

from __future__ import annotations

import re
import unicodedata

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
NO_SPACE = re.compile(f"[{_UNSPACED}]")
FOOTNOTE_MARK = re.compile(r"(?<=\S)\[(?:\d{1,3}|[a-z]|note \d{1,3}|citation needed)\](?!\w)")
END_OF_WORD = re.compile(r"\w+\Z")
LONGEST_WORD = 40
# "nego-\ntiations" at the end of a printed line, "co-operate": a quote may have them as one word.
HYPHENED = re.compile(r"(?<![\w-])([^\W\d_]{1,40})[-\u2010\u2011][ \t]*\n?[ \t]*([^\W\d_]{1,40})(?![\w-])")
CHANGED_CASE = re.compile(r"\[(\w)\](?=\w)")
_INITIALS = re.compile(r"(?<![\w.])(?:[^\W\d_]\.){2,}|(?<![\w.])[^\W\d_](?:\.[^\W\d_])+(?![\w.])")
_THOUSANDS = re.compile(r"(?<![\w.,'])\d{1,3}(?:([,'])\d{3})(?:\1\d{3})*(?![,']?\d)")
_WORD = re.compile(
    rf"[{_UNSPACED}]"
    rf"|(?:(?<![\w)-])-(?=\d))?[^\W_{_UNSPACED}](?:[^\W_{_UNSPACED}]|[{_MARKS}]|'(?=[^\W_{_UNSPACED}])|(?<=\d)[.,](?=\d))*"
    r"|[$¢£¤¥֏؋₠-⃀%‰°]"
)


# As a text writes a word, for people.
AS_WRITTEN = re.compile(r"\d[\d.,]*\d|[^\W_]+(?:['’][^\W_]+)*")
_DOTS = r"(?:…|\.(?:\s?\.){2,3})"
# An ellipsis says that the quoter left words out: alone, or in the brackets that some house styles ask for.
ELLIPSIS = re.compile(rf"\[\s*{_DOTS}\s*\]|\(\s*{_DOTS}\s*\)|[…⋯]|\.(?:\s?\.){{2,3}}")


def normalise(text: str) -> str:
    """The words of a text, one space apart: what is compared. Of a normalised text it is that text again.

    A word keeps its inner apostrophes (``can't``) and a figure its points (``1,000`` is ``1000``, and not
    ``1.000``) and its sign; ``U.S.`` becomes ``us``. Percent, degree and currency signs are words.
    """
    return " ".join(_WORD.findall(_folded(text)))


def _folded(text: str) -> str:
    text = _MARKS_OF_TRADE.sub(" ", unseen_removed(text))
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    text = _DASHES.sub("-", _APOSTROPHES.sub("'", text))
    text = CHANGED_CASE.sub(r"\1", FOOTNOTE_MARK.sub(" ", text))
    text = _THOUSANDS.sub(lambda match: match[0].replace(match[1], ""), text)
    return _INITIALS.sub(lambda match: match[0].replace(".", ""), text)


def unseen_removed(text: str) -> str:
    # A pile of combining marks makes NFKC take time by its square (Unicode UAX 15 allows 30 in a stream).
    return _PILED_MARKS.sub(r"\1", _UNSEEN.sub("", text))


def verbatim(text: str) -> str:
    return "".join(ELLIPSIS.sub("", unicodedata.normalize("NFKC", unseen_removed(text))).split())
