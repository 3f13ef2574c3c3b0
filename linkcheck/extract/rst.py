"""reStructuredText, with or without Sphinx: embedded and named targets, directives that show a URL, bare URLs.

An own scanner. docutils knows lines of blocks only, ends a bare ``…/Mercury_(planet)`` at its bracket, and takes the
content of every directive that it does not know (all of Sphinx's) for literal text, with the links in it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from linkcheck.citing.places import Places
from linkcheck.citing.quotes import quoted_with_notes
from linkcheck.extract.text import find_urls
from linkcheck.model import Citation, Document, Problem

NAME = "rst"
SUFFIXES = (".rst", ".rest")
CONFINED_FROM = 32 * 1024
"""docutils takes the square of thousands of lines or marks."""

_LINE = re.compile(r"([ \t]*)([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_EXPLICIT = re.compile(r"\.\.(?:[ \t]+(.*))?\Z")
_DIRECTIVE = re.compile(r"(?:\|[^|]+\|[ \t]+)?([A-Za-z][\w:.+-]*?)[ \t]?::(?:[ \t]|\Z)")
_KEPT = re.compile(r"_|\[[^\]]+\](?:[ \t]|\Z)|\|[^|]+\|[ \t]|__(?:[ \t:]|\Z)")
_CODE = re.compile(
    r"(?:[\w-]+:)?(?:code|code-block|sourcecode|literalinclude|parsed-literal|math|raw|prompt|ipython\d?|doctest|test\w+"
    r"|productionlist|graphviz|digraph|mermaid|uml|plot|command-output|highlight|jupyter-execute|code-cell|comment)"
)
_MARKER = re.compile(r"(?:(?:[-*+•‣⁃]|\(?(?:\d{1,9}|#|[A-Za-z]|[ivxlcdmIVXLCDM]{1,9})[.)])[ \t]+)+")
_DOCTEST = re.compile(r">>>(?:[ \t]|\Z)")

_LITERAL = re.compile(r"(?<![\\\w`])``(?=\S).{1,2000}?(?<=\S)``(?!\w)", re.S)
_ROLE = re.compile(r"(?<![\w:]):(?!download:)[\w.:+-]{1,80}:`[^`]{0,2000}`|(?<![\w`])`[^`<>]{1,2000}`:[\w.:+-]{1,80}:")
_EMBEDDED = re.compile(r"`([^`]{0,2000}?)<([^`<>]{1,9000})>`(?:__?(?!\w)|(?<=`))")
_TARGET = re.compile(
    r"^(?P<indent>[ \t]*)(?:\.\.[ \t]+(?:_`((?:[^`\\]|\\.)+)`|_((?:[^:\s\\`]|\\.|:(?!\s)|[ ](?! ))+)|__):|__)[ \t]*"
    r"(?P<address>(?:\S[^\r\n]*)?(?:(?:\r\n?|\n)(?P=indent)[ \t]+[^\s:.][^\r\n]*)*)",
    re.M,
)
_USE = re.compile(r"(?<![\w`:<])(?:`([^`<>]{1,500})`|([A-Za-z0-9](?:[\w.+-]*[A-Za-z0-9])?))_(?![\w_`])")
_NOTE_MARK = re.compile(r"\[(#?[\w.-]{0,80}|\*)\]_(?!\w)")
_NOTE = re.compile(
    r"^[ \t]*\.\.[ \t]+\[(#?[\w.-]{0,80}|\*)\]((?:[ \t]+[^\r\n]*)?(?:(?:\r\n?|\n)(?:[ \t]+[^\r\n]*)?(?=[\r\n]|\Z))*)",
    re.M,
)
_ESCAPE = re.compile(r"\\(?:\s|(.))", re.S)
_GOES_ON = re.compile(r"(?:\\[^\sA-Za-z0-9]|[^\s<>\"`\\])+")
_SUBSTITUTION = re.compile(r"\|\w[\w .-]*\|")
_MARKUP = re.compile(
    r"`([^`<>]*?)\s*<[^`<>]*>`__?|:[\w:.+-]+:`([^`]*)`|``(.+?)``|`([^`]+)`_{0,2}|\*\*?([^*\s][^*]*)\*\*?"
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A link: where it stands, as written and without escapes; its words, ``(-1, -1)`` for a target; target's name."""

    offset: int
    written: str
    address: str
    words: tuple[int, int]
    name: str = ""


def citations(document: Document) -> Iterator[Citation | Problem]:
    """Every URL that a reader gets to see or to follow, in the order of the text.

    A named target is cited where its URL is written, with the words around its first use.
    """
    text = _without_code(document.text)
    places = Places(replace(document, text=text))
    found = sorted(_links(text), key=lambda each: each.offset)
    named = {each.name for each in found if each.name}
    uses = [(_name(use[1] or use[2]), use.span()) for use in _USE.finditer(text) if _name(use[1] or use[2]) in named]
    spans = sorted({each.words for each in found if each.words[0] >= 0} | {span for _, span in uses})
    said = dict(zip(spans, quoted_with_notes(text, spans, list(_notes(text))), strict=True))
    first_use = dict(reversed(uses))
    quotes_of: dict[str, tuple[str, ...]] = {}
    for name, span in uses:
        quotes_of[name] = tuple(dict.fromkeys((*quotes_of.get(name, ()), *said[span])))
    for each in found:
        where = first_use.get(each.name) if each.name else each.words
        cited = places.cited(
            each.offset,
            each.written,
            each.address,
            context=_plain(places.context(*where)) if where and where[0] >= 0 else "",
            inferred=quotes_of.get(each.name, ()) if each.name else said.get(each.words, ()),
            is_link=True,
        )
        if cited:
            yield cited


