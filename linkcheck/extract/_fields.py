"""Fields of records as citations: a URL with the title, author and dates that stand beside it. Shared by formats."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape, unescape

from linkcheck import uri
from linkcheck.citing import dates
from linkcheck.citing.identifiers import doi_address
from linkcheck.citing.places import Places
from linkcheck.extract.text import find_urls
from linkcheck.model import Citation, Document, Problem

_MOST_MISSED = 100
_DAY = re.compile(r"\s*(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?!\d)")
_WHOLE = re.compile(r"\s*(https?://\S+)\s*\Z", re.I)
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.)\S+", re.I)
_DOI = re.compile(r"\s*(?:doi\s?:?\s*)?(10\.\d{4,9}(?:\.\d+)*/\S{1,200})\s*\Z", re.I)


_BEGINS_XML = re.compile(r"\s*<[?!A-Za-z]")
_DOCUMENT_TYPE = re.compile(r"<!DOCTYPE\b[^\[>]*(?:\[.*?\]\s*)?>", re.S)
_NAMESPACE = re.compile(
    r"\b(?:xmlns(?::[\w.-]{1,80})?|[\w.-]{1,80}:(?:noNamespaceS|s)chemaLocation)\s{0,9}=\s{0,9}"
    r"(?:\"[^\"]{0,4000}\"|'[^']{0,4000}')"
)

_HEADERS = {
    "title": ("title", "page title", "article title", "titel", "titre", "título", "titulo", "titolo"),
    "author": ("author", "authors", "creator", "autor", "autorin", "autoren", "auteur", "auteurs", "autore"),
    "dated": ("date", "published", "publication date", "year", "publication year", "datum", "jahr", "année", "fecha"),
    "accessed": (
        "accessed", "access date", "accessed on", "accessed at", "retrieved", "urldate", "date accessed",
        "last accessed", "abgerufen", "abgerufen am", "zugriff", "abruf", "consulté le", "consultado",
    ),
    "memento": ("memento", "archive url", "archived url", "archiveurl", "wayback", "snapshot", "archivlink"),
    "quotes": ("quote", "quotes", "quotation", "passage", "zitat", "citation text", "cita"),
    "doi": ("doi",),
}  # fmt: skip
_FIELD_OF = {name: field for field, names in _HEADERS.items() for name in names}


def field_of(header: str) -> str:
    """What a column or key of that name says of a source: a field of :class:`About`, or ``doi``; "" for any other."""
    return _FIELD_OF.get(re.sub(r"[\s_-]+", " ", header[:80]).strip().lower(), "")


@dataclass(frozen=True, slots=True)
class About:
    """What a record says of its source; see :class:`linkcheck.model.Citation`."""

    title: str = ""
    author: str = ""
    dated: str = ""
    accessed: date | None = None
    memento: str = ""
    quotes: tuple[str, ...] = ()
    place: str = ""
    context: str = ""


NOTHING = About()


def about_of(fields: Mapping[str, str]) -> About:
    """What the values of fields say, by their names (:func:`field_of`)."""
    quote = squeezed(fields.get("quotes", ""))
    return About(
        title=fields.get("title", ""),
        author=fields.get("author", ""),
        dated=dates.iso(fields.get("dated", "")),
        accessed=dates.day(fields.get("accessed", "")),
        memento=fields.get("memento", ""),
        quotes=(quote,) if quote else (),
    )


def cite(places: Places, offset: int, written: str, address: str, about: About = NOTHING) -> Citation | Problem | None:
    """The citation of an address that a record gives, with what is said about it."""
    made = places.cited(offset, written, address, context=about.context, quotes=about.quotes, is_link=True)
    if not isinstance(made, Citation):
        return made
    memento = uri.normalise(about.memento) or ""
    return replace(
        made,
        title=called(about.title),
        author=squeezed(about.author),
        dated=about.dated,
        accessed=about.accessed,
        memento=memento if uri.is_web(memento) and memento != made.url else "",
        place=about.place,
    )


def called(title: str) -> str:
    """A title on one line; "" where it is an address, which no page calls itself (py-wacz, bookmarks, feeds)."""
    words = squeezed(title)
    return "" if _ADDRESS.fullmatch(words) else words


def addresses(value: str) -> Iterator[tuple[str, str]]:
    """What a value cites, as written and as address: the whole of it where it is one URL, else those that it holds."""
    whole = _WHOLE.match(value)
    if whole and len(re.findall(r"https?://", value, re.I)) == 1:
        yield whole[1], whole[1]
    else:
        for _, written in find_urls(value):
            yield written, written


def doi_of(value: str) -> str:
    """The address that resolves a DOI field; "" where it holds none, or a URL already."""
    found = _DOI.match(value)
    return doi_address(found[1]) if found else ""


def plain_text(document: Document) -> Iterator[Citation | Problem]:
    """The URLs of a text that is not in the format it should be in: better than nothing, and nothing is lost.

    In XML they are written with its escapes, and those of its namespaces and document type are no sources.
    """
    places = Places(document)
    is_xml = _BEGINS_XML.match(document.text) is not None
    text = _declarations_blanked(document.text) if is_xml else document.text
    for offset, written in find_urls(text):
        context = places.context(offset, offset + len(written))
        if made := places.cited(offset, written, unescape(written) if is_xml else written, context=context):
            yield made


def _declarations_blanked(text: str) -> str:
    declared = _DOCUMENT_TYPE.match(text, max(0, text.find("<!DOCTYPE")))
    if declared:
        begin, end = declared.span()
        text = text[:begin] + " " * (end - begin) + text[end:]
    return _NAMESPACE.sub(lambda found: " " * len(found[0]), text)


def place_of(text: str, written: str, begin: int, end: int) -> tuple[int, str]:
    """Where a value stands in the raw text between two offsets, and how it is written there; ``begin`` if escaped."""
    found = text.find(written, begin, end)
    return (found, written) if found >= 0 else (begin, written)


def within(
    places: Places, text: str, begin: int, end: int, found: Iterable[Citation | Problem]
) -> Iterator[tuple[int, Citation | Problem]]:
    """Citations of a text that is packed into a value (the HTML of a feed's item), where they stand in the document.

    ``begin`` and ``end`` are the offsets of the value; an address that is written there in escapes stands at its begin.
    """
    at, missed = begin, 0
    for each in found:
        offset = -1
        if isinstance(each, Citation) and missed < _MOST_MISSED:
            spellings = dict.fromkeys((each.written, escape(each.written, quote=False)))
            offset = min((hit for one in spellings if (hit := text.find(one, at, end)) >= 0), default=-1)
            missed += offset < 0
        at = offset + 1 if offset >= 0 else at
        line, column = places.at(offset if offset >= 0 else begin)
        if isinstance(each, Citation):
            yield max(offset, begin), replace(each, line=line, column=column)
        else:
            yield begin, replace(each, line=line)


def dated(value: str) -> str:
    """``2024-08-28``, ``2024-08`` or ``2024`` of a date that begins so (``2024/8/28`` too); "" where it does not."""
    found = _DAY.match(value)
    if found is None:
        return ""
    year, month, day = (int(part) if part else 0 for part in found.groups())
    return of_parts((year, month, day))


def of_parts(parts: Sequence[int]) -> str:
    """The same of year, month and day, as far as they are there and make a date."""
    year, month, day = (*parts, 0, 0, 0)[:3]
    if not 1000 <= year <= 9999:
        return ""
    if not 1 <= month <= 12:
        return f"{year}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return f"{year}-{month:02}"


def day(value: str) -> date | None:
    """The day of a date that names one."""
    said = dated(value)
    return date.fromisoformat(said) if len(said) == 10 else None


def squeezed(words: str) -> str:
    return " ".join(words.split())[:1_000]
