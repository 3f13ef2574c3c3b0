"""The page answers, but it is another one than the citation names.

Titles change, are cut, translated and cited from memory; so one word of it anywhere near the top of the page, or in
its address, is enough to say nothing.
"""

from __future__ import annotations

import re

from linkcheck import uri
from linkcheck.judge import page_date
from linkcheck.judge.case import Case, Reason
from linkcheck.judge.fragment_missing import HTML_TYPES
from linkcheck.judge.untold import why_unsure
from linkcheck.judge.words import content_words, held, language, script
from linkcheck.model import Citation, Page, State, Verdict

REASONS = (
    Reason(
        "title-mismatch",
        (State.DRIFTED,),
        "The page answers, but it is called something else than the source that is cited, and no word of that title "
        "stands in its own titles, its headings, its address or its beginning. Probably another page has taken the "
        "place of the cited one.",
        "Open it, and see whether it is the source. If it is, correct the title of the citation; if not, look for the "
        "source elsewhere or cite a capture.",
    ),
)

_TOP = 3_000
"""Characters of the text in which a word of the title may stand."""
_FEWEST_WORDS = 2
_LONGEST = 120
_WORDS_OF_A_PATH = re.compile(r"[^\W_]+")
_STABLE_ID = re.compile(r"(?<![0-9a-z])(?:[a-z]?\d{4,}|[0-9a-f]{12,})(?![0-9a-z])", re.I)
_DAY = re.compile(r"/(?:19|20)\d\d(?:/\d\d?)*(?=/)|(?:19|20)\d\d-\d\d-\d\d")
_TEMPORARY = frozenset({302, 303, 307})


def rule(case: Case) -> Verdict | None:
    """``drifted`` where nothing of the cited title is found on a page in the same language that is known whole."""
    page = _comparable(case)
    if page is None or any(match.found for match in case.quotes):
        return None
    cited = case.citation.title
    wanted = content_words(cited)
    if len(wanted) < _FEWEST_WORDS or not _speaks_the_same(case.citation, page) or held(wanted, _names(case, page)):
        return None
    dated_later = page_date.after_it_was_cited(case)
    if held(wanted, page.text[:_TOP]) and not dated_later:
        return None
    where = case.observation.final_url if case.was_redirected else "The page"
    evidence = f"{where} is called “{_cut(page.title or page.titles[0])}”, and nothing there speaks of “{_cut(cited)}”."
    return case.verdict(State.DRIFTED, "title-mismatch", f"{evidence}{page_date.remark(case)}")


def remark(case: Case) -> str:
    """`` It is called “A”, the citation says “B”.``, or "" where the titles agree by half or nothing can be said."""
    page = _comparable(case)
    if page is None or case.shows_what_was_cited:
        return _led_elsewhere(case)
    cited = case.citation.title
    wanted = content_words(cited)
    if not wanted or 2 * held(wanted, f"{_names(case, page)} {page.text[:_TOP]}") >= len(wanted):
        return ""
    return f" It is called “{_cut(page.title or page.titles[0])}”, the citation says “{_cut(cited)}”."


def _comparable(case: Case) -> Page | None:
    """The page, where there is a title to hold against titles of its own."""
    seen = case.observation
    page = seen.page
    if page is None or not case.citation.title or not case.answered_well or not page.text or why_unsure(seen):
        return None
    is_html = seen.media_type in HTML_TYPES or not seen.media_type
    return page if is_html and (page.title or page.titles) else None


def _names(case: Case, page: Page) -> str:
    """All that the page is called, its address included."""
    address = " ".join(_WORDS_OF_A_PATH.findall(uri.path(case.observation.final_url)))
    return " . ".join((*page.titles, page.title, *page.headings, address))


def _speaks_the_same(citation: Citation, page: Page) -> bool:
    """Whether title and page are surely in one language: a translated title is no other title.

    A title of names tells no language. Then the quotes or the words around the citation must be in that of the page.
    """
    cited = citation.title
    top = page.text[:_TOP]
    if script(cited) != script(f"{page.title} {top}"):
        return False
    spoken = language(cited) or language(" ".join((*citation.quotes, citation.context)), least=3)
    of_page = page.language.lower().partition("-")[0].partition("_")[0] or language(top, least=5)
    return bool(spoken) and spoken == of_page


def _led_elsewhere(case: Case) -> str:
    """A remark where a temporary redirect led to a page that shares neither name nor number with the cited address.

    No more than that: the page may be a translation, or where the site keeps what it has renamed.
    """
    seen = case.observation
    if not seen.hops or seen.hops[0].status not in _TEMPORARY or not case.answered_well or case.says_what_was_cited:
        return ""
    page = seen.page
    before, after = uri.path(seen.uri_r), uri.path(seen.final_url)
    wanted = content_words(" ".join(_WORDS_OF_A_PATH.findall(before.rstrip("/").rpartition("/")[2])))
    if len(wanted) < _FEWEST_WORDS or _ids(before) & _ids(f"{after}?{uri.query(seen.final_url)}"):
        return ""
    names = (*page.titles, page.title, *page.headings, page.text[:_TOP]) if page is not None else ()
    if page is None or held(wanted, " . ".join((*names, " ".join(_WORDS_OF_A_PATH.findall(after))))):
        return ""
    called = f", called “{_cut(page.title)}”" if page.title else ""
    return f" It leads for now to another page{called}: nothing in it is named like the cited address."


def _ids(path: str) -> set[str]:
    """What may be a stable id in an address: a number or a hash, no date."""
    return {match.lower() for match in _STABLE_ID.findall(_DAY.sub("/", path))}


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"
