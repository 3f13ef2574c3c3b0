"""A page that asks for consent to cookies, in the place of the source."""

from __future__ import annotations

from linkcheck import uri
from linkcheck.judge.case import Case, Reason
from linkcheck.model import Page, State, Verdict
from linkcheck.signs.consent import asks_for_consent, has_consent_part, is_consent_host, is_consent_title

REASONS = (
    Reason(
        "consent-wall",
        (State.BLOCKED,),
        "A page that asks for consent to cookies was shown in place of the source, as some sites do to readers in "
        "Europe. Whether the source is behind it cannot be told.",
        "Open it in a browser and answer the page. If it is there, note the date and keep a capture, or run from a "
        "country where the page is not shown.",
    ),
)

_LONGEST = 2_500
_MOST_LINKS = 25
"""Such pages name their partners and their terms; pages with a banner have a menu and a text beside it."""


def rule(case: Case) -> Verdict | None:
    """``blocked`` where redirects end on a page that asks for consent, or where the page holds nothing else.

    A banner on a page is no wall: the words stand in the page below it.
    """
    seen = case.observation
    if not case.answered_well or case.shows_what_was_cited:
        return None
    if is_consent_host(uri.host(seen.uri_r)) or has_consent_part(uri.path(seen.uri_r)):
        return None
    if is_consent_host(uri.host(seen.final_url)) or (seen.hops and _led_there(case)):
        evidence = f"It leads to a page that asks for consent to cookies: {seen.final_url}."
    elif seen.page is not None and _is_all_of(seen.page):
        evidence = f"{case.host} shows a page that asks for consent to cookies, and nothing else."
    else:
        return None
    return case.verdict(State.BLOCKED, "consent-wall", f"{evidence} The source may well be behind it.")


def _led_there(case: Case) -> bool:
    """Whether the address and the page agree: an article may be called ``/law/consent``."""
    seen = case.observation
    if not has_consent_part(uri.path(seen.final_url)):
        return False
    carried = uri.path(seen.uri_r).rstrip("/").rpartition("/")[2].lower()
    goes_on = bool(carried) and carried in uri.query(seen.final_url).lower()
    return goes_on or (seen.page is not None and (_is_all_of(seen.page) or asks_for_consent(seen.page.text)))


def _is_all_of(page: Page) -> bool:
    if len(page.text) > _LONGEST or page.links > _MOST_LINKS:
        return False
    if is_consent_title(page.title):
        return "cookie" in page.text.lower() or "consent-banner" in page.marks
    return asks_for_consent(page.text) and len(page.text) <= _LONGEST // 2 and "consent-banner" in page.marks
