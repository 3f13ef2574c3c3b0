"""Documents mended on disk: read again, repaired, shown as a patch or written whole."""

from __future__ import annotations

import codecs
import difflib
import errno
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from linkcheck import atomic, documents
from linkcheck.interrupt import Interrupt
from linkcheck.model import Citation, Document, Finding
from linkcheck.ports import Step
from linkcheck.repairing import Repair, Repaired, proposals, repaired, why_not
from linkcheck.reports._text import printable, shorten_url

_MARK = codecs.BOM_UTF8
_GZIP = b"\x1f\x8b"
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
"""As git counts them: what else Python takes for a line end (a form feed, U+2028) is part of a line."""

_ROOM = 60
"""Characters of the old address in what is said."""


@dataclass(frozen=True, slots=True)
class Mended:
    """What became of it.

    Attributes:
        patch: what would change, as a unified diff; "" where it was written.
        said: a line each for people: what was repaired or would be, what was left and why.
        complaints: documents that could not be read or written.
        interrupted: whether Ctrl-C ended it before all were written.
    """

    patch: str = ""
    said: tuple[str, ...] = ()
    complaints: tuple[str, ...] = ()
    interrupted: bool = False


def documents_of(citations: Iterable[Citation]) -> tuple[str, ...]:
    """The files that those citations stand in, as far as they are still there."""
    return tuple(name for name in dict.fromkeys(each.document for each in citations) if Path(name).is_file())


def mend(
    findings: Sequence[Finding],
    *,
    writes: bool,
    mementos: bool,
    identifiers: bool,
    unverified: bool = False,
    interrupt: Interrupt | None = None,
    on_step: Callable[[Step], None] = lambda step: None,
) -> Mended:
    """Repairs every document that cites something for which a better address is known.

    Each is written whole or not at all. Where Ctrl-C ends the writing, what was written by then is told all the same.

    Args:
        findings: of the documents as they stand now.
        writes: write the documents; otherwise only the patch is made.
        mementos: put archived copies in the place of what has no other address any more.
        identifiers: as the documents were extracted with.
        unverified: take up what nobody has verified, too; never what leads to a front page, a list, a search, a log-in.
        interrupt: what holds Ctrl-C back while a document is written.
        on_step: told before each document.

    Raises:
        KeyboardInterrupt: of a patch, which is nothing by halves.
    """
    by_document: dict[str, list[Repair]] = {}
    changed: list[tuple[Document, str]] = []
    said: list[str] = []
    complaints: list[str] = []
    number = 0
    doubtful: list[Repair] = []
    for repair in proposals(findings, mementos=mementos):
        if repair.verified or (unverified and not why_not(repair)):
            by_document.setdefault(repair.citation.document, []).append(repair)
        else:
            doubtful.append(repair)
            said.append(_not_verified(repair))
    held = interrupt or Interrupt()
    done = 0
    try:
        for name, repairs in by_document.items():
            on_step(Step("repairing", done, len(by_document), name))
            read = next(iter(documents.read_all([name])), None) if Path(name).is_file() else None
            if not isinstance(read, Document):
                said += [_left(repair, "it is no file that can be written") for repair in repairs]
                done += 1
                continue
            outcome = (
                repaired(read, repairs, identifiers=identifiers) if _is_utf8(read) else _not_written(read, repairs)
            )
            with held.shielded():
                done += 1
                said += [_left(repair, why) for repair, why in outcome.left]
                if not outcome.made:
                    continue
                if writes:
                    try:
                        _write(Path(name), _bytes(read, outcome.text))
                    except OSError as error:
                        complaints.append(f"{name}: cannot be written ({error.strerror})")
                        continue
                else:
                    changed.append((read, outcome.text))
                number += len(outcome.made)
                said += [_made(repair) for repair in outcome.made]
    except KeyboardInterrupt:
        if not writes:
            raise
    base = _base(document.name for document, _ in changed)
    patch = "".join(line for document, text in changed for line in _diff(document, text, base))
    said.append(_summary(number, len(by_document), base, writes=writes, doubtful=doubtful))
    if is_interrupted := done < len(by_document):
        said.append(f"Interrupted: {done} of {len(by_document)} documents were looked at; run again to go on.")
    return Mended(patch, tuple(said), tuple(complaints), is_interrupted)


