"""The service behind the address is closed, or its host no longer has the site. It says so in its own words.

Two signals: the service's words, and that nothing else is on the page (or a status that is no success, or the service's
own host or header). Handbooks and forums quote these words; there they stand beside others, under another title.
"""

from __future__ import annotations

import re

from linkcheck import uri
from linkcheck.judge.case import Case, Reason, phrase
from linkcheck.model import Page, State, Verdict
from linkcheck.signs.closed import LONGEST, NOTICES, Notice, closing_words
from linkcheck.signs.phrases import is_about_errors

REASONS = (
    Reason(
        "service-closed",
        (State.DEAD,),
        "What answers says that the site or service is closed, suspended or was never set up there: the notice of a "
        "hosting service, or of the service itself, with nothing else on the page.",
        "Look for where the site went, or cite a capture from before.",
    ),
)

_FURTHEST = 100
_LINES = 8
_LONGEST_LINE = 300
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
    if len(page.text) > LONGEST or page.published or is_about_errors(f"{uri.path(seen.uri_r)} {case.citation.title}"):
        return None
    if not (words := closing_words(page, uri.host(seen.final_url))):
        return None
    evidence = f"{case.host} says “{words[:120]}”, and nothing else is on the page."
    return case.verdict(State.DEAD, "service-closed", f"{evidence}{case.last_seen_in_words()}")


def _notice(case: Case) -> tuple[Notice, str] | None:
    """The first notice that the page is, with the words by which it is."""
    page = case.observation.page
    if page is None or len(page.text) > LONGEST or page.published:
        return None
    explained = is_about_errors(f"{uri.path(case.observation.uri_r)} {case.citation.title}")
    lines = [line for line in page.text.split("\n")[:_LINES] if len(line) <= _LONGEST_LINE]
    lines = [line for line in dict.fromkeys((*page.titles, *page.headings, *lines)) if line]
    for notice in NOTICES:
        words = next((line for line in lines if _says(notice, line)), "")
        if not words:
            continue
        shows = _shows(notice, case, page)
        quoted = explained or any(_EXPLAINS.search(title) and not _says(notice, title) for title in page.titles)
        if shows or (notice.distinct and not quoted):
            return notice, words
    return None


def _says(notice: Notice, line: str) -> bool:
    match = re.search(notice.says, line, re.I)
    return match is not None and match.start() < _FURTHEST


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
