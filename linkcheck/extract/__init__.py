"""Input formats: one file each, found by itself; a Document in, Citations and Problems out. Pure.

A member is a module of this folder whose name has no leading underscore. It has ``NAME`` (equal to the module's
name), ``SUFFIXES`` (of files in that format, lower case, with the dot) and ``citations``. One that reads bytes and no
text has ``recognises``, which says whether some bytes are in its format whatever their name, and gets a document whose
``text`` is empty. ``NAMED_ONLY`` says that a directory is not read for its files; ``BEGINS`` is what a text of the
format begins with, for those without a telling name; ``remarks`` says what is broken in a document and costs no
citation; ``HEEDS_COMMENTS``, that it passes over what comments say to ignore itself, its lines being those of parts;
``identified`` is ``citations`` with identifiers, for documents of passages; ``passages``, those of one whose references
without links are remarked on. It imports what is heavy (mwparserfromhell,
Beautiful Soup) inside functions, so that suffixes stay cheap.
``CONFINED_FROM`` is the size from which on its documents are read in a process of their own, see :mod:`._apart`.
``tests/extract/test_contract.py`` runs over every member.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Protocol, cast

from linkcheck import confined
from linkcheck.citing import unlinked
from linkcheck.citing.accessed import beside_its_url
from linkcheck.citing.carriers import carried
from linkcheck.citing.identifiers import PROSE
from linkcheck.citing.ignored import ignored_lines
from linkcheck.citing.mementos import unwrapped
from linkcheck.errors import InputError
from linkcheck.extract import _apart, _local
from linkcheck.extract._identified import with_identifiers
from linkcheck.extract._local import LocalLink
from linkcheck.extract._passages import unlinked_in
from linkcheck.model import Citation, Document, Problem

__all__ = [
    "Format",
    "LocalLink",
    "anchors",
    "begins_like_html",
    "binary_format",
    "citations",
    "format_for",
    "formats",
    "local_links",
    "member",
    "remarks",
    "suffixes",
]


class Format(Protocol):
    """What a member offers."""

    NAME: str
    SUFFIXES: tuple[str, ...]

    def citations(self, document: Document) -> Iterator[Citation | Problem]:
        """Every place of the document that cites a source, in the order of the text.

        What is written there as a source and cannot be one is a :class:`Problem`. Raises nothing, whatever the text.
        """
        ...


_HTML_BEGINS = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.I)
_MEANT_AS_URL = re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.)\S+(?:\s+#.*)?", re.I)
_SAID_OF_IT = re.compile(r"\s+(?:>|accessed:|title:)", re.I)
_SNIFFED = 4096


@cache
def formats() -> dict[str, Format]:
    """The members by name, in alphabetical order."""
    found = sorted(name for _, name, _ in pkgutil.iter_modules(__path__) if not name.startswith("_"))
    return {name: cast(Format, importlib.import_module(f"{__name__}.{name}")) for name in found}


def member(name: str) -> Format:
    """The format of that name.

    Raises:
        InputError: there is none.
    """
    try:
        return formats()[name]
    except KeyError:
        raise InputError(f"no input format is called {name!r}; there are {', '.join(formats())}.") from None


def binary_format(name: str, content: bytes) -> str:
    """The name of the format that reads these bytes as they are; "" where they are to be read as text."""
    binary = [each for each in formats().values() if hasattr(each, "recognises")]
    return next((each.NAME for each in binary if each.recognises(content)), "")


@cache
def suffixes() -> frozenset[str]:
    """Of the files that a directory is read for: lower case, with the dot.

    Tables and feeds (``NAMED_ONLY``) are read where they are named: a tree is full of ``package.json`` and ``ci.yaml``.
    """
    members = (each for each in formats().values() if not getattr(each, "NAMED_ONLY", False))
    return frozenset(suffix for each in members for suffix in each.SUFFIXES)


def begins_like_html(text: str) -> bool:
    """Whether a text without a telling name is a web page."""
    return bool(_HTML_BEGINS.match(text[:_SNIFFED]))


def format_for(name: str, text: str) -> str:
    """The name of the format that a text of that name is in.

    The suffix decides. A ``.txt``, an unknown suffix and standard input are looked into: a list of sources, a web
    page, or else plain text.
    """
    own_name = re.split(r"[/\\]", name)[-1]
    file_name = own_name.lower()
    dot = file_name.rfind(".")
    suffix = file_name[dot:] if dot > 0 else ""
    readers = [each for each in formats().values() if not hasattr(each, "recognises")]
    by_suffix = next((each.NAME for each in readers if suffix in each.SUFFIXES), "")
    begins = (each.NAME for each in readers if (form := getattr(each, "BEGINS", None)) and form.match(text[:_SNIFFED]))
    if by_suffix in ("", "text", "sitemap") and (by_root := next(begins, "")):
        return by_root
    if by_suffix not in ("", "text"):
        return by_suffix
    # "SOURCES.txt" is what Python's packages call the list of their files.
    if own_name == "sources.txt" or _is_list(text, called_so="sources" in file_name):
        return "sources"
    return "html" if not by_suffix and begins_like_html(text) else "text"


def citations(
    document: Document, *, identifiers: bool = False, seconds: int = confined.SECONDS
) -> Iterator[Citation | Problem]:
    """What the document cites, in the order of its text; see :meth:`Format.citations`.

    An archive URL is a citation of what it is a copy of, and what a comment says to ignore is left out. A document that
    is large, for its format, is read in a process of its own; where a limit ends that, a Problem says so.

    Args:
        document: the text, or the bytes.
        identifiers: take DOIs, arXiv ids, ISBNs and RFC numbers, too, that stand in prose without a URL.
        seconds: of wall time that a large document may take.

    Raises:
        InputError: the document names a format that does not exist.
    """
    if _is_large(document):
        return _apart.citations(document, identifiers, seconds)
    return citations_here(document, identifiers)


def citations_here(document: Document, identifiers: bool) -> Iterator[Citation | Problem]:
    """:func:`citations` without a limit; for the process that has one."""
    reader = member(document.format)
    ignored = frozenset[int]() if hasattr(reader, "HEEDS_COMMENTS") else ignored_lines(document.text)
    identified = getattr(reader, "identified", None) if identifiers else None
    found = _kept((identified or reader.citations)(document), ignored)
    if identifiers and document.format in PROSE:
        return with_identifiers(list(found), document)
    return found


def remarks(document: Document, cited: Sequence[Citation]) -> Iterator[str]:
    """What a user should know of a document that costs no citation, a sentence for each with its line.

    References that a reader cannot follow, and what a member (its ``remarks``) found broken and read all the same.
    """
    yield from unlinked.remarks(document, cited)
    reader = member(document.format)
    passages = getattr(reader, "passages", None)
    if passages is not None and not _is_large(document):
        yield from unlinked_in(document, passages(document), cited)
    own = getattr(reader, "remarks", None)
    if own is not None:
        yield from own(document)


def local_links(document: Document, *, seconds: int = confined.SECONDS) -> Iterator[LocalLink]:
    """The links without scheme and host, in order; none of other formats than Markdown and HTML."""
    if _is_large(document):
        return _apart.local_links(document, seconds)
    return _local.local_links(document)


def anchors(document: Document, *, seconds: int = confined.SECONDS) -> Iterator[str] | None:
    """Ids and names, and the headings that generators make ids of; None where it took too long to find out."""
    return _apart.anchors(document, seconds) if _is_large(document) else _local.anchors(document)


def _is_large(document: Document) -> bool:
    return _apart.size(document) > getattr(member(document.format), "CONFINED_FROM", _apart.CONFINED_FROM)


def _kept(found: Iterator[Citation | Problem], ignored: frozenset[int]) -> Iterator[Citation | Problem]:
    for each in found:
        if each.line not in ignored:
            yield unwrapped(carried(beside_its_url(each))) if isinstance(each, Citation) else each


def _is_list(text: str, *, called_so: bool) -> bool:
    """Whether a text is a list of sources.

    It is where something is said under a URL as only lists say it, whatever its other lines are: read as plain text it
    would lose its quotes without a word. It is where every line that is neither a comment nor indented is a URL; half
    of them do if the name says so too.
    """
    urls = others = 0
    above = ""
    for line in text.splitlines():
        if not line.strip() or line[0] == "#":
            continue
        if line[0] in " \t":
            if _SAID_OF_IT.match(line) and _MEANT_AS_URL.fullmatch(above):
                return True
            continue
        above = line.rstrip()
        if _SCHEME.fullmatch(above):
            urls += 1
        else:
            others += 1
    return urls > 0 and (urls >= others if called_so else others == 0)
