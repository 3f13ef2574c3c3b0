"""Somebody else's site under the old address: the domain ran out, was bought, and serves another trade.

Wikipedia marks such sources ``usurped``. The page must be unlike its capture in everything: in language, title and
text. That alone would also be true of a translation, and of a firm that was bought; so it must speak, in its title or
headings too, of a trade that lapsed domains are bought for, and the capture must not have. A page that changed in less
is left to ``text-drift``: the capture says the same to an editor, and nobody is called dead who is not.
"""

from __future__ import annotations

import re

from linkcheck import uri
from linkcheck.judge.case import Case, Reason
from linkcheck.judge.text_drift import far_from_capture
from linkcheck.model import Page, State, Verdict
from linkcheck.signs import languages, trades

REASONS = (
    Reason(
        "domain-taken-over",
        (State.DEAD,),
        "The page is unlike its capture in language, title and text, and sells what lapsed domains are bought to sell "
        "(gambling, drugs, loans, sex, counterfeits). The domain seems to have passed to somebody else.",
        "Cite the capture, and take the live link away: it sends readers to strangers.",
    ),
)

NEXT_TO_NOTHING = 0.1
"""Of pages of two different sites, 98 in 100 share less (docs/drift.md)."""

_WORD = re.compile(r"[^\W\d_]{3,}")
_LONGEST = 120


def rule(case: Case) -> Verdict | None:
    """``dead`` where nothing of the capture is left and another trade stands in its place. No capture, no opinion."""
    then, page = far_from_capture(case), case.observation.page
    if then is None or page is None or then.likeness >= NEXT_TO_NOTHING or case.shows_what_was_cited:
        return None
    language = languages.spoken(page.text, page.language)
    if not language or not then.language_then or languages.kindred(language, then.language_then):
        return None
    if not then.title_then or not page.titles or _named_alike(case, then.title_then, page):
        return None
    trade = trades.of(" \n".join((*page.titles, *page.headings)), page.text)
    before = " ".join((then.title_then, *then.removed, case.citation.title, case.citation.context, case.citation.url))
    if trade is None or trades.mentions(trade.name, before):
        return None
    evidence = (
        f"Nothing is left of what was captured on {then.captured_at.date()}, “{then.title_then[:_LONGEST]}”: the page "
        f"is now called “{page.title[:_LONGEST]}”, is in another language ({then.language_then} then, {language} now) "
        f"and speaks of {trade.name} ({', '.join(trade.words)}). {case.host} seems to belong to somebody else now."
    )
    return case.verdict(State.DEAD, "domain-taken-over", evidence)


def _named_alike(case: Case, title_then: str, page: Page) -> bool:
    """Whether the titles have a word in common; the host's own name does not count, for whoever buys it uses it."""
    host = uri.host(case.observation.uri_r).replace("-", "")
    before, after = (
        {word for word in _WORD.findall(text.casefold()) if word not in host}
        for text in (title_then, " ".join((*page.titles, *page.headings)))
    )
    return bool(before & after)
