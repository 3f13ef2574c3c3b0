"""What a web page cites, class by class: attributes, their spelling, what is no link, and bare URLs between tags."""

from __future__ import annotations

import pytest

from linkcheck import extract
from linkcheck.model import Citation, Document
from tests.extract.places import at, cited, urls

A = "https://a.example"
B = "https://a.example/b"

SPELLINGS = {
    "double quotes": f'<a href="{B}">w</a>',
    "single quotes": f"<a href='{B}'>w</a>",
    "no quotes": f"<a href={B}>w</a>",
    "no quotes before the end of the tag": f"<a class=x href={B}\n>w</a>",
    "capitals": f"<A HREF='{B}'>w</A>",
    "space around the sign": f"<a href \n =\t'{B}'>w</a>",
    "a slash for a space": f"<a/href='{B}'>w</a>",
    "no space between attributes": f'<a class="x"href="{B}"id="y">w</a>',
    "a greater-than sign before": f"<a title='a > b' href='{B}'>w</a>",
    "a quote in another quote": f"<a title=\"it's\" href='{B}'>w</a>",
    "an attribute without a value": f"<a hidden href='{B}' download>w</a>",
    "twice, of which the first counts": f"<a href='{B}' href='{A}/2'>w</a>",
    "closed as in XML": f"<a href='{B}'/>",
    "never closed": f"<p><a href='{B}'>w<p>x",
    "in a comment for old browsers": f"<!--[if !IE]><!--><a href='{B}'>w</a><!--<![endif]-->",
    "behind a comment that ends at once": f"<!--><a href='{B}'>w</a><!---> -->",
    "behind a comment that ends with a bang": f"<!-- x --!><a href='{B}'>w</a>",
    "behind a byte order mark": f"\ufeff<!doctype html>\n<a href='{B}'>w</a>",
    "with Windows line ends": f"<p>\r\n<a\r\nhref='{B}'\r\n>w</a>",
    "deep in a table": f"<table><tr><td><ul><li><a href='{B}'>w</a></table>",
    "in a paragraph in a button": f"<button><p><a href='{B}'>w</a></p></button>",
}

DECODED = {
    f"{A}/?b=1&amp;c=2": f"{A}/?b=1&c=2",
    f"{A}/?b=1&c=2": f"{A}/?b=1&c=2",
    f"{A}/?b=1&copy=2&reg=3": f"{A}/?b=1&copy=2&reg=3",
    f"{A}/?b=1&lt;2": f"{A}/?b=1%3C2",
    f"{A}/&#98;&#x63;&eacute;": f"{A}/bc%C3%A9",
    "https&#58;//a.example&sol;b": f"{A}/b",
    f" {B}\n": B,
    f"{A}/\nb\tc": f"{A}/bc",
    f"{A}/b c": f"{A}/b%20c",
    f"{A}/é": f"{A}/%C3%A9",
    f"{A}/[b]": f"{A}/[b]",
    f"{A}/b.": f"{A}/b.",
    f"{A}/b)": f"{A}/b)",
    f"{A}\\b": B,
    "HTTPS://A.EXAMPLE:443/b": B,
    "//a.example/b": B,
    "https:/a.example/b": B,
    "http://bücher.example": "http://xn--bcher-kva.example/",
    f"{A}/b#:~:text=c": f"{A}/b#:~:text=c",
}

