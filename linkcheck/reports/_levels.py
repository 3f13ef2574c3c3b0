"""How loud a finding is where machines read it: for annotations, code scanning, and editors."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum

from linkcheck.model import Finding, State
from linkcheck.reports import _words
from linkcheck.reports._text import printable, shown


class Level(StrEnum):
    """As GitHub's annotations have them: ``error`` is what fails the run, and nothing else."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


_LOUD = frozenset({State.DEAD, State.DRIFTED, State.MOVED})


def level(finding: Finding) -> Level | None:
    """How loud a finding is; None for a live source that gives no pause.

    What an exception or a baseline lets pass is a notice, and so is what could not be told: a bot wall or a timeout
    says nothing of the text that cites.
    """
    if finding.shortfalls:
        return Level.ERROR
    if finding.excepted or finding.known:
        return Level.NOTICE
    state = finding.verdict.state
    if state is State.ALIVE:
        return Level.NOTICE if finding.verdict.pause else None
    return Level.WARNING if state in _LOUD else Level.NOTICE


def sentence(finding: Finding) -> str:
    """A finding in one paragraph: source, evidence, what lets it pass, and the first better address."""
    verdict = finding.verdict
    said = [f"{shown(finding.citation.url)} is {verdict.state} ({printable(verdict.reason)})."]
    evidence = verdict.pause if verdict.state is State.ALIVE else verdict.evidence
    if evidence:
        said.append(printable(evidence))
    said += [f"{printable(each)}." for each in (*finding.excepted, *finding.known)]
    if verdict.suggestions:
        better = verdict.suggestions[0]
        said.append(f"{_words.suggestion_kind(better).capitalize()}: {shown(better.url)}")
    return " ".join(said)


def identities(findings: Iterable[Finding]) -> Iterator[str]:
    """A name for each finding that stays when lines move: of document, source, reason, and which of the same it is.

    64 hex digits (SHA-256).
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        cited = finding.citation
        key = (cited.document, cited.url, finding.verdict.reason)
        seen[key] += 1
        yield identity(*key, str(seen[key]))


def identity(*parts: str) -> str:
    """A name for what those parts make up: 64 hex digits."""
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()


def is_file(document: str) -> bool:
    """Whether a document is one that a reader can open, and no standard input or command line."""
    return not document.startswith("<")
