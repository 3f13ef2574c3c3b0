"""Compact: a line for each citation that is not well, as compilers write them, for editors and ``grep``.

``document:line:column: level: reason: words``; Vim reads it with ``errorformat=%f:%l:%c:\\ %t%*[^:]:\\ %m``.
"""

from __future__ import annotations

from collections.abc import Iterator

from linkcheck.model import Report
from linkcheck.reports import _levels, _words
from linkcheck.reports._text import printable

NAME = "compact"
SUFFIX = ".compact.txt"


def render(report: Report, *, width: int = 100, colour: bool = False) -> str:
    """The lines, in the order of the documents, and one with the counts."""
    return "".join(pieces(report, width=width, colour=colour))


def pieces(report: Report, *, width: int = 100, colour: bool = False) -> Iterator[str]:
    """The same, line by line."""
    for problem in report.problems:
        yield f"{printable(problem.document)}:{problem.line or 1}:1: error: problem: {printable(problem.message)}\n"
    for damage in report.integrity:
        yield f"archive:1:1: error: damaged: {printable(damage)}\n"
    for finding in report.findings:
        level = _levels.level(finding)
        if level is not None:
            cited = finding.citation
            where = f"{printable(cited.document)}:{cited.line or 1}:{cited.column or 1}"
            place = f"{printable(cited.place)}: " if cited.place and not cited.line else ""
            reason = printable(finding.verdict.reason)
            yield f"{where}: {level}: {reason}: {place}{_levels.sentence(finding)}\n"
    yield f"{_words.summary(report)}\n"
