"""The worlds: which URLs there are, what each answers, and what is true of it. Pure; ``serving`` brings them to life.

A host is a loopback address of its own (Linux answers on all of 127/8), so no tool needs a resolver and every tool
sees as many hosts as there are.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Truth(StrEnum):
    """What is true of a URL. The last two are what a peer may say instead where it tells no more."""

    ALIVE = "alive"
    REDIRECT = "redirect"
    DEAD = "dead"
    TIMEOUT = "timeout"
    RESET = "reset"
    WORKS = "works"
    BROKEN = "broken"

    @property
    def works(self) -> bool:
        """Whether a reader gets a page."""
        return self in (Truth.ALIVE, Truth.REDIRECT, Truth.WORKS)


@dataclass(frozen=True, slots=True)
class Link:
    """One URL: where it is, what is true of it, and how long its answers take (seconds)."""

    address: str
    path: str
    truth: Truth
    target: str = ""
    delay_s: float = 0.0
    target_delay_s: float = 0.0


@dataclass(frozen=True, slots=True)
class World:
    """A small web.

    Attributes:
        letter: its name.
        title: what it is, for the table.
        links: every URL, in the order of the list.
        tls: whether it speaks HTTPS.
        delays: whether its answers take time, which nginx cannot do.
        rate, burst: requests a second that a host answers before it says 429, and how many at once; 0 for any number.
    """

    letter: str
    title: str
    links: tuple[Link, ...]
    tls: bool = False
    delays: bool = False
    rate: float = 0.0
    burst: int = 0

    @property
    def addresses(self) -> list[str]:
        """Of its hosts, in a fixed order."""
        return sorted({link.address for link in self.links})

    def truths(self, port: int) -> dict[str, Truth]:
        """What is true of every URL, in the order of the list."""
        return {self.url(link, port): link.truth for link in self.links}

    def url(self, link: Link, port: int) -> str:
        """The URL of a link of this world."""
        return f"{'https' if self.tls else 'http'}://{link.address}:{port}{link.path}"


MEDIAN_S = 0.2
P99_S = 3.0
LONGEST_S = 8.0
"""No answer of world C takes longer, so that no timeout of 10 s hits a host that answers."""

TIMEOUT_S = 10.0
"""What every tool is given for one answer."""


def build(letter: str, scale: float = 1.0) -> World:
    """The world of that letter; ``scale`` 0.1 is a tenth of its URLs and hosts."""
    urls, hosts = _SIZES[letter]
    urls, hosts = max(20, round(urls * scale)), max(2, round(hosts * scale)) if hosts > 1 else 1
    chance = random.Random(f"world {letter}")
    if letter == "C":
        return World("C", f"{urls:,} URLs, {hosts} slow hosts", _slow(urls, hosts, chance), delays=True)
    if letter == "D":
        links = tuple(_links("D", urls, hosts, chance, dead=0, redirect=0))
        return World("D", f"{urls:,} URLs, {hosts} hosts, 5/s then 429", links, delays=True, rate=5.0, burst=5)
    titles = {
        "A": f"{urls:,} URLs, {hosts} hosts, HTTP",
        "B": f"{urls:,} URLs, {hosts} hosts, HTTPS",
        "E": f"{urls:,} URLs, one host",
    }
    return World(letter, titles[letter], tuple(_links(letter, urls, hosts, chance)), tls=letter == "B")


def plain(urls: int, hosts: int = 200) -> World:
    """A world of A's kind of any size."""
    links = tuple(_links("A", urls, hosts, random.Random(f"plain {urls}")))
    return World("A", f"{urls:,} URLs, {hosts} hosts, HTTP", links)


_SIZES = {"A": (10_000, 200), "B": (10_000, 200), "C": (2_000, 400), "D": (1_000, 20), "E": (1_000, 1)}
LETTERS = tuple(_SIZES)
_OCTET = {"A": 10, "B": 20, "C": 30, "D": 40, "E": 50}


def _address(letter: str, number: int) -> str:
    return f"127.{_OCTET[letter]}.{number // 200}.{1 + number % 200}"