HELD_BY = {
    f"<area href='{B}'>": 1,
    f"<link rel=stylesheet href='{B}'>": 1,
    f"<link rel=preload as=image imagesrcset='{B} 1x, {B} 2x'>": 2,
    f"<img src='{B}' longdesc='{B}'>": 2,
    f"<img srcset='{B}'>": 1,
    f"<img srcset='{B} 1x,{B} 2x'>": 2,
    f"<img srcset='{B} 100w, {B} 200w,'>": 2,
    f"<img srcset='\n  {B} 1.5x,\n  {B} 2x\n'>": 2,
    f"<picture><source srcset='{B}, {B} 2x'></picture>": 2,
    f"<video src='{B}' poster='{B}'><track src='{B}'></video>": 3,
    f"<audio><source src='{B}'></audio>": 1,
    f"<iframe src='{B}'></iframe><frame src='{B}'><embed src='{B}'>": 3,
    f"<object data='{B}'></object>": 1,
    f"<script src='{B}'></script>": 1,
    f"<input type=image src='{B}'>": 1,
    f"<blockquote cite='{B}'>w</blockquote><q cite='{B}'>w</q><ins cite='{B}'>w</ins><del cite='{B}'>w</del>": 4,
    f"<svg><a href='{B}'/><image xlink:href='{B}'/><use xlink:href='{B}'/></svg>": 3,
    f"<my-card href='{B}' src='{B}'></my-card>": 2,
    f"<noscript><img src='{B}'></noscript>": 1,
    f"<meta http-equiv=refresh content='0; url={B}'>": 1,
    f"<meta http-equiv='Refresh' content=\"5;URL='{B}'\">": 1,
    f"<META HTTP-EQUIV=REFRESH CONTENT='0.5,{B}'>": 1,
    f"<meta content='1 url = {B}' http-equiv=refresh>": 1,
}

NOWHERE = [
    "<a href='b'><a href='/b'><a href='?b'><a href='#b'><a href='../b'><a href=''><a href>",
    "<a href='//'><a href='///'><a href='//?b'><a href='http://'><a href='https:///'>",
    "<a href='mailto:x@a.example'><a href='tel:1'><a href='javascript:go(\"https://a.example/b\")'>",
    "<a href='data:text/html,https://a.example/b'><a href='blob:https://a.example/b'><a href='ftp://a.example/b'>",
    "<img srcset='b.png 1x, /c@2x.png 2x'><img src='data:image/png;base64,x//y'>",
    "<meta http-equiv=refresh content=3><meta http-equiv=refresh content='0; b.html'><meta http-equiv=refresh>",
    f"<meta http-equiv=refresh content='{B}'><meta name=refresh content='0; url={B}'><meta name=x content='{B}'>",
    f"<link rel=preconnect href='{A}'><link rel='dns-prefetch' href='//a.example'>",
    f"<div data-href='{B}' title='{B}' onclick='go(\"{B}\")' style='background: url({B})'>",
    f"<html xmlns='{B}'><div itemtype='{B}'><input value='{B}'>",
    f"<!-- {B} <a href='{B}'>w</a> --><!doctype x '{B}'><?x {B} ?><![CDATA[ {B} ]]>",
    f"<script>x = '<a href=\"{B}\">'</script><style>@import '{B}';</style>",
    f"<script type=application/ld+json>{{'url': '{B}'}}</script>",
    f"<textarea>{B} <a href='{B}'>w</a></textarea><xmp><a href='{B}'>w</a></xmp>",
    f"<title>{B} <a href='{B}'>w</a></title>",
    f"<pre>{B}</pre><code>{B}</code><kbd>{B}</kbd><samp>{B}</samp>",
    f"<p>{A}/<var>user</var>/b {A}:<i>port</i> {A}/?id=<em>id</em></p><p>{A}/&lt;id&gt; {A}:&lt;port&gt;/b</p>",
    f"<a href='{A}/<?= $page ?>'>w</a>",
    f"<a href='{A}/{{{{ page }}}}'>w</a><a href='{A}/<%= page %>'>w</a><a href='{A}/${{page}}'>w</a>",
    f"<p>www.a.example //a.example/b x{B}",
    f"<a href='b'>{B}</a>",
]

