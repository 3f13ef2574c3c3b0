"""What an earlier run held against each citation, so that only new trouble fails this one. Pure.

A baseline is a JSON report (schema 1). A citation is known by its document and its URL; where a document cites that URL
several times, by the words around it, else by which of them it is. So lines may move. A document whose name is gone may
go on under a new one: there a citation is known by its URL and the words around it. And it is known only for what it
was held for: known as ``moved`` and ``dead`` today is new.
"""

from __future__ import annotations

import json
import posixpath
from collections import Counter, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from linkcheck.conduct import ExitCode
from linkcheck.errors import InputError
from linkcheck.model import Citation, Finding, Report, State

SCHEMA = 1
"""The schema of reports that is read."""

NEVER_KNOWN = frozenset({"damaged"})
"""Words of the policy that no baseline excuses: a broken archive is mended, not got used to."""

_ON_THE_PAGE = "live"

_UNTOLD = frozenset({State.BLOCKED, State.FAILING, State.UNKNOWN})
"""States that say nothing about whether a trouble is over."""

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Before:
    """A citation as the baseline has it.

    ``held_for``: the words of the policy that it fell short of. ``wanting``: its quotes that were not on the page.
    """

    context: str
    state: str
    reason: str
    held_for: frozenset[str]
    wanting: frozenset[str] = frozenset()

    def knows(self, word: str, finding: Finding) -> bool:
        """Whether the finding is held for this word of the policy now as it was then.

        Dead is dead, whatever the reason. What has drifted may drift further, so there the reason counts as well, and
        which quotes are wanting.
        """
        verdict = finding.verdict
        if word in (str(verdict.state), verdict.reason):
            if self.held_for.isdisjoint((self.state, self.reason)):
                return False
            if verdict.state is State.DRIFTED:
                return verdict.reason == self.reason and _wanting(finding) <= self.wanting
            return verdict.reason == self.reason or word == self.state
        return word in self.held_for and word not in NEVER_KNOWN


@dataclass(frozen=True, slots=True)
class Baseline:
    """An earlier report.

    Attributes:
        name: of its file.
        day: of its making, as ``2026-11-23``.
        citations: those of a document and a URL, in their order; also those that fell short of nothing.
        problems: inputs that could not be used, by document and message.
    """

    name: str
    day: str
    citations: Mapping[_Key, tuple[Before, ...]]
    problems: frozenset[tuple[str, str]] = frozenset()

    @property
    def documents(self) -> frozenset[str]:
        """Those that cite something in it."""
        return frozenset(document for document, _ in self.citations)


def parse(content: bytes, name: str) -> Baseline:
    """The baseline in a file.

    Raises:
        InputError: it is torn, no report of linkcheck, or of a later schema; names the file and how to make one.
    """
    anew = f"make it anew: the same command with -o {name} in place of --baseline"
    try:
        read = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise InputError(f"--baseline: {name} is no JSON, or only a part of it ({error}); {anew}") from error
    if not isinstance(read, dict) or not isinstance(read.get("citations"), list) or "schema" not in read:
        raise InputError(f"--baseline: {name} is no JSON report of linkcheck; {anew}")
    schema = read["schema"]
    if schema != SCHEMA:
        raise InputError(
            f"--baseline: {name} is of schema {schema!r}, made by {read.get('tool')!r}, and this linkcheck reads "
            f"schema {SCHEMA}; take the linkcheck that made it, or {anew}"
        )
    listed: dict[_Key, list[Before]] = {}
    for number, entry in enumerate(read["citations"], 1):
        if not isinstance(entry, dict) or not all(isinstance(entry.get(key), str) for key in _NEEDED):
            raise InputError(f"--baseline: {name} has no {', '.join(_NEEDED)} in citation {number}; {anew}")
        listed.setdefault(_key(entry["document"], entry["url"]), []).append(_before(entry))
    problems = [each for key in ("problems", "known_problems") for each in _listed(read, key) if isinstance(each, dict)]
    return Baseline(
        name,
        str(read.get("generated_at"))[:10],
        {key: tuple(them) for key, them in listed.items()},
        frozenset((_path(str(each.get("document"))), str(each.get("message"))) for each in problems),
    )


