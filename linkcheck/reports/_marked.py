"""Which words of a text are marked: the quote in its sentence, what differs from the page, what is gone and new. Pure.

A marked text is a run of :class:`Span`; the template makes ``<mark>``, ``<del>`` and ``<ins>`` of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from linkcheck.model import Citation, Comparison, QuoteMatch
from linkcheck.reports._text import printable

_WORD = re.compile(r"\s*\S+")
_LETTERS = re.compile(r"[^\W_]+")
_SIGNS = re.compile(r"[^\w%‰°$£€¥]+")

_LONGEST = 200
"""Words of a text that is compared word by word; a longer one is shown as it is."""

_AKIN = 0.4
"""Share of words in common from which a passage counts as an altered form of another, and not as a new one."""


class Span(NamedTuple):
    """A piece of text and its kind: ``""`` plain, ``mark`` the quote, ``del`` of the one, ``ins`` of the other."""

    kind: str
    text: str


Marked = tuple[Span, ...]


def sentence(citation: Citation) -> Marked:
    """The words around a citation with its quotes marked; found however they are spaced and set in type."""
    text = printable(citation.context)
    found = [place for quote in (*citation.quotes, *citation.loose) if (place := _place(quote, text))]
    spans: list[Span] = []
    at = 0
    for begin, end in sorted(found):
        if begin < at:
            continue
        spans += [Span("", text[at:begin]), Span("mark", text[begin:end])]
        at = end
    return tuple(span for span in (*spans, Span("", text[at:])) if span.text)


def quoted(match: QuoteMatch) -> Marked:
    """A quote as it is cited; of an altered one what only it has (``del``), and what the text has there (``ins``)."""
    quote, seen = printable(match.quote), printable(match.nearest)
    return differing(quote, seen) if seen and not match.found else (Span("", quote),)


def passages(compared: Comparison, *, is_close: bool = True) -> list[Marked]:
    """What of a capture is gone and what is new, in the order of the longest first.

    ``is_close`` asks for the words that differ; without it all passages are told whole, in a tenth of the time.

    A passage that is an altered form of another is told as one, with the words that differ; the others are gone or new
    as a whole.
    """
    if not is_close:
        gone = [(Span("del", printable(text)),) for text in compared.removed]
        return [*gone, *((Span("ins", printable(text)),) for text in compared.added)]
    added = [(set(_keys(_words(text))), text) for text in map(printable, compared.added)]
    told: list[Marked] = []
    for passage in map(printable, compared.removed):
        own = set(_keys(_words(passage)))
        partner = max(added, key=lambda other: _likeness(own, other[0]), default=None)
        if partner is not None and _likeness(own, partner[0]) >= _AKIN:
            added.remove(partner)
            told.append(differing(passage, partner[1]))
        else:
            told.append((Span("del", passage),))
    return [*told, *((Span("ins", text),) for _, text in added)]


def differing(one: str, other: str) -> Marked:
    """Two texts as one: what only the first has is ``del``, what only the second has is ``ins``.

    Words are compared without case and punctuation, as quotes are; where they agree the first is shown.
    """
    here, there = _words(one), _words(other)
    if max(len(here), len(there)) > _LONGEST:
        return Span("del", one), Span("ins", other)
    spans: list[Span] = []
    steps = SequenceMatcher(None, _keys(here), _keys(there), autojunk=False).get_opcodes()
    for tag, begin, end, start, stop in steps:
        if tag == "equal":
            spans.append(Span("", "".join(here[begin:end])))
            continue
        spans += [Span("del", "".join(here[begin:end])), Span("ins", "".join(there[start:stop]))]
    return tuple(_apart(span for span in spans if span.text))


def _apart(spans: Iterable[Span]) -> Iterable[Span]:
    """White space at the head of a marked run stands before the mark; a run right after another gets a space."""
    after_mark = False
    for span in spans:
        bare = span.text.lstrip()
        if span.kind and (len(bare) < len(span.text) or after_mark):
            yield Span("", " ")
        yield span._replace(text=bare) if span.kind else span
        after_mark = bool(span.kind)


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _keys(words: Sequence[str]) -> list[str]:
    return [_SIGNS.sub("", word).casefold() or word.strip() for word in words]


def _likeness(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(len(one), len(other), 1)


def _place(quote: str, text: str) -> tuple[int, int] | None:
    """Where a quote stands: as it is, else its words in a row, whatever stands between them. Linear in both."""
    quote = printable(quote).strip()
    if not quote:
        return None
    begin = text.find(quote)
    if begin >= 0:
        return begin, begin + len(quote)
    wanted = " ".join(found[0].casefold() for found in _LETTERS.finditer(quote))
    words = list(_LETTERS.finditer(text))
    row = f" {' '.join(word[0].casefold() for word in words)} "
    at = row.find(f" {wanted} ") if wanted else -1
    if at < 0:
        return None
    first = row.count(" ", 0, at)
    return words[first].start(), words[first + wanted.count(" ")].end()
