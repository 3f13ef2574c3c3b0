"""Wikitext of MediaWiki: external links, and citation templates of many languages, read by the names of their fields.

mwparserfromhell says what is what. It keeps every character, so the place of a node is the length of what stands
before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from linkcheck import uri
from linkcheck.citing import dates as _dates
from linkcheck.citing.places import Places, excerpt
from linkcheck.citing.quotes import quoted_in_paragraphs
from linkcheck.model import Citation, Document, Problem

if TYPE_CHECKING:
    from mwparserfromhell.nodes import ExternalLink, HTMLEntity, Node, Tag, Template
    from mwparserfromhell.wikicode import Wikicode

NAME = "wikitext"
SUFFIXES = (".wiki", ".wikitext", ".mediawiki", ".mw")
CONFINED_FROM = 8 * 1024
"""mwparserfromhell tries every template, link and tag that nobody closed again: 64 kB of them hold it for minutes."""

# Fields of {{cite web}} and its kin: en, fr (Lien web), de (Internetquelle), es, pt, it (Cita web), pl (Cytuj),
# ru, nl, sv. Lower case, without "-", "_" and spaces, so that "archive-url", "archiveurl" and "data dostępu" match.
_URL = ("url", "lireenligne", "urltexte", "urltext", "online", "ссылка", "adresurl", "enlace", "lien", "website")
_ARCHIVE = (
    "archiveurl", "archivurl", "urlarchivo", "archivourl", "urlarchivio", "archiwum", "архив", "arquivourl",
    "archiefurl", "arkivurl", "wayback",
)  # fmt: skip
_ACCESSED = (
    "accessdate", "abruf", "zugriff", "abrufdatum", "fechaacceso", "consultéle", "consulté", "accesso", "datadostępu",
    "acessodata", "acessoem", "датаобращения", "датадоступа", "bezochtdatum", "hämtdatum", "consultado",
)  # fmt: skip
_TITLE = (
    "title", "titel", "titre", "título", "titulo", "titolo", "tytuł", "заглавие", "название", "заголовок", "chapter",
    "rubrik",
)  # fmt: skip
_AUTHOR = ("author", "autor", "auteur", "autore", "автор", "auteurs", "authors", "autoren", "författare")
_LAST = ("last", "nom", "apellidos", "apellido", "cognome", "nazwisko", "фамилия", "sobrenome", "último", "achternaam")
_FIRST = ("first", "prénom", "prenom", "nombre", "nome", "imię", "имя", "primeiro", "voornaam")
_DATED = (
    "date",
    "datum",
    "fecha",
    "data",
    "дата",
    "année",
    "annee",
    "year",
    "año",
    "anno",
    "rok",
    "год",
    "jahr",
    "ano",
)
_QUOTE = (
    "quote",
    "zitat",
    "cita",
    "citation",
    "extrait",
    "citazione",
    "cytat",
    "цитата",
    "citação",
    "citacao",
    "citat",
)
_NOT_READ = frozenset({"nowiki", "pre", "source", "syntaxhighlight", "math", "code", "chem", "score", "templatestyles"})
# "{{URL|a.example/b}}", as info boxes have it: the template adds the scheme.
_WITHOUT_SCHEME = re.compile(r"(?:[\w-]+\.)+[A-Za-z]{2,24}(?:/[^\s|{}<>]*)?")
_ARXIV = re.compile(r"\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?")
# Fields of numbers that a template makes a link of, in the order in which one stands for the source.
_NUMBERS = {
    "doi": (re.compile(r"10\.\d{4,9}/\S+"), "https://doi.org/"),
    "arxiv": (_ARXIV, "https://arxiv.org/abs/"),
    "eprint": (_ARXIV, "https://arxiv.org/abs/"),
    "jstor": (re.compile(r"\d{3,12}"), "https://www.jstor.org/stable/"),
    "pmid": (re.compile(r"\d{1,9}"), "https://pubmed.ncbi.nlm.nih.gov/"),
    "hdl": (re.compile(r"[\d.]{4,20}/\S+"), "https://hdl.handle.net/"),
}
_BORDER = re.compile(r"\n[ \t]*\n|\n(?=[*#:;=|{])")
_STYLE = re.compile(r"'{2,5}")
_ENDS_BARE = re.compile(r"[”“»]|\|\|")  # "||" begins the next cell of a table
_READ_AGAIN = frozenset({"gallery", "imagemap"})
"""Whose lines the parser leaves alone, and MediaWiki reads."""
# "http://a.example/b{{dead link|date=May 2020}}": MediaWiki makes a mark of it that ends the URL.
_IS_REMARK = re.compile(
    r"\{\{\s*(?:dead\b|broken link|cbignore|webarchive|wayback|toter link|lien mort|enlace roto|недоступная ссылка"
    r"|link rot|bare url|subscription|paywall|registration required|failed verification|better source|unreliable|verify"
    r"|citation needed|cn\b|rp\b|pdf\b|in lang|ref\b|refn\b|sfn\b|efn\b)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a citation template says of its source."""

    accessed: date | None = None
    title: str = ""
    author: str = ""
    dated: str = ""
    memento: str = ""
    quotes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Found:
    offset: int
    written: str
    address: str
    said: _Said
    begin: int
    end: int
    note: int
    """Number of the ``<ref>`` that it stands in, 0 for none."""


