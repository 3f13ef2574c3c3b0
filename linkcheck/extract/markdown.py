"""Markdown as GitHub has it, with footnotes; nothing inside code is a link.

:mod:`._pulldown` says what is a link. Bare URLs are looked for in the words between, as they are written: an ``_`` in
one is no emphasis. A link over a reference definition (``[text][label]``) is cited where its URL is written: at the
definition, with the words around its first use as context.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from html import unescape
from html.entities import html5
from typing import Any, NamedTuple

from linkcheck.citing.accessed import behind, may_say
from linkcheck.citing.places import Places, excerpt
from linkcheck.citing.quotes import quoted
from linkcheck.extract._pulldown import MAY_BE_BARE, Definition, Leaf, Step, definitions, indented, leaves
from linkcheck.extract._references import references
from linkcheck.extract.text import UNSEEN, find_urls, next_url
from linkcheck.model import Citation, Document, Problem

NAME = "markdown"
SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd")
CONFINED_FROM = 1024 * 1024
"""What it costs grows with its size, and hardly faster."""

_FRONT_MATTER = re.compile(
    r"\A\ufeff?(---|\+\+\+)[ \t]*(?:\r\n?|\n)(.*?(?:\r\n?|\n))??(?:\1|\.\.\.)[ \t]*(?=\r|\n|\Z)", re.S
)
_YAML_COMMENT = re.compile(r"^[ \t]*#[^\r\n]*", re.M)
# MDX: what is no Markdown there, and an attribute that JSX takes from an expression. "You can\nexport it" is prose.
_MDX_CODE = re.compile(
    r"\{/\*(?:(?!\{/\*).)*?\*/\}"
    r"|(?:\A|(?<=[\r\n])(?<!\r(?=\n))[ \t]*(?:\r\n?|\n))"
    r"(?:import|export)\b[^\r\n]*(?:(?:\r\n?|\n)(?![ \t]*(?:\r|\n|\Z))[^\r\n]*)*",
    re.S,
)
_MDX_ATTRIBUTE = re.compile(r"=\{([\"'`])([^\"'`{}\r\n]*)\1\}")
_DEFINITION = re.compile(
    r"\[(?:[^\[\]\\]|\\.)*+\]:[ \t]*(?:(?:\r\n?|\n)[ \t>]*)?(?:<((?:[^<>\r\n\\]|\\.)*)>|(\S+))", re.S
)
_DESTINATION = re.compile(r"\]\([ \t]*(?:(?:\r\n?|\n)[ \t>]*)?(?:<((?:[^<>\r\n\\]|\\.)*)>|([^\s()\\]*))")
_ANCHOR = re.compile(r"<(/?)a(?=[\s>/])(?:[^>]*?[\s/\"'](href)[\s=])?", re.I)
_NESTED = re.compile(r"\\.|[()\s]")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_WITHOUT_SCHEME = re.compile(r"//[^/\\?#\s]")
_ESCAPE = re.compile(rf"\\([!-/:-@\[-`{{-~])|{_ENTITY.pattern}")


@dataclass(frozen=True, slots=True)
class _Found:
    """A link: offset in the document, URL as written and without escapes, the words around it, what they quote.

    ``note`` is the label of the footnote that holds it, "" outside of any; ``accessed`` what is said behind its words.
    """

    offset: int
    written: str
    address: str
    context: str
    quotes: tuple[str, ...] = ()
    note: str = ""
    accessed: date | None = None


class _Mark(NamedTuple):
    """Something in a paragraph that cites, or may.

    Attributes:
        kind: ``link`` (of any spelling), ``image``, ``html`` (a tag), ``note`` (the mark of a footnote).
        begin, end: of its words, in what is read of the paragraph.
        at, written, address: place in the text and spelling of its URL, and that without escapes; of a tag the tag.
        label: of the definition or the footnote that it leads to.
    """

    kind: str
    begin: int
    end: int
    at: int = 0
    written: str = ""
    address: str = ""
    label: str = ""


def citations(document: Document) -> Iterator[Citation | Problem]:
    """Every link, image, autolink, bare URL, reference definition and link of embedded HTML, in order."""
    reader = _reader(document)
    places = Places(document)
    for found in sorted(reader.found, key=lambda each: each.offset):
        quotes = found.quotes or reader.quoted_before(found.note)
        # "//a.example/b" leads to the web from whatever page it stands on.
        address = f"https:{found.address}" if _WITHOUT_SCHEME.match(found.address) else found.address
        if cited := places.cited(
            found.offset,
            found.written,
            address,
            context=found.context,
            inferred=quotes,
            is_link=True,
            accessed=found.accessed,
        ):
            yield cited


def links(document: Document) -> Iterator[tuple[int, str, str, str]]:
    """Offset, spelling, address and context of every link, those without a scheme, too: they lead to other files."""
    for found in sorted(_reader(document).found, key=lambda each: each.offset):
        yield found.offset, found.written, found.address, found.context


def headings(text: str) -> Iterator[str]:
    """The words of every heading."""
    for leaf in leaves(text, headings=True):
        if leaf.kind == "heading":
            yield _as_read(text, leaf.steps)[0]


def _reader(document: Document) -> _Reader:
    text = _markdown_alone(document)
    reader = _read(text)
    if _is_mdx(document):
        for begin, end in indented(text):
            reader.found += _found_indented(text, begin, end)
    reader.read_front_matter(document.text)
    return reader


def _read(text: str) -> _Reader:
    reader = _Reader(text)
    for leaf in leaves(text):
        reader.read(leaf)
    if "]:" in text:
        for definition in definitions(text):
            reader.read_definition(definition)
    return reader


def _found_indented(text: str, begin: int, end: int) -> Iterator[_Found]:
    """The links of what would be code, were this no MDX: there nothing is code because it is indented, as JSX is."""
    starts, places, pieces = [], [], []
    length, at = 0, begin
    for line in text[begin:end].splitlines(keepends=True):
        words = line.lstrip(" \t>")
        starts.append(length)
        places.append(at + len(line) - len(words))
        pieces.append(words)
        length += len(words)
        at += len(line)
    for found in _read("".join(pieces)).found:
        line_number = bisect_right(starts, found.offset) - 1
        yield replace(found, offset=places[line_number] + found.offset - starts[line_number])


def _is_mdx(document: Document) -> bool:
    return document.name.lower().endswith(".mdx")


def _markdown_alone(document: Document) -> str:
    """The text with spaces where front matter and the code of MDX stand; places stay as they are."""
    text = _FRONT_MATTER.sub(lambda head: _blanked(head[0]), document.text)
    if _is_mdx(document):
        text = _MDX_CODE.sub(lambda code: _blanked(code[0]), text)
        text = _MDX_ATTRIBUTE.sub(lambda attribute: f'= "{attribute[2]}" ', text)
    return text


def _blanked(piece: str) -> str:
    return re.sub(r"[^\r\n]", " ", piece)


class _Reader:
    """Collects what the blocks of one document cite."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._uses: dict[str, str] = {}
        self._said: dict[str, tuple[str, ...]] = {}
        self._notes: dict[str, list[tuple[str, ...]]] = {}
        self.found: list[_Found] = []

    def read(self, leaf: Leaf) -> None:
        """Takes what one block cites."""
        if leaf.kind == "html":
            self._read_html(leaf)
        else:
            self._read_words(leaf)

    def read_definition(self, definition: Definition) -> None:
        """Takes the URL of a reference definition, whether it is used or not."""
        if written := _DEFINITION.search(self._text, definition.begin, definition.end):
            group = 2 if written[1] is None else 1
            label = _folded(definition.label)
            self.found.append(
                _Found(
                    written.start(group),
                    written[group],
                    _address(written[group]),
                    self._uses.get(label, ""),
                    self._said.get(label, ()),
                )
            )

    def read_front_matter(self, text: str) -> None:
        """Takes the URLs of the YAML or TOML that a page begins with."""
        head = _FRONT_MATTER.match(text)
        if head:
            code = _YAML_COMMENT.sub(lambda comment: _blanked(comment[0]), head[0])
            for offset, written in find_urls(code):
                self.found.append(_Found(offset, written, written, ""))

    def quoted_before(self, note: str) -> tuple[str, ...]:
        """What the sentence quotes that a footnote stands in; () if the note has several links, or several places."""
        marks = self._notes.get(note, []) if note else []
        return marks[0] if len(marks) == 1 and self._links_of_notes[note] == 1 else ()

    @cached_property
    def _links_of_notes(self) -> Counter[str]:
        """How many links each footnote has; asked when all are found."""
        return Counter(found.note for found in self.found)

    def _read_html(self, leaf: Leaf) -> None:
        # Line by line: what stands before each in a quote ("> ") is none of it.
        content, begins, places = "", [], []
        for _, _, begin, end in leaf.steps:
            begins.append(len(content))
            places.append(begin)
            content += self._text[begin:end]
        plain = ""
        for reference in references(content):
            plain = plain or " ".join(re.sub(r"<[^<>]*>", " ", content).split())
            line = bisect_right(begins, reference.offset) - 1
            at = places[line] + reference.offset - begins[line]
            self.found.append(_Found(at, reference.written, reference.address, excerpt(plain, 0, 0), (), leaf.note))

    def _read_words(self, leaf: Leaf) -> None:
        plain, marks = _as_read(self._text, leaf.steps)
        quotable = sorted((mark.begin, mark.end, number) for number, mark in enumerate(marks) if _may_be_quoted(mark))
        said = quoted(plain, [(begin, end) for begin, end, _ in quotable])
        by_mark = {number: quotes for (_, _, number), quotes in zip(quotable, said, strict=True)}
        says = bool(quotable) and may_say(plain)
        for number, mark in enumerate(marks):
            quotes = by_mark.get(number, ())
            if mark.kind == "note":
                self._notes.setdefault(mark.label, []).append(quotes)
                continue
            if mark.kind == "html" and "=" not in mark.written:
                continue
            around = excerpt(plain, mark.begin, mark.end)
            if mark.kind == "html":
                for reference in references(mark.written):
                    at = mark.at + reference.offset
                    written = self._text[at : at + len(reference.written)]
                    self.found.append(_Found(at, written, reference.address, around, (), leaf.note))
            elif mark.label:
                label = _folded(mark.label)
                self._uses.setdefault(label, around or plain[mark.begin : mark.end])
                self._said[label] = tuple(dict.fromkeys((*self._said.get(label, ()), *quotes)))
            else:
                name = plain[mark.begin : mark.end]
                around = around or ("" if name == mark.written else name)
                accessed = behind(plain, mark.end) if says else None
                self.found.append(_Found(mark.at, mark.written, mark.address, around, quotes, leaf.note, accessed))


