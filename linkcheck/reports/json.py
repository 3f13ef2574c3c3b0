"""JSON, schema 1: what scripts rely on. ``docs/schema-1.json`` is the contract; every key is always there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from linkcheck.clock import iso
from linkcheck.model import Comparison, Finding, Picture, Problem, Report, Snapshot
from linkcheck.score import score

NAME = "json"
SUFFIX = ".json"

SCHEMA = 1

_SURROGATES = re.compile("[\ud800-\udfff]")

_MANY = 500

_UNSEEN = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|#(?=#(?:vso|teamcity)?\\[)", re.IGNORECASE
)


def render(report: Report, *, width: int = 100, colour: bool = False) -> str:
    """The report as UTF-8 JSON, indented for people; from 500 citations on one a line, which takes a fifth of the time.

    A lone surrogate, which no UTF-8 file can hold and I-JSON (RFC 7493 2.1) forbids even escaped, becomes U+FFFD.
    C1 controls and bidi controls are written as ``\\uXXXX``, and so is what a CI would take for a command in its log
    (``##vso[…]``): the same text to a parser, and harmless on a terminal.
    """
    return "".join(pieces(report, width=width, colour=colour))


def pieces(report: Report, *, width: int = 100, colour: bool = False) -> Iterator[str]:
    """The same, piece by piece: the text of 100,000 citations takes 90 MB."""
    if len(report.findings) < _MANY:
        yield _safe(json.dumps(document(report), ensure_ascii=False, indent=2)) + "\n"
        return
    yield _safe(json.dumps(_frame(report), ensure_ascii=False, indent=2)).removesuffix("\n}")
    # With an indent Python encodes in Python; without one it does so in C.
    encoder = json.JSONEncoder(ensure_ascii=False)
    before = ',\n  "citations": [\n    '
    for finding in report.findings:
        yield before + _safe(encoder.encode(citation(finding)))
        before = ",\n    "
    yield "\n  ]\n}\n"


def document(report: Report) -> dict[str, object]:
    """The report as the nested values that JSON holds."""
    return {**_frame(report), "citations": [citation(finding) for finding in report.findings]}


def _frame(report: Report) -> dict[str, object]:
    """All but the citations, which stand last."""
    scored = score(report)
    return {
        "schema": SCHEMA,
        "generated_at": iso(report.generated_at),
        "tool": report.tool,
        "command": report.command,
        "summary": {
            "citations": len(report.everything),
            "sources": report.sources(),
            "states": {str(state): number for state, number in report.counts().items()},
            "exit_code": int(report.exit_code),
        },
        "score": {
            "value": scored.value,
            "untold": scored.untold,
            "parts": [{"name": part.name, "good": part.good, "of": part.of} for part in scored.parts],
        },
        "notes": list(report.notes),
        "problems": [_problem(each) for each in report.problems],
        "known_problems": [_problem(each) for each in report.known_problems],
        "integrity": list(report.integrity),
    }


def _safe(text: str) -> str:
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", _SURROGATES.sub("\ufffd", text))


def _problem(problem: Problem) -> dict[str, object]:
    return {"document": problem.document, "line": problem.line, "message": problem.message}


def _comparison(compared: Comparison) -> dict[str, object]:
    """How the text stands to that of our own capture, with the passages that only one of them has."""
    return {
        "uri_m": compared.uri_m,
        "captured_at": iso(compared.captured_at),
        "likeness": round(compared.likeness, 4),
        "removed": list(compared.removed),
        "added": list(compared.added),
    }


def _snapshot(kept: Snapshot, pictures: Sequence[Picture]) -> dict[str, object]:
    """A copy, with the record of its picture: the bytes stay in the archive."""
    of_it = next((picture for picture in pictures if picture.uri_m == kept.uri_m), None)
    return {
        "uri_m": kept.uri_m,
        "captured_at": iso(kept.captured_at),
        "archive": kept.archive,
        "digest": kept.digest,
        "picture": {
            "uri": of_it.uri,
            "taken_at": iso(of_it.taken_at),
            "media_type": of_it.media_type,
            "warc": of_it.warc,
            "offset": of_it.offset,
        }
        if of_it is not None
        else None,
    }


def citation(finding: Finding) -> dict[str, object]:
    """One entry of ``citations``; null and [] where nothing is known."""
    cited, verdict, seen = finding.citation, finding.verdict, finding.observation
    return {
        "url": cited.url,
        "written": cited.written,
        "document": cited.document,
        "line": cited.line,
        "column": cited.column,
        "context": cited.context,
        "quotes": list(cited.quotes),
        "accessed": cited.accessed.isoformat() if cited.accessed else None,
        "title": cited.title,
        "loose": list(cited.loose),
        "place": cited.place,
        "author": cited.author,
        "dated": cited.dated,
        "memento": cited.memento,
        "state": str(verdict.state),
        "reason": verdict.reason,
        "evidence": verdict.evidence,
        "http_status": seen.status if seen else None,
        "final_url": seen.final_url if seen else None,
        "hops": [{"url": hop.url, "status": hop.status} for hop in seen.hops] if seen else [],
        "observed_at": iso(seen.observed_at) if seen else None,
        "comparison": _comparison(seen.comparison) if seen and seen.comparison else None,
        "trace": finding.trace,
        "traced": finding.traced,
        "quotes_found": [
            {"quote": m.quote, "found": m.found, "where": m.where, "differences": list(m.differences)}
            for m in verdict.quotes
        ],
        "suggestions": [
            {"url": s.url, "kind": s.kind, "verified": s.verified, "evidence": s.evidence} for s in verdict.suggestions
        ],
        "snapshots": [_snapshot(kept, finding.pictures) for kept in finding.snapshots],
        "shortfalls": list(finding.shortfalls),
        "excepted": list(finding.excepted),
        "known": list(finding.known),
        "held_for": list(finding.held_for),
    }
