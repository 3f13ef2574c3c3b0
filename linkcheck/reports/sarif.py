"""SARIF 2.1.0 (OASIS standard), for code scanning: a rule a reason, a result a citation that is not well.

What GitHub takes and needs is in docs.github.com, "SARIF support for code scanning": rules with both descriptions and
help, a region, 25,000 results a run of which the first 5,000 by severity are shown. So the worst come first, and what
is left out is said.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

from linkcheck.model import Citation, Finding, Report, State
from linkcheck.reports import _levels, _words
from linkcheck.reports._levels import Level
from linkcheck.reports._text import href, printable, shorten_end, shown

if TYPE_CHECKING:
    from linkcheck.judge.case import Reason

NAME = "sarif"
SUFFIX = ".sarif"

MOST = 25_000
"""Results that GitHub takes of a run."""

MOST_IN_A_DESCRIPTION = 1024
"""Characters of a rule's description that GitHub takes."""

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

ROOT = "%SRCROOT%"
"""The name that GitHub's examples and CodeQL have for the top of the tree."""

_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTICE: "note"}
_HOME = "https://pypi.org/project/citation-linkcheck/"

# A message may hold [links](…) and {placeholders} (3.11.5, 3.11.6 of the standard); what a page says holds neither.
_LITERAL = str.maketrans({"\\": "\\\\", "[": "\\[", "]": "\\]", "{": "{{", "}": "}}"})


def render(report: Report, *, width: int = 100, colour: bool = False) -> str:
    """The report as a SARIF log of one run; each result on a line of its own."""
    return "".join(pieces(report, width=width, colour=colour))


def pieces(report: Report, *, width: int = 100, colour: bool = False) -> Iterator[str]:
    """The same, result by result."""
    names = _levels.Identities()
    # Named in the order of the documents: which of two alike is the first must not depend on their states.
    named = [(finding, names.of_finding(finding)) for finding in report.findings]
    told = [pair for pair in named if _levels.level(pair[0]) is not None]
    told.sort(key=lambda pair: _words.urgency(pair[0]))
    from linkcheck.judge import REASONS  # asking for suffixes must stay cheap

    rules = {reason.id: _rule(reason) for reason in REASONS}
    for finding, _ in told:
        if finding.verdict.reason not in rules:
            rules[finding.verdict.reason] = _unlisted(finding)
    # With results left empty the log ends in "]", "}", "]", "}", each on its line: they go between the first two.
    head, end, tail = json.dumps(_log(report, list(rules.values()), len(told) - MOST), indent=1).rpartition("[]")
    places = {reason: place for place, reason in enumerate(rules)}
    yield head + "["
    before = "\n"
    for finding, name in told[:MOST]:
        yield before + json.dumps(_result(finding, name, places))
        before = ",\n"
    yield f"\n{end[-1]}{tail}\n"


def _log(report: Report, rules: list[dict[str, object]], left_out: int) -> dict[str, object]:
    name, _, version = report.tool.partition(" ")
    driver = {
        "name": printable(name) or "linkcheck",
        "semanticVersion": printable(version) or "0",
        "informationUri": _HOME,
        "rules": rules,
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder that linkcheck ran in."}}},
        "invocations": [_invocation(report, left_out)],
        "results": [],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(reason: Reason) -> dict[str, object]:
    level = _default_level(reason.states)
    return {
        "id": reason.id,
        "shortDescription": {"text": shorten_end(_first_sentence(reason.meaning), MOST_IN_A_DESCRIPTION)},
        "fullDescription": {"text": shorten_end(reason.meaning, MOST_IN_A_DESCRIPTION)},
        "help": {
            "text": f"{reason.meaning}\n\nWhat to do: {reason.advice}",
            "markdown": f"{reason.meaning}\n\n**What to do:** {reason.advice}",
        },
        "defaultConfiguration": {"level": level},
        "properties": {
            "tags": ["citations", *(str(state) for state in reason.states)],
            "problem.severity": "recommendation" if level == "note" else level,
        },
    }


def _unlisted(finding: Finding) -> dict[str, object]:
    """A rule for a reason of another version of linkcheck, read from a stored report; each needs all its texts."""
    reason, state = printable(finding.verdict.reason) or "-", finding.verdict.state
    words = f"{_words.MEANINGS[state]} This version of linkcheck does not give this reason."
    return {
        "id": reason,
        "shortDescription": {"text": _words.MEANINGS[state]},
        "fullDescription": {"text": words},
        "help": {"text": words},
        "defaultConfiguration": {"level": _default_level((state,))},
        "properties": {"tags": ["citations", str(state)]},
    }


def _default_level(states: tuple[State, ...]) -> str:
    """What a reason is unless a result says otherwise; ``fail-on`` of the policy is ``dead,drifted`` by default."""
    if not {State.DEAD, State.DRIFTED}.isdisjoint(states):
        return "error"
    return "warning" if State.MOVED in states else "note"


def _first_sentence(text: str) -> str:
    return f"{text.partition('. ')[0].rstrip('.')}."


def _result(finding: Finding, name: str, places: dict[str, int]) -> dict[str, object]:
    verdict, seen = finding.verdict, finding.observation
    properties: dict[str, object] = {
        "state": str(verdict.state),
        "url": shown(finding.citation.url),
        "suggestions": [shown(suggestion.url) for suggestion in verdict.suggestions if href(suggestion.url)],
        "snapshots": [shown(snapshot.uri_m) for snapshot in finding.snapshots if href(snapshot.uri_m)],
    }
    if seen is not None and seen.status is not None:
        properties["httpStatus"] = seen.status
    result: dict[str, object] = {
        "ruleId": printable(verdict.reason) or "-",
        "ruleIndex": places[verdict.reason],
        "level": _LEVELS[_levels.level(finding) or Level.NOTICE],
        "message": {"text": _levels.sentence(finding).translate(_LITERAL)},
        "locations": [_location(finding.citation)],
        "partialFingerprints": {"linkcheckCitation/v1": name},
        "properties": properties,
    }
    if finding.known:
        result["baselineState"] = "unchanged"
    if finding.excepted and not finding.shortfalls:
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": printable(each)} for each in finding.excepted
        ]
    return result


def _location(cited: Citation) -> dict[str, object]:
    # GitHub shows no result without a region: in a PDF, which has no lines, it is the first one.
    region = {"startLine": cited.line or 1}
    if cited.line and cited.column:
        region["startColumn"] = cited.column
        if cited.written and "\n" not in cited.written and "\r" not in cited.written:
            region["endColumn"] = cited.column + len(cited.written)
    location: dict[str, object] = {
        "physicalLocation": {"artifactLocation": _artifact(cited.document), "region": region},
    }
    if cited.place:
        location["message"] = {"text": printable(cited.place).translate(_LITERAL)}
    return location


def _artifact(document: str) -> dict[str, object]:
    """A relative URI reference; what is no file gets one that no file has."""
    path = _levels.path_of(document).encode("utf-8", "replace").decode("utf-8")
    if not _levels.is_file(document):
        return {"uri": quote(path, safe="")}
    if path.startswith("/"):
        return {"uri": f"file://{quote(path)}"}
    # "a:b.md" would be read as a scheme.
    return {"uri": quote(path, safe="/"), "uriBaseId": ROOT}


def _invocation(report: Report, left_out: int) -> dict[str, object]:
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
    said = shorten_end(printable(text), _levels.MOST_WORDS).translate(_LITERAL)
    return {"level": level, "message": {"text": said or "-"}}
