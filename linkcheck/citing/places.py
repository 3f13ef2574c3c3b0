"""Where in a document something stands, and how it becomes a Citation: shared by the formats."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date

from linkcheck import uri
from linkcheck.model import Citation, Document, Problem
from linkcheck.quote import normalise

_LINE_END = re.compile(r"\r\n|\r|\n")
_BLANK_LINE = re.compile(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)")
_NO_WORDS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_NUMBERING = re.compile(r"[\W\d_]*")
_PUNCTUATION = re.compile(r"[\W_]*")

# Jinja, Liquid, ERB, PHP, JSX: "https://github.com/{{ site.repository }}" is no address before that is filled in.
TEMPLATE = re.compile(r"\{\{|\{%|<[%?]|\$\{")

# "https://{host}/b" and "https://$HOST/b", which the URL standard allows and no name server knows.
_HOLES_OF_HOSTS = frozenset("{}$")

_CONTEXT = 300
_URL_IN_CONTEXT = 120
_PARAGRAPH = 2 * _CONTEXT
_SHOWN = 60
_PLAINLY_QUOTED = 5
"""Words from which on a quote that was read off the citing sentence counts like one that somebody listed."""


def shorten(written: str, longest: int = _SHOWN) -> str:
    """On one line and no longer than that, for messages."""
    flat = _NO_WORDS.sub(" ", written[: longest + 1]).strip()
    return flat if len(written) <= longest else flat[: longest - 1] + "…"


def excerpt(text: str, start: int, end: int) -> str:
    """The words around ``text[start:end]`` on one line, at most about 300 characters, cut between words.

    Empty where there are no words but the piece itself.
    """
    before = _squeeze(text[max(0, start - _PARAGRAPH) : start]).lstrip()
    after = _squeeze(text[end : end + _PARAGRAPH]).rstrip()
    if _NUMBERING.fullmatch(before) and _PUNCTUATION.fullmatch(after):
        return ""
    middle = shorten(text[start:end], _URL_IN_CONTEXT)
    room = _CONTEXT - len(middle)
    left = max(room // 2, room - len(after))
    if len(before) > left:
        before = "…" + _after_first_space(before[-left:])
    right = room - len(before)
    if len(after) > right:
        after = _after_first_space(after[:right][::-1])[::-1] + "…"
    return f"{before}{middle}{after}".strip()


def _squeeze(text: str) -> str:
    """On one line; white space at the ends stays as one space."""
    words = " ".join(text.split())
    if not words.isprintable():
        words = _NO_WORDS.sub(" ", words)
    return f"{' ' * text[:1].isspace()}{words}{' ' * text[-1:].isspace()}"


def _after_first_space(words: str) -> str:
    """Without the torn word at the front, unless there is nothing else (Chinese has no spaces)."""
    _, space, rest = words.partition(" ")
    return space + rest if rest else words


def _is_host(hostname: str) -> bool:
    """Whether DNS can hold the name: labels of 1 to 63 octets, 253 in all (RFC 1035 2.3.4). IP addresses pass, too."""
    labels = hostname.removesuffix(".").split(".")
    return len(hostname) <= 254 and all(0 < len(label) <= 63 for label in labels)


class Places:
    """The lines of one document."""

    def __init__(self, document: Document) -> None:
        self._name = document.name
        self._text = document.text
        self.starts = [0, *(end.end() for end in _LINE_END.finditer(document.text))]
        """Offset of the first character of every line; index 0 is line 1."""

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of the character at that offset."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def lines(self, first: int, last: int) -> str:
        """The text of those lines (indexes from 0, the last one not included), ends as they were."""
        begin = self.starts[first] if first < len(self.starts) else len(self._text)
        return self._text[begin : self.starts[last] if last < len(self.starts) else len(self._text)]

    def context(self, start: int, end: int) -> str:
        """The paragraph around a piece of the text; empty where the piece stands alone on its line."""
        line, column = self.at(start)
        if column < _PARAGRAPH:
            line_end = _LINE_END.search(self._text, end, end + _PARAGRAPH)
            after = self._text[end : line_end.start() if line_end else end + _PARAGRAPH]
            before = self._text[self.starts[line - 1] : start]
            if _NUMBERING.fullmatch(before) and _PUNCTUATION.fullmatch(after):
                return ""
        low = max(0, start - _PARAGRAPH)
        for blank in _BLANK_LINE.finditer(self._text, low, start):
            low = blank.end()
        below = _BLANK_LINE.search(self._text, end, end + _PARAGRAPH)
        high = below.start() if below else end + _PARAGRAPH
        return excerpt(self._text[low:high], start - low, end - low)

    def cited(
        self,
        offset: int,
        written: str,
        address: str,
        *,
        context: str,
        quotes: tuple[str, ...] = (),
        inferred: tuple[str, ...] = (),
        is_link: bool = False,
        accessed: date | None = None,
        title: str = "",
        place: str = "",
        author: str = "",
        dated: str = "",
        memento: str = "",
    ) -> Citation | Problem | None:
        """What stands at ``offset``: a Citation; a Problem where it can be none; None where it was not meant as one.

        ``address`` is ``written`` without the escapes of the format. ``quotes`` are those that the document lays to
        the source; ``inferred`` what its sentence seems to quote, taken where there are no others. Nobody listed that,
        and 'called it “a deal for the ages”' may quote somebody else, so what is short is only loose. A link
        (``is_link``) was certainly meant, so one that no browser can follow is a Problem; what merely looks like a URL
        in a text is passed over. The rest is what the document says of the source, as in :class:`Citation`.
        """
        line, column = self.at(offset)
        if len(written) > uri.LONGEST:
            return Problem(self._name, line, too_long(written))
        if TEMPLATE.search(address):
            return None
        url = uri.normalise(address)
        hostname = uri.host(url) if url else ""
        if not _HOLES_OF_HOSTS.isdisjoint(hostname):
            return None
        if url is None or not _is_host(hostname):
            if not (is_link and re.match(r"\s*https?://[^/?#\s]", address, re.I)):
                return None
            return Problem(self._name, line, f"no browser can follow this link; correct it: {shorten(written)}")
        if not uri.is_web(url):
            return None
        return Citation(
            url,
            written,
            self._name,
            line,
            column,
            context,
            quotes or tuple(words for words in inferred if _is_long(words)),
            accessed,
            title,
            () if quotes else tuple(words for words in inferred if not _is_long(words)),
            place,
            author,
            dated,
            memento,
        )


def _is_long(words: str) -> bool:
    return len(normalise(words).split()) >= _PLAINLY_QUOTED


def too_long(written: str) -> str:
    """What a Problem says of a URL that is longer than we take."""
    return (
        f"this URL has {len(written):,} characters; servers refuse those over {uri.LONGEST:,}. "
        f"Shorten or remove it: {shorten(written)}"
    )
