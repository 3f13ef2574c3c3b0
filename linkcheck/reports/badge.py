"""A badge: the score as a small picture for a README, which fetches nothing."""

from __future__ import annotations

from dataclasses import dataclass

from linkcheck.model import Report
from linkcheck.score import score

NAME = "badge"
SUFFIX = ".badge.svg"

LABEL = "citations"

_STEPS = (
    (90, "brightgreen", "#2f7d32"),
    (75, "green", "#52772a"),
    (50, "yellow", "#8a6d00"),
    (0, "red", "#b3261e"),
)
"""From which score on: shields.io's word for the colour, and a shade on which white text has a contrast of 4.5:1."""

_UNTOLD = ("lightgrey", "#5f6368")

_SIZE = 11
_PADDING = 6

_WIDTHS = dict.fromkeys("0123456789", 1302) | {
    "a": 1230,
    "c": 1067,
    "d": 1276,
    "e": 1220,
    "i": 562,
    "l": 562,
    "n": 1296,
    "o": 1243,
    "s": 1067,
    "t": 807,
    "u": 1296,
    "/": 930,
}
"""Of the characters that a badge has, in Verdana, in 2048ths of its size (the font's own table of advances)."""
_HEIGHT = 20


@dataclass(frozen=True, slots=True)
class Badge:
    """What a badge shows. ``name`` is the colour in shields.io's words, ``fill`` the same as ``#rrggbb``."""

    message: str
    name: str
    fill: str


def of(report: Report) -> Badge:
    """The score of a report as a badge; ``untold`` where there is none."""
    value = score(report).value
    if value is None:
        return Badge("untold", *_UNTOLD)
    name, fill = next((name, fill) for least, name, fill in _STEPS if value >= least)
    return Badge(f"{value}/100", name, fill)


def render(report: Report, *, width: int = 100, colour: bool = False) -> str:
    """The badge as SVG. Text lengths are given, so that it looks the same in whatever font there is."""
    shown = of(report)
    left, right = round(_length(LABEL)) + 2 * _PADDING, round(_length(shown.message)) + 2 * _PADDING
    whole = left + right
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="{_HEIGHT}" role="img" \
aria-label="{LABEL}: {shown.message}">
<title>{LABEL}: {shown.message}</title>
<clipPath id="r"><rect width="{whole}" height="{_HEIGHT}" rx="3"/></clipPath>
<g clip-path="url(#r)">
<rect width="{left}" height="{_HEIGHT}" fill="#3b4048"/>
<rect x="{left}" width="{right}" height="{_HEIGHT}" fill="{shown.fill}"/>
</g>
<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="{_SIZE}" text-anchor="middle">
{_text(LABEL, left / 2)}
{_text(shown.message, left + right / 2)}
</g>
</svg>
"""


def _length(text: str) -> float:
    return sum(_WIDTHS[character] for character in text) * _SIZE / 2048


def _text(text: str, middle: float) -> str:
    return f'<text x="{middle:g}" y="14" textLength="{_length(text):.1f}">{text}</text>'
