"""SARIF 2.1.0 (OASIS standard), for code scanning: a rule a reason, a result a citation that is not well.

What GitHub makes of it, and its limits, are in docs.github.com, "SARIF support for code scanning": 25,000 results a
run, of which the first 5,000 by severity are shown; so the worst come first, and what is left out is said.
"""

from __future__ import annotations

import json
from urllib.parse import quote

from linkcheck.judge import REASONS
from linkcheck.judge.case import Reason
from linkcheck.model import Finding, Report, State
from linkcheck.reports import _levels, _words
from linkcheck.reports._levels import Level
from linkcheck.reports._text import href, printable, shown

NAME = "sarif"
SUFFIX = ".sarif"

MOST = 25_000
"""Results that GitHub takes of a run."""

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTICE: "note"}
_LOUD = frozenset({State.DEAD, State.DRIFTED})
_HOME = "https://pypi.org/project/citation-linkcheck/"


def render(report: Report, *, width: int = 100, colour: bool = False) -> str:
    """The report as a SARIF log of one run."""
    return json.dumps(_log(report), indent=1) + "\n"


def _log(report: Report) -> dict[str, object]:
    rules = {reason.id: _rule(reason) for reason in REASONS}
    findings = list(zip(report.findings, _levels.identities(report.findings), strict=True))
    findings.sort(key=lambda pair: (not pair[0].shortfalls, pair[0].verdict.state.rank))
    told = [(finding, identity) for finding, identity in findings if _levels.level(finding) is not None]
    for finding, _ in told:
        rules.setdefault(finding.verdict.reason, {"id": printable(finding.verdict.reason)})
    places = {reason: place for place, reason in enumerate(rules)}
    name, _, version = report.tool.partition(" ")
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": printable(name),
                        "semanticVersion": printable(version) or "0",
                        "informationUri": _HOME,
                        "rules": list(rules.values()),
                    }
                },
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The folder that linkcheck ran in."}}},
                "invocations": [_invocation(report, left_out=len(told) - MOST)],
                "results": [_result(finding, identity, places) for finding, identity in told[:MOST]],
            }
        ],
    }


def _rule(reason: Reason) -> dict[str, object]:
    first = reason.meaning.partition(". ")[0].rstrip(".") + "."
    loud = not _LOUD.isdisjoint(reason.states)
    return {
        "id": reason.id,
        "name": "".join(part.capitalize() for part in reason.id.split("-")),
        "shortDescription": {"text": first},
        "fullDescription": {"text": reason.meaning},
        "help": {
            "text": f"{reason.meaning}\n\nWhat to do: {reason.advice}",
            "markdown": f"{reason.meaning}\n\n**What to do:** {reason.advice}",
        },
        "defaultConfiguration": {"level": "error" if loud else "note"},
        "properties": {"tags": ["citations", *(str(state) for state in reason.states)]},
    }


def _result(finding: Finding, identity: str, places: dict[str, int]) -> dict[str, object]:
    verdict, cited = finding.verdict, finding.citation
    result: dict[str, object] = {
        "ruleId": printable(verdict.reason),
        "ruleIndex": places[verdict.reason],
        "level": _LEVELS[_levels.level(finding) or Level.NOTICE],
        "message": {"text": _levels.sentence(finding)},
        "locations": [_location(cited.document, cited.line, cited.column, cited.written, cited.place)],
        "partialFingerprints": {"linkcheckCitation/v1": identity},
        "properties": {
            "state": str(verdict.state),
            "url": shown(cited.url),
            "suggestions": [shown(suggestion.url) for suggestion in verdict.suggestions if href(suggestion.url)],
        },
    }
    if finding.known:
        result["baselineState"] = "unchanged"
    if finding.excepted and not finding.shortfalls:
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": printable(each)} for each in finding.excepted
        ]
    return result


def _location(document: str, line: int, column: int, written: str, place: str) -> dict[str, object]:
    physical: dict[str, object] = {"artifactLocation": _artifact(document)}
    if line:
        region = {"startLine": line}
        if column:
            region["startColumn"] = column
            if written and "\n" not in written and "\r" not in written:
                region["endColumn"] = column + len(written)
        physical["region"] = region
    location: dict[str, object] = {"physicalLocation": physical}
    if place:
        location["message"] = {"text": printable(place)}
    return location


def _artifact(document: str) -> dict[str, object]:
    """A relative URI reference; what is no file gets one that no file has."""
    path = document.encode("utf-8", "replace").decode("utf-8").replace("\\", "/")
    if not _levels.is_file(document):
        return {"uri": quote(path, safe="")}
    if path.startswith("/"):
        return {"uri": f"file://{quote(path)}"}
    # "a:b.md" would be read as a scheme.
    uri = quote(path.removeprefix("./"), safe="/")
    return {"uri": uri, "uriBaseId": "SRCROOT"}


def _invocation(report: Report, *, left_out: int) -> dict[str, object]:
    notes = [_notification("note", text) for text in report.notes]
    notes += [_notification("error", str(problem)) for problem in report.problems]
    notes += [_notification("error", text) for text in report.integrity]
    if left_out > 0:
        notes.append(_notification("warning", f"{left_out:,} results are left out: no more than {MOST:,} are taken."))
    return {
        "executionSuccessful": not report.problems,
        "exitCode": int(report.exit_code),
        "exitCodeDescription": _words.closing(report),
        "toolExecutionNotifications": notes,
    }


def _notification(level: str, text: str) -> dict[str, object]:
    return {"level": level, "message": {"text": printable(text) or "-"}}
