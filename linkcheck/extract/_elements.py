"""The tree of a web page, as far as it says what stands around a link: elements, texts, and which block holds them.

Built in one pass from what :mod:`._tags` finds, with the rules of Beautiful Soup's builder on Python's tokenizer: an
end tag closes everything back to its start tag, one without a start tag closes nothing, void elements hold nothing. It
takes a fifth of the time, and no page is nested too deep for it. Nodes are kept in the order of the text; an element
knows where its own end.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from html.entities import html5

from linkcheck.extract._tags import Tag, attributes

# fmt: off
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
})
_VOID = frozenset({
    "area", "base", "basefont", "bgsound", "br", "col", "command", "embed", "frame", "hr", "image", "img", "input",
    "isindex", "keygen", "link", "menuitem", "meta", "nextid", "param", "source", "spacer", "track", "wbr",
})
# fmt: on
_KEPT_AS_IT_IS = frozenset({"pre", "textarea"})
_UNREAD = frozenset({"script", "style", "template", "rt", "rp"})
"""Whose own text is not what a reader reads; nor are the readings above words (``<ruby>``)."""

_LEVELS = 30
"""How far up a block is looked for, since nesting has no end."""

_REFERENCE = re.compile(r"&(?:(#(?:[0-9]{1,7}|[xX][0-9a-fA-F]{1,6}))|([a-zA-Z][-.a-zA-Z0-9]*));?")


class Element:
    """A start tag and what it holds.

    Attributes:
        name: lower case.
        parent: None for the outermost.
        block: the nearest paragraph, list item, cell … around it; None where there is none within reach.
        at, end: place in :attr:`Elements.nodes`; where the first node stands that is no longer inside.
    """

    __slots__ = ("_levels", "_tag", "at", "block", "end", "name", "parent")

    def __init__(self, tag: Tag, parent: Element | None, at: int) -> None:
        self.name = tag.name
        self.parent = parent
        self.at = at
        self.end = at + 1
        self._tag = tag
        self.block, self._levels = _block_within(parent)

    def get(self, name: str) -> str | None:
        """An attribute, "" where it has no value; None where it is not there. Of several the first counts."""
        written = self._tag.attributes
        if not written or (name not in written and name not in written.lower()):
            return None
        return next((unescape(value) for key, _, value in attributes(self._tag) if key == name), None)


class Text:
    """A piece of text between two tags; ``words`` is "" for comments, scripts and the like."""

    __slots__ = ("block", "parent", "words")

    def __init__(self, words: str, parent: Element | None) -> None:
        self.words = words
        self.parent = parent
        self.block = _block_within(parent)[0]


def _block_within(parent: Element | None) -> tuple[Element | None, int]:
    if parent is None:
        return None, 0
    if parent.name in BLOCKS:
        return parent, 1
    levels = parent._levels + 1
    return (parent.block if levels <= _LEVELS else None), levels


class Elements:
    """Takes tags and texts as they come.

    Attributes:
        nodes: elements and texts in the order of the text.
        by_offset: the elements by where their start tags begin.
    """

    def __init__(self) -> None:
        self.nodes: list[Element | Text] = []
        self.by_offset: dict[int, Element] = {}
        self._open: list[Element] = []
        self._count: Counter[str] = Counter()
        self._closed: Counter[str] = Counter()
        self._kept = 0
        self._unread: list[Element] = []

    def start(self, tag: Tag, *, is_whole: bool) -> None:
        """A start tag; ``is_whole`` says that it ends with ``/>``."""
        name = tag.name
        element = Element(tag, self._open[-1] if self._open else None, len(self.nodes))
        self.nodes.append(element)
        self.by_offset[tag.begin] = element
        if is_whole:
            return
        if name in _VOID:
            self._closed[name] += 1
            return
        self._open.append(element)
        self._count[name] += 1
        self._kept += name in _KEPT_AS_IT_IS
        if name in _UNREAD:
            self._unread.append(element)

    def stop(self, name: str) -> None:
        """An end tag."""
        if self._closed[name]:
            self._closed[name] -= 1
        elif self._count[name]:
            while self._close().name != name:
                pass

    def text(self, raw: str, *, is_markup: bool = False) -> None:
        """What stands between two tags, with its character references; or a comment, and the like."""
        if is_markup or (self._unread and raw):
            self.nodes.append(Text("", self._open[-1] if self._open else None))
        elif raw:
            if not self._kept and raw.isspace() and raw.isascii():
                raw = "\n" if "\n" in raw else " "
            elif "&" in raw:
                raw = _REFERENCE.sub(_resolved, raw)
            self.nodes.append(Text(raw, self._open[-1] if self._open else None))

    def close(self) -> None:
        """The end of the page."""
        while self._open:
            self._close()

    def _close(self) -> Element:
        element = self._open.pop()
        element.end = len(self.nodes)
        self._count[element.name] -= 1
        self._kept -= element.name in _KEPT_AS_IT_IS
        if self._unread and self._unread[-1] is element:
            self._unread.pop()
        return element


def _resolved(reference: re.Match[str]) -> str:
    if reference[1]:
        return unescape(f"&{reference[1]};")
    return html5.get(f"{reference[2]};") or f"&{reference[2]}"
