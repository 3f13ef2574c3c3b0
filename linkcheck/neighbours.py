"""Near-by addresses: which of those that an archive holds may be the one that was meant. Pure.

Addresses get mangled: a date is made up, an id is lost, a line break cuts the end off, a bracket is glued on, a letter
is mistyped. What was meant then shares with what is written an id, or most words of its last part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from urllib.parse import unquote

from linkcheck import uri

LEAST_SCORE = 0.6
"""Below it an address is another page that happens to share some words."""

BEST = 5
"""Candidates that are handed on."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An address near the cited one. ``score``: 0 to 1; ``why``: what they share, in words, the strongest first."""

    url: str
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IdKind:
    """One way in which sites put a stable id into an address.

    Attributes:
        name: for people.
        hosts: regular expression over the host without ``www.``; "" for any.
        pattern: over path and query; group ``id`` is the id.
        weight: score of two addresses that share one. Long ids never meet by chance, short numbers do.
        in_slug: it stands at the end of the last part, behind the words, and can be lost or added.
    """

    name: str
    hosts: str
    pattern: str
    weight: float
    in_slug: bool = False


ID_KINDS = (
    IdKind("article number", r"themoscowtimes\.com", r"-a(?P<id>\d{3,7})/?$", 0.97, in_slug=True),
    IdKind("article id", r"apnews\.com", r"[-/](?P<id>[0-9a-f]{32})/?$", 0.97, in_slug=True),
    IdKind("video id", r"(m\.)?youtube\.com|youtu\.be", r"(?:[?&]v=|/)(?P<id>[\w-]{11})(?![\w-])", 0.97),
    IdKind("post number", "", r"/status(?:es)?/(?P<id>\d{5,20})", 0.97),
    IdKind("DOI", "", r"(?P<id>10\.\d{4,9}/[^\s?#&]+)", 0.97),
    IdKind("arXiv number", r"arxiv\.org", r"/(?:abs|pdf|html)/(?P<id>\d{4}\.\d{4,5})", 0.97),
    IdKind("UUID", "", r"(?P<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", 0.97, in_slug=True),
    IdKind("id", "", r"[-_/](?P<id>[0-9a-f]{24,64})(?:\.\w+)?/?$", 0.95, in_slug=True),
    IdKind("number", "", r"[-_/.a-z](?P<id>\d{6,})(?:\.\w+)?/?$", 0.8, in_slug=True),
    IdKind("number", "", r"[?&](?:id|p|nid|aid|story|storyid|article|articleid|newsid)=(?P<id>\d{4,})", 0.7),
)
"""In this order; the first that fits an address counts. Its own form is known of the sites that are named."""

_A_HEADLINE = 5
"""Words of a last part that no two pages of a site share by chance."""

_MOST_WORDS = 60
_MOST_LETTERS = 300

_DATE = re.compile(
    r"(?<!\d)(?P<year>19\d\d|20\d\d)[/-]?(?P<month>0?[1-9]|1[0-2])(?:[/-]?(?P<day>[0-2]?\d|3[01]))?(?!\d)"
)
_GLUED = re.compile(r"(?:%(?:22|27|28|29|3[CE]|5D|7D|E2%80%9[CD])|[\s.,;:!?'\"()\[\]{}<>*|…”’»]){1,12}$", re.I)
_EXTENSION = re.compile(r"\.(?:s?html?|php|aspx?|jsp)$", re.I)
_WORDS = re.compile(r"[^\W_]+")


def stable_id(url: str) -> tuple[IdKind, str] | None:
    """The id that a site knows the page by, whatever else its address says; None where there is none to be seen."""
    where = _where(url)
    for kind in ID_KINDS:
        if kind.hosts and not re.fullmatch(kind.hosts, uri.bare_host(url)):
            continue
        found = re.search(kind.pattern, where)
        if found:
            return kind, found["id"]
    return None


def unglued(url: str) -> str:
    """Without the punctuation that the text around it left at the end of its path; brackets that belong stay."""
    if uri.query(url):
        return url
    cut = _GLUED.sub("", url)
    if url[len(cut) :].startswith((")", "%29")) and cut.count("(") > cut.count(")"):
        return f"{cut})"
    return cut


def slug_words(url: str) -> list[str]:
    """The words of the last part of the path, lower case, without file extension and id."""
    last = uri.path(url).rstrip("/").rpartition("/")[2]
    found = stable_id(url)
    if found and found[0].in_slug:
        last = last.partition(found[1])[0].rstrip("-_.") if found[1] in last else last
        # The letter before the number is part of the id: ``-a86187``.
        last = re.sub(r"-[a-z]$", "", last) if re.search(rf"-[a-z]{found[1]}", uri.path(url)) else last
    return _WORDS.findall(unquote(_EXTENSION.sub("", last)).lower())