def _write(path: Path, content: bytes) -> None:
    """Not what its owner has locked, though replacing it would be possible: a record, a file of another tool.

    Raises:
        OSError: it is read-only, or cannot be written.
    """
    if not path.stat().st_mode & 0o222 or not os.access(path, os.W_OK):
        raise OSError(errno.EACCES, "it is read-only")
    atomic.write(path, content)


def _summary(number: int, of: int, base: Path, *, writes: bool, doubtful: Sequence[Repair]) -> str:
    repairs = "1 repair" if number == 1 else f"{number} repairs"
    if not number:
        said = "Nothing was repaired." if of else "Nothing verified to repair." if doubtful else "Nothing to repair."
    elif writes:
        said = f"{repairs} written."
    else:
        them = "it" if number == 1 else "them"
        there = "" if base == Path.cwd() else f" -C {printable(os.path.relpath(base))}"
        said = f"{repairs} to make: --write makes {them}, or `linkcheck repair | git{there} apply`."
    if doubtful:
        free = sum(not why_not(repair) for repair in doubtful)
        them = ("it" if free == 1 else "them") if free == len(doubtful) else f"{free} of them"
        way = f": --unverified takes {them} up, once you have looked" if free else ""
        said += f" {len(doubtful)} not verified{way}."
    return said


def _made(repair: Repair) -> str:
    old = shorten_url(repair.citation.url, _ROOM)
    return f"{_where(repair)}: {old} -> {printable(repair.url)} ({repair.kind}: {printable(repair.evidence)})"


def _not_verified(repair: Repair) -> str:
    old = shorten_url(repair.citation.url, _ROOM)
    why = f"{repair.kind}: {printable(repair.evidence)}"
    there = "leads to" if repair.kind == "redirect" else "is perhaps"
    return f"{_where(repair)}: not verified, so left as it is: {old} {there} {printable(repair.url)} ({why})"


def _left(repair: Repair, why: str) -> str:
    return f"{_where(repair)}: left as it is, for {why}; better would be {printable(repair.url)} ({repair.kind})"


def _where(repair: Repair) -> str:
    cited = repair.citation
    document = printable(cited.document)
    return f"{document}:{cited.line}" if cited.line else f"{document}, {printable(cited.place)}"


def _is_utf8(document: Document) -> bool:
    """Whether writing its text as UTF-8 gives back its bytes: then nothing changes but what is repaired."""
    return not document.text or _bytes(document, document.text) == document.content


def _bytes(document: Document, text: str) -> bytes:
    mark = _MARK if document.content.startswith(_MARK) else b""
    return mark + text.encode("utf-8", "surrogateescape")


def _not_written(document: Document, repairs: Sequence[Repair]) -> Repaired:
    why = "the document is compressed" if document.content.startswith(_GZIP) else "the document is not in UTF-8"
    return Repaired(document.text, left=tuple((repair, why) for repair in repairs))


def _diff(document: Document, after: str, base: Path) -> Iterator[str]:
    """A patch that ``git apply`` and ``patch -p1`` take: line ends and a byte order mark as they are."""
    mark = _MARK.decode() if document.content.startswith(_MARK) else ""
    old, new = (_LINES.findall(mark + text) for text in (document.text, after))
    name = Path(document.name).resolve().relative_to(base).as_posix()
    for line in difflib.unified_diff(old, new, f"a/{name}", f"b/{name}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _base(names: Iterable[str]) -> Path:
    """The folder that a patch is made from: this one, or the nearest above it that holds all that is patched.

    git takes no path that goes up or begins at the root, and patches nothing through a symbolic link.
    """
    return Path(os.path.commonpath([Path.cwd(), *(Path(name).resolve() for name in names)]))
