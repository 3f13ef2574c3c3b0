"""Code Quality of GitLab: a list of issues that a merge request shows beside its lines.

The keys are those of docs.gitlab.com, "Code Quality report format": paths are relative to the repository and have no
``./`` before them, of issues with one fingerprint only the first is shown. A live source is no issue.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from linkcheck.model import Report
from linkcheck.reports import _levels, _words
from linkcheck.reports._levels import Level
from linkcheck.reports._text import printable, shorten_end

NAME = "gitlab"
SUFFIX = ".codequality.json"

_SEVERITY = {Level.ERROR: "major", Level.WARNING: "minor", Level.NOTICE: "info"}


def render(report: Report, *, width: int = 100, colour: bool = False) -> str:
    """The issues as a JSON array, worst first, one a line."""
    return "".join(pieces(report, width=width, colour=colour))


def pieces(report: Report, *, width: int = 100, colour: bool = False) -> Iterator[str]:
    """The same, issue by issue."""
    before = "[\n"
    for issue in _issues(report):
        yield before + json.dumps(issue)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _issues(report: Report) -> Iterator[dict[str, object]]:
    names = _levels.Identities()
    for problem in report.problems:
        name = names.of("problem", problem.document, problem.message)
        yield _issue(problem.message, "problem", name, Level.ERROR, problem.document, problem.line)
    for damage in report.integrity:
        yield _issue(damage, "damaged", names.of("damaged", damage), Level.ERROR, "archive/snapshots.jsonl", 1)
    # Named in the order of the documents: which of two alike is the first must not depend on their states.
    named = [(finding, names.of_finding(finding)) for finding in report.findings]
    for finding, name in sorted(named, key=lambda pair: _words.urgency(pair[0])):
        level = _levels.level(finding)
        if level is not None:
            cited = finding.citation
            yield _issue(
                _levels.sentence(finding), finding.verdict.reason, name, level, cited.document, cited.line, cited.place
            )


def _issue(
    words: str, check: str, name: str, level: Level, document: str, line: int, place: str = ""
) -> dict[str, object]:
    where = f"{place}: " if place and not line else ""
    return {
        "description": shorten_end(printable(f"{where}{words}"), _levels.MOST_WORDS),
        "check_name": printable(check),
        "fingerprint": name,
        "severity": _SEVERITY[level],
        "location": {"path": printable(_levels.path_of(document)), "lines": {"begin": line or 1}},
    }
