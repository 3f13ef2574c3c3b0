"""The terminal's picture as one SVG file that fetches nothing: for a README or a slide."""

from __future__ import annotations

from linkcheck.model import Report
from linkcheck.reports import terminal

NAME = "svg"
SUFFIX = ".svg"

WIDTH = 100
"""Columns of the picture, whatever the terminal has."""

MOST_ROWS = 500
"""Citations in one picture: 500 are some 2,500 lines, which nobody looks at as a picture any more."""

# rich's own format names a font on a CDN; a report must not call anywhere when it is opened.
_FORMAT = """\
<svg class="linkcheck" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img" \
aria-label="Citation health report of linkcheck in a terminal">
<style>
.{unique_id}-matrix {{ font: {char_height}px/{line_height}px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, \
"Liberation Mono", monospace; }}
.{unique_id}-title {{ font: bold 16px system-ui, "DejaVu Sans", sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def render(report: Report, *, width: int = WIDTH, colour: bool = False) -> str:
    """The report as SVG 1.1, always in colour and always 100 columns wide."""
    from rich.terminal_theme import TerminalTheme

    ink = [(60, 64, 72), (255, 123, 114), (126, 211, 133), (224, 175, 88)]
    ink += [(121, 178, 255), (214, 152, 255), (102, 205, 214), (200, 204, 210)]
    bright = [(140, 146, 156), *ink[1:3], (240, 220, 110), *ink[4:]]
    theme = TerminalTheme((24, 27, 33), (222, 226, 232), ink, bright)
    screen = terminal.console(WIDTH, colour=True, record=True)
    terminal.write(screen, report, whole_urls=False, most_rows=MOST_ROWS)
    return screen.export_svg(title="linkcheck", theme=theme, code_format=_FORMAT, unique_id="linkcheck")
