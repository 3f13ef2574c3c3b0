"""Links of Markdown, class by class; what is expected is what GitHub shows, and where it shows a broken link, none."""

from __future__ import annotations

import pytest

from tests.extract.places import at, cited, urls

A = "https://a.example"
B = "https://a.example/b"

LINKS = {
    # Destinations and what stands around them.
    f"[w]( {B} )": [B],
    f"[w](\n{B}\n'title')": [B],
    f"[w]({B} 'title') [w]({B} \"title\") [w]({B} (title))": [B, B, B],
    f"[w](<{B}> 'title')": [B],
    f"[w](<{B})c>)": [f"{B})c"],
    f"[w]({B}(c))": [f"{B}(c)"],
    f"[w]({B}_(c_(d)))": [f"{B}_(c_(d))"],
    f"[w]({B}\\(c)": [f"{B}\\(c"],
    f"([w]({B})), [w]({B}). [w]({B}))": [B, B, B],
    f"[w]({B}.)": [f"{B}."],
    f"[w]({B}#:~:text=c,-d)": [f"{B}#:~:text=c,-d"],
    f"[w]({B}){{target=_blank}} [w]({B}){{:rel=x}}": [B, B],
    f"[]({B}) ![]({B})": [B, B],
    "[w](//a.example/b) ![w](//a.example/b)": ["//a.example/b", "//a.example/b"],
    "[w](HTTPS://A.EXAMPLE/b)": ["HTTPS://A.EXAMPLE/b"],
    # Words of a link.
    f"[a *b* `c` ![d]({B}1) e]({B}2)": [f"{B}1", f"{B}2"],
    f"[a [b] c]({B})": [B],
    f"[a \\] b]({B}) [a `]` b]({B})": [B, B],
    f"[a\nb]({B})": [B],
    f"[a [b]({B}1) c]({B}2)": [f"{B}1", f"{B}2"],
    f"[{B}c]({B}) [see {B}c]({B}) [www.c.example]({B})": [B, B, B],
    f"[<b>w</b>]({B}) **[w]({B})** ~~[w]({B})~~ *[w]({B})*": [B, B, B, B],
    f"[[w]]({B})": [B],
    f"[w]({B})[x]({B})": [B, B],
    f"!\\[w]({B}) \\![w]({B})": [B, B],
    # Definitions.
    f"[w][r]\n\n[r]: {B}": [B],
    f"[r]\n\n[r]: <{B}> 'title'": [B],
    f"[r]\n\n[r]:\n  {B}\n  'title'": [B],
    f"[r]\n\n   [r]: {B} (title)": [B],
    f"![w][r] ![r]\n\n[R]: {B}": [B],
    f"[r]: {B}1\n[s]: {B}2\n\n[r] [s]": [f"{B}1", f"{B}2"],
    f"> [r]: {B}\n\n- [s]: {B}": [B, B],
    f"[a\nb]\n\n[A b]: {B}": [B],
    f"[r\\]s]\n\n[r\\]s]: {B}": [B],
    f"[ẞ]\n\n[SS]: {B}": [B],
    f"[r]: {B}\\_c\n\n[r]": [f"{B}\\_c"],
    "[r]: //a.example/b\n\n[r]": ["//a.example/b"],
    # Autolinks.
    f"<{B}> <{B}?c=1&d=2> <HTTPS://A.EXAMPLE/>": [B, f"{B}?c=1&d=2", "HTTPS://A.EXAMPLE/"],
    f"*<{B}>* (<{B}>) <{B}>, <{B}>.": [B, B, B, B],
    f"<{B}_c_> <{B}*c*> <{B}`c`>": [f"{B}_c_", f"{B}*c*", f"{B}`c`"],
    # Bare URLs.
    f"*{B}* **{B}** _{B}_ __{B}__ ~~{B}~~ ***{B}***": [B] * 6,
    f"**c {B}** *c {B}*. _c {B}_ ~~c {B}~~": [B] * 4,
    f"**{B}/c/**, {B}/**/c": [f"{B}/c/", f"{B}/**/c"],
    f"{B}_c_d {B}*c*d {B}~c": [f"{B}_c_d", f"{B}*c*d", f"{B}~c"],
    f"({B}) ({B}_(c)) ({B}, c) [{B}] [[{B}]]": [B, f"{B}_(c)", B, B, B],
    f"{B}. {B}, {B}; {B}: {B}! {B}? {B}...": [B] * 7,
    f"{B}&amp; {B}&amp;c=d {B}&quot; {B}&gt;c": [B, f"{B}&amp;c=d", B, B],
    f"&lt;{B}&gt; &quot;{B}&quot; \"{B}\" '{B}' “{B}”": [B] * 5,
    f"\\<{B}> \\`{B}\\` \\({B}\\) \\[{B}\\] \\*{B}\\* \\_{B}\\_": [B] * 6,
    f"{B}\\_c\\_d/e\\-f\\.html": [f"{B}\\_c\\_d/e\\-f\\.html"],
    "www.a.example, (www.a.example/b) *www.a.example* _www.a.example_": [
        "www.a.example",
        "www.a.example/b",
        "www.a.example",
        "www.a.example",
    ],
    f"{B}<br>{B}<br/>{B}": [B, B, B],
    f"{B}  \n{B}\\\n{B}\n{B}": [B] * 4,
    f"<b>{B}</b> <i>c {B}</i> <cite>{B}</cite>": [B] * 3,
    f"{B}|c {B}|": [f"{B}|c", B],
    f"1. {B}\n2. {B}\n\n- [ ] {B}\n- [x] {B}": [B] * 4,
    f"請看{B}。又{B}，（{B}）": [B, B, B],
    f"Source:{B} url={B} 1{B} ¹{B}": [B] * 4,
    # Blocks.
    f"> {B}\n> > [w]({B})": [B, B],
    f"> [w](\n> {B})": [B],
    f"- a\n  - {B}\n\n    [w]({B})\n\n      {B}": [B, B, B],
    f"# {B}\n\n{B}\n===\n\n## [w]({B}) ##": [B, B, B],
    f"| a | b |\n|---|:-:|\n| {B} | [w]({B}) |\n| {B}|{B}|": [B] * 4,
    f"a|b\n-|-\n{B}|<{B}>": [B, B],
    f"term\n: {B}\n\n***\n{B}\n***": [B, B],
    f"\ufeff{B}": [B],
    # Footnotes.
    f"x[^1]\n\n[^1]: {B}": [B],
    f"x[^a-b]\n\n[^a-b]: [w]({B}), and\n    {B}\n\n    - {B}": [B, B, B],
    f"x[^1] [w][1]\n\n[^1]: {B}\n[1]: {B}": [B, B],
    # HTML.
    f"<div>\n{B}\n</div>\n\n<div>\n\n{B}\n\n</div>": [B, B],
    f"x <a href='{B}'>y</a> <img src={B}> <a\nhref=\"{B}\">": [B, B, B],
    f"<p align=center>\n<a href='{B}'><img src='{B}'></a>\n</p>": [B, B],
    f"<details>\n<summary>x</summary>\n\n- {B}\n\n</details>": [B],
    f"<picture>\n<source srcset='{B} 2x, {B}'>\n</picture>": [B, B],
    f"<td>\n\n[w]({B})\n\n</td>": [B],
    "<a href='//a.example/b'>w</a>": ["//a.example/b"],
}

