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
CONFINED_FROM = 8 * 1024 * 1024
"""What it costs grows with its size and no faster."""

# What no URL in running text contains: controls, quotes, invisible marks (a zero-width space is a place to break a
# line), the punctuation of languages that put no space after it, an em dash (English puts none around it).
_ENDS = (
    r"\s\x00-\x1f\x7f-\x9f"
    r'<>"`\\'
    r"\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffc-\uffff"
    r"«»“”„‟‹›—"
    r"、。，；｡､〈-】〔-〟（）［］｛｝｟-｣＜＞＂｜"
    r"⟦-⟯❛-❞"
)
# "https://a.example/自殺でも？.png" goes on into what a file name has; "https://a.example/c？はい" ends.
_WIDE = r"？！："
# "/search?q="climate+change"&y=2": such a pair is the URL's own. It must not stand behind a letter, a slash or a comma:
# of "{"a": "see https://a.example/b","c":"d"}" it ends the text around. GitHub takes "/foo`bar`baz" whole, too.
_QUOTED = r'(?<=[=_+-])"(?=\w)[\w%+.,:/-]{1,256}(?<=\w)"'
_TICKED = r'`(?=\w)[^\s`<>"]{1,256}(?<=\w)`'
# SICIs, which many DOIs are: "10.1175/1520-0442(2000)013<0001:ABC>2.0.CO;2".
_SICI = r"<[^<>\s]{1,60}>(?=[0-9]\.[0-9]\.[A-Z]{2};[0-9])"
_PATH_SIGNS = rf"[^{_ENDS}{_WIDE}]+|[{_WIDE}](?=[A-Za-z0-9./_-])|{_QUOTED}|{_SICI}"
_PATH = re.compile(f"(?:{_PATH_SIGNS})*")
# "https://a.example/b\\_c" of writers that escape whatever might be markup.
_ESCAPED = r"\\[_*~#&+=.!()\[\]|-]"
_TEX_ESCAPE = re.compile(r"\\([_%&#~]|\.(?=[\w.])|\*(?=/))")
_PATH_ESCAPED = re.compile(f"(?:{_PATH_SIGNS}|{_TEX_ESCAPE.pattern})*")
_PATH_ON_GITHUB = re.compile(f"(?:{_PATH_SIGNS}|{_TICKED}|{_ESCAPED})*")
ENDS = re.compile(rf"[{_ENDS}]")

_TWICE = re.compile(r"https?:/", re.I)
_BEGINS_ON_GITHUB = re.compile(r"https?://(?!https?:/)|(?<![^\W_])(?<![.@/:-])www\.(?=[^\W_])", re.I)
# "¹https://a.example/b" of a footnote, whose number lost its height on the way out of a PDF; "s3https://" is a word.
_NUMBERED = re.compile(r"(?:\A|[^A-Za-z0-9])[0-9]{1,3}\Z")
# "\\x1b[34mhttps://a.example/b" of a log: the colour of a terminal ends with a letter.
_COLOURED = re.compile(r"\x1b\[[0-9;]{0,24}m\Z")
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
_TRAILS = ".,;:!?…*@’·•・．～¶|\\†‡→←↔⇒،؛؟۔।॥።፣։။"
_WRAPS = "_~"
_OPENS_EMPHASIS = {"_": re.compile(r"(?<!\w)_+(?=[^\W_])"), "~": re.compile(r"(?<!\w)~+(?=[^\s~])")}
_ENDS_EMPHASIS = {"_": re.compile(r"(?<=[^\s_])_+(?!\w)"), "~": re.compile(r"(?<=[^\s~])~+(?!\w)")}
_NEAR = 300
# "| url = http://a.example/b|title=" of wikis, "| http://a.example/b|" of tables, "<http://a.example/b|it>" of chats.
_CELL = re.compile(r"\|\s*\w*\s*=?\s*\Z|[<\[]\Z")

