"""Which page deserves a second request, for an address beside it that nobody ever wrote. Pure and cheap.

Pages that say nothing odd of themselves are most of the web, and cost no extra request; nor do short ones: a sibling
alone would not make them dead, and many a live page is short.
"""

from __future__ import annotations

from linkcheck import uri
from linkcheck.model import Page
from linkcheck.signs.phrases import apologises, first_that_says_so

LITTLE = 600
"""Characters of text. Of the error pages that were gathered nine in ten have fewer, menus included."""

_SOME = 4_000
_LONGEST_BLOCK = 250
_OPENING = 12


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
    if ("noindex" in page.robots and has_no_article(page)) or points_home(page, final_url):
        return True
    return bool(first_that_says_so((*(page.titles or (page.title,)), *page.headings[:2])))


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
