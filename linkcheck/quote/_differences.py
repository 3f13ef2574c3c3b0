"""How a quote and the words that come nearest differ, in words for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from linkcheck.quote._parts import denies
from linkcheck.quote._words import NO_SPACE

MOST_DIFFERENCES = 5
_MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of the quote, the page's words in their place, and the quote's words around."""

    wanted: list[str]
    seen: list[str]
    before: list[str] | tuple[str, ...] = ()
    after: list[str] | tuple[str, ...] = ()
    kind: str = ""

    @property
    def telling(self) -> bool:
        """Whether a "not" or a figure is among the words: said first."""
        return not self.kind and any(denies(word) or word[-1].isdigit() for word in (*self.wanted, *self.seen))

    def sentence(self, spelt: dict[str, str]) -> str:
        """In words for people."""

        def show(words: Sequence[str], end: bool = False) -> str:
            shown = list(words[:_MOST_SHOWN])
            return f"“{as_set(shown, spelt)}{'…' if len(words) > _MOST_SHOWN else ''}”"

        beside = f" after {show(self.before)}" if self.before else f" before {show(self.after)}" if self.after else ""
        if self.kind == "order":
            return f"{show(self.wanted)} does not stand before {show(self.seen)} on the page"
        if self.kind == "apart":
            return f"{show(self.wanted)} and {show(self.seen)} do not stand together on the page"
        if not self.seen:
            return f"{show(self.wanted)}{beside} is missing on the page"
        if not self.wanted:
            return f"the page has {show(self.seen)}{beside}, which the quote leaves out"
        return f"the page has {show(self.seen)} where the quote has {show(self.wanted)}"


def as_set(words: Sequence[str], spelt: dict[str, str]) -> str:
    """Words as they are written: no space within Chinese, nor between a figure and its signs."""
    line = ""
    for word in words:
        tight = not line or (NO_SPACE.match(line[-1]) and NO_SPACE.match(word)) or word in "%‰°" or line[-1] in "$£€¥"
        line += ("" if tight else " ") + spelt.get(word, word)
    return line
