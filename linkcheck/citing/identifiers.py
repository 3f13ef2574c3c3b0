"""Identifiers that are written without a URL: DOI, arXiv, ISBN, RFC; each has an address that resolves it. Pure.

A text that names a book has not cited an address, so this is for those who ask for it. What is taken is what can hardly
be anything else: it has its label, or a form of its own, and an ISBN its check digit. The first mention counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from linkcheck.citing.readings import Reading

PROSE = frozenset({"text", "markdown", "html", "rst", "asciidoc", "latex", "wikitext"})
"""Formats whose text is looked through. The others are lists and tables: identifiers have fields of their own there."""

_DOI = re.compile(
    r"(?<![\w/.=:-])(?P<label>(?:doi|DOI|Doi)[}*_]{0,2}(?:\s?:[}*_]{0,2}\s{0,2}|\s)|(?:dx\.)?doi\.org/)?"
    r"(?P<doi>10\.\d{4,9}(?:\.\d{1,9})*/(?:[^\s\"<>“”«»{}|\\^`]|<[^<>\s]{1,60}>(?=[0-9]\.[0-9]\.[A-Z]{2};[0-9])){1,200})"
)
_ARXIV = re.compile(
    r"\barxiv(?:\s?:\s{0,2}(?P<old>[a-z-]{2,12}(?:\.[A-Z]{2})?/\d{7}(?:v\d{1,2})?)"
    r"|(?:\s(?:preprint|e-print))?(?:\s?:\s{0,2}|\s)(?P<id>\d{4}\.\d{4,5}(?:v\d{1,2})?))(?!\d)",
    re.I,
)
_ISBN = re.compile(
    r"\b(?:[ep]-?)?ISBN(?:-1[03])?\s?:?\s{0,2}(?P<isbn>(?:97[89][ –‐‑-]?)?(?:\d[ –‐‑-]?){9}[\dXx])(?![\dXx])", re.I
)
_RFC = re.compile(r"(?<![\w/-])RFC[ \u00a0-]?(?P<number>[1-9]\d{0,4})(?![\w/])")
_MARKUP = "\\{:"
"""What a label begins with that is a macro, template or role: ``\\doi{``, ``{{doi|``, ``:rfc:``."""

_Found = tuple[int, int, int, str]
"""Where the label begins, where the number, where it ends, and the address."""

_TRAILS = ".,;:!?'’*_"
_PAIRS = {")": "(", "]": "["}


@dataclass(frozen=True, slots=True)
class Identifier:
    """One that stands in a text: its offset, as written, and the URL that resolves it."""

    offset: int
    written: str
    address: str


def find(text: str, format_: str = "text") -> Iterator[Identifier]:
    """The first mention of every identifier in a text of that format, in order; none of what is code or markup."""
    reading = Reading(text, format_)
    seen: set[str] = set()
    for label, number, end, address in sorted([*_dois(reading.text), *_others(reading.text)]):
        if address not in seen:
            seen.add(address)
            begin = reading.place(label)
            if text[begin] in _MARKUP:
                begin = reading.place(number)
            yield Identifier(begin, text[begin : reading.place_behind(end)], address)


def doi_address(doi: str) -> str:
    """Where a DOI resolves; what a URL cannot hold (``<``, ``#``, ``%``) is escaped (DOI Handbook 3.7)."""
    return f"https://doi.org/{quote(doi, safe='/:;().,-_~!$&+=@*')}"


def isbn(written: str) -> str:
    """The digits of an ISBN, or "" where its check digit is wrong (ISBN Users' Manual, appendix 1)."""
    digits = re.sub(r"[^\dXx]", "", written).upper()
    if len(digits) == 10 and "X" not in digits[:9]:
        total = sum((10 - place) * (10 if sign == "X" else int(sign)) for place, sign in enumerate(digits))
        return digits if total % 11 == 0 else ""
    if len(digits) == 13 and digits.isdigit() and digits[:3] in ("978", "979"):
        total = sum((3 if place % 2 else 1) * int(sign) for place, sign in enumerate(digits))
        return digits if total % 10 == 0 else ""
    return ""


def _dois(text: str) -> Iterator[_Found]:
    for match in _DOI.finditer(text):
        doi = _ended(match["doi"])
        suffix = doi.partition("/")[2]
        # "10.2010/11.2010" is a date; without its label a DOI needs letters to be one.
        if suffix and (match["label"] or (len(suffix) >= 4 and re.search(r"[A-Za-z]", suffix))):
            number = match.start("doi")
            yield match.start(), number, number + len(doi), doi_address(doi)


def _ended(doi: str) -> str:
    """Without what belongs to the sentence: punctuation, and a bracket that was opened before it."""
    while doi:
        last = doi[-1]
        opening = _PAIRS.get(last)
        if last in _TRAILS or (opening and doi.count(last) > doi.count(opening)):
            doi = doi[:-1]
        else:
            break
    return doi


def _others(text: str) -> Iterator[_Found]:
    for match in _ARXIV.finditer(text):
        name = "id" if match["id"] else "old"
        yield match.start(), match.start(name), match.end(), f"https://arxiv.org/abs/{match[name]}"
    for match in _ISBN.finditer(text):
        if digits := isbn(match["isbn"]):
            # Not Open Library: it answers 404 for a book it does not hold, and a book is not dead for that.
            yield match.start(), match.start("isbn"), match.end(), f"https://www.worldcat.org/isbn/{digits}"
    for match in _RFC.finditer(text):
        address = f"https://www.rfc-editor.org/rfc/rfc{match['number']}"
        yield match.start(), match.start("number"), match.end(), address
