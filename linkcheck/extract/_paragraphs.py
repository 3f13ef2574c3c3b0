"""What of a Markdown text needs no look at its lines is taken out before markdown-it reads it.

Lines that all begin with a letter at the left edge, between blank lines, are one paragraph wherever they stand: they
end every list and footnote, and no rule but the paragraph's fits them. Only within fenced code and HTML they are
something else. So a sign stands in for each run of them; where markdown-it makes a paragraph of the sign, it is
replaced by them, and where it does not, they were none. What holds nothing that a link is made of goes altogether,
whatever it is (a list, a heading), unless what follows may belong to it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

SIGN = "\ue1f3"
"""Stands for a run of paragraphs; of the private use area, so that no rule takes it for something."""

MAY_LINK = re.compile(r"[\[<]|://|[wW]{3}\.")
"""What a text has in it that makes a link, of any kind, or the mark of a footnote."""

_CHUNK = re.compile(r"(?:\A|(?<=\n\n))[^\s][^\n]*\n(?:[^\n]+\n)*+(?=\n|\Z)")
_PLAIN = re.compile(r"(?:(?:[^\W\d_]|[\"“‘(])[^\n]*\n)++")
_BLANK_LINES = re.compile(r"\n*+(?P<indented>[ \t])?")
_BREAKS_TELL = re.compile(r"[ \t\\]\n|\n[ \t]|<")
"""Where the end of a line is more than a space."""

_KEY = "linkcheck:folded"


class NotPlainError(Exception):
    """What was folded stands within HTML, and must be read as it is."""


@dataclass(slots=True)
class Folded:
    """A text with a sign for each run of plain paragraphs.

    Attributes:
        text: what markdown-it gets.
        runs: by the line of the sign the paragraphs that may hold links, each with its first line in the document.
    """

    text: str = ""
    runs: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    _begins: list[int] = field(default_factory=lambda: [0])
    _added: list[int] = field(default_factory=lambda: [0])

    def line(self, folded: int) -> int:
        """The line of the document that this line of :attr:`text` is; both from 0."""
        return folded + self._added[bisect_right(self._begins, folded) - 1]

    def lines(self, first: int, end: int) -> list[int]:
        """The same for a block: its first line, and the one behind its last."""
        return [self.line(first), self.line(end - 1) + 1]

    def mark(self, folded: int, line: int) -> None:
        """From that line on the text goes on with that line of the document."""
        self._begins.append(folded)
        self._added.append(line - folded)


def fold(text: str) -> Folded:
    """The text with its plain paragraphs folded; as it is where its lines end in another way than ``\\n``."""
    folded = Folded(text)
    if "\r" in text or "\0" in text or SIGN in text:
        return folded
    pieces: list[str] = []
    position = line = folded_line = 0
    run: list[tuple[int, str]] = []
    for chunk in _CHUNK.finditer(text):
        begin, end = chunk.span()
        may_link = MAY_LINK.search(chunk[0])
        if not _PLAIN.fullmatch(chunk[0]) and (may_link or not _stands_alone(text, chunk[0], end)):
            continue
        between = text[position:begin]
        gap = between.count("\n")
        line += gap
        if between != "\n" or not pieces:
            # The blank lines behind a sign are those behind its run.
            pieces += [between, SIGN, "\n"]
            folded_line += gap
            run = folded.runs[folded_line] = []
            folded_line += 1
        if may_link:
            run.append((line, chunk[0]))
        line += chunk[0].count("\n")
        folded.mark(folded_line, line)
        position = end
    pieces.append(text[position:])
    folded.text = "".join(pieces)
    return folded


def _stands_alone(text: str, chunk: str, end: int) -> bool:
    """Whether nothing behind a piece that ends there may belong to it: an indented paragraph of its list, or code."""
    after = _BLANK_LINES.match(text, end)
    return "```" not in chunk and "~~~" not in chunk and (after is None or after["indented"] is None)


def tokens(parser: MarkdownIt, text: str, env: dict[str, Any]) -> list[Token]:
    """The tokens of a text; those without links have no children. Their lines are those of the text."""
    folded = env[_KEY] = fold(text)
    try:
        found = parser.parse(folded.text, env)
    except NotPlainError:
        env.clear()
        folded = env[_KEY] = Folded(text)
        found = parser.parse(text, env)
    for definition in (*env.get("references", {}).values(), *env.get("duplicate_refs", ())):
        definition["map"] = folded.lines(*definition["map"])
    return found


def unfold(state: StateCore) -> None:
    """A rule behind the blocks: the paragraphs in place of their signs, and every line as it is in the document."""
    from markdown_it.token import Token

    folded: Folded | None = state.env.get(_KEY)
    if folded is None:
        return
    unfolded: list[Token] = []
    for token in state.tokens:
        if token.type == "inline" and token.content == SIGN and token.map:
            for line, text in folded.runs[token.map[0]]:
                content = text.strip()
                unfolded.append(
                    Token("inline", "", 0, content=content, children=[], map=[line, line + text.count("\n")])
                )
            continue
        if token.type == "html_block" and SIGN in token.content:
            raise NotPlainError
        if token.map:
            token.map = folded.lines(*token.map)
        unfolded.append(token)
    state.tokens = unfolded


def inline(state: StateCore) -> None:
    """The rule that reads what stands in blocks, only where there may be links; line ends are spaces where they may.

    ``text_or_url`` and the others need one step for a line end, and three for the words around it.
    """
    everything = _KEY not in state.env
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = []
        content = token.content
        if everything or MAY_LINK.search(content):
            if not everything and "\n" in content and not _BREAKS_TELL.search(content):
                content = content.replace("\n", " ")
            state.md.inline.parse(content, state.md, state.env, token.children)
