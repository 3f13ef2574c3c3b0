"""Word (Office Open XML): links, fields and visible URLs of text, notes, headers, footers, comments and text boxes.

A link is a relationship (``w:hyperlink``) or a field (``HYPERLINK "…"``), whose instruction Word splits over runs at
will. Fields of Zotero and Mendeley, and Word's own list of sources, say what is cited without showing it. What was
deleted with changes tracked is no citation any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from linkcheck.extract._cited_items import in_field as cited_in_field
from linkcheck.extract._cited_items import of_word
from linkcheck.extract._package import Package, Prose, holds, in_field, local, passages_of, relation_id
from linkcheck.extract._passages import Passage, citations_of
from linkcheck.model import Citation, Document, Problem

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "docx"
SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")
CONFINED_FROM = 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_OF_WORD = "{*}"
_NOT_READ = frozenset({"del", "moveFrom", "Fallback", "p", "instrText", "delText", "delInstrText"})
_MOST_FIELDS = 50
"""Open at once: each is looked at with every paragraph, and Word nests a handful."""
_SPACES = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}


def recognises(content: bytes) -> bool:
    """Whether it is a package of Word, or one of Office that is locked with a password."""
    return holds(content, b"word/document") or (content.startswith(_OLE) and _LOCKED in content)


def citations(document: Document) -> Iterator[Citation | Problem]:
    """Every link and URL, each once a paragraph or note."""
    return citations_of(document, passages(document))


def identified(document: Document) -> Iterator[Citation | Problem]:
    """The same, with DOIs, arXiv ids, ISBNs and RFCs that stand without a URL."""
    return citations_of(document, passages(document), identifiers=True)


def passages(document: Document) -> Iterator[Passage | Citation | Problem]:
    """Its paragraphs, notes, headers, footers and comments."""
    if document.content.startswith(_OLE):
        locked = "is locked with a password; save a copy without one (File, Info, Protect Document)."
        return iter((Problem(document.name, 0, locked),))
    return passages_of(document, _read)


def _read(package: Package) -> Iterator[Passage | Citation | Problem]:
    main = next((target for kind, target, _ in package.relations("").values() if kind == "officeDocument"), "")
    main = main if main in package else next((name for name in package.names if name.startswith("word/document")), "")
    cited: set[str] = set()
    yield from _part(package, main, "paragraph", cited)
    folder = main.rpartition("/")[0]
    for kind in ("footnote", "endnote", "header", "footer", "comment"):
        for name in package.names:
            if re.fullmatch(rf"{re.escape(folder)}/{kind}s?\d*\.xml", name):
                yield from _part(package, name, kind, cited)
    for kind, name, outside in package.relations(main).values():
        if kind == "customXml" and not outside and name in package and b"/bibliography" in package.bytes_of(name):
            yield from of_word(package.tree(name))


def _part(package: Package, name: str, kind: str, cited: set[str]) -> Iterator[Passage | Citation | Problem]:
    relations = package.relations(name)
    root = package.tree(name)
    fields = _Fields()
    if kind in ("paragraph", "header", "footer"):
        for number, paragraph in enumerate(root.iter(f"{_OF_WORD}p"), 1):
            if not _is_copy(paragraph):
                place = f"paragraph {number}" if kind == "paragraph" else kind
                yield _paragraph(paragraph, relations, fields).passage(place)
                yield from fields.items(place, cited)
        return
    notes = [each for each in root if local(each) == kind and _of(each, "type") in ("", "normal")]
    for number, note in enumerate(notes, 1):
        for paragraph in note.iter(f"{_OF_WORD}p"):
            prose = _paragraph(paragraph, relations, fields)
            yield prose.passage(f"{kind} {number}", f"{kind}:{_of(note, 'id')}")
            yield from fields.items(f"{kind} {number}", cited)


def _of(element: _Element, name: str) -> str:
    """An attribute of Word's own namespace, which has two forms."""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")


def _is_copy(paragraph: _Element) -> bool:
    """Whether it is the text box again, for Word 2007."""
    return any(local(above) in ("Fallback", "del", "moveFrom") for above in paragraph.iterancestors())


class _Field:
    """A field that has begun: its instruction as far as it came, and where its words begin."""

    def __init__(self) -> None:
        self.instruction = ""
        self.begin = -1


class _Fields:
    """Those that are open, the innermost last, and the instructions of those that ended."""

    def __init__(self) -> None:
        self.open: list[_Field] = []
        self.ended: list[str] = []

    def items(self, place: str, cited: set[str]) -> Iterator[Citation | Problem]:
        """What reference managers wrote into the fields that ended since."""
        for instruction in self.ended:
            yield from cited_in_field(instruction, place, cited)
        self.ended.clear()


def _paragraph(paragraph: _Element, relations: dict[str, tuple[str, str, bool]], fields: _Fields) -> Prose:
    """The words of a paragraph without those of text boxes in it; ``fields`` may have begun in one before."""
    prose = Prose()
    for field in fields.open:
        field.begin = 0 if field.begin >= 0 else -1
    _walk(paragraph, prose, relations, fields)
    for field in fields.open:
        if field.begin >= 0:
            prose.link(field.begin, in_field(field.instruction))
    return prose


def _walk(element: _Element, prose: Prose, relations: dict[str, tuple[str, str, bool]], fields: _Fields) -> None:
    # Not deep: the parser takes no XML of more than 256 levels.
    for child in element:
        name = local(child)
        begin = prose.length
        if name == "t":
            prose.add(child.text)
        elif name == "instrText" and fields.open:
            fields.open[-1].instruction += child.text or ""
        elif name in _SPACES:
            prose.add(_SPACES[name])
        elif name in _NOTES:
            prose.mark(f"{_NOTES[name]}:{_of(child, 'id')}")
        elif name == "fldChar":
            _field(_of(child, "fldCharType"), prose, fields)
        elif name not in _NOT_READ:
            _walk(child, prose, relations, fields)
            prose.link(begin, _target(child, name, relations))


def _field(step: str, prose: Prose, fields: _Fields) -> None:
    if step == "begin":
        fields.open.append(_Field())
        del fields.open[:-_MOST_FIELDS]
    elif step == "separate" and fields.open:
        fields.open[-1].begin = prose.length
    elif step == "end" and fields.open:
        field = fields.open.pop()
        prose.link(field.begin if field.begin >= 0 else prose.length, in_field(field.instruction))
        fields.ended.append(field.instruction)


def _target(element: _Element, name: str, relations: dict[str, tuple[str, str, bool]]) -> str:
    """What the words or the picture in an element link to."""
    if name == "fldSimple":
        return in_field(_of(element, "instr"))
    if name in ("hyperlink", "hlinkClick", "hlinkHover", "blip", "imagedata"):
        named = relation_id(element, "link" if name == "blip" else "id")
        _, target, outside = relations.get(named, ("", "", False))
        anchor = _of(element, "anchor")
        return (f"{target}#{anchor}" if anchor and "#" not in target else target) if outside else ""
    return element.get("href") or ""  # a shape of VML
