"""The service behind the address is closed, or its host no longer has the site. It says so in its own words.

Two signals: the service's words, and that nothing else is on the page (or a status that is no success, or the service's
own host or header). Handbooks and forums quote these words; there they stand beside others, under another title. And
no page is a notice whose sibling is another page, unless the service shows: it would say the same of every address.
"""

from __future__ import annotations

import re

from linkcheck import uri
from linkcheck.judge.case import Case, Reason, phrase
from linkcheck.model import Page, State, Verdict
from linkcheck.signs.closed import LONGEST, Notice, closing_words, ended_words, notices, says
from linkcheck.signs.phrases import is_about_closings

REASONS = (
    Reason(
        "service-closed",
        (State.DEAD,),
        "What answers says that the site or service is closed, suspended or was never set up there: the notice of a "
        "hosting service, or of the service itself, with nothing else on the page.",
        "Look for where the site went, or cite a capture from before.",
    ),
)

_ALIKE = 0.8
"""As for soft 404s."""

_EXPLAINS = re.compile(r"error|fix|\bhow\b|\bwhy\b|problem|issue|troubleshoot|question|solved|guide", re.I)


def unserved(case: Case) -> Verdict | None:
    """``dead`` where the status is no success: not 404 and 410, which say enough, nor refusals, which say nothing."""
    status = case.observation.status
    if status is None or status in (401, 402, 403, 404, 407, 410, 429, 451, 999) or not 400 <= status < 600:
        return None
    found = _notice(case)
    if found is None:
        return None
    notice, words = found
    evidence = f"{case.host} answered {phrase(status)}, and {notice.service} says “{words[:120]}”."
    return case.verdict(State.DEAD, "service-closed", f"{evidence}{case.last_seen_in_words()}")


def rule(case: Case) -> Verdict | None:
    """``dead`` where a success is nothing but such a notice."""
    seen, page = case.observation, case.observation.page
    if not case.answered_well or page is None or case.says_what_was_cited or case.is_an_article_of_that_name:
        return None
    if found := _notice(case):
        notice, words = found
        evidence = f"{notice.service} answers in place of the site: “{words[:120]}”, and nothing else is on the page."
        return case.verdict(State.DEAD, "service-closed", f"{evidence}{case.last_seen_in_words()}")
    if len(page.text) > LONGEST or page.published or is_about_closings(f"{uri.path(seen.uri_r)} {case.citation.title}"):
        return None
    words = "" if case.has_another_sibling else closing_words(page, uri.host(seen.final_url))
    if not words and 200 <= seen.sibling_status < 300 and seen.sibling_likeness >= _ALIKE and not page.filled_by:
        words = ended_words(page)
        if words:
            evidence = f"{case.host} says “{words[:120]}”, and says so at an address beside it that nobody ever wrote."
            return case.verdict(State.DEAD, "service-closed", f"{evidence}{case.last_seen_in_words()}")
    if not words:
        return None
    evidence = f"{case.host} says “{words[:120]}”, and nothing else is on the page."
    return case.verdict(State.DEAD, "service-closed", f"{evidence}{case.last_seen_in_words()}")


def _notice(case: Case) -> tuple[Notice, str] | None:
    """The first notice that the page is, with the words by which it is."""
    page = case.observation.page
    if page is None:
        return None
    explained = is_about_closings(f"{uri.path(case.observation.uri_r)} {case.citation.title}")
    for notice, words in notices(page):
        if _shows(notice, case, page):
            return notice, words
        quoted = explained or any(_EXPLAINS.search(title) and not says(notice, title) for title in page.titles)
        if notice.distinct and not quoted and not case.has_another_sibling:
            return notice, words
    return None


def _shows(notice: Notice, case: Case, page: Page) -> bool:
    """Whether the service is there by host, by header, or as the whole title of the page."""
    hosts = {uri.host(case.observation.uri_r), uri.host(case.observation.final_url)}
    if any(host.endswith(end) and host != end.lstrip(".") for host in hosts for end in notice.hosts):
        return True
    if notice.headers and all(
        re.search(says, case.observation.header(name), re.I) for name, says in notice.headers[:1]
    ):
        return True
    own = {re.sub(r"\W", "", name.lower()) for name in (notice.service, *notice.service.split())}
    return any(re.sub(r"\W", "", title.lower()) in own | {f"{name}com" for name in own} for title in page.titles)
