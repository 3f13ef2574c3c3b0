"""Is this quote in this text? Words are compared, exactly and in order; how they are set in type is not. Pure.

No likeness score decides that a quote is found: a dropped "not" scores 95 of 100 with the usual measures and turns the
meaning around. Likeness only tells a quote that was altered, and how, from one that is not there at all.
"""

from __future__ import annotations

from collections.abc import Sequence

from linkcheck.model import QuoteMatch
from linkcheck.quote._nearest import Nearness, compared, nearness
from linkcheck.quote._parts import GAP, in_order, parts_of
from linkcheck.quote._source import Source
from linkcheck.quote._words import ELLIPSIS, normalise, verbatim

__all__ = ["Nearness", "find", "find_all", "nearness", "normalise"]


def find(quote: str, text: str, *, where: str = "live") -> QuoteMatch:
    """Looks for a quote in a text: its parts between ellipses, in order, each at word borders.

    Letter case, white space, quotation marks, dashes, hyphens, soft hyphens, footnote marks such as ``[12]`` and the
    commas in ``1,000`` do not count; words and figures do, each of them. An insertion of the quoter's, ``[he]``, may
    stand for a few other words, ``[sic]`` for none. A quote without words (an emoji) is looked for as it stands; an
    empty one asks nothing and is found.

    A quote that is not found, and that some place of the text comes near to, is altered: ``differences`` says how.

    Args:
        quote: the passage as the citing text gives it.
        text: of the source.
        where: what the text is, for the answer: ``live``, ``capture``, ``memento``.
    """
    return find_all((quote,), text, where=where)[0]


def find_all(
    quotes: tuple[str, ...], text: str, *, notes: Sequence[int] = (), where: str = "live"
) -> tuple[QuoteMatch, ...]:
    """:func:`find` for several quotes, with the text read once.

    Args:
        quotes, text, where: as there.
        notes: where in the text note marks may stand, as ``Page.notes``; a quote may have each or leave it out.
    """
    if not quotes:
        return ()
    source = Source(text, notes, quotes)
    return tuple(_match(quote, source, where) for quote in quotes)


def _match(quote: str, source: Source, where: str) -> QuoteMatch:
    if not normalise(quote):
        found = verbatim(quote) in verbatim(source.text)
        return QuoteMatch(quote, found, where if found else "")
    ways = [parts_of(quote, ELLIPSIS), parts_of(quote, GAP)]
    if (joined := source.hyphens_dropped(quote)) != quote:
        ways.append(parts_of(joined, GAP))
    ways = [way for number, way in enumerate(ways) if way and way not in ways[:number]]
    for words in source.readings():
        if any(in_order(way, words) for way in ways):
            return QuoteMatch(quote, True, where)
    return compared(quote, ways, source, where)
