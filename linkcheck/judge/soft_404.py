"""A "not found" that the server calls a success: a soft 404. Only by two signals that are independent of each other.

What counts as one signal, and why:

* **words**: title or heading say that there is no such page. Title and heading together are one: one template has both.
* **no article**: next to no text, or nothing but menus. Another author's doing than the words: an article that is
  called "Page not found" has an article under it. It counts only beside words; by itself it is a short page, and alive.
* **noindex** on a page without an article: the site keeps it out of search engines.
* **sibling**: an address beside it that nobody ever wrote is answered with the same text or leads to the same place
  (Bar-Yossef et al. 2004), or the host's own 404 page has this text. By itself it may be a site that reads a number in
  the path and no further, or one page that answers to every name.
* **address**: redirects, the canonical address or og:url lead to an error page, to the root, or to a section's list.
* **apology**: the text of a short page begins as error pages do; weaker than words, for comments and handbooks do too.

So title and heading "Page not found" over nothing are two signals (words, no article) even where the sibling gets an
honest 404: that is how sites look which took articles away and left the shell. A cited address or title that speaks of
errors itself takes the words away: the article "HTTP 404" is about them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from linkcheck import uri
from linkcheck.judge.case import Case, Reason
from linkcheck.judge.error_page import is_error_address
from linkcheck.model import Page, State, Verdict
from linkcheck.signs import suspicion
from linkcheck.signs.phrases import apologises, first_that_says_so, is_about_errors, is_empty_search, may_be_a_name

REASONS = (
    Reason(
        "soft-404",
        (State.DEAD,),
        "The server calls it a success, but at least two things show that the page is its way to say “not found”: the "
        "words of title or heading, a page without an article, the same answer to an address that nobody ever wrote, a "
        "redirect or a canonical address that leads to an error page or away from the page.",
        "Open it in a browser. Then look for the page on the site, or cite a capture of it.",
    ),
    Reason(
        "soft-404-suspected",
        (State.FAILING,),
        "One thing suggests that the page is gone and that the server does not say so; one alone is not enough.",
        "Open it in a browser. If what you cite is not there, look for it on the site, or cite a capture of it.",
    ),
)

_ALIKE = 0.8
"""Jaccard of three-word shingles from which two answers are one page: error pages echo what they were asked for."""

_LONGEST = 4_000
"""Characters, above which a page that only its title calls "not found" is taken for an article about that."""

_OPENING = 12
_A_NAME = 40
"""Characters of a page that says "404", where to go, and no more."""

_STABLE_ID = re.compile(r"\d{5}|[0-9a-f]{12}", re.I)


@dataclass
class _Signals:
    """What was found, by name, in words for people."""

    found: dict[str, str] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return name in self.found

    def any_of(self, *names: str) -> bool:
        return any(name in self.found for name in names)

    def in_words(self) -> str:
        *most, last = self.found.values()
        return f"{', '.join(most)} and {last}" if most else last


def sure(case: Case) -> Verdict | None:
    """``dead`` by two signals."""
    signals = _signals(case)
    if not (
        ("words" in signals and signals.any_of("bare", "noindex", "sibling", "address", "up"))
        or ("sibling" in signals and signals.any_of("noindex", "address", "up", "apology", "search"))
        or ("apology" in signals and signals.any_of("noindex", "address", "search"))
    ):
        return None
    evidence = f"{case.host} calls it a success ({case.observation.status}), but {signals.in_words()}."
    return case.verdict(State.DEAD, "soft-404", f"{evidence}{case.last_seen_in_words()}")


def unsure(case: Case) -> Verdict | None:
    """``failing`` by one, where that one is more than a page without many words."""
    signals = _signals(case)
    page = case.observation.page
    length = len(page.text) if page else 0
    if case.shows_what_was_cited or not (
        ("words" in signals and length < _LONGEST)
        or "up" in signals
        or ("sibling" in signals and page is not None and suspicion.says_little(page))
        or signals.any_of("apology", "search")
    ):
        return None
    evidence = f"It answers {case.observation.status}, but {signals.in_words()}."
    return case.verdict(State.FAILING, "soft-404-suspected", f"{evidence}{case.last_seen_in_words()}")


def _signals(case: Case) -> _Signals:
    seen, page = case.observation, case.observation.page
    signals = _Signals()
    if (
        not case.answered_well
        or case.says_what_was_cited
        or case.is_an_article_of_that_name
        or uri.is_root(seen.uri_r)
        or uri.is_root(seen.final_url)
    ):
        return signals
    found = signals.found
    own_words = f"{uri.path(seen.uri_r)} {uri.query(seen.uri_r)} {case.citation.title}"
    about_errors = is_about_errors(own_words)
    if page is not None:
        titles = (*page.titles, *([page.title] if page.title not in page.titles else ()), *page.headings[:2])
        bare = suspicion.has_no_article(page)
        article = bool(page.published) and not bare
        said = "" if about_errors or article else first_that_says_so(titles)
        if said and may_be_a_name(said) and not _has_words_for_it(page):
            said = ""
        if not said and not about_errors and suspicion.says_little(page) and not is_about_errors(" ".join(titles)):
            said = next((heading for heading in page.headings[:1] if _says_so(heading)), "")
        if said:
            found["words"] = f"it is called “{said[:120]}”"
        elif not about_errors and suspicion.says_little(page) and not is_about_errors(" ".join(titles)):
            lines = page.text.split("\n")[:12]
            if line := next((line for line in lines if _says_so(line)), ""):
                found["apology"] = f"it says “{line[:120]}”"
        if suspicion.says_little(page) and is_empty_search(titles, page.text) and not is_search(seen.uri_r):
            found["search"] = "it is a search that found nothing"
        if bare and "noindex" in page.robots:
            found["noindex"] = "it holds no article and asks search engines to leave it out"
        elif bare and "words" in signals and not suspicion.holds_talk(page):
            found["bare"] = "there is no article on it"
    if _sibling_is_alike(case, with_words="words" in signals):
        same = 200 <= seen.sibling_status < 300
        found["sibling"] = (
            "an address beside it that nobody ever wrote gets the same answer"
            if same
            else f"it is the page that {case.host} shows with status {seen.sibling_status}"
        )
    if not about_errors and (words := _points_elsewhere(case)):
        found["address"] = words
    if seen.hops and suspicion.leads_up(seen.uri_r, seen.final_url):
        found["up"] = f"the address leads to the directory above it, {seen.final_url}"
    return signals


def _has_words_for_it(page: Page) -> bool:
    """Whether a page that is called "404" or "Not found" says it in other words as well, or says nothing else."""
    lines = [line for line in page.text.split("\n") if line.strip()]
    said = (*page.titles, *page.headings[:2], *lines[:_OPENING])
    return len(page.text) < _A_NAME or any(_says_so(each) for each in said)


def _says_so(line: str) -> bool:
    return apologises(line) and not may_be_a_name(line)


def _sibling_is_alike(case: Case, *, with_words: bool) -> bool:
    seen, page = case.observation, case.observation.page
    if not seen.sibling_status:
        return False
    if 200 <= seen.sibling_status < 300 and seen.hops and seen.sibling_url == seen.final_url:
        return True
    if seen.sibling_likeness < _ALIKE or page is None:
        return False
    if with_words:
        return True
    # The shell of an application is the same for every page of it; "/articles/12345/any-name" leads to article 12345.
    directory = uri.path(seen.uri_r).rstrip("/").rpartition("/")[0].rpartition("/")[2]
    return page.filled_by != "scripts" and not _STABLE_ID.search(directory)


def _points_elsewhere(case: Case) -> str:
    """That a redirect, the canonical address or og:url names an error page, or a canonical one the root; in words."""
    seen, page = case.observation, case.observation.page
    if seen.hops and is_error_address(seen.final_url):
        return f"the address leads to {seen.final_url}"
    if page is None:
        return ""
    for named in (page.canonical, page.og_url):
        if named and is_error_address(named):
            return f"it names {named} as its own address"
    if suspicion.points_home(page, seen.final_url):
        return "it names the front page as its own address"
    return ""


_SEARCHES = re.compile(
    r"(?:^|[?&])(?:q|s|query|search|keywords?|term)=|/search|/suche|/recherche|/buscar|/busca|/zoeken", re.I
)


def is_search(url: str) -> bool:
    """Whether an address is obviously that of a search."""
    return bool(_SEARCHES.search(f"{uri.path(url)}?{uri.query(url)}"))
