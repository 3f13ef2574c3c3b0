"""How loud a finding is where machines read it: for annotations, code scanning, and editors."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum

from linkcheck.model import Finding, State
from linkcheck.reports import _words
from linkcheck.reports._text import printable, shorten_end, shown

MOST_WORDS = 2000
"""Characters of a sentence; a runner of GitHub Actions passes on 4,096 of a message (actions/runner,
``ExecutionContext.cs``)."""


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
    """A finding in one paragraph of at most :data:`MOST_WORDS` characters: source, then what :func:`words` says."""
    verdict = finding.verdict
    said = f"{shown(finding.citation.url)} is {verdict.state} ({printable(verdict.reason)}). {words(finding)}"
    return shorten_end(said.strip(), MOST_WORDS)


def words(finding: Finding) -> str:
    """Evidence, what falls short beyond it, what lets it pass, and the first better address; "" where nothing is."""
    verdict = finding.verdict
    evidence = verdict.pause if verdict.state is State.ALIVE else verdict.evidence
    said = [printable(evidence)] if evidence else []
    said += [f"{printable(each)[:1].upper()}{printable(each)[1:].rstrip('.')}." for each in _of_the_policy(finding)]
    if verdict.suggestions:
        better = verdict.suggestions[0]
        said.append(f"{_words.suggestion_kind(better).capitalize()}: {shown(better.url)}")
    return shorten_end(" ".join(said), MOST_WORDS)


def _of_the_policy(finding: Finding) -> Iterator[str]:
    # That a dead source fails the run is said by the level.
    yield from (each for each in finding.shortfalls if not each.startswith(f"{finding.verdict.state} "))
    yield from finding.excepted
    yield from (f"known: {each}" for each in finding.known)


class Identities:
    """Names that stay when lines move: of what is said of which document, and which of the same it is."""

    def __init__(self) -> None:
        self._seen: Counter[tuple[str, ...]] = Counter()

    def of(self, *parts: str) -> str:
        """The name of what those parts make up: 64 hex digits (SHA-256). Asked again, that of the next one."""
        self._seen[parts] += 1
        text = "\n".join((*parts, str(self._seen[parts])))
        return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()

    def of_finding(self, finding: Finding) -> str:
        """That of a finding: of document, source and reason."""
        return self.of(path_of(finding.citation.document), finding.citation.url, finding.verdict.reason)


def is_file(document: str) -> bool:
    """Whether a document is one that a reader can open, and no standard input or command line."""
    return not _NO_FILE.fullmatch(document)


_NO_FILE = re.compile("<[a-z]+>")  # <stdin>, <arguments>; a file may begin with "<" as well


def path_of(document: str) -> str:
    """A document as machines compare paths: without a leading ``./``, which GitLab does not take."""
    path = document
    while path.startswith("./"):
        path = path[2:].lstrip("/")
    return path or document
