"""References that a reader cannot follow: "A recent Politico article", "Related article: …", and no link beside them.

Only remarks, never failures, and only of what is plainly a reference: a label at the beginning of a line, or a work of
a named publisher. Another link in the paragraph, the mark of a note or an address that has the words of the title may
be what is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from linkcheck import uri
from linkcheck.citing.places import shorten
from linkcheck.model import Citation, Document

FORMATS = frozenset({"text", "markdown", "rst", "asciidoc"})
"""Those in which a paragraph is lines of text, with its links in it."""

MOST = 20
_LONGEST_PARAGRAPH = 20_000
_PARAGRAPH_END = re.compile(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)")
_LABEL = re.compile(
    r"^[ \t>*_]*(?P<what>(?:Related (?:article|story|stories|reading|coverage|post|content)|Read (?:more|also|next)"
    r"|Further reading|Lesen Sie auch|Mehr zum Thema|À lire aussi|Lire aussi|Lea también|Leia também|Leggi anche"
    r"|Читайте также)\**[ \t]*:\**[ \t]*(?P<title>[^\r\n]{8,200}))$",
    re.M,
)
_NAMED = r"(?:(?:the )?[A-Z][\w&.’'-]*(?: (?:of|the|and|for|&|[A-Z][\w&.’'-]*)){0,5})"
_WORK = r"(?:article|report|story|study|poll|survey|op-ed|editorial|investigation|column|essay|blog post|interview)"
_MENTION = re.compile(
    rf"\b(?P<what>[Aa]n? (?:recent|new|latest|{{year}}) {_NAMED} {_WORK}"
    rf"|[Aa] (?:recent|new|{{year}}) {_WORK} (?:by|in|from) {_NAMED})\b".replace("{year}", r"(?:19|20)\d\d")
)
_MAY_TELL = re.compile(
    r"[AaRFLMÀЧ](?:(?<=[Aa])n?\s+(?:recent|new|latest|(?:19|20)\d\d)\s"
    r"|(?<=[RFLMÀЧ])(?:elated |ead |urther |esen Sie|ehr zum| lire|ire aussi|ea tamb|eia tamb|eggi anche|итайте))"
)
"""What one of the two begins with: most paragraphs have none of it."""
# "[^1]", "[1]" and "[said][1]", whose address stands elsewhere, "`press`_" of rst, and the mark of a printed note.
_MARK = re.compile(
    r"\[\^[^\[\]\n]{1,80}\]|\[\w{0,3}\d{1,3}\]|\]\[|`_|\w_(?!\w)|:\w+:`|<<\w|xref:|footnote:|(?<=[\w.,”\"])[¹²³⁴-⁹]"
)
_BRACKETED = re.compile(r"\[([^\[\]\n]{1,200})\]")
_DEFINED = re.compile(r"^[ ]{0,3}\[([^\[\]\n]{1,200})\]:", re.M)
_WORDS = re.compile(r"[a-z0-9]{3,}")
_SAME = 0.6
"""Share of the words of a title that stand in the path of an address that is its own."""


def remarks(document: Document, cited: Sequence[Citation]) -> Iterator[str]:
    """A sentence for each, with its line; at most twenty of a document."""
    if document.format not in FORMATS:
        return
    text = document.text
    known = Known(cited, text)
    lines = {each.line for each in cited}
    position = line = said = 0
    for begin, end in _paragraphs(text):
        if end - begin > _LONGEST_PARAGRAPH or not _MAY_TELL.search(text, begin, end):
            continue
        line += len(re.findall(r"\r\n|\r|\n", text[position:begin]))
        position = begin
        height = len(re.findall(r"\r\n|\r|\n", text[begin:end]))
        if any(number in lines for number in range(line + 1, line + height + 2)):
            continue
        for offset, what in known.unlinked(text[begin:end]):
            at = line + 1 + len(re.findall(r"\r\n|\r|\n", text[begin : begin + offset]))
            yield remark(f"{document.name}:{at}", what)
            said += 1
            if said == MOST:
                return


def remark(where: str, what: str) -> str:
    """The sentence that says so."""
    return f"{where}: a reference that a reader cannot follow: {shorten(what, 100)}"


def may_tell(text: str) -> bool:
    """Whether the text may hold such a reference: quick, and true for a few texts too many."""
    return _MAY_TELL.search(text) is not None


class Known:
    """The addresses that a document cites, by the words of their paths, and the names that it defines for some."""

    def __init__(self, cited: Sequence[Citation], text: str = "") -> None:
        self._cited = cited
        self._defined = {label[1].lower() for label in _DEFINED.finditer(text)}
        self._paths: list[set[str]] = []

    def unlinked(self, paragraph: str) -> Iterator[tuple[int, str]]:
        """Offset and words of what a paragraph without links refers to, but where an address is named like it."""
        if any(label[1].lower() in self._defined for label in _BRACKETED.finditer(paragraph)):
            return
        for offset, what, title in _found(paragraph):
            words = set(_WORDS.findall(title.lower()))
            self._paths = self._paths or [set(_WORDS.findall(uri.path(each.url).lower())) for each in self._cited]
            if not words or not any(len(words & path) >= _SAME * len(words) for path in self._paths):
                yield offset, what


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for blank in _PARAGRAPH_END.finditer(text):
        yield begin, blank.start()
        begin = blank.end()
    yield begin, len(text)


def _found(paragraph: str) -> Iterator[tuple[int, str, str]]:
    """Offset, words, and the title where one is given."""
    if _MARK.search(paragraph):
        return
    for label in _LABEL.finditer(paragraph):
        yield label.start("what"), label["what"], label["title"]
    flat = re.sub(r"[\r\n]", " ", paragraph)
    for mention in _MENTION.finditer(re.sub(r"(?<=\S)[\r\n]+[ \t]*(?=\S)", _one_space, flat)):
        yield mention.start(), mention["what"], ""


def _one_space(gap: re.Match[str]) -> str:
    return " " * len(gap[0])
