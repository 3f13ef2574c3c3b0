"""URLs that the layout of a page broke over lines, made whole: for texts that come line by line, as out of a PDF. Pure.

No reader of PDF says where a URL ends: a line is a line. What continues a URL looks like one (``statements/2021``), or
its line broke where no sentence breaks (``…/oss-``). A word behind a slash may be either, "https://a.example/" or
"https://a.example/reports"; half a URL is a wrong one, so such a place is handed back as a doubt.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from linkcheck.extract.text import find_urls

HYPHEN = "\ufffe"
"""What PDFium writes for a hyphen at the end of a line; the break behind it is left out."""

_BREAK = re.compile(rf"[ \t]*(?:\r\n|\n|\r)|{HYPHEN}(?:\r\n|\n|\r)?")
_BEGINS = re.compile(r"(?<![A-Za-z0-9])https?(?::/{0,2})(?=[^\s/:]|\s*[\r\n])", re.I)
_TOKEN = re.compile(r"\S+")
_ONLY_SCHEME = re.compile(r"https?:/{0,2}\Z", re.I)
_HOST = re.compile(r"/{0,2}(?:[a-z0-9-]+\.)+[a-z0-9-]+", re.I)
_IN_HOST = re.compile(r"https?://[^/?#]*\Z", re.I)
_MOST_LINES = 12

_STOPS = re.compile(r"https?:|www\.|[\"“”«»„‘<>(\[{•·–—*†‡§]|-\s|-\Z|.*@|doi:|isbn|arxiv:|\d{1,3}[.)]\Z|\[\d", re.I)
_LIKE_URL = re.compile(
    r"[^/]/[^/]|^/\w|[=_~]|%[0-9A-F]{2}|[?&#]\w|\w\.(?:pdf|s?html?|php\d?|aspx?|jsp|cfm|xml|txt|docx?|xlsx?|json|jpe?g|png"
    r"|svg|gif|webp|zip|t?gz|ps|epub|mp[34]|css|js)\b|[a-z]\d+[a-z]|\d[a-z]+\d|[a-z]-[a-z\d]+-[a-z\d]",
    re.I,
)
_EXTENSION = re.compile(
    r"(?:pdf|s?html?|php\d?|aspx?|jsp|cfm|xml|txt|docx?|xlsx?|json|jpe?g|png|com|org|net|gov|edu)\b", re.I
)
_PROSE_SLASH = re.compile(r"(?:and/or|he/she|she/he|his/her|s/he|n/a|w/o|\d{1,4}(?:/\d{1,4}){1,2})\W*\Z", re.I)
_CLOSED = re.compile(r"[)\]}>\"'”»,;]")
_SEEN = re.compile(r"\W*(?:accessed|visited|retrieved|last|viewed|archived|abgerufen|consult|\Z)", re.I)
_GLUES = "-=&_#+~"
_NOTHING_MORE = re.compile(r"\s*\Z")
_OPENS = " \t([<\"'“‘«"
_FULL = 1.5
"""Signs of room up to which a line is full: a word that is longer than the line was broken where it ended."""
# A word that no sentence has: "vious-releases", "b3", "bTeX", "ort.md", "67". Not "3 May", which follows a URL.
_NO_WORD = re.compile(r"\d|[a-z][A-Z]|\w[-_.]\w|\A[B-HJ-Zb-df-hj-np-xz]\Z")
_FILE = re.compile(r"\w\.(?:pdf|html|php|aspx|xml|txt|docx|json|png|svg|zip)\Z", re.I)
_ITEM = re.compile(r"\d{1,3}[.)]\Z")
_SIGNS_OF_PATHS = re.compile(r"[/._=?%&-]")
_LIKE_REST = re.compile(r"/\w*\d{4,}|\w\.(?:html?|pdf|php|aspx?)\b", re.I)
_DOTTED = re.compile(r"\d+(?:\.\d+)+")
_NUMBER = re.compile(r"\d{3,}\Z")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_DATE = re.compile(r"\s*(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])", re.I)
# fmt: off
_SMALL_WORDS = frozenset({
    "a", "about", "after", "all", "also", "an", "and", "any", "are", "as", "at", "be", "because", "before", "but",
    "by", "can", "could", "did", "do", "does", "during", "each", "for", "from", "had", "has", "have", "he", "her",
    "here", "his", "how", "i", "if", "in", "into", "is", "it", "its", "like", "may", "more", "most", "must", "new",
    "no", "not", "now", "of", "on", "one", "only", "or", "other", "our", "out", "over", "shall", "she", "should", "so",
    "some", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "to",
    "under", "until", "up", "us", "was", "we", "were", "what", "when", "where", "which", "while", "who", "will",
    "with", "would", "you", "your", "accessed", "retrieved", "visited", "und", "der", "die", "das", "ist", "im", "von",
    "mit", "für", "auf", "et", "le", "la", "les", "de", "des", "du", "en", "un", "une", "dans", "el", "los", "las", "y",
    "del", "per", "il", "e", "o", "que",
})
# fmt: on


class Gap(NamedTuple):
    """Between the last sign of a line and the first of the next.

    Attributes:
        below: whether the next line stands right beneath this one, in the same column.
        fits: how many signs more the line had had room for.
        touches: whether there is none: the next sign stands right behind this one, and the line is no line's end.
    """

    below: bool
    fits: float
    touches: bool = False


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """A text whose URLs are whole.

    Attributes:
        text: lines as they were but within URLs.
        doubts: by the offset of a URL in ``text`` the two ways to read it.
    """

    text: str
    doubts: dict[int, tuple[str, str]]
    _cuts: list[int]
    _gone: list[int]

    def at(self, offset: int) -> int:
        """Where in ``text`` stands what stood at that offset."""
        cut = bisect_right(self._cuts, offset)
        return offset - (self._gone[cut - 1] if cut else 0)


@dataclass(frozen=True, slots=True)
class _Line:
    begin: int
    end: int
    """Behind the last sign but spaces."""


def unwrap(text: str, gap: Callable[[int, int, int], Gap], known: Collection[str] = ()) -> Unwrapped:
    """The text with its URLs in one piece.

    Args:
        text: of a page, as PDFium has it.
        gap: of the last sign of a line and the first of the next (offsets), which begins with a word that long.
        known: addresses that the document links to; a broken URL that is one of them is that one.
    """
    if "http" not in text.lower():
        return Unwrapped(text.replace(HYPHEN, "-"), {}, [], [])
    lines = list(_lines(text))
    starts = [line.begin for line in lines]
    cuts: dict[int, int] = {}
    doubted: dict[int, tuple[str, str]] = {}
    done = 0
    for scheme in _BEGINS.finditer(text):
        if scheme.start() < done:
            continue
        at = bisect_right(starts, scheme.start()) - 1
        done = _follow(text, lines, at, scheme.start(), gap, known, cuts, doubted)
    kept: list[str] = []
    position = gone = 0
    places: list[int] = []
    sums: list[int] = []
    for begin in sorted(cuts):
        kept.append(text[position:begin])
        gone += cuts[begin] - begin
        position = cuts[begin]
        places.append(position)
        sums.append(gone)
    kept.append(text[position:])
    whole = Unwrapped("".join(kept).replace(HYPHEN, "-"), {}, places, sums)
    whole.doubts.update({whole.at(offset): ways for offset, ways in doubted.items()})
    return whole


def _lines(text: str) -> Iterator[_Line]:
    begin = 0
    for end in _BREAK.finditer(text):
        yield _Line(begin, end.start() + (end[0][0] == HYPHEN))
        begin = end.end()
    yield _Line(begin, len(text.rstrip()) if text[begin:].strip() else begin)


def _follow(
    text: str,
    lines: list[_Line],
    at: int,
    start: int,
    gap: Callable[[int, int, int], Gap],
    known: Collection[str],
    cuts: dict[int, int],
    doubted: dict[int, tuple[str, str]],
) -> int:
    """Follows the URL that begins at ``start`` in line ``at`` over the ends of lines; says where it was left."""
    token = _TOKEN.match(text, start, lines[at].end)
    if token is None or token.end() < lines[at].end:
        return token.end() if token else start + 1
    head = token[0].replace(HYPHEN, "-")
    before = text[lines[at].begin : start]
    begins_line = not before.strip(_OPENS)
    is_bracketed = before.rstrip().endswith("(")
    end = token.end()
    for line in lines[at + 1 : at + 1 + _MOST_LINES]:
        tail = _TOKEN.search(text, line.begin, line.end)
        if tail is None:
            break
        continuing = tail[0].replace(HYPHEN, "-")
        rest = text[tail.end() : line.end]
        decided = _known(head, continuing, known)
        if decided is None:
            room = gap(end - 1, tail.start(), len(continuing))
            decided = goes_on(head, begins_line, continuing, rest, room)
            if decided is not True and is_bracketed and begins_line and room.fits < _FULL and ")" in continuing:
                decided = room.below or None  # "(https://a.example/b" and "ridge)." below it
            if decided is None:
                ways = _trimmed(head), _trimmed(head + continuing)
                if ways[0] != ways[1]:  # "https://a.example/skb/" before "…" is the same either way
                    doubted[start] = ways
        if not decided:
            break
        cuts[end] = tail.start()
        head += continuing
        end = tail.end()
        if end < line.end:
            break
        begins_line = True
    if head[-1] in _GLUES and _NOTHING_MORE.match(text, end):
        doubted[start] = _trimmed(head), f"{_trimmed(head)}…"  # it goes on, and not on this page
    return end


def _trimmed(head: str) -> str:
    return next((written for _, written in find_urls(head)), head)


def _known(head: str, tail: str, known: Collection[str]) -> bool | None:
    """Whether the URL goes on, where the document links to it elsewhere; None where it does not."""
    whole = _trimmed(head + tail)
    if len(whole) > len(head) and any(each.startswith(whole) or each.rstrip("/") == whole for each in known):
        return True
    return False if _trimmed(head) in known else None


def goes_on(head: str, begins_line: bool, tail: str, rest: str, gap: Gap) -> bool | None:
    """Whether a URL that ends with its line goes on in the next; None where either may be.

    Args:
        head: the URL up to the end of the line.
        begins_line: whether it begins the line, too.
        tail: what the next line begins with, up to a space.
        rest: what follows that in its line.
        gap: of the two.
    """
    if gap.touches:
        return True
    if not gap.below:
        return None if _may_go_on_elsewhere(head, begins_line, tail, gap) else False
    if _ONLY_SCHEME.match(head):
        return bool(_HOST.match(tail))
    written = next((written for _, written in find_urls(head)), "")
    if _ITEM.match(tail) and head[-1].isdigit() and gap.fits < _FULL and (begins_line or not rest.strip()):
        return None if rest.strip() else True  # "…/compare/v3.5" above "8.": the rest of it, or the next note
    if _STOPS.match(tail) or (written and _CLOSED.search(head[len(written) :])):
        return head[-1] in "_-/" and tail[0] == "(" and ")" in tail
    core = tail.rstrip(".,;:!?)]}>\"'”»")
    last, first = head[-1], tail[0]
    if last in "=&_+~#" or (last == "%" and re.match("[0-9A-F]{2}", tail, re.I)):
        return True
    if first in "/?&=#%_" and len(core) > 1:
        return True
    if first == "." and core[1:2].isalnum():
        return True
    if first == "-" and last.isalnum() and core[1:2].isalnum() and gap.fits < _FULL:
        return True
    if gap.fits < _FULL and not rest.strip() and re.search(r"\d\.?\Z", head) and _DOTTED.fullmatch(core):
        return True  # "…/9780199343" above "638.003.0012."
    strong = bool(_LIKE_URL.search(core)) and not _PROSE_SLASH.match(core)
    if _IN_HOST.match(head) and last in ".-":
        return bool(re.match(r"[a-z0-9]", first)) and (
            strong or last == "-" or "." in core or bool(_EXTENSION.match(core))
        )
    if last == "-":
        return first.isalnum()
    if last == ".":
        return bool(_EXTENSION.match(core)) or (strong and not first.isupper() and gap.fits < len(core) + 3)
    if last == "?" and first.isalnum() and re.search("[=_]", core):
        return True
    if not last.isalnum() and last != "/":
        return False
    if gap.fits > len(core) + 3:
        return False  # there was room: whoever set this ended the line on purpose
    if strong:
        if last == "/":
            return True
        if gap.fits >= 2:
            return False
        return True if begins_line or (gap.fits < _FULL and _is_path(core)) else None
    if begins_line and gap.fits < _FULL and last.isalnum() and _NO_WORD.search(core):
        if _FILE.search(head):
            return None
        return None if core.isdigit() and (_YEAR.match(core) or _DATE.match(rest)) else True
    return _word_behind(last, begins_line, core, tail, rest, gap)


def _is_path(core: str) -> bool:
    """Whether it is so much like the rest of a URL that no word of a sentence is: "gs.nytimes.com/2015/01/26/one"."""
    return "/" in core and (len(_SIGNS_OF_PATHS.findall(core)) >= 3 or _LIKE_REST.search(core) is not None)


def _may_go_on_elsewhere(head: str, begins_line: bool, tail: str, gap: Gap) -> bool:
    """Whether a URL may go on where the next line is not beneath: in the next column, behind a picture."""
    if head[-1] in _GLUES:
        return True
    if _STOPS.match(tail) or gap.fits > len(tail):
        return False
    if head[-1] == "/":
        return bool(_LIKE_URL.search(tail))
    if _FILE.search(head):
        return False
    return begins_line and gap.fits < _FULL and head[-1].isalnum() and bool(_NO_WORD.search(tail.rstrip(".,;:)")))


def _word_behind(last: str, begins_line: bool, core: str, tail: str, rest: str, gap: Gap) -> bool | None:
    """:func:`goes_on` for a plain word or number."""
    if core.lower() in _SMALL_WORDS:
        return False
    if last == "/":
        if _SEEN.match(rest) and (rest.strip() or tail != core):
            return True
        return True if _NUMBER.match(core) and not _YEAR.match(core) and not _DATE.match(rest) else None
    # Layout breaks a URL within a word only where it is longer than the line.
    return None if begins_line and gap.fits < _FULL and core.islower() and core.isalpha() else False
