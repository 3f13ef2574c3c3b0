"""The page is there, but not the place on it that the ``#…`` of the citation points to.

A fragment is often no place at all: a route of a script, a page of a PDF, a tracker's mark. And a place may be made by
a script that we do not run. So a miss counts only where the page itself shows that it carries such places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote, unquote_to_bytes

from linkcheck import quote, uri
from linkcheck.judge.case import Case, Reason
from linkcheck.judge.untold import why_unsure
from linkcheck.model import Page, State, Verdict

REASONS = (
    Reason(
        "fragment-missing",
        (State.DRIFTED,),
        "The page answers, but the place on it that the address points to with `#…` is not there: a section, or with "
        "`#:~:text=` a passage. Other sections of the page do have such anchors, so no script is to blame. The "
        "section was renamed, taken out, or moved to another page.",
        "Look for the section on the page and correct the part after `#`. If it was taken out, cite a capture.",
    ),
)

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})

_DIRECTIVE = ":~:"
_LONGEST = 120
_LONGEST_HEADING = 200
_ENOUGH_OF_A_KIND = 3

# "/route", "!route", "?query", "page=3", "t=90", "xywh=0,0,9,9", "mediaviewer/File:A.jpg", "{json}": a script's own
# words, or those of a reader for PDF or video.
_NO_PLACE = re.compile(r"[/!?{(]|.*[=/&]|\.[\w-]{8,}\Z|_\Z|\d{1,3}:\d\d(?::\d\d)?\Z", re.DOTALL)
# Lines of code: "L10", "L10-L20", "L10C3-L12C5", "lines-3:9", "diff-a1b2…"; viewers mark them by script.
_CODE = re.compile(r"L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?|lines?-\d+(?:[:,-]\d+)*|diff-[0-9a-f]{8,}.*")
# What trackers, feeds and share buttons put there: "#ixzz1abc" (Tynt), "#sthash.Ab12", "#.Xyz" (AddThis) …
_TRACKERS = re.compile(r"(?:ixzz|sthash|utm_|xtor|at_|ns_|mtrref|intcmp|ftag|echobox|_?rss|ref|share)\b.*", re.I)
# The frame of a page, not what it says.
_FURNITURE = frozenset(
    {"top", "content", "main", "main-content", "maincontent", "bodycontent", "start-of-content", "page", "wrapper"}
    | {"header", "footer", "nav", "menu", "sidebar", "search", "home", "close", "share", "video", "gallery"}
    | {"comments", "comment", "respond", "disqus_thread"}
)
# Shown, or fetched, when a script finds the name in the address.
_SHOWN_BY_SCRIPTS = re.compile(
    r"(?:^|[-_])(?:modal|popup|tab|tabs|slide|slideshow|gallery|image|img|photo|picture|lightbox|overlay|panel|pane|"
    r"accordion|collapse|carousel|dialog|drawer|form|player|view)(?:$|[-_\d])",
    re.I,
)
# A thread shows some of its posts, and the rest on other pages or when one scrolls.
_POSTS = re.compile(
    r"(?:issue|review|discussion|pullrequestreview|event|li|div)?[-_]?(?:comment|post|reply|message|msg|answer|review|"
    r"thread|tweet|item|entry|discussion|c|p|r|m|a)s?[-_]?r?\d+.*",
    re.I,
)
_NUMBER = re.compile(r"\d+")
_SEPARATORS = re.compile(r"[\s_.:+-]+")
_DOT_CODED = re.compile(r"\.(?=[0-9A-F]{2})")


def rule(case: Case) -> Verdict | None:
    """``drifted`` where the place is surely not there, and the quotes, if any, are not found either."""
    if case.says_what_was_cited:
        return None
    missed = _missed(case)
    return case.verdict(State.DRIFTED, "fragment-missing", missed.words) if missed and missed.is_sure else None


def remark(case: Case) -> str:
    """`` It has no “#history”; a script may make it.``, or ""."""
    missed = _missed(case)
    if missed is None:
        return ""
    return f" {missed.words}" if missed.is_sure else f" {missed.words} A script may make it, so that tells nothing."


@dataclass(frozen=True, slots=True)
class _Missed:
    """A place that is not on the page, in words for evidence, and whether that is sure."""

    words: str
    is_sure: bool