def _as_read(text: str, steps: Sequence[Step]) -> tuple[str, list[_Mark]]:
    """The words of a paragraph without its markup, and what in it cites."""
    first, last = steps[0][2], max(end for *_, end in steps[-2:])
    block = ""
    plain: list[str] = []
    length = 0
    marks: list[_Mark] = []
    opened: list[tuple[Any, int, int]] = []
    taken = 0  # up to where a bare URL reaches, whatever else its signs would have been
    inside = anchors = 0
    closed = -1
    for step, what, begin, end in steps:
        words = ""
        if step == "Text":
            if end <= taken:
                continue
            if begin < taken:
                begin, what = taken, _resolved(text[taken:end])
            words = what
            if not (opened or anchors) and MAY_BE_BARE.search(what):
                block = block or text[first:last]
                at = begin - first
                while (span := next_url(block, at, end - first, github=True)) is not None:
                    before, written = _resolved(block[at : span[0]]), block[slice(*span)]
                    length += len(before)
                    marks.append(_bare(written, first + span[0], length))
                    plain += (before, written)
                    length += len(written)
                    at = span[1]
                    taken = first + at
                if taken > begin:
                    words = _resolved(text[taken:end])
        elif step == "Start":
            opened.append((what, begin, length))
            inside = begin + 1
            continue
        elif step == "End":
            link = opened.pop()
            mark = _link(text, *link, length, inside, end)
            # "https://a.example/b[c](d)" may be one address; its label is none.
            if mark is not None and (mark.at if not mark.label else link[1]) >= taken:
                marks.append(mark)
        elif begin < taken:
            continue
        elif step == "InlineHtml":
            tag = text[begin:end]
            if len(tag) > len(what):
                tag = _unquoted(tag, what)
            marks.append(_Mark("html", length, length, begin, tag))
            if anchor := _ANCHOR.match(tag):
                # "<a name=part>" shows no address, nor does what is never closed.
                closed = _last_end(steps) if closed < 0 else closed
                anchors = 1 if anchor[2] and not anchor[1] and begin < closed else 0
        elif step == "FootnoteReference":
            marks.append(_Mark("note", length, length, label=what))
        else:
            words = what
        inside = end
        plain.append(words)
        length += len(words)
    return "".join(plain), marks


