"""XML as elements with their places: shared by feeds, sitemaps, OPML and RDF.

Expat in one pass, without entities of the text's own, external ones or any file or network: a document type that
declares entities ends the reading. No recursion, so depth costs only memory, and that is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

_DEEPEST = 1_000
_LONGEST_TEXT = 1_000_000
_PROLOG = re.compile(r"\s*<\?xml\b[^>]*\?>")


class NotRead(Exception):  # noqa: N818
    """The text is no XML that is read; in words for people."""


@dataclass
class Element:
    """One element: names without their prefix, lower case; ``begin`` and ``end`` are offsets in the text."""

    name: str
    prefix: str
    attributes: dict[str, str]
    begin: int
    end: int = 0
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def first(self, *names: str) -> str:
        """The text of the first child of one of those names that has any."""
        return next((each.text.strip() for name in names for each in self.named(name) if each.text.strip()), "")

    def named(self, name: str) -> Iterator[Element]:
        """The children of that name."""
        return (each for each in self.children if each.name == name)


def elements(text: str, kept: frozenset[str]) -> Iterator[Element]:
    """The elements of those names, each when it ends, with all that is in it; an outer one has inner ones as children.

    Raises:
        NotRead: the text is not well-formed, declares entities, or is nested too deep. What came before is good.
    """
    content = _PROLOG.sub("", text, count=1)
    shift = len(text) - len(content)
    offsets = _Offsets(content, shift)
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    stack: list[Element] = []
    ready: list[Element] = []
    wanted = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal wanted
        prefix, _, local = name.lower().rpartition(":")
        if len(stack) >= _DEEPEST:
            raise NotRead(f"it is nested more than {_DEEPEST:,} deep")
        plain = {key.lower(): value for key, value in attributes.items()}
        element = Element(local, prefix, plain, offsets.at(parser.CurrentByteIndex))
        wanted += local in kept
        if wanted and stack:
            stack[-1].children.append(element)
        stack.append(element)

    def end(name: str) -> None:
        nonlocal wanted
        element = stack.pop()
        element.end = offsets.at(parser.CurrentByteIndex)
        if element.name in kept:
            wanted -= 1
            ready.append(element)

    def characters(words: str) -> None:
        if stack and wanted and len(stack[-1].text) < _LONGEST_TEXT:
            stack[-1].text += words

    def declared(*_: object) -> None:
        raise NotRead("it declares entities of its own")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.EntityDeclHandler = declared
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    encoded = content.encode("utf-8", "replace")
    try:
        for begin in range(0, len(encoded), 65_536):
            parser.Parse(encoded[begin : begin + 65_536], False)
            yield from ready
            ready.clear()
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        yield from ready
        raise NotRead(f"it is no well-formed XML: {error}") from None
    yield from ready


class _Offsets:
    """From expat's bytes to the text's characters; asked in rising order, so each piece is counted once."""

    def __init__(self, text: str, shift: int) -> None:
        self._text, self._shift = text, shift
        self._ascii = text.isascii()
        self._byte = self._char = 0

    def at(self, byte: int) -> int:
        if self._ascii:
            return byte + self._shift
        while self._byte < byte and self._char < len(self._text):
            sign = ord(self._text[self._char])
            self._byte += 1 if sign < 0x80 else 2 if sign < 0x800 else 3 if sign < 0x10000 else 4
            if 0xD800 <= sign < 0xE000:
                self._byte -= 2  # a lone surrogate was encoded as "?"
            self._char += 1
        return self._char + self._shift
