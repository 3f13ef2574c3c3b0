"""TeX as its readers see it, and the URLs in it: shared by LaTeX and BibTeX. Pure.

One pass over the source, with a stack for its groups and no recursion. A URL that holds a macro or a parameter (``#1``
in a definition) is no address before TeX has run, so it is passed over.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from linkcheck.extract._tex_address import IN_BRACES, NOTHING, address, sign_of
from linkcheck.extract._tex_signs import (
    ACCENTS,
    DEFINING,
    HREFS,
    NO_PROSE,
    SIGNS,
    SPACES,
    URLS,
    VERBATIM,
)
from linkcheck.extract.text import find_urls

# In the text of readers: where a group ends without a space, and where a macro stands that only TeX could resolve.
# Both end a URL for linkcheck.extract.text.
_JOINT = "\u200b"
_UNKNOWN = "\ufffc"
_MARKS = str.maketrans("", "", _JOINT + _UNKNOWN)

_TOKEN = re.compile(r"\$\\sim\$|\\[A-Za-z@]+\*?|\\(?:\r\n|.)|\\\Z|[%{}~]|``|''|`|\"[`']|---|--", re.S)
_COMMENT = re.compile(r"%[^\r\n]*(?:\r\n?|\n)?[ \t]*")
_SPACES = re.compile(r"[ \t]*(?:(?:\r\n?|\n)[ \t]*(?!\r|\n|[ \t]))?")
_NAME = re.compile(r"\s*(?:\{\s*)?(\\(?:[A-Za-z@]+|.))\s*(?:\}|(?=[^}]))", re.S)
_WORD = re.compile(r"\w")
# Behind a URL: what only TeX knows is the rest of it, or a group ended in the middle, "\\textbf{https://a.example}/b".
_GOES_ON_UNKNOWN = re.compile(rf"[:_-]?{_UNKNOWN}|{_JOINT}/\w")
_IN_URL = re.compile(r"://\S*\Z")
_FORMULA = re.compile(r"(?<!\\)(?<!\\sim)\$(?!\\sim\$)")
_SHAPES = re.compile(
    r"text\w+|[mhf]box|[a-z]{2}(?:family|shape|series)|tt|it|bf|em|rm|sf|url\w*|seqsplit|small|footnotesize"
)
_HOLES = frozenset({"emph", "textit", "textsl", "textnormal", "mathit", "ensuremath"})
_PARAMETER = re.compile(r"#+\d")

_NOTES = frozenset({"footnote", "footnotetext", "thanks", "endnote", "sidenote", "marginpar", "marginnote"})
_QUOTING = frozenset({"enquote", "textquote", "blockquote", "textcquote", "foreignquote"})
_BREAKS = frozenset({"par", "item", "newline", "linebreak", "section", "subsection", "subsubsection", "chapter"})
_ACCENTED = re.compile(r"\s*(?:\{\s*(\\[ij]\b|\w?)\s*\}|(\\[ij]\b)\s?|(\w))")
_BRACKET = re.compile(r"\\.|[{}\[\]]", re.S)
_LONGEST_OPTION = 2_000
# "\cite[p.~4, \url{https://a.example/b}]{key}", "\cvItem[link=https://a.example/b]{…}"
_URL_IN_OPTION = re.compile(r"\\(?:url|href)\s{0,9}\{([^{}]{1,2000})\}")
_URL_OR_KEY_IN_OPTION = re.compile(rf"{_URL_IN_OPTION.pattern}|=\s{{0,9}}\{{?(https?://[^\s,\[\]{{}}\\]{{1,2000}})")
_GROUP_OF_URL = re.compile(r"\s{0,9}\{\s{0,9}https?://")
_ENDS_MORE = re.compile(r"(?:\s{0,9}\{\s{0,9}document\s{0,9}\})?\s{0,99}\\end\b")
_LAST_END = re.compile(r"^[^%\r\n]{0,200}\\end\s{0,9}\{\s{0,9}document\s{0,9}\}", re.M)
_LINE_END = re.compile(r"[\r\n]")
_BEFORE_BODY = re.compile(r"[^{}\\%\r\n]*")
_PREFIX_USE = re.compile(r"(\\[A-Za-z@]+)(?:\{\})?(?:[\w/#?&=-]|\\_|\.\w)")
_AFTER_COMMAND = re.compile(r"\\[A-Za-z@]+\*?\s*(?:\[[^\]]*\]\s*)?\{\Z")
_TYPEWRITTEN = {"``": "“", "''": "”", "`": "‘", '"`': "„", "\"'": "“", "---": "—", "--": "–"}


@dataclass(frozen=True, slots=True)
class Link:
    """A URL of a TeX source.

    Attributes:
        offset, written: of the source.
        address: without the escapes of TeX.
        begin, end: where the link's words stand in the text of readers.
        key: of the ``\\bibitem`` that it stands in, "" outside of any.
    """

    offset: int
    written: str
    address: str
    begin: int
    end: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """The text of readers, the links in it, in its order, and from where to where footnotes stand in it."""

    text: str
    links: list[Link]
    notes: list[tuple[int, int]] = field(default_factory=list)

    def words(self) -> str:
        """The text on one line."""
        return " ".join(self.text.translate(_MARKS).split())


def without_marks(text: str) -> str:
    """A piece of :attr:`Prose.text` as it may be shown."""
    return text.translate(_MARKS)


def read(source: str, begin: int = 0, end: int | None = None, *, comments: bool = True) -> Prose:
    """Reads ``source[begin:end]``; ``comments`` says whether ``%`` begins one (it does not in a field of BibTeX)."""
    return _Reader(source, begin, len(source) if end is None else end, comments).read()


@dataclass(slots=True)
class _Group:
    """An open brace: what its end adds to the text, the link whose words it holds, whether it defines a macro."""

    closing: str = ""
    link: int = -1
    defines: str = ""
    begin: int = 0


@dataclass(slots=True)
class _Reader:
    source: str
    position: int
    end: int
    comments: bool
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    # Of the pieces: where they begin in the text, where in the source, where they end there.
    runs: list[tuple[int, int, int]] = field(default_factory=list)
    groups: list[_Group] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    keys: list[tuple[int, str]] = field(default_factory=list)
    notes: list[tuple[int, int]] = field(default_factory=list)
    definitions: list[tuple[int, int, str]] = field(default_factory=list)
    closings: dict[int, int] = field(default_factory=dict)
    prefixes: set[str] | None = None
    last_end: int | None = None
    unclosed: set[str] = field(default_factory=set)

    def read(self) -> Prose:
        self.closings = _closings(self.source, self.position, self.end)
        while self.position < self.end:
            token = _TOKEN.search(self.source, self.position, self.end)
            stop = token.start() if token else self.end
            if stop > self.position:
                self._add(self.source[self.position : stop], self.position, stop)
            if token is None:
                break
            self.position = token.end()
            self._take(token)
        text = "".join(self.pieces)
        links = [*self.links, *self._bare(text)]
        return Prose(text, sorted(links, key=lambda link: (link.begin, link.offset)), self.notes)

    def _add(self, text: str, begin: int, end: int) -> None:
        if text:
            self.pieces.append(text)
            self.runs.append((self.length, begin, end))
            self.length += len(text)

    def _last(self) -> str:
        return self.pieces[-1][-1:] if self.pieces else ""

    def _take(self, token: re.Match[str]) -> None:
        sign, here = token[0], token.start()
        if sign[0] == "$":
            self._add("~", here, self.position)
        elif sign == "%":
            if self.comments:
                comment = _COMMENT.match(self.source, here, self.end)
                self.position = comment.end() if comment else self.position
            else:
                self._add("%", here, self.position)
        elif sign == "{":
            short = IN_BRACES.match(self.source, here, self.end)
            inner = sign_of(short[1]) if short else None
            if short and inner is not None and (len(short[1]) == 1 or short[1][:1] == "\\"):
                self._add(inner, here, short.end())
                self.position = short.end()
            else:
                begins_url = self.source.startswith(("http://", "https://"), self.position)
                if self._last() not in ("", " ", "\n") and (begins_url or not self._after_command):
                    self._add(_JOINT, here, here)
                self.groups.append(_Group(begin=self.length))
        elif sign == "}":
            self._close(here)
        elif sign == "~":
            # In a URL that somebody typed it is a tilde; elsewhere it holds two words together.
            self._add("~" if self._last() in "/:=~." and self._last() else " ", here, self.position)
        elif sign[0] == "\\":
            self._command(sign[1:], here)
        else:
            self._add(sign if sign in ("--", "---") and self._in_url() else _TYPEWRITTEN[sign], here, self.position)

    def _in_url(self) -> bool:
        return _IN_URL.search("".join(self.pieces[-8:])[-400:]) is not None

    @property
    def _after_command(self) -> bool:
        return bool(_AFTER_COMMAND.search(self.source[max(0, self.position - 80) : self.position]))

    def _close(self, here: int) -> None:
        if not self.groups:
            return
        group = self.groups.pop()
        if group.link >= 0:
            link = self.links[group.link]
            self.links[group.link] = Link(link.offset, link.written, link.address, link.begin, self.length, link.key)
        if group.closing == ")":
            self.notes.append((group.begin, self.length))
        if group.defines:
            self.definitions.append((group.begin, self.length, group.defines))
        following = self.source[here + 1 : min(here + 2, self.end)]
        self._add(
            group.closing or (_JOINT if _WORD.match(following) or following in ("{", "/", "\\", "%") else ""),
            here,
            here,
        )

    def _command(self, name: str, here: int) -> None:
        starred = name.endswith("*") and len(name) > 1
        name = name[:-1] if starred else name
        if name in URLS:
            self._url(here)
        elif name in HREFS:
            self._href()
        elif name in DEFINING:
            self._definition(name)
        elif name == "urldef":
            if macro := _NAME.match(self.source, self.position, self.end):
                self.position = macro.end()
        elif name in ("verb", "lstinline", "mintinline"):
            self._verbatim(name)
        elif name == "begin":
            self._environment()
        elif name == "iffalse":
            stop = self.source.find("\\fi", self.position, self.end)
            self.position = self.end if stop < 0 else stop + 3
        elif name == "endinput" or (name == "end" and self._argument_is("document")):
            # One that stands in an example of LaTeX, or in a file that the document writes, is not the end of it.
            if not self._goes_on_as_document():
                self.position = self.end
        elif name == "bibitem":
            self._options()
            if (argument := self._group()) is not None:
                self.keys.append((self.length, self.source[slice(*argument)].strip()))
            self._add("\n\n", here, self.position)
        elif name in _NOTES or name in _QUOTING:
            self._options()
            if self.source.startswith("{", self.position, self.end):
                self._add(" (" if name in _NOTES else "“", here, here)
                self.groups.append(_Group(")" if name in _NOTES else "”", begin=self.length))
                self.position += 1
        elif name in SIGNS:
            self._after_name()
            self._add(SIGNS[name], here, self.position)
        elif name in ACCENTS and (accented := _ACCENTED.match(self.source, self.position, self.end)):
            self._accent(ACCENTS[name], accented, here)
        elif name in ("\\", "\r\n", "\n", "\r") or name in _BREAKS:
            self._add("\n\n" if name in ("par", "item") or name.endswith("section") else "\n", here, self.position)
            self._spaces()
        elif name in SPACES or (len(name) == 1 and name in "%#&_$~{}^ ,;:!"):
            self._add(" " if name in SPACES or name in " ,;:" else "" if name == "!" else name, here, self.position)
        elif name.endswith("ref") and _GROUP_OF_URL.match(self.source, self.position, self.end):
            self._href()
        elif name.endswith("url") and _GROUP_OF_URL.match(self.source, self.position, self.end):
            self._url(here)
        elif NO_PROSE.fullmatch(name):
            self._options(_URL_IN_OPTION)
            self._group()
        elif name not in NOTHING:
            # "\emph{…}" and "\texttt{…}" leave their words; a lone macro behind a letter may be the rest of a URL.
            self._spaces()
            # "https://a.example/\emph{user}" wants a name there.
            lone = not self.source.startswith(("{", "["), self.position, self.end)
            lone = lone or (
                (name in _HOLES or not _SHAPES.fullmatch(name)) and self._last() in "/=?&:" and self._in_url()
            )
            self._options(_URL_OR_KEY_IN_OPTION)
            if lone and self._last() not in ("", " ", "\n"):
                self._add(_UNKNOWN, here, here)
        elif name not in ("-", "/"):
            self._after_name()

    def _accent(self, mark: str, accented: re.Match[str], here: int) -> None:
        letter = (accented[1] or accented[2] or accented[3] or "").lstrip("\\")
        if mark in ACCENTS["~"] and self._last() == "/":
            # Of "http://a.example/\\~user": a tilde, whatever TeX makes of it.
            letter = ""
            self.position += 2 if self.source.startswith("{}", self.position) else 0
        else:
            self.position = accented.end()
        if letter:
            self._add(unicodedata.normalize("NFC", letter + mark), here, self.position)
        elif mark in ("\u0303", "\u0302"):
            self._add("~" if mark == "\u0303" else "^", here, self.position)

    def _spaces(self) -> None:
        spaces = _SPACES.match(self.source, self.position, self.end)
        self.position = spaces.end() if spaces else self.position

    def _after_name(self) -> None:
        if self.source.startswith("{}", self.position, self.end):
            self.position += 2
        else:
            self._spaces()

    def _options(self, cited: re.Pattern[str] | None = None) -> None:
        """Passes over ``[…]``, any number of them; what ``cited`` finds there is a link."""
        while True:
            self._spaces()
            if not self.source.startswith("[", self.position, self.end):
                return
            close = self.closings.get(self.position, -1)
            if not 0 <= close - self.position <= _LONGEST_OPTION:
                return
            for found in cited.finditer(self.source, self.position, close) if cited else ():
                self._link(found.span(found.lastindex or 0), self.length)
            self.position = close + 1

    def _group(self) -> tuple[int, int] | None:
        """Passes over ``{…}``: where its inside begins and ends; None where there is none."""
        self._spaces()
        if not self.source.startswith("{", self.position, self.end):
            return None
        close = self.closings.get(self.position, -1)
        if close < 0:
            return None
        inside = self.position + 1, close
        self.position = close + 1
        return inside

    def _argument_is(self, word: str) -> bool:
        return bool(re.compile(rf"\s*\{{\s*{word}\s*\}}").match(self.source, self.position, self.end))

    def _goes_on_as_document(self) -> bool:
        if self.last_end is None:
            self.last_end = max((each.start() for each in _LAST_END.finditer(self.source)), default=-1)
        return self.position <= self.last_end or bool(_ENDS_MORE.match(self.source, self.position))

    def _url(self, here: int) -> None:
        self._options()
        if self.position < self.end and self.source[self.position] not in "{\\ \r\n":
            inside = self._delimited()
        else:
            inside = self._group()
        if inside is None:
            return
        begin = self.length
        shown = address(self.source[slice(*inside)])
        self._add(shown or " ", inside[0], inside[1])
        self._link(inside, begin)

    def _href(self) -> None:
        self._options()
        inside = self._group()
        if inside is None:
            return
        number = self._link(inside, self.length)
        self._spaces()
        if self.source.startswith("{", self.position, self.end):
            self.position += 1
            self.groups.append(_Group(link=number))

    def _link(self, inside: tuple[int, int], begin: int) -> int:
        """Notes a link; its number, -1 where the argument is no address."""
        raw = self.source[slice(*inside)]
        written = raw.strip()
        resolved = address(raw)
        if not resolved or (self._defining() and _PARAMETER.search(written)):
            return -1
        key = self.keys[-1][1] if self.keys else ""
        offset = inside[0] + len(raw) - len(raw.lstrip())
        self.links.append(Link(offset, written, resolved, begin, self.length, key))
        return len(self.links) - 1

    def _defining(self) -> bool:
        return any(group.defines for group in self.groups)

    def _definition(self, command: str) -> None:
        """Reads up to the body of a definition, which is read as one."""
        name = _NAME.match(self.source, self.position, self.end)
        if name is not None:
            self.position = name.end()
        elif self._group() is None:
            return
        if "Document" in command:
            self._group()
        self._options()
        body = _BEFORE_BODY.match(self.source, self.position, self.end)
        self.position = body.end() if body else self.position
        if self.source.startswith("{", self.position, self.end):
            self._add("\n\n", self.position, self.position)
            self.groups.append(_Group("\n\n", defines=name[1] if name else "\\", begin=self.length))
            self.position += 1

    def _verbatim(self, name: str) -> None:
        if name != "verb":
            self._options()
        if name == "mintinline":
            self._group()
        if self.source.startswith("{", self.position, self.end):
            self._group()
            return
        if (inside := self._delimited()) is not None:
            self._add(" ", *inside)

    def _delimited(self) -> tuple[int, int] | None:
        """Passes over ``|…|``, whatever the sign: where its inside begins and ends; None where the line ends first."""
        sign = self.source[self.position : self.position + 1]
        close = self.source.find(sign, self.position + 1, min(self.end, self.position + _LONGEST_OPTION))
        if not sign or close < 0 or _LINE_END.search(self.source, self.position, close):
            return None
        inside = self.position + 1, close
        self.position = close + 1
        return inside

    def _environment(self) -> None:
        argument = self._group()
        if argument is None:
            return
        name = self.source[slice(*argument)]
        self._add("\n\n", argument[0], argument[1])
        if VERBATIM.fullmatch(name) and name not in self.unclosed:
            close = self.source.find(f"\\end{{{name}}}", self.position, self.end)
            if close < 0:
                self.unclosed.add(name)
            else:
                self.position = close
        else:
            self._options()
            if name == "thebibliography":
                self._group()

    def _bare(self, text: str) -> Iterator[Link]:
        """The URLs that stand in the text without a command."""
        # \url shows its own address, and \href may show one, its own or another.
        taken = sorted(
            (link.begin, link.end)
            for link in self.links
            if link.end - link.begin == len(link.address) and text.startswith(link.address, link.begin)
        )
        starts = [begin for begin, _ in taken]
        defined = sorted(self.definitions)
        for begin, written in find_urls(text):
            end = begin + len(written)
            number = bisect_right(starts, begin) - 1
            if (number >= 0 and begin < taken[number][1]) or _GOES_ON_UNKNOWN.match(text, end):
                continue
            offset, stop = self._place(begin), self._place_behind(end)
            signs = [sign.end() for sign in _FORMULA.finditer(self.source, offset, stop)]
            if len(signs) > 1:  # "https://a.example/$n$"
                continue
            if signs == [stop]:
                written, end, stop = written[:-1], end - 1, stop - 1
            holder = bisect_right(defined, (begin, len(text), "")) - 1
            if holder >= 0 and end <= defined[holder][1] and self._is_prefix(defined[holder], text, begin, end):
                continue
            at = bisect_right(self.keys, (begin, "\U0010ffff")) - 1
            yield Link(offset, self.source[offset:stop], written, begin, end, self.keys[at][1] if at >= 0 else "")

    def _is_prefix(self, definition: tuple[int, int, str], text: str, begin: int, end: int) -> bool:
        """Whether a URL in the definition of a macro is no more than the front of others, or holds a parameter."""
        first, last, name = definition
        if _PARAMETER.search(text, begin, min(last, end + 3)):
            return True
        if self.prefixes is None:
            self.prefixes = {use[1] for use in _PREFIX_USE.finditer(self.source)}
        return text[first:last].strip() == text[begin:end] and name in self.prefixes

    def _place(self, offset: int) -> int:
        """Where in the source a character of the text stands."""
        at, begin, end = self.runs[bisect_right(self.runs, offset, key=lambda run: run[0]) - 1]
        return min(begin + offset - at, end)

    def _place_behind(self, offset: int) -> int:
        """Where in the source the character ends that stands before ``offset`` in the text."""
        number = bisect_right(self.runs, offset - 1, key=lambda run: run[0]) - 1
        at, begin, end = self.runs[number]
        length = (self.runs[number + 1][0] if number + 1 < len(self.runs) else self.length) - at
        return end if offset - at == length else begin + offset - at


def _closings(text: str, begin: int, end: int) -> dict[int, int]:
    """Where each bracket is closed, by where it opens. What is escaped is none, nor is one that is never closed."""
    found: dict[int, int] = {}
    braces: list[int] = []
    options: list[int] = []
    for sign in _BRACKET.finditer(text, begin, end):
        if sign[0] == "{":
            braces.append(sign.start())
        elif sign[0] == "}" and braces:
            found[braces.pop()] = sign.start()
        elif sign[0] == "[":
            options.append(sign.start())
        elif sign[0] == "]" and options:
            found[options.pop()] = sign.start()
    return found
