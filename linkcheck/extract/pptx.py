"""PowerPoint (Office Open XML): links and visible URLs of slides, their notes, pictures and shapes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linkcheck.extract._package import Package, Prose, holds, local, passages_of, relation_id
from linkcheck.extract._passages import Passage, citations_of
from linkcheck.model import Citation, Document, Problem

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "pptx"
SUFFIXES = (".pptx", ".pptm", ".ppsx", ".potx")
CONFINED_FROM = 1024 * 1024

_MAIN = "ppt/presentation.xml"
_CLICKS = ("hlinkClick", "hlinkHover", "hlinkMouseOver")


def recognises(content: bytes) -> bool:
    """Whether it is a package of PowerPoint."""
    return holds(content, b"ppt/presentation")


def citations(document: Document) -> Iterator[Citation | Problem]:
    """Every link and URL, each once a slide or its notes."""
    return citations_of(document, passages_of(document, _read))


def identified(document: Document) -> Iterator[Citation | Problem]:
    """The same, with DOIs, arXiv ids, ISBNs and RFCs that stand without a URL."""
    return citations_of(document, passages_of(document, _read), identifiers=True)


def _read(package: Package) -> Iterator[Passage | Problem]:
    main = next((target for kind, target, _ in package.relations("").values() if kind == "officeDocument"), _MAIN)
    parts = package.relations(main)
    for number, slide in enumerate(package.tree(main).iter("{*}sldId"), 1):
        target = parts.get(relation_id(slide), ("", "", False))[1]
        if target not in package:
            continue
        yield from _slide(package, target, f"slide {number}")
        for kind, notes, outside in package.relations(target).values():
            if kind == "notesSlide" and not outside and notes in package:
                yield from _slide(package, notes, f"slide {number} notes")
            elif kind == "comments" and not outside and notes in package:
                for comment in package.tree(notes).iter("{*}text", "{*}txBody"):
                    words = comment.text or "".join(each.text or "" for each in comment.iter("{*}t"))
                    yield Passage(words, (), f"slide {number} comment")


def _slide(package: Package, part: str, place: str) -> Iterator[Passage]:
    relations = package.relations(part)
    for element in package.tree(part).iter("{*}p", "{*}cNvPr", "{*}videoFile", "{*}blip"):
        prose = Prose()
        if local(element) == "cNvPr":  # a picture or shape as a whole
            _click(element, 0, prose, relations)
        elif local(element) in ("videoFile", "blip"):  # a film or picture that is linked and not held
            _, target, outside = relations.get(relation_id(element, "link"), ("", "", False))
            prose.link(0, target if outside else "")
        elif local(element.getparent()) in ("txBody", "rich"):
            for run in element:
                begin = prose.length
                if local(run) == "br":
                    prose.add("\n")
                prose.add("".join(each.text or "" for each in run.iter("{*}t")))
                for each in run:
                    if local(each) == "rPr":
                        _click(each, begin, prose, relations)
        yield prose.passage(place)


def _click(element: _Element, begin: int, prose: Prose, relations: dict[str, tuple[str, str, bool]]) -> None:
    for each in element:
        if local(each) in _CLICKS:
            _, target, outside = relations.get(relation_id(each), ("", "", False))
            prose.link(begin, target if outside else "")
