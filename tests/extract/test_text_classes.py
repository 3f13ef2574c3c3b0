"""URLs in plain text, class by class: where they begin, where they end, and when half of one is worse than none."""

from __future__ import annotations

import pytest

from tests.extract.places import at, cited, urls

B = "https://a.example/b"

WRAPPED = {
    "parentheses": f"({B})",
    "brackets": f"[{B}]",
    "braces": f"{{{B}}}",
    "angle brackets": f"<{B}>",
    "apostrophes": f"'{B}'",
    "quotes": f'"{B}"',
    "curly quotes": f"“{B}” ",
    "German quotes": f"„{B}“",
    "French quotes": f"«{B}»",
    "marks of ornament": f"❝{B}❞ ⟨{B}⟩ ⟪{B}⟫",
    "Japanese quotes": f"「{B}」『{B}』",
    "Chinese brackets": f"【{B}】《{B}》（{B}）",
    "backticks": f"`{B}` ``{B}``",
    "emphasis": f"*{B}* **{B}** _{B}_ __{B}__ ~~{B}~~ ***{B}***.",
    "emphasis with words": f"_see {B}_ and *see {B}*, ~~was {B}~~.",
    "a wiki's link": f"[[{B}|words]] [{B}|words] [{B} words] [words|{B}]",
    "a chat's link": f"<{B}|words> <{B}|more words>",
    "an outline's link": f"[[{B}][words]]",
    "a forum's link": f"[url={B}]words[/url] [url]{B}[/url]",
    "a command of LaTeX": f"\\url{{{B}}} \\href{{{B}}}{{words}} \\url|{B}|",
    "a style sheet": f"url({B}) url('{B}')",
    "a tag": f"<a href=\"{B}\">words</a> <a href='{B}'> <a href={B}>",
    "JSON": f'{{"a":"{B}","b":["{B}","c"]}}',
    "a comment of HTML": f"<!-- {B}--> <!--{B} -->",
    "a table": f"|{B}|{B}|",
    "a shell": f'$({B}) curl "{B}" | sh',
    "the colours of a terminal": f"\x1b[4m {B}\x1b[0m \x1b[1;34m{B}\x1b[m",
    "a hyperlink of a terminal": f"\x1b]8;;{B}\x07words\x1b]8;;\x07",
}

SENTENCE = ". , ; : ! ? ... … . • ¶ ’ ' ) ). .) ] }"
CJK = "． ・ ～ 。 ， 、 ； ？ ！ ： ）。 」"
OTHER_SCRIPTS = "، ؛ ؟ ۔ । ॥ ።"
SIGNS = "* ** † ‡ | \\ -> --> → ⇒ >"
BEFORE = "( [ { < ' \" “ „ « ‹ 「 （ 《 【 * _ ~ ` | = : ; , . / # @ & $ ! - – — → é 日 ¹ ² ½"

FOLLOWED = [
    *SENTENCE.split(),
    *CJK.split(),
    *OTHER_SCRIPTS.split(),
    *SIGNS.split(),
    "&quot;",
    "&gt;",
    "&lt;br&gt;",
    "&nbsp;more",
    "<br>",
    "</a>",
    "—and",
    "[see it]",
    "(see it)",
    "\u00a0more",
    "\u200bmore",
    "\u2028more",
    "\x0cmore",
    "\x1b[0m",
    "\\n",
    "\tmore",
]

PRECEDED = [
    *BEFORE.split(),
    "1",
    "(12",
    " 123",
    "url=",
    "Source:",
    "[1]",
    "git+",
    "view-source:",
    "\u200b",
    "\ufeff",
    "http://",
]

