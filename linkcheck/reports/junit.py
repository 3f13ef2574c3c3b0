"""JUnit XML, which nearly every CI shows: a suite a document, a test a citation.

There is no standard; this keeps to what is common to the readers (described at github.com/testmoapp/junitxml): what
falls short of the policy is a ``failure``, what could not be used an ``error``, what could not be told, or is let pass
for a while, is ``skipped``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape

from linkcheck.clock import iso
from linkcheck.model import Finding, Report, State
from linkcheck.reports import _levels, _words
from linkcheck.reports._text import printable, shorten_end, shown

NAME = "junit"
SUFFIX = ".xml"

_UNTOLD = frozenset({State.BLOCKED, State.FAILING, State.UNKNOWN})


def render(report: Report, *, width: int = 100, colour: bool = False) -> str:
    """The report as JUnit XML."""
    return "".join(pieces(report, width=width, colour=colour))


def pieces(report: Report, *, width: int = 100, colour: bool = False) -> Iterator[str]:
    """The same, test by test."""
    by_document: dict[str, list[Finding]] = {}
    for finding in report.findings:
        by_document.setdefault(finding.citation.document, []).append(finding)
    ours = len(report.problems) + len(report.integrity)
    failures = sum(1 for finding in report.findings if finding.shortfalls) + len(report.integrity)
    skipped = sum(1 for finding in report.findings if _skipped(finding))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    counts = _counts(len(report.findings) + ours, failures, len(report.problems), skipped)
    yield f'<testsuites name="linkcheck" {counts} timestamp="{iso(report.generated_at)}">\n'
    for document, findings in by_document.items():
        failed = sum(1 for finding in findings if finding.shortfalls)
        passed_over = sum(1 for finding in findings if _skipped(finding))
        yield f"<testsuite name={_attribute(document)} {_counts(len(findings), failed, 0, passed_over)}>\n"
        alike: Counter[str] = Counter()
        for finding in findings:
            alike[finding.citation.url] += 1
            yield _case(finding, alike[finding.citation.url])
        yield "</testsuite>\n"
    if ours:
        yield f'<testsuite name="linkcheck" {_counts(ours, len(report.integrity), len(report.problems), 0)}>\n'
        for problem in report.problems:
            words = _attribute(problem.message)
            yield f'<testcase classname="linkcheck" name={_attribute(problem.document)}>'
            yield f'<error type="problem" message={words}/></testcase>\n'
        for which, damage in enumerate(report.integrity, start=1):
            yield f'<testcase classname="linkcheck" name="integrity of the archive ({which})">'
            yield f'<failure type="damaged" message={_attribute(damage)}/></testcase>\n'
        yield "</testsuite>\n"
    yield "</testsuites>\n"


def _case(finding: Finding, which: int) -> str:
    """A test. Its name stays when lines move, so that a CI can tell what is new: source, and which time it is cited."""
    cited, verdict = finding.citation, finding.verdict
    name = _attribute(shown(cited.url) if which == 1 else f"{shown(cited.url)} ({which})")
    place = (
        f' file={_attribute(_levels.path_of(cited.document))} line="{cited.line or 1}"'
        if _levels.is_file(cited.document)
        else ""
    )
    head = f"<testcase classname={_attribute(cited.document)} name={name}{place}"
    reason = f"type={_attribute(verdict.reason)}"
    if finding.shortfalls:
        words = f"message={_attribute(_levels.sentence(finding))}"
        details = [f"in {_words.where(finding)}"]
        details += [f"{remark.label}: {remark.text} {shown(remark.url)}".strip() for remark in _words.remarks(finding)]
        return f"{head}><failure {reason} {words}>{_content(details)}</failure></testcase>\n"
    if _skipped(finding):
        return f"{head}><skipped message={_attribute(_levels.sentence(finding))}/></testcase>\n"
    return f"{head}><system-out>{_content([_levels.sentence(finding)])}</system-out></testcase>\n"


def _skipped(finding: Finding) -> bool:
    """Whether it neither passed nor failed."""
    passed_over = bool(finding.excepted or finding.known) or finding.verdict.state in _UNTOLD
    return passed_over and not finding.shortfalls


def _counts(tests: int, failures: int, errors: int, skipped: int) -> str:
    return f'tests="{tests}" failures="{failures}" errors="{errors}" skipped="{skipped}"'


def _attribute(text: str) -> str:
    return f'"{escape(shorten_end(printable(text), _levels.MOST_WORDS))}"'


def _content(lines: list[str]) -> str:
    return escape("\n".join(shorten_end(printable(line), _levels.MOST_WORDS) for line in lines), quote=False)
