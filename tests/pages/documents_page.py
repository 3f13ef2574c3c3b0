"""Writes docs/documents.md from the input formats: ``python -m tests.pages.documents_page > docs/documents.md``."""

from __future__ import annotations

import inspect
import re
import sys

from linkcheck import extract

_HEAD = """# Documents

What can be read, and what counts as a citation in it. The words on each format are those of its module in
`linkcheck/extract/`; this page is written from them, and a test holds it against them.

A document is a file, a directory (`.gitignore` is honoured), a pattern such as `'notes/*.md'`, a URL, or `-` for
standard input. The ending of the name says how a file is read; where it tells nothing, the text is looked into. What
cannot be read costs itself alone: it is named, and the rest goes on.

A citation keeps the URL exactly as it is written, and where: document, line and column, or the place in a document
that has no lines (a page, a cell, a slide). Around it stand its sentence, the words that the sentence quotes, and what
the document says of the source: title, author, date of access, a copy that is given beside it.

## To pass over a place

A comment with `linkcheck: ignore` in it, in the comment form of its format, concerns its own line; standing alone on a
line, the next one, too. `linkcheck: ignore-start` and `linkcheck: ignore-end` take what is between them.

## Formats

| format | endings | read in directories |
|---|---|---|
"""


def documents_page() -> str:
    """The whole page, a section for each format."""
    members = extract.formats()
    rows = [
        f"| [{name}](#{name}) | {' '.join(f'`{suffix}`' for suffix in member.SUFFIXES) or '`sources.txt`'} "
        f"| {'only where it is named' if getattr(member, 'NAMED_ONLY', False) else 'yes'} |"
        for name, member in members.items()
    ]
    sections = [f"### {name}\n\n{_markdown(inspect.getdoc(member) or '')}\n" for name, member in members.items()]
    return _HEAD + "\n".join(rows) + "\n\n" + "\n".join(sections)


def _markdown(docstring: str) -> str:
    """reStructuredText of a docstring, as far as ours go: literals, roles, bare URLs, and a literal block."""
    text = re.sub(r":\w+:`~?([^`]+)`", r"`\1`", docstring.strip())
    text = re.sub(r"``(.+?)``", r"`\1`", text, flags=re.DOTALL)
    text = re.sub(r"\((https?://[^\s)]+)\)", r"(<\1>)", text)
    head, mark, block = text.partition("::\n\n")
    return f"{head}:\n\n```text\n{inspect.cleandoc(block)}\n```" if mark else text


if __name__ == "__main__":
    sys.stdout.write(documents_page())
