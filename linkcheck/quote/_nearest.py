"""The place of a text that comes nearest to a quote, and what is to be said of it: altered, or missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from linkcheck.model import QuoteMatch
from linkcheck.quote._differences import MOST_DIFFERENCES, Difference, as_set
from linkcheck.quote._parts import GAP, REACH, SHORT, Part, denies, in_order, parts_of
from linkcheck.quote._source import Source
from linkcheck.quote._words import AS_WRITTEN, normalise

# By measure (bench/quotes.py, seeds 1 and 2): of passages looked for in texts they are not from, 2 of 297 with 7 words
# or more came as near as 0.6, and 2 of 330 with 4 to 6 words as near as 0.7; of those in their own text with a fifth
# of the words replaced 99 of 100 did. Shorter ones come near to some place of any long text: at 0.7 one in twenty.
_LIKE_ENOUGH = 0.6
_LIKE_ENOUGH_SHORT = 0.7
_FEW_WORDS = 7
_LEAST_WORDS = 4
_MOST_WORDS = 4_000
_CANDIDATES = 3
_VOTES = 4_000
_AROUND = 3
_FEWEST_NEAR = 0.34


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near a text comes to a quote, in words: those of the quote, of the places that come nearest, of both."""

    wanted: int
    seen: int
    shared: int

    @property
    def likeness(self) -> float:
        """0 for no word in common to 1 for the same words in the same order (Sørensen and Dice)."""
        return 2 * self.shared / (self.wanted + self.seen) if self.wanted else 0.0


def nearness(quote: str, text: str) -> Nearness:
    """How near the text comes to a quote: what tells altered from missing."""
    source = Source(text, (), (quote,))
    return _nearness(_aligned(parts_of(quote, GAP), source), source)