def _without_code(text: str) -> str:
    """The text with spaces where literal blocks, comments, literals and roles stand; places stay as they are."""
    pieces: list[str] = []
    hides = -1  # indentation of the line whose indented block is hidden
    waits = -1  # of a paragraph that ended with "::"
    in_doctest = False
    position = 0
    for line in _LINE.finditer(text):
        if line.start() == line.end():
            break
        position = line.end()
        indent, words = len(line[1].expandtabs()), line[2].rstrip()
        if not words:
            in_doctest = False
            if waits >= 0:
                hides, waits = waits, -1
            pieces.append(line[0])
            continue
        waits = -1
        if hides >= 0 and indent > hides:
            pieces.append(_blanked(line[0]))
            continue
        hides = -1
        explicit = _EXPLICIT.match(words)
        if in_doctest or _DOCTEST.match(words):
            in_doctest = True
            pieces.append(_blanked(line[0]))
        elif explicit and not _KEPT.match(explicit[1] or ""):
            directive = _DIRECTIVE.match(explicit[1] or "")
            is_hidden = directive is None or _CODE.fullmatch(directive[1].lower())
            hides = indent if is_hidden else -1
            pieces.append(_blanked(line[0]) if is_hidden else line[0])
        else:
            marker = _MARKER.match(words)
            own = indent + (len(marker[0]) if marker else 0)
            waits = own if words.endswith("::") and explicit is None else -1
            pieces.append(line[0])
    rest = "".join(pieces) + text[position:]
    for hidden in (_LITERAL, _ROLE):
        rest = hidden.sub(lambda piece: _blanked(piece[0]), rest)
    return rest


def _blanked(piece: str) -> str:
    return re.sub(r"[^\r\n]", " ", piece)


def _links(text: str) -> Iterator[_Found]:
    taken: list[tuple[int, int]] = []
    for target in _TARGET.finditer(text):
        taken.append(target.span())
        written = target["address"].strip()
        if written and not _is_alias(written):
            name = _name((target[2] or target[3] or "").replace("\\", ""))
            offset = target.end("address") - len(target["address"].lstrip())
            yield _Found(offset, written, _address(written), (-1, -1), name)
    for link in _EMBEDDED.finditer(text):
        if _inside(taken, link.start()):
            continue
        taken.append(link.span())
        written = link[2].strip()
        if not _is_alias(written):
            offset = link.start(2) + len(link[2]) - len(link[2].lstrip())
            whole = _of_cell(text, offset, link.end(2)) if "|" in written and "\n" in written else written
            yield _Found(offset, written, _address(whole), link.span())
    taken.sort()
    last = 0
    for offset, seen in find_urls(text):
        if offset < last or _inside(taken, offset):
            continue
        written = seen
        goes_on = _GOES_ON.match(text, offset + len(seen))
        if goes_on and goes_on[0][0] == "\\":
            written = (seen + goes_on[0]).rstrip(".,;:!?)")
        last = offset + len(written)
        if not _SUBSTITUTION.search(written):
            yield _Found(offset, written, _address(written), (offset, offset + len(written)))


def _of_cell(text: str, begin: int, end: int) -> str:
    """What stands between two offsets in one cell of a table whose lines go through all its columns."""
    first = text.rfind("\n", 0, begin) + 1
    left, right = text.rfind("|", first, begin), text.find("|", begin, end)
    if left < 0 or right < 0:
        return text[begin:end]
    lines = text[first:end].splitlines()
    return "".join([text[begin:right].strip(), *(line[left - first + 1 : right - first].strip() for line in lines[1:])])


def _notes(text: str) -> Iterator[tuple[int, tuple[int, int]]]:
    """Where the mark of each footnote stands that has only one, and from where to where its words."""
    marks: dict[str, list[int]] = {}
    for mark in _NOTE_MARK.finditer(text):
        marks.setdefault(mark[1].lower(), []).append(mark.start())
    bodies: dict[str, list[tuple[int, int]]] = {}
    for note in _NOTE.finditer(text):
        bodies.setdefault(note[1].lower(), []).append(note.span(2))
    for name, places in marks.items():
        written = bodies.get(name, [])
        # "[#]_" is numbered by itself, in order.
        if len(places) == len(written) and (len(places) == 1 or name in ("#", "*")):
            yield from zip(places, written, strict=True)


def _inside(spans: list[tuple[int, int]], offset: int) -> bool:
    number = bisect_right(spans, (offset, offset + 1_000_000_000)) - 1
    return number >= 0 and offset < spans[number][1]


def _is_alias(written: str) -> bool:
    """Whether a target names another one: ``other_``."""
    return written.endswith("_") and not written.endswith("\\_")


def _address(written: str) -> str:
    """Without the white space that docutils drops from a URL over several lines, and without escapes."""
    return _ESCAPE.sub(lambda escape: escape[1] or "", "".join(written.split()))


def _name(words: str) -> str:
    return " ".join(words.lower().split())


def _plain(context: str) -> str:
    """Words without the marks of their roles and links."""
    return _MARKUP.sub(lambda mark: next((group for group in mark.groups() if group is not None), ""), context)
