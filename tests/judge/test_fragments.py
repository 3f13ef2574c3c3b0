"""The place on the page that a citation points to: one case a line."""

from __future__ import annotations

from typing import Any

import pytest

from linkcheck import page
from linkcheck.model import Page
from tests.judge.cases import URL, judged, led, opinion, seen

MISSING = "drifted fragment-missing"
HTML = (("Content-Type", "text/html; charset=utf-8"),)


def parsed(body: str) -> Page:
    made = page.parse(f"<!doctype html><html><body>{body}</body></html>".encode(), HTML, URL)
    assert made is not None
    return made


def section(title: str, anchor: str) -> str:
    return f'<section id="{anchor}"><h2>{title}</h2><p>What is to be said of it, in some words.</p></section>'


ARTICLE = parsed(
    '<h1 id="firstHeading">Trust, but verify</h1>'
    + section("Early life[edit]", "Early_life")
    + section("History", "History")
    + section("Réception", "R%C3%A9ception".replace("%C3%A9", "é"))
    + '<p id="cite_note-1">Doe&nbsp;1</p><p id="cite_note-2">Doe 2</p><p id="cite_note-3">Doe 3</p>'
    + '<a name="appendix"></a><p>The verdict was <em>without preconditions</em>, said the minister, on Monday.</p>'
    + "<h3>Later years</h3>"
)
LIBRARY = parsed(
    "<h1>os.path</h1>"
    + "".join(f'<dl><dt id="os.path.{name}">{name}</dt></dl>' for name in ("join", "split", "exists"))
)
README = parsed(
    "<h1>Tool</h1>" + section("Installation", "user-content-installation") + section("Usage", "user-content-usage")
)
BARE = parsed("<h1>A story</h1><h2>One part</h2><p>Some words.</p><h2>Another part</h2><p>Others.</p>")
THREAD = parsed(
    "<h1>How do I?</h1>" + section("Answers", "answers") + section("Related", "related")
    + "".join(f'<div id="comment-{number}">Yes, {number} times.</div>' for number in range(40, 46))
)  # fmt: skip
SHELL = parsed('<div id="root"></div><h2 id="one">One</h2><h2 id="two">Two</h2><script src="/main.js"></script>')

# What the citation points to, the page, and what is thought of it.
CASES: list[tuple[str, str, Page, str]] = [
    ("an id", "History", ARTICLE, "alive ok"),
    ("a name", "appendix", ARTICLE, "alive ok"),
    ("an id, percent-encoded", "R%C3%A9ception", ARTICLE, "alive ok"),
    ("an id, as old MediaWiki wrote it", "R.C3.A9ception", ARTICLE, "alive ok"),
    ("an id in other case and with other separators", "early-life", ARTICLE, "alive ok"),
    ("a heading whose anchor a script makes", "later-years", ARTICLE, "alive ok"),
    ("a section that is not there", "Personal_life", ARTICLE, MISSING),
    ("a note that is not there, beside others", "cite_note-9", ARTICLE, MISSING),
    ("a note that is there", "cite_note-2", ARTICLE, "alive ok"),
    ("a name of an interface", "os.path.join", LIBRARY, "alive ok"),
    ("a name that the interface lost", "os.path.walk", LIBRARY, MISSING),
    ("a name that is not of that interface", "shutil.walk", LIBRARY, "alive ok"),
    ("a heading on GitHub", "installation", README, "alive ok"),
    ("a heading that GitHub's page lost", "licence", README, MISSING),
    ("no page with anchors at all", "personal-life", BARE, "alive ok"),
    ("a shell that scripts fill", "three", SHELL, "alive ok"),
    ("a comment that is on another page of the thread", "comment-99", THREAD, "alive ok"),
    ("an answer of that site", "12345", THREAD, "alive ok"),
    ("a section of the thread's page", "solutions", THREAD, MISSING),
    # no places
    ("nothing", "", ARTICLE, "alive ok"),
    ("the top", "top", ARTICLE, "alive ok"),
    ("the comments", "comments", ARTICLE, "alive ok"),
    ("a route", "/settings/profile", ARTICLE, "alive ok"),
    ("a hash-bang", "!topic/list/abc", ARTICLE, "alive ok"),
    ("a picture shown by a script", "/media/File:Reagan.jpg", ARTICLE, "alive ok"),
    ("a picture shown by a script, in the older way", "mediaviewer/File:Reagan.jpg", ARTICLE, "alive ok"),
    ("a page of a PDF", "page=3", ARTICLE, "alive ok"),
    ("a moment of a video", "t=90", ARTICLE, "alive ok"),
    ("a moment as a clock has it", "1:30", ARTICLE, "alive ok"),
    ("a part of a picture", "xywh=0,0,9,9", ARTICLE, "alive ok"),
    ("a line of code", "L10", ARTICLE, "alive ok"),
    ("lines of code", "L10-L20", ARTICLE, "alive ok"),
    ("a tab", "tab-pricing", ARTICLE, "alive ok"),
    ("a slide", "slide-3", ARTICLE, "alive ok"),
    ("a tracker's mark", "ixzz1AbCdEf", ARTICLE, "alive ok"),
    ("another tracker's", "sthash.AbCdEf12.dpuf", ARTICLE, "alive ok"),
    ("a share button's", ".VxYz12AbCd", ARTICLE, "alive ok"),
    ("what Facebook leaves", "_=_", ARTICLE, "alive ok"),
    # passages
    ("a passage", ":~:text=without%20preconditions", ARTICLE, "alive ok"),
    ("a passage from here to there", ":~:text=The%20verdict,on%20Monday", ARTICLE, "alive ok"),
    ("a passage between two others", ":~:text=was-,without%20preconditions,-said", ARTICLE, "alive ok"),
    ("a passage whose neighbours changed", ":~:text=hath-,without%20preconditions,-spake", ARTICLE, "alive ok"),
    ("two passages", ":~:text=The%20verdict&text=the%20minister", ARTICLE, "alive ok"),
    ("a passage with a comma and a hyphen in it", ":~:text=preconditions%2C%20said%20the", ARTICLE, "alive ok"),
    ("a passage that is gone", ":~:text=under%20strict%20preconditions", ARTICLE, MISSING),
    ("one of two that is gone", ":~:text=The%20verdict&text=the%20president", ARTICLE, MISSING),
    ("an end that is gone", ":~:text=The%20verdict,on%20Tuesday", ARTICLE, MISSING),
    ("an end before its start", ":~:text=on%20Monday,The%20verdict", ARTICLE, MISSING),
    ("half a word", ":~:text=precondition", ARTICLE, MISSING),
    ("a place and a passage", "History:~:text=the%20minister", ARTICLE, "alive ok"),
    ("a place that is gone and a passage", "Personal_life:~:text=the%20minister", ARTICLE, MISSING),
    ("a passage of a page that scripts fill", ":~:text=no%20such%20words", SHELL, "alive ok"),
    ("another directive", ":~:selector(type=CssSelector,value=img)", ARTICLE, "alive ok"),
    ("a passage without words", ":~:text=%2C", ARTICLE, "alive ok"),
    ("a broken one", ":~:text=a,b,c,d,e", ARTICLE, "alive ok"),
]

