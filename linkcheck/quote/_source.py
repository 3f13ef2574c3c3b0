"""A text in the readings that a quote may be of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from linkcheck.quote._words import AS_WRITTEN, END_OF_WORD, HYPHENED, LONGEST_WORD, normalise


class Source:
    """A text in the readings that a quote may be of; each is made when it is first asked for."""

    def __init__(self, text: str, notes: Sequence[int], quotes: tuple[str, ...]) -> None:
        self.text = text
        self._notes = notes
        self._quotes = quotes

    def readings(self) -> Iterator[str]:
        """The normalised text, a space at both ends: as it stands, then less note marks, then less hyphens, too."""
        yield self._plain
        if self._notes:
            yield self._bare
        if self.loosest is not self._plain and self.loosest is not self._bare:
            yield self.loosest

    @cached_property
    def _plain(self) -> str:
        return f" {normalise(self.text)} "

    @cached_property
    def _bare(self) -> str:
        return f" {normalise(self._less_notes(frozenset()))} " if self._notes else self._plain

    @cached_property
    def loosest(self) -> str:
        """Less the note marks but those that make a word of a quote, and with "nego-\\ntiations" as a quote has it."""
        asked = {word for quote in self._quotes for word in normalise(quote).split()}
        glued = {word for _, word, _ in self._glued if word in asked}
        text = self._less_notes(glued) if glued else ""
        hyphened = text or (self._less_notes(frozenset()) if self._notes else self.text)
        joined = HYPHENED.sub(lambda pair: _joined(pair, asked), hyphened)
        if joined != hyphened:
            text = joined
        return f" {normalise(text)} " if text else self._bare

    def hyphens_dropped(self, quote: str) -> str:
        """The quote with "co-operate" as one word where the text has it so."""
        return HYPHENED.sub(lambda pair: _joined(pair, self._known), quote)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self._plain.split())

    @cached_property
    def _glued(self) -> list[tuple[int, str, int]]:
        """Every note mark that stands behind a word: its start, word and mark as one, its end."""
        found: list[tuple[int, str, int]] = []
        last = 0
        for start, end in zip(self._notes[::2], self._notes[1::2], strict=True):
            before = END_OF_WORD.search(self.text[max(last, start - LONGEST_WORD) : start])
            found.append((start, normalise(before[0] + self.text[start:end]) if before else "", end))
            last = end
        return found

    def _less_notes(self, kept: frozenset[str] | set[str]) -> str:
        """The text less its note marks, but for those that make a word of a quote: "m2", beside a note in its midst."""
        pieces: list[str] = []
        last = 0
        for start, word, end in self._glued:
            if word not in kept:
                pieces.append(self.text[last:start])
                last = end
        return "".join((*pieces, self.text[last:]))

    @cached_property
    def words(self) -> list[str]:
        """Of the loosest reading."""
        return self.loosest.split()

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where in :attr:`words` each word stands."""
        found: dict[str, list[int]] = {}
        for place, word in enumerate(self.words):
            found.setdefault(word, []).append(place)
        return found

    @cached_property
    def spelling(self) -> dict[str, str]:
        """How the text mostly writes a word, for people: "Putin" for "putin"."""
        forms: dict[str, str] = {}
        for form, _ in reversed(Counter(AS_WRITTEN.findall(self.text)).most_common()):
            forms[normalise(form)] = form
        return forms


def _joined(pair: re.Match[str], known: Collection[str]) -> str:
    one = pair[1] + pair[2]
    return one if normalise(one) in known else pair[0]
