"""One sign of a wall: features that together show it, and how headers are looked up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from linkcheck.model import Headers


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Features that together show a wall. Patterns are searched without regard to case.

    Attributes:
        named: what to name in the evidence.
        source: where the features are known from.
        certain: nobody but the wall sends this; believed at 404 and 410 too.
        statuses: of the response; empty for any.
        hosts: that answered, or a parent domain; empty for any.
        address: pattern of the final URL.
        headers: lower-case name and pattern of its value.
        title: pattern of the page's title.
        text: patterns of its visible text.
        ids: of which the page has one.
        marks: rows of :mod:`linkcheck.signs.marks` of which the page shows one.
        noindex: the page asks robots not to index it.
        longest_text: characters of visible text, above which it is no wall but a page.
        most_links: above which it is no wall but a page.
        may_be_empty: a response without a page will do.
        alone: the page has no title, no words (but “Loading …”), no links, and no scripts or frames but those that
            ``embeds`` matches.
        embeds: pattern of the wall's own scripts and frames.
        empty: a success without a body.
    """

    named: str
    source: str
    certain: bool = False
    statuses: frozenset[int] = frozenset()
    hosts: tuple[str, ...] = ()
    address: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    title: str = ""
    text: tuple[str, ...] = ()
    ids: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    noindex: bool = False
    longest_text: int = 1_500
    most_links: int = 1_000
    may_be_empty: bool = False
    alone: bool = False
    embeds: str = ""
    empty: bool = False

    @property
    def asks_for_a_page(self) -> bool:
        """Whether more is needed than address, status and headers: only what is certain needs no more."""
        return not self.certain


REFUSALS = frozenset({401, 403, 405, 406, 429, 503})
"""Statuses that walls answer with, and sites that refuse."""

ANTIBOT_DETECTOR = "github.com/scrapfly/Antibot-Detector, detectors/antibot"
CAPTCHA_DETECTORS = "github.com/scrapfly/Antibot-Detector, detectors/captcha"
WAFW00F = "github.com/EnableSecurity/wafw00f, plugins"
CAPTURED_2018 = "github.com/silverfoxy/JSCryptoMinerStudy, pages captured in 2018"
"""Where many features are known from."""


def only_cookie(name: str, source: str) -> Sign:
    """The vendor's cookie, and nothing to read: whatever the page is, it was not shown."""
    cookie = ("set-cookie", f"^{name}")
    return Sign(headers=(cookie,), empty=True, named="its cookie on an answer without content", source=source)


def only_script(mark: str, source: str, embeds: str = "") -> Sign:
    """The vendor's script, and nothing to read."""
    return Sign(
        marks=frozenset({mark}), alone=True, embeds=embeds, longest_text=60, source=source, named="its script alone"
    )


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, without regard to case."""
    return re.compile(pattern, re.I)


def by_name(headers: Headers) -> dict[str, list[str]]:
    """Header values by lower-case name."""
    fields: dict[str, list[str]] = {}
    for name, value in headers:
        fields.setdefault(name.lower(), []).append(value)
    return fields


def has_headers(sign: Sign, fields: Mapping[str, Sequence[str]]) -> bool:
    """Whether all its headers are there. A name may be a pattern; ``fields`` as :func:`by_name` gives them."""
    for name, pattern in sign.headers:
        if name in fields:
            values: Sequence[str] = fields[name]
        elif "(" in name:
            values = [value for key in fields if re.fullmatch(name, key) for value in fields[key]]
        else:
            return False
        if not any(compiled(pattern).search(value) for value in values):
            return False
    return True
