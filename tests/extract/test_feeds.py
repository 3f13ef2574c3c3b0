"""RSS, Atom, OPML, sitemaps, Zotero's RDF: what their elements lead to, and what is said beside it."""

from __future__ import annotations

from datetime import date

import pytest

from linkcheck import extract
from linkcheck.model import Citation, Document
from tests.extract.places import at, cited, problems

RSS = """\
<?xml version="1.0" encoding="ISO-8859-1"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Notes &amp; thoughts ä</title><link>https://a.example/</link>
<atom:link rel="self" href="https://a.example/feed"/>
<item><title>On “things”</title><link>https://a.example/1?x=1&amp;y=2</link><guid>https://a.example/1</guid>
<pubDate>Wed, 28 Aug 2024 10:00:00 GMT</pubDate><dc:creator>A. Smith</dc:creator>
<enclosure url="https://a.example/1.mp3" type="audio/mpeg"/>
<description>See &lt;a href="https://b.example/2"&gt;this&lt;/a&gt;</description></item>
<item><title>Two</title><guid>https://a.example/2</guid>
<description><![CDATA[<p><a href='https://b.example/3'>that</a> <a href="#x">x</a></p>]]></description></item>
<item><title>Three</title><guid isPermaLink="false">https://a.example/no</guid></item>
</channel></rss>
"""

ATOM = """\
<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><link href="https://a.example/" rel="alternate"/>
<link href="https://a.example/feed" rel="self"/><link rel="hub" href="https://hub.example/"/><id>https://a.example/id</id>
<entry><title>One</title><link href="https://a.example/1"/><link rel="related" href="https://b.example/1"/>
<author><name>A. Smith</name></author><published>2024-08-28T10:00:00Z</published>
<content type="html">&lt;a href="https://b.example/2"&gt;x&lt;/a&gt;</content></entry></feed>
"""

RSS1 = """\
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://a.example/"><link>https://a.example/</link></channel>
<item rdf:about="https://a.example/1"><title>One</title><link>https://a.example/1</link></item></rdf:RDF>
"""


def test_an_item_of_rss_is_cited_with_what_it_is_called_and_what_it_links_to() -> None:
    found = cited("feed", RSS)
    assert [each.url for each in found] == [
        "https://a.example/",
        "https://a.example/1?x=1&y=2",
        "https://a.example/1.mp3",
        "https://b.example/2",
        "https://a.example/2",
        "https://b.example/3",
    ]
    item = found[1]
    assert (item.title, item.author, item.dated) == ("On “things”", "A. Smith", "2024-08-28")
    assert (found[4].title, found[5].title) == ("Two", "")
    assert [at(RSS, each) for each in found if "&" not in each.written] == [
        each.written for each in found if "&" not in each.written
    ]
    assert found[1].line == 5


def test_an_entry_of_atom() -> None:
    home, one, related, inside = cited("feed", ATOM)
    assert [each.url for each in (home, one, related, inside)] == [
        "https://a.example/",
        "https://a.example/1",
        "https://b.example/1",
        "https://b.example/2",
    ]
    assert (one.title, one.author, one.dated, related.title) == ("One", "A. Smith", "2024-08-28", "")


def test_rss_1_is_a_feed_of_its_own_kind() -> None:
    assert [each.url for each in cited("feed", RSS1)] == ["https://a.example/", "https://a.example/1"]


def test_an_outline() -> None:
    text = """<opml version="2.0"><body><outline text="Group">
    <outline text="Notes" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/"/></outline></body></opml>"""
    feed, page = cited("opml", text)
    assert (feed.url, page.url, feed.context) == ("https://a.example/feed", "https://a.example/", "Notes")
    assert at(text, feed) == feed.written


def test_a_sitemap_and_its_index() -> None:
    text = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"
 xmlns:xhtml="http://www.w3.org/1999/xhtml"><url><loc> https://a.example/1 </loc><lastmod>2024-01-01</lastmod>
