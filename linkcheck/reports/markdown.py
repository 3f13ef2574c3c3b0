"""Markdown for a comment on a pull request: summary, table worst first, details folded away.

Pages and documents are written by strangers, and a comment is posted in somebody's name: nothing that they say may
become markup, ping anybody or link an issue. What GitHub does with a comment beyond CommonMark was read from its
issue threads: a backslash or an entity before ``@`` does not stop a mention (github/markup issue 1168), and code
spans ping in replies by mail (dependabot-core pull 3157), so a zero-width space stands after ``@`` and ``#``. An issue
whose address stands in a comment gets an entry about it, so such addresses go through ``redirect.github.com``
(docs.github.com, "Avoiding backlinks to linked references").
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from linkcheck.model import Finding, Report, State
from linkcheck.reports import _words
from linkcheck.reports._text import ZERO_WIDTH_SPACE, href, printable, shorten_end, shorten_tail, shorten_url, shown

NAME = "markdown"
SUFFIX = ".md"

URL_ROOM = 72
"""Characters of a URL in the table; the link behind it is whole."""

_PUNCTUATION = re.compile(r"([\\`*_\[\]|~$])")

_BLOCK_START = re.compile(r"^([0-9]*)([-+#.)=])")

_ESCAPED = r"\1\\\2"

_ESCAPED_ALONE = r"\\\1"

_REFERENCES = re.compile(r"([@#]|\bGH-)(?=[0-9A-Za-z_-])", re.IGNORECASE)

# GitHub makes links of these where they stand alone (GFM 6.9, "Autolinks (extension)").
_BARE_LINK = re.compile(r"(https?://|www\.)(?=\w)", re.IGNORECASE)

_THREAD = re.compile(r"https?://(?:www\.)?github\.com/(?=[^/]+/[^/]+/(?:issues|pull|discussions)/\d)", re.IGNORECASE)

WHERE_ROOM = 120
"""Characters of a place in the table; where some must go, the last ones stay."""

REMARK_ROOM = 2000
"""Characters of one remark: no page may fill a comment alone."""

_UNSAFE_IN_LINK = re.compile(r"[\\|`<>\"' \[\]()]")


LIMIT = 65_536
"""Characters: what a comment on a pull request holds at most; GitHub refuses more ("body is too long (maximum is 65536
characters)"). GitLab takes a million."""

_ASIDE = 0.2
"""Share of the room that notes, problems and the like may take, before the citations have had theirs."""

_TABLE = 0.6
"""Share of the room that rows may take before details."""

_HEAD = "| State | Reason | Source | Where |\n| --- | --- | --- | --- |"


def render(report: Report, *, width: int = 100, colour: bool = False) -> str:
    """The report as GitHub-flavoured Markdown that fits into a comment."""
    return text(report, LIMIT)


def text(report: Report, limit: int, *, size: Callable[[str], int] = len) -> str:
    """The report within ``limit``, as ``size`` measures it: the worst first, and what is left out is counted."""
    room = _Room(limit - size(_NOT_SHOWN) - 100, size)
    head = [
        block for block in ("## Citation health", f"**{_words.summary(report)}**", _words.score_line(report)) if block
    ]
    closing = _words.closing(report)
    room.take(*head, closing)
    aside = room.share(_ASIDE)
    asides = _section("Notes", report.notes, aside)
    asides += _section("Problems", tuple(str(problem) for problem in report.problems), aside)
    asides += _section("Integrity of the archive", report.integrity, aside)
    room.take(*asides)
    findings = _words.most_urgent_first(report)
    ill = [finding for finding in findings if finding.verdict.state is not State.ALIVE or _words.remarks(finding)]
    well = [finding for finding in findings if finding.verdict.state is State.ALIVE and not _words.remarks(finding)]
    rows, details = _ill(ill, room)
    table = ["\n".join([_HEAD, *rows])] if rows else []
    folded, shown = _well(well, room)
    more = _not_shown(
        len(findings) - len(rows) - shown, sum(1 for f in ill[: len(rows)] if _words.remarks(f)) - len(details)
    )
    return "\n\n".join([*head, *table, *more, *details, *folded, *asides, closing]) + "\n"


_NOT_SHOWN = "{}, for want of room: `linkcheck report -o report.html` shows all."


def _not_shown(citations: int, details: int) -> list[str]:
    left_out = [f"{_words.count(citations, 'citation')} not shown here"] if citations else []
    left_out += [f"the details of {details:,} left out"] if details else []
    return [_NOT_SHOWN.format(" and ".join(left_out))] if left_out else []


class _Room:
    """What is left of a limit."""

    def __init__(self, limit: int, size: Callable[[str], int]) -> None:
        self._left = limit
        self._size = size

    def share(self, share: float) -> _Room:
        """A part of what is left, to be counted apart; what is taken of it is to be taken here too."""
        return _Room(int(self._left * share), self._size)

    def take(self, *blocks: str) -> bool:
        """Takes the blocks in, all or none; whether there was room. Each is followed by an empty line."""
        wanted = sum(self._size(block) + 2 for block in blocks)
        if wanted > self._left:
            return False
        self._left -= wanted
        return True


