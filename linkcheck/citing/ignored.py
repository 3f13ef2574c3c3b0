"""Comments by which an author tells linkcheck to pass over a place. Pure.

``linkcheck: ignore`` in a comment concerns its own line; standing alone on a line, the next one with words, too.
``linkcheck: ignore-start`` and ``linkcheck: ignore-end`` take what is between them, to the end where none ends it.
The words count only behind what begins a comment somewhere, so that a text may speak of them.
"""

from __future__ import annotations

import re

_MARK = re.compile(
    r"(?:<!--+|\[(?://|comment|_)\]:[ \t]*(?:\#|<>)[ \t]*[(\"']"
    r"|\{/\*+|/\*+|\{#|\{%-?\s*comment\s*-?%\}|<%--|//+|\#+|%+|;+|--|\.\.|@comment\s*\{?)"
    r"[ \t]*linkcheck:[ \t]*ignore(?P<how>-start|-end|-next|-line)?(?![\w-])",
    re.I,
)
_LINE_END = re.compile(r"\r\n|\r|\n")


def ignored_lines(text: str) -> frozenset[int]:
    """Numbers, from 1, of the lines whose citations are passed over."""
    if "linkcheck:" not in text.lower():
        return frozenset()
    lines = _LINE_END.split(text)
    ignored: set[int] = set()
    begun = 0
    for number, line in enumerate(lines, 1):
        mark = _MARK.search(line)
        how = mark["how"] or "" if mark else ""
        if mark and how.lower() == "-start":
            begun = begun or number
        elif mark and how.lower() == "-end":
            ignored.update(range(begun or number, number + 1))
            begun = 0
        elif mark:
            ignored.add(number)
            if not line[: mark.start()].strip(" \t>*-") and not _says_more(line[mark.end() :]):
                # rst wants a blank line behind a comment, and formatters of Markdown put one there.
                ignored.add(next((each for each in range(number + 1, number + 4) if _is_worded(lines, each)), number))
    if begun:
        ignored.update(range(begun, len(lines) + 1))
    return frozenset(ignored)


def _is_worded(lines: list[str], number: int) -> bool:
    return number <= len(lines) and bool(lines[number - 1].strip())


def _says_more(rest: str) -> bool:
    """Whether something but the end of the comment, or its reason, stands behind the words."""
    _, closed, after = re.sub(r"-->|\*/\}?|#\}|--%>|%\}|[)\"'][ \t]*$", "\0", rest).partition("\0")
    return bool(closed and after.strip())
