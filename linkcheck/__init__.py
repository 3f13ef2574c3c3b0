"""linkcheck keeps the sources of a text alive: it checks, archives and verifies cited URLs, with evidence.

>>> import linkcheck
>>> report = linkcheck.check("article.md")  # doctest: +SKIP
>>> [finding.citation.url for finding in report.findings if finding.shortfalls]  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linkcheck.api import (
        archive,
        check,
        citations,
        document,
        load_settings,
        render,
        report,
        score_of,
        verify,
    )
    from linkcheck.conduct import ExitCode
    from linkcheck.errors import ArchiveError, InputError, LinkcheckError, SettingsError
    from linkcheck.model import Citation, Document, Finding, Problem, Report, Snapshot, State, Suggestion, Verdict
    from linkcheck.settings import Settings

__version__ = "0.1.0"

_HOMES = {
    "linkcheck.api": (
        *("archive", "check", "citations", "document", "load_settings", "render", "report", "score_of"),
        "verify",
    ),
    "linkcheck.conduct": ("ExitCode",),
    "linkcheck.errors": ("ArchiveError", "InputError", "LinkcheckError", "SettingsError"),
    "linkcheck.model": (
        *("Citation", "Document", "Finding", "Problem", "Report", "Snapshot", "State", "Suggestion", "Verdict"),
    ),
    "linkcheck.settings": ("Settings",),
}

__all__ = [
    "ArchiveError",
    "Citation",
    "Document",
    "ExitCode",
    "Finding",
    "InputError",
    "LinkcheckError",
    "Problem",
    "Report",
    "Settings",
    "SettingsError",
    "Snapshot",
    "State",
    "Suggestion",
    "Verdict",
    "archive",
    "check",
    "citations",
    "document",
    "load_settings",
    "render",
    "report",
    "score_of",
    "verify",
]


def __getattr__(name: str) -> object:
    """The public names, imported when they are asked for: ``linkcheck --version`` needs none of what they need."""
    import importlib

    for home, names in _HOMES.items():
        if name in names:
            return getattr(importlib.import_module(home), name)
    raise AttributeError(f"module 'linkcheck' has no attribute {name!r}")
