"""Markdown as GitHub has it, with footnotes, block by block: pulldown-cmark says what stands where.

It is what ``cargo doc`` and mdBook read Markdown with: it follows the CommonMark spec, gives each step its place, and
takes time that grows with the length of a text and no faster, as long as no line opens hundreds of quotes and lists
(what is behind the 100th is read as words). Its places count bytes of UTF-8; here they are those of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyromark import Markdown

Step = tuple[str, Any, int, int]
"""What it is (``Text``, ``Code``, ``Html``, ``InlineHtml``, ``Break``, ``FootnoteReference``; ``Start`` and ``End`` of
a link or image), its words or label, of a ``Start`` what pulldown-cmark says of the link; begin and end in the text."""

MAY_BE_BARE = re.compile(r"://|[wW]{3}\.")
"""What a bare URL has in it."""

_TELLING = frozenset({"InlineHtml", "FootnoteReference", "Html"})
_EMPHASIS = frozenset({"Emphasis", "Strong", "Strikethrough"})
_KINDS = {"CodeBlock": "code", "HtmlBlock": "html", "Heading": "heading"}
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_CARRIAGE_RETURN = re.compile(r"\r(?!\n)")
_CONTAINER = r"(?:[ \t]*+(?:>|(?:[-+*]|[0-9]{1,9}[.)])(?=[ \t])))"
# The parser looks at every quote and list that is open with every line, so "> > > …" without end would cost the square.
_TOO_DEEP = re.compile(rf"(\n{_CONTAINER}{{100}})({_CONTAINER}++)")
_SIGN = re.compile(r"[^ \t]")
_CONTINUES = bytes(range(0x80, 0xC0))
"""Bytes of UTF-8 that begin no character."""
_STRIDE = 1024
_LONGEST = 10_000
_MAY_DEFINE = re.compile(r"^[ \t>*+\-0-9.)]*(\[(?!\^)(?:[^\[\]\\]|\\.){1,999}\]:)", re.M)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A block that holds no other and may cite: a paragraph, a cell, the words of a list item, a piece of HTML.

    Attributes:
        kind: ``words``, ``heading`` or ``html``.
        note: label of the footnote that it stands in, "" outside of any.
        steps: at least one, in order.
    """

    kind: str
    note: str
    steps: list[Step]


@dataclass(frozen=True, slots=True)
class Definition:
    """A reference definition: its label, and from where to where it stands."""

    label: str
    begin: int
    end: int


def leaves(text: str, *, headings: bool = False) -> Iterator[Leaf]:
    """The blocks that may cite something, in order; with ``headings`` also all that are one."""
    text = _readable(text)
    characters = _Characters(text)
    has_www = "www." in text.lower()
    kind, note, may_cite = "words", "", False
    steps: list[Step] = []
    for event, span in _parser().events_with_range(text, merge_text=True):
        if isinstance(event, str):
            if event != "Rule":
                steps.append(("Break", " ", span["start"], span["end"]))
            continue
        step: str
        what: Any
        ((step, what),) = event.items()
        if step == "Text":
            may_cite = may_cite or "://" in what or (has_www and MAY_BE_BARE.search(what) is not None)
            steps.append((step, what, span["start"], span["end"]))
        elif step == "Start" or step == "End":
            name = what if isinstance(what, str) else next(iter(what))
            if name in _EMPHASIS:
                continue
            if name == "Link" or name == "Image":
                may_cite = True
                steps.append((step, what, span["start"], span["end"]))
                continue
            if (may_cite and kind != "code") or (headings and kind == "heading" and steps):
                yield Leaf(kind, note, characters.placed(steps))
            if name == "FootnoteDefinition":
                note = what[name] if step == "Start" else ""
            kind, may_cite, steps = _KINDS.get(name, "words") if step == "Start" else "words", False, []
        elif step != "TaskListMarker":
            may_cite = may_cite or step in _TELLING
            steps.append((step, what, span["start"], span["end"]))


