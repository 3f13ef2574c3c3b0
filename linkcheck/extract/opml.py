"""OPML (https://opml.org/spec2.opml): lists of feeds and outlines; their feeds, pages and links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linkcheck.extract._fields import About, cite, plain_text
from linkcheck.extract._places import Places, shorten
from linkcheck.extract._xml import NotRead, elements
from linkcheck.model import Citation, Document, Problem

NAME = "opml"
SUFFIXES = (".opml",)
BEGINS = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<opml\b", re.S | re.I)

_ADDRESSES = ("xmlurl", "htmlurl", "url")


def citations(document: Document) -> Iterator[Citation | Problem]:
    """The addresses of every ``<outline>``; one that breaks off is read up to there, and a Problem says so."""
    places = Places(document)
    made: list[tuple[int, Citation | Problem]] = []
    broken: Problem | None = None
    try:
        for outline in elements(document.text, frozenset({"outline"})):
            name = outline.attributes.get("title") or outline.attributes.get("text", "")
            for attribute in _ADDRESSES:
                address = outline.attributes.get(attribute, "").strip()
                if address:
                    offset = document.text.find(address, outline.begin, outline.begin + 8_192)
                    offset = offset if offset >= 0 else outline.begin
                    if one := cite(places, offset, address, address, About(context=shorten(name, 300))):
                        made.append((offset, one))
            outline.children.clear()
    except NotRead as error:
        if not made:
            yield from plain_text(document)
            return
        broken = Problem(document.name, 0, f"this list is read up to where {error}.")
    yield from (one for _, one in sorted(made, key=lambda each: each[0]))
    if broken is not None:
        yield broken