BARE = {
    f"<p>See {B}.</p>": [B],
    f"<p>({B})</p><li>{B}<li>{B}, <td>{B}</td>": [B, B, B, B],
    f"<p>&lt;{B}&gt; &quot;{B}&quot; &#34;{B}&#34; &ldquo;{B}&rdquo;": [B, B, B, B],
    f"<p>{B}&mdash;more {B}&rdquo;more": [B, B],
    f"<p>{B}&nbsp;more {B}&#8203;more {B}&#xa0;more": [B, B, B],
    f"<p>{B}?c=1&amp;d=2, more": [f"{B}?c=1&amp;d=2"],
    f"<p>{B}<br>{B}<br/>{B}<hr>": [B, B, B],
    f"<cite>{B}</cite> <i>{B}</i>, <b>{B}</b>.": [B, B, B],
    f"<p><a name=part>{B}": [B],
    f"<p><a name=part><a href='{B}'>w</a> {B}": [B, B],
    f"<p><a href='#part'>{B}</a> {B}": [B],
    f"<p><a href='b'>w <a name=part>{B}": [B],
    f"<code>x</code> {B} <code>{B}</code>": [B],
    f"<textarea>{B}</textarea>{B}": [B],
    f"{B}": [B],
    f"<p>{B}<!-- {B} --> {B}": [B, B],
    f"<p>x &gt; {B} &amp; more": [B],
    "<p>https://a.example/long<wbr>/path<wbr/>_of?<WBR>b=1<wbr> more": [
        "https://a.example/long<wbr>/path<wbr/>_of?<WBR>b=1"
    ],
    "<p>x <wbr><wbr>https://a.example/&shy;b<wbr>": ["https://a.example/&shy;b"],
}


@pytest.mark.parametrize("how", SPELLINGS)
def test_an_attribute_is_found_however_it_is_written(how: str) -> None:
    (citation,) = cited("html", SPELLINGS[how])
    assert (citation.written, at(SPELLINGS[how], citation)) == (B, B)


@pytest.mark.parametrize("value", DECODED)
def test_a_value_is_read_as_a_browser_reads_it(value: str) -> None:
    assert [each.url for each in cited("html", f'<a href="{value}">w</a>')] == [DECODED[value]]


@pytest.mark.parametrize("page", HELD_BY)
def test_every_element_that_shows_or_quotes_a_source_cites_it(page: str) -> None:
    found = cited("html", page)
    assert [each.written for each in found] == [B] * HELD_BY[page]
    assert len({(each.line, each.column) for each in found}) == HELD_BY[page]


@pytest.mark.parametrize("page", NOWHERE)
def test_what_leads_nowhere_on_the_web_or_is_no_link_is_passed_over(page: str) -> None:
    assert urls("html", page) == []


@pytest.mark.parametrize("page", BARE)
def test_a_bare_url_between_tags_is_a_citation(page: str) -> None:
    found = cited("html", page)
    assert [each.written for each in found] == BARE[page]
    assert [at(page, each) for each in found] == BARE[page]


def test_a_url_with_places_to_break_it_is_read_without_them() -> None:
    (citation,) = cited("html", "<p>https://a.example/long<wbr>/path&shy;?b=1&amp;<wbr>c=2 more")
    assert citation.url == "https://a.example/long/path?b=1&c=2"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (f"<base href='{A}/c/d'><a href='e'><a href='/e'><a href='?e'><a href='../e'>", ["/c/e", "/e", "/c/d?e", "/e"]),
        (f"<base href='{A}/1/'><base href='{A}/2/'><a href=b>", ["/1/b"]),
        (f"<base target=_top><base href='{A}/'><a href=b>", ["/b"]),
        (f"<a href=b><base href='{A}/'>", ["/b"]),
        (f"<base href='{A}/'><a href='#b'><a href=''><img srcset='b 1x, c 2x'>", ["/b", "/c"]),
        (f"<base href='{A}/'><meta http-equiv=refresh content='0; url=b'>", ["/b"]),
    ],
)
def test_a_base_makes_relative_links_absolute(page: str, expected: list[str]) -> None:
    assert [each.url for each in cited("html", page)] == [A + path for path in expected]


def test_a_link_without_scheme_has_that_of_its_base() -> None:
    assert [each.url for each in cited("html", "<base href='http://a.example/'><img src='//b.example/c'>")] == [
        "http://b.example/c"
    ]
    page = Document("a", "html", "<img src='//b.example/c'>", address="http://a.example/")
    assert [each.url for each in extract.citations(page) if isinstance(each, Citation)] == ["http://b.example/c"]
