"""Reading what is handed in: files, directories, patterns, standard input, bare URLs. The only reader of documents.

One input that cannot be used costs a Problem; the others are read all the same.
"""

from __future__ import annotations

import codecs
import io
import re
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from linkcheck import extract
from linkcheck.documents._changes import Changes
from linkcheck.documents._ignores import Ignores
from linkcheck.documents._reports import earlier_report
from linkcheck.documents._tree import Broken, Tree
from linkcheck.model import Document, Problem

__all__ = ["ARGUMENTS", "LARGEST", "STDIN", "Broken", "Changes", "Tree", "as_document", "earlier_report", "read_all"]

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
    (b"\x1f\x8b", "a gzip file in a gzip file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
)
_GZIP = b"\x1f\x8b"
_CHARSET = re.compile(rb"""<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.I)
# Emacs and Vim (PEP 263), and LaTeX's inputenc.
_CODING = re.compile(rb"^[^\n]{0,4}?(?:#|%|//|;|\.\.|<!--).{0,80}?\bcoding[:=][ \t]*([-\w.]+)", re.M)
_INPUTENC = re.compile(rb"^[^%\n]*\\usepackage\[([\w-]+)\]\{inputenc\}", re.M)
_LATEX = {"latin1": "cp1252", "ansinew": "cp1252", "latin9": "iso8859-15", "applemac": "mac-roman", "utf8x": "utf-8"}
# What a picture or a program has in it, and no text: controls that nobody types.
_NO_LETTERS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_PRESCAN = 4096
_GUESSED_FROM = 256 * 1024
_LEAST_BEYOND = 8
# Browsers read these labels as what the pages under them are really written in (WHATWG Encoding 4.2).
_AS_BROWSERS = {"iso8859-1": "cp1252", "ascii": "cp1252", "utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8"}


def read_all(
    arguments: Sequence[str],
    *,
    stdin: BinaryIO | None = None,
    on_read: Callable[[int, int, str], None] = lambda done, total, name: None,
) -> Iterator[Document | Problem]:
    """The documents that the arguments name, each once, in that order; a Problem for each that cannot be used.

    An argument is a file, a directory (read with its subdirectories, without what ``.gitignore`` keeps out), a pattern
    such as ``docs/**/*.md``, ``-`` for standard input, or a URL. The URLs become one list of sources named
    ``<arguments>``, in the place of the first.

    Args:
        stdin: what ``-`` reads; the process's own by default.
        on_read: told before each is read how many were, of how many, and its name.
    """
    named = list(_named(arguments))
    for done, each in enumerate(named):
        if isinstance(each, Problem):
            yield each
            continue
        on_read(done, len(named), str(each))
        if each == ARGUMENTS:
            urls = [argument.strip() for argument in arguments if _URL.match(argument.strip())]
            text = "".join(re.sub(r"[\r\n]+", " ", url) + "\n" for url in urls)
            yield Document(ARGUMENTS, "sources", text, text.encode("utf-8", "surrogateescape"))
        elif each == STDIN:
            yield _read(STDIN, stdin or sys.stdin.buffer)
        elif isinstance(each, Path):
            yield _open(each)


def _named(arguments: Sequence[str]) -> Iterator[Path | str | Problem]:
    """What the arguments name, each once: files, ``<arguments>``, ``<stdin>``."""
    seen: set[object] = set()
    for argument in arguments:
        special = ARGUMENTS if _URL.match(argument.strip()) else STDIN if argument == "-" else ""
        for each in [special] if special else _paths(argument):
            if isinstance(each, Problem):
                yield each
            elif (same := each if isinstance(each, str) else _identity(each)) not in seen:
                seen.add(same)
                yield each


def as_document(name: str, content: bytes) -> Document | Problem:
    """What a file of that name would be read as if it held this."""
    return _read(name, io.BytesIO(content))


def _identity(path: Path) -> object:
    try:
        there = path.stat()
    except (OSError, ValueError):
        return str(path)
    return there.st_dev, there.st_ino


def _paths(argument: str) -> Iterator[Path | Problem]:
    """The files that one argument stands for."""
    if not argument.strip():  # "$DOCUMENT" of a script that has not set it; for Path, "" is this folder
        yield Problem(ARGUMENTS, 0, "the name of a document is empty; write . for this folder")
        return
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
    for item in _walk(directory, Ignores(directory)):
        found = True
        yield item
    if not found:
        yield Problem(argument, 0, f"this directory holds no documents that linkcheck reads ({_endings()}).")


def _walk(directory: Path, ignores: Ignores) -> Iterator[Path | Problem]:
    """Documents under a directory, in order of their names; links to directories are not followed, they may circle."""
    try:
        entries = sorted(directory.iterdir())
    except OSError as error:
        yield Problem(str(directory), 0, f"cannot be read: {_why(error)}.")
        return
    for entry in entries:
        if entry.is_dir():
            if not (entry.is_symlink() or _is_skipped(entry) or ignores.keep_out(entry, is_directory=True)):
                yield from _walk(entry, ignores)
        elif _is_document(entry) and not _is_endless(entry) and not ignores.keep_out(entry):
            yield entry


def _is_document(path: Path) -> bool:
    return path.suffix.lower() in extract.suffixes() and not path.name.startswith(".")


def _is_endless(path: Path) -> bool:
    """Whether it is there and no file: a pipe that nobody writes to is read for ever. Who names one means it."""
    return path.exists() and not path.is_file()


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
    fixed = next((part for part in reversed(whole.parents) if _WILDCARD.search(part.name)), whole).parent
    ignores = Ignores(fixed)
    for path in sorted(start.glob(str(whole.relative_to(whole.anchor)))):
        wild = [part for part in path.parents if part not in whole.parents]
        hidden = path.name.startswith(".") and not whole.name.startswith(".")
        if hidden or _is_endless(path) or any(_is_skipped(part) for part in wild if part != Path()):
            continue
        if ignores.keep_out(path) or any(ignores.keep_out(part, is_directory=True) for part in wild if part != Path()):
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
    plain, own_name = content, name
    if content.startswith(_GZIP):  # sitemaps and feeds mostly lie about so
        try:
            plain = _unpacked(content)
        except ValueError as error:
            return Problem(name, 0, f"{error}.")
        own_name = re.sub(r"\.gz$", "", name, flags=re.I)
    decoded = _decoded(own_name, plain)
    if isinstance(decoded, Problem):
        return Problem(name, decoded.line, decoded.message)
    text, guessed = decoded
    return Document(name, extract.format_for(own_name, text), text, content, guessed)


def _unpacked(content: bytes) -> bytes:
    """What is in a gzip file.

    Raises:
        ValueError: it is broken, or unpacks to more than is read; in words for people.
    """
    plain = b""
    while content.startswith(_GZIP):  # a file may have several members (RFC 1952 2.2)
        stream = zlib.decompressobj(31)
        try:
            plain += stream.decompress(content, LARGEST + 1 - len(plain))
        except zlib.error as error:
            raise ValueError(f"this gzip file is broken: {error}") from None
        if len(plain) > LARGEST:
            raise ValueError(f"unpacks to more than {LARGEST // 1024 // 1024} MB, the most that is read; split it")
        if not stream.eof:
            raise ValueError("this gzip file is cut short; download it again")
        content = stream.unused_data
    return plain


def _decoded(name: str, content: bytes) -> tuple[str, str] | Problem:
    """The text without its byte order mark; the encoding where nothing says it and it was guessed, else ""."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(name, content[len(mark) :], encoding, len(mark))
    for begins, kind in _KINDS:
        if content.startswith(begins):
            return Problem(name, 0, f"this is {kind}, not text; linkcheck reads {_endings()}.")
    if content.count(0) * 10 > len(content):
        if encoding := _unmarked_utf16(content):
            return content.decode(encoding), encoding
        return Problem(name, 0, "this is no text, or UTF-16 without its mark; save it as UTF-8.")
    declared = _declared(name, content)
    try:
        encoding = codecs.lookup(declared or "utf-8").name
    except LookupError:
        return Problem(name, 0, f"declares the unknown character set {declared}; save it as UTF-8.")
    read = _strictly(name, content, _AS_BROWSERS.get(encoding, encoding), 0)
    if isinstance(read, Problem) and not declared and (guessed := _guessed(content)):
        return content.decode(guessed), guessed
    return read


def _unmarked_utf16(content: bytes) -> str:
    """The byte order of UTF-16 without a mark, where the letters are Latin: every other byte is 0; "" for none."""
    head = content[:_PRESCAN]
    first, second = head[::2].count(0), head[1::2].count(0)
    for zeros, others, encoding in ((second, first, "utf-16-le"), (first, second, "utf-16-be")):
        if zeros * 3 > len(head) and others * 20 < zeros:
            try:
                return "" if _NO_LETTERS.search(content.decode(encoding)) else encoding
            except UnicodeDecodeError:
                return ""
    return ""


def _guessed(content: bytes) -> str:
    """The character set of a text that says none and is no UTF-8; "" where that cannot be told.

    Too few letters beyond ASCII tell nothing, and then any of them is as good: Windows-1252, as browsers have it.
    """
    as_utf8 = content[:_GUESSED_FROM].decode("utf-8", "replace")
    broken = as_utf8.count("\ufffd")
    if len(re.findall(r"[^\x00-\x7f\ufffd]", as_utf8)) >= broken:
        return ""  # UTF-8 that was damaged: read as anything else all of it would be wrong
    beyond = len(re.findall(rb"[\x80-\xff]+", content[:_GUESSED_FROM]))
    if beyond >= _LEAST_BEYOND:
        from charset_normalizer import from_bytes

        best = from_bytes(content[:_GUESSED_FROM]).best()
        candidates = ([best.encoding] if best else []) + ["cp1252"]
    else:
        candidates = ["cp1252"]
    for encoding in candidates:
        try:
            text = content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if not re.search(r"[\x80-\x9f]", text):
            return codecs.lookup(encoding).name
    return ""


def _declared(name: str, content: bytes) -> str:
    """The character set that a web page, XML, LaTeX or source text says it is in; "" where it says none."""
    head = content[:_PRESCAN]
    if extract.format_for(name, head.decode("latin-1")) == "html":
        charset = _CHARSET.search(head)
    elif head.lstrip()[:5] == b"<?xml":
        charset = _CHARSET.match(head.lstrip())
    else:
        charset = _CODING.search(b"\n".join(head.splitlines()[:2])) or _INPUTENC.search(head)
    said = charset[1].decode("ascii") if charset else ""
    return _LATEX.get(said, said)


def _strictly(name: str, content: bytes, encoding: str, skipped: int) -> tuple[str, str] | Problem:
    try:
        return content.decode(encoding), ""
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
