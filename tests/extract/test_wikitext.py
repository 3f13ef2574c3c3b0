"""What a page of a wiki cites."""

from __future__ import annotations

from datetime import date

import pytest

from linkcheck import extract
from linkcheck.model import Document
from tests.extract.places import at, cited, urls

LINKS = {
    "[https://a.example/b the ''words''] https://c.example/d_(e).": ["https://a.example/b", "https://c.example/d_(e)"],
    "“https://a.example/b” https://c.example/d{{dead link|date=May 2020}}{{webarchive|url=https://e.example/}}, so": [
        "https://a.example/b",
        "https://c.example/d",
        "https://e.example/",
    ],
    "{{cite web|url=https://a.example/?b{{=}}1{{!}}2|title=x}}": ["https://a.example/?b{{=}}1{{!}}2"],
    "Said.<ref name=x>See https://a.example/, p. 3</ref>": ["https://a.example/"],
    "{{Infobox|website={{URL|https://a.example/}}|x=[https://b.example/ y]}}": ["https://a.example/", "https://b.example/"],
    "* [[File:a.jpg|thumb|From https://a.example/]]\n== [https://b.example/ H] ==": ["https://a.example/", "https://b.example/"],
    "{|\n| https://a.example/b||x\n|}\n<gallery>\nFile:a.jpg|From [https://c.example/ C]\n</gallery>": [
        "https://a.example/b",
        "https://c.example/",
    ],
}  # fmt: skip

NO_LINKS = [
    "<!-- https://a.example/ --> <nowiki>https://b.example/</nowiki> <pre>https://c.example/</pre>",
    "{{cite web|url={{{1}}}|title=x}} {{cite web|url=https://a.example/{{{id}}}}} [https://a.example/{{PAGENAME}} x]",
    "https://a.example/b{{PAGENAME}} https://a.example/{{{1}}}",
    "[[Page]] [mailto:a@b.example x]",
]


@pytest.mark.parametrize("text", LINKS)
def test_a_link_stands_where_it_is_said_to(text: str) -> None:
    found = cited("wikitext", text)
    assert [each.written for each in found] == LINKS[text]
    assert [at(text, each) for each in found] == LINKS[text]


@pytest.mark.parametrize("text", NO_LINKS)
def test_comments_and_what_only_the_wiki_could_fill_in_are_no_links(text: str) -> None:
    assert urls("wikitext", text) == []


NUMBERS = {
    "{{cite journal|title=J|doi=10.1000/182|arxiv=2101.00003}}": ("10.1000/182", "https://doi.org/10.1000/182"),
    "{{cite arXiv|eprint= 2101.00003 |title=b}}": ("2101.00003", "https://arxiv.org/abs/2101.00003"),
    "{{cite journal|jstor=40859548}}": ("40859548", "https://www.jstor.org/stable/40859548"),
    "{{cite journal|pmid=999}}": ("999", "https://pubmed.ncbi.nlm.nih.gov/999"),
    "{{Infobox|website={{URL|www.a.example/b}}}}": ("www.a.example/b", "http://www.a.example/b"),
}


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_that_a_template_makes_a_link_of_is_cited_by_it(text: str) -> None:
    (source,) = cited("wikitext", text)
    assert (source.written, source.url) == NUMBERS[text]
    assert at(text, source) == source.written


def test_a_number_beside_a_url_is_not_cited_too() -> None:
    assert urls("wikitext", "{{cite journal|url=https://a.example/|doi=10.1000/182|pmid=9}}") == ["https://a.example/"]


def test_a_citation_says_everything_of_its_source() -> None:
    text = (
        "He said so.<ref>{{cite web |url=https://a.example/b |title=The ''T'' |last1=Smith |first1=J. |last2=Jones\n"
        "|date=5 March 2020 |access-date=3 February 2021 |archive-url=https://web.archive.org/web/2020/https://a.example/b\n"
        "|archive-date=2020-03-06 |quote=It was a very long day}}</ref>"
    )
    (source,) = cited("wikitext", text)
    assert (source.url, at(text, source)) == ("https://a.example/b", "https://a.example/b")
    assert (source.title, source.author, source.dated) == ("The T", "Smith, J.; Jones", "2020-03-05")
    assert source.accessed == date(2021, 2, 3)
    assert source.memento == "https://web.archive.org/web/2020/https://a.example/b"
    assert source.quotes == ("It was a very long day",)
    assert source.context == "He said so."


TEMPLATES = [
    "{{Lien web|url=https://a.example/|titre=T|consulté le=3 février 2021|archive-url=https://m.example/}}",
    "{{Internetquelle|url=https://a.example/|titel=T|abruf=3. Februar 2021|archiv-url=https://m.example/}}",
    "{{Cita web|url=https://a.example/|título=T|fechaacceso=3 de febrero de 2021|urlarchivo=https://m.example/}}",
    "{{Cita web|url=https://a.example/|titolo=T|accesso=3 febbraio 2021|urlarchivio=https://m.example/}}",
    "{{Cytuj|url=https://a.example/|tytuł=T|data dostępu=2021-02-03|archiwum=https://m.example/}}",
    "{{Cite web|url=https://a.example/|заглавие=T|дата обращения=3 февраля 2021|archive-url=https://m.example/}}",
    "{{Citar web|url=https://a.example/|titulo=T|acessodata=3 de fevereiro de 2021|arquivourl=https://m.example/}}",
]


@pytest.mark.parametrize("text", TEMPLATES)
def test_templates_of_other_languages_are_read_by_their_fields(text: str) -> None:
    (source,) = cited("wikitext", text)
    assert (source.url, source.title, source.memento) == ("https://a.example/", "T", "https://m.example/")
    assert source.accessed == date(2021, 2, 3)


def test_a_doi_is_cited_where_there_is_no_url() -> None:
    (source,) = cited("wikitext", "{{cite journal|title=T|doi=10.1000/182}}")
    assert (source.url, source.written) == ("https://doi.org/10.1000/182", "10.1000/182")


def test_a_quote_belongs_to_the_reference_behind_it() -> None:
    text = "He said “we will never negotiate with them”.<ref>{{cite web|url=https://a.example/|title=T}}</ref>"
    assert [each.quotes for each in cited("wikitext", text)] == [("we will never negotiate with them",)]


@pytest.mark.parametrize(
    "piece", ["{{", "[[", "{{{", "<ref>", "{|", "{{cite web|url=https://a.example/|", "[", "<!--", "''"]
)
def test_a_hostile_page_ends(piece: str) -> None:
    assert all(each.document == "d" for each in extract.citations(Document("d", "wikitext", piece * 500)))


def test_the_date_of_a_copy_is_not_the_date_of_its_source() -> None:
    text = "{{webarchive|url=https://web.archive.org/web/20200601000000/https://a.example/|date=1 June 2020}}"
    (source,) = cited("wikitext", text)
    assert (source.url, source.dated) == ("https://a.example/", "")
