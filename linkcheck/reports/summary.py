"""The summary of a GitHub Actions step: the Markdown of a comment, with more room (``$GITHUB_STEP_SUMMARY``)."""

from __future__ import annotations

from linkcheck.model import Report
from linkcheck.reports import markdown

NAME = "summary"
SUFFIX = ".summary.md"

LIMIT = 1024 * 1024 - 4096
"""Bytes: a step's summary holds 1 MiB (docs.github.com, "Step isolation and limits"); a little is left for others."""


def render(report: Report, *, width: int = 100, colour: bool = False) -> str:
    """As :mod:`linkcheck.reports.markdown`, up to a mebibyte."""
    return markdown.text(report, LIMIT, size=lambda words: len(words.encode("utf-8")))
