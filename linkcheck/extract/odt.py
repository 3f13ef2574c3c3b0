"""OpenDocument (Writer, Calc, Impress): links and visible URLs of text, notes, comments, headers, cells and slides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linkcheck.extract._cited_items import in_field as cited_in_field
from linkcheck.extract._package import Package, Prose, in_formula, is_kind, local, passages_of
from linkcheck.extract._passages import Passage, citations_of
from linkcheck.model import Citation, Document, Problem

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "odt"
SUFFIXES = (".odt", ".ods", ".odp", ".ott")
CONFINED_FROM = 1024 * 1024

_HREF = "{http://www.w3.org/1999/xlink}href"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_APART = frozenset({"p", "h", "annotation", "tracked-changes", "deletion"})
_MOST_SPACES = 100
_REPEATED = 1_000_000


def recognises(content: bytes) -> bool:
    """Whether an OpenDocument package says so at its front."""
    return is_kind(content, b"application/vnd.oasis.opendocument.")


def citations(document: Document) -> Iterator[Citation | Problem]:
    """Every link and URL, each once a paragraph, note, cell or slide."""
    return citations_of(document, passages(document))


def identified(document: Document) -> Iterator[Citation | Problem]:
    """The same, with DOIs, arXiv ids, ISBNs and RFCs that stand without a URL."""
    return citations_of(document, passages(document), identifiers=True)


def passages(document: Document) -> Iterator[Passage | Citation | Problem]:
    """Its paragraphs, notes, cells and slides."""
    return passages_of(document, _read)


def _read(package: Package) -> Iterator[Passage | Citation | Problem]:
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.bytes_of("META-INF/manifest.xml"):
        yield Problem("", 0, "is locked with a password; save a copy without one.")
        return
    yield from _Reading().passages(package.tree("content.xml"))
    if "styles.xml" in package:
        for page in package.tree("styles.xml").iter("{*}master-page"):
            yield from _Reading("header or footer").passages(page)


class _Reading:
    """One walk over a part, which counts as it goes."""

    def __init__(self, place: str = "") -> None:
        self._fixed = place
        self._paragraph = self._slide = self._column = self._row = 0
        self._sheet = ""
        self._known: set[str] = set()

    def passages(self, root: _Element) -> Iterator[Passage | Citation | Problem]:
        """The paragraphs and cells in order."""
        is_sheet = next(root.iter("{*}spreadsheet"), None) is not None
        for element in root.iter():
            name = local(element)
            if name == "tracked-changes" or any(local(above) == "tracked-changes" for above in element.iterancestors()):
                continue
            if name == "page":
                self._slide += 1
            elif is_sheet and name == "table":
                self._sheet, self._row = element.get(f"{_TABLE}name") or "", 0
            elif is_sheet and name == "table-row":
                self._row += 1
                self._column = 0
                below = element.getprevious()
                if below is not None and local(below) == "table-row":
                    self._row += _times(below, "number-rows-repeated") - 1
            elif is_sheet and name in ("table-cell", "covered-table-cell"):
                before = element.getprevious()
                self._column += 1 if before is None else _times(before, "number-columns-repeated")
                if address := in_formula(element.get(f"{_TABLE}formula") or ""):
                    prose = Prose()
                    prose.add(" ".join("".join(element.itertext()).split()))
                    prose.link(0, address)
                    yield prose.passage(self._place(element, ""))
            elif name in ("p", "h") and element.tag.startswith(_TEXT):
                self._paragraph += 1
                note = self._note(element)
                yield _prose(element).passage(self._place(element, note), note)
            elif name in ("reference-mark-start", "reference-mark"):  # as Zotero writes them
                place = self._place(element, self._note(element))
                yield from cited_in_field(element.get(f"{_TEXT}name") or "", place, self._known)
            elif name == "bibliography-mark" and (address := element.get(f"{_TEXT}url")):
                prose = Prose()
                prose.add(", ".join(words for key in ("author", "title") if (words := element.get(f"{_TEXT}{key}"))))
                prose.link(0, address)
                yield prose.passage(self._place(element, self._note(element)))
            elif name in ("a", "event-listener", "image-map", "area-rectangle") and not element.tag.startswith(_TEXT):
                prose = Prose()
                prose.link(0, element.get(_HREF) or "")
                yield prose.passage(self._place(element, ""))

    def _note(self, element: _Element) -> str:
        around = next((each for each in element.iterancestors() if local(each) == "note"), None)
        return f"{around.get(f'{_TEXT}note-class')} {_number(around)}" if around is not None else ""

    def _place(self, element: _Element, note: str) -> str:
        if self._fixed or note:
            return self._fixed or note
        around = {local(each) for each in element.iterancestors()}
        beside = " comment" if "annotation" in around else " notes" if self._slide and "notes" in around else ""
        if self._slide:
            return f"slide {self._slide}{beside}"
        if self._sheet:
            return f"{self._sheet} {_letters(self._column)}{self._row}{beside}"
        return beside.strip() or f"paragraph {self._paragraph}"


def _times(element: _Element, name: str) -> int:
    said = element.get(f"{_TABLE}{name}") or "1"
    return min(int(said), _REPEATED) if said.isascii() and said.isdigit() and len(said) < 10 else 1


def _letters(column: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, digit = divmod(column - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


def _number(note: _Element) -> str:
    return "".join(next(note.iter(f"{_TEXT}note-citation"), note).itertext())[:20].strip()


def _prose(paragraph: _Element) -> Prose:
    """The words of a paragraph without those of notes, comments and text boxes in it."""
    prose = Prose()
    prose.add(paragraph.text)
    _walk(paragraph, prose)
    return prose


def _walk(element: _Element, prose: Prose) -> None:
    # Not deep: the parser takes no XML of more than 256 levels.
    for child in element:
        name = local(child)
        begin = prose.length
        if name == "note":
            prose.mark(f"{child.get(f'{_TEXT}note-class')} {_number(child)}")
        elif name == "s":
            count = child.get(f"{_TEXT}c") or "1"
            prose.add(
                " " * (min(int(count), _MOST_SPACES) if count.isascii() and count.isdigit() and len(count) < 5 else 1)
            )
        elif name in ("tab", "line-break"):
            prose.add("\n" if name == "line-break" else "\t")
        elif name and name not in _APART:
            prose.add(child.text)
            _walk(child, prose)
            if name == "a" and child.tag.startswith(_TEXT):
                prose.link(begin, child.get(_HREF) or "")
        prose.add(child.tail)
