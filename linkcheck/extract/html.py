"""HTML: what a page links to, shows, quotes from, or prints as a bare URL.

Python's own tokenizer says what stands where, since it works in one pass however deep a stranger's page is nested;
:mod:`._elements` makes the tree of it that says what stands around a link, and which words a quotation quotes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import unescape
from html.parser import HTMLParser

from linkcheck import uri
from linkcheck.citing.accessed import behind, may_say
from linkcheck.citing.places import Places, excerpt
from linkcheck.citing.quotes import quoted
from linkcheck.extract._elements import BLOCKS, Element, Elements, Text
from linkcheck.extract.text import ENDS, UNSEEN, find_urls
from linkcheck.model import Citation, Document, Problem

NAME = "html"
SUFFIXES = (".html", ".htm", ".xhtml")
CONFINED_FROM = 256 * 1024
"""The tokenizer takes the square of what is opened and never closed."""

_ADDRESSES = frozenset({"href", "src", "cite", "srcset", "poster", "longdesc", "xlink:href"})
"""Attributes that hold URLs, on any element: pages have elements of their own making, too."""
_TELLING = _ADDRESSES | {"data", "rel", "http-equiv"}
_HINTS = frozenset({"preconnect", "dns-prefetch", "profile", "schema.dc", "schema.dcterms"})
"""Of ``<link rel>``: they name a host to warm up, or a vocabulary (docutils writes ``schema.dcterms``), no source."""
_NOT_PROSE = frozenset({"a", "code", "kbd", "pre", "samp", "script", "style", "template", "textarea", "title", "xmp"})
"""Where a bare URL is no citation: it is linked already, or an example."""
_RAW = frozenset({"textarea", "title", "xmp"})
"""Whose content is text, tags included (HTML 13.1.2)."""
_QUOTING = frozenset({"blockquote", "q"})
_NAMES_AUTHOR = frozenset({"footer", "cite", "figcaption"})

_ATTRIBUTE = re.compile(r"""([^\s/>=][^\s/>=]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>][^\s>]*))?""")
_ENTITY = re.compile(
    r"&(?:#[0-9]{1,7};?|#[xX][0-9A-Fa-f]{1,6};?|[A-Za-z][A-Za-z0-9]{0,31};|[A-Za-z]{2,8}(?![A-Za-z0-9=]))"
)
_CANDIDATE = re.compile(r"[^\s,]\S*")
_REFRESH = re.compile(r"url\s*=\s*", re.I)
_BREAK = re.compile(r"<wbr\s*/?>", re.I)
_WITHOUT_SCHEME = re.compile(r"\s*[/\\]{2}[^/\\?#\s]")
# "https://a.example/<var>user</var>/b": what stands before is no address.
_HOLES = frozenset({"em", "i", "var"})
_BEFORE_HOLE = frozenset("/=:&?_-")
_NEAR = 900
_BLOCK_TAG = re.compile(rf"</?(?:{'|'.join(sorted(BLOCKS))}|br)\b[^<>]*>", re.I)
_ANY_TAG = re.compile(r"<[a-z/!?][^<>]*(?:>|\Z)", re.I)
_TORN = re.compile(r"[^<>]*>")
# How far from a link its context is looked for, so that a page of 100,000 links costs no more than their number.
_NODES = 80
_NODES_BEHIND = 6
_WORDS_EACH_SIDE = 400
_NOTE_LEVELS = 3
"""Elements with an ``id`` around a link that may be the footnote it stands in."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A URL in a piece of HTML: where its first character stands, as written, decoded, and in which element."""

    offset: int
    written: str
    address: str
    tag_offset: int = -1
    """Where the start tag begins that holds it; -1 for a bare URL."""
    tag: str = ""


def citations(document: Document) -> Iterator[Citation | Problem]:
    """Every URL of the page; relative ones only where ``<base href>`` or the page's own address makes them absolute.

    ``//a.example/b`` is taken for https where nothing says better.
    """
    elements = Elements()
    found = _scanned(document.text, elements)
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


def references(text: str) -> Iterator[Reference]:
    """The URLs of a page or a piece of one, absolute or not, in the order of the text."""
    return iter(_scanned(text, None))


