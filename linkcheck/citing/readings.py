"""A text as its readers see it, near enough to look for identifiers in it, with the way back to the source. Pure.

No parser: what is taken for markup wrongly costs an identifier, and no more.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass

_UNREAD = re.compile(r"<(?:!--|(?P<element>script|style|code|pre|title)\b)", re.I)
_COMMENT = re.compile(r"<(?P<element>)!--")
_CODE = re.compile(
    r"^(?P<fence>```+|~~~+).*?(?:^(?P=fence)|\Z)|(?:\{(?P<role>[A-Za-z]{1,40})\})?`[^`\n]+`", re.M | re.S
)
_LABELS = {"doi": "doi:", "arxiv": "arXiv:", "isbn": "ISBN ", "rfc": "RFC ", "ietf rfc": "RFC "}
_INLINE = frozenset({"a", "b", "bdi", "cite", "em", "font", "i", "mark", "small", "span", "strong", "u", "wbr"})
_TAG = r"</?(?P<tag>[a-z][a-z0-9]*)[^<>]*>|<[!/?][^<>]*>"
_ENTITY = r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});"

_TOKENS = {
    "html": re.compile(rf"{_TAG}|{_ENTITY}", re.I),
    "markdown": re.compile(rf"\{{(?P<role>doi|arxiv|rfc|isbn)\}}`|{_TAG}|{_ENTITY}|\\(?P<sign>[!-/:-@\[-`{{-~])", re.I),
    "latex": re.compile(
        r"(?<!\\)%[^\r\n]*|~|\\[ ,;]|\\(?P<sign>[_#&%$])|\\(?P<role>doi|arxiv|isbn|rfc)\s{0,9}\{|\\text\w\w\{", re.I
    ),
    "rst": re.compile(r":(?P<role>doi|arxiv|rfc|isbn):`(?:[^`<>]{0,200}<)?|\\(?P<sign>[^\sA-Za-z0-9])", re.I),
    "asciidoc": re.compile(r"\{nbsp\}"),
    "wikitext": re.compile(
        rf"\{{\{{\s{{0,9}}(?P<role>doi|arxiv|isbn|(?:ietf )?rfc)\s{{0,9}}\|\s{{0,9}}(?:1\s{{0,9}}=)?|{_ENTITY}",
        re.I,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Piece:
    """Where what stands at ``begin`` of a reading comes from; a token of the markup has another length there."""

    begin: int
    first: int
    last: int
    is_token: bool


class Reading:
    """What is read of a source.

    Attributes:
        text: without markup and code.
    """

    def __init__(self, source: str, format_: str = "text") -> None:
        plain = _without_code(source, format_)
        pieces: list[str] = []
        self._pieces: list[_Piece] = []
        self._length = position = 0
        tokens = _TOKENS.get(format_)
        for token in tokens.finditer(plain) if tokens else ():
            pieces.append(self._added(plain[position : token.start()], position, token.start(), False))
            pieces.append(self._added(_read(token), token.start(), token.end(), True))
            position = token.end()
        pieces.append(self._added(plain[position:], position, len(plain), False))
        self.text = "".join(pieces)

    def _added(self, text: str, first: int, last: int, is_token: bool) -> str:
        if text:
            self._pieces.append(_Piece(self._length, first, last, is_token))
            self._length += len(text)
        return text

    def place(self, offset: int) -> int:
        """Where in the source the character begins that stands there."""
        piece = self._piece(offset)
        return piece.first if piece.is_token else piece.first + offset - piece.begin

    def place_behind(self, offset: int) -> int:
        """Where in the source the character ends that stands before ``offset``."""
        piece = self._piece(offset - 1)
        return piece.last if piece.is_token else piece.first + offset - piece.begin

    def _piece(self, offset: int) -> _Piece:
        return self._pieces[bisect_right(self._pieces, offset, key=lambda piece: piece.begin) - 1]


def _read(token: re.Match[str]) -> str:
    """What a reader sees of it."""
    named = token.groupdict()
    if role := named.get("role"):
        return _LABELS[role.lower()]
    if sign := named.get("sign"):
        return sign
    if tag := named.get("tag"):
        return "" if tag.lower() in _INLINE else " "
    if token[0][0] == "&":
        return html.unescape(token[0])
    return "" if token[0][:1] in ("%", "<") or token[0].startswith("\\text") else " "


def _without_code(text: str, format_: str) -> str:
    """The text with spaces for what is code, so that offsets stay."""
    if format_ in ("markdown", "html", "wikitext"):
        text = _without_elements(text, _COMMENT if format_ == "wikitext" else _UNREAD)
    if format_ == "markdown":
        text = _CODE.sub(_blank, text)
    return text


def _without_elements(text: str, unread: re.Pattern[str]) -> str:
    pieces: list[str] = []
    position = 0
    while opening := unread.search(text, position):
        closing = f"</{opening['element']}" if opening["element"] else "-->"
        # Not the tokenizer's answer to what nobody closes, but linear, and it finds less rather than more.
        end = re.compile(re.escape(closing), re.I).search(text, opening.end())
        after = end.end() if end else len(text)
        pieces += [text[position : opening.start()], " " * (after - opening.start())]
        position = after
    return "".join([*pieces, text[position:]])


def _blank(match: re.Match[str]) -> str:
    return match[0] if match["role"] else " " * len(match[0])  # "{doi}`10.1000/182`" of MyST
