"""AsciiDoc: URL and link macros, images, bare URLs; ``{attributes}`` that the document defines are filled in.

An own scanner: there is no AsciiDoc parser for Python that is kept. A URL that holds an attribute which is not defined
in the document is left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from linkcheck.citing.places import Places
from linkcheck.citing.quotes import quoted_with_notes
from linkcheck.extract.text import next_url
from linkcheck.model import Citation, Document, Problem

NAME = "asciidoc"
SUFFIXES = (".adoc", ".asciidoc", ".asc")

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_FENCE = re.compile(r"(/{4,}|-{4,}|\.{4,}|\+{4,}|```+)(?:[\w+-]+)?[ \t]*\Z")
_LIST_ITEM = re.compile(
    r"[ \t]*(?:-|\*{1,5}|\.{1,5}|\d+\.|[A-Za-z]\.|[ivxIVX]+\)|<(?:\d+|\.)>|.*(?::{2,4}|;;))(?:\s|\Z)"
)
_ONLY_URL = re.compile(r"[ \t]+(?:\[?\d{1,3}[.\]][ \t]+)?<?https?://\S+[ \t]*[\r\n]*\Z")
_OLD_TITLE = re.compile(r"(?:[ \t]*\n|//[^\n]*\n|:[^\n]*\n)*\w[^\n]*\n={2,}[ \t]*\n")
_OLD_LITERAL = re.compile(r"(?<![\w`])`(?=[^\s`])[^`\r\n]{0,2000}(?<=\S)`(?![\w`])")
_UNDERLINE = re.compile(r"(?:-{2,}|\+{2,})\Z")
_SOURCE_STYLE = re.compile(r"\[(?:source|listing|literal|pass|stem|latexmath|asciimath|,)(?:[,%#.\]]|\Z)", re.I)
_ATTRIBUTE = re.compile(r":(!?)([A-Za-z0-9_][\w-]*)(!?):(?:[ \t]+(.*))?\Z")
_REFERENCE = re.compile(r"\{([A-Za-z0-9_][\w-]*)\}")
_SPACES_WRITTEN = {"empty": "", "blank": "", "sp": " ", "nbsp": " ", "tilde": "~", "plus": "+", "asterisk": "*",
                   "amp": "&", "lt": "<", "gt": ">", "caret": "^", "backtick": "`", "two-colons": "::"}  # fmt: skip
_PASSED = re.compile(
    r"(?<!\+)\+\+\+(?!\+).{0,2000}?\+\+\+|(?<!link:)(?<![+\w])\+\+(?=\S)[^\r\n]{0,2000}?\+\+(?![+\w\[])"
    r"|(?<![+\w])\+(?=[^\s+])[^\r\n+]{0,2000}(?<=\S)\+(?![+\w])|pass:[a-z,]*\[[^\]]{0,2000}\]",
    re.S,
)
# Where a URL begins: by its scheme, or by an attribute that may hold it. A macro's target goes to its bracket.
_BEGINS = re.compile(
    r"(?<![^\W_])(?<!\\)(?:(link|image|video|audio|icon|include|xref):{1,2}(\+\+)?)?(?=https?://|\{[A-Za-z0-9_])"
)
_MACRO = re.compile(r"([^\s\[\]<>\"]{1,9000}+)\[")
_MACRO_WITH_PLUSES = re.compile(r"([^\r\n]{1,9000}?)\+\+\[")
_RUN = re.compile(r"[^\s\[\]<>\"]{1,9000}+")
_ALONE = re.compile(r"\{[A-Za-z0-9_][\w-]*\}[^\s\[\]<>\"]*")
_MARKUP = re.compile(r"(?:link:|image::?)?(?:https?://|\{)[^\s\[\]]+\[([^\]]*)\]|footnote:\w*\[")
_NOTE = re.compile(r"footnote:[\w-]*\[")
_SQUARE = re.compile(r"[\[\]]")
_LONGEST_NOTE = 4_000
_CURVED = re.compile(r"\"`(?=\S)|(?<=\S)`\"")
"""What is typed for “ and ”."""
_QUOTE_BLOCK = re.compile(
    r"^(?P<head>\[(?:quote|verse)[^\r\n]{0,1000}\])[ \t]*\r?\n"
    r"(?:____+[ \t]*\r?\n(?P<fenced>.{1,8000}?)^____+[ \t]*$"
    r"|(?P<bare>[^\s_][^\r\n]{0,2000}(?:\r?\n\S[^\r\n]{0,2000}){0,40}))",
    re.M | re.S,
)
_MARKS = re.compile(r"(?<!\w)[*_`]+|[*_`]+(?!\w)")
_DEEPEST = 8
_HEAD = 20_000
"""Signs in which a document's title stands."""


