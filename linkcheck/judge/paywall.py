"""The source is there for those who pay. What it says cannot be told."""

from __future__ import annotations

import re

from linkcheck import uri
from linkcheck.judge.case import Case, Reason
from linkcheck.model import State, Verdict

REASONS = (
    Reason(
        "paywall",
        (State.BLOCKED,),
        "The site shows the source to those who pay: it says so by its status (402), leads to a page where one "
        "subscribes, or shows so little that a quote cannot be looked for. Whether the source is there, or says what "
        "is quoted, cannot be told.",
        "Open it with a subscription. Consider citing a free copy beside it: many readers cannot follow this one.",
    ),
)

_NAMES = frozenset(
    {"subscribe", "subscription", "subscriptions", "paywall", "subscribe-now", "digital-subscription", "meteredpaywall"}
    | {"abo", "abos", "abonnement", "abonnements", "abonnieren", "s-abonner", "sabonner", "abonneren", "prenumerera"}
    | {"suscripcion", "suscripciones", "suscribete", "abbonamenti", "abbonati", "assine", "assinatura", "offres-abo"}
)
_HOSTS = frozenset(
    {"subscribe", "subscription", "subscriptions", "abo", "abos", "abonnement", "abonnements", "paywall"}
)
_SHORTEST_SLUG = 15
_A_TEASER = 200
"""Characters: a headline and a sentence. With more, the page is there, and the rest of it is for those who pay."""


def rule(case: Case) -> Verdict | None:
    """``blocked`` by status (RFC 9110 15.5.3), or by redirects that end where one subscribes."""
    seen = case.observation
    if seen.status == 402:
        where = f" at {seen.final_url}" if case.was_redirected else ""
        return case.verdict(
            State.BLOCKED, "paywall", f"{case.host} wants to be paid{where}: status 402 (payment required)."
        )
    if not seen.hops or not case.answered_well or case.shows_what_was_cited:
        return None
    if is_offer(seen.uri_r) or not is_offer(seen.final_url) or not _names_an_article(seen.uri_r):
        return None
    return case.verdict(State.BLOCKED, "paywall", f"It leads to a page where one subscribes: {seen.final_url}.")


def hidden(case: Case) -> Verdict | None:
    """``blocked`` where a page that says of itself that it is not free hides what is quoted, or nearly all.

    A page that answers with its article or its opening is alive. But that a quote is not in the opening says nothing
    of the rest; a quote that stands there with other words does.
    """
    page = case.observation.page
    if not case.answered_well or page is None or not page.paywalled or case.says_what_was_cited:
        return None
    missing = [match for match in case.quotes if not match.found and not match.differences]
    untold = len(case.citation.quotes) - len(case.quotes)
    if missing or (untold and page.text):
        count = len(missing) + untold
        what = "the quote is" if count == 1 else f"{count} quotes are"
        evidence = f"The page is not free to read, as it says of itself, and {what} not in what it shows."
    elif len(page.text) < _A_TEASER and not case.shows_what_was_cited:
        evidence = "The page is not free to read, as it says of itself, and shows next to nothing."
    else:
        return None
    return case.verdict(State.BLOCKED, "paywall", evidence)


def _names_an_article(url: str) -> bool:
    """Whether it is more than a front page or a section: ``/newsletter`` may lead to ``/subscribe`` and live."""
    last = uri.path(url).rstrip("/").rpartition("/")[2]
    return len(last) >= _SHORTEST_SLUG or any(letter.isdigit() for letter in f"{last}{uri.query(url)}")


def is_offer(url: str) -> bool:
    """Whether an address obviously is where one subscribes: the last part of its path, or the first of its host."""
    parts = [part for part in re.split(r"[/;]", uri.path(url).lower()) if part]
    last = parts[-1] if parts else ""
    return last in _NAMES or last.rpartition(".")[0] in _NAMES or uri.host(url).partition(".")[0] in _HOSTS
