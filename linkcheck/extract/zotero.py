"""Zotero RDF, what Zotero exports beside BibTeX and RIS: Dublin Core, BIBO-like types, FOAF names; and its notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from linkcheck import uri
from linkcheck.citing import dates
from linkcheck.citing.places import Places, shorten
from linkcheck.citing.xml import Element, NotRead, elements
from linkcheck.extract import html
from linkcheck.extract._fields import NOTHING, About, cite, day, doi_of, plain_text, within
from linkcheck.model import Citation, Document, Problem

NAME = "zotero"
SUFFIXES = (".rdf",)


def citations(document: Document) -> Iterator[Citation | Problem]:
    """The URL of every item, with title, authors, day and access date; its DOI where it gives no URL; links of notes.

    One that breaks off is read up to there, and a Problem says so.
    """
    places = Places(document)
    made: list[tuple[int, Citation | Problem]] = []
    broken: Problem | None = None
    try:
        for root in elements(document.text, frozenset({"rdf"})):
            # Of a journal Zotero writes the DOI of the article that is in it.
            articles = _articles(root)
            urls = {value for item in root.children if item.name != "attachment" for value in _urls(item)}
            for item in root.children:
                about = item.attributes.get("rdf:about", "").strip()
                if item.name == "memo":
                    made += _in_note(item, document, places)
                elif about in articles:
                    article = articles[about]
                    if article is None or not any(_urls(article)):
                        made += _cited(item, article, document.text, places)
                elif item.name != "attachment" or not set(_urls(item)) <= urls:  # a snapshot of what is cited already
                    made += _cited(item, item, document.text, places)
    except NotRead as error:
        broken = Problem(document.name, 0, f"this bibliography cannot be read: {error}.")
    if not made:
        yield from plain_text(document)
    yield from (one for _, one in sorted(made, key=lambda each: each[0]))
    if broken is not None and made:
        yield broken


def _articles(root: Element) -> dict[str, Element | None]:
    """By the name of a journal, book or website the item that is part of it; None where there are several."""
    parts: dict[str, list[Element]] = {}
    for item in root.children:
        for whole in item.named("ispartof"):
            if name := whole.attributes.get("rdf:resource", ""):
                parts.setdefault(name, []).append(item)
    return {name: items[0] if len(items) == 1 else None for name, items in parts.items()}


def _cited(item: Element, of: Element | None, text: str, places: Places) -> Iterator[tuple[int, Citation | Problem]]:
    """The addresses that stand in ``item``, with what ``of`` says of them."""
    about = NOTHING
    if of is not None:
        about = About(
            title=of.first("title"),
            author=_authors(of),
            dated=dates.iso(of.first("date")),
            accessed=day(of.first("datesubmitted")),
            context=shorten(of.first("title"), 300),
        )
    if item.name == "attachment":
        about = replace(about, title="")  # "Snapshot", "Full Text PDF"
    found = list(dict.fromkeys(_addresses(item)))
    for written, address in found:
        at = text.find(written, item.begin, max(item.end, item.begin + 1))
        at = at if at >= 0 else max(text.find(written.replace("&", "&amp;"), item.begin, item.end), item.begin)
        if one := cite(places, at, written, address, about):
            yield at, one


def _in_note(item: Element, document: Document, places: Places) -> Iterator[tuple[int, Citation | Problem]]:
    """The links of a note, which is HTML."""
    for value in item.named("value"):
        found = html.citations(Document(document.name, html.NAME, value.text))
        yield from within(places, document.text, value.begin, max(value.end, value.begin), found)


def _urls(item: Element) -> Iterator[str]:
    """The URLs of ``dc:identifier`` and ``rdf:about``."""
    for identifier in item.named("identifier"):
        for inner in identifier.children:
            yield from (words for value in inner.named("value") if uri.is_web(words := value.text.strip()))
    if uri.is_web(about := item.attributes.get("rdf:about", "").strip()):
        yield about


def _addresses(item: Element) -> Iterator[tuple[str, str]]:
    """As written and as address: the URLs, or the DOI where there is none."""
    urls = list(_urls(item))
    yield from zip(urls, urls, strict=True)
    if urls:
        return
    for identifier in item.named("identifier"):
        words = identifier.text.strip()
        if address := doi_of(words.removeprefix("DOI").strip()):
            yield words, address


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
