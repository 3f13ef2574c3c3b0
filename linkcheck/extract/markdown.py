"""Markdown as GitHub has it, with footnotes: markdown-it says what is a link; nothing inside code is one.

markdown-it knows the lines of a block only, so the rules that make links are wrapped here to note the place where
they found each. A link over a reference definition (``[text][label]``) is cited where its URL is written: at the
definition, with the words around its first use as context.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import unescape
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from linkcheck.citing.accessed import behind, may_say
from linkcheck.citing.places import Places, excerpt
from linkcheck.citing.quotes import quoted
from linkcheck.extract import _paragraphs, html
from linkcheck.extract.text import UNSEEN, find_urls, next_url
from linkcheck.model import Citation, Document, Problem

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    Rule = Callable[[StateInline, bool], bool]

NAME = "markdown"
SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd")
CONFINED_FROM = 64 * 1024
"""markdown-it takes the square of thousands of brackets."""

_FRONT_MATTER = re.compile(
    r"\A\ufeff?(---|\+\+\+)[ \t]*(?:\r\n?|\n)(.*?(?:\r\n?|\n))??(?:\1|\.\.\.)[ \t]*(?=\r|\n|\Z)", re.S
)
_YAML_COMMENT = re.compile(r"^[ \t]*#[^\r\n]*", re.M)
# MDX: what is no Markdown there, and an attribute that JSX takes from an expression.
_MDX_CODE = re.compile(
    r"\{/\*(?:(?!\{/\*).)*?\*/\}|^(?:import|export)\b[^\r\n]*(?:(?:\r\n?|\n)(?![ \t]*(?:\r|\n|\Z))[^\r\n]*)*",
    re.S | re.M,
)
_MDX_ATTRIBUTE = re.compile(r"=\{([\"'`])([^\"'`{}\r\n]*)\1\}")
_DEFINITION = re.compile(r"(?<!\\)\]:[ \t]*(?:(?:\r\n?|\n)[ \t>]*)?(?:<([^<>\r\n]*)>|(\S+))")
_PLAIN_DESTINATION = re.compile(r"[^\x00-\x20\x7f()<>\\&]+(?=[ )])")
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


def citations(document: Document) -> Iterator[Citation | Problem]:
    """Every link, image, autolink, bare URL, reference definition and link of embedded HTML, in order."""
    places = Places(document)
    reader = _reader(document, places)
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
    reader = _reader(document, Places(document))
    for found in sorted(reader.found, key=lambda each: each.offset):
        yield found.offset, found.written, found.address, found.context


def headings(text: str) -> Iterator[str]:
    """The words of every heading."""
    is_heading = False
    for token in _parser().parse(text):
        if is_heading and token.children:
            yield _as_read(token.children)[0]
        is_heading = token.type == "heading_open"


def _reader(document: Document, places: Places) -> _Reader:
    env: dict[str, Any] = {}
    reader = _Reader(document.text, places)
    for token in _paragraphs.tokens(_parser(), _markdown_alone(document), env):
        reader.read(token)
    reader.read_definitions(env)
    reader.read_front_matter()
    return reader


def _markdown_alone(document: Document) -> str:
    """The text with spaces where front matter and the code of MDX stand; places stay as they are."""
    text = _FRONT_MATTER.sub(lambda head: _blanked(head[0]), document.text)
    if document.name.lower().endswith(".mdx"):
        text = _MDX_CODE.sub(lambda code: _blanked(code[0]), text)
        text = _MDX_ATTRIBUTE.sub(lambda attribute: f'= "{attribute[2]}" ', text)
    return text


def _blanked(piece: str) -> str:
    return re.sub(r"[^\r\n]", " ", piece)


class _Reader:
    """Collects what the blocks of one document cite."""

    def __init__(self, text: str, places: Places) -> None:
        self._text = text
        self._places = places
        self._row = (-1, 0)
        self._uses: dict[str, str] = {}
        self._said: dict[str, tuple[str, ...]] = {}
        self._note = ""
        self._notes: dict[str, list[tuple[str, ...]]] = {}
        self.found: list[_Found] = []

    def read(self, token: Token) -> None:
        """Takes what one block token cites."""
        if token.type in ("footnote_reference_open", "footnote_reference_close"):
            self._note = token.meta["label"] if token.type.endswith("open") else ""
        if token.map is None:
            return
        if token.type == "html_block":
            block = self._block(token)
            plain = " ".join(re.sub(r"<[^<>]*>", " ", token.content).split())
            for reference in html.references(token.content):
                self._add(block, reference.offset, reference.written, reference.address, excerpt(plain, 0, 0))
        elif token.type == "inline" and token.children:
            self._read_inline(self._block(token), token.children)

    def read_definitions(self, env: dict[str, Any]) -> None:
        """Takes the URLs of reference definitions, whether they are used or not."""
        every = [*env.get("references", {}).items()]
        every += [(repeated["label"], repeated) for repeated in env.get("duplicate_refs", ())]
        for label, definition in every:
            first, last = definition["map"]
            written = _DEFINITION.search(self._places.lines(first, last))
            if written:
                group = 2 if written[1] is None else 1
                offset = self._places.starts[first] + written.start(group)
                self.found.append(
                    _Found(
                        offset,
                        written[group],
                        _address(written[group]),
                        self._uses.get(label, ""),
                        self._said.get(label, ()),
                    )
                )

    def read_front_matter(self) -> None:
        """Takes the URLs of the YAML or TOML that a page begins with."""
        head = _FRONT_MATTER.match(self._text)
        if head:
            code = _YAML_COMMENT.sub(lambda comment: _blanked(comment[0]), head[0])
            for offset, written in find_urls(code):
                self.found.append(_Found(offset, written, written, ""))

    def quoted_before(self, note: str) -> tuple[str, ...]:
        """What the sentence quotes that a footnote stands in; () if the note has several links, or several places."""
        marks = self._notes.get(note, []) if note else []
        return marks[0] if len(marks) == 1 and sum(found.note == note for found in self.found) == 1 else ()

    def _read_inline(self, block: _Block, children: list[Token]) -> None:
        from markdown_it.common.utils import normalizeReference

        plain, marks = _as_read(children)
        links = sorted((begin, end, number) for number, (mark, begin, end) in enumerate(marks) if _may_be_quoted(mark))
        said = quoted(plain, [(begin, end) for begin, end, _ in links])
        by_mark = {number: quotes for (_, _, number), quotes in zip(links, said, strict=True)}
        says = bool(links) and may_say(plain)
        for number, (mark, begin, end) in enumerate(marks):
            around = excerpt(plain, begin, end)
            quotes = by_mark.get(number, ())
            if mark.type == "footnote_ref":
                self._notes.setdefault(mark.meta["label"], []).append(quotes)
            elif mark.type == "html_inline":
                for reference in html.references(mark.content):
                    self._add(block, mark.meta["at"] + reference.offset, reference.written, reference.address, around)
            elif "label" in mark.meta:
                label = normalizeReference(mark.meta["label"])
                self._uses.setdefault(label, around or plain[begin:end])
                self._said[label] = tuple(dict.fromkeys((*self._said.get(label, ()), *quotes)))
            elif "written" in mark.meta:
                written = mark.meta["written"]
                name = "" if plain[begin:end] == written else plain[begin:end]
                self._add(
                    block,
                    mark.meta["at"],
                    written,
                    mark.meta["address"],
                    around or name,
                    quotes,
                    behind(plain, end) if says else None,
                )

    def _add(
        self,
        block: _Block,
        offset: int,
        written: str,
        address: str,
        context: str,
        quotes: tuple[str, ...] = (),
        accessed: date | None = None,
    ) -> None:
        begin, end = block.place(offset), block.place(offset + len(written))
        if self._text[begin:end].replace("\\|", "|") != written:
            # A tab that was split into spaces, or a NUL that was replaced, moved the line.
            begin = self._text.find(written, block.begin, block.end)
            begin, end = (begin, begin + len(written)) if begin >= 0 else (block.begin, block.begin)
        self.found.append(
            _Found(begin, self._text[begin:end] or written, address, context, quotes, self._note, accessed)
        )

    def _block(self, token: Token) -> _Block:
        """Where the lines of a token's content stand: each is the end of a source line, or a cell within it."""
        first, last = token.map or (0, 0)
        row, column = self._row
        pieces: list[tuple[int, int, bool]] = []
        content_at = 0
        for number, piece in enumerate(token.content.split("\n"), start=first):
            source = self._places.lines(number, number + 1).rstrip()
            core = piece.strip()
            escaped = False
            least = column if number == row else 0
            at = len(source) - len(core)
            if least or not source.endswith(core):
                at = source.find(core, least)
                if at < 0 and "|" in core:
                    at, escaped = source.find(core.replace("|", "\\|"), least), True
                at = max(at, 0)
            self._row = (number, at + len(core) + (core.count("|") if escaped else 0))
            indent = len(piece) - len(piece.lstrip())
            begin = self._places.starts[number] if number < len(self._places.starts) else len(self._text)
            pieces.append((content_at, begin + at - indent, escaped))
            content_at += len(piece) + 1
        begin = self._places.starts[first]
        return _Block(token.content, pieces, begin, begin + len(self._places.lines(first, last)))


