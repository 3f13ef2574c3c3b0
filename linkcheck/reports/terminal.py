"""The terminal: a summary, a table worst first with what is known under each row, and what to do.

Made of texts with styles, never of rich's markup, so that ``[red]`` in the title of a page stays what it is.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from linkcheck.model import FailureKind, Finding, Report, State
from linkcheck.reports import _words
from linkcheck.reports._text import ELLIPSIS, ZERO_WIDTH_SPACE, as_line, printable, shorten_end, shorten_url, shown

if TYPE_CHECKING:
    from rich.console import Console
    from rich.style import Style

NAME = "terminal"
SUFFIX = ".txt"

NARROWEST = 60
"""Columns; in fewer nothing readable fits, and the terminal folds the lines itself."""

STYLES = {
    State.DEAD: "bold red",
    State.DRIFTED: "magenta",
    State.MOVED: "cyan",
    State.BLOCKED: "yellow",
    State.FAILING: "bright_yellow",
    State.UNKNOWN: "bright_black",
    State.ALIVE: "green",
}

REMARK_ROOM = 2000
"""Characters of one remark: no page may fill a terminal alone."""

_Line = tuple[tuple[str, str], ...]
"""Texts with their styles."""

_STATE_WIDTH = max(len(state) for state in State)
_INDENT = " " * (_STATE_WIDTH + 2)
_GAP = "  "


def render(report: Report, *, width: int = 100, colour: bool = False) -> str:
    """The report for a terminal of ``width`` columns.

    A suggested address stands whole on a line of its own, however long, so that it can be copied; the terminal
    folds it without adding to it.
    """
    return "".join(pieces(report, width=width, colour=colour))


def pieces(report: Report, *, width: int = 100, colour: bool = False, is_log: bool = False) -> Iterator[str]:
    """The same, line by line. In a log (``is_log``) the last sentence is one line, for ``tail -n 1`` and ``grep``.

    rich's console takes twice as long, since it looks in every line for what it may have to fold. Here nothing is.
    """
    from rich.color import ColorSystem
    from rich.style import Style

    inks: dict[str, Style] = {}
    for line in _lines(report, max(width, NARROWEST), whole_urls=True, most_rows=None, is_log=is_log):
        written = []
        for text, style in line:
            if colour and style and text:
                ink = inks.setdefault(style, Style.parse(style))
                text = ink.render(text, color_system=ColorSystem.STANDARD)
            written.append(text)
        yield "".join(written) + "\n"


def console(width: int, *, colour: bool, record: bool = False) -> Console:
    """A console that writes nowhere; whatever rich would ask the environment for is given.

    It has a height because rich otherwise takes TERM=dumb for 80 columns, whatever width was given.
    """
    from rich.console import Console

    return Console(
        file=io.StringIO(),
        record=record,
        width=width,
        height=25,
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
        legacy_windows=False,
        force_jupyter=False,
        force_interactive=False,
        markup=False,
        emoji=False,
        highlight=False,
    )


def write(screen: Console, report: Report, *, whole_urls: bool, most_rows: int | None = None) -> None:
    """Print the report on a console.

    For pictures: with ``whole_urls`` false no line is wider than the console, and no more than ``most_rows``
    citations are shown, the worst, with a line that says how many are not.
    """
    from rich.text import Text

    for line in _lines(report, screen.width, whole_urls=whole_urls, most_rows=most_rows):
        screen.print(Text.assemble(*line), soft_wrap=True)


def _lines(
    report: Report, width: int, *, whole_urls: bool, most_rows: int | None, is_log: bool = False
) -> Iterator[_Line]:
    page = _Page(width, whole_urls)
    page.paragraph(_words.summary(report), style="bold")
    page.paragraph(_words.score_line(report))
    findings = _words.worst_first(report)
    # Five sources and no network: the note under the table says it once, and so do not the rows.
    offline = bool(report.notes) and all(finding.verdict.reason == FailureKind.OFFLINE for finding in findings)
    if findings:
        for _ in page.table(findings[:most_rows], untold={"evidence"} if offline else set()):
            yield from page.taken()
    if most_rows is not None and len(findings) > most_rows:
        page.blank()
        page.paragraph(f"{_words.count(len(findings) - most_rows, 'further citation')}: not in this picture.")
    page.section("Notes", report.notes)
    page.section("Problems", [str(problem) for problem in report.problems])
    page.section("Integrity of the archive", report.integrity)
    page.blank()
    if is_log:
        page.line((_words.closing(report), "bold"))
    else:
        page.paragraph(_words.closing(report), style="bold")
    yield from page.taken()


@dataclass(frozen=True)
class _Page:
    width: int
    whole_urls: bool
    lines: list[_Line] = field(default_factory=list)

    def taken(self) -> list[_Line]:
        """The lines since it was last asked."""
        lines = self.lines.copy()
        self.lines.clear()
        return lines

    def blank(self) -> None:
        self.line()

    def line(self, *parts: tuple[str, str]) -> None:
        # A word that was folded may begin a line, and so be what a CI takes for a command in its log.
        line = "".join(text for text, _ in parts)
        self.lines.append(parts if as_line(line) == line else ((ZERO_WIDTH_SPACE, ""), *parts))

    def paragraph(self, text: str, *, style: str = "", first: str = "", hanging: str = "") -> None:
        """Wrapped text; ``first`` stands before its first line, ``hanging`` before the others."""
        for number, line in enumerate(_wrap(text, self.width - len(hanging), whole_urls=self.whole_urls)):
            self.line((hanging if number else first, ""), (line, style))

    def section(self, heading: str, entries: tuple[str, ...] | list[str]) -> None:
        if not entries:
            return
        self.blank()
        self.line((heading, "bold"))
        for entry in entries:
            self.paragraph(shorten_end(printable(entry), REMARK_ROOM), first="- ", hanging="  ")

    def table(self, findings: list[Finding], *, untold: set[str]) -> Iterator[None]:
        """The rows and the remarks under them, without those whose label is in ``untold``; a pause after each row."""
        from rich.cells import cell_len, chop_cells

        reason_width = max(len("REASON"), *(len(f.verdict.reason) for f in findings))
        where_width = min(max(len("WHERE"), *(cell_len(_words.where(f)) for f in findings)), self.width // 5)
        url_width = self.width - len(_INDENT) - reason_width - where_width - 2 * len(_GAP)
        self.blank()
        self.line(
            (f"{'STATE':{_STATE_WIDTH}}{_GAP}{'REASON':{reason_width}}{_GAP}", "bold"),
            (f"{'SOURCE':{url_width}}{_GAP}WHERE", "bold"),
        )
        remarks: list[_words.Remark] = []
        for finding in findings:
            if remarks:
                self.blank()
            remarks = [remark for remark in _words.remarks(finding) if remark.label not in untold]
            state, where = finding.verdict.state, _words.where(finding)
            fits = cell_len(where) <= where_width
            self.line(
                (f"{state:{_STATE_WIDTH}}", STYLES[state]),
                (f"{_GAP}{finding.verdict.reason:{reason_width}}{_GAP}", ""),
                (f"{shorten_url(finding.citation.url, url_width):{url_width}}{_GAP}", ""),
                (where if fits else ELLIPSIS + chop_cells(where[::-1], where_width - 1)[0][::-1], ""),
            )
            if remarks and not fits:
                self.paragraph(f"in {where}", first=_INDENT, hanging=_INDENT)
            for remark in remarks:
                self.remark(remark)
            yield

    def remark(self, remark: _words.Remark) -> None:
        hanging = _INDENT + "  "
        text = shorten_end(remark.text, REMARK_ROOM)
        if remark.url:
            room = self.width - len(hanging)
            self.paragraph(f"{remark.label}:", first=_INDENT, hanging=hanging)
            url = shown(remark.url) if self.whole_urls else shorten_url(remark.url, room)
            self.line((hanging, ""), (url, "underline"))
            self.paragraph(text, first=hanging, hanging=hanging)
        elif remark.label == "evidence":
            self.paragraph(text, first=_INDENT, hanging=_INDENT)
        else:
            self.paragraph(f"{remark.label}: {text}", first=_INDENT, hanging=hanging)


def _wrap(text: str, room: int, *, whole_urls: bool) -> Iterator[str]:
    """Lines of at most ``room`` columns, no line for no text.

    rich folds whatever is too long, addresses too, and textwrap counts characters where a Chinese one takes two
    columns. Here a word is folded unless it holds an address and those are to stay whole.
    """
    from rich.cells import cell_len, chop_cells

    line = ""
    for word in text.split():
        whole = cell_len(word) <= room or (whole_urls and "://" in word)
        for part in [word] if whole else chop_cells(word, room):
            if line and cell_len(line) + 1 + cell_len(part) > room:
                yield line
                line = part
            else:
                line = f"{line} {part}" if line else part
    if line:
        yield line
