"""Which page deserves a second request, for an address beside it that nobody ever wrote. Pure and cheap.

Pages that say nothing odd of themselves are most of the web, and cost no extra request; nor do short ones: a sibling
alone would not make them dead, and many a live page is short.
"""

from __future__ import annotations

import re

from linkcheck import uri
from linkcheck.model import Page
from linkcheck.signs.closed import closing_words, ended_words, notices, placeholder_words
from linkcheck.signs.parking import LONGEST as LONGEST_PARKED
from linkcheck.signs.parking import default_page, offers_name
from linkcheck.signs.phrases import apologises, first_that_says_so

LITTLE = 600
"""Characters of text. Of the error pages that were gathered nine in ten have fewer, menus included."""

_SOME = 4_000
_LONGEST_BLOCK = 250
_OPENING = 12
_SENTENCE = re.compile(r"[.!?…][\"'”’»)]*(?:\s|$)|[。！？]")
_FEWEST_WORDS = 8
_TALK = 40
_LONG_WORD = 4
_ENOUGH_WORDS = 3


def deserves_sibling(uri_r: str, final_url: str, page: Page | None) -> bool:
    """Whether the answer to a 2xx may be a "not found" in disguise, so that a random sibling should be asked for.

    Args:
        uri_r: what was cited; the root of a site is never a soft 404 (Bar-Yossef et al. 2004).
        final_url: where redirects led.
        page: what was found there; None for images, PDF and the like.
    """
    if uri.is_root(uri_r):
        return False
    if uri.bare_host(final_url) == uri.bare_host(uri_r) and (uri.is_root(final_url) or leads_up(uri_r, final_url)):
        return True
    if page is None:
        return False
    if says_little(page) and any(apologises(line) for line in page.text.split("\n")[:_OPENING]):
        return True
    if says_little(page) and not page.filled_by and is_unlike_its_name(uri_r, page):
        return True
    if ("noindex" in page.robots and has_no_article(page)) or points_home(page, final_url):
        return True
    return bool(first_that_says_so((*(page.titles or (page.title,)), *page.headings[:2]))) or may_be_nobodys(
        page, final_url
    )


def is_unlike_its_name(uri_r: str, page: Page) -> bool:
    """Whether a page has none of the words of the cited address, where those are enough to tell.

    In a language that nobody gathered an error page looks like that. It may also be a translation.
    """
    name = uri.path(uri_r).rstrip("/").rpartition("/")[2].lower()
    words = [word for word in re.findall(r"[a-z]+", name) if len(word) >= _LONG_WORD]
    shown = " ".join((*page.titles, page.text)).lower()
    return len(words) >= _ENOUGH_WORDS and not any(word in shown for word in words)


def may_be_nobodys(page: Page, final_url: str) -> bool:
    """Whether a page looks like a notice, an offer or a welcome that every address of its host would show."""
    if page.published or len(page.text) > 2 * LONGEST_PARKED:
        return False
    if default_page(page) or placeholder_words(page):
        return True
    if len(page.text) <= LONGEST_PARKED and offers_name((*page.titles, *page.headings, *page.text.split("\n")[:6])):
        return True
    return bool(ended_words(page) or closing_words(page, uri.host(final_url)) or next(notices(page), None))


def is_an_error_page(page: Page) -> bool:
    """Whether a page says that it is none, and next to nothing else, or is a server's welcome.

    For copies and neighbours: archives keep soft 404s, and frozen sites answer with 200 what they have not.
    """
    if default_page(page):
        return True
    said = first_that_says_so((*page.titles, *page.headings[:2]))
    return bool(said) and not page.published and has_no_article(page) and not holds_talk(page)


def holds_talk(page: Page) -> bool:
    """Whether a short page has sentences beside those that say so: threads are called "Page not found" as well.

    Of 57 error pages in as many languages none has more than 25 words of them; the shortest thread has 57.
    """
    lines = [line for line in page.text.split("\n") if _SENTENCE.search(line) and not apologises(line)]
    counts = (len(line.split()) if " " in line else len(line) // 2 for line in lines)
    return sum(count for count in counts if count >= _FEWEST_WORDS) >= _TALK


def says_little(page: Page) -> bool:
    """Whether there is next to no text on a page."""
    return len(page.text) < LITTLE


def has_no_article(page: Page) -> bool:
    """Whether there is next to no text, or only menus: a few thousand characters without one long block."""
    if says_little(page):
        return True
    return len(page.text) < _SOME and max(map(len, page.text.split("\n"))) < _LONGEST_BLOCK


def points_home(page: Page, final_url: str) -> bool:
    """Whether a deep page calls the root of its own site its canonical address."""
    named = [url for url in (page.canonical, page.og_url) if url]
    same_site = [url for url in named if uri.bare_host(url) == uri.bare_host(final_url)]
    return not uri.is_root(final_url) and any(uri.is_root(url) for url in same_site)


def leads_up(uri_r: str, final_url: str) -> bool:
    """Whether redirects led from a page to a directory above it: ``/news/2024/a-story`` to ``/news/``.

    Not where what was dropped is a view of the same page (``/amp``, ``/2``, ``/comments``) or no name of a page at all.
    """
    before = [part for part in uri.path(uri_r).split("/") if part]
    after = [part for part in uri.path(final_url).split("/") if part]
    if not after or len(after) >= len(before) or before[: len(after)] != after or uri.query(final_url):
        return False
    name = before[-1].rpartition(".")[0] or before[-1]
    return name.lower() not in _VIEWS and (("-" in name or "_" in name) and len(name) >= _SHORTEST_NAME)


_SHORTEST_NAME = 8
_VIEWS = frozenset(
    ["all-pages", "full-text", "print-version", "printer-friendly", "single-page", "table-of-contents", "read-more"]
)
