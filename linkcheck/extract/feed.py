"""RSS 0.9x to 2.0, RSS 1.0 and Atom (RFC 4287): what the items lead to, and what the text of each links to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime

from linkcheck import uri
from linkcheck.citing.places import Places, shorten
from linkcheck.citing.xml import Element, NotRead, elements
from linkcheck.extract import html
from linkcheck.extract._fields import NOTHING, About, cite, dated, plain_text, squeezed
from linkcheck.model import Citation, Document, Problem

NAME = "feed"
SUFFIXES = (".rss", ".atom")
NAMED_ONLY = True
BEGINS = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*|<\?[^>]*>\s*)*<(?:rss|feed|rdf:RDF)\b", re.S)

_KEPT = frozenset({"item", "entry", "channel", "feed"})
_MACHINERY = frozenset({"self", "hub", "edit", "edit-media", "first", "last", "next", "previous", "prev", "service"})
"""Relations of ``<atom:link>`` (RFC 4287 4.2.7.2, RFC 5005, WebSub) that lead to the feed's own pages."""
_ADDRESS_IN = {"enclosure": "url", "source": "url", "content": "url", "thumbnail": "url", "link": "href"}
_TEXTS = frozenset({"description", "encoded", "content", "summary"})


def citations(document: Document) -> Iterator[Citation | Problem]:
    """The link of every item with its title, author and day; enclosures; the links in its text; the feed's own page.

    A feed that breaks off is read up to there, and a Problem says so.
    """
    places = Places(document)
    made: list[tuple[int, Citation | Problem]] = []
    broken: Problem | None = None
    seen = False
    try:
        for element in elements(document.text, _KEPT):
            seen = True
            for offset, written, address, about in _of(element, document.text):
                if one := cite(places, offset, written, address, about):
                    made.append((offset, one))
            if element.name in ("item", "entry"):
                element.children.clear()  # a feed may be long, and its channel holds every item
    except NotRead as error:
        if not seen:
            yield from plain_text(document)
            return
        broken = Problem(document.name, 0, f"this feed is read up to where {error}.")
    yield from (one for _, one in sorted(made, key=lambda each: each[0]))
    if broken is not None:
        yield broken


def _of(element: Element, text: str) -> Iterator[tuple[int, str, str, About]]:
    is_item = element.name in ("item", "entry")
    title = element.first("title")
    about = About(
        title=title if is_item else "",
        author=_author(element) if is_item else "",
        dated=_day(element.first("pubdate", "published", "date", "updated")) if is_item else "",
        context=shorten(squeezed(title), 300),
    )
    beside = About(context=about.context)
    for child in element.children:
        if child.name in _KEPT:
            continue
        address = child.attributes.get(_ADDRESS_IN.get(child.name, ""), "")
        if child.name == "link":
            relation = child.attributes.get("rel", "alternate").lower()
            address = "" if relation in _MACHINERY else address or child.text.strip()
            said = about if relation == "alternate" else beside
        elif child.name in ("comments", "guid", "origlink"):
            permanent = child.name != "guid" or child.attributes.get("ispermalink", "true").lower() == "true"
            has_link = child.name == "guid" and bool(element.first("link"))
            address = child.text.strip() if permanent and not has_link else ""
            said = about if child.name == "guid" else beside
        else:
            said = beside
        if address and uri.is_web(address.strip()):
            yield _at(text, child, address.strip()), address.strip(), address.strip(), said
        if is_item and child.name in _TEXTS and "<" in child.text:
            for reference in html.references(child.text):
                if uri.is_web(reference.address.strip()):
                    yield _at(text, child, reference.written), reference.written, reference.address, NOTHING


def _at(text: str, element: Element, written: str) -> int:
    for spelling in (written, written.replace("&", "&amp;")):
        found = text.find(spelling, element.begin, max(element.end, element.begin + 8_192))
        if found >= 0:
            return found
    return element.begin


def _author(element: Element) -> str:
    for child in element.children:
        if child.name in ("author", "creator"):
            return child.first("name") or child.text.strip()
    return ""


def _day(value: str) -> str:
    """Of an ISO date (Atom) or one of a mail (RSS)."""
    if said := dated(value):
        return said
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return ""
