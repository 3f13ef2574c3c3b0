"""Links of a site that lead to its own files: held against the tree (``--root``). Only what is broken is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from linkcheck import extract
from linkcheck.model import Citation, Document

_SOURCES = (".md", ".markdown", ".mdx", ".rst", ".adoc", ".html", ".htm", ".ipynb", ".qmd", ".rmd", ".txt")
"""What a site generator may make the page from that a link without ending, or with ``.html``, leads to."""

_INDEXES = ("index", "README", "_index", "readme")
_ANCHORED = (".md", ".markdown", ".mdown", ".html", ".htm")
_EXACT = (".html", ".htm")
_LARGEST = 16 * 1024 * 1024
_ALNUM = re.compile(r"[\W_]+")
_COUNTER = re.compile(r"[-_]\d{1,4}\Z")
_MADE = re.compile(r"(?:top\Z|fn(?:ref)?(?:\d|[:._-])|cite_|L\d|C\d|:~:|/|!)", re.I)
"""Anchors that browsers and generators make of themselves: the top, footnotes, lines of code, routes of scripts."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A link that leads nowhere: ``reason`` is ``file-missing`` or ``anchor-missing``; ``citation.url`` is the file's
    address under the root (``file:///docs/a.md``)."""

    citation: Citation
    reason: str
    evidence: str


class Tree:
    """A directory that is a site: ``/a`` in its documents is ``a`` under it.

    Args:
        root: the directory.
    """

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._anchors: dict[Path, frozenset[str] | None] = {}

    def broken(self, document: Document) -> Iterator[Broken]:
        """The links of a document to files, or to places in them, that are not there.

        What leads out of the root is passed over, and so is a document that lies outside of it.
        """
        own = Path(document.name).resolve()
        if not own.is_relative_to(self._root):
            return
        for link in extract.local_links(document):
            way, _, anchor = link.address.partition("#")
            way = unquote(way.partition("?")[0])
            if "\0" in way:
                continue
            target = self._root / way.lstrip("/") if way.startswith("/") else own.parent / way if way else own
            target = Path(_straight(target))
            if not target.is_relative_to(self._root):
                continue
            there = self._found(target)
            inside = target.relative_to(self._root).as_posix()
            url = f"file:///{quote('' if inside == '.' else inside)}{f'#{anchor}' if anchor else ''}"
            citation = Citation(url, link.written, document.name, link.line, link.column, link.context)
            if there is None:
                yield Broken(citation, "file-missing", f"There is no {inside} under {self._root.name or '/'}.")
            elif anchor and not self._has(there, unquote(anchor)):
                yield Broken(
                    citation, "anchor-missing", f"{there.relative_to(self._root)} has no heading or id “{anchor[:80]}”."
                )

    def _found(self, target: Path) -> Path | None:
        """The file behind a link; a directory where it has no index, which some servers list."""
        try:
            if target.is_dir():
                return next((each for each in _named(target, _INDEXES) if each.is_file()), target)
            if target.exists():
                return target
            stem = target.with_suffix("") if target.suffix in (".html", ".htm") else target
            made_from = [stem.with_name(stem.name + suffix) for suffix in _SOURCES]
            if stem.is_dir():
                made_from += _named(stem, _INDEXES)
            if stem.name in ("index", ""):
                made_from += _named(stem.parent, _INDEXES)
            return next((each for each in made_from if each.is_file()), None)
        except OSError:  # a name longer than the file system takes
            return None

    def _has(self, path: Path, anchor: str) -> bool:
        if path.suffix.lower() not in _ANCHORED or _MADE.match(anchor):
            return True
        if path not in self._anchors:
            self._anchors[path] = _anchors(path)
        known = self._anchors[path]
        if path.suffix.lower() in _EXACT:
            return known is None or anchor in known
        bare = anchor.removeprefix("user-content-")
        return known is None or _reduced(bare) in known or _reduced(_COUNTER.sub("", bare)) in known


def _named(folder: Path, stems: tuple[str, ...]) -> list[Path]:
    return [folder / f"{stem}{suffix}" for stem in stems for suffix in _SOURCES]


def _straight(path: Path) -> str:
    """Without ``..``, by the letters: a link that is no file yet cannot be resolved."""
    import os.path

    return os.path.normpath(path)


def _anchors(path: Path) -> frozenset[str] | None:
    """What can be linked to in a document; None if unknown.

    Of a source letters and figures only, since generators differ in the rest; a page has what it has.
    """
    try:
        if path.stat().st_size > _LARGEST:
            return None
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    document = Document(str(path), extract.format_for(path.name, text), text)
    found = extract.anchors(document)
    if found is None:
        return None
    return frozenset(found) if path.suffix.lower() in _EXACT else frozenset(map(_reduced, found))


def _reduced(anchor: str) -> str:
    return _ALNUM.sub("", anchor).casefold()
