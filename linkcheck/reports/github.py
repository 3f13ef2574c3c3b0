"""Annotations of GitHub Actions: workflow commands on stdout, which the runner puts beside the lines of a pull request.

How they are escaped is that of actions/toolkit, ``packages/core/src/command.ts``. A step shows ten of each level
(docs.github.com, "Workflow commands"; github community discussion 26680), so the worst come first, and the rest is
counted.
"""

from __future__ import annotations

from collections.abc import Iterator

from linkcheck.model import Report
from linkcheck.reports import _levels, _words
from linkcheck.reports._levels import Level
from linkcheck.reports._text import printable

NAME = "github"
SUFFIX = ".github.txt"

MOST = 10
"""Annotations of one level that GitHub shows of a step."""

_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(report: Report, *, width: int = 100, colour: bool = False) -> str:
    """The report as workflow commands, and a line for the log."""
    shown: dict[Level, int] = dict.fromkeys(Level, 0)
    lines: list[str] = []
    for level, line in _annotations(report):
        shown[level] += 1
        if shown[level] <= MOST:
            lines.append(line)
    further = [f"{_words.count(number - MOST, level)}" for level, number in shown.items() if number > MOST]
    if further:
        lines.append(f"linkcheck: GitHub shows ten of each; there are {', '.join(further)} more in the report.")
    lines.append(f"linkcheck: {_words.summary(report)} {_words.closing(report)}")
    return "\n".join(lines) + "\n"


def _annotations(report: Report) -> Iterator[tuple[Level, str]]:
    for problem in report.problems:
        yield Level.ERROR, _command(Level.ERROR, problem.document, problem.line, 0, "cannot be used", problem.message)
    for damage in report.integrity:
        yield Level.ERROR, _command(Level.ERROR, "", 0, 0, "the archive is damaged", damage)
    for finding in _words.worst_first(report):
        level = _levels.level(finding)
        if level is not None:
            cited, verdict = finding.citation, finding.verdict
            title = f"{verdict.state}: {verdict.reason}"
            words = _levels.sentence(finding)
            if cited.place and not cited.line:
                words = f"{cited.place}: {words}"
            yield level, _command(level, cited.document, cited.line, cited.column, title, words)


def _command(level: Level, document: str, line: int, column: int, title: str, words: str) -> str:
    properties = {}
    if document and _levels.is_file(document):
        properties["file"] = document
        if line:
            properties["line"] = str(line)
        if column:
            properties["col"] = str(column)
    properties["title"] = title
    listed = ",".join(f"{key}={printable(value).translate(_PROPERTY)}" for key, value in properties.items())
    return f"::{level} {listed}::{printable(words).translate(_DATA)}"