def _last_end(steps: Sequence[Step]) -> int:
    """Where the last ``</a>`` stands, 0 if there is none."""
    return max(
        (begin for step, what, begin, _ in steps if step == "InlineHtml" and what[:3].lower() == "</a"), default=0
    )


def _unquoted(tag: str, said: str) -> str:
    """A tag of several lines without what stands before each in a quote ("> "), and as long as it is written.

    ``said`` is what the parser makes of it. Line ends fill the gap: no URL has any (URL standard 4.4).
    """
    lines, without = tag.splitlines(keepends=True), said.splitlines(keepends=True)
    if len(lines) != len(without):
        return tag
    pieces: list[str] = []
    for line, each in zip(lines, without, strict=True):
        words = each.rstrip("\r\n")
        gap = len(line.rstrip("\r\n")) - len(words)
        pieces.append("\n" * gap + line[gap:] if gap > 0 and line.startswith(words, gap) else line)
    return "".join(pieces)


def _bare(written: str, at: int, begin: int) -> _Mark:
    address = _address(written).translate(UNSEEN)
    address = f"http://{address}" if written[0] in "wW" else address
    return _Mark("link", begin, begin + len(written), at, written, address)


def _link(text: str, what: Any, begin: int, first: int, last: int, inside: int, end: int) -> _Mark | None:
    """A link or picture from ``begin`` to ``end``, whose words end at ``inside``; None for one to a mailbox.

    ``first`` and ``last`` are the places of its words in the paragraph.
    """
    ((name, said),) = what.items()
    kind, spelling = name.lower(), said["link_type"]
    if spelling == "Email":
        return None
    if spelling == "Autolink":
        written = text[begin + 1 : end - 1]
        return _Mark(kind, first, last, begin + 1, written, _without_entities(written).replace("\\", "%5C"))
    if spelling != "Inline":
        return _Mark(kind, first, last, label=said["id"])
    destination = _DESTINATION.search(text, inside, end)
    if destination is None:
        return None
    at = destination.start(1 if destination[2] is None else 2)
    written = text[at : destination.end(1) if destination[2] is None else _end(text, destination.end(2), end)]
    return _Mark(kind, first, last, at, written, _address(written))


