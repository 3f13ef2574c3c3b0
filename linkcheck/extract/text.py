"""Plain text: an own scanner for URLs as people type them between words.

A URL begins with ``http://`` or ``https://``; ``www.`` alone does not make one here. It ends at white space, quotes
and angle brackets, at a bracket it did not open, and before the punctuation of the sentence around it. Written after
what people do, not after RFC 3986, which allows a comma at the end as much as inside. Linear in the text's length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from linkcheck import uri
from linkcheck.citing.apart import with_passages
from linkcheck.citing.places import Places
from linkcheck.citing.quotes import quoted_in_paragraphs
from linkcheck.model import Citation, Document, Problem

NAME = "text"
SUFFIXES = (".txt", ".text")

# What no URL in running text contains: controls, quotes, invisible marks (a zero-width space is a place to break a
# line), the punctuation of languages that put no space after it, an em dash (English puts none around it).
_ENDS = (
    r"\s\x00-\x1f\x7f-\x9f"
    r'<>"`\\'
    r"\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffc-\uffff"
    r"«»“”„‟‹›—"
    r"、。，；｡､〈-】〔-〟（）［］｛｝｟-｣＜＞＂｜"
)
# "https://a.example/自殺でも？.png" goes on into what a file name has; "https://a.example/c？はい" ends.
_WIDE = r"？！："
# "/search?q="climate+change"&y=2": such a pair is the URL's own. It must not stand behind a letter, a slash or a comma:
# of "{"a": "see https://a.example/b","c":"d"}" it ends the text around. GitHub takes "/foo`bar`baz" whole, too.
_QUOTED = r'(?<=[=_+-])"(?=\w)[\w%+.,:/-]{1,256}(?<=\w)"'
_TICKED = r'`(?=\w)[^\s`<>"]{1,256}(?<=\w)`'
_PATH = re.compile(rf"(?:[^{_ENDS}{_WIDE}]+|[{_WIDE}](?=[A-Za-z0-9./_-])|{_QUOTED})*")
_PATH_ON_GITHUB = re.compile(rf"(?:[^{_ENDS}{_WIDE}]+|[{_WIDE}](?=[A-Za-z0-9./_-])|{_QUOTED}|{_TICKED})*")
_PATH_END = re.compile(rf"[{_ENDS}]")

_BEGINS = re.compile(r"(?<![A-Za-z0-9])https?://(?!https?:/)", re.I)
_BEGINS_OR_WWW = re.compile(r"(?<![A-Za-z0-9])https?://(?!https?:/)|(?<![\w.@/:-])www\.(?=[^\W_])", re.I)
_LOOK_AHEAD = len("https://https:/")
_GLUED = re.compile(r"https?://", re.I)
_USER = rf"[^{_ENDS}/?#@'\[\](){{}}|^,]{{1,256}}@"
_NAME = rf"(?:[A-Za-z0-9._-]|[^\x00-\x7f{_ENDS}{_WIDE}…’‘·¡¿–]){{1,1100}}"
_AUTHORITY = re.compile(rf"(?:{_USER})?(?P<host>\[[0-9A-Fa-f:.]{{2,45}}\]|{_NAME})(?P<port>:\d{{1,5}}(?!\d))?")
_LATIN_THEN_OTHER = re.compile(r"([A-Za-z]{2,})[^\x00-\x7f]")

_TELLING = re.compile(r"[()\[\]{}'|]|https?://", re.I)
_CLOSES = {")": "(", "]": "[", "}": "{"}
# "https://web.archive.org/web/2017/https://b.example/", "?u=https://…": a URL inside; otherwise a second one begins.
_HOLDS_URL = "/=?&#:@+!"
_ESCAPED_END = re.compile(r"&(?:quot|lt|gt|apos|nbsp|#34|#39|#60|#62);", re.I)
_ENTITY = re.compile(r"&#?[A-Za-z0-9]{1,31};\Z")
_TRAILS = ".,;:!?…*@’·"
_WRAPS = "_~"
_CELL = re.compile(r"\|\s*\w*\s*=?\s*\Z")


def find_urls(text: str, *, github: bool = False) -> Iterator[tuple[int, str]]:
    """Offset and spelling of every URL in a text, in order; ``github`` finds them as its Markdown does.

    One that is longer than :data:`linkcheck.uri.LONGEST` comes whole; it is for the caller to refuse it.
    """
    position = 0
    while (span := next_url(text, position, github=github)) is not None:
        start, position = span
        yield start, text[start:position]


def next_url(text: str, position: int = 0, limit: int | None = None, *, github: bool = False) -> tuple[int, int] | None:
    """Where the first URL that begins at or after ``position``, before ``limit``, begins and ends; None without one.

    ``github`` takes addresses that begin with ``www.``, and a pair of backticks within one.
    """
    begins = _BEGINS_OR_WWW if github else _BEGINS
    stop = len(text) if limit is None else limit
    glued = _GLUED.match(text, position) if position else None  # right behind the last URL, where a letter stands
    while True:
        found = glued or begins.search(text, position, stop + _LOOK_AHEAD)
        glued = None
        if found is None or found.start() >= stop:
            return None
        after_scheme = found.start() if found[0][0] in "wW" else found.end()
        end = _end(text, found.start(), after_scheme, _PATH_ON_GITHUB if github else _PATH)
        if end:
            return found.start(), end
        position = found.end()


def citations(document: Document) -> Iterator[Citation | Problem]:
    """Every URL that stands in the text; those of a run of bare ones with what the text quotes, see :mod:`._apart`."""
    return iter(with_passages(document.text, list(_in_order(document))))


def _in_order(document: Document) -> Iterator[Citation | Problem]:
    places = Places(document)
    found = list(find_urls(document.text))
    said = quoted_in_paragraphs(document.text, [(offset, offset + len(written)) for offset, written in found])
    for (offset, written), quotes in zip(found, said, strict=True):
        context = places.context(offset, offset + len(written))
        if cited := places.cited(offset, written, written, context=context, inferred=quotes):
            yield cited


def _end(text: str, start: int, after_scheme: int, path: re.Pattern[str]) -> int:
    """Where the URL that begins at ``start`` ends; 0 if it is none."""
    authority = _AUTHORITY.match(text, after_scheme)
    if authority is None:
        return 0
    end = authority.end()
    goes_on = text[end : end + 1] in ("/", "?", "#")
    host = authority["host"]
    if not authority["port"] and not goes_on:
        host = host.rstrip("._-")
        end = authority.start("host") + len(host)
    if host[:1] != "[":
        # "http://a.example.comです": Chinese and Japanese put no space there, and no top level mixes scripts.
        *names, last = host.removesuffix(".").split(".")
        mixed = _LATIN_THEN_OTHER.match(last) if names else None
        if mixed:
            return authority.start("host") + len(".".join(names)) + 1 + len(mixed[1])
        if not names and last.isdigit():  # of "http://1080::8:800:200c:417a/", an address without its brackets
            return 0
        if not all(name and name[0] != "-" and name[-1] != "-" for name in (*names, last)):
            return 0
    if text.startswith("@", end):
        return 0
    if goes_on:
        end = _path_end(text, start, end, path)
    # "https://a.example/{{ name }}/b", "https://api.$region.example": no address before the template is filled in, and
    # half of one is a wrong one.
    return 0 if text.startswith(("{{", "{%", ".{", ".$", ".%"), end) else end


def _path_end(text: str, start: int, path: int, signs: re.Pattern[str]) -> int:
    """Where path, query and fragment end that begin at ``path``."""
    run = signs.match(text, path, start + uri.LONGEST + 2)
    end = run.end() if run else path
    around = text[start - 1 : start]
    if around in ('"', "`") and (closing := text.find(around, path, end)) >= 0:
        end = closing
    end = _balanced_end(text, start, path, end)
    if end - start > uri.LONGEST:
        stop = _PATH_END.search(text, end)
        return stop.start() if stop else len(text)
    return _without_trailing(text, start, path, end)


def _balanced_end(text: str, start: int, path: int, end: int) -> int:
    """The place of the first bracket that the URL closes without opening, or opens without closing; else ``end``."""
    quoted = text[start - 1 : start] == "'"
    # "| url = http://a.example/b|title=" of wikis, "| http://a.example/b|" of tables; elsewhere "P1|0||P2" is a query.
    in_cell = _CELL.search(text[max(0, start - 32) : start]) is not None
    opened: list[tuple[str, int]] = []
    for sign in _TELLING.finditer(text, path, end):
        char, here = sign[0], sign.start()
        if char in "([{":
            opened.append((char, here))
        elif char in _CLOSES:
            while opened and opened[-1][0] != _CLOSES[char]:
                opened.pop()
            if not opened:
                return here
            opened.pop()
        elif char == "'":
            if quoted:
                end = here
                break
        elif char == "|":
            if in_cell:
                end = here
                break
        elif text[here - 1] not in _HOLDS_URL:
            end = here
            break
    return opened[0][1] if opened else end


def _without_trailing(text: str, start: int, path: int, end: int) -> int:
    """``end`` moved before the punctuation that belongs to the sentence."""
    escaped = _ESCAPED_END.search(text, path, end)
    end = escaped.start() if escaped else end
    wrap = text[start - 1 : start] if start else ""
    apostrophes = text.count("'", start, end)
    while end > path:
        char = text[end - 1]
        if char == ";" and (entity := _ENTITY.search(text[max(path, end - 34) : end])):
            end -= len(entity[0])
        elif char == "'" and apostrophes % 2:
            apostrophes -= 1
            end -= 1
        elif char in _TRAILS or (char == wrap and char in _WRAPS):
            end -= 1
        else:
            break
    return end
