"""Moved collections: whole sites that live on as a frozen copy which keeps the path, on another host. Pure.

The built-in table is ``frozen.toml``; users add rows of their own. What comes out are candidates, to be fetched and
compared (answers 200, same title or text), never put in the place of a citation unseen.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources

from linkcheck import uri
from linkcheck.errors import SettingsError

MOST = 3
"""Candidates of one address: each costs a fetch."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A row of the table: what stood on ``hosts`` under ``prefix`` from one day to another is kept at ``target``.

    Attributes:
        hosts: lower case, without ``www.``.
        prefix: of the path, with the leading slash.
        begun, ended: the first and the last day on which its pages were put up.
        target: URL to which the path is added, or with ``{path}`` where it stands, or ``{rest}`` of it after the
            prefix. The query comes last.
        source: a public page that speaks of the copy; "" of a user's row.
        checked: when the row was last held against public sources.
    """

    hosts: tuple[str, ...]
    prefix: str
    begun: date
    ended: date
    target: str
    source: str = ""
    checked: date | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Where a page may live on. ``why``: what decided for this copy, in words; ``sure``: whether a date did."""

    url: str
    collection: Collection
    why: str
    sure: bool


@functools.cache
def built_in() -> tuple[Collection, ...]:
    """The rows of ``frozen.toml``, in its order."""
    table = tomllib.loads(resources.files("linkcheck").joinpath("frozen.toml").read_text("utf-8"))
    return tuple(
        Collection(
            hosts=tuple(row["hosts"]),
            prefix=row["prefix"],
            begun=row["from"],
            ended=row["until"],
            target=row["target"],
            source=row["source"],
            checked=row["checked"],
        )
        for row in table["collection"]
    )


def candidates(url: str, accessed: date | None, rows: Iterable[Collection] = ()) -> tuple[Candidate, ...]:
    """Where the page may live on, the likeliest first; nothing for an address that no row speaks of.

    A date in the path decides, else the day of citing. A day on which one site followed another may be of either: the
    new one first. A day of citing after every period decides nothing, for people write down when they looked last, and
    neither does one before them all; then the copies come by how near their time is.

    Args:
        url: as cited.
        accessed: the day of citing.
        rows: of the user; they stand before the built-in ones.
    """
    if not uri.is_web(url):
        return ()
    found = [row for row in (*rows, *built_in()) if _speaks_of(row, url)]
    # Of one host the row with the longest prefix knows best: /sites/ of epa.gov keeps its paths, pages do not.
    longest = max((len(row.prefix) for row in found), default=0)
    found = [row for row in found if len(row.prefix) == longest or not row.source]
    spans = _spans(url)
    for first, last, words in (*spans, *([(accessed, accessed, "it was cited on {}")] if accessed else [])):
        within = [row for row in found if row.begun <= last and first <= row.ended]
        if within:
            day = words.format(_day(first, last))
            ordered = sorted(within, key=lambda row: row.begun, reverse=True)
            return tuple(Candidate(_moved(row, url), row, day, sure=True) for row in ordered[:MOST])
        if words.startswith("its address"):
            return ()  # It was put up at a time of which no copy is kept.
    near = accessed or date.max
    ordered = sorted(found, key=lambda row: abs(row.ended - near) if near < row.begun else near - row.ended)
    why = "no date says which of its copies"
    return tuple(Candidate(_moved(row, url), row, why, sure=False) for row in ordered[:MOST])


def parse_rows(entries: Iterable[str]) -> tuple[Collection, ...]:
    """The rows of the setting ``moved-collections``: ``HOST[/PREFIX] FROM UNTIL TARGET`` each.

    Days are ``YYYY-MM-DD``; ``-`` in place of one leaves that end open. TARGET is a host or an http(s) URL; the
    path is added to it, or stands where ``{path}`` does, or the rest of it after PREFIX where ``{rest}`` does.

    Raises:
        SettingsError: an entry has not that form; names it and what is wrong.
    """
    return tuple(_row(entry) for entry in entries)


# ---------------------------------------------------------------- which row


def _speaks_of(row: Collection, url: str) -> bool:
    path = uri.path(url)
    inside = path.startswith(row.prefix) or path == row.prefix.rstrip("/")
    return uri.bare_host(url) in row.hosts and inside and not uri.is_root(url)


_DATE = re.compile(
    r"(?<![\d.])(?P<year>19[89]\d|20\d\d)(?:[/_-]?(?P<month>0[1-9]|1[0-2])(?:[/_-]?(?P<day>[0-3]\d))?)(?!\d)"
)
"""With a month at least: a year alone is often what a page is about (``/omb/budget/fy2026/``)."""


def _spans(url: str) -> list[tuple[date, date, str]]:
    """The first and last day that a date in the path may mean, the most exact date alone."""
    best: tuple[date, date] | None = None
    for found in _DATE.finditer(uri.path(url)):
        span = _span(found["year"], found["month"], found["day"])
        if span and (best is None or span[1] - span[0] < best[1] - best[0]):
            best = span
    return [(*best, "its address is dated {}")] if best else []


def _span(year: str, month: str, day: str | None) -> tuple[date, date] | None:
    try:
        if day:
            whole = date(int(year), int(month), int(day))
            return whole, whole
        first = date(int(year), int(month), 1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    except ValueError:
        return None


def _day(first: date, last: date) -> str:
    return first.isoformat() if first == last else f"{first:%Y-%m}"


def _moved(row: Collection, url: str) -> str:
    path, query = uri.path(url), uri.query(url)
    if not _PLACES.search(row.target):
        return row.target.rstrip("/") + path + (f"?{query}" if query else "")
    # A path that a suffix is added to has lost its last slash there.
    bare = path if row.target.endswith("}") else path.rstrip("/")
    moved = row.target.replace("{path}", bare).replace("{rest}", bare[len(row.prefix) :])
    return moved + (f"?{query}" if query else "")


_PLACES = re.compile(r"\{(path|rest)\}")


# ---------------------------------------------------------------- rows of users


def _row(entry: str) -> Collection:
    parts = entry.split()
    if len(parts) != 4:
        raise _wrong(entry, f"it has {len(parts)} words and not four")
    where, first, last, target = parts
    normal = uri.normalise(f"http://{where.partition('//')[2] or where}")
    if normal is None or "." not in uri.host(normal):
        raise _wrong(entry, f"{where!r} is no host")
    if "://" not in target:
        target = f"https://{target}"
    kept = uri.normalise(_PLACES.sub("/", target))
    if kept is None or not uri.is_web(kept) or "." not in uri.host(kept):
        raise _wrong(entry, f"{target!r} is no http or https address")
    begun, ended = _bound(entry, first, date.min), _bound(entry, last, date.max)
    if begun > ended:
        raise _wrong(entry, f"{last} is before {first}")
    return Collection((uri.bare_host(normal),), uri.path(normal), begun, ended, target)


def _bound(entry: str, written: str, unbounded: date) -> date:
    if written == "-":
        return unbounded
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise _wrong(entry, f"{written!r} is no day such as 2021-01-20") from None


def _wrong(entry: str, fault: str) -> SettingsError:
    return SettingsError(
        f"moved-collections: {entry!r} is not HOST[/PREFIX] FROM UNTIL TARGET: {fault} "
        "(www.example.org/press 2017-01-20 2021-01-20 https://old.example.org)"
    )