def _ill(findings: list[Finding], room: _Room) -> tuple[list[str], list[str]]:
    """Rows of the table, and what is folded under it.

    Rows come first: of many dead sources rather all are named than a few described. Details take what is left, and
    rows that had no place what those leave.
    """
    rows: list[str] = []
    details: list[str] = []
    if not findings or not room.take(_HEAD):
        return rows, details
    for_rows = room.share(_TABLE)
    for finding in findings:
        row = _row(finding)
        if not for_rows.take(row):
            break
        rows.append(row)
    room.take(*rows)
    details += [told for finding in findings[: len(rows)] if (told := _details(finding)) and room.take(told)]
    for finding in findings[len(rows) :]:
        row = _row(finding)
        if not room.take(row):
            break
        rows.append(row)
    return rows, details


def _well(findings: list[Finding], room: _Room) -> tuple[list[str], int]:
    """The table of those of which there is nothing to say, folded; and how many are in it."""
    summary = f"<details>\n<summary>{_words.count(len(findings), 'citation')} with nothing to say of</summary>"
    rows: list[str] = []
    if findings and room.take(summary, _HEAD, "</details>"):
        for finding in findings:
            if not room.take(row := _row(finding)):
                break
            rows.append(row)
    if not rows:
        return [], 0
    return ["\n\n".join([summary, "\n".join([_HEAD, *rows]), "</details>"])], len(rows)


def literal(text: str) -> str:
    """Text of strangers as Markdown within a line, which shows it letter for letter and does nothing else."""
    return _PUNCTUATION.sub(_ESCAPED_ALONE, _in_html(text.strip()))


def _as_words(text: str) -> str:
    """The same where a line begins, and might begin a list or a heading."""
    return _BLOCK_START.sub(_ESCAPED, literal(text))


def link(url: str, *, room: int) -> str:
    """A URL as link with a readable text of at most ``room`` characters; only text where it is not http or https."""
    shortened = shorten_url(url, room)
    target = href(url)
    if target is None:
        return literal(shortened)
    target = _THREAD.sub("https://redirect.github.com/", target)
    target = _UNSAFE_IN_LINK.sub(lambda found: f"%{ord(found[0]):02X}", target)
    # Within a link nothing else becomes one, so what is copied from it is whole.
    return f"[{_PUNCTUATION.sub(_ESCAPED_ALONE, _unreferring(shortened))}](<{html.escape(target)}>)"


def _in_html(text: str) -> str:
    """Text of strangers inside an HTML block, where backslashes mean nothing."""
    return _unreferring(_BARE_LINK.sub(rf"\1{ZERO_WIDTH_SPACE}", printable(text)))


def _unreferring(text: str) -> str:
    return html.escape(_REFERENCES.sub(rf"\1{ZERO_WIDTH_SPACE}", printable(text)), quote=False)


def _state(state: State) -> str:
    return f"{state}" if state is State.ALIVE else f"**{state}**"


def _row(finding: Finding) -> str:
    verdict = finding.verdict
    source = link(finding.citation.url, room=URL_ROOM)
    place = shorten_tail(_words.where(finding), WHERE_ROOM)
    return f"| {_state(verdict.state)} | {literal(verdict.reason)} | {source} | {literal(place)} |"


def _details(finding: Finding) -> str:
    remarks = _words.remarks(finding)
    if not remarks:
        return ""
    verdict = finding.verdict
    name = shorten_end(printable(finding.citation.title), WHERE_ROOM) or shorten_url(finding.citation.url, URL_ROOM)
    head = f"<b>{verdict.state}</b> {_in_html(verdict.reason)}: {_in_html(name)} ({_in_html(_words.where(finding))})"
    lines = [f"- source: {link(finding.citation.url, room=len(shown(finding.citation.url)))}"]
    lines += [_remark(remark) for remark in remarks]
    return "\n\n".join([f"<details>\n<summary>{head}</summary>", "\n".join(lines), "</details>"])


def _remark(remark: _words.Remark) -> str:
    target = f" {link(remark.url, room=len(shown(remark.url)))}" if remark.url else ""
    text = f" {literal(shorten_end(remark.text, REMARK_ROOM))}" if remark.text else ""
    return f"- {_as_words(remark.label)}:{target}{text}"


def _section(heading: str, entries: tuple[str, ...], room: _Room) -> list[str]:
    if not entries:
        return []
    lines: list[str] = []
    for entry in entries:
        line = f"- {_as_words(shorten_end(printable(entry), REMARK_ROOM))}"
        if not room.take(line):
            lines.append(f"- {len(entries) - len(lines):,} more, not shown here for want of room")
            break
        lines.append(line)
    return [f"### {heading}", "\n".join(lines)]
