"""Markdown for a comment on a pull request: summary, table worst first, details folded away.

Pages and documents are written by strangers, and a comment is posted in somebody's name: nothing that they say may
become markup, ping anybody or link an issue. What GitHub does with a comment beyond CommonMark was read from its
issue threads: a backslash or an entity before ``@`` does not stop a mention (github/markup issue 1168), and code
spans ping in replies by mail (dependabot-core pull 3157), so a zero-width space stands after ``@`` and ``#``.
"""

from __future__ import annotations

import html
import re

from linkcheck.model import Finding, Report, State
from linkcheck.reports import _words
from linkcheck.reports._text import href, printable, shorten_url, shown

NAME = "markdown"
SUFFIX = ".md"

URL_ROOM = 72
"""Characters of a URL in the table; the link behind it is whole."""

_ZERO_WIDTH_SPACE = "\u200b"

_PUNCTUATION = re.compile(r"([\\`*_\[\]|~$])")

_BLOCK_START = re.compile(r"^([0-9]*)([-+#.)=])")

_ESCAPED = r"\1\\\2"

_REFERENCES = re.compile(r"([@#])(?=[0-9A-Za-z_-])")

_UNSAFE_IN_LINK = re.compile(r"[\\|`<>\"' \[\]()]")


def render(report: Report, *, width: int = 100, colour: bool = False) -> str:
    """The report as GitHub-flavoured Markdown."""
    blocks = ["## Citation health", f"**{_words.summary(report)}**"]
    findings = _words.worst_first(report)
    if findings:
        head = "| State | Reason | Source | Where |\n| --- | --- | --- | --- |"
        blocks.append("\n".join([head, *(_row(finding) for finding in findings)]))
    blocks += [details for finding in findings if (details := _details(finding))]
    blocks += _section("Notes", report.notes)
    blocks += _section("Problems", tuple(str(problem) for problem in report.problems))
    blocks += _section("Integrity of the archive", report.integrity)
    blocks.append(_words.closing(report))
    return "\n\n".join(blocks) + "\n"


def literal(text: str) -> str:
    """Text of strangers as Markdown within a line, which shows it letter for letter and does nothing else."""
    return _PUNCTUATION.sub(r"\\\1", _in_html(text.strip()))


def link(url: str, *, room: int) -> str:
    """A URL as link with a readable text of at most ``room`` characters; only text where it is not http or https."""
    text = literal(shorten_url(url, room))
    target = href(url)
    if target is None:
        return text
    target = _UNSAFE_IN_LINK.sub(lambda found: f"%{ord(found[0]):02X}", target)
    return f"[{text}](<{html.escape(target)}>)"


def _in_html(text: str) -> str:
    """Text of strangers inside an HTML block, where backslashes mean nothing."""
    return html.escape(_REFERENCES.sub(rf"\1{_ZERO_WIDTH_SPACE}", printable(text)), quote=False)


def _state(state: State) -> str:
    return f"{state}" if state is State.ALIVE else f"**{state}**"


def _row(finding: Finding) -> str:
    verdict = finding.verdict
    source = link(finding.citation.url, room=URL_ROOM)
    return f"| {_state(verdict.state)} | {literal(verdict.reason)} | {source} | {literal(_words.where(finding))} |"


def _details(finding: Finding) -> str:
    remarks = _words.remarks(finding)
    if not remarks:
        return ""
    verdict = finding.verdict
    name = printable(finding.citation.title) or shorten_url(finding.citation.url, URL_ROOM)
    head = f"<b>{verdict.state}</b> {_in_html(verdict.reason)}: {_in_html(name)} ({_in_html(_words.where(finding))})"
    lines = [f"- source: {link(finding.citation.url, room=len(shown(finding.citation.url)))}"]
    lines += [_remark(remark) for remark in remarks]
    return "\n\n".join([f"<details>\n<summary>{head}</summary>", "\n".join(lines), "</details>"])


def _remark(remark: _words.Remark) -> str:
    target = f" {link(remark.url, room=len(shown(remark.url)))}" if remark.url else ""
    text = f" {literal(remark.text)}" if remark.text else ""
    return f"- {literal(remark.label)}:{target}{text}"


def _section(heading: str, entries: tuple[str, ...]) -> list[str]:
    if not entries:
        return []
    lines = [f"- {_BLOCK_START.sub(_ESCAPED, literal(entry))}" for entry in entries]
    return [f"### {heading}", "\n".join(lines)]
