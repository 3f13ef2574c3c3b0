"""PDF: link annotations, links of the outline, and the URLs that the pages show.

An annotation says the whole address, so it comes before what the page shows there, which may be a half of it that fits
into a line.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from linkcheck import confined
from linkcheck.extract import _pdfium
from linkcheck.extract._passages import Passage, citations_of
from linkcheck.model import Citation, Document, Problem

NAME = "pdf"
SUFFIXES = (".pdf",)
CONFINED_FROM = 1 << 62
"""Never as a whole: its pages are read elsewhere already."""

_HEAD = 1024
"""Where the header may stand: readers take a file with rubbish in front of it (ISO 32000-1, annex H)."""


def recognises(content: bytes) -> bool:
    """Whether a PDF's header stands at the front, and no text that speaks of it."""
    place = content.find(b"%PDF-", 0, _HEAD)
    return place == 0 or (place > 0 and b"\0" in content[: _HEAD * 8])


def citations(document: Document) -> Iterator[Citation | Problem]:
    """Every link and every URL of the pages, each once a page."""
    return citations_of(document, passages(document))


def identified(document: Document) -> Iterator[Citation | Problem]:
    """The same, with DOIs, arXiv ids, ISBNs and RFCs that stand without a URL."""
    return citations_of(document, passages(document), identifiers=True)


def passages(document: Document) -> Iterator[Passage | Problem]:
    """Its pages, but for those without anything to cite."""
    if not recognises(document.content):
        yield Problem(document.name, 0, "this is no PDF; give it the ending of what it is.")
        return
    answer = _answer(document.content)
    yield from _pdfium.passages_from(answer.lines, document.name)
    if answer.ended:
        yield Problem(document.name, 0, f"{answer.ended}; what follows is unread. Save it anew or split it.")


@lru_cache(maxsize=1)
def _answer(content: bytes) -> confined.Answer:
    """Once for what is cited and what is remarked on."""
    return confined.ask(_pdfium.__name__, content)
