"""The parts of a quote, and whether they stand in a text in their order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from linkcheck.quote._words import CHANGED_CASE, ELLIPSIS, FOOTNOTE_MARK, LONGEST_WORD, normalise

# What an editor says of the words around it; nothing of the source stands there.
_ASIDE = re.compile(
    r"[\[(]\s*(?:sic|(?:emphasis|italics|bold)\s+(?:is\s+|are\s+)?(?:added|mine|ours|supplied|in\s+(?:the\s+)?original)"
    r"|(?:my|our)\s+(?:emphasis|italics|translation))\s*[!.?]?\s*[\])]",
    re.I,
)
# "[the president]" for "he", "decide[d]" for "decides": an editor's words in the place of the source's.
_INSERTION = re.compile(r"(?<!\w)\w{0,40}\[([^\[\]]{1,200})\]\w{0,40}")
GAP = re.compile(f"(?P<left_out>{ELLIPSIS.pattern})|{_INSERTION.pattern}")

REACH = 10
"""Words of a source that an insertion may stand for."""
_REACH_IN_WORD = 2
SHORT = 3
"""Words that an ellipsis may leave out with no "not" among them: "we will … talk" is no quote of "we will not talk"."""
_TRIES = 2_000


@dataclass(frozen=True, slots=True)
class Part:
    """A run of the source's words in a quote, and what the quoter put between it and the one before.

    Attributes:
        words: normalised.
        reach: how many words of the source may stand between; -1 for any number.
        inserted: the quoter's own words in their place, normalised.
    """

    words: str
    reach: int = -1
    inserted: str = ""


def parts_of(quote: str, borders: re.Pattern[str]) -> list[Part]:
    """The runs of a quote between such borders; those without words are passed over."""
    quote = CHANGED_CASE.sub(r"\1", FOOTNOTE_MARK.sub(" ", quote))
    if borders is GAP:
        quote = _ASIDE.sub(" ", quote)
    parts: list[Part] = []
    begin, reach, inserted = 0, -1, ""
    for border in borders.finditer(quote):
        if words := normalise(quote[begin : border.start()]):
            parts.append(Part(words, reach, inserted))
            reach, inserted = 0, ""
        begin = border.end()
        if borders is ELLIPSIS or border["left_out"]:
            reach = -1
        elif reach >= 0:
            reach += REACH if border[0][0] == "[" and border[0][-1] == "]" else _REACH_IN_WORD
            inserted = f"{inserted} {normalise(border[0])}".strip()
    if words := normalise(quote[begin:]):
        parts.append(Part(words, reach, inserted))
    return parts


def in_order(parts: Sequence[Part], words: str) -> bool:
    """Whether the parts stand in the normalised text one after the other, as far apart as each may be."""
    ends: list[int] = []
    begins = [0]
    for _ in range(_TRIES):
        part = parts[len(ends)]
        begin = words.find(f" {part.words} ", begins[-1])
        if begin < 0 and (part.reach < 0 or not ends):
            return False  # nor from any later place
        if begin >= 0 and ends and part.reach >= 0 and _too_far(words, ends[-1], begin, part.reach):
            begin = -1
        if begin < 0:
            begins.pop()
            ends.pop()
        elif ends and _denied(part, words[ends[-1] : begin + 1]):
            begins[-1] = begin + 1
        else:
            begins[-1] = begin + 1
            ends.append(begin + len(part.words) + 1)  # the space at its end may begin the next part
            if len(ends) == len(parts):
                return True
            begins.append(ends[-1])
    return False


def _too_far(words: str, end: int, begin: int, reach: int) -> bool:
    return begin - end > reach * LONGEST_WORD or words.count(" ", end, begin) > reach


def _denied(part: Part, between: str) -> bool:
    """Whether what the quoter left out there, or replaced, turns the meaning around: a "not", or a figure."""
    if len(between) > (REACH + 1) * LONGEST_WORD:
        return False
    left_out = between.split()
    if part.reach < 0:
        return len(left_out) <= SHORT and any(map(denies, left_out))
    inserted = part.inserted.split()
    return (any(map(denies, left_out)) and not any(map(denies, inserted))) or (
        any(word[-1].isdigit() for word in left_out) and not any(word[-1].isdigit() for word in inserted)
    )


# fmt: off
_DENYING = frozenset({
    "not", "no", "never", "none", "nor", "neither", "nobody", "nothing", "nowhere", "without", "cannot", "hardly",
    "nicht", "kein", "keine", "keinen", "keiner", "keinem", "nie", "niemals", "ohne", "ne", "pas", "jamais", "sans",
    "nunca", "jamás", "não", "nem", "sem", "non", "niet", "geen", "nooit", "inte", "ikke", "ikkje", "не", "нет", "ни",
    "никогда", "без", "bez", "nigdy", "değil", "لا", "ليس", "لم", "لن", "不", "没", "沒", "無", "无", "未", "非", "नहीं",
})
# fmt: on


def denies(word: str) -> bool:
    return word in _DENYING or word.endswith("n't")