WHOLE = [
    "https://a.example",
    "https://a.example/",
    "https://a.example//b",
    "https://a.example/b/",
    "https://a.example?b",
    "https://a.example#b",
    "https://a.example/b_(c)",
    "https://a.example/b_(c_(d))_e",
    "https://a.example/(b)(c)",
    "https://a.example/b[c]{d}",
    "https://a.example/?b[]=c&b[d][e]=f",
    "https://a.example/b;c=d",
    "https://a.example/b,c,d",
    "https://a.example/b:c",
    "https://a.example/@b",
    "https://a.example/b!c$d*e+f~g",
    "https://a.example/b'c",
    "https://a.example/b’s",
    "https://a.example/~b",
    "https://a.example/b~",
    "https://a.example/b_",
    "https://a.example/b-",
    "https://a.example/b--c",
    "https://a.example/b|c",
    "https://a.example/b^c",
    "https://a.example/b%20c%",
    "https://a.example/b.c.d/e.html",
    "https://a.example/C++",
    "https://a.example/b/.../c",
    "https://a.example/A–B",
    "https://a.example/東京_(曖昧さ回避)",
    "https://a.example/Straße/naïve",
    "https://a.example/مرحبا/б",
    "https://a.example/b🙂",
    'https://a.example/?q="b"&c=d',
    'https://a.example/?q=b+"c+d"+site:e.example',
    "https://a.example/#!/b?c=d",
    "https://a.example/#:~:text=b,-c",
    "https://a.example/?u=https://b.example/c&d=e",
    "https://a.example/web/2020/http://b.example:80/c",
    "https://a.example/web/2020*/https://b.example/c",
    "https://a.example/10.1175/1520-0442(2000)013<0001:ABC>2.0.CO;2",
    "https://a.example/(SICI)1096-8644(199808)106:4<483::AID-X4>3.0.CO;2-K",
    "http://a.example:8080/b",
    "http://a.example./b",
    "http://a_b.example/",
    "http://user@a.example/b",
    "http://user:pa.ss!$word@a.example:8080/b",
    "http://192.0.2.1:80/b",
    "http://[2001:db8::1]:80/b",
    "http://localhost:8080/b",
    "http://xn--bcher-kva.example/",
    "http://bücher.example/ü",
    "HTTPS://A.EXAMPLE/B",
]

NEVER = {
    "the port is none": "http://a.example:port/b http://a.example:80:90/b",
    "the host is escaped": "http://a.example%20b",
    "the host is to be filled in": "https://{host}/b https://$HOST/b https://<host>/b https://${HOST}/b https://%s/b",
    "its host is to be filled in": "https://a-{env}.example/b https://a{n}.example/ https://a-${env}.example/b",
    "its port is to be filled in": "https://a.example:${PORT}/b https://a.example:{port} https://a.example:<port>/b "
    "http://a.example:&lt;port&gt;/b",
    "the rest is a template's": "https://a.example/<%= id %> https://a.example/?id=<?php echo $id ?>",
    "the rest is named in escaped brackets": "https://a.example/&lt;id&gt;/b",
    "the rest is to be filled in": "https://a.example/<user>/b https://a.example/?id=<your id>&b https://a.example/{{b}}",
    "the rest was left out": "https://a.example/2024/… https://a.example/2024/... https://a.example/?b=… https://a.example/…",
    "the rest stands behind a space in quotes": 'https://a.example/?q="two words"',
    "the scheme is the end of a word": "xhttps://a.example/ s3https://a.example/ 1234https://a.example/",
    "it has no host": "http:// http:///b http://. http://.. http://?b http://#b http://:80/ http://@/ https://[/",
    "its host is none": "http://a..example/ http://-a.example/ http://[::g]/ http://[::1 http://a@b@c.example/ http://1080::8/",
    "it has no scheme": "a.example/b www.a.example/b //a.example/b a@b.example",
    "its scheme is another": "ftp://a.example/ file:///b mailto:a@b.example httpx://a.example/",
    "it is broken at the scheme": "http:/a.example http:a.example https//a.example hxxps://a.example",
}