def _scanned(text: str, elements: Elements | None) -> list[Reference]:
    """The URLs of a page; ``elements`` is told of every tag and text."""
    scanner = _Scanner(text, elements)
    rest = _end_of_tags(text)
    scanner.feed(text[:rest])
    scanner.close()
    scanner.end_words(rest)
    if elements is not None:
        elements.close()
    scanner.end_text(len(text), otherwise=rest)
    return scanner.found


def _end_of_tags(text: str) -> int:
    """Behind the last tag. What follows is text; the tokenizer would look for the end of each ``<a`` in it in vain."""
    return text.rfind(">") + 1


class _Scanner(HTMLParser):
    """Walks over the tags and texts of a page, remembering the URLs it passes."""

    def __init__(self, text: str, elements: Elements | None) -> None:
        super().__init__(convert_charrefs=True)
        self._text = text
        self._elements = elements
        self._before = self._at = 0
        self._text_begins = self._words_begin = -1
        self._inside: dict[str, int] = {}
        self.found: list[Reference] = []

    def _here(self) -> int:
        return self._before + self._at

    def updatepos(self, i: int, j: int) -> int:
        # Lines and columns are not asked for, and counting them takes a tenth of the time.
        self._at = j
        return j

    def feed(self, data: str) -> None:
        super().feed(data)
        # What is left is read again, from its own beginning, when the page is closed.
        self._before, self._at = len(data) - len(self.rawdata), 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._start(tag, attrs)
        if tag == "a":
            self._inside.pop(tag, None)
            if not any(name == "href" for name, _ in attrs):  # "<a name=part>" of old pages, which nobody closes
                return
        if tag in _NOT_PROSE:
            self._inside[tag] = self._inside.get(tag, 0) + 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._start(tag, attrs, is_whole=True)

    def handle_endtag(self, tag: str) -> None:
        here = self._here()
        self.end_words(here)
        if self._elements is not None:
            self._elements.stop(tag)
        self.end_text(here)
        if self._inside.get(tag, 0) > 1:
            self._inside[tag] -= 1
        else:
            self._inside.pop(tag, None)

    def handle_data(self, data: str) -> None:
        if self._text_begins < 0:
            self._text_begins = self._here()
        if self._words_begin < 0:
            self._words_begin = self._here()

    def handle_comment(self, data: str) -> None:
        self._markup()

    def handle_decl(self, decl: str) -> None:
        self._markup()

    def handle_pi(self, data: str) -> None:
        self._markup()

    def unknown_decl(self, data: str) -> None:
        self._markup()

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        # "<![x" is a comment to browsers (HTML 13.2.5.42); Python's tokenizer fails an assertion at it.
        return self.parse_bogus_comment(i)

    def parse_comment(self, i: int, report: bool = True) -> int:
        # "<!-->" is a whole comment (HTML 13.2.5.43); Python's tokenizer looks for the end of it behind that.
        for whole in ("<!-->", "<!--->"):
            if self.rawdata.startswith(whole, i):
                self.handle_comment("")
                return i + len(whole)
        return super().parse_comment(i, report)

    def end_words(self, end: int) -> None:
        """Tells the tree of the text that ends there; it goes on behind ``<wbr>``, the tree has that as an element."""
        begin, self._words_begin = self._words_begin, -1
        if begin >= 0 and self._elements is not None:
            self._elements.text(self._text[begin:end])

    def end_text(self, end: int, otherwise: int = -1, *, is_hole: bool = False) -> None:
        """Looks for bare URLs in the text that ends there; it began at ``otherwise`` if not remembered.

        One that ends with it ``is_hole`` leaves out where it is to be filled in behind a slash or the like.
        """
        begin, self._text_begins = self._text_begins if self._text_begins >= 0 else otherwise, -1
        if begin < 0 or self._inside:
            return
        raw = self._text[begin:end]
        if "://" in raw:
            breaks = _Breaks(raw)
            for offset, written in find_urls(_ENTITY.sub(_blank_where_url_ends, breaks.without)):
                first, last = breaks.place(offset), breaks.place(offset + len(written) - 1) + 1
                if is_hole and raw[-1] in _BEFORE_HOLE and not raw[last:].strip(":_-"):
                    continue
                self.found.append(Reference(begin + first, raw[first:last], decode(written).translate(UNSEEN)))

    def _markup(self) -> None:
        here = self._here()
        self.end_words(here)
        if self._elements is not None:
            self._elements.text("", is_markup=True)
        self.end_text(here)

    def _start(self, tag: str, attrs: list[tuple[str, str | None]], *, is_whole: bool = False) -> None:
        here = self._here()
        self.end_words(here)
        if self._elements is not None:
            self._elements.start(tag, attrs, here, is_whole=is_whole)
        if tag == "wbr" and self._text_begins >= 0:
            return
        self.end_text(here, is_hole=tag in _HOLES)
        if not _RAW.isdisjoint(self._inside):
            return
        if attrs and not _TELLING.isdisjoint([name for name, _ in attrs]):
            self.found += _in_tag(tag, self.get_starttag_text() or "", here)


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
    sign = unescape(entity[0])
    return f"{sign if sign in '<>' else ' ':<{len(entity[0])}}" if sign == "'" or ENDS.match(sign) else entity[0]