NONE_AT_ALL = [
    f"`{B}` ``{B}`` `` ` {B} ``",
    f"`[w]({B})` `<{B}>`",
    f"    {B}\n\n\t[w]({B})",
    f"```\n{B}\n```\n\n~~~ x {B}\n[w]({B})\n~~~",
    f"- ```\n  {B}\n  ```\n\n> ~~~\n> {B}",
    f"```\n[r]: {B}\n```\n\n[r]",
    f"<!-- {B} -->\n\nx <!-- [w]({B}) --> y",
    f"<pre>\n{B}\n</pre>\n\n<script>\n'{B}'\n</script>\n\n<style>\n{B}\n</style>",
    "[w](b) [w](/b) [w](#b) [w](?b) [w](../b.md) [w]() [w](<>) [r]\n\n[r]: b.md",
    "[w](mailto:x@a.example) <x@a.example> [w](tel:1) [w](javascript:x) [w](ftp://a.example) [w](data:,x)",
    "[w](//) [w](///) <//a.example>",
    f"[w]({A}/{{{{ b }}}}) {A}/{{{{b}}}} {A}/{{% b %}}",
    "[w](https://{host}/b) [w](https://a-{env}.example/) <https://$HOST/b> [w]: https://{host}/b",
    "https://a.example/<name>/b https://<host>/b",
    "http://a.example:port/b https\\://a.example/b",
    "https://a.example/2024/…",
    "xhttps://a.example/b a.example/b .www.a.example www.",
]

ADDRESSES = {
    f"[w]({A}/?b=1&amp;c=2)": f"{A}/?b=1&c=2",
    f"[w]({A}/&copy&copy;)": f"{A}/&copy%C2%A9",
    f"[w]({A}/\\*b\\_c\\d)": f"{A}/*b_c%5Cd",
    f"[w](<{A}/b c>)": f"{A}/b%20c",
    f"[w]({A}/b%20c)": f"{A}/b%20c",
    f"[w]({A}/é)": f"{A}/%C3%A9",
    "[w](https&#58;//a.example/b)": B,
    "[w](https\\://a.example/b)": B,
    "[w](//a.example/b)": B,
    f"<{A}/?b=1&amp;c=2>": f"{A}/?b=1&c=2",
    f"<{A}/\\b\\_c>": f"{A}/%5Cb%5C_c",
    f"{A}/?b=1&amp;c=2": f"{A}/?b=1&c=2",
    f"{A}/b\\_c\\_d": f"{A}/b_c_d",
    "www.a.example/b\\_c": "http://www.a.example/b_c",
    f"[r]\n\n[r]: {A}/?b=1&amp;c=\\*": f"{A}/?b=1&c=*",
}


@pytest.mark.parametrize("text", LINKS)
def test_a_link_of_that_class_is_found_where_it_stands(text: str) -> None:
    found = cited("markdown", text)
    assert [each.written for each in found] == LINKS[text]
    assert [at(text, each) for each in found] == LINKS[text]


@pytest.mark.parametrize("text", NONE_AT_ALL)
def test_what_a_reader_cannot_follow_is_no_link(text: str) -> None:
    assert urls("markdown", text) == []


@pytest.mark.parametrize("text", ADDRESSES)
def test_the_address_is_what_the_reader_is_led_to(text: str) -> None:
    assert [each.url for each in cited("markdown", text)] == [ADDRESSES[text]]