def definitions(text: str) -> list[Definition]:
    """Every reference definition, in no order; those that repeat a label as well, which lead nobody anywhere."""
    text = _readable(text)
    characters = _Characters(text)
    found = [
        Definition(label, characters(each["span"]["start"]), characters(each["span"]["end"]))
        for label, each in _parser().reference_definitions(text).items()
    ]
    known = {each.begin for each in found}
    repeated = [each for each in _MAY_DEFINE.finditer(text) if each.start(1) not in known]
    if not repeated:
        return found
    spans = sorted([*_leaf_spans(text, characters), *((each.begin, each.end) for each in found)])
    for each in repeated:
        begin = each.start(1)
        before = bisect_right(spans, (begin, len(text))) - 1
        if before < 0 or spans[before][1] <= begin:
            found.append(Definition(each[1][1:-2], begin, min(begin + _LONGEST, len(text))))
    return found


def indented(text: str) -> Iterator[tuple[int, int]]:
    """From where to where code stands that is code because it is indented."""
    text = _readable(text)
    characters = _Characters(text)
    for event, span in _parser().events_with_range(text, merge_text=True):
        opened: Any = "" if isinstance(event, str) else event.get("Start", "")
        if "CodeBlock" in opened and opened["CodeBlock"] == "Indented":
            yield characters(span["start"]), characters(span["end"])


def _leaf_spans(text: str, characters: _Characters) -> Iterator[tuple[int, int]]:
    """From where to where words, code and HTML stand; what stands outside of them is a definition, or empty."""
    for event, span in _parser().events_with_range(text, merge_text=True):
        opened: Any = "" if isinstance(event, str) else event.get("Start", "")
        is_leaf = opened == "HtmlBlock" or not {"CodeBlock", "Link", "Image"}.isdisjoint(opened)
        if is_leaf or isinstance(event, str) or not {"Text", "Code", "InlineHtml"}.isdisjoint(event):
            yield characters(span["start"]), characters(span["end"])


class _Characters:
    """Characters for bytes. Places near each other are found in no time, and no place takes long."""

    def __init__(self, text: str) -> None:
        self._content = b"" if text.isascii() else text.encode()
        self._byte = self._character = 0

    def __call__(self, byte: int) -> int:
        if not self._content:
            return byte
        if not -_STRIDE < byte - self._byte < _STRIDE:
            self._byte = byte - byte % _STRIDE
            self._character = self._at_strides[byte // _STRIDE]
        if byte > self._byte:
            self._character += _length(self._content[self._byte : byte])
        elif byte < self._byte:
            self._character -= _length(self._content[byte : self._byte])
        self._byte = byte
        return self._character

    @cached_property
    def _at_strides(self) -> list[int]:
        pieces = (self._content[at : at + _STRIDE] for at in range(0, len(self._content), _STRIDE))
        return list(accumulate(map(_length, pieces), initial=0))

    def placed(self, steps: list[Step]) -> list[Step]:
        """The steps with places in the text."""
        if not self._content:
            return steps
        return [(step, what, self(begin), self(end)) for step, what, begin, end in steps]


def _length(content: bytes) -> int:
    """How many characters begin there."""
    return len(content.translate(None, _CONTINUES))


def _readable(text: str) -> str:
    """As long as the text. A line of code or HTML ends for the parser at a line feed, never at a carriage return."""
    text = text if text.isascii() else _SURROGATE.sub("\ufffd", text)
    text = _CARRIAGE_RETURN.sub("\n", text) if "\r" in text else text
    if _TOO_DEEP.search(text) or _TOO_DEEP.match(f"\n{text[:_LONGEST]}"):
        text = _TOO_DEEP.sub(lambda line: line[1] + _SIGN.sub(".", line[2]), f"\n{text}")[1:]
    return text


@cache
def _parser() -> Markdown:
    from pyromark import Markdown, Options

    return Markdown(
        options=Options.ENABLE_TABLES
        | Options.ENABLE_FOOTNOTES
        | Options.ENABLE_STRIKETHROUGH
        | Options.ENABLE_TASKLISTS
    )