def compared(quote: str, ways: Sequence[Sequence[Part]], source: Source, where: str) -> QuoteMatch:
    """What is to be said of a quote that is not found, whichever way it is read: altered and how, or missing."""
    missing = QuoteMatch(quote, False, "")
    parts, pieces, near = max(
        ((way, pieces, _nearness(pieces, source)) for way in ways for pieces in [_aligned(way, source)]),
        key=lambda each: each[2].likeness,
    )
    needed = _LIKE_ENOUGH if near.wanted >= _FEW_WORDS else _LIKE_ENOUGH_SHORT
    if near.wanted < _LEAST_WORDS or near.likeness < needed:
        return missing
    differences: list[Difference] = []
    for piece in pieces:
        differences += piece.differences(source)
    differences += _misplaced(parts, pieces, source)
    if not differences:
        # One figure was set in another way; between parts only what no insertion and no short ellipsis hides.
        apart = all(
            part.reach < 0 and piece.begin - before.end > SHORT
            for part, (before, piece) in zip(parts[1:], pairwise(pieces), strict=True)
        )
        return QuoteMatch(quote, True, where) if apart else missing
    differences.sort(key=lambda each: not each.telling)
    spelt = source.spelling | {normalise(form): form for form in AS_WRITTEN.findall(quote)}
    said = tuple(dict.fromkeys(each.sentence(spelt) for each in differences[:MOST_DIFFERENCES]))
    if (more := len(differences) - MOST_DIFFERENCES) > 0:
        said = (*said, f"{more} more {'difference' if more == 1 else 'differences'}")
    seen = [source.words[piece.begin : piece.end] for piece in pieces if piece.end]
    nearest = " … ".join(as_set(words, source.spelling) for words in seen)
    return QuoteMatch(quote, False, where, said, nearest)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a quote beside the words of the text that come nearest: ``words[begin:end]``, none if nothing does."""

    wanted: list[str]
    begin: int = 0
    end: int = 0

    def shared(self, words: list[str]) -> int:
        """How many words of the part stand there, in its order."""
        from rapidfuzz.distance import LCSseq

        return LCSseq.similarity(self.wanted, words[self.begin : self.end]) if self.end else 0

    def differences(self, source: Source) -> Iterator[Difference]:
        """The words that differ, in the order of the quote."""
        from rapidfuzz.distance import Indel

        if not self.end:
            yield Difference(self.wanted, [])
            return
        seen = source.words[self.begin : self.end]
        steps = [step for step in Indel.opcodes(self.wanted, seen) if step.tag != "equal"]
        merged: list[list[int]] = []
        for step in steps:
            if merged and (merged[-1][1], merged[-1][3]) == (step.src_start, step.dest_start):
                merged[-1][1], merged[-1][3] = step.src_end, step.dest_end
            else:
                merged.append([step.src_start, step.src_end, step.dest_start, step.dest_end])
        for begin, end, there, behind in merged:
            wanted, instead = self.wanted[begin:end], seen[there:behind]
            if not _same_figure(wanted, instead):
                yield Difference(wanted, instead, self.wanted[max(0, begin - 2) : begin], self.wanted[end : end + 2])


def _same_figure(wanted: list[str], seen: list[str]) -> bool:
    """Whether both are one figure, its thousands set apart in one of them: "10 000" and "10000"."""
    return (
        bool(wanted and seen)
        and all("".join(each).isdigit() and all(len(group) == 3 for group in each[1:]) for each in (wanted, seen))
        and "".join(wanted) == "".join(seen)
    )


def _aligned(parts: Sequence[Part], source: Source) -> list[_Piece]:
    return [_nearest(part.words.split(), source) for part in parts]


def _nearness(pieces: Sequence[_Piece], source: Source) -> Nearness:
    return Nearness(
        sum(len(piece.wanted) for piece in pieces),
        sum(piece.end - piece.begin for piece in pieces),
        sum(piece.shared(source.words) for piece in pieces),
    )


def _nearest(wanted: list[str], source: Source) -> _Piece:
    """The words of the text that come nearest to these.

    The rarest of them vote for a place; the few that most agree on are compared. On 1 MB that takes a millisecond a
    quote where an alignment by characters (rapidfuzz) takes ten.
    """
    from rapidfuzz.distance import Indel

    length = len(wanted)
    if length > min(_MOST_WORDS, 2 * len(source.words)):
        return _Piece(wanted)
    votes: Counter[int] = Counter()
    cast = 0
    for place, word in sorted(enumerate(wanted), key=lambda each: len(source.places.get(each[1], ()))):
        held = source.places.get(word, ())
        if cast and cast + len(held) > _VOTES:
            break
        for there in held:
            votes[there - place] += 1
        cast += len(held)
    best = (_FEWEST_NEAR, _Piece(wanted))
    for start in _favourites(votes):
        begin, end = start, start + length
        reach = range(max(0, start - _AROUND), max(1, min(end, start + _AROUND + 1)))
        begin = min(reach, key=lambda at: (Indel.normalized_distance(wanted, source.words[at:end]), abs(at - start)))
        ends = range(max(begin + 1, end - max(_AROUND, length // 3)), end + max(3 * _AROUND, length // 3) + 1)
        end = min(ends, key=lambda at: (Indel.normalized_distance(wanted, source.words[begin:at]), abs(at - end)))
        piece = _Piece(wanted, begin, min(end, len(source.words)))
        likeness = 2 * piece.shared(source.words) / (length + piece.end - begin) if piece.end > begin else 0.0
        if likeness > best[0]:
            best = (likeness, piece)
    return best[1]


def _favourites(votes: Counter[int]) -> list[int]:
    """The starts that most votes stand by, counting those of their neighbours."""
    weight = {
        start: sum(votes[start + off] for off in range(-_AROUND, _AROUND + 1) if start + off in votes)
        for start in votes
    }
    chosen: list[int] = []
    for start in sorted(weight, key=lambda each: (-weight[each], -votes[each], each)):
        if all(abs(start - other) > _AROUND for other in chosen):
            chosen.append(start)
            if len(chosen) == _CANDIDATES:
                break
    return chosen


def _misplaced(parts: Sequence[Part], pieces: Sequence[_Piece], source: Source) -> Iterator[Difference]:
    """What is wrong between parts that all stand in the text: their order, or what was left out between them."""
    words = source.loosest
    wrong = False
    for before, part in pairwise(parts):
        if f" {before.words} " not in words or f" {part.words} " not in words or in_order((before, part), words):
            continue
        wrong = True
        end = words.find(f" {before.words} ") + len(before.words) + 1
        begin = words.find(f" {part.words} ", end)
        between = words[end : begin + 1].split()[: REACH + 1] if begin >= 0 else []
        if begin < 0:
            yield Difference(before.words.split(), part.words.split(), kind="order")
        elif any(map(denies, between)) or any(word[-1].isdigit() for word in between):
            yield Difference([], between, before.words.split()[-2:], part.words.split()[:2])
        else:
            yield Difference(before.words.split(), part.words.split(), kind="apart")
    exact = all(f" {part.words} " in words for part in parts)
    if exact and not wrong and len(parts) > 1:
        yield Difference(parts[0].words.split(), parts[-1].words.split(), kind="order")
