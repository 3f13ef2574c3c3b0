"""EPUB: its chapters in the order of reading (the spine), each read as the web page that it is."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from linkcheck.citing.ignored import ignored_lines
from linkcheck.extract import html
from linkcheck.extract._identified import with_identifiers
from linkcheck.extract._package import Package, PackageError, is_kind
from linkcheck.model import Citation, Document, Problem

NAME = "epub"
SUFFIXES = (".epub",)
HEEDS_COMMENTS = True
CONFINED_FROM = 1024 * 1024

_CONTAINER = "META-INF/container.xml"
_LOCKS = "META-INF/encryption.xml"
_HEADING = re.compile(r"<(h[1-3])\b[^>]*>(.{1,500}?)</\1\s*>", re.I | re.S)
_TAG = re.compile(r"<[^>]{0,500}>")
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_LONGEST = 60


def recognises(content: bytes) -> bool:
    """Whether an EPUB says so at its front (OCF 3.3, 4.3)."""
    return is_kind(content, b"application/epub+zip")


def citations(document: Document) -> Iterator[Citation | Problem]:
    """Every link and URL of every chapter."""
    return _cited(document, None)


def identified(document: Document) -> Iterator[Citation | Problem]:
    """The same, with DOIs, arXiv ids, ISBNs and RFCs that stand without a URL."""
    return _cited(document, set())


def _cited(document: Document, known: set[str] | None) -> Iterator[Citation | Problem]:
    try:
        yield from _read(document, Package(document.content), known)
    except PackageError as error:
        yield Problem(document.name, 0, f"{error}.")


def _read(document: Document, package: Package, known: set[str] | None) -> Iterator[Citation | Problem]:
    locked = package.bytes_of(_LOCKS) if _LOCKS in package else b""
    for number, chapter in enumerate(_spine(package), 1):
        if chapter not in package:
            yield Problem(document.name, 0, f"chapter {number} is missing ({chapter}); save or download it again.")
            continue
        if chapter.encode() in locked:
            yield Problem(document.name, 0, f"chapter {number} is encrypted; get a copy without copy protection.")
            continue
        text = _text(package.bytes_of(chapter))
        place = f"chapter {number}{_title(text)}"
        ignored = ignored_lines(text)
        page = Document(document.name, html.NAME, text)
        cited = html.citations(page)
        for found in cited if known is None else with_identifiers(list(cited), page, known):
            if found.line in ignored:
                continue
            if isinstance(found, Problem):
                yield replace(found, line=0, message=f"{place}: {found.message}")
            else:
                yield replace(found, line=0, column=0, place=place)


def _spine(package: Package) -> Iterator[str]:
    """The names of the chapters, in order."""
    root = next((each.get("full-path") or "" for each in package.tree(_CONTAINER).iter("{*}rootfile")), "")
    book = package.tree(root)
    items = {each.get("id"): each.get("href") or "" for each in book.iter("{*}item")}
    for each in book.iter("{*}itemref"):
        if href := items.get(each.get("idref")):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(root), unquote(href.partition("#")[0])))


def _text(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    return content.decode("utf-8", "replace")


def _title(text: str) -> str:
    """What the chapter is called, in brackets; "" where it has no heading."""
    from html import unescape

    heading = _HEADING.search(text)
    words = " ".join(unescape(_TAG.sub(" ", heading[2])).split()) if heading else ""
    return f" ({words[:_LONGEST]})" if words else ""