@dataclass(frozen=True, slots=True)
class _Block:
    """The content of a block, and where in the document its lines begin: (offset there, offset here, ``\\|`` for |)."""

    content: str
    lines: list[tuple[int, int, bool]]
    begin: int
    end: int

    def place(self, offset: int) -> int:
        """The document's offset of a place in the content."""
        content_at, source_at, escaped = self.lines[bisect_right(self.lines, offset, key=lambda line: line[0]) - 1]
        pipes = self.content.count("|", content_at, offset) if escaped else 0
        return source_at + offset - content_at + pipes


def _as_read(children: list[Token]) -> tuple[str, list[tuple[Token, int, int]]]:
    """The text of a paragraph without its markup; the tokens that cite, with the place of their words in it."""
    plain: list[str] = []
    length = 0
    begun: list[tuple[Token, int]] = []
    marks: list[tuple[Token, int, int]] = []
    for child in children:
        if child.type == "link_open":
            begun.append((child, length))
        elif child.type == "link_close":
            token, begin = begun.pop()
            marks.append((token, begin, length))
        elif child.type in ("softbreak", "hardbreak"):
            plain.append(" ")
            length += 1
        elif child.type in ("html_inline", "footnote_ref"):
            marks.append((child, length, length))
        else:
            plain.append(child.content)
            if child.type == "image":
                marks.append((child, length, length + len(child.content)))
            length += len(child.content)
    return "".join(plain), marks