<image:image><image:loc>https://a.example/1.png</image:loc></image:image>
<xhtml:link rel="alternate" hreflang="de" href="https://a.example/de/1"/></url></urlset>"""
    found = cited("sitemap", text)
    assert [each.url for each in found] == [
        "https://a.example/1",
        "https://a.example/1.png",
        "https://a.example/de/1",
    ]
    assert [at(text, each) for each in found] == [each.written for each in found]
    index = "<sitemapindex><sitemap><loc>https://a.example/s.xml</loc></sitemap></sitemapindex>"
    assert [each.url for each in cited("sitemap", index)] == ["https://a.example/s.xml"]


ZOTERO = """\
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:bib="http://purl.org/net/biblio#" xmlns:foaf="http://xmlns.com/foaf/0.1/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:link="http://purl.org/rss/1.0/modules/link/">
    <bib:Document rdf:about="https://a.example/1">
        <z:itemType>webpage</z:itemType>
        <bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Smith</foaf:surname>
            <foaf:givenName>A.</foaf:givenName></foaf:Person></rdf:li></rdf:Seq></bib:authors>
        <dc:title>On things</dc:title>
        <dcterms:abstract>words</dcterms:abstract>
        <dc:date>2024-08-28</dc:date>
        <dcterms:dateSubmitted>2024-09-01 10:00:00</dcterms:dateSubmitted>
        <dc:identifier><dcterms:URI><rdf:value>https://a.example/1</rdf:value></dcterms:URI></dc:identifier>
    </bib:Document>
    <bib:Article rdf:about="#item_2"><dc:title>B</dc:title><dc:identifier>DOI 10.1000/182</dc:identifier></bib:Article>
</rdf:RDF>
"""


def test_an_item_of_zotero() -> None:
    one, two = cited("zotero", ZOTERO)
    assert (one.url, one.title, one.author, one.dated, one.accessed, one.line) == (
        "https://a.example/1",
        "On things",
        "Smith, A.",
        "2024-08-28",
        date(2024, 9, 1),
        4,
    )
    assert (two.url, two.title) == ("https://doi.org/10.1000/182", "B")


def test_what_breaks_off_is_read_up_to_there_and_named() -> None:
    cut = RSS[: RSS.index("<guid>https://a.example/2")]
    found = list(extract.citations(Document("d", "feed", cut)))
    assert [each.url for each in found if isinstance(each, Citation)][:2] == [
        "https://a.example/1?x=1&y=2",
        "https://a.example/1.mp3",
    ]
    (problem,) = problems("feed", cut)
    assert "read up to where it is no well-formed XML" in problem.message


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
FILE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'

HOSTILE = [
    f"{BOMB}<rss><channel><item><title>&i;</title><link>https://a.example/&i;</link></item></channel></rss>",
    f"{FILE}<rss><channel><item><link>https://a.example/&a;</link></item></channel></rss>",
    "<rss>" + "<item>" * 200_000,
    "<urlset>" + "<url>" * 200_000,
    "<rss " + "a" * 500_000,
    "<rss><channel>" + "<!--" * 100_000,
    "<opml>" + "<outline text='" * 50_000,
    "<rdf:RDF>" + "<a>" * 100_000,
]


@pytest.mark.parametrize("name", ["feed", "opml", "sitemap", "zotero"])
@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_xml_ends_and_reads_no_file(name: str, number: int) -> None:
    for each in extract.citations(Document("d", name, HOSTILE[number])):
        assert not isinstance(each, Citation) or len(each.url) < 100


def test_relative_links_of_atom_have_the_base_that_it_gives() -> None:
    text = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/blog/"><link href="/"/>
    <entry xml:base="2024/"><link href="one"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
    <p>He said “we shall never measure it again” in <a href="two">the paper</a>.</p></div></content></entry></feed>"""
    found = cited("feed", text)
    assert [each.url for each in found] == [
        "https://a.example/",
        "https://a.example/blog/2024/one",
        "https://a.example/blog/2024/two",
    ]
    assert found[2].quotes == ("we shall never measure it again",)
    assert at(text, found[2]) == "two"
    assert [each.url for each in cited("feed", text.replace("xml:base", "base"))] == []