def _end(text: str, at: int, end: int) -> int:
    """Where a destination ends that has brackets or escapes from ``at`` on."""
    depth = 0
    for sign in _NESTED.finditer(text, at, end):
        if sign[0].isspace() or (sign[0] == ")" and not depth):
            return sign.start()
        depth += (sign[0] == "(") - (sign[0] == ")")
    return end


def _may_be_quoted(mark: _Mark) -> bool:
    """Whether a mark is a link that a quote may be laid to: a picture is none, nor the end of an element."""
    return mark.kind != "image" and (mark.kind != "html" or mark.written[:2].lower() == "<a")


def _folded(label: str) -> str:
    """A label as labels are compared (CommonMark 0.31, 6.3)."""
    return " ".join(label.split()).casefold()


def _resolved(words: str) -> str:
    return _ESCAPE.sub(lambda escape: escape[1] or _sign(escape), words)


def _address(written: str) -> str:
    """A destination without its escapes. A backslash that is left is one of the URL: browsers would read a slash."""
    return _resolved(written).replace("\\", "%5C")


def _without_entities(written: str) -> str:
    """An autolink keeps its backslashes, and cmark resolves its entities."""
    return _ENTITY.sub(_sign, written)


def _sign(entity: re.Match[str]) -> str:
    """What a reference stands for; "&copyright;" is none, though "&copy;" is."""
    return unescape(entity[0]) if entity[0][1] == "#" else html5.get(entity[0][1:], entity[0])
