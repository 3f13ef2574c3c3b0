"""HTML: one file that an editor reads, sorts, prints and sends on. It fetches nothing.

The template is ``templates/report.html.jinja``. Everything goes through Jinja2's escaping and, whatever the template
forgets, through :func:`linkcheck.reports._text.printable`. The style sheet and the script stand in the page and are
named by their digests in its Content-Security-Policy, so that nothing else can run, whatever a stranger says.

Without the script the page is a table with all cards under it. Of more than :data:`MOST_OPEN` citations the cards are
packed (zlib, base64) and unpacked by the script when one is opened: 20,000 of them would be 60 MB of markup.
Pictures of captured pages come with the report and stand in the page once each, as base64.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from linkcheck import uri
from linkcheck.model import Citation, Finding, Report
from linkcheck.reports import _charts, _marked, _text, _words
from linkcheck.reports._pictures import Gallery
from linkcheck.score import score

if TYPE_CHECKING:
    from jinja2 import Template

NAME = "html"
SUFFIX = ".html"

MOST_OPEN = 500
"""Citations whose cards stand in the page as they are; of more they are packed."""

PACKED_TOGETHER = 100
"""Cards that are unpacked at once; the script reads the number from the page."""

_PIECE = 1 << 16


COMPARED_CLOSELY = 500
"""Cards, the worst first, whose passages are compared word by word: two milliseconds each where a text has drifted."""


class Row(NamedTuple):
    """A line of the table: the finding and the number of its card."""

    number: int
    finding: Finding


def render(report: Report, *, width: int = 100, colour: bool = False) -> str:
    """The report as one self-contained HTML page."""
    return "".join(pieces(report, width=width, colour=colour))


def pieces(report: Report, *, width: int = 100, colour: bool = False) -> Iterator[str]:
    """The same, piece by piece."""
    rows = [Row(number, finding) for number, finding in enumerate(_words.worst_first(report), 1)]
    is_packed = len(rows) > MOST_OPEN
    causes, further_causes = _charts.causes(report)
    made = _template().generate(
        report=report,
        rows=rows,
        packs=[rows[at : at + PACKED_TOGETHER] for at in range(0, len(rows), PACKED_TOGETHER)] if is_packed else [],
        together=PACKED_TOGETHER,
        gallery=Gallery(rows),
        summary=_words.summary(report),
        closing=_words.closing(report),
        counts=report.counts(),
        score=score(report),
        states=_charts.states(report),
        causes=causes,
        further_causes=further_causes,
        ages=_charts.ages(report.findings),
        runs=_charts.timeline(report),
    )
    held: list[str] = []
    size = 0
    for piece in made:
        held.append(piece)
        size += len(piece)
        if size >= _PIECE:
            yield "".join(held)
            held, size = [], 0
    yield "".join(held)


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    style, early, script = _part("report.css"), _part("early.js"), _part("report.js")
    house = Environment(
        loader=PackageLoader("linkcheck.reports"),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    house.globals.update(
        words=_words,
        marked=_marked,
        year_of=_charts.year_of,
        href=_text.href,
        shown=_text.shown,
        host=uri.bare_host,
        packed=_packed,
        compared_closely=COMPARED_CLOSELY,
        places=_places,
        spot=_spot,
        meanings=_words.MEANINGS,
        score_parts=SCORE_PARTS,
        style=style,
        early=early,
        script=script,
        policy=_policy(style, early, script),
    )
    return house.get_template("report.html.jinja")


SCORE_PARTS = {
    "there": ("It is there", "of the citations that could be told of, those whose source is not dead"),
    "the-thing": (
        "It is the thing",
        "of the same, those that are still at the cited address and under the cited title",
    ),
    "says-so": (
        "It says so",
        "of the same, as far as a quote, a place or a capture is there to hold them against, those that still say it",
    ),
    "kept": ("It is kept", "of all citations of web pages, those of which a copy is known"),
}
"""Of each part of the score what it is called and what it counts; see :mod:`linkcheck.score`."""


def _part(name: str) -> str:
    return (resources.files("linkcheck.reports") / "templates" / name).read_text(encoding="utf-8")


def _policy(style: str, *scripts: str) -> str:
    """Nothing may be loaded, sent or run but these, which are named by their digests (CSP 3, 2.3.1)."""
    allowed = " ".join(map(_digest, scripts))
    return (
        f"default-src 'none'; style-src {_digest(style)}; script-src {allowed}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"


def _packed(cards: str) -> str:
    """Cards for a script element: letters and digits that no parser can mistake for markup."""
    return base64.b64encode(zlib.compress(cards.encode("utf-8"), 6)).decode()


def _spot(cited: Citation) -> str:
    """Where in its document: ``:65``, or ``, page 3`` in one without lines."""
    return f", {cited.place}" if cited.place and not cited.line else f":{cited.line}"


def _places(pieces: Sequence[_charts.Piece]) -> list[tuple[_charts.Piece, float]]:
    """The pieces of an upright bar, each with its upper edge: SVG counts from the top."""
    return [(piece, round(100 - piece.begin - piece.length, 2)) for piece in pieces]


def _shown(value: object) -> object:
    """What the template prints: markup of its own macros as it is, all other text made printable."""
    if type(value) is str:
        return _text.printable(value)
    return _text.printable(value) if isinstance(value, str) and not hasattr(value, "__html__") else value