def test_what_an_item_says_twice_is_cited_once_and_only_one_link_is_the_item_itself() -> None:
    words = "&lt;p&gt;See &lt;a href=&quot;https://b.example/?x=1&amp;amp;y=2&quot;&gt;this&lt;/a&gt;&lt;/p&gt;"
    text = f"""<feed><entry><title>On gauges</title><link href="https://a.example/1"/><link href="https://a.example/1.mp3"/>
    <summary type="html">{words}</summary><content type="html">{words}</content></entry></feed>"""
    one, sound, inside = cited("feed", text)
    assert (one.title, sound.title, inside.title) == ("On gauges", "", "")
    assert (inside.url, inside.context, inside.line) == ("https://b.example/?x=1&y=2", "See this", 2)


def test_an_address_is_no_title_of_an_item() -> None:
    text = (
        "<rss><channel><item><title>https://a.example/1</title><link>https://a.example/1</link></item></channel></rss>"
    )
    (item,) = cited("feed", text)
    assert item.title == ""


def test_the_words_of_an_outline_may_hold_links() -> None:
    text = """<opml><body><outline text="See &lt;a href=&quot;https://a.example/?b=1&amp;amp;c=2&quot;&gt;this&lt;/a&gt;"
    _note="and [that](https://b.example/)"/></body></opml>"""
    this, that = cited("opml", text)
    assert (this.url, that.url, that.context) == ("https://a.example/?b=1&c=2", "https://b.example/", "and that")
    assert at(text, that) == that.written


JOURNAL = """\
<rdf:RDF xmlns:rdf="r" xmlns:z="z" xmlns:dcterms="t" xmlns:bib="b" xmlns:dc="d">
<bib:Article rdf:about="#1"><dc:title>On gauges</dc:title><dcterms:isPartOf rdf:resource="urn:issn:1"/></bib:Article>
<bib:Journal rdf:about="urn:issn:1"><dc:title>W</dc:title><dc:identifier>DOI 10.5555/a.1</dc:identifier></bib:Journal>
<bib:Memo rdf:about="#2">
<rdf:value>&lt;p&gt;See &lt;a href="https://a.example/"&gt;it&lt;/a&gt;&lt;/p&gt;</rdf:value></bib:Memo>
{}</rdf:RDF>
"""


def test_zotero_writes_the_doi_of_an_article_into_its_journal_and_links_into_notes() -> None:
    doi, note = cited("zotero", JOURNAL.format(""))
    assert (doi.url, doi.title, note.url, note.context) == (
        "https://doi.org/10.5555/a.1",
        "On gauges",
        "https://a.example/",
        "See it",
    )
    second = '<bib:Article rdf:about="#3"><dcterms:isPartOf rdf:resource="urn:issn:1"/></bib:Article>'
    assert [each.title for each in cited("zotero", JOURNAL.format(second))] == ["", ""]


def test_a_snapshot_in_zotero_of_what_is_cited_is_no_citation_of_its_own() -> None:
    text = """<rdf:RDF xmlns:rdf="r" xmlns:z="z" xmlns:bib="b" xmlns:dc="d"><bib:Document rdf:about="https://a.example/"/>
    <z:Attachment rdf:about="#1"><dc:identifier><u><rdf:value>https://a.example/</rdf:value></u></dc:identifier></z:Attachment>
    <z:Attachment rdf:about="#2"><dc:identifier><u><rdf:value>https://a.example/pdf</rdf:value></u></dc:identifier></z:Attachment>
    </rdf:RDF>"""
    assert [each.url for each in cited("zotero", text)] == ["https://a.example/", "https://a.example/pdf"]


@pytest.mark.parametrize("format_name", ["feed", "opml", "sitemap", "zotero"])
def test_of_xml_that_is_read_as_a_text_the_namespaces_and_the_document_type_are_no_sources(format_name: str) -> None:
    text = (
        '<!DOCTYPE a PUBLIC "x" "https://no.example/a.dtd" [<!ENTITY b SYSTEM "https://no.example/b">]>\n'
        '<a xmlns="https://no.example/c" xmlns:d=\'https://no.example/d\' d:schemaLocation="https://no.example/e x">'
        '<link url="https://a.example/?x=1&amp;y=2"/></a>'
    )
    (source,) = cited(format_name, text)
    assert source.url == "https://a.example/?x=1&y=2"
    assert at(text, source) == source.written == "https://a.example/?x=1&amp;y=2"
