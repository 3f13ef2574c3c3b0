"""Quotes of a text whose URLs stand apart from its sentences: which source has which, by what they contain. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from linkcheck.model import Finding

_LONGEST = 160


def matched(findings: Sequence[Finding]) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """The findings, those that stand apart with the passages that their source has and no others; what no source has.

    A passage is one source's and not the others', so that it is missing from these says nothing of them. Only of a
    passage that stands nowhere a sentence is said: for the report's notes, held against nobody.
    """
    by_document: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.citation.apart:
            by_document.setdefault(finding.citation.document, []).append(finding)
    notes = tuple(note for name, apart in by_document.items() for note in _of_none(name, apart))
    return tuple(_with_its_own(each) if each.citation.apart else each for each in findings), notes


def _with_its_own(finding: Finding) -> Finding:
    loose = set(finding.citation.loose)
    kept = tuple(match for match in finding.verdict.quotes if match.found or match.quote not in loose)
    return replace(finding, verdict=replace(finding.verdict, quotes=kept))


def _of_none(name: str, apart: Sequence[Finding]) -> Iterator[str]:
    """A sentence for each passage that was looked for and that no source has."""
    sources = {finding.citation.uri_r for finding in apart}
    for passage in dict.fromkeys(words for finding in apart for words in finding.citation.loose):
        told = [(finding, match) for finding in apart for match in finding.verdict.quotes if match.quote == passage]
        if not told or any(match.found for _, match in told):
            continue
        read = len({finding.citation.uri_r for finding, _ in told})
        words = passage if len(passage) <= _LONGEST else f"{passage[:_LONGEST].rstrip()}…"
        near = next(((finding, match) for finding, match in told if match.differences), None)
        nearest = f" {near[0].citation.url} comes near to it: {near[1].differences[0]}." if near else ""
        yield (
            f"{name}: “{words}” stands in none of the sources that could be read ({read} of {len(sources)}).{nearest}"
        )
