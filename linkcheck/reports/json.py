"""JSON, schema 1: what scripts rely on. ``docs/schema-1.json`` is the contract; every key is always there."""

from __future__ import annotations

import json
import re

from linkcheck.clock import iso
from linkcheck.model import Finding, Report

NAME = "json"
SUFFIX = ".json"

SCHEMA = 1

_SURROGATES = re.compile("[\ud800-\udfff]")

_UNSEEN = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def render(report: Report, *, width: int = 100, colour: bool = False) -> str:
    """The report as indented UTF-8 JSON.

    A lone surrogate, which no UTF-8 file can hold and I-JSON (RFC 7493 2.1) forbids even escaped, becomes U+FFFD.
    C1 controls and bidi controls are written as ``\\uXXXX``: the same text to a parser, and harmless on a terminal.
    """
    text = json.dumps(document(report), ensure_ascii=False, indent=2)
    text = _SURROGATES.sub("\ufffd", text)
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def document(report: Report) -> dict[str, object]:
    """The report as the nested values that JSON holds."""
    return {
        "schema": SCHEMA,
        "generated_at": iso(report.generated_at),
        "tool": report.tool,
        "command": report.command,
        "summary": {
            "citations": len(report.findings),
            "sources": report.sources(),
            "states": {str(state): number for state, number in report.counts().items()},
            "exit_code": int(report.exit_code),
        },
        "citations": [citation(finding) for finding in report.findings],
        "notes": list(report.notes),
        "problems": [
            {"document": problem.document, "line": problem.line, "message": problem.message}
            for problem in report.problems
        ],
        "integrity": list(report.integrity),
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
        "state": str(verdict.state),
        "reason": verdict.reason,
        "evidence": verdict.evidence,
        "http_status": seen.status if seen else None,
        "final_url": seen.final_url if seen else None,
        "hops": [{"url": hop.url, "status": hop.status} for hop in seen.hops] if seen else [],
        "observed_at": iso(seen.observed_at) if seen else None,
        "trace": finding.trace,
        "quotes_found": [
            {"quote": m.quote, "found": m.found, "where": m.where, "differences": list(m.differences)}
            for m in verdict.quotes
        ],
        "suggestions": [
            {"url": s.url, "kind": s.kind, "verified": s.verified, "evidence": s.evidence} for s in verdict.suggestions
        ],
        "snapshots": [
            {"uri_m": s.uri_m, "captured_at": iso(s.captured_at), "archive": s.archive, "digest": s.digest}
            for s in finding.snapshots
        ],
        "shortfalls": list(finding.shortfalls),
    }
