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

_CHARACTER = 6.6
_PADDING = 6
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
    left, right = _width(LABEL), _width(shown.message)
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
<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">
{_text(LABEL, left / 2)}
{_text(shown.message, left + right / 2)}
</g>
</svg>
"""


def _width(text: str) -> int:
    return round(len(text) * _CHARACTER) + 2 * _PADDING


def _text(text: str, middle: float) -> str:
    return f'<text x="{middle:g}" y="14" textLength="{len(text) * _CHARACTER:.0f}">{text}</text>'
