"""Compact: a line for each citation that is not well, as compilers write them, for editors and ``grep``.

``document:line:column: level: state reason url — words``. Emacs and most editors know the form; Vim reads it with
``errorformat=%f:%l:%c:\\ %t%*[^:]:\\ %m``.
"""

from __future__ import annotations

from collections.abc import Iterator

from linkcheck.model import Report
from linkcheck.reports import _levels, _words
from linkcheck.reports._levels import Level
from linkcheck.reports._text import as_line, printable, shorten_end, shown

NAME = "compact"
SUFFIX = ".compact.txt"

# GCC's words, which editors look for.
_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTICE: "note"}


def render(report: Report, *, width: int = 100, colour: bool = False) -> str:
    """The lines, in the order of the documents, and one with the counts and what to do."""
    return "".join(pieces(report, width=width, colour=colour))


def pieces(report: Report, *, width: int = 100, colour: bool = False) -> Iterator[str]:
    """The same, line by line."""
    for problem in report.problems:
        yield _line(problem.document, problem.line, 0, Level.ERROR, f"problem — {printable(problem.message)}")
    for damage in report.integrity:
        yield _line("archive/snapshots.jsonl", 0, 0, Level.ERROR, f"damaged — {printable(damage)}")
    for finding in report.findings:
        level = _levels.level(finding)
        if level is not None:
            cited, verdict = finding.citation, finding.verdict
            place = f"{printable(cited.place)}: " if cited.place and not cited.line else ""
            said = f"{place}{verdict.state} {printable(verdict.reason)} {shown(cited.url)}"
            words = _levels.words(finding)
            said = f"{said} — {words}" if words else said
            yield _line(cited.document, cited.line, cited.column, level, said)
    yield f"{_words.summary(report)} {_words.closing(report)}\n"


def _line(document: str, line: int, column: int, level: Level, said: str) -> str:
    where = f"{printable(document)}:{line or 1}:{column or 1}"
    return as_line(f"{where}: {_LEVELS[level]}: {shorten_end(said, _levels.MOST_WORDS)}") + "\n"
