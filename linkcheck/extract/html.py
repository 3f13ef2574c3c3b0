"""HTML: what a page links to, shows, quotes from, or prints as a bare URL.

:mod:`._references` finds them in one pass, however deep a stranger's page is nested; :mod:`._elements` makes the tree
of it that says what stands around a link, and which words a quotation quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from html import unescape

from linkcheck import uri
from linkcheck.citing.accessed import behind, may_say
from linkcheck.citing.places import Places, excerpt
from linkcheck.citing.quotes import quoted
from linkcheck.extract._elements import BLOCKS, Element, Elements, Text
from linkcheck.extract._references import Reference, scanned
from linkcheck.model import Citation, Document, Problem

NAME = "html"
SUFFIXES = (".html", ".htm", ".xhtml")
CONFINED_FROM = 256 * 1024
"""What it costs grows with its size and no faster; the tree of a page takes many times its room."""

_QUOTING = frozenset({"blockquote", "q"})
_NAMES_AUTHOR = frozenset({"footer", "cite", "figcaption"})

_SCHEME = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.-]*:")
_WITHOUT_SCHEME = re.compile(r"\s*[/\\]{2}[^/\\?#\s]")
_NEAR = 900
_BLOCK_TAG = re.compile(rf"</?(?:{'|'.join(sorted(BLOCKS))}|br)\b[^<>]*>", re.I)
_ANY_TAG = re.compile(r"<[a-z/!?][^<>]*(?:>|\Z)", re.I)
_TORN = re.compile(r"[^<>]*>")
# How far from a link its context is looked for, so that a page of 100,000 links costs no more than their number.
_NODES = 80
_NODES_BEHIND = 6
_WORDS_EACH_SIDE = 400
_QUOTE_LEVELS = 8
"""Quotations within each other, all of which hold the words of the innermost."""
_NOTE_LEVELS = 3
"""Elements with an ``id`` around a link that may be the footnote it stands in."""


def citations(document: Document) -> Iterator[Citation | Problem]:
    """Every URL of the page; relative ones only where ``<base href>`` or the page's own address makes them absolute.

    ``//a.example/b`` is taken for https where nothing says better.
    """
    elements = Elements()
    found = scanned(document.text, elements)
    if not found:
        return
    places = Places(document)
    tree = _Tree(document.text, elements, document.address)
    for reference in found:
        address = reference.address if reference.tag_offset < 0 else tree.absolute(reference.address)
        if not address:
            continue
        cited = places.cited(
            reference.offset,
            reference.written,
            address,
            context=tree.context(reference),
            quotes=tree.quotes(reference),
            inferred=tree.inferred(reference),
            is_link=reference.tag_offset >= 0,
            accessed=tree.accessed(reference),
        )
        if cited:
            yield cited


class _Tree:
    """What stands around a place of the page."""

    def __init__(self, text: str, elements: Elements, address: str) -> None:
        self._text = text
        self._elements = elements
        bases = (each.get("href") for each in elements.nodes if isinstance(each, Element) and each.name == "base")
        base = next((href for href in bases if href is not None), None)
        # A relative base starts from the page's address (HTML 4.2.3); without one it is no base.
        self._base = (
            (uri.normalise(base.strip(), address) if base is not None else None) or uri.normalise(address) or ""
        )

    def absolute(self, address: str) -> str:
        """The address as a browser would ask for it; "" for a relative one without a base to start from."""
        if _SCHEME.match(address):
            return address
        if not self._base and _WITHOUT_SCHEME.match(address):  # leads to the web from whatever page it stands on
            return f"https:{address.strip()}"
        return uri.join(self._base, address) or "" if self._base and address[:1] != "#" else ""

    def quotes(self, reference: Reference) -> tuple[str, ...]:
        """The words of a ``<blockquote cite>`` or ``<q cite>``, without the line that names its author."""
        tag = self._elements.by_offset.get(reference.tag_offset)
        if tag is None or tag.at not in self._quoting:
            return ()
        words: list[str] = []
        nodes, at = self._elements.nodes, tag.at + 1
        while at < tag.end:
            node = nodes[at]
            at += 1
            if isinstance(node, Text):
                words.append(node.words)
            elif node.name in _NAMES_AUTHOR:
                at = node.end
        said = " ".join("".join(words).split())
        return (said,) if said else ()

    @cached_property
    def _quoting(self) -> frozenset[int]:
        """Which nodes are quotations: those in no line that names an author, and not too deep in others."""
        found: list[int] = []
        around: list[tuple[Element, int]] = []
        for node in self._elements.nodes:
            if isinstance(node, Text) or (node.name not in _QUOTING and node.name not in _NAMES_AUTHOR):
                continue
            while around and around[-1][0].end <= node.at:
                around.pop()
            level = around[-1][1] if around else 0
            if node.name in _NAMES_AUTHOR:
                level = _QUOTE_LEVELS
            elif level < _QUOTE_LEVELS:
                found.append(node.at)
                level += 1
            around.append((node, level))
        return frozenset(found)

    def inferred(self, reference: Reference) -> tuple[str, ...]:
        """What the sentence around a link quotes from it, or the sentence that the link's footnote belongs to."""
        tag = self._elements.by_offset.get(reference.tag_offset)
        return self._said.get(tag.at, ()) if tag is not None and tag.name == "a" else ()

    def accessed(self, reference: Reference) -> date | None:
        """The day of reading that is said right behind the words of a link."""
        tag = self._elements.by_offset.get(reference.tag_offset)
        if tag is None or tag.name != "a":
            return None
        words = "".join(_words(self._elements.nodes[tag.end : tag.end + _NODES_BEHIND], tag.block))
        return behind(words, 0) if may_say(words) else None

    @cached_property
    def _said(self) -> dict[int, tuple[str, ...]]:
        """Of each ``<a>``, by its place among the nodes, the quotes of its sentence."""
        return _quotes_of_links(self._elements.nodes)

    def context(self, reference: Reference) -> str:
        """The words of the block that a place stands in, as a reader sees them; "" where the URL stands alone."""
        tag = self._elements.by_offset.get(reference.tag_offset)
        if tag is None:
            if reference.tag_offset >= 0:
                return ""
            return _around_bare(self._text, reference.offset, reference.offset + len(reference.written))
        nodes = self._elements.nodes
        inside = "".join(_words(nodes[tag.at + 1 : min(tag.end, tag.at + 1 + _NODES)], None))
        if tag.name in BLOCKS:
            return excerpt(inside, 0, 0)
        before = "".join(reversed(_words(nodes[max(0, tag.at - _NODES) : tag.at][::-1], tag.block)))
        after = "".join(_words(nodes[tag.end : tag.end + _NODES], tag.block))
        around = excerpt(before + inside + after, len(before), len(before) + len(inside))
        return around or ("" if inside.strip() == reference.address.strip() else " ".join(inside.split()))


