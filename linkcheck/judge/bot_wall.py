"""A bot wall answered in the source's place. Whatever its status, it says nothing of the source."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from linkcheck import uri
from linkcheck.judge.case import Case, Reason
from linkcheck.model import Observation, Page, State, Verdict
from linkcheck.signs.sign import Sign, by_name, compiled, has_headers
from linkcheck.signs.walls import LONGEST_TEXT, OF_EMPTINESS, OF_PAGES, WITHOUT_PAGE

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


_WAITING = re.compile(r"(?:loading|please wait|one moment|redirecting|verifying|checking)\b[\s.!…]*", re.I)


def rule(case: Case) -> Verdict | None:
    """``blocked`` where every feature of one sign of a vendor is there, and the quotes are not.

    At 404 and 410 only a sign that nobody but the wall itself can give (a header) is believed: then the site was not
    asked, and its page may live. What a page looks like is not enough there, for error pages are as short as walls.
    """
    seen = case.observation
    if seen.status is None or case.says_what_was_cited:
        return None
    found = wall_of(seen)
    if found is None:
        return None
    vendor, sign = found
    evidence = f"{vendor} answered in place of {case.host} and wants to see a browser: status {seen.status}"
    return case.verdict(State.BLOCKED, "bot-wall", f"{evidence}, {sign.named}. The page may well be there.")


def wall_of(seen: Observation) -> tuple[str, Sign] | None:
    """Whose wall an answer is, and the sign that shows it; None where it is none."""
    fields = by_name(seen.headers)
    host = uri.host(seen.final_url)
    for vendor, sign in _worth_trying(seen):
        if _shows(sign, seen, fields, host):
            return vendor, sign
    return None


def _worth_trying(seen: Observation) -> Sequence[tuple[str, Sign]]:
    if _is_empty(seen):
        return OF_EMPTINESS
    return WITHOUT_PAGE if seen.page is not None and len(seen.page.text) > LONGEST_TEXT else OF_PAGES


def _shows(sign: Sign, seen: Observation, fields: Mapping[str, Sequence[str]], host: str) -> bool:
    """Whether everything that the sign asks for is there. ``fields``: header values by lower-case name."""
    if seen.status in (404, 410) and not sign.certain:
        return False
    if sign.statuses and seen.status not in sign.statuses:
        return False
    # The quickest first: this is asked of every short page, and nearly all signs fall by these.
    if sign.marks and (seen.page is None or sign.marks.isdisjoint(seen.page.marks)):
        return False
    if sign.hosts and not any(host == name or host.endswith(f".{name}") for name in sign.hosts):
        return False
    if sign.headers and not has_headers(sign, fields):
        return False
    if sign.address and not compiled(sign.address).search(seen.final_url):
        return False
    if sign.empty:
        return True
    return not sign.asks_for_a_page or _page_shows(sign, seen)


def _is_empty(seen: Observation) -> bool:
    """Whether a success came without content; 204 to 206 say of themselves why."""
    return seen.status in (200, 202) and not seen.length and seen.page is None


def _page_shows(sign: Sign, seen: Observation) -> bool:
    page = seen.page
    if page is None:
        # What is no text (PDF, images) is no wall.
        return sign.may_be_empty and not (seen.length and (seen.status or 0) < 300)
    if len(page.text) > sign.longest_text or page.links > sign.most_links:
        return False
    if sign.noindex and "noindex" not in page.robots:
        return False
    if sign.title and not compiled(sign.title).search(page.title):
        return False
    if not all(compiled(pattern).search(page.text) for pattern in sign.text):
        return False
    if sign.ids and sign.ids.isdisjoint(page.ids):
        return False
    return not sign.alone or _is_alone(sign, page)


def _is_alone(sign: Sign, page: Page) -> bool:
    """Whether the page holds nothing but the wall's own: a shell that scripts fill has a title and scripts of its own.

    The address of the page as its title is what DataDome writes there.
    """
    if page.links or " " in page.title or (page.title and "." not in page.title):
        return False
    if page.text and not _WAITING.fullmatch(page.text):
        return False
    return all(sign.embeds and compiled(sign.embeds).search(address) for address in page.embeds)
