"""A bot wall answered in the source's place. Whatever its status, it says nothing of the source."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from linkcheck.judge.case import Case, Reason
from linkcheck.model import Observation, State, Verdict
from linkcheck.signs.walls import WALLS, Sign

REASONS = (
    Reason(
        "bot-wall",
        (State.BLOCKED,),
        "A service that keeps programs out answered in place of the site, and wants to see a browser or a person. "
        "Whether the source is there cannot be told.",
        "Open it in a browser. If it is there, note the date and keep a capture (ArchiveWeb.page makes one in the "
        "browser); linkcheck does not pretend to be a person.",
    ),
)


def rule(case: Case) -> Verdict | None:
    """``blocked`` where every feature of one sign of a vendor is there, and the quotes are not.

    At 404 and 410 only a sign that nobody but the wall itself can give (a header) is believed: then the site was not
    asked, and its page may live. What a page looks like is not enough there, for error pages are as short as walls.
    """
    seen = case.observation
    if seen.status is None or case.says_what_was_cited:
        return None
    fields: dict[str, list[str]] = {}
    for name, value in seen.headers:
        fields.setdefault(name.lower(), []).append(value)
    for vendor, signs in WALLS.items():
        for sign in signs:
            if _shows(sign, seen, fields):
                evidence = f"{vendor} answered in place of {case.host} and wants to see a browser: status {seen.status}"
                named = f", {sign.named}" if sign.named else ""
                return case.verdict(State.BLOCKED, "bot-wall", f"{evidence}{named}. The page may well be there.")
    return None


def _shows(sign: Sign, seen: Observation, fields: Mapping[str, Sequence[str]]) -> bool:
    """Whether everything that the sign asks for is there. ``fields``: header values by lower-case name."""
    if seen.status in (404, 410) and not sign.certain:
        return False
    if sign.statuses and seen.status not in sign.statuses:
        return False
    for name, pattern in sign.headers:
        if not any(re.search(pattern, value, re.I) for value in fields.get(name, ())):
            return False
    return not sign.asks_for_a_page or _page_shows(sign, seen)


def _page_shows(sign: Sign, seen: Observation) -> bool:
    page = seen.page
    if page is None:
        return sign.may_be_empty
    if len(page.text) > sign.longest_text:
        return False
    if sign.noindex and "noindex" not in page.robots:
        return False
    if sign.title and not re.search(sign.title, page.title, re.I):
        return False
    if not all(re.search(pattern, page.text, re.I) for pattern in sign.text):
        return False
    return not sign.ids or bool(sign.ids & set(page.ids))