def _may_be_quoted(mark: Token) -> bool:
    """Whether a mark is a link that a quote may be laid to: a picture is none, nor the end of an element."""
    return mark.type != "image" and (mark.type != "html_inline" or mark.content[:2].lower() == "<a")


def _address(written: str) -> str:
    """A destination without its escapes. A backslash that is left is one of the URL: browsers would read a slash."""
    plain = _ESCAPE.sub(lambda escape: escape[1] or unescape(escape[0]), written)
    return plain.replace("\\", "%5C")


def _without_entities(written: str) -> str:
    """An autolink keeps its backslashes, and cmark resolves its entities."""
    return _ENTITY.sub(lambda entity: unescape(entity[0]), written)


@cache
def _parser() -> MarkdownIt:
    """GitHub's Markdown with footnotes, in place; links carry in ``meta`` where they stand in their block."""
    from markdown_it import MarkdownIt, helpers
    from markdown_it.rules_inline import autolink, html_inline, image, link, text
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("gfm-like", {"linkify": False}).use(footnote_plugin)
    # Footnotes are wanted where they stand, those that nothing refers to as well.
    parser.disable(["footnote_inline", "footnote_tail"])
    parser.inline.ruler.at("link", _noting(link, "link_open", _note_link))
    parser.inline.ruler.at("image", _noting(image, "image", _note_link))
    parser.inline.ruler.at("autolink", _noting(autolink, "link_open", _note_autolink))
    parser.inline.ruler.at("html_inline", _noting(html_inline, "html_inline", _note_place))
    parser.inline.ruler.at("text", _with_bare_urls(text))
    parser.core.ruler.after("block", "unfold", _paragraphs.unfold)
    parser.core.ruler.at("inline", _paragraphs.inline)
    # The address is taken as written; what markdown-it would make of it costs as much as the rest of a link.
    parser.helpers = SimpleNamespace(**vars(helpers) | {"parseLinkDestination": _destination})  # type: ignore[assignment]
    parser.normalizeLink = parser.normalizeLinkText = str  # type: ignore[method-assign, assignment]
    return parser