def _links(
    letter: str, urls: int, hosts: int, chance: random.Random, dead: float = 0.10, redirect: float = 0.05
) -> Iterator[Link]:
    """URLs of every kind in random order, spread evenly over the hosts."""
    kinds = [Truth.DEAD] * round(urls * dead) + [Truth.REDIRECT] * round(urls * redirect)
    kinds += [Truth.ALIVE] * (urls - len(kinds))
    chance.shuffle(kinds)
    places = [number % hosts for number in range(urls)]
    chance.shuffle(places)
    for number, (kind, place) in enumerate(zip(kinds, places, strict=True)):
        address = _address(letter, place)
        if kind is Truth.DEAD:
            yield Link(address, f"/g/{number}.html", kind)
        elif kind is Truth.REDIRECT:
            yield Link(address, f"/r/{number}.html", kind, target=f"/t/{number}.html")
        else:
            yield Link(address, f"/p/{number}.html", kind)


def _slow(urls: int, hosts: int, chance: random.Random) -> tuple[Link, ...]:
    """World C: log-normal answers, one host in a hundred silent, one in a hundred resetting."""
    few = max(1, round(hosts / 100))
    chosen = chance.sample(range(hosts), 2 * few)
    spoiled = {_address("C", number): Truth.TIMEOUT for number in chosen[:few]}
    spoiled |= {_address("C", number): Truth.RESET for number in chosen[few:]}
    made = []
    for link in _links("C", urls, hosts, chance):
        delay, then = _delay(chance), _delay(chance)
        if link.address in spoiled:
            made.append(Link(link.address, link.path, spoiled[link.address]))
        else:
            made.append(Link(link.address, link.path, link.truth, link.target, delay, then))
    return tuple(made)


def _delay(chance: random.Random) -> float:
    sigma = math.log(P99_S / MEDIAN_S) / 2.326  # 2.326: the 99th percentile of the standard normal
    return round(min(LONGEST_S, chance.lognormvariate(math.log(MEDIAN_S), sigma)), 4)


_WORDS = [
    "harbour",
    "stone",
    "letter",
    "river",
    "engine",
    "paper",
    "window",
    "garden",
    "number",
    "island",
    "winter",
    "bridge",
    "copper",
    "meadow",
    "lantern",
    "valley",
    "the",
    "a",
    "of",
    "and",
    "to",
    "in",
    "is",
    "was",
    "it",
    "for",
    "on",
    "are",
    "with",
    "they",
    "be",
    "at",
    "one",
    "have",
    "this",
    "from",
    "or",
    "had",
    "by",
    "but",
    "some",
    "what",
    "there",
    "we",
    "can",
    "out",
    "other",
    "were",
    "all",
    "your",
    "when",
    "use",
    "word",
    "how",
    "said",
    "each",
    "she",
    "which",
    "do",
    "their",
    "time",
    "if",
    "will",
    "way",
    "about",
    "many",
    "then",
    "them",
    "archive",
    "record",
    "source",
    "measure",
    "history",
    "people",
    "water",
    "light",
    "ground",
    "early",
    "often",
    "between",
    "never",
    "always",
    "under",
    "second",
]


def page(name: str, chance: random.Random) -> str:
    """An HTML page of about 20 KB with a title, links, headings and text of its own."""
    parts = [
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Notes on {name}</title>\n'
        f'<meta name="description" content="{_sentence(chance)}"><link rel="stylesheet" href="/style.css"></head>\n'
        f"<body><nav><ul>{''.join(_entries(chance))}</ul></nav>\n<main><h1>Notes on {name}</h1>\n"
    ]
    for number in range(14):
        parts.append(f'<h2 id="part-{number}">{_sentence(chance)}</h2>\n')
        parts.extend(f'<p class="text">{" ".join(_sentence(chance) for _ in range(5))}</p>\n' for _ in range(4))
    parts.append("</main><footer><p>Set in plain type.</p></footer></body></html>\n")
    return "".join(parts)


def _entries(chance: random.Random) -> Iterable[str]:
    for _ in range(12):
        yield f'<li><a href="/{chance.choice(_WORDS)}/{chance.randrange(1000)}">{chance.choice(_WORDS)}</a></li>'


def _sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(_WORDS, k=chance.randrange(8, 16))).capitalize() + "."
