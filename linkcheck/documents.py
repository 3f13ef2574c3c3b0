"""Reading what is handed in: files, directories, patterns, standard input, bare URLs. The only reader of documents.

One input that cannot be used costs a Problem; the others are read all the same.
"""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from linkcheck import extract
from linkcheck.model import Document, Problem

LARGEST = 64 * 1024 * 1024
"""Bytes of the largest document that is read; a text that people wrote is far smaller."""

STDIN = "<stdin>"
ARGUMENTS = "<arguments>"

_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.I)
_WILDCARD = re.compile(r"[*?\[]")
_SKIPPED = frozenset({"node_modules", "__pycache__", "warcs"})

# The longer mark first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_KINDS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP, Word or OpenDocument file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
)
_CHARSET = re.compile(rb"""<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.I)
_PRESCAN = 4096
# Browsers read these labels as what the pages under them are really written in (WHATWG Encoding 4.2).
_AS_BROWSERS = {"iso8859-1": "cp1252", "ascii": "cp1252", "utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8"}


def read_all(arguments: Sequence[str], *, stdin: BinaryIO | None = None) -> Iterator[Document | Problem]:
    """The documents that the arguments name, each once, in that order; a Problem for each that cannot be used.

    An argument is a file, a directory (read with its subdirectories), a pattern such as ``docs/**/*.md``, ``-`` for
    standard input, or a URL. The URLs become one list of sources named ``<arguments>``, in the place of the first.

    Args:
        stdin: what ``-`` reads; the process's own by default.
    """
    urls = [argument.strip() for argument in arguments if _URL.match(argument.strip())]
    seen: set[object] = set()
    for argument in arguments:
        if _URL.match(argument.strip()):
            if ARGUMENTS not in seen:
                seen.add(ARGUMENTS)
                text = "".join(re.sub(r"[\r\n]+", " ", url) + "\n" for url in urls)
                yield Document(ARGUMENTS, "sources", text, text.encode("utf-8", "surrogateescape"))
        elif argument == "-":
            if STDIN not in seen:
                seen.add(STDIN)
                yield _read(STDIN, stdin or sys.stdin.buffer)
        else:
            for path in _paths(argument):
                if isinstance(path, Problem):
                    yield path
                elif (same := _identity(path)) not in seen:
                    seen.add(same)
                    yield _open(path)


def _identity(path: Path) -> object:
    try:
        there = path.stat()
    except (OSError, ValueError):
        return str(path)
    return there.st_dev, there.st_ino


def _paths(argument: str) -> Iterator[Path | Problem]:
    """The files that one argument stands for."""
    path = Path(argument)
    try:
        if path.is_dir():
            yield from _in_directory(argument, path)
        elif path.exists() or not _WILDCARD.search(argument):
            yield path
        else:
            yield from _matching(argument)
    except (OSError, ValueError) as error:
        yield Problem(argument, 0, f"cannot be read: {_why(error)}.")


def _in_directory(argument: str, directory: Path) -> Iterator[Path | Problem]:
    found = False
    for item in _walk(directory):
        found = True
        yield item
    if not found:
        yield Problem(argument, 0, f"this directory holds no documents that linkcheck reads ({_endings()}).")


def _walk(directory: Path) -> Iterator[Path | Problem]:
    """Documents under a directory, in order of their names; links to directories are not followed, they may circle."""
    try:
        entries = sorted(directory.iterdir())
    except OSError as error:
        yield Problem(str(directory), 0, f"cannot be read: {_why(error)}.")
        return
    for entry in entries:
        if entry.is_dir():
            if not entry.is_symlink() and not _is_skipped(entry):
                yield from _walk(entry)
        elif entry.suffix.lower() in extract.suffixes() and not entry.name.startswith("."):
            yield entry


def _is_skipped(directory: Path) -> bool:
    """Whether it is nobody's writing: hidden, installed code, or an archive of ours."""
    if directory.name.startswith(".") or directory.name in _SKIPPED:
        return True
    return any((directory / sign).exists() for sign in ("pyvenv.cfg", "snapshots.jsonl"))


def _matching(pattern: str) -> Iterator[Path | Problem]:
    whole = Path(pattern)
    start = Path(whole.anchor) if whole.anchor else Path()
    named = not _WILDCARD.search(whole.suffix or "*")
    found = False
    for path in sorted(start.glob(str(whole.relative_to(whole.anchor)))):
        wild = [part for part in path.parents if part not in whole.parents]
        hidden = path.name.startswith(".") and not whole.name.startswith(".")
        if hidden or path.is_dir() or any(_is_skipped(part) for part in wild if part != Path()):
            continue
        if named or path.suffix.lower() in extract.suffixes():
            found = True
            yield path
    if not found:
        yield Problem(pattern, 0, f"no document matches this pattern; linkcheck reads {_endings()}.")


def _open(path: Path) -> Document | Problem:
    try:
        with path.open("rb") as stream:
            return _read(str(path), stream)
    except (OSError, ValueError) as error:
        return Problem(str(path), 0, f"cannot be read: {_why(error)}.")


def _read(name: str, stream: BinaryIO) -> Document | Problem:
    content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        return Problem(name, 0, f"larger than {LARGEST // 1024 // 1024} MB, the most that is read; split it.")
    if binary := extract.binary_format(name, content):
        return Document(name, binary, "", content)
    text = _decoded(name, content)
    if isinstance(text, Problem):
        return text
    return Document(name, extract.format_for(name, text), text, content)


def _decoded(name: str, content: bytes) -> str | Problem:
    """The text without its byte order mark."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(name, content[len(mark) :], encoding, len(mark))
    for begins, kind in _KINDS:
        if content.startswith(begins):
            return Problem(name, 0, f"this is {kind}, not text; linkcheck reads {_endings()}.")
    if content.count(0) * 10 > len(content):
        return Problem(name, 0, "this is no text, or UTF-16 without its mark; save it as UTF-8.")
    encoding = _declared(name, content) or "utf-8"
    try:
        encoding = codecs.lookup(encoding).name
    except LookupError:
        return Problem(name, 0, f"declares the unknown character set {encoding}; save it as UTF-8.")
    return _strictly(name, content, _AS_BROWSERS.get(encoding, encoding), 0)


def _declared(name: str, content: bytes) -> str:
    """The character set that a web page says it is in; "" for any other text."""
    head = content[:_PRESCAN]
    if extract.format_for(name, head.decode("latin-1")) != "html":
        return ""
    charset = _CHARSET.search(head)
    return charset[1].decode("ascii") if charset else ""


def _strictly(name: str, content: bytes, encoding: str, skipped: int) -> str | Problem:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = len(re.findall(rb"\r\n|\r|\n", content[: error.start])) + 1
        there = f"byte {error.start + skipped} (0x{content[error.start]:02x}, line {line})"
        return Problem(name, line, f"not valid {encoding.upper()} at {there}; save it as UTF-8.")
    except (ValueError, LookupError):
        # LookupError: "base64" and the like are codecs of Python, but none of text.
        return Problem(name, 0, f"declares {encoding}, which is no character set of text; save it as UTF-8.")


def _endings() -> str:
    return ", ".join(sorted(extract.suffixes()))


def _why(error: Exception) -> str:
    words = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return words[:1].lower() + words[1:]
