"""Zotero RDF, what Zotero exports beside BibTeX and RIS: Dublin Core, BIBO-like types, FOAF names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from linkcheck import uri
from linkcheck.extract._fields import About, cite, dated, day, doi_of, plain_text
from linkcheck.extract._places import Places, shorten
from linkcheck.extract._xml import Element, NotRead, elements
from linkcheck.model import Citation, Document, Problem

NAME = "zotero"
SUFFIXES = (".rdf",)


def citations(document: Document) -> Iterator[Citation | Problem]:
    """The URL of every item, with title, authors, day and access date; its DOI where it gives no URL.

    One that breaks off is read up to there, and a Problem says so.
    """
    places = Places(document)
    made: list[tuple[int, Citation | Problem]] = []
    broken: Problem | None = None
    try:
        for root in elements(document.text, frozenset({"rdf"})):
            for item in root.children:
                made += _cited(item, document.text, places)
    except NotRead as error:
        broken = Problem(document.name, 0, f"this bibliography cannot be read: {error}.")
    if not made:
        yield from plain_text(document)
    yield from (one for _, one in sorted(made, key=lambda each: each[0]))
    if broken is not None and made:
        yield broken


def _cited(item: Element, text: str, places: Places) -> Iterator[tuple[int, Citation | Problem]]:
    about = About(
        title=item.first("title"),
        author=_authors(item),
        dated=dated(item.first("date")),
        accessed=day(item.first("datesubmitted")),
        context=shorten(item.first("title"), 300),
    )
    if item.name == "attachment":
        about = replace(about, title="")  # "Snapshot", "Full Text PDF"
    found = list(dict.fromkeys(_addresses(item)))
    for written, address in found:
        at = text.find(written, item.begin, max(item.end, item.begin + 1))
        at = at if at >= 0 else max(text.find(written.replace("&", "&amp;"), item.begin, item.end), item.begin)
        if one := cite(places, at, written, address, about):
            yield at, one


def _addresses(item: Element) -> Iterator[tuple[str, str]]:
    """URLs of ``dc:identifier`` and ``rdf:about``; the DOI where there is none."""
    about = item.attributes.get("rdf:about", "").strip()
    urls = []
    dois = []
    for identifier in item.named("identifier"):
        words = identifier.text.strip()
        if address := doi_of(words.removeprefix("DOI").strip()):
            dois.append((words, address))
        for inner in identifier.children:
            urls += [value.text.strip() for value in inner.named("value")]
    for value in (*urls, about):
        if uri.is_web(value):
            yield value, value
    if not any(uri.is_web(value) for value in (*urls, about)):
        yield from dois


def _authors(item: Element) -> str:
    names = []
    waiting = list(item.named("authors"))
    while waiting:
        element = waiting.pop(0)
        if element.name == "person":
            parts = (element.first("surname"), element.first("givenname", "firstname"))
            names.append(", ".join(part for part in parts if part))
        waiting += element.children
    return "; ".join(name for name in names[:20] if name)
