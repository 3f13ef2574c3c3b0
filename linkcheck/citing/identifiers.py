"""Identifiers that are written without a URL: DOI, arXiv, ISBN, RFC; each has an address that resolves it. Pure.

A text that names a book has not cited an address, so this is for those who ask for it. What is taken is what can hardly
be anything else: it has its label, or a form of its own, and an ISBN its check digit. The first mention counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

PROSE = frozenset({"text", "markdown", "html", "rst", "asciidoc", "latex", "wikitext"})
"""Formats whose text is looked through. The others are lists and tables: identifiers have fields of their own there."""

_DOI = re.compile(
    r"(?<![\w/.=:-])(?P<label>(?:doi|DOI|Doi)(?:\s?:\s?|\s))?"
    r"(?P<doi>10\.\d{4,9}(?:\.\d{1,9})*/[^\s\"<>“”«»{}|\\^`]{1,200})"
)
_ARXIV = re.compile(
    r"\barxiv\s?:\s?(?P<id>\d{4}\.\d{4,5}(?:v\d{1,2})?|[a-z-]{2,12}(?:\.[A-Z]{2})?/\d{7}(?:v\d{1,2})?)(?!\d)", re.I
)
_ISBN = re.compile(r"\bISBN(?:-1[03])?\s?:?\s?(?P<isbn>(?:97[89][ –-]?)?(?:\d[ –-]?){9}[\dXx])(?![\dXx])", re.I)
_RFC = re.compile(r"(?<![\w/-])RFC[  ]?(?P<number>[1-9]\d{0,4})(?![\w/])")
_TRAILS = ".,;:!?'’*_"
_PAIRS = {")": "(", "]": "["}

_TAG = re.compile(r"<[a-z/!][^<>]*>", re.I)
_UNREAD = re.compile(r"<(?:!--|(?P<element>script|style|code|pre|title)\b)", re.I)
_CODE = re.compile(r"^(?P<fence>```+|~~~+).*?(?:^(?P=fence)|\Z)|`[^`\n]+`", re.M | re.S)
_COMMENTS = {"latex": re.compile(r"(?<!\\)%.*"), "wikitext": re.compile(r"<!--.*?-->", re.S)}


@dataclass(frozen=True, slots=True)
class Identifier:
    """One that stands in a text: its offset, as written, and the URL that resolves it."""

    offset: int
    written: str
    address: str


def find(text: str, format_: str = "text") -> Iterator[Identifier]:
    """The first mention of every identifier in a text of that format, in order; none of what is code or markup."""
    plain = _without_markup(text, format_)
    found = [*_dois(plain), *_others(plain)]
    seen: set[str] = set()
    for each in sorted(found, key=lambda one: one.offset):
        if each.address not in seen:
            seen.add(each.address)
            yield each


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


def _dois(text: str) -> Iterator[Identifier]:
    for match in _DOI.finditer(text):
        doi = _ended(match["doi"])
        suffix = doi.partition("/")[2]
        # "10.2010/11.2010" is a date; without its label a DOI needs letters to be one.
        if suffix and (match["label"] or (len(suffix) >= 4 and re.search(r"[A-Za-z]", suffix))):
            start = match.start()
            yield Identifier(start, text[start : match.start("doi") + len(doi)], doi_address(doi))


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


def _others(text: str) -> Iterator[Identifier]:
    for match in _ARXIV.finditer(text):
        yield Identifier(match.start(), match[0], f"https://arxiv.org/abs/{match['id']}")
    for match in _ISBN.finditer(text):
        if digits := isbn(match["isbn"]):
            # Not Open Library: it answers 404 for a book it does not hold, and a book is not dead for that.
            yield Identifier(match.start(), match[0], f"https://www.worldcat.org/isbn/{digits}")
    for match in _RFC.finditer(text):
        yield Identifier(match.start(), match[0], f"https://www.rfc-editor.org/rfc/rfc{match['number']}")


def _without_markup(text: str, format_: str) -> str:
    """The text with spaces for what is markup or code, so that offsets stay."""
    if format_ in ("markdown", "html"):
        text = _TAG.sub(_blank, _without_elements(text))
    if format_ == "markdown":
        text = _CODE.sub(_blank, text)
    if format_ in _COMMENTS:
        text = _COMMENTS[format_].sub(_blank, text)
    return text


def _without_elements(text: str) -> str:
    pieces: list[str] = []
    position = 0
    while opening := _UNREAD.search(text, position):
        closing = f"</{opening['element']}" if opening["element"] else "-->"
        # Not the tokenizer's answer to what nobody closes, but linear, and it finds less rather than more.
        end = re.compile(re.escape(closing), re.I).search(text, opening.end())
        after = end.end() if end else len(text)
        pieces += [text[position : opening.start()], " " * (after - opening.start())]
        position = after
    return "".join([*pieces, text[position:]])


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
