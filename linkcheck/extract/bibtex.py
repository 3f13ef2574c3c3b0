"""BibTeX and BibLaTeX: what an entry says where its source is, with what it says of it.

Title, author and dates of an entry are said of its ``url``, ``doi``, ``eprint`` and ``howpublished``, or of the only
URL of its ``note`` where it has none of these; what else an entry links to is cited without them. A DOI in its field is
a citation by its resolver where no URL is given, whether or not identifiers in prose are asked for. An entry that is
broken is named in a note, and what can be read of it is cited.

An own reader of entries, since the place of every URL is wanted to the column, a broken entry must cost no more than
itself, and time must stay linear in the length of a stranger's file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from linkcheck import uri
from linkcheck.citing import dates as _dates
from linkcheck.citing.accessed import said_in
from linkcheck.citing.places import Places, excerpt, shorten
from linkcheck.extract import _tex
from linkcheck.extract._fields import called
from linkcheck.extract._tex_address import address as plain_address
from linkcheck.model import Citation, Document, Problem

NAME = "bibtex"
SUFFIXES = (".bib", ".bibtex", ".biblatex")

_BEGINS = re.compile(r"@[ \t]*([A-Za-z]\w*)\s*([{(])")
# Where the next entry begins that a broken one must not swallow: BibTeX's own way out of an error.
_NEXT = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]\w*[ \t]*[{(]", re.M)
_KEY = re.compile(r"\s*([^\s,{}=]*)\s*(,|(?=[})]))")
_FIELD = re.compile(r"\s*([^\s=,{}\"#%()']+)\s*=\s*")
_RESUMES = re.compile(r"(?:,|\r|\n)\s*(?=[A-Za-z][\w:+/-]*\s*=\s*[{\"\w])")
_WORD = re.compile(r"[^\s=,{}\"#()]+")
_BRACKET = re.compile(r"\\.|[{}]", re.S)
_QUOTE_OR_BRACKET = re.compile(r"\\[^\"]|[{}\"]", re.S)
_LONGEST_VALUE = 64 * 1024
"""Of what is put together: sixty lines of ``@string{b = a # a}`` would make one of 10^18 characters."""
_MOST_PARTS = 1_000
_MOST_TRIES = 20
"""Values of one entry whose closing quotation mark is looked for in vain."""

_MOST_REMARKS = 20

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
_URLS_APART = re.compile(r"[\s;,]+(?=https?://)", re.I)
_COMMAND = re.compile(r"\\(?:url|href|nolinkurl|burl|path)\b")
_AND = re.compile(r"\s+and\s+", re.I)
_DOI = re.compile(r"(?:doi:\s*)?(10\.\d{4,9}/\S+)", re.I)
_ARXIV = re.compile(r"(?:arxiv:\s*)?([a-z-]+(?:\.[A-Z]{2})?/\d{7}|\d{4}\.\d{4,5})(v\d+)?", re.I)

_MEANT_AS_URL = re.compile(r"url|bdsk-url-\d+|link|ee|pdf|website|homepage", re.I)
_ACCESSED = ("urldate", "lastchecked", "lastaccessed", "accessed", "accessdate", "lastvisited", "urlaccessdate")
# Fields that say where the source itself is; in the others stand its copies, reviews, and whatever else.
_OWN = re.compile(r"url|doi|eprint|howpublished|bdsk-url-\d+|link|ee", re.I)
_ARCHIVED = ("archiveurl", "archive-url", "archivedurl")
# Where the entry itself was taken from, and files on somebody's disk.
_NO_SOURCE = frozenset({"bibsource", "biburl", "file", "local-url", "owner", "timestamp", "keywords", *_ACCESSED})
# BibLaTeX manual 3.14.7: what an ``eprint`` may be a number of.
_EPRINTS = {
    "arxiv": "https://arxiv.org/abs/",
    "jstor": "https://www.jstor.org/stable/",
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/",
    "hdl": "https://hdl.handle.net/",
    "googlebooks": "https://books.google.com/books?id=",
}


@dataclass(frozen=True, slots=True)
class _Field:
    """A field: where its value begins and ends without delimiters, and the value; joined with ``#``, as it stands."""

    name: str
    begin: int
    end: int
    value: str
    joined: bool = False


@dataclass(frozen=True, slots=True)
class _Source:
    """What the fields of one entry say of its source."""

    key: str
    title: str
    author: str
    dated: str
    accessed: date | None
    memento: str

    @property
    def context(self) -> str:
        who = ", ".join(part for part in (self.author, self.title) if part)
        return shorten(f"{who} ({self.dated})" if who and self.dated else who, 300)


@dataclass(frozen=True, slots=True)
class _Found:
    offset: int
    written: str
    address: str
    context: str
    is_link: bool = True
    field: str = ""


def citations(document: Document) -> Iterator[Citation | Problem]:
    """Every URL in the fields of every entry; a DOI or an eprint where an entry has no ``url``.

    An entry that is not closed costs nothing: the URLs that can be made out in it are cited, and :func:`remarks` names
    it. A DOI in its field is a citation without a URL, whatever the setting ``identifiers`` says of prose: the author
    gave it as the address of the source, and doi.org is where it leads.
    """
    reader = _Reader(document)
    for key, fields, _ in reader.entries():
        source = _source(key, fields)
        known: set[str] = set()
        cited = []
        all_found = list(_found(document.text, fields, source))
        own = {each.field for each in all_found if _OWN.fullmatch(each.field)} or _only_note(all_found)
        for found in all_found:
            is_own = found.field in own
            citation = reader.places.cited(
                found.offset,
                found.written,
                found.address,
                context=found.context,
                is_link=found.is_link,
                accessed=source.accessed if is_own else None,
                title=called(source.title) if is_own else "",
                place=f"@{key}" if key else "",
                author=source.author if is_own else "",
                dated=source.dated if is_own else "",
                memento=source.memento if is_own else "",
            )
            if isinstance(citation, Citation):
                if citation.url in known:
                    continue
                known.add(citation.url)
            if citation:
                cited.append(citation)
        yield from sorted(cited, key=lambda each: (each.line, getattr(each, "column", 0)))


def remarks(document: Document) -> Iterator[str]:
    """The entries that are broken, at most twenty: what can be read of them is read, and BibTeX goes on, too."""
    said = 0
    for key, _, line in _Reader(document).entries():
        if line:
            which = f"the entry {shorten(key)}" if key else "this entry"
            yield (
                f"{document.name}:{line}: {which} is not closed, or a brace or quotation mark in it is not; "
                "what can be read of it is taken"
            )
            said += 1
            if said == _MOST_REMARKS:
                return


def _only_note(found: list[_Found]) -> set[str]:
    """Classic BibTeX has no field for URLs: a single one in ``note`` is the source's."""
    return {"note"} if [each.field for each in found].count("note") == 1 else set()


class _Reader:
    """Walks from entry to entry."""

    def __init__(self, document: Document) -> None:
        self.places = Places(document)
        self._text = document.text
        self._strings: dict[str, str] = {}
        self._closings = _closings(document.text)
        self._tries = 0

    def entries(self) -> Iterator[tuple[str, list[_Field], int]]:
        """Key and fields of every entry, in the order of the text, and the line of one that is broken (0: is not)."""
        text = self._text
        borders = [*(each.start() for each in _NEXT.finditer(text)), len(text)]
        number = 0
        position = 0
        while begins := _BEGINS.search(text, position):
            position = begins.end()
            line, _ = self.places.at(begins.start())
            if "%" in text[self.places.starts[line - 1] : begins.start()]:
                continue  # commented out: BibTeX would read it, but nobody means it to
            while number < len(borders) - 1 and borders[number] <= begins.start():
                number += 1
            end = borders[number] if borders[number] > begins.start() else len(text)
            kind, close = begins[1].lower(), "}" if begins[2] == "{" else ")"
            if kind == "comment":
                after = self._closings.get(begins.end() - 1, end)
                position = after + 1 if after < end else position
                continue
            if kind == "preamble":
                value = self._value(position, end)
                position = value[1] if value else position
                continue
            key = ""
            if kind != "string" and (named := _KEY.match(text, position, end)):
                key, position = named[1], named.end()
            fields, position, is_closed = self._fields(position, end, close)
            if kind == "string":
                self._strings |= {each.name: each.value for each in fields}
                continue
            yield key, fields, 0 if is_closed else line

    def _fields(self, position: int, end: int, close: str) -> tuple[list[_Field], int, bool]:
        """The fields up to the end of an entry, where that is, and whether it is plain."""
        text = self._text
        fields: list[_Field] = []
        self._tries = 0
        is_sound = True
        while True:
            while position < end and (text[position].isspace() or text[position] == ","):
                position += 1
            if position >= end:
                return fields, end, False
            if text[position] == close:
                return fields, position + 1, is_sound
            named = _FIELD.match(text, position, end)
            value = self._value(named.end(), end) if named else None
            if named and value:
                fields.append(replace(value[0], name=named[1].lower()))
                position = value[1]
                continue
            # What stands there is no field: go on at the next thing that looks like one.
            resumes = _RESUMES.search(text, (named.end() if named else position) + 1, end)
            stop = resumes.start() if resumes else end
            if named is None and not resumes:
                after = text.find(close, position, end)
                if after >= 0:
                    return fields, after + 1, is_sound
            fields.append(_Field("", position, stop, text[position:stop]))
            is_sound = is_sound and named is None
            position = stop

    def _value(self, position: int, end: int) -> tuple[_Field, int] | None:
        """The value that begins there, and where it ends; None where it does not."""
        text = self._text
        parts: list[tuple[int, int, str]] = []
        begin = position
        while position < end:
            sign = text[position]
            if sign in '{"':
                close = self._closings.get(position, -1) if sign == "{" else self._quote_end(position, end)
                if not 0 <= close < end:
                    return None
                parts.append((position + 1, close, text[position + 1 : close]))
                position = close + 1
            elif word := _WORD.match(text, position, end):
                parts.append((position, word.end(), self._strings.get(word[0].lower(), word[0])))
                position = word.end()
            else:
                break
            after = position
            while after < end and text[after].isspace():
                after += 1
            if after >= end or text[after] != "#":
                break
            position = after + 1
            while position < end and text[position].isspace():
                position += 1
        if not parts:
            return None
        if len(parts) == 1:
            (first, last, value) = parts[0]
            return _Field("", first, last, value, text[first:last] != value), position
        value = "".join(part[2][:_LONGEST_VALUE] for part in parts[:_MOST_PARTS])[:_LONGEST_VALUE]
        return _Field("", begin, position, value, True), position

    def _quote_end(self, begin: int, end: int) -> int:
        """Where the quotation mark stands that ends the value; one inside braces does not. -1 for none."""
        depth = 0
        if self._tries > _MOST_TRIES:
            return -1
        for sign in _QUOTE_OR_BRACKET.finditer(self._text, begin + 1, end):
            if sign[0] == '"' and depth <= 0:
                return sign.start()
            depth += {"{": 1, "}": -1}.get(sign[0], 0)
        self._tries += 1
        return -1


def _closings(text: str) -> dict[int, int]:
    """Where each brace is closed, by where it opens; those that never are have none."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for sign in _BRACKET.finditer(text):
        if sign[0] == "{":
            opened.append(sign.start())
        elif sign[0] == "}" and opened:
            found[opened.pop()] = sign.start()
    return found


def _source(key: str, fields: list[_Field]) -> _Source:
    given: dict[str, str] = {}
    for each in fields:
        given.setdefault(each.name, each.value)

    def words(*names: str) -> str:
        return next((_tex.read(given[name], comments=False).words() for name in names if given.get(name)), "")

    names = given.get("author") or given.get("editor") or ""
    authors = [_tex.read(name, comments=False).words() for name in _AND.split(names.strip()[:5_000]) if name]
    dated = _dates.iso(words("date").partition("/")[0])
    if not dated and (dated := _dates.iso(words("year"))) and len(dated) == 4:
        number = _dates.month(words("month"))
        dated += f"-{number:02d}" if number else ""
    accessed = next((found for name in _ACCESSED if (found := _dates.day(words(name)))), None) or next(
        (found for name in ("howpublished", "note", "url") if (found := said_in(words(name)))), None
    )
    memento = next((plain_address(given[name]) for name in _ARCHIVED if given.get(name)), "")
    return _Source(key, words("title"), "; ".join(authors), dated, accessed, uri.normalise(memento) or "")


def _found(text: str, fields: list[_Field], source: _Source) -> Iterator[_Found]:
    """The URLs of an entry, those of its ``url`` first."""
    has_url = False
    for each in sorted(fields, key=lambda each: each.name != "url"):
        if each.name in _NO_SOURCE or each.name in _ARCHIVED:
            continue
        is_address = _MEANT_AS_URL.fullmatch(each.name) and not _COMMAND.search(each.value)
        for found in (_in_url if is_address else _in_prose)(text, each, source.context):
            has_url = has_url or each.name in ("url", "howpublished")
            yield replace(found, field=each.name)
    if not has_url:
        for found in _identifiers(text, fields, source.context):
            yield replace(found, field="doi")


def _in_url(text: str, each: _Field, context: str) -> Iterator[_Found]:
    if each.joined:
        if address := plain_address(each.value):
            yield _Found(each.begin, text[each.begin : each.end].strip(), address, context, each.name == "url")
        return
    position = each.begin
    for piece in _URLS_APART.split(each.value):
        offset = text.index(piece, position)
        position = offset + len(piece)
        offset += len(piece) - len(piece.lstrip())
        written = piece.strip()
        if written[:1] == "<":
            written = written.removeprefix("<").removesuffix(">")
        while written.startswith("{") and written.endswith("}"):
            written, offset = written[1:-1].strip(), offset + 1
        offset = text.find(written, offset, each.end)
        address = plain_address(written)
        if address.lower().startswith("www."):
            address = f"http://{address}"
        if _SCHEME.match(address) and offset >= 0:
            yield _Found(offset, written, address, context, each.name == "url")


def _in_prose(text: str, each: _Field, context: str) -> Iterator[_Found]:
    if each.joined:
        prose = _tex.read(each.value, comments=False)
        for link in prose.links:
            yield _Found(each.begin, text[each.begin : each.end].strip(), link.address, context)
        return
    prose = _tex.read(text, each.begin, each.end, comments=False)
    for link in prose.links:
        around = _tex.without_marks(excerpt(prose.text, link.begin, link.end))
        yield _Found(link.offset, link.written, link.address, around or context)


def _identifiers(text: str, fields: list[_Field], context: str) -> Iterator[_Found]:
    """The address of the DOI; without one that of the eprint."""
    given = {each.name: each for each in reversed(fields)}
    doi = given.get("doi")
    if doi and (named := _DOI.fullmatch(plain_address(doi.value))):
        yield _Found(_first(text, doi), text[doi.begin : doi.end].strip(), f"https://doi.org/{named[1]}", context)
        return
    eprint = given.get("eprint")
    if eprint is None:
        return
    number = plain_address(eprint.value)
    kind = next((given[name].value.strip().lower() for name in ("eprinttype", "archiveprefix") if name in given), "")
    arxiv = _ARXIV.fullmatch(number)
    if arxiv and kind in ("", "arxiv"):
        kind, number = "arxiv", arxiv[1] + (arxiv[2] or "")
    if kind in _EPRINTS and re.fullmatch(r"[\w./-]+", number) and (kind != "arxiv" or arxiv):
        yield _Found(_first(text, eprint), text[eprint.begin : eprint.end].strip(), _EPRINTS[kind] + number, context)


def _first(text: str, each: _Field) -> int:
    value = text[each.begin : each.end]
    return each.begin + len(value) - len(value.lstrip())
