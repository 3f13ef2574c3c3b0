"""Sitemaps and their indexes (https://www.sitemaps.org/protocol.html): the pages of a site."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linkcheck.extract._fields import NOTHING, cite, plain_text
from linkcheck.extract._places import Places
from linkcheck.extract._xml import NotRead, elements
from linkcheck.model import Citation, Document, Problem

NAME = "sitemap"
SUFFIXES = (".xml",)
"""Of the XML files that are no feed; those without sitemap elements are looked through for URLs as a text is."""
NAMED_ONLY = True
BEGINS = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*|<\?[^>]*>\s*)*<(?:urlset|sitemapindex)\b", re.S)


def citations(document: Document) -> Iterator[Citation | Problem]:
    """Every ``<loc>`` and alternate; one that breaks off is read up to there, and a Problem says so."""
    if not BEGINS.match(document.text):
        yield from plain_text(document)
        return
    places = Places(document)
    read = 0
    try:
        for element in elements(document.text, frozenset({"loc", "link"})):
            address = (element.attributes.get("href", "") or element.text).strip()
            if address:
                read += 1
                offset = document.text.find(address, element.begin, element.begin + 8_192)
                if made := cite(places, offset if offset >= 0 else element.begin, address, address, NOTHING):
                    yield made
    except NotRead as error:
        if not read:
            yield from plain_text(document)
            return
        yield Problem(document.name, 0, f"this sitemap is read up to where {error}.")
