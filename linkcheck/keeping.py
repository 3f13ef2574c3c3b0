"""What ``linkcheck archive`` does beside capturing: export, import, recovery. Each gives words and an exit code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from linkcheck.archives import verify, wacz
from linkcheck.archives.local import LocalArchive
from linkcheck.clock import SystemClock
from linkcheck.conduct import ExitCode
from linkcheck.errors import InputError, SettingsError
from linkcheck.importing import bringing
from linkcheck.importing.unpacking import ENDINGS
from linkcheck.model import Citation
from linkcheck.wiring import TOOL, gather


@dataclass(frozen=True, slots=True)
class Told:
    """What a command says: ``said`` on stdout, ``complaints`` on stderr."""

    said: str
    complaints: tuple[str, ...] = ()
    exit_code: ExitCode = ExitCode.OK


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: one of ``wacz``, ``imports`` and ``recover``. ``documents``: as on the command line."""

    wacz: Path | None
    imports: tuple[Path, ...]
    recover: bool
    documents: tuple[str, ...]


def keep(asked: Asked, root: Path, stdin: BinaryIO) -> Told:
    """Does it. Among the documents of an import may stand further files to import.

    Raises:
        SettingsError: more was asked than goes together.
        InputError: a file cannot be read, written or believed; nothing was changed.
        ArchiveError: the archive cannot be read or written.
    """
    files = [*asked.imports, *(Path(name) for name in asked.documents if asked.imports and _is_archive_file(name))]
    texts = [name for name in asked.documents if Path(name) not in files]
    if (asked.wacz is not None) + bool(asked.imports) + asked.recover > 1 or (texts and not asked.imports):
        raise SettingsError("--wacz and --recover take no documents, and of them and --import only one goes at a time")
    if asked.wacz is not None:
        return export(root, asked.wacz, TOOL)
    if asked.recover:
        return recover(root, TOOL)
    gathered = gather(texts, stdin) if texts else None
    told = bring_in(root, files, gathered.citations if gathered else None, TOOL)
    problems = gathered.problems if gathered else ()
    return replace(told, complaints=tuple(map(str, problems)), exit_code=ExitCode.USAGE if problems else told.exit_code)


def export(root: Path, target: Path, tool: str) -> Told:
    """``--wacz FILE``.

    Raises:
        InputError: nothing is kept, or the file cannot be written.
        ArchiveError: the archive cannot be read.
    """
    made = wacz.export(root, target, tool)
    said = f"{target}: {_count(made.pages, 'page')} in {_count(made.warcs, 'WARC file')}, as WACZ 1.1.1."
    return Told(said, (*made.damage, *made.notes), ExitCode.POLICY if made.damage else ExitCode.OK)


def _is_archive_file(name: str) -> bool:
    """Whether something that stands among the documents is a file to import."""
    return name.lower().endswith(ENDINGS)


def bring_in(root: Path, files: Sequence[Path], citations: Sequence[Citation] | None, tool: str) -> Told:
    """``--import FILE``; with ``citations`` only what they cite becomes a snapshot.

    Raises:
        InputError: a file cannot be read or is damaged; nothing was changed.
        ArchiveError: the archive cannot be read or written.
    """
    cited = None if citations is None else frozenset(citation.uri_r for citation in citations)
    done = bringing.bring_in(LocalArchive(root, clock=SystemClock(), tool=tool), files, cited)
    names = ", ".join(path.name for path in files)
    said = [
        f"{names}: {_count(done.responses, 'response')} taken into {root}, "
        f"{_count(done.snapshots, 'snapshot')} listed in snapshots.jsonl."
    ]
    if done.known:
        said.append(f"Held already: {done.known:,}.")
    return Told("\n".join([*done.recovered, *said, *done.notes]))


def recover(root: Path, tool: str) -> Told:
    """``--recover``: what was mended, and what remains.

    Raises:
        InputError: there is no archive.
        ArchiveError: the archive cannot be read or written.
    """
    if not root.is_dir():
        raise InputError(f"{root}: there is no archive here; name another one with --archive")
    done = LocalArchive(root, clock=SystemClock(), tool=tool).mend()
    examined = verify.integrity(root)
    said = [*(done or ("Nothing needed mending.",)), *examined.notes]
    if not examined.damage:
        said.append(
            f"The archive is sound: {_count(examined.records, 'record')}, {_count(examined.captures, 'capture')}."
        )
        return Told("\n".join(said))
    said.append(f"{_count(len(examined.damage), 'fault')} cannot be mended; restore these from a backup or from git:")
    return Told("\n".join([*said, *(f"- {each}" for each in examined.damage)]), (), ExitCode.POLICY)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
