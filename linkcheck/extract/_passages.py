"""Citations of documents that have passages and no lines (PDF, Word, slides, sheets): shared by the formats. Pure.

A format reads its file into passages, in the order of the text: the words as a reader sees them, and which of them are
links. Here they become Citations, with the bare URLs among the words, and what the sentence quotes. A URL that is
linked several times in one place is one citation of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, groupby

from linkcheck import uri
from linkcheck.citing import unlinked
from linkcheck.citing.identifiers import find as identifiers_in
from linkcheck.citing.places import Places, excerpt, shorten
from linkcheck.citing.quotes import quoted_in_paragraphs
from linkcheck.extract.text import find_urls, without_escapes
from linkcheck.model import Citation, Document, Problem

_Found = tuple[int, int, str, bool]

_BLANK_LINE = "\n\n"
_LONGEST_PARAGRAPH = 20_000
_NEAR = 600
"""Signs on each side of a link that its context may come from."""

# "https://a.example/b.htm42", the number of a note that lost its height.
_NOTE_MARK = re.compile(r"(?<=\.htm|\.pdf|\.asp|html|aspx)\d{1,3}\Z", re.I)
# "https://bugs.chromium.org/. . ." leaves out the rest on purpose.
_LEFT_OUT = re.compile(r"(?<=[/=_&?-])\s?(?:…|\.\s?\.\s?\.)")


@dataclass(frozen=True, slots=True)
class Link:
    """What a passage links to, and where in it the words of the link stand (``begin == end``: it has none)."""

    begin: int
    end: int
    address: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, page, cell or slide.

    Attributes:
        text: as a reader sees it.
        links: in any order.
        place: what a Citation says of it.
        marks: where footnote marks stand, by the name of the note: its sources belong to the sentence of the mark.
        note: the name of the note that this passage is, "" for any other.
        doubts: by the offset of a bare URL that is perhaps cut the two ways to read it.
    """

    text: str
    links: tuple[Link, ...] = ()
    place: str = ""
    marks: Mapping[str, int] = field(default_factory=dict)
    note: str = ""
    doubts: Mapping[int, tuple[str, str]] = field(default_factory=dict)


class _NoLines(Places):
    """A document without lines: everything stands at line 0."""

    def at(self, offset: int) -> tuple[int, int]:
        return 0, 0


def citations_of(
    document: Document, passages: Iterable[Passage | Citation | Problem], *, identifiers: bool = False
) -> Iterator[Citation | Problem]:
    """The citations of passages, each URL once a place; what is a Citation or Problem already is passed on.

    With ``identifiers`` the first mention of each DOI, arXiv id, ISBN and RFC that has no URL, too.
    """
    known: set[str] | None = set() if identifiers else None
    places = _NoLines(document)
    said_of_notes: dict[str, tuple[str, ...]] = {}
    for place, together in groupby(passages, key=lambda each: each.place if isinstance(each, Passage) else None):
        merged: dict[str, Citation] = {}
        for passage in together:
            if not isinstance(passage, Passage):
                yield replace(passage, document=document.name)
                continue
            for found in _in_passage(document.name, passage, places, said_of_notes, known):
                if isinstance(found, Problem):
                    yield replace(found, message=f"{place}: {found.message}" if place else found.message)
                else:
                    same = merged.get(found.url)
                    merged[found.url] = _merged(same, found) if same else found
        yield from (replace(each, place=place or "") for each in merged.values())


def unlinked_in(
    document: Document, passages: Iterable[Passage | Citation | Problem], cited: Sequence[Citation]
) -> Iterator[str]:
    """References that a reader cannot follow, a sentence for each with its place.

    See :mod:`linkcheck.citing.unlinked`.
    """
    known = unlinked.Known(cited)
    said = 0
    for passage in passages:
        if not isinstance(passage, Passage) or passage.marks or not unlinked.may_tell(passage.text):
            continue
        begin = 0
        for paragraph in passage.text.split(_BLANK_LINE):
            end = begin + len(paragraph)
            linked = "://" in paragraph or any(each.begin < end and each.end > begin for each in passage.links)
            begin = end + len(_BLANK_LINE)
            if linked or len(paragraph) > _LONGEST_PARAGRAPH:
                continue
            for _, what in known.unlinked(paragraph):
                yield unlinked.remark(f"{document.name}: {passage.place}" if passage.place else document.name, what)
                said += 1
                if said == unlinked.MOST:
                    return


