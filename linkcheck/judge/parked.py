"""A parked domain: the name is registered, for sale or full of advertisements, and the site that was cited is gone.

Two signals out of: a parker's script or mark in the page, a redirect to a parker, an offer of the name in title,
heading or opening, the site's own name as the whole title, "related searches", an address from which parkers serve, and
that nothing else is on the page. An address alone is none: registrars serve live pages from the same ones. What a page
says counts for nothing where its sibling is another page: nobody parks one address alone.
"""

from __future__ import annotations

from linkcheck import uri
from linkcheck.judge.case import Case, Reason
from linkcheck.model import Page, State, Verdict
from linkcheck.signs import parking
from linkcheck.signs.phrases import is_about_closings

REASONS = (
    Reason(
        "parked-domain",
        (State.DEAD,),
        "The domain is parked: what answers offers the name for sale, lists advertisements, or is the page that a web "
        "server shows where no site was set up. The site that was cited is gone from there.",
        "Cite a capture from before. Do not send readers there: such domains are often taken over by others.",
    ),
)

_NEXT_TO_NOTHING = 300
_OPENING = 6


def rule(case: Case) -> Verdict | None:
    """``dead`` by two signals; a domain trader's own pages are live."""
    seen, page = case.observation, case.observation.page
    if (
        not case.answered_well
        or case.says_what_was_cited
        or case.is_an_article_of_that_name
        or parking.is_parker(uri.host(seen.uri_r))
    ):
        return None
    one_of_many = case.has_another_sibling
    if page is not None and not (one_of_many or uri.is_root(seen.uri_r)) and (title := parking.default_page(page)):
        evidence = f"{case.host} shows “{title[:120]}”, the page of a web server where no site was set up."
        return case.verdict(State.DEAD, "parked-domain", f"{evidence}{case.last_seen_in_words()}")
    if page is not None and len(page.text) > parking.LONGEST:
        return None
    ours = _ours(case)
    words = [] if page is None or (one_of_many and not ours) else _words(case, page)
    if len(ours) + len(words) < 2 or not (ours or "offer" in dict(words)):
        return None
    told = [*ours, *(sentence for _, sentence in words)]
    evidence = f"The domain {uri.host(seen.uri_r)} is parked: {', '.join(told[:-1])} and {told[-1]}."
    return case.verdict(State.DEAD, "parked-domain", f"{evidence}{case.last_seen_in_words()}")


def _ours(case: Case) -> list[str]:
    """What only parkers have."""
    seen, page = case.observation, case.observation.page
    found = []
    if parking.is_parker(uri.host(seen.final_url)):
        found.append(f"it leads to {uri.host(seen.final_url)}, which trades in domains")
    if page is None:
        return found
    if script := parking.parking_script(page):
        found.append(f"it loads {uri.host(script)}")
    elif parking.MARKS & set(page.marks):
        found.append("its markup is that of a parking page")
    if page.canonical and parking.is_parker(uri.host(page.canonical)):
        found.append(f"it names {uri.host(page.canonical)} as its own address")
    return found


def _words(case: Case, page: Page) -> list[tuple[str, str]]:
    """What the page says, and what speaks for it, by name."""
    seen = case.observation
    found = []
    lines = (*page.titles, *page.headings, *page.text.split("\n")[:_OPENING])
    if not is_about_closings(f"{uri.path(seen.uri_r)} {case.citation.title}") and not page.published:
        if offer := parking.offers_name(lines):
            found.append(("offer", f"it says “{offer[:120]}”"))
        if parking.lists_searches(page.text):
            found.append(("searches", "it lists searches in place of pages"))
    names = {uri.bare_host(seen.uri_r), uri.bare_host(seen.final_url)}
    if any(title.lower().strip(" .").removeprefix("www.") in names for title in page.titles):
        found.append(("name", "the domain is all its title"))
    if parking.is_parking_address(seen.address):
        found.append(("address", f"parkers serve from its address {seen.address}"))
    if len(page.text) < _NEXT_TO_NOTHING:
        found.append(("bare", "nothing else is on it"))
    return found
