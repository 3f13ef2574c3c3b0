"""LaTeX: ``\\url``, ``\\href`` and their kin, and what is typed bare; an own scanner.

TeX can only be read by TeX, and parsers that guess at it take a ``%`` inside ``\\url`` for a comment. Comments and
verbatim texts hold no links, and what macros would make up is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from linkcheck.citing.places import Places, excerpt
from linkcheck.citing.quotes import quoted_with_notes
from linkcheck.extract import _tex
from linkcheck.model import Citation, Document, Problem

NAME = "latex"
SUFFIXES = (".tex", ".latex", ".ltx", ".rnw")
CONFINED_FROM = 64 * 1024
"""Links within links are read again and again."""

_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_REACH = 1_200


def citations(document: Document) -> Iterator[Citation | Problem]:
    """Every URL that is typeset, in the order of the text; ``place`` is the key of its ``\\bibitem``."""
    places = Places(document)
    prose = _tex.read(document.text)
    text = prose.text.replace("\r\n", " \n").replace("\r", "\n")
    said = quoted_with_notes(
        text, [(link.begin, link.end) for link in prose.links], [(each[0] - 2, each) for each in prose.notes]
    )
    found = sorted(zip(prose.links, said, strict=True), key=lambda each: each[0].offset)
    for link, quotes in found:
        cited = places.cited(
            link.offset,
            link.written,
            link.address,
            context=_context(text, link),
            inferred=tuple(_tex.without_marks(words) for words in quotes),
            is_link=True,
            place=f"@{link.key}" if link.key else "",
        )
        if cited:
            yield cited


def _context(text: str, link: _tex.Link) -> str:
    """The paragraph around a link, as its readers see it; "" where the URL stands alone."""
    low = max(0, link.begin - _REACH)
    for blank in _BLANK_LINE.finditer(text, low, link.begin):
        low = blank.end()
    below = _BLANK_LINE.search(text, link.end, link.end + _REACH)
    high = below.start() if below else link.end + _REACH
    around = excerpt(text[low:high], link.begin - low, link.end - low)
    if not around and text[link.begin : link.end].strip() != link.address:
        around = text[link.begin : link.end]
    return " ".join(_tex.without_marks(around).split())