def citations(document: Document) -> Iterator[Citation | Problem]:
    """Every URL that a reader gets to see or to follow, in the order of the text."""
    text, attributes = _prose(document.text)
    places = Places(replace(document, text=text))
    found = list(_links(text, attributes))
    blocks = list(_quoting_blocks(text))
    said = quoted_with_notes(text, [(begin, end) for _, _, _, begin, end in found], list(_notes(text)))
    for (offset, written, address, begin, end), quotes in zip(found, said, strict=True):
        context = _MARKUP.sub(lambda mark: mark[1] or "", places.context(begin, end))
        context = re.sub(r"(?<=”) (?=[.,;:!?)\]])", "", context)
        number = bisect_right(blocks, offset, key=lambda block: block[0]) - 1
        own = (blocks[number][2],) if number >= 0 and offset < blocks[number][1] else ()
        if cited := places.cited(offset, written, address, context=context, quotes=own, inferred=quotes, is_link=True):
            yield cited


def _prose(text: str) -> tuple[str, dict[str, str]]:
    """The text with spaces where code, comments and definitions stand, places kept; the attributes it defines."""
    pieces: list[str] = []
    attributes = dict(_SPACES_WRITTEN)
    fence = ""
    hides_paragraph = False
    held = ""  # an attribute whose value goes on
    above = before = spoken = ""
    is_literal = False
    for line in _LINE.finditer(text):
        words = line[0].strip()
        delimiter = _FENCE.match(words) if not line[0][:1].isspace() else None
        if delimiter and not fence and _is_title(above, words, before):
            delimiter = None
        # A paragraph that begins with a space is shown as it is typed; what it shows may still be a source.
        is_literal = bool(words) and (
            is_literal
            or (
                line[0][0].isspace()
                and (not above or above == "+")
                and not _LIST_ITEM.match(line[0])
                and not spoken.endswith(("::", ";;"))
            )
        )
        before, above, spoken = above, line[0].rstrip(), line[0].rstrip() or spoken
        keeps = True
        if held:
            keeps = False
            attributes[held] += " " + words.removesuffix("\\").strip()
            held = held if words.endswith("\\") else ""
        elif fence:
            keeps = False
            fence = "" if words == fence else fence
        elif delimiter:
            keeps, fence, hides_paragraph = False, delimiter[1], False
        elif is_literal:
            keeps = _ONLY_URL.match(line[0]) is not None
        elif words.startswith("//") and not words.startswith("///"):
            keeps = False
        elif hides_paragraph:
            hides_paragraph = bool(words)
            keeps = False
        elif _SOURCE_STYLE.match(words):
            hides_paragraph, keeps = True, False
        elif (defined := _ATTRIBUTE.match(line[0].rstrip())) is not None:
            keeps = False
            name = defined[2].lower()
            if defined[1] or defined[3]:
                attributes.pop(name, None)
            else:
                value = (defined[4] or "").strip()
                attributes[name] = value.removesuffix("\\").strip()
                held = name if value.endswith(" \\") else ""
        pieces.append(line[0] if keeps else _blanked(line[0]))
    prose = _PASSED.sub(lambda piece: _blanked(piece[0]), "".join(pieces))
    if _OLD_TITLE.match(text[:_HEAD].replace("\r\n", "\n")):  # Asciidoctor reads such a document as AsciiDoc 8 did
        prose = _OLD_LITERAL.sub(lambda piece: _blanked(piece[0]), prose)
    return _CURVED.sub(lambda mark: " “" if mark[0][0] == '"' else "” ", prose), attributes


