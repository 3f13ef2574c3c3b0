"""Jupyter notebooks: what Markdown cells link to, comments of code cells name, and outputs show.

``place`` is the cell, counted from 1 as readers do; line and column are those within the cell, or within its output.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from linkcheck.citing.ignored import ignored_lines
from linkcheck.extract import html, markdown, text
from linkcheck.extract._identified import with_identifiers
from linkcheck.model import Citation, Document, Problem

NAME = "ipynb"
SUFFIXES = (".ipynb",)
HEEDS_COMMENTS = True
CONFINED_FROM = 64 * 1024
"""Its cells are Markdown."""

_HASH_OR_STRING = re.compile(
    r"(?P<string>(?P<triple>\"\"\"|''').*?(?:(?P=triple)|\Z)|\"(?:\\.|[^\"\\\n])*\"?|'(?:\\.|[^'\\\n])*'?)"
    r"|(?P<comment>\#[^\r\n]*)",
    re.S,
)
_SLASHES = re.compile(
    r"(?P<string>\"(?:\\.|[^\"\\\n])*\"?|'(?:\\.|[^'\\\n])*'?)|(?P<comment>//[^\r\n]*|/\*.*?\*/)", re.S
)
_MAGIC = re.compile(r"%%(html|markdown)(?=[ \t\r\n])[^\r\n]*")
"""IPython's way of saying that a code cell is none."""
_WITH_SLASHES = frozenset(
    {"javascript", "typescript", "java", "kotlin", "scala", "c", "c++", "c#", "rust", "go", "swift"}
)


def citations(document: Document) -> Iterator[Citation | Problem]:
    """What the cells cite, in their order. What is no notebook is a Problem of the whole document."""
    return _cited(document, None)


def identified(document: Document) -> Iterator[Citation | Problem]:
    """The same, with DOIs, arXiv ids, ISBNs and RFCs that stand without a URL in cells of Markdown."""
    return _cited(document, set())


def _cited(document: Document, known: set[str] | None) -> Iterator[Citation | Problem]:
    try:
        notebook = json.loads(document.text)
    except json.JSONDecodeError as error:
        message = f"no notebook: {error.msg}, column {error.colno}; save it in Jupyter again"
        yield Problem(document.name, error.lineno, message)
        return
    except (RecursionError, ValueError):
        yield Problem(document.name, 0, "no notebook: nested too deep, or a number that is too long")
        return
    cells = _cells(notebook)
    if cells is None:
        yield Problem(document.name, 0, "no notebook: it has no list of cells (nbformat 3 and 4 are read)")
        return
    language = _language(notebook)
    for number, cell in enumerate(cells, start=1):
        if isinstance(cell, dict):
            yield from _in_cell(document.name, f"cell {number}", cell, language, known)


def _cells(notebook: Any) -> list[Any] | None:
    if not isinstance(notebook, dict):
        return None
    cells = notebook.get("cells")
    if isinstance(cells, list):
        return cells
    sheets = notebook.get("worksheets")
    if not isinstance(sheets, list):
        return None
    inside = [sheet["cells"] for sheet in sheets if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list)]
    return [cell for cells in inside for cell in cells]


def _language(notebook: dict[str, Any]) -> str:
    metadata = notebook.get("metadata")
    kernel = metadata.get("language_info") or metadata.get("kernelspec") if isinstance(metadata, dict) else None
    name = (kernel.get("name") or kernel.get("language")) if isinstance(kernel, dict) else ""
    return str(name or "").lower()


def _in_cell(
    name: str, place: str, cell: dict[str, Any], language: str, known: set[str] | None
) -> Iterator[Citation | Problem]:
    source = _joined(cell.get("source", cell.get("input")))
    kind = cell.get("cell_type")
    if kind in ("markdown", "heading"):
        words = Document(name, "markdown", source)
        cited = markdown.citations(words)
        yield from _at(place, source, cited if known is None else with_identifiers(list(cited), words, known))
    elif kind == "raw":
        yield from _at(place, source, text.citations(Document(name, "text", source)))
    elif kind == "code" and (magic := _MAGIC.match(source)):
        body = " " * magic.end() + source[magic.end() :]
        member = html if magic[1] == "html" else markdown
        yield from _at(place, source, member.citations(Document(name, member.NAME, body)))
    elif kind == "code":
        comments = _SLASHES if language in _WITH_SLASHES else _HASH_OR_STRING
        yield from _at(place, source, text.citations(Document(name, "text", comments_of(source, comments))))
        outputs = cell.get("outputs")
        for output in outputs if isinstance(outputs, list) else ():
            yield from _in_output(name, f"{place}, output", output)


def _in_output(name: str, place: str, output: Any) -> Iterator[Citation | Problem]:
    if not isinstance(output, dict):
        return
    shown = output.get("data")
    bundle = shown if isinstance(shown, dict) else {"text/html": output.get("html")}
    # A notebook shows the richest of them; they all say the same.
    if words := _joined(bundle.get("text/html")):
        yield from _at(place, words, html.citations(Document(name, "html", words)))
    elif words := _joined(bundle.get("text/markdown")):
        yield from _at(place, words, markdown.citations(Document(name, "markdown", words)))


def comments_of(source: str, pattern: re.Pattern[str] = _HASH_OR_STRING) -> str:
    """Code with spaces where it is no comment; places stay as they are."""
    pieces: list[str] = []
    position = 0
    for part in pattern.finditer(source):
        if part["comment"] is not None:
            pieces += [_blanked(source[position : part.start()]), part[0]]
            position = part.end()
    return "".join((*pieces, _blanked(source[position:])))


def _blanked(code: str) -> str:
    return re.sub(r"[^\r\n]", " ", code)


def _joined(source: Any) -> str:
    """nbformat: a text, or the list of its lines."""
    if isinstance(source, list):
        return "".join(line for line in source if isinstance(line, str))
    return source if isinstance(source, str) else ""


def _at(place: str, source: str, found: Iterator[Citation | Problem]) -> Iterator[Citation | Problem]:
    ignored = ignored_lines(source)
    for each in found:
        if each.line in ignored:
            continue
        if isinstance(each, Citation):
            yield replace(each, place=place)
        else:
            yield replace(each, message=f"{place}: {each.message}")
