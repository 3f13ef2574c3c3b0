"""A body as received becomes facts: decoded, parsed once, and bounded whatever a stranger sends."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck import page
from linkcheck.model import Headers, Page

URL = "https://example.com/a/b.html"
HTML: Headers = (("Content-Type", "text/html"),)


def parsed(html: str | bytes, headers: Headers = HTML) -> Page:
    found = page.parse(html.encode() if isinstance(html, str) else html, headers, URL)
    assert found is not None
    return found


def gzipped(text: bytes) -> bytes:
    """The same bytes at any time of day: they name test cases, which every worker must call alike."""
    return gzip.compress(text, mtime=0)


def raw_deflate(text: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(text) + stream.flush()


# ---------------------------------------------------------------- facts of HTML

FULL = """<!doctype html><html lang="en-GB"><head>
<title> The  quick
fox </title><meta property="og:title" content="The quick fox | News"><meta name="citation_title" content="A fox, quick">
<link rel="stylesheet canonical" href="../c?x=1"><META NAME="Robots" CONTENT="NoIndex, Follow">
<meta http-equiv="Refresh" content="5; URL='/next'"><style>p { color: red }</style></head>
<body><h1 id="top">The quick fox</h1><p>It <b>jum</b>ped over<br>the <a name="dog" href="/d">dog</a>,
twice.</p><script id="s">var hidden = "words";</script><noscript>switch it on <p id="n"></noscript>
<template><p>later</p></template><table><tr><td>one<td>two</table><iframe>framed</iframe></body></html>"""


def test_html_gives_every_fact_once() -> None:
    found = parsed(FULL)
    assert found.title == "The quick fox"
    assert found.titles == ("The quick fox", "The quick fox | News", "A fox, quick")
    assert found.text == "The quick fox\nIt jumped over\nthe dog, twice.\none\ntwo"
    assert found.canonical == "https://example.com/c?x=1"
    assert found.refresh == "https://example.com/next"
    assert found.robots == "noindex, follow"
    assert found.language == "en-GB"
    assert {"top", "dog", "s"} <= set(found.ids)


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<meta property=og:title content='From og'><h1>Heading</h1>", "From og"),
        ("<h1>The <i>only</i>\n heading</h1>", "The only heading"),
        ("<svg><title>An icon</title></svg><p>text", ""),
        ("<title></title><h1>H</h1>", "H"),
        ("no markup at all", ""),
    ],
)
def test_the_title_falls_back_to_og_and_then_to_the_heading(html: str, title: str) -> None:
    assert parsed(html).title == title


@pytest.mark.parametrize(
    ("content", "target"),
    [
        ("0;url=x.html", "https://example.com/a/x.html"),
        ("3, https://other.example/", "https://other.example/"),
        ('0; url="/q"', "https://example.com/q"),
        ("10;URL=/ten", "https://example.com/ten"),
        ("11;URL=/eleven", ""),
        ("5", ""),
        ("0;url=javascript:alert(1)", ""),
        ("soon;url=/x", ""),
    ],
)
def test_a_refresh_counts_when_it_soon_leads_somewhere(content: str, target: str) -> None:
    assert parsed(f"<meta http-equiv=refresh content='{content}'>").refresh == target


@pytest.mark.parametrize("target", ["b.html", "/a/b.html", URL, URL + "#top", "HTTPS://EXAMPLE.COM:443/a/b.html"])
def test_a_page_that_loads_itself_again_leads_nowhere(target: str) -> None:
    assert parsed(f"<meta http-equiv=refresh content='5;url={target}'>").refresh == ""


def test_a_refresh_to_the_same_page_with_a_query_leads_there() -> None:
    assert parsed("<meta http-equiv=refresh content='5;url=?page=2'>").refresh == f"{URL}?page=2"


def test_a_refresh_for_clients_without_scripts_does_not_count() -> None:
    assert parsed("<head><noscript><meta http-equiv=refresh content='0;url=/m'></noscript></head>").refresh == ""


def test_links_are_joined_to_the_base_that_the_page_names() -> None:
    html = "<base href='https://cdn.example/x/'><link rel=canonical href=y>"
    assert parsed(html).canonical == "https://cdn.example/x/y"


# ---------------------------------------------------------------- notes, hidden words, shells


def noted(html: str) -> list[str]:
    found = parsed(html)
    return [found.text[start:end] for start, end in zip(found.notes[::2], found.notes[1::2], strict=True)]


NOTES = {
    "the policy,<sup><a href='#fn3'>3</a></sup> he said": ["3"],
    "word<sup>2</sup> here<SUP>12</SUP>": ["2", "12"],
    "<a href='#n'><sup>b</sup></a> and<sup> 1, 2 </sup>": ["b", "1, 2"],
    "10<sup>6</sup> m<sup>2</sup>, 5 km<sup>2</sup>, E = mc<sup>2</sup>": [],
    "in 1990<sup id=r><a href='#n'>4</a></sup>": ["4"],
    "1<sup>st</sup> M<sup>me</sup> x<sup>2n</sup> said<sup>1990</sup>": [],
    "all<sup>of <i>it</i><sup>1</sup></sup>": ["1"],
    "one <p>two": [],
}


@pytest.mark.parametrize("html", NOTES)
def test_superscripts_that_may_be_notes_are_marked(html: str) -> None:
    assert [note.strip() for note in noted(html)] == NOTES[html]


def test_superscripts_stay_in_text_and_title_as_they_are() -> None:
    found = parsed("<h1>A title<sup>1</sup></h1><p>10<sup>6</sup> words,<sup><a href=x>3</a></sup> he said")
    assert found.text == "A title1\n106 words,3 he said"
    assert found.title == "A title1"


def test_a_text_that_ends_in_a_note_keeps_to_its_length() -> None:
    html = "<p>word<sup>1</sup>" * 40
    for longest in range(1, 60):
        found = page.parse(html.encode(), HTML, URL, longest_text=longest)
        assert found is not None
        assert found.partial
        assert len(found.text) <= longest
        assert not set(found.text) & set("\x01\x02\x03")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("one<span hidden>zzz<b hidden>q<sup>1</sup></b></span> two", "one two"),
        ("one<i style='color: red; Display : none'>zzz</i> two", "one two"),
        ("one<span style='display:none'>zzz</span> two", "one two"),
        ("one<span style='list-style:none'>zzz</span> two", "onezzz two"),
        ("one<span hidden=until-found>zzz</span> two", "onezzz two"),
        ("one<span aria-hidden=true>zzz</span> two", "onezzz two"),
        ("one<div hidden>a tab that a click opens</div>", "one\na tab that a click opens"),
    ],
)
def test_what_hides_in_the_midst_of_a_line_is_no_text(html: str, text: str) -> None:
    assert parsed(html).text == text


@pytest.mark.parametrize(
    ("html", "filled_by"),
    [
        ("<div id=root>Loading...</div><script src=app.js></script>", "scripts"),
        ("<script>go()</script>", "scripts"),
        ("<p>Please enable JavaScript to run this app.</p>", "scripts"),
        ("<p>JavaScript is disabled in this browser.</p>" + "<p>Some terms.</p>" * 40, "scripts"),
        ("<iframe srcdoc='<p>words'></iframe>", "frames"),
        ("<frameset><frame src=a.html></frameset>", "frames"),
        ("<object data=a.pdf></object>", "frames"),
        ("<p>Notes to come.</p>", ""),
        ("<p>Notes.</p><script type='application/ld+json'>{}</script>", ""),
        ("<p>Notes.</p><noscript><iframe src=count></iframe></noscript>", ""),
        ("<p>" + "Words that are there. " * 15 + "<script>count()</script><iframe></iframe>", ""),
    ],
)
def test_scripts_and_frames_count_where_next_to_no_text_is_beside_them(html: str, filled_by: str) -> None:
    assert parsed(html).filled_by == filled_by


# ---------------------------------------------------------------- what else a page says of itself


@pytest.mark.parametrize(
    ("html", "published"),
    [
        ("<meta property=article:published_time content='2024-08-28T14:12:10+03:00'>", "2024-08-28"),
        ("<meta name=citation_publication_date content=2024/8/3>", "2024-08-03"),
        ('<script type="application/ld+json">{"datePublished": "2024-08-28T11:00:00Z"}</script>', "2024-08-28"),
        ("<meta name=date content='28 August 2024'>", ""),
        ("<meta name=date content=2024-19-01>", ""),
        ("<p>2024-08-28", ""),
    ],
)
def test_the_day_of_a_page_is_the_one_it_gives_in_its_head(html: str, published: str) -> None:
    assert parsed(html).published == published


def test_headings_and_the_address_a_page_gives_itself_are_noted() -> None:
    found = parsed("<meta property=og:url content=/c><h1>One<sup>1</sup></h1><h2> Two  words </h2><h3>Three</h3>")
    assert found.headings == ("One1", "Two words")
    assert found.og_url == "https://example.com/c"


@pytest.mark.parametrize(
    ("value", "paywalled"),
    [('"False"', True), ("false", True), ('"http://schema.org/False"', True), ("true", False), ('"true"', False)],
)
def test_a_page_that_is_not_free_says_so_of_itself(value: str, paywalled: bool) -> None:
    html = f'<script type="application/ld+json">{{"isAccessibleForFree": {value}}}</script><p>Words'
    assert parsed(html).paywalled is paywalled


def test_of_a_page_with_little_text_marks_embeds_and_links_are_noted_and_of_no_other() -> None:
    html = (
        "<script src=/a.js></script><iframe src=//b.example/f></iframe><a href=/>x</a><script>_cf_chl_opt={}</script>"
    )
    found = parsed(html)
    assert found.marks == ("cloudflare-challenge",)
    assert found.embeds == ("https://example.com/a.js", "https://b.example/f")
    assert found.links == 1
    found = parsed(html + "<p>" + "words " * 600)
    assert (found.marks, found.embeds, found.links) == ((), (), 0)


# ---------------------------------------------------------------- content codings

TEXT = b"<p>" + b"Trust, but verify. " * 40


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzipped(TEXT)),
        ("X-GZIP", gzipped(TEXT)),
        ("gzip", gzipped(TEXT[:99]) + gzipped(TEXT[99:])),
        ("gzip", gzipped(TEXT) + b"trailing garbage"),
        ("gzip", TEXT),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", raw_deflate(TEXT)),
        ("deflate, gzip", gzipped(zlib.compress(TEXT))),
        ("gzip, identity, gzip", gzipped(gzipped(TEXT))),
    ],
)
def test_a_known_coding_is_undone(coding: str, body: bytes) -> None:
    assert page.decode_body(body, (("content-encoding", coding),), 10_000) == TEXT


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, br", ",".join(["gzip"] * 6)])
def test_an_unknown_coding_gives_no_page(coding: str) -> None:
    assert page.parse(TEXT, (*HTML, ("Content-Encoding", coding)), URL) is None


@pytest.mark.parametrize(
    ("coding", "packed"),
    [("gzip", gzipped(TEXT)), ("deflate", zlib.compress(TEXT)), ("deflate", raw_deflate(TEXT))],
)
def test_a_truncated_stream_gives_what_could_be_decoded(coding: str, packed: bytes) -> None:
    decoded = page.decode_body(packed[:-9], (("Content-Encoding", coding),), 10_000)
    assert decoded
    assert TEXT.startswith(decoded)


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzipped(TEXT)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", raw_deflate(TEXT)),
        ("gzip, gzip", gzipped(gzipped(TEXT))),
        ("gzip", gzipped(TEXT) + gzipped(TEXT)),
        ("", TEXT),
    ],
)
def test_a_page_whose_stream_was_cut_is_not_known_whole(coding: str, packed: bytes) -> None:
    """A proxy that lost the rest sent a Content-Length that fitted, and what was quoted from the rest "was gone"."""
    fields = (*HTML, ("Content-Encoding", coding))
    for content, is_cut in (packed, False), (packed[:-12], bool(coding)), (packed + b"garbage", False):
        read = page.parse(content, fields, URL)
        assert read is not None
        assert read.partial is is_cut


def test_a_damaged_stream_gives_what_came_before_the_damage() -> None:
    packed = gzip.compress(TEXT)
    assert page.decode_body(packed[:-8] + b"\0" * 8, (("Content-Encoding", "gzip"),), 10_000) == TEXT


def test_a_bomb_is_cut_at_the_limit() -> None:
    bomb = gzip.compress(gzip.compress(b"\0" * 50_000_000))
    tracemalloc.start()
    try:
        decoded = page.decode_body(bomb, (("Content-Encoding", "gzip, gzip"),), 100_000)
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()
    assert decoded == b"\0" * 100_000


def test_a_chain_of_members_without_end_is_cut() -> None:
    assert len(page.decode_body(gzip.compress(b"x") * 20_000, (("Content-Encoding", "gzip"),), 50_000) or b"") == 10_000


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "gzip, deflate", "identity"]))
def test_any_bytes_decode_to_no_more_than_the_limit(body: bytes, coding: str) -> None:
    decoded = page.decode_body(body, (("Content-Encoding", coding),), 64)
    assert decoded is not None
    assert len(decoded) <= 64


# ---------------------------------------------------------------- charset


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("é€".encode(), "text/html"),
        ("é€".encode(), "text/html; charset=UTF8"),
        ("é€".encode("cp1252"), "text/html; charset=iso-8859-1"),
        ("é€".encode("cp1252"), "text/html"),
        ("é€".encode("cp1252"), "text/html; charset=nonsense"),
        ("é€".encode("iso8859-15"), 'text/html;charset="ISO-8859-15"'),
        (b"\xef\xbb\xbf" + "é€".encode(), "text/html; charset=latin1"),
        (b"\xff\xfe" + "é€".encode("utf-16-le"), "text/html"),
        (b"<meta charset=windows-1252>" + "é€".encode("cp1252"), "text/html"),
        (b"<meta http-equiv=x content='text/html; charset=windows-1252'>" + "é€".encode("cp1252"), "text/html"),
        (b"<meta charset=utf-16>" + "é€".encode(), "text/html"),
        (b"<meta charset=utf-7>" + "é€".encode(), "text/html"),
    ],
)
def test_the_charset_is_found(body: bytes, content_type: str) -> None:
    assert parsed(body, (("Content-Type", content_type),)).text == "é€"


@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1251", "koi8-r", "gb2312", "shift_jis"])
def test_utf8_under_another_label_is_read_as_utf8(label: str) -> None:
    text = "Größe, naïveté — проверяй 验证"
    assert parsed(text.encode(), (("Content-Type", f"text/html; charset={label}"),)).text == text
    assert parsed(f"<meta charset={label}>{text}").text == text


def test_another_charset_under_the_label_of_utf8_is_seen_to_be_unreadable() -> None:
    assert "\ufffd" in parsed("<p>Größe".encode("cp1252"), (("Content-Type", "text/html; charset=utf-8"),)).text


@pytest.mark.parametrize(
    ("codec", "label", "text"),
    [
        ("cp932", "Shift_JIS", "要核実①"),
        ("gb18030", "gb2312", "要核实"),
        ("koi8-r", "koi8-r", "проверяй"),
        ("cp1251", "windows-1251", "проверяй"),
        ("cp949", "euc-kr", "검증하라"),
        ("cp1254", "iso-8859-9", "doğrula"),
        ("cp874", "tis-620", "ตรวจสอบ"),
    ],
)
def test_labels_mean_what_browsers_take_them_for(codec: str, label: str, text: str) -> None:
    assert parsed(text.encode(codec), (("Content-Type", f"text/html; charset={label}"),)).text == text


def test_utf8_that_was_cut_inside_a_character_stays_utf8() -> None:
    assert parsed("Größe".encode()[:-2]).text.startswith("Grö")


# ---------------------------------------------------------------- other media types


@pytest.mark.parametrize(
    ("content_type", "body", "text"),
    [
        ("text/plain", b"<b>as it stands</b>", "<b>as it stands</b>"),
        ("application/json; charset=utf-8", b'{"a": "b"}', '{"a": "b"}'),
        ("application/ld+json", b"{}", "{}"),
        ("application/rss+xml", b"<rss>x</rss>", "<rss>x</rss>"),
        ("text/xml", b"<?xml version='1.0' encoding='windows-1252'?><a>\x80</a>", None),
        ("", b"only words", "only words"),
    ],
)
def test_text_that_is_no_html_is_its_own_text_without_a_title(content_type: str, body: bytes, text: str | None) -> None:
    found = parsed(body, (("Content-Type", content_type),) if content_type else ())
    assert found.title == ""
    assert found.text == (text if text is not None else body.decode("cp1252"))


def test_a_body_without_a_type_is_html_where_it_looks_so() -> None:
    assert parsed(b"\n <!DOCTYPE html><title>T</title>", ()).title == "T"


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/pdf", b"%PDF-1.7"),
        ("text/html", b"%PDF-1.7"),
        ("image/png", b"\x89PNG"),
        ("application/octet-stream", b"text"),
        ("text/plain", b"MZ\0\0\0"),
        ("", b"\x89PNG\r\n\0"),
    ],
)
def test_what_is_no_text_gives_no_page(content_type: str, body: bytes) -> None:
    assert page.parse(body, (("Content-Type", content_type),), URL) is None


def test_the_media_type_is_bare_and_lower_case() -> None:
    assert page.media_type((("content-TYPE", " Text/HTML ;charset=x"),)) == "text/html"
    assert page.media_type(()) == ""


# ---------------------------------------------------------------- bounds


def test_the_text_is_capped() -> None:
    long = parsed("<p>" + "word " * 300_000)
    assert (len(long.text), long.partial) == (page.LONGEST_TEXT, True)
    assert not parsed("<p>" + "word " * 300).partial
    assert len(parsed(b"x" * 1_200_000, (("Content-Type", "text/plain"),)).text) == page.LONGEST_TEXT


# Each took from ten seconds to minutes at 1 MB before the work was bounded.
HOSTILE = [
    "<div>",
    "<b><p>x",
    "<a><div></a>",
    "<ul><li>",
    "<x-y></z>",
    "<table><tr><td></div>",
    "<select><div></select>",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_nesting_without_end_is_cut_before_the_parser_suffers(unit: str) -> None:
    assert len(page.bounded(unit * (1_000_000 // len(unit)))) < 400_000
    assert parsed(unit * (1_000_000 // len(unit))).partial


def test_what_stands_before_the_cut_is_read() -> None:
    assert parsed("<p>Words first.</p>" + "<div>" * 200_000).text == "Words first."


def test_a_tag_with_attributes_without_end_is_cut() -> None:
    tag = "<div " + " ".join(f"a{number}=1" for number in range(100_000)) + ">late"
    assert parsed("<p>Early.</p>" + tag).text == "Early."
    assert parsed("<p>Early.</p>" + tag + "<p>Later.</p>").text == "Early."


@pytest.mark.parametrize(
    "html",
    [
        "<div><p>Some <i>words</i> in a row.<br></div>" * 20_000,
        "<pre>" + "plain words in one long text, as mailing lists have them\n" * 20_000 + "</pre>",
        "<img src='data:image/png;base64," + "iVBORw0KGgo/AAA+" * 60_000 + "'><p>After.",
        "<svg>" + "<path d='M0 0'/>" * 4_000 + "</svg>" + "<p>After.</p>" * 5_000,
        "<p>Unclosed" * 60_000,
        "<script>" + "for(i=0;i<n;i++){f(a<b)}" * 5_000 + "</script>" + "<div><p>After.</p></div>" * 5_000,
    ],
    ids=["ordinary", "pre", "inline image", "map", "unclosed paragraphs", "scripts"],
)
def test_large_honest_pages_are_left_whole(html: str) -> None:
    assert page.bounded(html) == html


@given(st.binary(max_size=400))
def test_any_bytes_give_a_page_without_lone_surrogates(body: bytes) -> None:
    found = page.parse(body, (("Content-Type", "text/html"),), URL)
    if found is not None:
        "".join((found.text, *found.titles, *found.ids)).encode()


def test_character_references_to_surrogates_are_replaced() -> None:
    parsed("<p>&#xD800;&#55357;</p>").text.encode()


# ---------------------------------------------------------------- fingerprint

STORY = " ".join(f"word{number % 97}and{number % 89}" for number in range(2_000))


def distance(one: str, two: str) -> int:
    return (int(one, 16) ^ int(two, 16)).bit_count()


def test_the_fingerprint_is_the_same_in_every_run() -> None:
    assert page.fingerprint("Trust, but verify: a Russian proverb.") == "02601a504cb545a2"
    assert page.fingerprint("one") == page.fingerprint("  One! ") != ""


def test_near_texts_have_near_fingerprints_and_others_far_ones() -> None:
    mine = page.fingerprint(STORY)
    assert distance(mine, page.fingerprint(STORY.replace("word5and", "word5or"))) <= 8
    assert distance(mine, page.fingerprint(" ".join(reversed(STORY.split())))) >= 16


def test_a_page_without_words_has_no_fingerprint() -> None:
    assert page.fingerprint(" … — !") == ""


# ---------------------------------------------------------------- pages of others


def test_every_page_of_the_corpus_is_read() -> None:
    folder = Path(__file__).parents[2] / "shared" / "corpus" / "05_pages" / "html"
    if not folder.is_dir():
        pytest.skip("the corpus is not beside this checkout")
    for path in sorted(folder.rglob("*.html")):
        parsed(path.read_bytes())