OPINIONS = [(words, None, expected) for words, _, _, expected in CASES]


def pointed(fragment: str, shown: Page, *quotes: str, **facts: Any) -> Any:
    facts.setdefault("media_type", "text/html")
    return judged(seen(page=shown, **facts), *quotes, url=f"{URL}#{fragment}")


@pytest.mark.parametrize(
    ("fragment", "shown", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_place_on_the_page_is_there_or_surely_not(fragment: str, shown: Page, expected: str) -> None:
    assert opinion(pointed(fragment, shown)) == expected


def test_the_evidence_says_what_is_missing_and_why_that_is_sure() -> None:
    assert pointed("Personal_life", ARTICLE).evidence == (
        "The page has no place called “#Personal_life”, though its headings have such anchors."
    )
    assert pointed("os.path.walk", LIBRARY).evidence.endswith("though 3 others there are named like it.")
    assert "“The verdict … on Tuesday”" in pointed(":~:text=The%20verdict,on%20Tuesday", ARTICLE).evidence


def test_a_miss_that_proves_nothing_is_a_remark() -> None:
    verdict = pointed("personal-life", BARE)
    assert opinion(verdict) == "alive ok"
    assert verdict.evidence.endswith(
        "The page has no place called “#personal-life”. A script may make it, so that tells nothing."
    )


def test_a_page_that_holds_the_quotes_is_the_source_without_the_place_too() -> None:
    verdict = pointed("Personal_life", ARTICLE, "without preconditions")
    assert opinion(verdict) == "alive ok"
    assert "no place called “#Personal_life”" in verdict.evidence


def test_a_quote_that_is_missing_says_more_than_the_place() -> None:
    assert opinion(pointed("Personal_life", ARTICLE, "with preconditions")) == "drifted quote-missing"


@pytest.mark.parametrize(
    "facts",
    [{"truncated": "length"}, {"media_type": "application/xml"}, {"media_type": "text/plain"}],
    ids=["a page that was cut", "XML", "plain text"],
)
def test_what_is_no_whole_html_page_proves_nothing(facts: dict[str, str]) -> None:
    assert opinion(pointed("Personal_life", ARTICLE, **facts)) == "alive ok"


def test_a_section_that_did_not_move_along_is_told_before_the_new_address() -> None:
    new = "https://www.example.com/stories/1"
    there = led((URL, 301), to=new, page=ARTICLE, media_type="text/html")
    verdict = judged(there, url=f"{URL}#Personal_life")
    assert opinion(verdict) == MISSING
    assert verdict.evidence.startswith(f"{new} has no place called")
    assert opinion(judged(there, url=f"{URL}#History")) == "moved redirect-permanent"
