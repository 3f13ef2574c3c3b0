"""When is a quote altered, and when missing: ``python -m bench.quotes``.

Takes sentences of real texts that every installation of Python has (its language reference, the descriptions and
licences of the installed packages) and of the demo's pages, changes them as people and pages do, and looks for them in
the text that they are from; and, unchanged, in texts that they are not from. Prints how near each kind comes, what
every threshold would call it, and the time that quotes take on a large page.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from pydoc_data import topics

from linkcheck import page, quote
from linkcheck.demo import sites

THRESHOLDS = (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)
LENGTHS = ((3, 3), (4, 4), (5, 6), (7, 9), (10, 14), (15, 24), (25, 60))
LARGE = 1_000_000
_LONGEST = 200_000
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|\n\s*\n")
_FIGURE = re.compile(r"\d+")

Words = list[str]


@dataclass(frozen=True)
class Text:
    """A text with its sentences, in words."""

    name: str
    text: str
    sentences: list[Words]


def main() -> int:
    """0 when nothing changed passes as found and every passage of a text is found in it; else 1."""
    options = _options()
    chance = random.Random(options.seed)
    texts = list(_texts())
    print(f"{len(texts)} texts, {sum(len(each.sentences) for each in texts):,} sentences, seed {options.seed}\n")
    rows, wrong = _measure(texts, options.quotes, chance)
    _print_curve(rows)
    _print_by_length(rows)
    for line in wrong[:20]:
        print(f"WRONG {line}")
    print(f"\nverbatim passages not found, or changed ones that pass as found: {len(wrong)}")
    _print_time(texts, chance)
    return 1 if wrong else 0


# ---------------------------------------------------------------- changes


def _dropped(words: Words, chance: random.Random, vocabulary: Words) -> Words:
    at = chance.randrange(1, len(words) - 1)
    return [*words[:at], *words[at + 1 :]]


def _negated(words: Words, chance: random.Random, vocabulary: Words) -> Words:
    at = chance.randrange(1, len(words))
    return [*words[:at], "not", *words[at:]]


def _replaced(share: float) -> Callable[[Words, random.Random, Words], Words]:
    def change(words: Words, chance: random.Random, vocabulary: Words) -> Words:
        chosen = set(chance.sample(range(len(words)), max(1, round(share * len(words)))))
        return [chance.choice(vocabulary) if at in chosen else word for at, word in enumerate(words)]

    return change


def _swapped(words: Words, chance: random.Random, vocabulary: Words) -> Words:
    at = chance.randrange(len(words) - 1)
    return [*words[:at], words[at + 1], words[at], *words[at + 2 :]]


def _clause_left_out(words: Words, chance: random.Random, vocabulary: Words) -> Words:
    length = max(1, len(words) * 3 // 10)
    at = chance.randrange(1, max(2, len(words) - length))
    return [*words[:at], *words[at + length :]]


def _halves_swapped(words: Words, chance: random.Random, vocabulary: Words) -> Words:
    middle = len(words) // 2
    return [*words[middle:], *words[:middle]]


def _figure_changed(words: Words, chance: random.Random, vocabulary: Words) -> Words:
    return [_FIGURE.sub(lambda figure: str(int(figure[0]) + 1), word) if word.isdigit() else word for word in words]


CHANGES: dict[str, Callable[[Words, random.Random, Words], Words]] = {
    "a word dropped": _dropped,
    "a not added": _negated,
    "figures changed": _figure_changed,
    "two words swapped": _swapped,
    "one word in ten replaced": _replaced(0.1),
    "one in five replaced": _replaced(0.2),
    "three in ten replaced": _replaced(0.3),
    "four in ten replaced": _replaced(0.4),
    "half replaced": _replaced(0.5),
    "seven in ten replaced": _replaced(0.7),
    "three tenths left out": _clause_left_out,
    "halves swapped": _halves_swapped,
}
UNRELATED = "of another text"

Row = tuple[str, int, float]


def _measure(texts: list[Text], quotes: int, chance: random.Random) -> tuple[list[Row], list[str]]:
    """Kind of change, words of the quote and likeness of each; and what was told wrong."""
    rows: list[Row] = []
    wrong: list[str] = []
    vocabulary = [word for each in texts for sentence in each.sentences for word in sentence]
    for each in texts:
        words = f" {quote.normalise(each.text)} "
        for sentence in chance.sample(each.sentences, min(quotes, len(each.sentences))):
            passage = _cut(sentence, chance)
            if not quote.find(" ".join(passage), each.text).found:
                wrong.append(f"{each.name}: not found: {' '.join(passage)}")
            for kind, change in CHANGES.items():
                changed = " ".join(change(passage, chance, vocabulary))
                if f" {changed} " not in words:
                    rows.append((kind, len(passage), quote.nearness(changed, each.text).likeness))
                    if quote.find(changed, each.text).found:
                        wrong.append(f"{each.name}: {kind}, found: {changed}")
            other = chance.choice([text for text in texts if text.name.split()[0] != each.name.split()[0]])
            if f" {' '.join(passage)} " not in f" {quote.normalise(other.text)} ":
                rows.append((UNRELATED, len(passage), quote.nearness(" ".join(passage), other.text).likeness))
    return rows, wrong


def _cut(sentence: Words, chance: random.Random) -> Words:
    """A passage of the sentence, of one of the lengths that it has room for, each as likely."""
    least, most = chance.choice([each for each in LENGTHS if each[0] <= len(sentence)])
    length = chance.randint(least, min(most, len(sentence)))
    at = chance.randrange(len(sentence) - length + 1)
    return sentence[at : at + length]


# ---------------------------------------------------------------- texts


def _texts() -> Iterator[Text]:
    yield from _text("python reference", "\n\n".join(topics.topics.values())[:_LONGEST])
    for name in (
        "hypothesis",
        "rich",
        "numpy",
        "pytest",
        "requests",
        "mypy",
        "cryptography",
        "beautifulsoup4",
        "click",
    ):
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        yield from _text(f"{name} description", distribution.metadata.get_payload() or "")
        for file in distribution.files or ():
            if re.search(r"licen[cs]e", file.name, re.I) and Path(str(file.locate())).is_file():
                yield from _text(f"licence of {name}", Path(str(file.locate())).read_text(errors="replace"))
                break
    for path in sorted((Path(sites.__file__).parent / "pages").glob("*.html")):
        seen = page.parse(path.read_bytes(), (("Content-Type", "text/html"),), "https://a.example/")
        yield from _text(f"demo {path.stem}", seen.text if seen else "")


def _text(name: str, text: object) -> Iterator[Text]:
    sentences = [quote.normalise(sentence).split() for sentence in _SENTENCE.split(str(text))]
    kept = [sentence for sentence in sentences if len(sentence) >= 4]
    if len(kept) >= 5:
        yield Text(name, str(text), kept)


# ---------------------------------------------------------------- tables


def _print_curve(rows: list[Row]) -> None:
    print(f"{'percent called altered at':<28}{'quotes':>7}" + "".join(f"{each:>7.2f}" for each in THRESHOLDS))
    for kind in (*CHANGES, UNRELATED):
        likenesses = [likeness for name, _, likeness in rows if name == kind]
        cells = "".join(f"{_share(likenesses, each):>7.1f}" for each in THRESHOLDS)
        print(f"{kind:<28}{len(likenesses):>7}{cells}")


def _print_by_length(rows: list[Row]) -> None:
    for kind in (UNRELATED, "a word dropped", "one in five replaced", "three in ten replaced"):
        print(f"\n{kind + ', words':<28}{'quotes':>7}" + "".join(f"{each:>7.2f}" for each in THRESHOLDS))
        for least, most in LENGTHS:
            likenesses = [likeness for name, length, likeness in rows if name == kind and least <= length <= most]
            cells = "".join(f"{_share(likenesses, each):>7.1f}" for each in THRESHOLDS)
            print(f"{f'{least} to {most}':<28}{len(likenesses):>7}{cells}")


def _share(likenesses: list[float], threshold: float) -> float:
    return 100 * sum(each >= threshold for each in likenesses) / len(likenesses) if likenesses else 0.0


def _print_time(texts: list[Text], chance: random.Random) -> None:
    reference = texts[0]
    large = (reference.text * (LARGE // len(reference.text) + 1))[:LARGE]
    vocabulary = [word for sentence in reference.sentences for word in sentence]
    passages = chance.sample(reference.sentences, 100)
    for kind, quotes in {
        "found": [" ".join(each) for each in passages],
        "altered": [" ".join(_replaced(0.1)(each, chance, vocabulary)) for each in passages],
        "missing": [" ".join(chance.choices(vocabulary, k=15)) for _ in passages],
        "in parts": [" ".join(each[:2]) + " … " + " ".join(each[2:]) for each in passages],
    }.items():
        begun = time.process_time()
        quote.find_all(tuple(quotes), large)
        print(
            f"100 quotes, {kind + ',':<10} on a page of {len(large):,} characters: {time.process_time() - begun:.2f} s"
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.quotes", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quotes", type=int, default=30, help="sentences taken of each text")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