# "https://a.example/{{ name }}/b", "https://api.$region.example", "https://a.example/<name>/b": no address before the
# template is filled in, and half of one is a wrong one. Elements of HTML are none: "https://a.example/<br>".
_UNFILLED = ("{{", "{%", ".{", ".$", ".%")
_NAMED_HOLE = (
    r"(?:<[ ]{0,3}|&lt;)(?!(?:a|abbr|b|blockquote|br|center|cite|code|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|img|input"
    r"|ins|kbd|li|mark|ol|p|pre|q|s|samp|script|small|span|strike|strong|sub|sup|table|tbody|td|th|tr|tt|u|ul|var|wbr)\b)"
    r"[A-Za-z][\w -]{0,40}(?:>|&gt;)"
)
_PLACEHOLDER = re.compile(rf"(?<=[/=.:_&?-])(?:{_NAMED_HOLE}|<[%?])", re.I)
# "https://a-{env}.example/", "https://a.example:${PORT}/", "https://a{n}.example/", the pattern "https://a\.example/":
# what stands before is another host.
_HOLE_IN_HOST = re.compile(
    rf"(?:(?<=[._-])|:)(?:\{{[^\s}}]|\$[({{A-Za-z]|%[({{A-Za-z]|{_NAMED_HOLE})"
    r"|\{[^{}\s]{1,40}\}[\w./:-]|\\[.-]\w",
    re.I,
)
# What may not follow a host, which is a wrong one without it: "http://a.example:80:90/", ":port/", "%20b".
_NO_HOST = re.compile(r":[A-Za-z0-9]|%[0-9A-Fa-f]{2}")
# "https://a.example/2024/…": what follows was left out.
_LEFT_OUT = re.compile(r"(?<=[/=_&?-])(?:…|\.\.\.)")
# "https://a.example/?q="two words"": it goes on behind the space.
_BROKEN_QUOTE = re.compile(r"(?<==)\"(?=\w)")
# "<https://a.example/reports/\n> 2020/b>" of a mail: within such brackets line ends are none of it (RFC 3986, C).
_WRAPPED = re.compile(r"[^\s<>\"|]{0,16}(?:[ \t]*\r?\n(?:>[ \t]?)*[ \t]*[^\s<>\"|]+){1,4}(?=>)")
_MAY_BE_WRAPPED = re.compile(r"<(?:URL:)?https?://[^\s<>]*[ \t]*\r?\n", re.I)
_WRAP = re.compile(r"[ \t]*\r?\n[> \t]*")
# What tells of one of these, so that a URL before a space costs no more than this look.
_TELLING_ENDS = frozenset('{.<…"&')


# A soft hyphen and a word joiner say where a line may or may not be broken; browsers would ask for them.
UNSEEN = {0xAD: None, 0x2060: None}
PRINTED = {0x2010: "-", 0x2011: "-", 0x2212: "-", 0x02DC: "~", 0x223C: "~"}
"""Hyphens and tildes as they are set: TeX's fonts have "∼" and "˜", Word a hyphen that breaks no line."""
_AS_TYPED = {**UNSEEN, **PRINTED}


def find_urls(text: str, *, github: bool = False, escaped: bool = False) -> Iterator[tuple[int, str]]:
    """Offset and spelling of every URL in a text, in order; ``github`` and ``escaped`` as for :func:`next_url`.

    One that is longer than :data:`linkcheck.uri.LONGEST` comes whole; it is for the caller to refuse it.
    """
    position = 0
    while (span := next_url(text, position, github=github, escaped=escaped)) is not None:
        start, position = span
        yield start, text[start:position]


def next_url(
    text: str, position: int = 0, limit: int | None = None, *, github: bool = False, escaped: bool = False
) -> tuple[int, int] | None:
    """Where the first URL that begins at or after ``position``, before ``limit``, begins and ends; None without one.

    ``github`` takes addresses that begin with ``www.``, and within one a pair of backticks, and escapes of Markdown;
    ``escaped`` those of TeX, ``b\\_c``. To resolve them is for the caller.
    """
    signs = _PATH_ON_GITHUB if github else _PATH_ESCAPED if escaped else _PATH
    stop = len(text) if limit is None else limit
    glued = _GLUED.match(text, position) if position else None  # right behind the last URL, where a letter stands
    begins = (glued.start(), glued.end()) if glued else _next_begin(text, position, stop, github=github)
    while begins is not None and begins[0] < stop:
        end = _end(text, *begins, signs)
        if end:
            return begins[0], end
        begins = _next_begin(text, max(begins[1], begins[0] + 1), stop, github=github)
    return None


def _next_begin(text: str, position: int, stop: int, *, github: bool) -> tuple[int, int] | None:
    """Where the next scheme begins and ends; for an address that begins with ``www.`` both are its place.

    Plain search for what is rare in a text is many times faster than a pattern; for two such things it would be
    quadratic.
    """
    if github:
        for found in _BEGINS_ON_GITHUB.finditer(text, position, stop + _LOOK_AHEAD):
            if found[0][0] in "wW":
                return found.start(), found.start()
            if _may_begin(text, found.start()):
                return found.span()
        return None
    at = text.find("://", position, stop + _LOOK_AHEAD)
    while at >= 0:
        scheme = text[max(position, at - 5) : at].lower()
        begin = at - 5 if scheme == "https" else at - 4
        if scheme.endswith(("http", "https")) and _may_begin(text, begin) and not _TWICE.match(text, at + 3):
            return begin, at + 3
        at = text.find("://", at + 3, stop + _LOOK_AHEAD)
    return None


def _may_begin(text: str, begin: int) -> bool:
    """Whether a scheme there is no end of a word."""
    before = text[begin - 1] if begin else " "
    if "0" <= before <= "9":
        return _NUMBERED.search(text[max(0, begin - 4) : begin]) is not None
    if before == "m" and _COLOURED.search(text[max(0, begin - 28) : begin]):
        return True
    return not (before.isascii() and before.isalpha())


