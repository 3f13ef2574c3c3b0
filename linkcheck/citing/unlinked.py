"""References that a reader cannot follow: "A recent Politico article", "Related article: …", and no link beside them.

Only remarks, never failures, and only of what is plainly a reference: a label at the beginning of a line, or a work of
a named publisher. Another link in the paragraph, or an address that has the words of the title, may be what is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from linkcheck import uri
from linkcheck.citing.places import shorten
from linkcheck.model import Citation, Document

FORMATS = frozenset({"text", "markdown"})
"""Those in which a paragraph is lines of text, with its links in it."""

_MOST = 20
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
_WORDS = re.compile(r"[a-z0-9]{3,}")
_SAME = 0.6
"""Share of the words of a title that stand in the path of an address that is its own."""


def remarks(document: Document, cited: Sequence[Citation]) -> Iterator[str]:
    """A sentence for each, with its line; at most twenty of a document."""
    if document.format not in FORMATS:
        return
    text = document.text
    paths: list[set[str]] = []
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
        for offset, what, title in _found(text[begin:end]):
            words = set(_WORDS.findall(title.lower()))
            paths = paths or [set(_WORDS.findall(uri.path(each.url).lower())) for each in cited]
            if words and any(len(words & path) >= _SAME * len(words) for path in paths):
                continue
            at = line + 1 + len(re.findall(r"\r\n|\r|\n", text[begin : begin + offset]))
            yield f"{document.name}:{at}: a reference that a reader cannot follow: {shorten(what, 100)}"
            said += 1
            if said == _MOST:
                return


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for blank in _PARAGRAPH_END.finditer(text):
        yield begin, blank.start()
        begin = blank.end()
    yield begin, len(text)


def _found(paragraph: str) -> Iterator[tuple[int, str, str]]:
    """Offset, words, and the title where one is given."""
    for label in _LABEL.finditer(paragraph):
        yield label.start("what"), label["what"], label["title"]
    flat = re.sub(r"[\r\n]", " ", paragraph)
    for mention in _MENTION.finditer(re.sub(r"(?<=\S)[\r\n]+[ \t]*(?=\S)", _one_space, flat)):
        yield mention.start(), mention["what"], ""


def _one_space(gap: re.Match[str]) -> str:
    return " " * len(gap[0])
