"""Excel (Office Open XML): links of cells, ``=HYPERLINK("…")``, visible URLs, comments, links of drawings.

Where the first row of a sheet names its columns (title, author, date, accessed, quote, archive url), a row with one
source says so much of it, as in CSV.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from linkcheck import uri
from linkcheck.extract._fields import About, about_of, called, field_of, squeezed
from linkcheck.extract._package import Package, Prose, holds, in_formula, local, passages_of, relation_id
from linkcheck.extract._passages import Passage, citations_of
from linkcheck.model import Citation, Document, Problem

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "xlsx"
SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm")
CONFINED_FROM = 1024 * 1024

_MAIN = "xl/workbook.xml"
_CELL_PARTS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d{1,12})?")
_CELL = re.compile(r"[A-Z]{1,3}[0-9]{1,7}")


def recognises(content: bytes) -> bool:
    """Whether it is a package of Excel."""
    return holds(content, b"xl/workbook")


def citations(document: Document) -> Iterator[Citation | Problem]:
    """Every link and URL, each once a cell; with what a row says of its only one, where the first row names columns."""
    rows: dict[str, About] = {}
    for each in citations_of(document, passages_of(document, lambda package: _read(package, rows))):
        told = rows.get(each.place) if isinstance(each, Citation) else None
        if told is None or not isinstance(each, Citation):
            yield each
            continue
        yield replace(
            each,
            title=called(told.title),
            author=squeezed(told.author),
            dated=told.dated,
            accessed=told.accessed,
            quotes=told.quotes or each.quotes,
            memento=each.memento or uri.normalise(told.memento) or "",
        )


def _read(package: Package, rows: dict[str, About]) -> Iterator[Passage | Problem]:
    main = next((target for kind, target, _ in package.relations("").values() if kind == "officeDocument"), _MAIN)
    parts = package.relations(main)
    shared = next((target for kind, target, _ in parts.values() if kind == "sharedStrings"), "")
    strings = [_words(each) for each in package.tree(shared) if local(each) == "si"] if shared in package else []
    for sheet in package.tree(main).iter("{*}sheet"):
        target = parts.get(relation_id(sheet), ("", "", False))[1]
        if target in package:
            yield from _sheet(package, target, sheet.get("name") or "", strings, rows)


def _sheet(package: Package, part: str, name: str, strings: list[str], rows: dict[str, About]) -> Iterator[Passage]:
    root = package.tree(part)
    relations = package.relations(part)
    links: dict[str, list[str]] = {}
    for each in root.iter("{*}hyperlink"):
        _, target, outside = relations.get(relation_id(each), ("", "", False))
        first = (each.get("ref") or "").partition(":")[0]
        if outside and target:
            place = each.get("location")
            links.setdefault(first, []).append(f"{target}#{place}" if place and "#" not in target else target)
    told, given = _table(_cells(root, strings), links)
    rows |= {f"{name} {where}": said for where, said in told.items()}
    for where, words, formula in _cells(root, strings):
        if where not in given and (where in links or formula or "://" in words):
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


def _table(
    cells: Iterator[tuple[str, str, str]], links: dict[str, list[str]]
) -> tuple[dict[str, About], frozenset[str]]:
    """By its cell what a row says of the only source in it, and the cells of archived copies that it names so.

    Nothing where the first row does not name a column for it, as a table of CSV does.
    """
    headers: dict[str, str] = {}
    first = ""
    told: dict[str, dict[str, str]] = {}
    sources: dict[str, list[str]] = {}
    copies: dict[str, str] = {}
    for where, words, formula in cells:
        at = _CELL_PARTS.fullmatch(where)
        if at is None:
            continue
        first = first or at[2]
        is_source = where in links or bool(formula and in_formula(formula)) or "://" in words
        if at[2] == first:
            if is_source:
                return {}, frozenset()
            headers[at[1]] = field_of(words)
            continue
        kind = headers.get(at[1], "")
        if is_source and kind == "memento":
            copies[at[2]] = where
        elif is_source:
            sources.setdefault(at[2], []).append(where)
        if kind and words.strip():
            is_day = kind in ("accessed", "dated") and _SERIAL.fullmatch(words)
            told.setdefault(at[2], {}).setdefault(kind, _day_of(words) if is_day else words.strip())
    alone = {row: places[0] for row, places in sources.items() if len(places) == 1 and row in told}
    given = frozenset(where for row, where in copies.items() if row in alone)
    return {where: about_of(told[row]) for row, where in alone.items()}, given


def _day_of(serial: str) -> str:
    """Excel counts days; its day 1 is the first of 1900, and it takes that year for a leap year (ECMA-376 18.17.4)."""
    return (date(1899, 12, 30) + timedelta(days=int(float(serial)))).isoformat()


def _cells(root: _Element, strings: list[str]) -> Iterator[tuple[str, str, str]]:
    """Where each cell stands, its words and its formula."""
    for cell in root.iter("{*}c"):
        yield cell.get("r") or "", *_cell(cell, strings)


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
    authors = [each.text or "" for each in root.iter("{*}author")]
    for each in root.iter("{*}comment", "{*}threadedComment"):
        number = each.get("authorId") or ""
        by = authors[int(number)] if number.isdecimal() and len(number) < 7 and int(number) < len(authors) else ""
        if by.startswith("tc="):
            continue  # of a threaded comment again, with a link to Microsoft's help on it, for older Excels
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
