"""Large documents are read in a process of its own, within limits of time and memory, so that none holds a run.

Most readers take time in proportion to a document; some of those that others wrote take its square where somebody means
harm: 64 kB of ``{{a|`` hold mwparserfromhell for minutes. So each format says up to what size it is read in place
(``CONFINED_FROM``), and whatever is larger is given to :mod:`linkcheck.confined`, where it has
:data:`linkcheck.confined.SECONDS` and :data:`linkcheck.confined.MEMORY`. What is small costs no process.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from linkcheck import confined
from linkcheck.extract import _local
from linkcheck.extract._local import LocalLink
from linkcheck.model import Citation, Document, Problem
from linkcheck.zips import BROKEN

CONFINED_FROM = 256 * 1024
"""Bytes of a document whose format does not say otherwise."""

_ACCESSED = Citation.__slots__.index("accessed")
_ZIP = b"PK\x03\x04"


def size(document: Document) -> int:
    """Bytes that its reader has before it: of a package (Word, EPUB …) unpacked, as its directory has them."""
    if not document.content.startswith(_ZIP) or document.text:
        return max(len(document.text), len(document.content))
    try:
        with zipfile.ZipFile(io.BytesIO(document.content)) as package:
            return max(len(document.content), sum(part.file_size for part in package.infolist()))
    except BROKEN:
        return len(document.content)


def citations(document: Document, identifiers: bool, seconds: int) -> Iterator[Citation | Problem]:
    """What :func:`linkcheck.extract.citations` finds, found elsewhere; a Problem where a limit ended it."""
    answer = _ask("citations", document, identifiers, seconds)
    for line in answer.lines:
        yield _loaded(json.loads(line))
    if answer.ended:
        message = f"{answer.ended}; what of it is not listed is unread. Split it, or leave it out."
        yield Problem(document.name, 0, message)


def local_links(document: Document, seconds: int) -> Iterator[LocalLink]:
    """The same for links to files; those of a document that is too much are not looked at, its citations say so."""
    for line in _ask("local_links", document, False, seconds).lines:
        yield LocalLink(*json.loads(line))


def anchors(document: Document, seconds: int) -> Iterator[str] | None:
    """The same for what can be linked to; None where a limit ended it, and nobody knows."""
    answer = _ask("anchors", document, False, seconds)
    return None if answer.ended else (json.loads(line) for line in answer.lines)


def _ask(what: str, document: Document, identifiers: bool, seconds: int) -> confined.Answer:
    head = [what, identifiers, document.name, document.format, bool(document.text), document.address]
    # Either is read, never both: a text that came in another encoding is sent as it was decoded.
    body = document.text.encode("utf-8", "surrogatepass") if document.text else document.content
    return confined.ask(__name__, json.dumps(head).encode() + b"\n" + body, seconds=seconds)


def _loaded(fields: list[Any]) -> Citation | Problem:
    if len(fields) == len(Problem.__slots__):
        return Problem(*fields)
    citation = Citation(*fields)
    day = date.fromisoformat(fields[_ACCESSED]) if citation.accessed else None
    return replace(citation, quotes=tuple(citation.quotes), loose=tuple(citation.loose), accessed=day)


# ---------------------------------------------------------------- over there


def answers(content: bytes) -> Iterator[str]:
    """The lines of one answer, for :func:`linkcheck.confined.serve`."""
    from linkcheck import extract

    head, _, body = content.partition(b"\n")
    what, identifiers, name, form, is_text, address = json.loads(head)
    text = body.decode("utf-8", "surrogatepass") if is_text else ""
    document = Document(name, form, text, b"" if is_text else body, address=address)
    if what == "anchors":
        yield from map(json.dumps, _local.anchors(document))
        return
    found: Iterator[Citation | Problem | LocalLink] = (
        _local.local_links(document) if what == "local_links" else extract.citations_here(document, identifiers)
    )
    for each in found:
        yield json.dumps([getattr(each, field) for field in type(each).__slots__], default=date.isoformat)
