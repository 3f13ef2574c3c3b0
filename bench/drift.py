"""Where the line lies from which a text has drifted: ``python -m bench.drift PAGES… --pair THEN NOW …``.

Takes folders of real pages (HTML documentation is at hand on most machines) and edits each in ways of which it is
known whether the text is still the one that was captured: other navigation, advertisements, dates and comments round
the same article, another template, corrected typos; and shortened by half, reworded, replaced by another article. Every
pair goes through the same reading as in a check. Prints how each measure tells the two apart, with the share of false
alarms (same, called drifted) and of misses (changed, called the same) at each line.

``--pair`` names two folders that hold the same site at two times; pages are paired by their path. What became of them
nobody decided beforehand, so they are listed and not counted.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from statistics import median

from bs4 import BeautifulSoup, Tag

import linkcheck
from linkcheck import drift, page
from linkcheck.judge.text_drift import FEWEST_WORDS, KEPT
from linkcheck.model import Exchange, Request

HEADERS = (("Content-Type", "text/html; charset=utf-8"),)
DEMO = Path(linkcheck.__file__).parent / "demo" / "pages"
LINES = [line / 100 for line in (10, 20, 30, 40, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95)]
MOST_WORDS = 20_000
"""Of a text that the measures with more than linear cost are given."""

LONGEST_EDITED = 6_000
"""Words of a page that is edited: larger ones only take longer."""


@dataclass(frozen=True)
class Text:
    """A page as the comparison reads it."""

    main: str
    whole: str

    @cached_property
    def words(self) -> list[str]:
        return drift.words(self.main)


Edit = Callable[["Article", random.Random], "Article"]


@dataclass(frozen=True)
class Article:
    """A real page taken apart: its head, its content, and others of its folder and of another."""

    name: str
    title: str
    content: Tag
    sister: Tag
    stranger: Tag


# ---------------------------------------------------------------- measures


def _kept(then: Text, now: Text) -> float:
    return drift.kept(then.main, now.whole)


def _indel(then: Text, now: Text) -> float:
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(then.words[:MOST_WORDS], now.words[:MOST_WORDS])


def _jaccard(then: Text, now: Text) -> float:
    ours, theirs = _shingles(then), _shingles(now)
    return len(ours & theirs) / (len(ours | theirs) or 1)


def _dice(then: Text, now: Text) -> float:
    ours, theirs = Counter(then.words), Counter(now.words)
    return 2 * (ours & theirs).total() / ((ours.total() + theirs.total()) or 1)


def _cosine(then: Text, now: Text) -> float:
    ours, theirs = Counter(then.words), Counter(now.words)
    product = sum(count * theirs[word] for word, count in ours.items())
    lengths = math.prod(math.sqrt(sum(count * count for count in each.values())) for each in (ours, theirs))
    return product / lengths if lengths else 0.0


def _shingles(text: Text) -> set[tuple[str, ...]]:
    words = text.words
    return set(zip(words, words[1:], words[2:], strict=False))


MEASURES: dict[str, Callable[[Text, Text], float]] = {
    "kept": _kept,
    "Indel": _indel,
    "Jaccard": _jaccard,
    "Dice": _dice,
    "cosine": _cosine,
}

# ---------------------------------------------------------------- edits


def _paragraphs(content: Tag) -> list[Tag]:
    blocks = content.find_all(["p", "li", "dd", "pre", "td", "blockquote"])
    return [block for block in blocks if not block.find(["p", "li", "dd", "pre", "td"]) and block.get_text(strip=True)]


def _with(article: Article, content: Tag) -> Article:
    return Article(article.name, article.title, content, article.sister, article.stranger)


def _unchanged(article: Article, _: random.Random) -> Article:
    return article


def _reworded(share: float) -> Edit:
    def edit(article: Article, chance: random.Random) -> Article:
        content = copy(article.content)
        stock = drift.words(article.stranger.get_text(" "))[:2_000] or ["word"]
        for node in list(content.find_all(string=True)):
            words = [
                chance.choice(stock) if word.strip() and chance.random() < share else word for word in node.split(" ")
            ]
            node.replace_with(" ".join(words))
        return _with(article, content)

    return edit


def _cut(share: float) -> Edit:
    def edit(article: Article, _: random.Random) -> Article:
        content = copy(article.content)
        blocks = _paragraphs(content)
        left = share * sum(len(block.get_text()) for block in blocks)
        for block in reversed(blocks):
            if left <= 0:
                break
            left -= len(block.get_text())
            block.decompose()
        return _with(article, content)

    return edit


def _swapped(share: float) -> Edit:
    """Paragraphs replaced by those of a page of another site, one in so many."""

    def edit(article: Article, chance: random.Random) -> Article:
        content = copy(article.content)
        stock = [block.get_text() for block in _paragraphs(article.stranger)] or ["Nothing."]
        for place, block in enumerate(_paragraphs(content)):
            if int((place + 1) * share) > int(place * share):
                # As long as what it replaces, so that the share of paragraphs is about that of words.
                length, text = len(block.get_text()), ""
                while len(text) < length:
                    text += f" {chance.choice(stock)}"
                block.string = text[:length]
        return _with(article, content)

    return edit


def _longer(article: Article, _: random.Random) -> Article:
    content = copy(article.content)
    length = len(content.get_text()) / 2
    for block in _paragraphs(article.stranger):
        if length <= 0:
            break
        length -= len(block.get_text())
        content.append(copy(block))
    return _with(article, content)


def _reordered(article: Article, _: random.Random) -> Article:
    content = copy(article.content)
    children = [child.extract() for child in list(content.children)]
    half = len(children) // 2
    for child in children[half:] + children[:half]:
        content.append(child)
    return _with(article, content)


def _replaced_by(which: str) -> Edit:
    def edit(article: Article, _: random.Random) -> Article:
        return _with(article, getattr(article, which))

    return edit


SAME: dict[str, Edit] = {
    "other surroundings": _unchanged,
    "1 word in 100 corrected": _reworded(0.01),
    "1 word in 20 corrected": _reworded(0.05),
    "1 paragraph in 10 rewritten": _swapped(0.1),
    "half as long again": _longer,
    "halves in other order": _reordered,
}
CHANGED: dict[str, Edit] = {
    "shortened by half": _cut(0.5),
    "every 2nd paragraph rewritten": _swapped(0.5),
    "1 word in 4 another": _reworded(0.25),
    "another page of the site": _replaced_by("sister"),
    "a page of another site": _replaced_by("stranger"),
}
BETWEEN: dict[str, Edit] = {
    "shortened by a quarter": _cut(0.25),
    "1 word in 10 corrected": _reworded(0.1),
    "1 paragraph in 4 rewritten": _swapped(0.25),
}

# ---------------------------------------------------------------- surroundings

_PLACES = ("Politics", "World", "Business", "Sport", "Opinion", "Climate", "Science", "Health", "Travel", "Books")
_OFFERS = ("Mattresses at half the price", "Learn Italian in 20 days", "The car that parks itself", "Coffee by post")


def _dressed(article: Article, chance: random.Random, *, rich: bool) -> bytes:
    """The article in a page whose surroundings are never the same twice, in one of two templates."""
    places = chance.sample(_PLACES, 6)
    stock = [block.get_text(" ", strip=True) for block in _paragraphs(article.stranger)]
    teasers = [chance.choice(stock)[:90] for _ in range(5)] if stock else []
    comments = [chance.choice(stock)[:200] for _ in range(3)] if stock else []
    day = f"{chance.randint(1, 28)} March {chance.randint(2015, 2026)}"
    nav = "".join(f"<li><a href='/{name.lower()}'>{name}</a></li>" for name in places)
    related = "".join(f"<li><a href='/{chance.randint(1, 9999)}'>{teaser}</a></li>" for teaser in teasers)
    said = "".join(
        f"<li class='comment'><b>reader{chance.randint(1, 999)}</b> {day}<p>{each}</p></li>" for each in comments
    )
    banner = "<div class='cookie-banner' role='dialog'><p>We value your privacy. We and our partners store cookies.</p>"
    banner += "<button>Accept all</button><button>Reject</button></div>"
    counter = f"<div class='meta'>{day} · {chance.randint(10, 99999):,} views · {chance.randint(0, 400)} comments</div>"
    share = "<div class='share'><a href='#'>Share</a> <a href='#'>Tweet</a> <a href='#'>Email</a></div>"
    weather = f"<div class='weather'>Today {chance.randint(-9, 35)}°, {chance.choice(['rain', 'sun', 'fog'])}</div>"
    advert = f"<div class='ad'>Advertisement <a href='/go'>{chance.choice(_OFFERS)}</a></div>"
    head = f"<html lang='en'><head><title>{article.title}</title></head><body>"
    inner = article.content.decode_contents()
    if rich:
        body = (
            f"{banner}<header><nav><ul>{nav}</ul></nav>{weather}</header><main><article><h1>{article.title}</h1>{counter}"
            f"{share}{inner}{advert}</article></main><aside class='related'><h2>Related articles</h2><ul>{related}</ul>"
            f"</aside><section id='comments' class='comments'><h2>Comments</h2><ul>{said}</ul></section>"
        )
    else:
        body = (
            f"<div id='top'><div class='menu'><ul>{nav}</ul></div>{advert}</div><div id='content'><h1>{article.title}"
            f"</h1>{inner}</div><div class='sidebar'>{weather}<h3>Most read</h3><ul>{related}</ul></div>{banner}"
        )
    return f"{head}{body}<footer><p>© {day[-4:]} Example Media. Terms. Privacy.</p></footer></body></html>".encode()


# ---------------------------------------------------------------- pages


def articles(folders: Sequence[Path], most: int, chance: random.Random) -> list[Article]:
    """Real pages with enough text, a few of each folder, each with one of its folder and one of another."""
    by_folder: dict[Path, list[tuple[str, str, Tag]]] = {}
    for folder in folders:
        paths = sorted(folder.rglob("*.html"))
        chance.shuffle(paths)
        found = []
        for path in paths:
            if len(found) == most:
                break
            soup = BeautifulSoup(path.read_bytes(), "lxml")
            content = soup.find("main") or soup.find("article") or soup.find(attrs={"role": "main"}) or soup.body
            if isinstance(content, Tag):
                for junk in content.find_all(["script", "style", "nav", "noscript"]):
                    junk.decompose()
                if (
                    100
                    <= len(drift.words(" ".join(each.get_text() for each in _paragraphs(content))))
                    <= LONGEST_EDITED
                ):
                    found.append((str(path.relative_to(folder)), soup.title.get_text() if soup.title else "", content))
        by_folder[folder] = found
    taken = []
    for folder, found in by_folder.items():
        others = [each for other, pages in by_folder.items() if other.parent != folder.parent for each in pages]
        for name, title, content in found:
            sisters = [each for each in found if each[0] != name and not _same_content(each[2], content)]
            if sisters and others:
                sister, stranger = chance.choice(sisters)[2], chance.choice(others)[2]
                taken.append(Article(f"{folder.name}/{name}", title, content, sister, stranger))
    return taken


def _same_content(one: Tag, other: Tag) -> bool:
    """Whether two pages are one page twice (stubs made from one template), so that either may stand for the other."""
    return drift.kept(one.get_text(" "), other.get_text(" ")) > 0.5


def text_of(body: bytes) -> Text:
    seen = page.parse(body, HEADERS, "https://www.example.com/a")
    return Text(drift.main_text(body, HEADERS, "https://www.example.com/a"), seen.text if seen else "")


def edited(found: Sequence[Article], edits: dict[str, Edit], seed: int) -> Iterator[tuple[str, str, Text, Text]]:
    """Each article as it was captured and after each edit, in other surroundings: the edit, the name, both texts."""
    for place, article in enumerate(found):
        chance = random.Random(seed * 100_003 + place)
        then = text_of(_dressed(article, chance, rich=bool(place % 2)))
        if len(then.words) < FEWEST_WORDS:
            continue
        for name, edit in edits.items():
            now = text_of(_dressed(edit(article, chance), chance, rich=chance.random() < 0.5))
            if len(now.words) >= FEWEST_WORDS:
                yield name, article.name, then, now


def paired(then: Path, now: Path, most: int, chance: random.Random) -> Iterator[tuple[str, float]]:
    """Pages that both folders hold, and how much of the former is kept."""
    paths = [path.relative_to(then) for path in sorted(then.rglob("*.html"))]
    paths = [path for path in paths if (now / path).is_file()]
    chance.shuffle(paths)
    for path in paths[:most]:
        moment = datetime(2026, 1, 1, tzinfo=UTC)
        before, after = (
            Exchange(Request("https://www.example.com/a"), b"", b"", (each / path).read_bytes(), 200, HEADERS, moment)
            for each in (then, now)
        )
        seen = drift.compare(before, after, uri_m="a", captured_at=moment)
        if seen is not None and min(seen.words_then, seen.words_now) >= FEWEST_WORDS:
            yield str(path), seen.likeness


# ---------------------------------------------------------------- printing


def main() -> int:
    """0, or 2 where no page was found."""
    options = _options()
    chance = random.Random(options.seed)
    found = articles(options.pages or [DEMO], options.most, chance)
    if not found:
        print("no pages: name two folders of HTML pages or more, from different sites", file=sys.stderr)
        return 2
    edits = SAME | BETWEEN | CHANGED
    table: dict[str, list[dict[str, float]]] = {name: [] for name in edits}
    for edit, name, then, now in edited(found, edits, options.seed):
        row = {measure: measured(then, now) for measure, measured in MEASURES.items()}
        table[edit].append(row)
        if options.wrong and ((edit in SAME and row["kept"] < KEPT) or (edit in CHANGED and row["kept"] >= KEPT)):
            print(f"wrong: {edit}: {name}: {row['kept']:.2f}")
    _print_edits(table)
    for measure in MEASURES:
        _print_curve(measure, table)
    for then, now in options.pair:
        _print_pair(then, now, sorted(paired(then, now, options.most_pairs, chance), key=lambda each: each[1]))
    return 0


def _print_edits(table: dict[str, list[dict[str, float]]]) -> None:
    print(f"{len(table[next(iter(table))])} pages; of each measure the median, and the 1st or 99th hundredth\n")
    print(f"{'edit':<33}" + "".join(f"{measure:>16}" for measure in MEASURES))
    for edit, rows in table.items():
        cells = []
        for measure in MEASURES:
            values = sorted(row[measure] for row in rows)
            far = values[len(values) // 100] if edit not in CHANGED else values[-1 - len(values) // 100]
            cells.append(f"{median(values):>9.2f}{'↓' if edit not in CHANGED else '↑'}{far:>5.2f} ")
        print(f"{'≠' if edit in CHANGED else '=' if edit in SAME else ' '} {edit:<31}" + "".join(cells))


def _print_curve(measure: str, table: dict[str, list[dict[str, float]]]) -> None:
    same = [row[measure] for edit in SAME for row in table[edit]]
    changed = [row[measure] for edit in CHANGED for row in table[edit]]
    print(f"\n{measure}: drifted under   " + "".join(f"{line:>7.2f}" for line in LINES))
    for name, values, wrong in (("false alarms, %", same, True), ("misses, %", changed, False)):
        shares = (100 * sum((value < line) is wrong for value in values) / len(values) for line in LINES)
        print(f"  {name:<24}" + "".join(f"{share:>7.2f}" for share in shares))


def _print_pair(then: Path, now: Path, seen: list[tuple[str, float]]) -> None:
    values = [value for _, value in seen]
    if not values:
        print(f"\n{then.name} → {now.name}: no pages in common")
        return
    tenths = "".join(f"{values[int(len(values) * part)]:>6.2f}" for part in (0, 0.01, 0.05, 0.1, 0.25, 0.5))
    under = sum(value < KEPT for value in values)
    print(
        f"\n{then.parent.name} {then.name} → {now.name}: {len(values)} pages; lowest, 1 %, 5 %, 10 %, 25 %, median:",
        end="",
    )
    print(f"{tenths}; under {KEPT:g}: {under}")
    for name, value in seen[:under][:8]:
        print(f"    {value:.2f} {name}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.drift", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("pages", nargs="*", type=Path, help="folders of HTML pages, one a site")
    parser.add_argument("--pair", nargs=2, type=Path, action="append", default=[], metavar=("THEN", "NOW"))
    parser.add_argument("--most", type=int, default=20, help="pages of a folder that are edited; 20 take a minute")
    parser.add_argument("--most-pairs", type=int, default=150, help="pages of a pair that are compared")
    parser.add_argument("--wrong", action="store_true", help="name every page that comes out wrong")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