def ranked(uri_r: str, addresses: Iterable[str]) -> tuple[Neighbour, ...]:
    """The addresses that may be the one that was meant, best first; never ``uri_r`` itself.

    Args:
        uri_r: what was cited.
        addresses: what is there, in any order; spellings of one address count once.
    """
    best: dict[str, Neighbour] = {}
    for address in addresses:
        if _key(address) == _key(uri_r):
            continue
        scored = likeness(uri_r, address)
        if scored.score >= LEAST_SCORE:
            best.setdefault(_key(address), scored)
    ordered = sorted(best.values(), key=lambda near: (-near.score, len(near.url), near.url))
    return tuple(ordered[:BEST])


def likeness(cited: str, other: str) -> Neighbour:
    """How much speaks for ``other`` being what ``cited`` meant: its id or the words of its last part, then its place.

    Numbers count as words that must agree: ``…-bans-92-citizens`` and ``…-bans-94-citizens`` are two events.
    """
    score, why = _core(cited, other)
    if not score:
        return Neighbour(other, 0.0, ())
    bonus = 0.0
    day, other_day = _date(cited), _date(other)
    if day and day == other_day:
        bonus += 0.02
        why.append(f"the same date ({day})")
    elif day and other_day:
        why.append(f"another date ({other_day})")
    if uri.path(cited).rstrip("/").rpartition("/")[0] == uri.path(other).rstrip("/").rpartition("/")[0]:
        bonus += 0.02
        why.append("in the same folder")
    elif _depth(cited) == _depth(other):
        bonus += 0.01
    return Neighbour(other, round(min(1.0, score + bonus), 3), tuple(why))


def _core(cited: str, other: str) -> tuple[float, list[str]]:
    """The stronger of id and words, and both in words."""
    ours, theirs = stable_id(cited), stable_id(other)
    same = bool(ours and theirs and ours[1] == theirs[1])
    words, why = _wording(cited, other)
    if same and ours:
        return max(ours[0].weight, words), [f"the same {ours[0].name} ({ours[1]})", *why]
    if ours and theirs and ours[0].weight >= 0.9:
        # Another page, however alike its few words (a daily column has the same each day), unless the id was made up
        # under a headline that is right: language models do that.
        telling = len(slug_words(cited)) >= _A_HEADLINE
        return words * (0.8 if telling else 0.6), [*why, f"another {theirs[0].name} ({theirs[1]})"]
    return words, why


def _wording(cited: str, other: str) -> tuple[float, list[str]]:
    ours, theirs = slug_words(cited), slug_words(other)
    if not ours or not theirs:
        return 0.0, []
    # Strangers write them, and comparing takes time with the square of the length.
    ours, theirs = ours[:_MOST_WORDS], theirs[:_MOST_WORDS]
    mine, its = "-".join(ours)[:_MOST_LETTERS], "-".join(theirs)[:_MOST_LETTERS]
    # One word says little: ``index``, ``news``, ``about``.
    telling = min(1.0, len(mine) / 16) if len(ours) > 1 else 0.5
    if mine == its:
        return 0.93 * telling, ["the same words"]
    if its.startswith(mine) and len(mine) >= 12:
        return 0.85 * telling, ["the cited address is its beginning"]
    if mine.startswith(its) and len(its) >= 12:
        return 0.85, ["it is the beginning of the cited address"]
    matcher = SequenceMatcher(None, mine, its, autojunk=False)
    if matcher.real_quick_ratio() < LEAST_SCORE or matcher.quick_ratio() < LEAST_SCORE:
        return 0.0, []
    letters = matcher.ratio()
    shared = SequenceMatcher(None, ours, theirs, autojunk=False).ratio()
    alike = max(shared, letters if letters >= 0.9 else 0.0)
    if _numbers(ours) != _numbers(theirs):
        alike *= 0.6
    return 0.9 * alike * telling, [f"{round(100 * alike)} % of its words"]


def _numbers(words: list[str]) -> list[str]:
    return [word for word in words if word.isdecimal()]


def _date(url: str) -> str:
    found = _DATE.search(uri.path(url))
    if found is None:
        return ""
    day = f"-{int(found['day']):02}" if found["day"] else ""
    return f"{found['year']}-{int(found['month']):02}{day}"


def _depth(url: str) -> int:
    return uri.path(url).rstrip("/").count("/")


def _where(url: str) -> str:
    query = uri.query(url)
    return unglued(uri.path(url)) + (f"?{query}" if query else "")


def _key(url: str) -> str:
    """The index key, or the text itself where it is no URL."""
    try:
        return uri.surt(url)
    except ValueError:
        return url
