"""What the policy lets pass for a while: which sources, for which reasons, until when, and why. Pure.

An exception has an end and a reason, so that nobody forgets it; on the day after its end it counts no longer, and the
report says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import Any

from linkcheck import uri
from linkcheck.errors import SettingsError

RUN_OUT = "AN EXCEPTION HAS RUN OUT"
"""How the sentence about an exception begins that counts no longer."""

_KEYS = ("url", "reasons", "until", "reason")
_FORM = "URL REASONS UNTIL WHY (https://example.org/* http-404,dead 2027-01-31 The library is moving its pages)"


@dataclass(frozen=True, slots=True)
class Exemption:
    """One exception.

    Attributes:
        url: of a source, as it is cited; ``*`` stands for any characters.
        reasons: words of the policy that are let pass: reasons, states, ``missing-capture`` …; empty for all.
        until: the last day on which it counts.
        why: in the user's words.
    """

    url: str
    reasons: tuple[str, ...]
    until: date
    why: str

    def speaks_of(self, url: str) -> bool:
        """Whether a citation or source of that address is meant; a pattern without ``*`` means one source."""
        if "*" in self.url:
            pattern = re.sub(
                r"([\[?])", r"[\1]", uri.normalise_pattern(self.url)
            )  # only "*" is special here; "?" begins a query
            return fnmatchcase(url, pattern)
        return uri.without_fragment(uri.normalise(self.url) or self.url) == uri.without_fragment(url)

    def covers(self, words: Iterable[str]) -> bool:
        """Whether one of the words that a shortfall goes by is let pass."""
        return not self.reasons or not set(self.reasons).isdisjoint(words)

    def counts_on(self, day: date) -> bool:
        """Whether it has not run out."""
        return day <= self.until


def covering(exceptions: Iterable[Exemption], url: str, words: Iterable[str], day: date) -> Exemption | None:
    """The first exception that lets this shortfall of that source pass on that day."""
    said = tuple(words)
    return next(
        (each for each in exceptions if each.counts_on(day) and each.speaks_of(url) and each.covers(said)), None
    )


def run_out(exceptions: Iterable[Exemption], day: date) -> tuple[str, ...]:
    """What is said of those that count no longer, a sentence each."""
    return tuple(
        f"{RUN_OUT} on {each.until}: {each.url} "
        f"({', '.join(each.reasons) or 'for anything'}; {each.why}). "
        "It counts no longer: mend the citation, or give it a new date in the settings."
        for each in exceptions
        if not each.counts_on(day)
    )


def parse(entries: object, known: Iterable[str], named: str) -> tuple[Exemption, ...]:
    """The setting ``exceptions``: tables with ``url``, ``until``, ``reason`` and perhaps ``reasons``, or lines.

    Args:
        entries: a list of tables or of lines, or lines in one text, each ``URL REASONS UNTIL WHY``; REASONS are
            apart by commas, ``*`` for all.
        known: the words that REASONS may have.
        named: where it stands, for what is said of it.

    Raises:
        SettingsError: an entry has not that form; names it and what is wrong.
    """
    listed = [line for line in entries.splitlines() if line.strip()] if isinstance(entries, str) else entries
    if not isinstance(listed, list | tuple):
        raise SettingsError(f"{named} takes tables with {', '.join(_KEYS)}, or lines {_FORM}, not {listed!r}")
    words = frozenset(known)
    return tuple(_exemption(entry, words, named) for entry in listed)


def _exemption(entry: object, known: frozenset[str], named: str) -> Exemption:
    if isinstance(entry, Exemption):
        return entry
    if isinstance(entry, str):
        parts = entry.split(None, 3)
        if len(parts) < 4:
            raise SettingsError(f"{named}: {entry.strip()!r} is not {_FORM}")
        listed = () if parts[1] == "*" else tuple(parts[1].split(","))
        entry = {"url": parts[0], "reasons": listed, "until": parts[2], "reason": parts[3]}
    if not isinstance(entry, Mapping):
        raise SettingsError(f"{named}: {entry!r} is neither a table with {', '.join(_KEYS)} nor a line {_FORM}")
    strange = sorted(str(key) for key in entry.keys() - set(_KEYS))
    if strange:
        raise SettingsError(f"{named}: unknown key {strange[0]!r}{_nearest(strange[0], _KEYS)}")
    url, why, reasons = entry.get("url"), entry.get("reason"), entry.get("reasons", ())
    if not isinstance(url, str) or not url.strip() or not isinstance(why, str) or not why.strip():
        raise SettingsError(f"{named}: an exception needs 'url' and 'reason', and {entry!r} has not both")
    reasons = reasons.split(",") if isinstance(reasons, str) else reasons
    if not isinstance(reasons, list | tuple) or not all(isinstance(word, str) for word in reasons):
        raise SettingsError(f"{named}: 'reasons' of {url} is a list of words, not {reasons!r}")
    for word in reasons:
        if word.strip() not in known:
            raise SettingsError(
                f"{named}: {word.strip()!r} of {url} is neither a state nor a reason{_nearest(word.strip(), known)}"
            )
    return Exemption(
        url.strip(), tuple(word.strip() for word in reasons), _day(entry.get("until"), url, named), why.strip()
    )


def _nearest(word: str, known: Iterable[str]) -> str:
    listed = sorted(known)
    near = get_close_matches(word, listed, n=1)
    return f" (did you mean {near[0]!r}?)" if near else f"; known are {', '.join(listed)}"


def _day(written: Any, url: str, named: str) -> date:
    """A date of TOML, or one as text."""
    if isinstance(written, date) and not isinstance(written, datetime):
        return written
    try:
        return date.fromisoformat(written)
    except (TypeError, ValueError):
        raise SettingsError(
            f"{named}: the exception for {url} needs a day 'until' such as 2027-01-31, not {written!r}"
        ) from None
