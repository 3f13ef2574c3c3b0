"""RIS, which reference managers and publishers' sites export: records of tagged lines, ``TY  -`` to ``ER  -``.

Tags after the RIS specification of 2011 (Research Information Systems; Reference Manager and EndNote read it).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from linkcheck.citing.places import Places, shorten
from linkcheck.extract._fields import About, addresses, cite, dated, day, doi_of, plain_text
from linkcheck.model import Citation, Document, Problem

NAME = "ris"
SUFFIXES = (".ris",)

_LINE = re.compile(r"^(?P<tag>[A-Z][A-Z0-9])  ?-(?: |(?=[\r\n]|\Z))(?P<value>[^\r\n]*)", re.M)
_NO_SOURCE = frozenset({"TY", "ER", "ID", "KW", "DB", "DP", "LB"})
"""Tags of what the record is filed under, and the database that it was taken from."""
_MAIN = frozenset({"UR", "LK"})

Field = tuple[str, str, int]


def citations(document: Document) -> Iterator[Citation | Problem]:
    """The URLs of every record; its DOI where it gives no URL; a text without records is read as plain text."""
    record: list[Field] = []
    if not _LINE.search(document.text):
        yield from plain_text(document)
        return
    places = Places(document)
    for line in _LINE.finditer(document.text):
        if line["tag"] == "TY" and record:  # the one before it was never ended
            yield from _cited(places, document.text, record)
            record = []
        record.append((line["tag"], line["value"].strip(), line.start("value")))
        if line["tag"] == "ER":
            yield from _cited(places, document.text, record)
            record = []
    yield from _cited(places, document.text, record)


def _cited(places: Places, text: str, record: list[Field]) -> Iterator[Citation | Problem]:
    def first(*tags: str) -> str:
        return next((value for tag in tags for name, value, _ in record if name == tag and value), "")

    title = first("TI", "T1", "CT", "BT")
    about = About(
        title=title,
        author="; ".join(value for tag, value, _ in record if tag in ("AU", "A1") and value),
        dated=dated(first("DA")) or dated(first("PY", "Y1")),
        accessed=day(first("Y2")),
        place=f"@{shorten(first('ID'), 60)}" if first("ID") else "",
        context=shorten(title, 300),
    )
    beside = About(place=about.place, context=about.context)
    has_url = any(tag in _MAIN and next(addresses(value), None) for tag, value, _ in record)
    for tag, value, offset in record:
        if tag == "DO" and not has_url and (address := doi_of(value)):
            if made := cite(places, text.find(value, offset), value, address, about):
                yield made
        elif tag not in _NO_SOURCE:
            for written, address in addresses(value):
                if tag != "DO" or not has_url:
                    said = about if tag in _MAIN or tag == "DO" else beside
                    if made := cite(places, text.find(written, offset), written, address, said):
                        yield made