def _noting(rule: Rule, kind: str, note: Callable[[StateInline, Token, int], None]) -> Rule:
    """The rule, followed by a note in the token of that kind that it made, told where the rule began."""

    def noting(state: StateInline, silent: bool) -> bool:
        begin, made = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            note(state, next(token for token in state.tokens[made:] if token.type == kind), begin)
        return True

    return noting


def _destination(source: str, position: int, end: int) -> Any:
    """markdown-it's own, which looks at sign after sign, but for those that are all plain."""
    from markdown_it.helpers import parseLinkDestination
    from markdown_it.helpers.parse_link_destination import _Result

    plain = _PLAIN_DESTINATION.match(source, position, end)
    if plain is None:
        return parseLinkDestination(source, position, end)
    found = _Result()
    found.ok, found.pos, found.str = True, plain.end(), plain[0]
    return found


def _note_link(state: StateInline, token: Token, begin: int) -> None:
    """A link or image ends at state.pos with ``)`` after its destination, or with ``]`` after a label."""
    source, helpers = state.src, state.md.helpers
    bracket = begin + (source[begin] == "!")
    end_of_words = helpers.parseLinkLabel(state, bracket, token.type == "link_open")
    if source[state.pos - 1] == ")":
        at = end_of_words + 2
        while source[at] in " \t\n":
            at += 1
        written = source[at : helpers.parseLinkDestination(source, at, state.posMax).pos]
        if written[:1] == "<":
            at, written = at + 1, written[1:-1]
        token.meta |= {"at": at, "written": written, "address": _address(written)}
    else:
        token.meta["label"] = source[end_of_words + 2 : state.pos - 1] or source[bracket + 1 : end_of_words]


def _note_autolink(state: StateInline, token: Token, begin: int) -> None:
    written = state.src[begin + 1 : state.pos - 1]
    token.meta |= {"at": begin + 1, "written": written, "address": _without_entities(written).replace("\\", "%5C")}


def _note_place(state: StateInline, token: Token, begin: int) -> None:
    token.meta["at"] = begin


def _with_bare_urls(rule: Rule) -> Rule:
    """The text rule, which gives way where a bare URL begins; before emphasis can take the ``_`` in it for its own."""

    seen, first = "", -1

    def text_or_url(state: StateInline, silent: bool) -> bool:
        nonlocal seen, first
        begin = state.pos
        if state.src is not seen:
            seen = state.src
            first = (next_url(seen, github=True) or (len(seen),))[0]
        if silent or state.linkLevel > 0:
            return rule(state, silent)
        if not rule(state, True):
            return False
        if state.pos <= first:
            state.pos = begin
            return rule(state, False)
        span = next_url(state.src, begin, state.pos, github=True)
        if span is None:
            state.pos = begin
            return rule(state, False)
        at, end = span
        written = state.src[at:end]
        state.pending += state.src[begin:at]
        state.pos = end
        address = _address(written).translate(UNSEEN)
        opening = state.push("link_open", "a", 1)
        opening.meta |= {
            "at": at,
            "written": written,
            "address": f"http://{address}" if written[0] in "wW" else address,
        }
        state.push("text", "", 0).content = written
        state.push("link_close", "a", -1)
        return True

    return text_or_url