def _around_bare(text: str, begin: int, end: int) -> str:
    """The words around a bare URL up to the tags of the block it stands in, without those of spans and links in it."""
    before = text[max(0, begin - _NEAR) : begin]
    border = max((tag.end() for tag in _BLOCK_TAG.finditer(before)), default=-1)
    before = before[border:] if border >= 0 else before[max(0, before.find(">") + 1) if _TORN.match(before) else 0 :]
    after = text[end : end + _NEAR]
    if below := _BLOCK_TAG.search(after):
        after = after[: below.start()]
    before, shown, after = (unescape(_ANY_TAG.sub("", piece)) for piece in (before, text[begin:end], after))
    return excerpt(before + shown + after, len(before), len(before) + len(shown))


class _Prose:
    """The words of one block as they come, and where in them its links stand."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.links: list[tuple[int, int, Element]] = []

    def add(self, words: str) -> None:
        self.pieces.append(words)
        self.length += len(words)


def _quotes_of_links(nodes: Sequence[Element | Text]) -> dict[int, tuple[str, ...]]:
    """Of each ``<a>``, by its place among the nodes, what its sentence quotes from it; one walk over the page."""
    said: dict[int, tuple[str, ...]] = {}
    notes: dict[str, list[tuple[str, ...]]] = {}
    held: dict[str, list[Element]] = {}
    for prose in _proses(nodes, held):
        text = "".join(prose.pieces)
        links = sorted(prose.links, key=lambda link: link[:2])
        for (_, _, tag), quotes in zip(links, quoted(text, [link[:2] for link in links]), strict=True):
            target = tag.get("href") or ""
            if target[:1] == "#":
                notes.setdefault(target[1:], []).append(quotes)
            elif quotes:
                said[tag.at] = quotes
    for name, marks in notes.items():
        sources = held.get(name, [])
        if len(marks) == 1 and len(sources) == 1 and marks[0]:
            said.setdefault(sources[0].at, marks[0])
    return said


def _proses(nodes: Sequence[Element | Text], held: dict[str, list[Element]]) -> Iterator[_Prose]:
    """The blocks that hold links, each when it ends; ``held`` gets the links by the ids of what they stand in."""
    blocks = [_Prose()]
    ids: list[str] = []
    open_links: list[int] = []
    stack: list[Element] = []
    ends = 0
    for at, node in enumerate(nodes):
        while at >= ends and stack:
            yield from _closed(stack.pop(), blocks, ids, open_links)
            ends = stack[-1].end if stack else 0
        if isinstance(node, Text):
            if node.words:
                blocks[-1].add(node.words)
            continue
        if name := node.get("id"):
            ids.append(name)
        if node.name in BLOCKS:
            blocks.append(_Prose())
        elif node.name == "a":
            open_links.append(blocks[-1].length)
            if not (node.get("href") or "#").startswith("#"):
                for name in ids[-_NOTE_LEVELS:]:
                    held.setdefault(name, []).append(node)
        elif node.name == "q":
            blocks[-1].add("“")
        elif node.name == "br":
            blocks[-1].add("\n")
        stack.append(node)
        ends = node.end
    while stack:
        yield from _closed(stack.pop(), blocks, ids, open_links)
    yield from [blocks[0]] if blocks[0].links else []


def _closed(tag: Element, blocks: list[_Prose], ids: list[str], open_links: list[int]) -> Iterator[_Prose]:
    """What ends with an element: its block, if it is one and holds links."""
    if tag.name == "q":
        blocks[-1].add("”")
    elif tag.name == "a" and open_links:
        begin = open_links.pop()
        if tag.get("href"):
            blocks[-1].links.append((min(begin, blocks[-1].length), blocks[-1].length, tag))
    if tag.get("id"):
        ids.pop()
    if tag.name in BLOCKS and len(blocks) > 1 and (block := blocks.pop()).links:
        yield block


def _words(nodes: Sequence[Element | Text], block: Element | None) -> list[str]:
    """The texts among these nodes, as long as they belong to that block (None for any) and are not too many."""
    found: list[str] = []
    room = _WORDS_EACH_SIDE
    for node in nodes:
        if isinstance(node, Element) or not node.words:  # comments and scripts have none
            continue
        if room <= 0 or (block is not None and node.block is not block):
            break
        found.append(node.words)
        room -= len(node.words)
    return found
