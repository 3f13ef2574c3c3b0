"""``sources.txt``: the list of sources that a person writes by hand, and that ``linkcheck extract`` writes.

One URL a line; a line that begins with ``#`` is a comment; indented lines under a URL say more about that citation::

    https://a.example/paper
        > words that the source must contain
        ? words that may be the source's: looked for, and never held against it
        accessed: 2024-09-01
        title: What the source is called
        memento: https://web.archive.example/web/20240901120000/https://a.example/paper
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from linkcheck import uri
from linkcheck.citing.places import shorten, too_long
from linkcheck.model import Citation, Document, Problem

NAME = "sources"
SUFFIXES: tuple[str, ...] = ()
CONFINED_FROM = 8 * 1024 * 1024
"""What it costs grows with its size and no faster."""
"""None of its own: a list is a ``.txt``, told by its name or its lines (:func:`linkcheck.extract.format_for`)."""

_KEYS = ("accessed:", "title:", "memento:", ">", "?")
_LINE_END = re.compile(r"\r\n|\r|\n")
_KEY = re.compile(r"([^\s:>]+)\s*:?")
_FORM = "a URL stands alone on its line, and what is said about it is indented under it"


@dataclass
class _Entry:
    """A URL line and what has been read under it; ``url`` is empty where the line was none."""

    url: str
    written: str
    line: int
    column: int
    quotes: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    accessed: date | None = None
    title: str = ""
    memento: str = ""

    def citation(self, document: Document) -> Citation:
        return Citation(
            self.url,
            self.written,
            document.name,
            self.line,
            self.column,
            quotes=tuple(self.quotes),
            accessed=self.accessed,
            title=self.title,
            loose=tuple(self.loose),
            memento=self.memento,
        )


def citations(document: Document) -> Iterator[Citation | Problem]:
    """Every URL line with what is indented under it; any scheme that has a host is taken.

    A list without a URL is a Problem of the whole document.
    """
    entry: _Entry | None = None
    is_empty = True
    for number, line in enumerate(_LINE_END.split(document.text), start=1):
        said = line.strip()
        if not said or said[0] == "#":
            continue
        is_empty = False
        if line[0] not in " \t":
            if entry and entry.url:
                yield entry.citation(document)
            entry = _Entry(_address(said), said, number, line.index(said) + 1)
            if not entry.url:
                yield Problem(document.name, number, _not_a_url(said))
        elif entry is None:
            yield Problem(document.name, number, f"indented, but no URL stands above it; {_FORM}: {shorten(said)}")
        elif problem := _say(entry, said):
            yield Problem(document.name, number, problem)
    if entry and entry.url:
        yield entry.citation(document)
    if is_empty:
        yield Problem(document.name, 0, "the list holds no URL; write one a line, beginning with https://")


def dumps(citations: Iterable[Citation]) -> str:
    """The citations as a list that :func:`citations` reads again: the same URLs, all that is said of them, in order.

    A comment above each says where it is cited, and in what words. Line ends and runs of spaces in quotes and titles
    become one space. "" for no citations.
    """
    lines: list[str] = []
    scattered: set[str] = set()
    for citation in citations:
        if citation.apart and citation.document not in scattered:
            scattered.add(citation.document)
            lines.append(
                _comment(_squeezed(f"{citation.document} quotes, and does not say from which of its sources:"))
            )
            lines += [_comment(f"    > {_squeezed(passage)}") for passage in citation.loose]
        if citation.document:
            where = f"{citation.document}:{citation.line}" if citation.line else citation.document
            where = f"{where}, {citation.place}" if citation.place else where
            lines.append(_comment(_squeezed(f"{where}: {citation.context}").rstrip(": ")))
        as_written = citation.written.isprintable() and _address(citation.written) == citation.url
        lines.append(citation.written if as_written else citation.url)
        lines += [f"    > {quote}" for quote in map(_squeezed, citation.quotes) if quote]
        if not citation.apart:
            lines += [f"    ? {passage}" for passage in map(_squeezed, citation.loose) if passage]
        if citation.accessed:
            lines.append(f"    accessed: {citation.accessed.isoformat()}")
        if title := _squeezed(citation.title):
            lines.append(f"    title: {title}")
        if memento := _address(citation.memento):
            lines.append(f"    memento: {memento}")
    return "".join(f"{line}\n" for line in lines)


def _address(written: str) -> str:
    """The normalised URL of a line, "" where it is none that a host can be asked for."""
    if re.search(r"\s", written) or "://" not in written:
        return ""
    url = uri.normalise(written)
    return url if url and uri.host(url) else ""


def _not_a_url(said: str) -> str:
    words = said.split(None, 1)
    if len(words) == 1 and len(said) > uri.LONGEST:
        return too_long(said)
    if len(words) > 1 and _address(words[0]):
        return f"more than a URL: {shorten(said)}; {_FORM}; a comment needs a line of its own that begins with #"
    return f"no URL: {shorten(said)}; write one a line, beginning with https://"


def _say(entry: _Entry, said: str) -> str:
    """Notes down an indented line; the words of the Problem if it cannot be."""
    lowered = said[:9].lower()
    if said[0] == ">":
        if not said[1:].strip():
            return "a > without words; write the passage that the source must contain after it"
        entry.quotes.append(said[1:].strip())
    elif said[0] == "?":
        if not said[1:].strip():
            return "a ? without words; write the passage that the source may contain after it"
        entry.loose.append(said[1:].strip())
    elif lowered.startswith("accessed:"):
        day = said[9:].strip()
        entry.accessed = _date(day)
        if entry.accessed is None:
            return f"no date: {shorten(day) or 'nothing'}; write accessed: YYYY-MM-DD"
    elif lowered.startswith("title:"):
        entry.title = said[6:].strip()
    elif lowered.startswith("memento:"):
        entry.memento = _address(said[8:].strip())
        if not entry.memento:
            return f"no URL: {shorten(said[8:].strip()) or 'nothing'}; write memento: and the archive URL of a copy"
    else:
        return _unknown(said)
    return ""


def _date(day: str) -> date | None:
    # Python also reads "20240901" and "2024-W35-7", which people do not expect in a list.
    try:
        return date.fromisoformat(day) if len(day) == 10 and day[4] == day[7] == "-" else None
    except ValueError:
        return None


def _unknown(said: str) -> str:
    key = _KEY.match(said)
    near = get_close_matches(f"{key[1].lower()[:40]}:" if key else "", _KEYS, n=1)
    way_out = f"did you mean {near[0]}?" if near else f"there are {', '.join(_KEYS)}"
    return f"not understood: {shorten(said)}; {way_out}"


# What steers a terminal or turns the order of a line around: a list is read there, and a stranger names his files.
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def _comment(words: str) -> str:
    return _STEERING.sub("\ufffd", f"# {words}")


def _squeezed(words: str) -> str:
    return " ".join(words.split())