_NEEDED = ("document", "url", "state", "reason")


def _before(entry: Mapping[str, Any]) -> Before:
    words = entry.get("held_for")
    if not isinstance(words, list):  # reports were made before they had this key
        words = [entry["state"], entry["reason"]] if entry.get("shortfalls") else []
    found = [each for each in _listed(entry, "quotes_found") if isinstance(each, dict)]
    there = {each.get("quote") for each in found if each.get("found") and each.get("where") == _ON_THE_PAGE}
    wanting = frozenset(map(str, _listed(entry, "quotes"))) - there
    return Before(str(entry.get("context")), entry["state"], entry["reason"], frozenset(map(str, words)), wanting)


def _listed(entry: Mapping[str, Any], key: str) -> list[Any]:
    listed = entry.get(key)
    return listed if isinstance(listed, list) else []


def _wanting(finding: Finding) -> frozenset[str]:
    """The quotes that must be in the source and were not found on the page itself."""
    there = {match.quote for match in finding.verdict.quotes if match.found and match.where == _ON_THE_PAGE}
    return frozenset(finding.citation.quotes) - there


def compared(
    report: Report, baseline: Baseline, untouched: Sequence[Citation] = (), gone: Collection[str] = ()
) -> Report:
    """The report, with what the baseline knows in ``known`` and no longer in ``shortfalls``; notes say how much.

    The exit code is left to the caller, who knows its rules.

    Args:
        untouched: citations of the documents that this run was not asked for (``--diff``). They stand in the baseline
            for themselves, and excuse no new one of the same URL.
        gone: documents of the baseline that are there no more.
    """
    place = _places(report.findings, untouched, baseline)
    moved = _under_new_names(report.findings, untouched, baseline, gone)
    place |= moved
    findings = []
    mended = 0
    for number, finding in enumerate(report.findings):
        before = place.get(number)
        findings.append(_known(finding, before, baseline) if before is not None else finding)
        if before is not None and before.held_for and not finding.shortfalls and finding.verdict.state not in _UNTOLD:
            mended += not finding.excepted
    notes = list(report.notes)
    known = Counter(word for each in findings if each.known for word in each.held_for[len(each.shortfalls) :])
    if known:
        number = sum(1 for each in findings if each.known)
        words = ", ".join(f"{count:,} {word}" for word, count in known.most_common())
        notes.append(
            f"{baseline.name} of {baseline.day} knows {_citations(number)} that would fall short of the policy "
            f"({words}); what it knows does not fail the run."
        )
    left = _left(report.findings, untouched, baseline) if report.exit_code is not ExitCode.INTERRUPTED else 0
    renamed = sum(1 for before in moved.values() if before.held_for)
    if mended or left or renamed:
        numbers = (
            (mended, f"{mended:,} mended"),
            (left, f"{left:,} cited no longer"),
            (renamed, f"{renamed:,} cited in a document with a new name"),
        )
        over = " and ".join(words for number, words in numbers if number)
        notes.append(
            f"Of what {baseline.name} knows, {over}: write it anew (the same over all documents, with -o "
            f"{baseline.name} in place of --baseline)."
        )
    unused = {each for each in report.problems if (_path(each.document), each.message) in baseline.problems}
    old = tuple(each for each in report.problems if each in unused)
    notes += [f"Could not be used, as {baseline.name} of {baseline.day} knows: {each}" for each in old]
    return replace(
        report,
        findings=tuple(findings),
        notes=tuple(notes),
        problems=tuple(each for each in report.problems if each not in unused),
        known_problems=old,
    )


