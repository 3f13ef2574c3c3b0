"""Links of Markdown and HTML that lead to files beside them, and what in a document can be linked to. Pure."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from linkcheck.citing.ignored import ignored_lines
from linkcheck.citing.places import TEMPLATE, Places
from linkcheck.extract import markdown
from linkcheck.extract._references import references
from linkcheck.model import Document

_ELSEWHERE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//|\\)", re.I)
_ID = re.compile(r"""\s(?:id|name)\s*=\s*(?:"([^"<>]{1,500})"|'([^'<>]{1,500})'|([^\s"'<>]{1,500}))""", re.I)
_BRACES = re.compile(r"\{:?\s*#([\w:.-]{1,200})[^{}\n]{0,200}\}")
_LINKS = frozenset({"a", "area", "img", "link", "script", "source", "video", "audio", "iframe", "embed", "object"})


@dataclass(frozen=True, slots=True)
class LocalLink:
    """A link to a file or a place: as written, without the escapes of its format, and where."""

    address: str
    written: str
    line: int
    column: int
    context: str


def local_links(document: Document) -> Iterator[LocalLink]:
    """The links without scheme and host, in order; none of other formats than Markdown and HTML."""
    ignored = ignored_lines(document.text)
    places = Places(document)
    for offset, written, address, context in _links(document):
        line, column = places.at(offset)
        if address.strip() and not _ELSEWHERE.match(address) and not TEMPLATE.search(address) and line not in ignored:
            yield LocalLink(address.strip(), written, line, column, context)


def anchors(document: Document) -> Iterator[str]:
    """Ids and names, and the headings that generators make ids of."""
    if document.format == "html":
        yield from _places(document.text)
        return
    if document.format == "markdown":
        yield from markdown.headings(document.text)
        yield from _BRACES.findall(document.text)
    for found in _ID.finditer(document.text):
        yield unescape(found[1] or found[2] or found[3])


def _places(page: str) -> Iterator[str]:
    """What a fragment can lead to on a page: every id, and ``<a name>`` (HTML 7.4.6.3)."""
    from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
    from bs4.builder import ParserRejectedMarkup

    with warnings.catch_warnings():
        # It tells our users on stderr to read XML as such, and that a page of one line looks like an address.
        for category in (MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning):
            warnings.simplefilter("ignore", category)
        try:
            soup = BeautifulSoup(
                page.encode("utf-8", "replace"), "lxml", from_encoding="utf-8", multi_valued_attributes=None
            )
        except ParserRejectedMarkup:
            return
    for element in soup.find_all(id=True):
        yield str(element["id"])
    for element in soup.find_all("a", attrs={"name": True}):
        yield str(element["name"])


def _links(document: Document) -> Iterator[tuple[int, str, str, str]]:
    if document.format == "markdown":
        yield from markdown.links(document)
    elif document.format == "html" and not re.search(r"<base\s[^<>]*href", document.text, re.I):
        for each in references(document.text):
            if each.tag.lower() in _LINKS:
                yield each.offset, each.written, each.address, ""