def decode(written: str) -> str:
    """Character references resolved as in an attribute: ``&copy=1`` stays, it is a parameter (HTML 13.2.5.73)."""
    return _ENTITY.sub(lambda entity: unescape(entity[0]), written)


def _in_tag(tag: str, raw: str, begins: int) -> list[Reference]:
    """The URLs in a start tag."""
    attributes: dict[str, tuple[int, str]] = {}
    for attribute in _ATTRIBUTE.finditer(raw, 1 + len(tag)):
        value = attribute[2] or ""
        quoted = value[:1] in ('"', "'")
        place = attribute.start(2) + quoted
        attributes.setdefault(attribute[1].lower(), (place, value[1:-1] if quoted else value))
    relations = attributes.get("rel", (0, ""))[1].lower().split()
    if tag == "base" or (tag == "link" and _HINTS.intersection(relations)):
        return []
    held: list[Reference] = []
    if tag == "meta" and attributes.get("http-equiv", (0, ""))[1].strip().lower() == "refresh":
        place, value = attributes.get("content", (0, ""))
        if url := _target(value):
            held.append(Reference(begins + place + value.rindex(url), url, decode(url), begins, tag))
    for name, (place, value) in attributes.items():
        if name in ("srcset", "imagesrcset"):
            pieces = _candidates(value)
        elif name in _ADDRESSES or (name == "data" and tag == "object"):
            pieces = [(len(value) - len(value.lstrip()), value.strip())]
        else:
            continue
        held += [
            Reference(begins + place + offset, piece, decode(piece), begins, tag) for offset, piece in pieces if piece
        ]
    return held


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
        if re.match(r"\s*[A-Za-z][A-Za-z0-9+.-]*:", address):
            return address
        if not self._base and _WITHOUT_SCHEME.match(address):  # leads to the web from whatever page it stands on
            return f"https:{address.strip()}"
        return uri.join(self._base, address) or "" if self._base and address[:1] != "#" else ""

    def quotes(self, reference: Reference) -> tuple[str, ...]:
        """The words of a ``<blockquote cite>`` or ``<q cite>``, without the line that names its author."""
        tag = self._elements.by_offset.get(reference.tag_offset)
        if tag is None or reference.tag not in _QUOTING:
            return ()
        around: Element | None = tag
        while around is not None and around.name not in _NAMES_AUTHOR:
            around = around.parent
        words: list[str] = []
        nodes, at = self._elements.nodes, tag.at + 1 if around is None else tag.end
        while at < tag.end:
            node = nodes[at]
            at += 1
            if isinstance(node, Text):
                words.append(node.words)
            elif node.name in _NAMES_AUTHOR:
                at = node.end
        said = " ".join("".join(words).split())
        return (said,) if said else ()

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
    for at, node in enumerate([*nodes, None]):
        while stack and stack[-1].end <= at:
            tag = stack.pop()
            if tag.name == "q":
                blocks[-1].add("”")
            elif tag.name == "a" and open_links:
                begin = open_links.pop()
                if tag.get("href"):
                    blocks[-1].links.append((min(begin, blocks[-1].length), blocks[-1].length, tag))
            if tag.name in BLOCKS and len(blocks) > 1:
                yield from [blocks[-1]] if blocks[-1].links else []
                blocks.pop()
            if tag.get("id"):
                ids.pop()
        if isinstance(node, Text):
            if node.words:
                blocks[-1].add(node.words)
        elif node is not None:
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
    yield from [blocks[0]] if blocks[0].links else []


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
