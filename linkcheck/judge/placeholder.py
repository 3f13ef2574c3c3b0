"""A page that only holds the place: down for maintenance, under construction, or a server's own welcome at the root."""

from __future__ import annotations

from linkcheck import uri
from linkcheck.judge.case import Case, Reason
from linkcheck.model import State, Verdict
from linkcheck.signs.closed import placeholder_words
from linkcheck.signs.parking import default_page
from linkcheck.signs.phrases import is_about_closings

REASONS = (
    Reason(
        "placeholder-page",
        (State.FAILING,),
        "What answers only holds the place: the site is down for maintenance or under construction, or a web server "
        "shows its own welcome page. The source may come back.",
        "Run again in some days. If it stays so, cite a capture of it.",
    ),
)


def rule(case: Case) -> Verdict | None:
    """``failing`` where title or heading say so and next to nothing else is there."""
    seen, page = case.observation, case.observation.page
    if (
        not case.answered_well
        or page is None
        or case.shows_what_was_cited
        or case.is_an_article_of_that_name
        or page.published
    ):
        return None
    if case.has_another_sibling or is_about_closings(f"{uri.path(seen.uri_r)} {case.citation.title}"):
        return None
    words = placeholder_words(page) or default_page(page)
    if not words:
        return None
    evidence = f"{case.host} only shows “{words[:120]}” for now."
    return case.verdict(State.FAILING, "placeholder-page", f"{evidence}{case.last_seen_in_words()}")
