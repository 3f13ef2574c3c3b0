"""What other pages say for a source that is gone, or would not show a quote: its copies, and what may have been meant.

A better address is suggested only after somebody has looked at it: it answers, and it is the page that was cited by its
quotes, its title or its text. What answers but could not be held against anything is suggested as not verified, and
what does not answer is not suggested. (After a redesign in 2017, 47 % of 315 sampled whitehouse.gov paths were missing
from the frozen copy.)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from linkcheck import quote
from linkcheck.judge.bot_wall import wall_of
from linkcheck.judge.case import Case, titled_like, titles_hold
from linkcheck.likeness import shingled
from linkcheck.memento import standing_for
from linkcheck.model import Observation, Page, QuoteMatch, State, Suggestion, Verdict, Witness
from linkcheck.signs.suspicion import is_an_error_page

_HEARD = (State.DEAD, State.DRIFTED, State.BLOCKED, State.FAILING)
"""Verdicts that leave quotes open: the live page is not there, or does not say them."""

_COPIES = ("capture", "memento", "moved-collection")
"""Where quotes are looked for, in this order. A neighbour is another address: its words prove nothing of this one."""

_REFUSED = 403

_SAME_TEXT = 0.5
"""Jaccard over three-word shingles, of whole pages with their navigation: two captures of one article lie above 0.7,
two articles of one site below 0.2."""


def dressed(case: Case, verdict: Verdict) -> Verdict:
    """The verdict with the quotes that stand elsewhere, and with better addresses where the source is not there."""
    if verdict.state not in _HEARD:
        return verdict
    quotes = _heard(case, verdict)
    suggestions = {suggestion.url: suggestion for suggestion in verdict.suggestions}
    if verdict.state is State.DEAD:
        for suggestion in _better_addresses(case):
            suggestions.setdefault(suggestion.url, suggestion)
    elif verdict.state is State.DRIFTED:
        for suggestion in _copies_with_the_quotes(case, quotes):
            suggestions.setdefault(suggestion.url, suggestion)
    return replace(verdict, quotes=quotes, suggestions=tuple(suggestions.values()))


# ---------------------------------------------------------------- quotes


def _heard(case: Case, verdict: Verdict) -> tuple[QuoteMatch, ...]:
    """Every quote as the live page has it, or else as a copy has it; what nobody could look for is left out."""
    live = {match.quote: match for match in verdict.quotes}
    texts = [(witness.kind, witness.page) for witness in _copies(case) if witness.page is not None]
    matches: list[QuoteMatch] = []
    for words in (*case.citation.quotes, *case.citation.loose):
        match = live.get(words)
        if match is not None and match.found:
            matches.append(match)
            continue
        tried = [quote.find_all((words,), page.text, notes=page.notes, where=kind)[0] for kind, page in texts]
        best = next((each for each in tried if each.found), None) or match
        best = best or next((each for each in tried if each.differences), None) or next(iter(tried), None)
        if best is not None:
            matches.append(best)
    return tuple(matches)


def _copies(case: Case) -> Iterator[Witness]:
    for kind in _COPIES:
        yield from (each for each in case.witnesses if each.kind == kind and answers(each) and each.page)


def answers(witness: Witness) -> bool:
    """Whether it is a page, and no error page."""
    return 200 <= witness.status < 300


def _is_worth_a_visit(case: Case, witness: Witness) -> bool:
    """Whether it answers with more than an error page or a bot wall that is called a success: archives keep those."""
    page = witness.page
    if not answers(witness) or page is None:
        return answers(witness)
    if case.citation.quotes and _all_found(case.citation.quotes, page):
        return True
    return not is_an_error_page(page) and not _is_a_wall(case, witness, page)


def _is_a_wall(case: Case, witness: Witness, page: Page) -> bool:
    """Whether a crawler was kept out, and what it was shown was kept. ("Just a moment..." is in every archive.)

    Held against the signs of a refusal: the copy answers 200 whatever the wall's own status was, and a suggestion too
    few costs less than one that shows a riddle.
    """
    source = case.observation.uri_r
    shown = Observation(source, witness.seen_at, source, status=_REFUSED, length=1, page=page)
    return wall_of(shown) is not None


def _copies_with_the_quotes(case: Case, quotes: tuple[QuoteMatch, ...]) -> Iterator[Suggestion]:
    """For a source that says it no longer: the public copies that do."""
    lost = tuple(match.quote for match in quotes if match.where in _COPIES and match.found)
    if not lost:
        return
    for witness in _copies(case):
        if witness.kind != "capture" and witness.page and _all_found(lost, witness.page):
            words = f"{_of_day(witness)}, with {'the quote' if len(lost) == 1 else f'all {len(lost)} quotes'} on it"
            yield Suggestion(witness.url, witness.kind, True, words)


# ---------------------------------------------------------------- better addresses


def _better_addresses(case: Case) -> Iterator[Suggestion]:
    """The frozen copy, the memento that stands for the citation, and what may have been meant where there is none."""
    for witness in case.witnesses:
        if witness.kind == "moved-collection" and _is_worth_a_visit(case, witness):
            yield _held_against_the_citation(case, witness, "the frozen copy of the site answers at this address")
    public = [snapshot for snapshot in case.snapshots if snapshot.archive != "local"]
    memento = standing_for(public, case.citation.accessed)
    if memento is not None:
        replayed = next((each for each in case.witnesses if each.url == memento.uri_m), None)
        words = f"captured on {memento.captured_at.date().isoformat()}"
        if replayed is None:
            yield Suggestion(memento.uri_m, "memento", False, f"{words} with status {memento.status}; not opened by us")
        elif _is_worth_a_visit(case, replayed):
            yield _played_back(case, replayed, words)
    given = next((each for each in case.witnesses if each.url == case.citation.memento), None)
    if given is not None and _is_worth_a_visit(case, given):
        day = given.seen_at.date().isoformat()
        yield _played_back(case, given, f"the copy that the text itself gives, captured on {day}")
    elif given is None and case.citation.memento:
        words = "the copy that the text itself gives; not opened by us"
        yield Suggestion(case.citation.memento, "memento", False, words)
    if not case.snapshots:
        for witness in case.witnesses:
            if witness.kind == "neighbour" and _is_worth_a_visit(case, witness):
                yield _held_against_the_citation(case, witness, "a page of nearly this name answers at this address")


def _played_back(case: Case, memento: Witness, words: str) -> Suggestion:
    """A memento is of the very address, so it is verified by being played back, unless the quotes are not on it."""
    page = memento.page
    why = why_it_fits(case, memento)
    if page is not None and page.text and not page.partial and _lacks_a_quote(case, page):
        return Suggestion(memento.url, "memento", False, f"{words}; it plays back, but the quote is not on it")
    return Suggestion(memento.url, "memento", True, f"{words}; it plays back{f', {why}' if why else ''}")


def _held_against_the_citation(case: Case, witness: Witness, words: str) -> Suggestion:
    page = witness.page
    why = why_it_fits(case, witness)
    if page is not None and page.text and _lacks_a_quote(case, page):
        return Suggestion(witness.url, witness.kind, False, f"{words}, but the quote is not on it")
    if not why:
        return Suggestion(witness.url, witness.kind, False, f"{words}; whether it is what was cited could not be told")
    return Suggestion(witness.url, witness.kind, True, f"{words}: {why}")


def why_it_fits(case: Case, witness: Witness) -> str:
    """Why a page is the one that was cited, in words: ``the quote is on it``; "" where nothing says so."""
    citation, page = case.citation, witness.page
    if page is None:
        return ""
    said = []
    if citation.quotes and _all_found(citation.quotes, page):
        number = len(citation.quotes)
        said.append("the quote is on it" if number == 1 else f"all {number} quotes are on it")
    if titles_hold(page, citation.title):
        said.append("it bears the cited title")
    elif titled_like(page, case.observation.uri_r):
        said.append("its title has the words of the cited address")
    if not said:
        copies = (each for each in _copies(case) if each.kind != "moved-collection" and each is not witness)
        alike = next((each for each in copies if each.page and shingled(each.page.text, page.text) >= _SAME_TEXT), None)
        if alike is not None:
            said.append(f"its text is that of the copy of {alike.seen_at.date().isoformat()}")
    return ", and ".join(said)


def _all_found(quotes: tuple[str, ...], page: Page) -> bool:
    return bool(page.text) and all(match.found for match in quote.find_all(quotes, page.text, notes=page.notes))


def _lacks_a_quote(case: Case, page: Page) -> bool:
    return bool(case.citation.quotes) and not _all_found(case.citation.quotes, page)


def _of_day(witness: Witness) -> str:
    if witness.kind == "moved-collection":
        return "the frozen copy of the site answers at this address"
    return f"captured on {witness.seen_at.date().isoformat()}"
