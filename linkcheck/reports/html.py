"""HTML: one file that an editor reads, prints and sends on. It fetches nothing and runs nothing.

The template is ``templates/report.html.jinja``. Everything goes through Jinja2's escaping and, whatever the template
forgets, through :func:`linkcheck.reports._text.printable`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from linkcheck.model import Report, State
from linkcheck.reports import _text, _words

if TYPE_CHECKING:
    from jinja2 import Template

NAME = "html"
SUFFIX = ".html"


def render(report: Report, *, width: int = 100, colour: bool = False) -> str:
    """The report as one self-contained HTML page."""
    by_state = {state: [f for f in report.findings if f.verdict.state is state] for state in State}
    return _template().render(
        report=report,
        groups=[(state, findings) for state, findings in by_state.items() if findings],
        summary=_words.summary(report),
        closing=_words.closing(report),
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    house = Environment(
        loader=PackageLoader("linkcheck.reports"),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    house.globals.update(words=_words, href=_text.href, shown=_text.shown, meanings=_words.MEANINGS)
    return house.get_template("report.html.jinja")


def _shown(value: object) -> object:
    """What the template prints: markup of its own macros as it is, all other text made printable."""
    return _text.printable(value) if isinstance(value, str) and not hasattr(value, "__html__") else value
