"""Code Quality of GitLab: a list of issues that a merge request shows beside its lines.

The keys are those of docs.gitlab.com, "Code Quality report format". A live source is no issue.
"""

from __future__ import annotations

import json

from linkcheck.model import Report
from linkcheck.reports import _levels
from linkcheck.reports._levels import Level
from linkcheck.reports._text import printable

NAME = "gitlab"
SUFFIX = ".codequality.json"

_SEVERITY = {Level.ERROR: "major", Level.WARNING: "minor", Level.NOTICE: "info"}


def render(report: Report, *, width: int = 100, colour: bool = False) -> str:
    """The issues as a JSON array."""
    issues: list[dict[str, object]] = []
    for finding, identity in zip(report.findings, _levels.identities(report.findings), strict=True):
        level = _levels.level(finding)
        if level is not None:
            cited = finding.citation
            issues.append(
                _issue(_levels.sentence(finding), finding.verdict.reason, identity, level, cited.document, cited.line)
            )
    for problem in report.problems:
        identity = _levels.identity("problem", problem.document, problem.message)
        issues.append(_issue(problem.message, "problem", identity, Level.ERROR, problem.document, problem.line))
    for damage in report.integrity:
        identity = _levels.identity("damaged", damage)
        issues.append(_issue(damage, "damaged", identity, Level.ERROR, "archive/snapshots.jsonl", 1))
    return json.dumps(issues, indent=1) + "\n"


def _issue(words: str, check: str, identity: str, level: Level, document: str, line: int) -> dict[str, object]:
    return {
        "description": printable(words),
        "check_name": printable(check),
        "fingerprint": identity,
        "severity": _SEVERITY[level],
        "location": {"path": printable(document), "lines": {"begin": line or 1}},
    }
