"""Writes docs/documents.md from the input formats: ``python -m tests.pages.documents_page > docs/documents.md``."""

from __future__ import annotations

import inspect
import re
import sys

from linkcheck import confined, documents, extract
from linkcheck.extract import _package

_HEAD = """# Documents

What can be read, and what counts as a citation in it. The words on each format are those of its module in
`linkcheck/extract/`; this page is written from them, and a test holds it against them.

A document is a file, a directory (`.gitignore` is honoured), a pattern such as `'notes/*.md'`, a URL, or `-` for
standard input. The ending of the name says how a file is read; where it tells nothing, the text is looked into. What
cannot be read costs itself alone: it is named, and the rest goes on.

A citation keeps the URL exactly as it is written, and where: document, line and column, or the place in a document
that has no lines (a page, a cell, a slide). Around it stand its sentence, the words that the sentence quotes, and what
the document says of the source: title, author, date of access, a copy that is given beside it.

An address of an archive is a citation of what it is a copy of; one that only carries another address (the links of
Google Docs, Outlook's safe links, Facebook's way out) is a citation of that. A text that is gzipped, as sitemaps often
are, is read as what is in it.

## To pass over a place

A comment with `linkcheck: ignore` in it, in the comment form of its format, concerns its own line; standing alone on a
line, the next one with words, too. `linkcheck: ignore-start` and `linkcheck: ignore-end` take what is between them.

## Limits

A document of more than {largest} MB is not read, and that is said. Of a package (Word, OpenDocument, EPUB, Excel,
PowerPoint) a part may unpack to {part} MB, and all of it to {package} MB. PDFs are read in a process of their own,
which may take {seconds} seconds and {memory} MB of memory; what it found until then counts.

## Formats

A format whose files are tables, feeds or captures is read only where a file is named, since a tree is full of
`package.json` and `ci.yaml`; the others are read in directories, too.

| format | endings | where a citation stands | in directories |
|---|---|---|---|
"""

WITHOUT_LINES = {
    "docx": "paragraph 7; footnote, endnote or comment 1; header; footer; @key of a managed source",
    "epub": "chapter 2 (its title)",
    "odt": "paragraph 7; footnote 1; comment; header or footer; Sheet1 A6; Sheet1 A7 comment; slide 1; slide 1 notes",
    "pdf": "page 2",
    "pptx": "slide 1; slide 1 notes; slide 1 comment",
    "wacz": "capture of 2026-11-25",
    "warc": "capture of 2026-11-25",
    "xlsx": "Sheet1 A6; Sheet1 A7 comment; Sheet1 drawing",
}
"""Formats whose documents have no lines, and the words that say where in them a citation stands."""

_BESIDE_THE_LINE = {
    "bibtex": ", @key",
    "csv": ", cell B2",
    "ipynb": " in cell 3, or in its output",
    "json": ", @id",
    "ris": ", @id",
    "yaml": ", @id",
}


def documents_page() -> str:
    """The whole page, a section for each format."""
    members = extract.formats()
    rows = [
        f"| [{name}](#{name}) | {' '.join(f'`{suffix}`' for suffix in member.SUFFIXES) or '`sources.txt`'} "
        f"| {WITHOUT_LINES.get(name) or f'line and column{_BESIDE_THE_LINE.get(name, str())}'} "
        f"| {'no' if getattr(member, 'NAMED_ONLY', False) else 'yes'} |"
        for name, member in members.items()
    ]
    sections = [f"### {name}\n\n{_markdown(inspect.getdoc(member) or '')}\n" for name, member in members.items()]
    head = _HEAD.format(
        largest=_megabytes(documents.LARGEST),
        part=_megabytes(_package.LARGEST_PART),
        package=_megabytes(_package.MOST_BYTES),
        seconds=confined.SECONDS,
        memory=_megabytes(confined.MEMORY),
    )
    return head + "\n".join(rows) + "\n\n" + "\n".join(sections)


def _megabytes(size: int) -> str:
    return f"{size // 1024**2:,}"


def _markdown(docstring: str) -> str:
    """reStructuredText of a docstring, as far as ours go: literals, roles, bare URLs, and a literal block."""
    text = re.sub(r":\w+:`~?([^`]+)`", r"`\1`", docstring.strip())
    text = re.sub(r"``(.+?)``", r"`\1`", text, flags=re.DOTALL)
    text = re.sub(r"\((https?://[^\s)]+)\)", r"(<\1>)", text)
    head, mark, block = text.partition("::\n\n")
    return f"{head}:\n\n```text\n{inspect.cleandoc(block)}\n```" if mark else text


if __name__ == "__main__":
    sys.stdout.write(documents_page())
