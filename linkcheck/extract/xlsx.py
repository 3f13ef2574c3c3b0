"""Excel (Office Open XML): links of cells, ``=HYPERLINK("…")``, visible URLs, comments, links of drawings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from linkcheck.extract._package import Package, Prose, holds, in_formula, local, passages_of, relation_id
from linkcheck.extract._passages import Passage, citations_of
from linkcheck.model import Citation, Document, Problem

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "xlsx"
SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm")
CONFINED_FROM = 1024 * 1024

_MAIN = "xl/workbook.xml"
_CELL = re.compile(r"[A-Z]{1,3}[0-9]{1,7}")


def recognises(content: bytes) -> bool:
    """Whether it is a package of Excel."""
    return holds(content, b"xl/workbook")


def citations(document: Document) -> Iterator[Citation | Problem]:
    """Every link and URL, each once a cell."""
    return citations_of(document, passages_of(document, _read))


def _read(package: Package) -> Iterator[Passage | Problem]:
    main = next((target for kind, target, _ in package.relations("").values() if kind == "officeDocument"), _MAIN)
    parts = package.relations(main)
    shared = next((target for kind, target, _ in parts.values() if kind == "sharedStrings"), "")
    strings = [_words(each) for each in package.tree(shared) if local(each) == "si"] if shared in package else []
    for sheet in package.tree(main).iter("{*}sheet"):
        target = parts.get(relation_id(sheet), ("", "", False))[1]
        if target in package:
            yield from _sheet(package, target, sheet.get("name") or "", strings)


def _sheet(package: Package, part: str, name: str, strings: list[str]) -> Iterator[Passage]:
    root = package.tree(part)
    relations = package.relations(part)
    links: dict[str, list[str]] = {}
    for each in root.iter("{*}hyperlink"):
        _, target, outside = relations.get(relation_id(each), ("", "", False))
        first = (each.get("ref") or "").partition(":")[0]
        if outside and target:
            place = each.get("location")
            links.setdefault(first, []).append(f"{target}#{place}" if place and "#" not in target else target)
    for cell in root.iter("{*}c"):
        where = cell.get("r") or ""
        words, formula = _cell(cell, strings)
        if where in links or formula or "://" in words:
            prose = Prose()
            prose.add(words)
            for address in (*links.pop(where, ()), in_formula(formula)):
                prose.link(0, address)
            yield prose.passage(f"{name} {where}")
    for where, addresses in links.items():  # of cells without words
        prose = Prose()
        for address in addresses:
            prose.link(0, address)
        yield prose.passage(f"{name} {where}")
    for kind, target, outside in relations.values():
        if not outside and target in package:
            if kind in ("comments", "threadedComment"):
                yield from _comments(package.tree(target), name)
            elif kind == "drawing":
                yield from _drawing(package, target, name)


def _cell(cell: _Element, strings: list[str]) -> tuple[str, str]:
    """The words of a cell, and its formula."""
    parts = {local(each): each for each in cell}
    formula = (parts["f"].text or "") if "f" in parts else ""
    if cell.get("t") == "inlineStr":
        return (_words(parts["is"]) if "is" in parts else ""), formula
    value = (parts["v"].text or "") if "v" in parts else ""
    if cell.get("t") == "s":
        known = value.isascii() and value.isdigit() and len(value) < 10 and int(value) < len(strings)
        return (strings[int(value)] if known else ""), formula
    return value, formula


def _words(element: _Element) -> str:
    """The runs of a string, without how they are read aloud in Japanese."""
    return "".join(
        each.text or ""
        for each in element.iter("{*}t")
        if not any(local(above) == "rPh" for above in each.iterancestors())
    )


def _comments(root: _Element, sheet: str) -> Iterator[Passage]:
    for each in root.iter("{*}comment", "{*}threadedComment"):
        words = _words(each) or "".join(text.text or "" for text in each.iter("{*}text"))
        where = each.get("ref") or ""
        yield Passage(words, (), f"{sheet} {where if _CELL.fullmatch(where) else ''} comment".replace("  ", " "))


def _drawing(package: Package, part: str, sheet: str) -> Iterator[Passage]:
    relations = package.relations(part)
    for each in package.tree(part).iter("{*}hlinkClick"):
        _, target, outside = relations.get(relation_id(each), ("", "", False))
        if outside:
            prose = Prose()
            prose.link(0, target)
            yield prose.passage(f"{sheet} drawing")