@dataclass(slots=True)
class _Reader:
    """Walks over the nodes; ``prose`` is what a reader sees."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    found: list[_Found] = field(default_factory=list)
    note: int = 0
    notes: int = 0

    def add(self, words: str) -> None:
        if not self.note:
            words = _STYLE.sub("", words)
            self.pieces.append(words)
            self.length += len(words)

    def walk(self, code: Wikicode, position: int) -> None:
        for node in code.nodes:
            self._node(node, position)
            position += len(str(node))

    def _node(self, node: Node, at: int) -> None:
        from mwparserfromhell import nodes

        written = str(node)
        if isinstance(node, nodes.Text):
            self.add(written)
        elif isinstance(node, nodes.HTMLEntity):
            self.add(_entity(node))
        elif isinstance(node, nodes.ExternalLink):
            self._external(node, at)
        elif isinstance(node, nodes.Template):
            self._template(node, at)
        elif isinstance(node, nodes.Wikilink):
            if node.text is None:
                self.add(str(node.title))
            else:
                self.walk(node.text, at + written.index("|", 2 + len(str(node.title))) + 1)
        elif isinstance(node, nodes.Heading):
            self.add("\n\n")
            self.walk(node.title, at + node.level)
        elif isinstance(node, nodes.Tag):
            self._tag(node, at, written)

    def _tag(self, node: Tag, at: int, written: str) -> None:
        import mwparserfromhell

        name = str(node.tag).strip().lower()
        if name in _NOT_READ:
            return
        if name in ("br", "li", "dd", "dt"):
            self.add("\n")
        inside = str(node.contents or "")
        mark = node.wiki_markup
        opening = len(mark) if mark else written.find(">") + 1
        place = written.find(inside, opening)
        if not inside or place < 0:
            return
        if name == "ref" and not self.note:
            self.notes += 1
            self.note = self.notes
            self.walk(node.contents, at + place)
            self.note = 0
        elif name in _READ_AGAIN:
            self.walk(mwparserfromhell.parse(inside, skip_style_tags=True), at + place)
        else:
            self.walk(node.contents, at + place)

    def _external(self, node: ExternalLink, at: int) -> None:
        if not node.brackets:
            self._bare(node, at)
            return
        address = str(node.url)
        begin = self.length
        # Within brackets the title may be left out; "[//a.example]" takes the scheme of the wiki.
        if node.title is not None:
            self.walk(node.title, at + 1 + len(address) + 1)
        else:
            self.add(address)
        self._take(at + 1, address, f"https:{address}" if address[:2] == "//" else address, _Said(), begin)

    def _bare(self, node: ExternalLink, at: int) -> None:
        """A URL without brackets: it ends at the mark that closes a quote, and at a template that says more of it."""
        whole = str(node.url)
        position = at
        for part in node.url.nodes:
            if str(part)[:2] == "{{" and _IS_REMARK.match(str(part)):
                break
            position += len(str(part))
        written = _ENDS_BARE.split(whole[: position - at])[0]
        begin = self.length
        self.add(written)
        self._take(at, written, written, _Said(), begin)
        self.add(whole[len(written) : position - at])
        for part in node.url.nodes if position < at + len(whole) else ():
            if at >= position:
                self._node(part, at)
            at += len(str(part))

    def _take(self, offset: int, written: str, address: str, said: _Said, begin: int) -> None:
        address = address.replace("{{=}}", "=").replace("{{!}}", "|")  # how a template is handed these signs
        if "{{" not in address and "}}" not in address:
            self.found.append(_Found(offset, written, address, said, begin, self.length, self.note))

    def _template(self, node: Template, at: int) -> None:
        """A citation where it has a field for a URL; whatever else stands in it is walked through."""
        position = at + 2 + len(str(node.name))
        values: dict[str, tuple[int, Wikicode]] = {}
        for parameter in node.params:
            key = str(parameter.name)
            value_at = position + 1 + (len(key) + 1 if parameter.showkey else 0)
            position += 1 + len(str(parameter))
            values[_field(key) if parameter.showkey else key.strip()] = value_at, parameter.value
        plain = {name: _words(value) for name, (_, value) in values.items()}
        given = {name: value for name, value in plain.items() if value}
        url = next((name for name in _URL if given.get(name, "").lower().startswith(("http://", "https://", "//"))), "")
        archive = next((name for name in _ARCHIVE if given.get(name, "").lower().startswith(("http", "//"))), "")
        said = _said(given, given.get(archive, "") if url else "")
        if _field(str(node.name)).strip() == "webarchive":
            said = replace(said, dated="")  # its date is that of the copy
        used = {url, archive} if url else {archive} if archive and _first_of(given, _TITLE) else set()
        begin = self.length
        source = url or (archive if archive in used else "")
        if source:
            value_at, value = values[source]
            raw = str(value)
            written = raw.strip()
            self._take(value_at + len(raw) - len(raw.lstrip()), written, written, said, begin)
        elif _field(str(node.name)) == "url" and _WITHOUT_SCHEME.fullmatch(given.get("1", "")):
            value_at, value = values["1"]
            raw = str(value)
            written = raw.strip()
            self._take(value_at + len(raw) - len(raw.lstrip()), written, f"http://{written}", said, begin)
        else:
            for name, (number, resolver) in _NUMBERS.items():
                if number.fullmatch(given.get(name, "")):
                    value_at, value = values[name]
                    raw = str(value)
                    self._take(
                        value_at + len(raw) - len(raw.lstrip()), raw.strip(), resolver + given[name], said, begin
                    )
                    break
        for name, (value_at, value) in values.items():
            if name not in used:
                self._walk_aside(value, value_at)

    def _walk_aside(self, value: Wikicode, at: int) -> None:
        """Walks over the field of a template: what it shows, and where, only the template knows."""
        note, self.note = self.note, self.note or -1
        self.walk(value, at)
        self.note = note


def citations(document: Document) -> Iterator[Citation | Problem]:
    """Every external link and every citation template with a URL or a DOI, in the order of the text."""
    import mwparserfromhell

    reader = _Reader()
    reader.walk(mwparserfromhell.parse(document.text, skip_style_tags=True), 0)
    prose = "".join(reader.pieces)
    places = Places(document)
    per_note: dict[int, int] = {}
    for each in reader.found:
        per_note[each.note] = per_note.get(each.note, 0) + 1
    found = sorted(reader.found, key=lambda each: each.begin)
    said = quoted_in_paragraphs(prose, [(each.begin, each.end) for each in found])
    quotes = {id(each): words for each, words in zip(found, said, strict=True)}
    for each in sorted(found, key=lambda each: each.offset):
        is_plain = each.note == 0 or (each.note > 0 and per_note[each.note] == 1)
        cited = places.cited(
            each.offset,
            each.written,
            each.address,
            context=_context(prose, each) or each.said.title,
            quotes=each.said.quotes,
            inferred=quotes[id(each)] if is_plain else (),
            is_link=True,
            accessed=each.said.accessed,
            title=each.said.title,
            author=each.said.author,
            dated=each.said.dated,
            memento=each.said.memento,
        )
        if cited:
            yield cited


def _context(prose: str, each: _Found) -> str:
    if each.note < 0:
        return ""
    low = max(0, each.begin - 1_000)
    for border in _BORDER.finditer(prose, low, each.begin):
        low = border.end()
    below = _BORDER.search(prose, each.end, each.end + 1_000)
    high = below.start() if below else each.end + 1_000
    return excerpt(prose[low:high], each.begin - low, each.end - low)


def _field(name: str) -> str:
    return re.sub(r"[\s_-]", "", name).lower()


def _first_of(given: dict[str, str], names: tuple[str, ...]) -> str:
    return next((given[name] for name in names if name in given), "")


def _said(given: dict[str, str], archive: str) -> _Said:
    authors = []
    for number in ("", *"123456789"):
        last = _first_of(given, tuple(name + number for name in _LAST))
        first = _first_of(given, tuple(name + number for name in _FIRST))
        whole = _first_of(given, tuple(name + number for name in _AUTHOR))
        if named := whole or ", ".join(part for part in (last, first) if part):
            authors.append(named)
    quote = _first_of(given, _QUOTE)
    return _Said(
        accessed=_dates.day(_first_of(given, _ACCESSED)),
        title=_first_of(given, _TITLE),
        author="; ".join(dict.fromkeys(authors)),
        dated=_dates.iso(_first_of(given, _DATED)),
        memento=uri.normalise(f"https:{archive}" if archive[:2] == "//" else archive) or "" if archive else "",
        quotes=(quote.strip('“”"«»„ '),) if len(quote.split()) > 1 else (),
    )


def _words(value: Wikicode) -> str:
    """A field without its markup, on one line; "" where it holds what only the wiki can fill in."""
    if value.filter_arguments():
        return ""
    return " ".join(_STYLE.sub("", str(value.strip_code(keep_template_params=False))).split())


def _entity(node: HTMLEntity) -> str:
    try:
        return str(node.normalize() or "")
    except (ValueError, OverflowError):
        return ""