def without_known(report: Report) -> Report:
    """The report without the rows of what the baseline knows; they are counted on, and a note says how many."""
    shown = tuple(finding for finding in report.findings if finding.shortfalls or not finding.known)
    hidden = tuple(finding for finding in report.findings if not finding.shortfalls and finding.known)
    if not hidden:
        return report
    note = f"Not shown (--new-only): {_citations(len(hidden))} that the baseline knows."
    return replace(report, findings=shown, left_out=hidden, notes=(*report.notes, note))


def _citations(number: int) -> str:
    return f"{number:,} citation" if number == 1 else f"{number:,} citations"


def _known(finding: Finding, before: Before, baseline: Baseline) -> Finding:
    kept: list[tuple[str, str]] = []
    known: list[tuple[str, str]] = []
    for sentence, word in zip(finding.shortfalls, finding.held_for, strict=True):
        if before.knows(word, finding):
            known.append((f"{sentence}; so it did on {baseline.day} ({baseline.name})", word))
        else:
            kept.append((sentence, word))
    if not known:
        return finding
    return replace(
        finding,
        shortfalls=tuple(sentence for sentence, _ in kept),
        known=tuple(sentence for sentence, _ in known),
        held_for=tuple(word for _, word in (*kept, *known)),
    )


def _places(findings: Sequence[Finding], untouched: Sequence[Citation], baseline: Baseline) -> dict[int, Before]:
    """For each finding, by its number, the citation of the baseline that it is: each stands for one at most."""
    by_key: dict[_Key, list[tuple[Citation, int]]] = {}
    cited = [(finding.citation, number) for number, finding in enumerate(findings)]
    for citation, number in (*cited, *((citation, -1) for citation in untouched)):
        key = _key(citation.document, citation.url)
        if key in baseline.citations:
            by_key.setdefault(key, []).append((citation, number))
    found: dict[int, Before] = {}
    for key, now in by_key.items():
        now.sort(key=lambda each: (each[0].line, each[0].column))
        free: dict[str, deque[int]] = {}
        then = baseline.citations[key]
        for at, before in enumerate(then):
            free.setdefault(before.context, deque()).append(at)
        others = []
        for citation, number in now:
            if same := free.get(citation.context):
                found[number] = then[same.popleft()]
            else:
                others.append(number)
        left = sorted(at for ats in free.values() for at in ats)
        found.update((number, then[at]) for number, at in zip(others, left, strict=False))
    found.pop(-1, None)
    return found


def _under_new_names(
    findings: Sequence[Finding], untouched: Sequence[Citation], baseline: Baseline, gone: Collection[str]
) -> dict[int, Before]:
    """The same of documents that the baseline does not know, among what it has of those that are gone."""
    free: dict[_Key, deque[Before]] = {}
    for (document, url), them in baseline.citations.items():
        if document in gone:
            for before in them:
                free.setdefault((url, before.context), deque()).append(before)
    found: dict[int, Before] = {}
    if not free:
        return found
    known = baseline.documents
    cited = [(finding.citation, number) for number, finding in enumerate(findings)]
    for citation, number in (*((citation, -1) for citation in untouched), *cited):
        same = free.get((citation.url, citation.context))
        if same and _key(citation.document, "")[0] not in known:
            found[number] = same.popleft()
    found.pop(-1, None)
    return found


def _left(findings: Iterable[Finding], untouched: Iterable[Citation], baseline: Baseline) -> int:
    """How many citations that fell short stand no more in the documents that were read."""
    now = Counter(_key(each.document, each.url) for each in (*(finding.citation for finding in findings), *untouched))
    documents = {document for document, _ in now}
    return sum(
        min(sum(1 for before in them if before.held_for), max(len(them) - now[key], 0))
        for key, them in baseline.citations.items()
        if key[0] in documents
    )


def _key(document: str, url: str) -> _Key:
    return _path(document), url


def _path(document: str) -> str:
    return posixpath.normpath(document.replace("\\", "/"))