def _merged(first: Citation, second: Citation) -> Citation:
    return replace(
        first,
        context=first.context or second.context,
        quotes=tuple(dict.fromkeys(first.quotes + second.quotes)),
        loose=tuple(dict.fromkeys(first.loose + second.loose)),
    )


def _in_passage(
    name: str,
    passage: Passage,
    places: Places,
    said_of_notes: dict[str, tuple[str, ...]],
    known: set[str] | None,
) -> Iterator[Citation | Problem]:
    text = passage.text
    if "://" not in text and not passage.links and not passage.marks and known is None:
        return
    found = sources(text, passage.links)
    marks = [(at, name) for name, at in passage.marks.items()]
    spans = sorted({(begin, end) for begin, end, _, _ in found} | {(at, at) for at, _ in marks})
    said = dict(zip(spans, quoted_in_paragraphs(text, spans), strict=True)) if spans else {}
    said_of_notes.update({note: said[at, at] for at, note in marks if said[at, at]})
    of_note = said_of_notes.get(passage.note, ()) if len({address for *_, address, _ in found}) == 1 else ()
    for begin, end, address, is_link in found:
        if not is_link and begin in passage.doubts:
            first, second = (shorten(each, 200) for each in passage.doubts[begin])
            yield Problem(
                name,
                0,
                f"a URL is broken over two lines: either {first} or {second}; list the right one in a text file",
            )
            continue
        cited = places.cited(
            begin,
            address,
            address,
            context=_context(text, begin, end, address),
            inferred=said[begin, end] or of_note,
            is_link=is_link,
        )
        if cited:
            yield cited
    if known is not None:
        known |= {url for *_, address, _ in found if (url := uri.normalise(address))}
        begins = [begin for begin, *_ in found]
        reached = list(accumulate((end for _, end, *_ in found), max))
        for each in identifiers_in(text):
            end = each.offset + len(each.written)
            before = bisect_left(begins, end)
            url = uri.normalise(each.address)
            if (before and reached[before - 1] > each.offset) or not url or url in known:
                continue
            known.add(url)
            context = _context(text, each.offset, end, each.address)
            if cited := places.cited(each.offset, each.written, each.address, context=context):
                yield cited


def sources(text: str, links: Sequence[Link]) -> list[_Found]:
    """The links of a passage and the bare URLs between them: begin, end, address, whether it is a link; in order.

    What a link shows is no bare URL, whatever it looks like: "https://a.example/lo" may be the half of it that fits
    into a line.
    """
    found: list[_Found] = [(each.begin, each.end, each.address.strip(), True) for each in links]
    taken = sorted((begin, end) for begin, end, _, _ in found if begin < end)
    at = 0
    for begin, written in find_urls(text, escaped=True):  # a printed listing has "https://a.example/b\\_c"
        if mark := _NOTE_MARK.search(written):
            written = written[: mark.start()]
        end = begin + len(written)
        while at < len(taken) and taken[at][1] <= begin:
            at += 1
        if (at == len(taken) or taken[at][0] >= end) and not _LEFT_OUT.match(text, end):
            found.append((begin, end, without_escapes(written), False))
    return sorted(found)


def _context(text: str, begin: int, end: int, address: str) -> str:
    # Within its paragraph: a page has several.
    low = max(0, begin - _NEAR)
    low = max(text.rfind(_BLANK_LINE, low, begin) + len(_BLANK_LINE), low) if _BLANK_LINE in text[low:begin] else low
    high = text.find(_BLANK_LINE, end, end + _NEAR)
    around = excerpt(text[low : high if high >= 0 else end + _NEAR], begin - low, end - low)
    words = " ".join(text[begin:end].split())
    return around or ("" if uri.normalise(words) == uri.normalise(address) else words)
