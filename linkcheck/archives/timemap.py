"""Link-format as TimeMaps and ``Link`` fields have it (RFC 6690 2, RFC 8288 3, RFC 7089 5). Pure.

Read forgivingly, as archives write it: addresses hold commas and semicolons, dates hold commas, some leave out quotes,
end with a comma, or break off in the middle. What cannot be read is left out, and never makes up a capture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from linkcheck import uri
from linkcheck.archives.replaying import moment_of

_QUOTED = r'"(?:[^"\\]|\\.)*"'
_LINK = re.compile(rf'<([^<>"\s]*)>((?:[^"<]|{_QUOTED})*)')
_PARAMETER = re.compile(rf';\s*([\w*!#$&+.^`|~-]+)\s*(?:=\s*({_QUOTED}|[^\s;,"]+))?')


@dataclass(frozen=True, slots=True)
class Link:
    """One link: its absolute target, its relations in lower case, and its date where it has one."""

    url: str
    relations: frozenset[str]
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class TimeMap:
    """What a TimeMap, or the ``Link`` field of a TimeGate or memento, says.

    Attributes:
        mementos: moment and URI-M, oldest first, each URI-M once.
        original, timegate: addresses, "" where they are not named.
        pages: further TimeMaps that this one leads to; where there are any it is not the whole.
    """

    mementos: tuple[tuple[datetime, str], ...] = ()
    original: str = ""
    timegate: str = ""
    pages: tuple[str, ...] = ()


def links(text: str, base: str) -> Iterator[Link]:
    """The links that stand in a text, those left out that lead nowhere."""
    for found in _LINK.finditer(text):
        target = uri.join(base, found[1]) if found[1] else None
        if target is None or not uri.is_web(target):
            continue
        said: dict[str, str] = {}
        for name, value in _PARAMETER.findall(found[2]):
            said.setdefault(name.lower(), _plain(value))
        yield Link(target, frozenset(said.get("rel", "").lower().split()), moment_of(said.get("datetime", "")))


def parse(text: str, base: str) -> TimeMap:
    """A TimeMap found at ``base``. A memento without a date that can be read is none."""
    mementos: dict[str, datetime] = {}
    first: dict[str, str] = {}
    pages: dict[str, None] = {}
    itself = {base}
    for link in links(text, base):
        if "memento" in link.relations and link.moment is not None:
            mementos.setdefault(link.url, link.moment)
        if "self" in link.relations:
            itself.add(link.url)
        elif "timemap" in link.relations:
            pages[link.url] = None
        for relation in link.relations & {"original", "timegate"}:
            first.setdefault(relation, link.url)
    return TimeMap(
        tuple(sorted((moment, url) for url, moment in mementos.items())),
        first.get("original", ""),
        first.get("timegate", ""),
        tuple(page for page in pages if page not in itself),
    )


def _plain(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value
