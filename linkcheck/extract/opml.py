"""OPML (https://opml.org/spec2.opml): lists of feeds and outlines; their feeds, pages, and the links in their words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linkcheck.citing.places import Places, shorten
from linkcheck.citing.xml import NotRead, elements
from linkcheck.extract import markdown
from linkcheck.extract._fields import About, cite, plain_text, within
from linkcheck.model import Citation, Document, Problem

NAME = "opml"
SUFFIXES = (".opml",)
BEGINS = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<opml\b", re.S | re.I)

_ADDRESSES = ("xmlurl", "htmlurl", "url")
_WORDS = ("text", "title", "_note")
"""What an outline says may hold markup (OPML 2.0); notes are Markdown as often as not (pandoc, OmniOutliner)."""
_ESCAPED = 6
"""Signs that one may take as a character reference."""


def citations(document: Document) -> Iterator[Citation | Problem]:
    """The addresses of every ``<outline>``, and the links in its words and notes.

    One that breaks off is read up to there, and a Problem says so.
    """
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
            for attribute in _WORDS:
                words = outline.attributes.get(attribute, "")
                if "://" in words:
                    found = markdown.citations(Document(document.name, markdown.NAME, words))
                    end = outline.begin + _ESCAPED * sum(map(len, outline.attributes.values())) + 8_192
                    made += within(places, document.text, outline.begin, end, found)
            outline.children.clear()
    except NotRead as error:
        if not made:
            yield from plain_text(document)
            return
        broken = Problem(document.name, 0, f"this list is read up to where {error}.")
    yield from (one for _, one in sorted(made, key=lambda each: each[0]))
    if broken is not None:
        yield broken
