"""What every rule is handed, and what it says of the reasons it can give."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from http import HTTPStatus
from urllib.parse import unquote

from linkcheck import quote, uri
from linkcheck.conduct import NO_HOSTS, PATIENCE, Hosts, Patience
from linkcheck.judge.untold import why_unread, why_unsure
from linkcheck.model import (
    Citation,
    Look,
    Observation,
    Page,
    QuoteMatch,
    Snapshot,
    State,
    Suggestion,
    Verdict,
    Witness,
)


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, for ``linkcheck explain`` and docs/reasons.md.

    Attributes:
        id: stable, kebab-case; scripts and policies rely on it.
        states: those it may stand under; one, but for ``no-such-host``.
        meaning: what was seen, and what follows from it.
        advice: what a person should do.
    """

    id: str
    states: tuple[State, ...]
    meaning: str
    advice: str


@dataclass(frozen=True)
class Case:
    """One citation with all that is known of its source.

    Attributes:
        citation: who cites what.
        observation: the look that is judged.
        history: earlier looks at the same source, oldest first.
        snapshots: captures of it.
        witnesses: other pages that may speak for it.
        patience: when what only fails is dead.
        hosts: what the settings say of single hosts.
    """

    citation: Citation
    observation: Observation
    history: Sequence[Look] = ()
    snapshots: Sequence[Snapshot] = ()
    witnesses: Sequence[Witness] = ()
    patience: Patience = PATIENCE
    hosts: Hosts = NO_HOSTS

    @property
    def answered_well(self) -> bool:
        """Whether the last response was a success (2xx)."""
        return self.observation.status is not None and 200 <= self.observation.status < 300

    @property
    def host(self) -> str:
        """The host that answered, or that failed to."""
        return uri.host(self.observation.final_url) or self.observation.final_url

    @cached_property
    def quotes(self) -> tuple[QuoteMatch, ...]:
        """The quotes of the citation, each looked for in the page; those that cannot be told are left out.

        Nothing can be told where there is no text (PDF, images, an answer that is no success), and a page that was
        cut, or that scripts fill, proves what it holds and nothing else.
        """
        return self._looked_for(self.citation.quotes)

    def _looked_for(self, passages: tuple[str, ...]) -> tuple[QuoteMatch, ...]:
        page = self.observation.page
        if not passages or not self.answered_well or page is None or not page.text:
            return ()
        matches = quote.find_all(passages, page.text, notes=page.notes)
        return tuple(match for match in matches if match.found) if why_unsure(self.observation) else matches

    @cached_property
    def loose(self) -> tuple[QuoteMatch, ...]:
        """The passages that may be the source's, as :attr:`quotes`."""
        return self._looked_for(self.citation.loose)

    @cached_property
    def says_what_was_cited(self) -> bool:
        """Whether there are quotes, and all stand on the page: no disguise has the cited words on it."""
        return len(self.quotes) == len(self.citation.quotes) > 0 and all(match.found for match in self.quotes)

    @cached_property
    def shows_what_was_cited(self) -> bool:
        """Whether the quotes stand on the page, or the title that the citation gives stands in one of its own."""
        page = self.observation.page
        if self.says_what_was_cited:
            return True
        if not self.answered_well or page is None or any(not match.found for match in self.quotes):
            return False
        return titles_hold(page, self.citation.title)

    @cached_property
    def is_an_article_of_that_name(self) -> bool:
        """Whether its title has the words of the cited address, and sentences stand under it.

        No disguise is called after the page that it has not. Articles are about everything, disguises too: "This domain
        is for sale: the market for expired names" at ``/2022/the-market-for-expired-names`` is one of them.
        """
        page = self.observation.page
        return page is not None and titled_like(page, self.observation.uri_r) and has_sentences(page.text)

    @property
    def has_another_sibling(self) -> bool:
        """Whether an address beside it that nobody ever wrote was answered with another page, or with none.

        Who has no site there, or no longer, gives every address one answer: the notice of a host, a parked name, the
        welcome of a server. A page that its sibling is not was put there by somebody.
        """
        seen, page = self.observation, self.observation.page
        told = seen.sibling_status in (404, 410) or 200 <= seen.sibling_status < 300
        return told and page is not None and bool(page.text) and seen.sibling_likeness < _ALIKE_AT_ALL

    @property
    def missing(self) -> tuple[str, ...]:
        """The quotes that are not on the page, nor anything near to them."""
        return tuple(match.quote for match in self.quotes if not match.found and not match.differences)

    @property
    def altered(self) -> tuple[QuoteMatch, ...]:
        """The quotes that the page comes near to, in other words or figures."""
        return tuple(match for match in self.quotes if not match.found and match.differences)

    @property
    def last_answer_on(self) -> date | None:
        """The day on which an earlier look, or else a capture, last had a success."""
        before = self.observation.observed_at
        days = [look.observed_at for look in self.history if look.status is not None and 200 <= look.status < 300]
        days += [shot.captured_at for shot in self.snapshots if 200 <= shot.status < 300]
        return max((day.date() for day in days if day < before), default=None)

    # ------------------------------------------------------------ words for evidence

    def answer_in_words(self) -> str:
        """``example.com answered 404 (not found)``, with the way there where it was redirected; no full stop."""
        words = f"{self.host} answered {phrase(self.observation.status or 0)}"
        return f"{words} at {self.observation.final_url}, where {self._cited_leads()}" if self.was_redirected else words

    @property
    def was_redirected(self) -> bool:
        """Whether the last response came from another address than the cited one."""
        return self.observation.final_url != self.observation.uri_r

    def _cited_leads(self) -> str:
        hops = len(self.observation.hops)
        return f"the cited address leads through {hops} redirects" if hops > 1 else "the cited address leads"

    def last_seen_in_words(self) -> str:
        """`` It last answered on 2024-12-01.``, or "" where that is not known."""
        return f" It last answered on {self.last_answer_on.isoformat()}." if self.last_answer_on else ""

    def untold_in_words(self) -> str:
        """`` The quote was not looked for: the page is a PDF.``, or "" where every quote was found or missed."""
        untold = len(self.citation.quotes) - len(self.quotes)
        if not self.answered_well or not untold:
            return ""
        if unread := why_unread(self.observation):
            return f" The quote{' was' if untold == 1 else 's were'} not looked for: {unread}."
        told = len(self.quotes)
        others = f"the other{'' if untold == 1 else 's'}" if told else f"the quote{'' if untold == 1 else 's'}"
        found = f" {told} of {len(self.citation.quotes)} quotes {'is' if told == 1 else 'are'} on it." if told else ""
        verb = "is" if untold == 1 else "are"
        return f"{found} Whether {others} {verb} on it cannot be told: {why_unsure(self.observation)}."

    def verdict(self, state: State, reason: str, evidence: str, *suggestions: Suggestion) -> Verdict:
        """A verdict on this case, with the quotes where the page that was seen is the one that is cited."""
        shown = (*self.quotes, *self.loose) if state in (State.DRIFTED, State.MOVED, State.ALIVE) else ()
        return Verdict(state, reason, evidence, shown, suggestions)


