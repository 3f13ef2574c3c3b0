"""The URLs of a web page, or of a piece of one: what its tags hold, and what stands bare in its text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from html.entities import html5

from linkcheck.extract._elements import Elements
from linkcheck.extract._tags import Tag, attributes, tags
from linkcheck.extract.text import ENDS, UNSEEN, find_urls

_ADDRESSES = frozenset({"href", "src", "cite", "srcset", "poster", "longdesc", "xlink:href"})
"""Attributes that hold URLs, on any element: pages have elements of their own making, too."""
_TELLING = re.compile(r"href|src|cite|poster|longdesc|data|content", re.I)
_HINTS = frozenset({"preconnect", "dns-prefetch", "profile", "schema.dc", "schema.dcterms"})
"""Of ``<link rel>``: they name a host to warm up, or a vocabulary (docutils writes ``schema.dcterms``), no source."""
_NOT_PROSE = frozenset({"a", "code", "kbd", "pre", "samp", "script", "style", "template", "textarea", "title", "xmp"})
"""Where a bare URL is no citation: it is linked already, or an example."""
_ENTITY = re.compile(
    r"&(?:#[0-9]{1,7};?|#[xX][0-9A-Fa-f]{1,6};?|[A-Za-z][A-Za-z0-9]{0,31};|[A-Za-z]{2,8}(?![A-Za-z0-9=]))"
)
_CANDIDATE = re.compile(r"[^\s,]\S*")
_REFRESH = re.compile(r"url\s*=\s*", re.I)
_BREAK = re.compile(r"<wbr\s*/?>", re.I)
# "https://a.example/<var>user</var>/b": what stands before is no address.
_HOLES = frozenset({"em", "i", "var"})
_BEFORE_HOLE = frozenset("/=:&?_-")


@dataclass(frozen=True, slots=True)
class Reference:
    """A URL in a piece of HTML: where its first character stands, as written, decoded, and in which element."""

    offset: int
    written: str
    address: str
    tag_offset: int = -1
    """Where the start tag begins that holds it; -1 for a bare URL."""
    tag: str = ""


def references(text: str) -> Iterator[Reference]:
    """The URLs of a page or a piece of one, absolute or not, in the order of the text."""
    return iter(scanned(text, None))


def scanned(text: str, elements: Elements | None) -> list[Reference]:
    """The URLs of a page; ``elements`` is told of every tag and text."""
    scanner = _Scanner(text, elements)
    for tag in tags(text):
        scanner.take(tag)
    scanner.close()
    return scanner.found


class _Scanner:
    """Walks over the tags and texts of a page, remembering the URLs it passes."""

    def __init__(self, text: str, elements: Elements | None) -> None:
        self._text = text
        self._elements = elements
        self._last = 0
        self._text_begins = -1
        self._inside: dict[str, int] = {}
        self.found: list[Reference] = []

    def take(self, tag: Tag) -> None:
        """Takes a tag, and the text before it."""
        if tag.begin > self._last:
            self._take_text(tag.begin)
        self._last = tag.end
        if tag.kind == "start":
            self._start(tag)
            return
        if tag.kind == "end":
            self._stop(tag.name)
        elif self._elements is not None:
            self._elements.text("", is_markup=True)
        if self._text_begins >= 0:
            self._end_text(tag.begin)

    def close(self) -> None:
        """Takes the text behind the last tag."""
        if len(self._text) > self._last:
            self._take_text(len(self._text))
        if self._elements is not None:
            self._elements.close()
        if self._text_begins >= 0:
            self._end_text(len(self._text))

    def _take_text(self, end: int) -> None:
        if self._elements is not None:
            self._elements.text(self._text[self._last : end])
        if self._text_begins < 0:
            self._text_begins = self._last

    def _start(self, tag: Tag) -> None:
        name, is_whole = tag.name, tag.is_whole
        if self._elements is not None:
            self._elements.start(tag, is_whole=is_whole)
        if self._text_begins >= 0:
            if name == "wbr":  # text goes on behind it; the tree has it as an element
                return
            self._end_text(tag.begin, is_hole=name in _HOLES)
        if tag.attributes and _TELLING.search(tag.attributes):
            self.found += _in_tag(tag)
        if name in _NOT_PROSE and not is_whole:
            if name == "a":
                self._inside.pop(name, None)
                if not any(key == "href" for key, _, _ in attributes(tag)):
                    return  # "<a name=part>" of old pages, which nobody closes
            self._inside[name] = self._inside.get(name, 0) + 1

    def _stop(self, name: str) -> None:
        if self._elements is not None:
            self._elements.stop(name)
        if name in self._inside:
            # The text before it stands inside still.
            self._text_begins = -1
            self._inside[name] -= 1
            if not self._inside[name]:
                del self._inside[name]

    def _end_text(self, end: int, *, is_hole: bool = False) -> None:
        """Looks for bare URLs in the text that ends there.

        One that ends with it ``is_hole`` leaves out where it is to be filled in behind a slash or the like.
        """
        begin, self._text_begins = self._text_begins, -1
        if self._inside:
            return
        raw = self._text[begin:end]
        if "://" in raw:
            breaks = _Breaks(raw)
            for offset, written in find_urls(_ENTITY.sub(_blank_where_url_ends, breaks.without)):
                first, last = breaks.place(offset), breaks.place(offset + len(written) - 1) + 1
                if is_hole and raw[-1] in _BEFORE_HOLE and not raw[last:].strip(":_-"):
                    continue
                self.found.append(Reference(begin + first, raw[first:last], decode(written).translate(UNSEEN)))


class _Breaks:
    """Where in a text a long URL may be broken (``<wbr>``), which is none of it."""

    def __init__(self, raw: str) -> None:
        self._at: list[int] = []
        self._moved = [0]
        for found in _BREAK.finditer(raw):
            self._at.append(found.start() - self._moved[-1])
            self._moved.append(self._moved[-1] + found.end() - found.start())
        self.without = _BREAK.sub("", raw) if self._at else raw

    def place(self, offset: int) -> int:
        """Where a character of ``without`` stands in the text."""
        return offset + self._moved[bisect_right(self._at, offset)]


def _blank_where_url_ends(entity: re.Match[str]) -> str:
    sign = _resolved(entity)
    return f"{sign if sign in '<>' else ' ':<{len(entity[0])}}" if sign == "'" or ENDS.match(sign) else entity[0]


def decode(written: str) -> str:
    """Character references resolved as in an attribute: ``&copy=1`` stays, it is a parameter (HTML 13.2.5.73)."""
    return _ENTITY.sub(_resolved, written)


def _resolved(entity: re.Match[str]) -> str:
    # "&region" and "&ampere;" stay, though "&reg" and "&amp" are references: so it is in attributes.
    return unescape(entity[0]) if entity[0][1] == "#" else html5.get(entity[0][1:], entity[0])


def _in_tag(tag: Tag) -> list[Reference]:
    """The URLs in a start tag."""
    held: dict[str, tuple[int, str]] = {}
    for name, place, value in attributes(tag):
        held.setdefault(name, (place, value))
    relations = held.get("rel", (0, ""))[1].lower().split()
    if tag.name == "base" or (tag.name == "link" and _HINTS.intersection(relations)):
        return []
    found: list[Reference] = []
    if tag.name == "meta" and held.get("http-equiv", (0, ""))[1].strip().lower() == "refresh":
        place, value = held.get("content", (0, ""))
        if url := _target(value):
            found.append(Reference(place + value.rindex(url), url, decode(url), tag.begin, tag.name))
    for name, (place, value) in held.items():
        if name in ("srcset", "imagesrcset"):
            pieces = _candidates(value)
        elif name in _ADDRESSES or (name == "data" and tag.name == "object"):
            pieces = [(len(value) - len(value.lstrip()), value.strip())]
        else:
            continue
        found += [
            Reference(place + offset, piece, decode(piece), tag.begin, tag.name) for offset, piece in pieces if piece
        ]
    return found


def _target(content: str) -> str:
    """Where a page sends its reader: of ``5; url='https://a.example/b'`` (HTML 4.2.5.3); "" if it only reloads."""
    delay = content.lstrip()
    if delay[:1] not in frozenset("0123456789."):
        return ""
    target = delay.lstrip("0123456789.").lstrip(" \t\n\f\r;,")
    if named := _REFRESH.match(target):
        target = target[named.end() :]
    return target[1:].partition(target[0])[0].strip() if target[:1] in ("'", '"') else target.strip()


def _candidates(srcset: str) -> list[tuple[int, str]]:
    """The URLs of a ``srcset`` with their places (HTML 4.8.4.3.10); commas inside a URL belong to it."""
    found: list[tuple[int, str]] = []
    position = 0
    while candidate := _CANDIDATE.search(srcset, position):
        url = candidate[0].rstrip(",")
        found.append((candidate.start(), url))
        position = candidate.end()
        if url == candidate[0]:
            comma = srcset.find(",", position)
            position = comma + 1 if comma >= 0 else len(srcset)
    return found
