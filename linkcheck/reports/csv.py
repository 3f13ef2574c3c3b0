"""CSV for spreadsheets: a header, then one row a citation, in the order of the documents.

The columns are those of a citation in the JSON contract. What is a list there is one cell here, its entries apart by
`` | ``: hops as ``301 URL``, quotes as ``memento: QUOTE`` (``missing:`` where it stands nowhere), suggestions as
``neighbour, verified: URL``, snapshots as ``MOMENT ARCHIVE URI-M``.

A cell that a spreadsheet would run as a formula gets a leading apostrophe: one that begins with ``=``, ``+``, ``-``,
``@`` (or their full-width forms), a tab or a line end, after any spaces (OWASP, "CSV Injection",
https://owasp.org/www-community/attacks/CSV_Injection). Pages and documents are written by strangers.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from linkcheck.clock import iso
from linkcheck.model import Finding, QuoteMatch, Report, Suggestion
from linkcheck.reports._text import harmless

NAME = "csv"
SUFFIX = ".csv"

COLUMNS = (
    "url",
    "written",
    "document",
    "line",
    "column",
    "context",
    "quotes",
    "accessed",
    "title",
    "loose",
    "place",
    "author",
    "dated",
    "memento",
    "state",
    "reason",
    "evidence",
    "http_status",
    "final_url",
    "hops",
    "observed_at",
    "comparison",
    "trace",
    "traced",
    "quotes_found",
    "suggestions",
    "snapshots",
    "shortfalls",
    "excepted",
    "known",
    "held_for",
)


_STARTS = tuple("=+-@＝＋－＠")  # Excel takes the full-width ones for the others

_NEW_CELL = re.compile(r"(;[\s\"]*)(?=[=+\-@＝＋－＠])")


def render(report: Report, *, width: int = 100, colour: bool = False) -> str:
    """The report as CSV (RFC 4180, with plain line feeds)."""
    return "".join(pieces(report, width=width, colour=colour))


def pieces(report: Report, *, width: int = 100, colour: bool = False) -> Iterator[str]:
    """The same, row by row."""
    row = io.StringIO()
    writer = csv.writer(row, lineterminator="\n")
    writer.writerow(COLUMNS)
    for finding in report.findings:
        yield row.getvalue()
        row.seek(0)
        row.truncate()
        writer.writerow([cell(value) for value in _row(finding)])
    yield row.getvalue()


def cell(value: str | int | None) -> str | int:
    """What is written into one cell: numbers as they are, nothing for None, text made harmless."""
    if value is None or isinstance(value, int):
        return "" if value is None else value
    text = _NEW_CELL.sub(r"\1'", harmless(value))
    runs = value[:1] in ("\t", "\r", "\n") or text.lstrip()[:1] in _STARTS
    return f"'{text}" if runs and text else text


def _row(finding: Finding) -> list[str | int | None]:
    cited, verdict, seen = finding.citation, finding.verdict, finding.observation
    return [
        cited.url,
        cited.written,
        cited.document,
        cited.line,
        cited.column,
        cited.context,
        _list(cited.quotes),
        cited.accessed.isoformat() if cited.accessed else None,
        cited.title,
        _list(cited.loose),
        cited.place,
        cited.author,
        cited.dated,
        cited.memento,
        str(verdict.state),
        verdict.reason,
        verdict.evidence,
        seen.status if seen else None,
        seen.final_url if seen else None,
        _list(f"{hop.status} {hop.url}" for hop in seen.hops) if seen else None,
        iso(seen.observed_at) if seen else None,
        f"{seen.comparison.likeness:.2f} of {seen.comparison.uri_m}" if seen and seen.comparison else None,
        finding.trace,
        finding.traced,
        _list(_quote(match) for match in verdict.quotes),
        _list(_suggestion(suggestion) for suggestion in verdict.suggestions),
        _list(f"{iso(s.captured_at)} {s.archive} {s.uri_m}" for s in finding.snapshots),
        _list(finding.shortfalls),
        _list(finding.excepted),
        _list(finding.known),
        _list(finding.held_for),
    ]


def _quote(match: QuoteMatch) -> str:
    outcome = match.where if match.found else "altered" if match.differences else "missing"
    differences = f" ({'; '.join(match.differences)})" if match.differences else ""
    return f"{outcome or 'found'}: {match.quote}{differences}"


def _suggestion(suggestion: Suggestion) -> str:
    verified = "verified" if suggestion.verified else "not verified"
    return f"{suggestion.kind}, {verified}: {suggestion.url}"


def _list(entries: Iterable[str]) -> str:
    return " | ".join(entries)