_ALIKE_AT_ALL = 0.5
_SLUG_WORDS = 3
_SLUG_SHARE = 0.8
_SENTENCE = re.compile(r"[.!?…][\"'”’»)]*(?:\s|$)|[。！？]")
_SENTENCE_WORDS = 8
_PROSE_WORDS = 30


def titled_like(page: Page, url: str) -> bool:
    """Whether a title has nearly all the words of the last part of an address, where those are enough to tell."""
    slug = {word for word in _plain_words(unquote(uri.path(url)).rstrip("/").rpartition("/")[2]) if not word.isdigit()}
    if len(slug) < _SLUG_WORDS:
        return False
    titles = (set(_plain_words(title)) for title in page.titles or (page.title,))
    return any(len(slug & title) >= _SLUG_SHARE * len(slug) for title in titles)


def _plain_words(text: str) -> list[str]:
    """Without accents; "U.S. Citizens" stands as "us-citizens" in addresses, "can't" as "cant"."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("_", " "))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.findall(r"\w+", re.sub(r"[.'’](?=\w)|(?<=\b\w)\.", "", bare))


def has_sentences(text: str) -> bool:
    """Whether some lines of a text are sentences of eight words or more, with thirty words in all."""
    lines = (line for line in text.split("\n") if _SENTENCE.search(line))
    lengths = (len(line.split()) for line in lines)
    return sum(length for length in lengths if length >= _SENTENCE_WORDS) >= _PROSE_WORDS


def titles_hold(page: Page, title: str) -> bool:
    """Whether a cited title stands in one of the page's own.

    A title of one word has to be the whole of it: it may be the site's name, which is in every title there.
    """
    cited = quote.normalise(title) if title else ""
    if not cited:
        return False
    titles = [quote.normalise(own) for own in page.titles or (page.title,)]
    return cited in titles or (" " in cited and any(f" {cited} " in f" {own} " for own in titles))


def in_order(case: Case) -> Case:
    """The case with its earlier looks oldest first, and none that is not earlier than the observation."""
    earlier = (look for look in case.history if look.observed_at < case.observation.observed_at)
    return replace(case, history=tuple(sorted(earlier, key=lambda look: look.observed_at)))


def phrase(status: int) -> str:
    """``404 (not found)``."""
    names = {402: "payment required", 418: "I'm a teapot", 451: "unavailable for legal reasons", 200: "OK"}
    if status in names:
        return f"{status} ({names[status]})"
    try:
        return f"{status} ({HTTPStatus(status).phrase.lower()})"
    except ValueError:
        return str(status)