def _quoting_blocks(text: str) -> Iterator[tuple[int, int, str]]:
    """From where to where it is said whose words a block are, ``[quote, Smith, https://…]``, and its words."""
    for head in _QUOTE_BLOCK.finditer(text):
        words = " ".join(_MARKS.sub("", head["fenced"] or head["bare"] or "").split())
        if len(words.split()) > 1:
            yield head.start(), head.end("head"), words


def _is_title(above: str, line: str, before: str) -> bool:
    """Whether a line underlines the one above, as titles were written: "Options\\n-------" begins no listing.

    Title and line are as long as each other, give or take one (AsciiDoc 8, "Two line titles").
    """
    return (
        bool(_UNDERLINE.match(line))
        and abs(len(above) - len(line)) <= 1
        and not above[0].isspace()
        and above[0] not in ".[:/"
        and any(sign.isalnum() for sign in above)
        and (not before.strip() or before[0] in "[/:")
    )


def _notes(text: str) -> Iterator[tuple[int, tuple[int, int]]]:
    """Where each footnote stands, and from where to where its words, which may hold macros with brackets."""
    notes = list(_NOTE.finditer(text))
    for number, note in enumerate(notes, 1):
        depth, end = 1, -1
        # None is within another one.
        stop = notes[number].start() if number < len(notes) else len(text)
        for bracket in _SQUARE.finditer(text, note.end(), min(stop, note.end() + _LONGEST_NOTE)):
            depth += 1 if bracket[0] == "[" else -1
            if not depth:
                end = bracket.start()
                break
        if end >= 0:
            yield note.start(), (note.end(), end)


def _blanked(piece: str) -> str:
    return re.sub(r"[^\r\n]", " ", piece)


def _links(text: str, attributes: dict[str, str]) -> Iterator[tuple[int, str, str, int, int]]:
    """Offset, spelling and address of every URL, and where its words begin and end."""
    position = 0
    while (begins := _BEGINS.search(text, position)) is not None:
        at = begins.end()
        position = at + 1
        macro = (_MACRO_WITH_PLUSES if begins[2] else _MACRO).match(text, at)
        is_url = text.startswith(("http://", "https://"), at)
        if macro is not None:
            written, words_end = macro[1], text.find("]", macro.end(), macro.end() + 2_000) + 1 or macro.end()
            position = macro.end()
        elif is_url:
            span = next_url(text, at, at + 1)
            alone = _RUN.match(text, at)
            if alone and _REFERENCE.search(alone[0]):
                written, words_end = alone[0].rstrip(".,;:!?"), at + len(alone[0])
            elif span is None or span[0] != at:
                continue
            else:
                written, words_end = text[slice(*span)], span[1]
            position = words_end
        elif (alone := _ALONE.match(text, at)) is not None:
            written, words_end = alone[0].rstrip(".,;:!?)"), alone.end()
            position = words_end
        else:
            continue
        address = _filled_in(written, attributes)
        if address.lower().startswith(("http://", "https://")) and not re.search(r"\s", address):
            yield at, written, address, begins.start(), words_end


def _filled_in(written: str, attributes: dict[str, str]) -> str:
    """With the values of its attributes; "" where one is not defined."""
    for _ in range(_DEEPEST):
        names = _REFERENCE.findall(written)
        if not names:
            return written
        if any(name.lower() not in attributes for name in names) or len(written) > 20_000:
            return ""
        written = _REFERENCE.sub(lambda name: attributes[name[1].lower()], written)
    return ""