SEVERAL = {
    f"{B},{B}c": [B, f"{B}c"],
    f"{B};{B}c": [B, f"{B}c"],
    f"{B}|{B}c": [B, f"{B}c"],
    f"{B}{B}c": [B, f"{B}c"],
    f"{B}->{B}c": [B, f"{B}c"],
    f"{B}→{B}c": [B, f"{B}c"],
    f"{B})({B}c)": [B, f"{B}c"],
    f'{B}","{B}c"': [B, f"{B}c"],
    f"{B}<{B}c>": [B, f"{B}c"],
    f"[{B}]({B}c)": [B, f"{B}c"],
    f"{B}\r\n{B}c\r{B}d": [B, f"{B}c", f"{B}d"],
    f"請看{B}。又{B}c，謝": [B, f"{B}c"],
    f"{B}~~ {B}~": [B, f"{B}~"],
    f"{B}&lt;br&gt;{B}c:<br>": [B, f"{B}c"],
    "Look at https://a.example/... now": ["https://a.example/"],
    "https://a.example/<br>https://a.example/<i>b</i>": ["https://a.example/", "https://a.example/"],
}


@pytest.mark.parametrize("kind", WRAPPED)
def test_what_stands_around_a_url_is_none_of_it(kind: str) -> None:
    text = WRAPPED[kind]
    assert urls("text", text) == [B] * text.count(B)


@pytest.mark.parametrize("end", FOLLOWED)
def test_a_url_ends_before_what_belongs_to_the_text(end: str) -> None:
    assert urls("text", f"See {B}{end}") == [B]
    assert urls("text", f"See {B}{end} more") == [B]


@pytest.mark.parametrize("before", PRECEDED)
def test_a_url_begins_behind_whatever_is_no_letter(before: str) -> None:
    (citation,) = cited("text", f"{before}{B}")
    assert (citation.written, at(f"{before}{B}", citation)) == (B, B)


@pytest.mark.parametrize("url", WHOLE)
@pytest.mark.parametrize("frame", ["{}", "see {} there", "(see {})", "see {}, and", "<{}>", "«{}»", "1. {}\n"])
def test_what_belongs_to_a_url_is_not_cut_off(url: str, frame: str) -> None:
    assert urls("text", frame.format(url)) == ([url] if "|" not in url or frame != "<{}>" else ["https://a.example/b"])


@pytest.mark.parametrize("kind", NEVER)
def test_half_of_an_address_is_none(kind: str) -> None:
    for piece in NEVER[kind].split(" http"):
        text = piece if piece == NEVER[kind] or piece.startswith("http") else f"http{piece}"
        assert urls("text", text) == [], text


def test_a_source_text_of_latex_escapes_what_a_url_has() -> None:
    (citation,) = cited("text", "{https://a.example/b\\_c\\%20d\\&e\\#f\\_}")
    assert (citation.written, citation.url) == (
        "https://a.example/b\\_c\\%20d\\&e\\#f\\_",
        "https://a.example/b_c%20d&e#f_",
    )


WRAPPED_IN_BRACKETS = {
    "See <https://a.example/reports/\n2020/b>.": "https://a.example/reports/2020/b",
    "> See <https://a.example/reports/ \r\n> 2020-\r\n> 21/b>.": "https://a.example/reports/2020-21/b",
    "<URL:https://a.example/b.\n  html>": "https://a.example/b.html",
    "<https://a.example/b\nand more": "https://a.example/b",
    "<https://a.example/b\nand more>": "https://a.example/b",
    "<https://a.example/b\n\nc>": "https://a.example/b",
    "<https://a.example/web/1/\nhttps://b.example/c>": "https://a.example/web/1/https://b.example/c",
}


@pytest.mark.parametrize("text", WRAPPED_IN_BRACKETS)
def test_a_url_in_angle_brackets_goes_on_over_the_ends_of_lines(text: str) -> None:
    (citation,) = cited("text", text)
    assert citation.url == WRAPPED_IN_BRACKETS[text]
    assert text.count(citation.written) == 1


@pytest.mark.parametrize("format_name", ["text", "markdown", "html"])
def test_marks_that_nobody_sees_are_not_asked_for(format_name: str) -> None:
    written = "https://a.example/long\u00adword/\u2060b"
    (citation,) = cited(format_name, f"See {written}.")
    assert (citation.written, citation.url) == (written, "https://a.example/longword/b")


@pytest.mark.parametrize("text", SEVERAL)
def test_several_urls_without_space_between_them_are_told_apart(text: str) -> None:
    assert urls("text", text) == SEVERAL[text]
