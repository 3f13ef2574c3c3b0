"""Plain text whose URLs stand apart from their sentences: a list under it, or a PDF's links collected at a page break.

Which source a sentence means cannot be told from the text then; what the sources contain tells it. So what the text has
in quotation marks is loose of every source that stands apart: looked for in each, held against none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from linkcheck.citing.quotes import marked
from linkcheck.model import Citation, Problem

_LEAST_RUN = 2
"""Lines in a row that hold a URL and nothing else: one alone may belong to the paragraph above it."""

_MOST_PASSAGES = 50
_MOST_SOURCES = 200
_PARAGRAPH = re.compile(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)")


def with_passages(text: str, found: Sequence[Citation | Problem]) -> list[Citation | Problem]:
    """The citations of a text; those that stand apart with the quoted passages of the text as ``loose``."""
    apart = _apart([each for each in found if isinstance(each, Citation)])
    if not apart or len(apart) > _MOST_SOURCES:
        return list(found)
    said = {words for each in found if isinstance(each, Citation) for words in (*each.quotes, *each.loose)}
    passages = tuple(words for words in quoted_passages(text) if words not in said)
    if not passages:
        return list(found)
    return [
        replace(each, loose=passages, apart=True) if isinstance(each, Citation) and each.line in apart else each
        for each in found
    ]


def quoted_passages(text: str) -> list[str]:
    """What a text has in quotation marks that may be a source's words, in order, each once; the first fifty."""
    passages: dict[str, None] = {}
    for paragraph in _PARAGRAPH.split(text):
        passages |= dict.fromkeys(marked(paragraph))
        if len(passages) >= _MOST_PASSAGES:
            break
    return list(passages)[:_MOST_PASSAGES]


def _apart(cited: Sequence[Citation]) -> frozenset[int]:
    """The lines of runs of bare URLs: a citation without words around it, and its neighbours on the next lines."""
    bare = sorted({each.line for each in cited if not each.context and not each.quotes and each.line})
    counts: dict[int, int] = {}
    for each in cited:
        counts[each.line] = counts.get(each.line, 0) + 1
    bare = [line for line in bare if counts[line] == 1]
    runs: list[list[int]] = []
    for line in bare:
        if runs and line - runs[-1][-1] <= 2:  # a blank line may stand between
            runs[-1].append(line)
        else:
            runs.append([line])
    return frozenset(line for run in runs if len(run) >= _LEAST_RUN for line in run)
