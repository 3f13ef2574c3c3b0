"""RSS 0.9x to 2.0, RSS 1.0 and Atom (RFC 4287): what the items lead to, and what the text of each links to.

Relative links are read where ``xml:base`` says what they start from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from html import escape, unescape

from linkcheck import uri
from linkcheck.citing.places import Places, shorten
from linkcheck.citing.xml import Element, NotRead, elements
from linkcheck.extract import html
from linkcheck.extract._fields import About, cite, dated, plain_text, squeezed, within
from linkcheck.model import Citation, Document, Problem

NAME = "feed"
SUFFIXES = (".rss", ".atom")
NAMED_ONLY = True
BEGINS = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*|<\?[^>]*>\s*)*<(?:rss|feed|rdf:RDF)\b", re.S)

_KEPT = frozenset({"item", "entry", "channel", "feed"})
_MACHINERY = frozenset({"self", "hub", "edit", "edit-media", "first", "last", "next", "previous", "prev", "service"})
"""Relations of ``<atom:link>`` (RFC 4287 4.2.7.2, RFC 5005, WebSub) that lead to the feed's own pages."""
_ADDRESS_IN = {"enclosure": "url", "source": "url", "content": "url", "thumbnail": "url", "link": "href"}
_ROOT_BASE = re.compile(
    r"""\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:feed|rss)\b[^<>]*?\sxml:base\s*=\s*(["'])(.*?)\1""", re.S
)
_SNIFFED = 8_192
_TEXTS = frozenset({"description", "encoded", "content", "summary"})


def citations(document: Document) -> Iterator[Citation | Problem]:
    """The link of every item with its title, author and day; enclosures; the links in its text; the feed's own page.

    A feed that breaks off is read up to there, and a Problem says so.
    """
    places = Places(document)
    made: list[tuple[int, Citation | Problem]] = []
    broken: Problem | None = None
    seen = False
    root = _ROOT_BASE.match(document.text[:_SNIFFED])
    base = unescape(root[2]) if root else ""
    try:
        for element in elements(document.text, _KEPT):
            seen = True
            for offset, written, address, about in _of(element, document.text, base):
                if one := cite(places, offset, written, address, about):
                    made.append((offset, one))
            made += _in_words(element, document, places, base)
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


def _of(element: Element, text: str, base: str) -> Iterator[tuple[int, str, str, About]]:
    is_item = element.name in ("item", "entry")
    title = element.first("title")
    about = About(
        title=title if is_item else "",
        author=_author(element) if is_item else "",
        dated=_day(element.first("pubdate", "published", "date", "updated")) if is_item else "",
        context=shorten(squeezed(title), 300),
    )
    beside = About(context=about.context)
    base = uri.join(base, element.attributes.get("xml:base", "")) or base
    alternates = 0
    for child in element.children:
        if child.name in _KEPT:
            continue
        address = child.attributes.get(_ADDRESS_IN.get(child.name, ""), "")
        if child.name == "link":
            relation = child.attributes.get("rel", "alternate").lower()
            address = "" if relation in _MACHINERY else address or child.text.strip()
            alternates += relation == "alternate" and bool(address)
            said = about if relation == "alternate" and alternates == 1 else beside  # feedgen: an enclosure without rel
        elif child.name in ("comments", "guid", "origlink"):
            permanent = child.name != "guid" or child.attributes.get("ispermalink", "true").lower() == "true"
            has_link = child.name == "guid" and bool(element.first("link"))
            address = child.text.strip() if permanent and not has_link else ""
            said = about if child.name == "guid" else beside
        else:
            said = beside
        written = address.strip()
        address = _absolute(written, child, base)
        if address:
            yield _at(text, child, written), written, address, said


def _absolute(written: str, element: Element, base: str) -> str:
    """A relative one has a base where ``xml:base`` says so (RFC 4287 2); what readers guess elsewhere is left out."""
    if uri.is_web(written) or not written:
        return written
    base = uri.join(base, element.attributes.get("xml:base", "")) or base
    return uri.join(base, written) or "" if base and ":" not in written.partition("/")[0] else ""


def _in_words(
    element: Element, document: Document, places: Places, base: str
) -> Iterator[tuple[int, Citation | Problem]]:
    """What the text of an item links to; it is a piece of HTML, packed as text or, in Atom, standing as it is."""
    if element.name not in ("item", "entry"):
        return
    base = uri.join(base, element.attributes.get("xml:base", "")) or base
    told: set[str] = set()
    # The whole text first: a summary is mostly its beginning.
    for child in sorted(element.children, key=lambda each: each.name not in ("encoded", "content")):
        if child.name not in _TEXTS:
            continue
        words = document.text[child.begin : child.end] if child.children else child.text
        if "<" in words or "://" in words:
            own = uri.join(base, child.attributes.get("xml:base", "")) or base
            words = f'<base href="{escape(own)}">{words}' if own else words
            cited = list(html.citations(Document(document.name, html.NAME, words)))
            for offset, each in within(places, document.text, child.begin, max(child.end, child.begin), cited):
                if not isinstance(each, Citation) or each.url not in told:
                    yield offset, each
            told |= {each.url for each in cited if isinstance(each, Citation)}


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
