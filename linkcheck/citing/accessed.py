"""The day on which an author says to have read a source: "(accessed 1 September 2024)". Pure.

A wrong day would pick the wrong capture, so it counts only right behind the URL that it is said of, or, as the APA has
it, right before: "Retrieved March 3, 2021, from https://…".
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from urllib.parse import unquote

from linkcheck.citing import dates
from linkcheck.model import Citation

_READ = (
    r"(?:last[\s-]+)?(?:accessed|retrieved|visited|viewed|checked|access(?:\s+date)?)"
    r"|(?:zuletzt\s+)?(?:abgerufen|aufgerufen|besucht|geprüft|zugegriffen)|(?:letzter\s+)?(?:zugriff|abruf)"
    r"|consultée?|consultado|consultato|acesso|acessado|geraadpleegd|hämtad|dostęp|дата\s+обращения|дата\s+доступа"
)
# fmt: off
_WORDS = (
    "access", "retrieved", "visited", "viewed", "checked", "abgerufen", "aufgerufen", "besucht", "geprüft",
    "zugegriffen", "zugriff", "abruf", "consult", "acess", "geraadpleegd", "hämtad", "dostęp", "дата",
)
# fmt: on
"""One of these is in every form of :data:`_READ`."""
_SAID = re.compile(
    rf"\b(?:{_READ})\b[\s:,-]*(?:on|am|le|el|em|il|op|den|the|at)?[\s:,-]*(?P<day>(?:[^\W\d]{{3,10}}\.?\s+)?\d[^()\[\];]{{4,24}})",
    re.I,
)
_BEHIND = re.compile(rf"/?[\s.,;:>)\]}}]*[\[(]?\s*(?:online[\s;,:]+)?{_SAID.pattern}", re.I)
_BEFORE = re.compile(rf"{_SAID.pattern}\Z", re.I)
_FROM = re.compile(r"[\s,]*(?:from|at|von|de|en)?[\s:,<]*\Z", re.I)
_OF_NEXT = re.compile(r"\d{4}[\s,]*(?:from|at|von|de|en)\b", re.I)
_HYPHENS = re.compile(r"(?<=\d)-(?=[^\W\d_])|(?<=[^\W\d_])-(?=\d)")
_REACH = 60


def said_in(words: str) -> date | None:
    """The day of a field or note such as ``[Online; accessed 29-September-2012]``; None where it says none, or two."""
    days = {found for said in _SAID.finditer(words) if (found := _day(said["day"]))}
    return days.pop() if len(days) == 1 else None


def behind(words: str, end: int) -> date | None:
    """The day said right behind a link, whose own words end there: "[T](https://…), accessed 2 May 2021"."""
    said = _BEHIND.match(words, end, end + _REACH)
    # "Retrieved 3 March 2021, from https://…" is said of the next one.
    return None if said is None or _OF_NEXT.search(words, said.start("day"), end + _REACH) else _day(said["day"])


def beside_its_url(citation: Citation) -> Citation:
    """The citation with the day that stands beside its URL in the words around it; as it is where it has one."""
    around = citation.context
    if citation.accessed or not may_say(around) or not _SAID.search(around):
        return citation
    spellings = (citation.written, unescape(citation.written), citation.url, unquote(citation.url))
    shown = next((each for each in spellings if around.count(each) == 1), "")
    if not shown:
        return citation
    begin = around.index(shown)
    end = begin + len(shown)
    behind = _BEHIND.match(around, end, end + _REACH)
    day = _day(behind["day"]) if behind else None
    if day is None:
        before = _FROM.sub("", around[max(0, begin - _REACH) : begin])
        told = _BEFORE.search(before)
        day = _day(told["day"]) if told and "://" not in told[0] else None
    return replace(citation, accessed=day) if day else citation


def may_say(around: str) -> bool:
    """Whether one of the words is there at all: few contexts have one, and the pattern is dear."""
    lowered = around.lower()
    for word in _WORDS:  # noqa: SIM110  any() takes twice as long, and this is asked of every citation
        if word in lowered:
            return True
    return False


def _day(words: str) -> date | None:
    return dates.day(_HYPHENS.sub(" ", words.partition("http")[0]))