def _missed(case: Case) -> _Missed | None:
    seen = case.observation
    page = seen.page
    written = uri.fragment(case.citation.url)
    if not written or page is None or not case.answered_well or not page.text or why_unsure(seen):
        return None
    if seen.media_type not in HTML_TYPES and (seen.media_type or not page.ids):
        return None
    if any(hop.fragment for hop in seen.hops):
        return None  # the server has named another place, and that is where readers are taken (RFC 9110 10.2.2)
    name, _, directive = written.partition(_DIRECTIVE)
    where = seen.final_url if case.was_redirected else "The page"
    for passage in _passages(directive):
        if not quote.find_all((passage,), page.text, notes=page.notes)[0].found:
            return _Missed(f"{where} does not hold the passage that the address points to: “{_cut(passage)}”.", True)
    if _is_no_place(name) or _is_there(name, page):
        return None
    why = _why_sure(unquote(name), page)
    words = f"{where} has no place called “#{_cut(unquote(name))}”"
    return _Missed(f"{words}, though {why}." if why else f"{words}.", bool(why))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"


# ---------------------------------------------------------------- text fragments


def _passages(directive: str) -> Iterable[str]:
    """The passages of ``text=prefix-,start,end,-suffix&text=…`` (WICG URL Fragment Text Directives) as quotes.

    ``start,end`` is a quote with an ellipsis. What stands before and after only tells like passages apart.
    """
    for part in directive.split("&"):
        kind, equals, value = part.partition("=")
        if kind != "text" or not equals:
            continue
        terms = value.split(",")
        if len(terms) > 1 and terms[0].endswith("-"):
            terms = terms[1:]
        if len(terms) > 1 and terms[-1].startswith("-"):
            terms = terms[:-1]
        passage = " … ".join(unquote(term) for term in terms)
        if 1 <= len(terms) <= 2 and quote.normalise(passage):
            yield passage


# ---------------------------------------------------------------- elements


def _is_no_place(name: str) -> bool:
    plain = unquote(name).strip()
    if not plain or plain.lower() in _FURNITURE:
        return True
    return any(pattern.fullmatch(plain) for pattern in (_CODE, _TRACKERS)) or bool(_NO_PLACE.match(plain))


def _is_there(name: str, page: Page) -> bool:
    """Whether an element has that id or name, or one that differs in spelling only, or a heading reads so.

    Letter case counts for browsers; but a section whose anchor is now in lower case has not gone.
    """
    plain = unquote(name)
    spellings = {name, plain, unquote_to_bytes(_DOT_CODED.sub("%", name)).decode("utf-8", "replace")}
    prefixed = {f"user-content-{spelling}" for spelling in spellings}  # GitHub and GitLab; a script leads there
    if not (spellings | prefixed).isdisjoint(page.ids):
        return True
    folded = {_folded(spelling) for spelling in spellings}
    if not folded.isdisjoint(map(_folded, page.ids)):
        return True
    lines = (line for line in page.text.split("\n") if len(line) <= _LONGEST_HEADING)
    return not folded.isdisjoint(_slug(line) for line in lines)


def _folded(name: str) -> str:
    return _SEPARATORS.sub("-", name.removeprefix("user-content-").casefold()).strip("-")


def _slug(heading: str) -> str:
    """A heading as an anchor is made from it: its words, without the number before and the mark after."""
    return "-".join(re.findall(r"\w+", re.sub(r"\A[\d.\s]+(?=\D)|[¶#§]\s*\Z|\[\w+\]\s*\Z", "", heading.casefold())))


def _why_sure(name: str, page: Page) -> str:
    """How the page shows that it carries such anchors without scripts, in words; "" where it does not."""
    if _POSTS.fullmatch(name) or _SHOWN_BY_SCRIPTS.search(name):
        return ""
    stem = _stem(name)
    others = sum(_stem(other) == stem for other in page.ids) if stem else 0
    if others >= _ENOUGH_OF_A_KIND:
        return f"{others} others there are named like it"
    if _NUMBER.search(name):
        return ""
    slugs = set(map(_slug, page.headings)) - {""}
    named = sum(slug in slugs for slug in {re.sub(r"\W+", "-", _folded(own)) for own in page.ids})
    return "its headings have such anchors" if named >= 2 else ""


def _stem(name: str) -> str:
    """What names of one kind begin with: ``os.path.`` of ``os.path.join``, ``section-`` of ``section-3.2``; or ""."""
    number = _NUMBER.search(name)
    if number is not None:
        return name[: number.start()]
    return name[: name.rfind(".") + 1]