def citations(document: Document) -> Iterator[Citation | Problem]:
    """Every URL that stands in the text; those of a run of bare ones with what the text quotes, see :mod:`._apart`."""
    return iter(with_passages(document.text, list(_in_order(document))))


def _in_order(document: Document) -> Iterator[Citation | Problem]:
    places = Places(document)
    seen = find_urls(document.text, escaped=True)
    found = list(_unwrapped(document.text, seen) if _MAY_BE_WRAPPED.search(document.text) else seen)
    said = quoted_in_paragraphs(document.text, [(offset, offset + len(written)) for offset, written in found])
    for (offset, written), quotes in zip(found, said, strict=True):
        context = places.context(offset, offset + len(written))
        address = _WRAP.sub("", written) if "\n" in written else written
        address = without_escapes(address)
        if cited := places.cited(offset, written, address, context=context, inferred=quotes):
            yield cited


def without_escapes(written: str) -> str:
    """The address that :func:`find_urls` found with ``escaped``, as somebody typed it."""
    return _TEX_ESCAPE.sub(r"\1", written).translate(_AS_TYPED)


def _unwrapped(text: str, found: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The same with those whole that stand in angle brackets over several lines."""
    last = 0
    for offset, written in found:
        if offset < last:
            continue
        last = offset + len(written)
        before = text[offset - 1 : offset]
        if before == "<" or (before == ":" and text[max(0, offset - 5) : offset].upper() == "<URL:"):
            rest = _WRAPPED.match(text, last)
            last = rest.end() if rest else last
        yield offset, text[offset:last]


def _end(text: str, start: int, after_scheme: int, path: re.Pattern[str]) -> int:
    """Where the URL that begins at ``start`` ends; 0 if it is none."""
    authority = _AUTHORITY.match(text, after_scheme)
    if authority is None:
        return 0
    end = authority.end()
    goes_on = text[end : end + 1] in ("/", "?", "#")
    if not goes_on and _HOLE_IN_HOST.match(text, end):
        return 0
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
    if text.startswith("@", end) or (not goes_on and _NO_HOST.match(text, end)):
        return 0
    host_end = end
    if goes_on:
        end = _path_end(text, start, end, path)
    if text[end : end + 1] not in _TELLING_ENDS:
        return end
    if text.startswith(_UNFILLED, end) or _PLACEHOLDER.match(text, end):
        return 0
    # "Look at https://a.example/..." may be the end of a sentence.
    if (gap := _LEFT_OUT.match(text, end)) and not (gap[0] == "..." and end == host_end + 1):
        return 0
    return 0 if text[start - 1 : start] != '"' and _BROKEN_QUOTE.match(text, end) else end


def _path_end(text: str, start: int, path: int, signs: re.Pattern[str]) -> int:
    """Where path, query and fragment end that begin at ``path``."""
    run = signs.match(text, path, start + uri.LONGEST + 2)
    end = run.end() if run else path
    around = text[start - 1 : start]
    if around in ('"', "`") and (closing := text.find(around, path, end)) >= 0:
        end = closing
    end = _balanced_end(text, start, path, end)
    if end - start > uri.LONGEST:
        stop = ENDS.search(text, end)
        return stop.start() if stop else len(text)
    return _without_trailing(text, start, path, end)


def _balanced_end(text: str, start: int, path: int, end: int) -> int:
    """The place of the first bracket that the URL closes without opening, or opens without closing; else ``end``."""
    quoted = text[start - 1 : start] == "'"
    in_cell = _CELL.search(text[max(0, start - 32) : start]) is not None
    opened: list[tuple[str, int]] = []
    for sign in _TELLING.finditer(text, path, end):
        char, here = sign[0], sign.start()
        if text.startswith("[/", here):  # "[url]https://a.example/b[/url]" of forums
            end = here
            break
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
    if text[end : end + 1] == ">" and wrap != "<":  # "a->b", "https://a.example/b-->"
        end = path + len(text[path:end].rstrip("-"))
    while end > path:
        char = text[end - 1]
        if char == ";" and (entity := _ENTITY.search(text[max(path, end - 34) : end])):
            end -= len(entity[0])
        elif char == "'" and apostrophes % 2:
            apostrophes -= 1
            end -= 1
        elif char in _TRAILS or (
            char in _WRAPS and (char == wrap or "~~" in text[end - 2 : end + 1] or _is_emphasised(text, start, char))
        ):
            end -= 1
        else:
            break
    return end


def _is_emphasised(text: str, start: int, mark: str) -> bool:
    """Whether an emphasis that begins before the URL is still open there: "_see https://a.example/b_"."""
    before = text[max(0, start - _NEAR) : start].rpartition("\n\n")[2]
    opened = sum(1 for _ in _OPENS_EMPHASIS[mark].finditer(before))
    return opened > sum(1 for _ in _ENDS_EMPHASIS[mark].finditer(before))
