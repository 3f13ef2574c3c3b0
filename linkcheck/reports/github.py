"""Annotations of GitHub Actions: workflow commands on stdout, which the runner puts beside lines of a pull request.

How they are escaped is that of actions/toolkit, ``packages/core/src/command.ts``. Of a step ten errors, ten warnings
and ten notices are shown (actions/toolkit, ``docs/problem-matchers.md``; github community discussion 26680), so the
worst come first, and one notice counts the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from linkcheck.model import Finding, Report
from linkcheck.reports import _levels, _words
from linkcheck.reports._levels import Level
from linkcheck.reports._text import printable, shorten_end

NAME = "github"
SUFFIX = ".github.txt"

MOST = 10
"""Annotations of one level that GitHub shows of a step."""

MOST_IN_A_PROPERTY = 250
"""Characters: the title of an annotation holds 255 (docs.github.com, REST API for check runs)."""

_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(report: Report, *, width: int = 100, colour: bool = False) -> str:
    """The report as workflow commands, errors first, and a line for the log."""
    shown: dict[Level, list[str]] = {level: [] for level in Level}
    numbers = dict.fromkeys(Level, 0)
    for level, command in _annotations(report):
        numbers[level] += 1
        if numbers[level] <= MOST:
            shown[level].append(command())
    lines = [*shown[Level.ERROR], *shown[Level.WARNING]]
    if any(number > MOST for number in numbers.values()):
        # It is a notice itself: where there are ten others it takes the place of one, and comes before them.
        shown[Level.NOTICE] = shown[Level.NOTICE][: MOST - 1]
        left_out = {level: number - len(shown[level]) for level, number in numbers.items()}
        counted = " and ".join(_words.count(number, level) for level, number in left_out.items() if number)
        words = f"{counted} more: GitHub shows {MOST} of each. The log of `linkcheck --format compact` has all of them."
        lines.append(_command(Level.NOTICE, "", 0, 0, "linkcheck: not all are shown", words))
    lines += shown[Level.NOTICE]
    told = (_words.summary(report), _words.score_line(report), _words.closing(report))
    lines.append(f"linkcheck: {' '.join(words for words in told if words)}")
    return "\n".join(lines) + "\n"


def _annotations(report: Report) -> Iterator[tuple[Level, Callable[[], str]]]:
    """Each with its level; it is put into words only where it is shown."""
    error = Level.ERROR
    for problem in report.problems:
        said = (error, problem.document, problem.line, 0, "cannot be used", problem.message)
        yield error, partial(_command, *said)
    for damage in report.integrity:
        yield error, partial(_command, error, "", 0, 0, "the archive is damaged", damage)
    for finding in _words.worst_first(report):
        level = _levels.level(finding)
        if level is not None:
            yield level, partial(_annotation, level, finding)


def _annotation(level: Level, finding: Finding) -> str:
    cited, verdict = finding.citation, finding.verdict
    words = _levels.sentence(finding)
    if cited.place and not cited.line:
        words = f"{cited.place}: {words}"
    return _command(level, cited.document, cited.line, cited.column, f"{verdict.state}: {verdict.reason}", words)


def _command(level: Level, document: str, line: int, column: int, title: str, words: str) -> str:
    properties = {}
    if document and _levels.is_file(document):
        properties["file"] = printable(_levels.path_of(document))
        if line:
            properties["line"] = str(line)
        if line and column:
            properties["col"] = str(column)
    properties["title"] = shorten_end(printable(title), MOST_IN_A_PROPERTY)
    listed = ",".join(f"{key}={value.translate(_PROPERTY)}" for key, value in properties.items())
    message = shorten_end(printable(words), _levels.MOST_WORDS)
    return f"::{level} {listed}::{message.translate(_DATA)}"
