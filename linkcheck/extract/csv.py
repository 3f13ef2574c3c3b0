"""Tables with commas, semicolons or tabs (RFC 4180): a cell is a URL, or holds some; its row says more about it.

What a column says is told by its name in the first row: title, author, date, accessed, quote, archive url, doi.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from linkcheck.citing.places import Places, shorten
from linkcheck.extract._fields import NOTHING, About, about_of, addresses, cite, doi_of, field_of, squeezed
from linkcheck.model import Citation, Document, Problem

NAME = "csv"
SUFFIXES = (".csv", ".tsv")
NAMED_ONLY = True

_DELIMITERS = ",;\t|"
Cell = tuple[int, str]


def citations(document: Document) -> Iterator[Citation | Problem]:
    """Every URL of every cell, and the DOIs of a column of that name; ``place`` is the cell, as ``cell B7``."""
    places = Places(document)
    headers: list[str] = []
    for number, row in enumerate(_rows(document.text), 1):
        values = [value for _, value in row]
        if number == 1 and not any(next(addresses(value), None) for value in values):
            headers = [field_of(value) for value in values]
            continue
        yield from _cited(places, number, row, headers + [""] * (len(row) - len(headers)))


def _cited(places: Places, number: int, row: list[Cell], headers: list[str]) -> Iterator[Citation | Problem]:
    found: list[tuple[int, str, str, int]] = []
    for column, (offset, value) in enumerate(row):
        if headers[column] == "memento":
            continue
        for written, address in addresses(value):
            found.append((offset + max(0, value.find(written)), written, address, column))
        if headers[column] == "doi" and (address := doi_of(value)):
            found.append((offset, value.strip(), address, column))
    # Two URLs in a row: whose title it is cannot be told.
    told = _about(row, headers) if len(found) == 1 else NOTHING
    others = " | ".join(shorten(squeezed(value), 80) for _, value in islice(row, 12) if squeezed(value))
    for offset, written, address, column in found:
        context = "" if others == written else shorten(others, 300)
        said = replace(told, place=f"cell {_letters(column)}{number}", context=context)
        if made := cite(places, offset, written, address, said):
            yield made


def _about(row: list[Cell], headers: list[str]) -> About:
    fields: dict[str, str] = {}
    for header, (_, value) in zip(headers, row, strict=False):
        if header and value.strip():
            fields.setdefault(header, value.strip())
    return about_of(fields)


def _rows(text: str) -> Iterator[list[Cell]]:
    """The cells of each row, with the offset of their first character."""
    delimiter = _delimiter(text)
    border = re.escape(delimiter)
    piece = re.compile(
        rf'[ ]*"(?P<quoted>(?:[^"]++|"")*+)"[ ]*(?=[{border}\r\n]|\Z)|(?P<bare>[^{border}\r\n]*)'  # no backtracking
    )
    position, row = 0, []
    while True:
        cell = piece.match(text, position)
        if cell is None:
            return  # never: the second alternative matches nothing, too
        group = "quoted" if cell["quoted"] is not None else "bare"
        row.append((cell.start(group), cell[group].replace('""', '"') if group == "quoted" else cell[group]))
        position = cell.end()
        end = text[position : position + 1]
        if end == delimiter:
            position += 1
            continue
        yield row
        row = []
        if not end:
            return
        position += 2 if text.startswith("\r\n", position) else 1


def _delimiter(text: str) -> str:
    """What the first line has most of, outside of quotes; a comma where it has nothing, or one URL with commas."""
    first = re.sub(r'"[^"]*"', "", text[:4096].lstrip("\r\n").splitlines()[0] if text.strip() else "")
    bare = re.sub(r"https?://\S+", "", first)
    best = max(_DELIMITERS, key=bare.count)
    if bare.count(best):
        return best
    return "\t" if re.fullmatch(r"\s*https?://\S+\s*", first) else ","


def _letters(column: int) -> str:
    """``A``, ``B`` … ``Z``, ``AA``: what spreadsheets call a column."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
