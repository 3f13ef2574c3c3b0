"""Makes the real ports of the pipeline out of settings: the one place where the parts of the house meet."""

from __future__ import annotations

import contextlib
import functools
import itertools
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from linkcheck import __version__, baseline, documents, extract, frozen, judge, uri
from linkcheck.archives.local import LocalArchive
from linkcheck.baseline import Baseline
from linkcheck.clock import SystemClock
from linkcheck.completing import Completing
from linkcheck.conduct import Patience, Reading
from linkcheck.errors import InputError
from linkcheck.interrupt import Interrupt
from linkcheck.judge import local_file
from linkcheck.model import Citation, Document, Problem, Snapshot, Verdict
from linkcheck.ports import Keeper, Ports, PublicArchive, Step
from linkcheck.rendering import Answers, Rendition
from linkcheck.rendering import opened as browser_opened
from linkcheck.settings import Settings, seconds
from linkcheck.store import Store
from linkcheck.web.engine import Engine
from linkcheck.web.guard import Guard
from linkcheck.web.transports import create

TOOL = f"linkcheck {__version__}"
_READING = Reading()


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the documents cite, and what could not be used of them.

    Attributes:
        citations, problems: in the order of the documents.
        notes: remarks on the documents, for the report.
        broken: links to files and places of the tree that are not there, with their verdicts.
        untouched: citations beside them that the change of this run (``--diff``) leaves alone.
    """

    citations: tuple[Citation, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()
    broken: tuple[tuple[Citation, Verdict], ...] = ()
    untouched: tuple[Citation, ...] = ()


def baseline_of(path: Path) -> Baseline:
    """The earlier report in a file.

    Raises:
        InputError: it is not there, or no report that can be read; says how to make one.
    """
    return baseline.parse(documents.earlier_report(path), str(path))


def inputs(arguments: Sequence[str], settings: Settings) -> tuple[str, ...]:
    """What is read: the arguments, or where there are none the list that the settings name.

    Raises:
        InputError: there is neither.
    """
    if arguments:
        return tuple(arguments)
    if not Path(settings.sources).exists():
        raise InputError(
            f"there is no {settings.sources} here; name documents (linkcheck check article.md), "
            f"or begin a list: linkcheck extract article.md > {settings.sources}"
        )
    return (settings.sources,)


def gather(
    arguments: Sequence[str],
    stdin: BinaryIO,
    reading: Reading = _READING,
    *,
    given: Sequence[Document] = (),
    on_step: Callable[[Step], None] = lambda step: None,
) -> Gathered:
    """Reads documents and finds their citations; one bad input does not stop the rest.

    Args:
        arguments: files, directories, patterns, URLs, ``-``.
        stdin: what ``-`` reads.
        reading: which of their citations are meant.
        given: documents that somebody has read already; they come first.
        on_step: told before each document is read.

    Raises:
        InputError: ``reading`` names a revision that git does not know, a root that is no directory, or a base that is
            no URL.
    """
    citations: list[Citation] = []
    problems: list[Problem] = []
    notes: list[str] = []
    broken: list[tuple[Citation, Verdict]] = []
    untouched: list[Citation] = []
    changes = documents.Changes(since=reading.since, diff=reading.diff) if reading.since or reading.diff else None
    if reading.root and not Path(reading.root).is_dir():
        raise InputError(f"--root: {reading.root} is no directory; name the one that the site's / stands for")
    tree = documents.Tree(Path(reading.root)) if reading.root else None
    base = uri.normalise(reading.base) if reading.base else ""
    if base is None or (base and not uri.is_web(base)):
        raise InputError(f"--base: {reading.base!r} is no address such as https://example.org/texts/")

    def on_read(done: int, total: int, name: str) -> None:
        on_step(Step("reading", done, total, name))

    for read in itertools.chain(given, documents.read_all(arguments, stdin=stdin, on_read=on_read)):
        if isinstance(read, Problem):
            if not _is_of_before(read, changes):
                problems.append(read)
            continue
        is_file = read.name not in (documents.STDIN, documents.ARGUMENTS)
        if base and not read.address:
            read = replace(read, address=_published(base, read.name, reading.root if is_file else ""))
        touched = changes.lines(read.name) if changes is not None and is_file else None
        before = changes.before(read.name) if changes is not None and is_file else None
        if touched is not None and not touched and before is None:
            continue
        found = list(extract.citations(read, identifiers=reading.identifiers))
        cited = [each for each in found if isinstance(each, Citation)]
        said = _cited_in(replace(read, content=before), reading) if before is not None else None
        new = _new(cited, touched, said)
        citations += [each for number, each in enumerate(cited) if number in new]
        untouched += [each for number, each in enumerate(cited) if number not in new]
        problems += [each for each in found if isinstance(each, Problem) and _is_touched(each.line, touched)]
        if touched is None:
            notes += extract.remarks(read, cited)
        if read.encoding:
            notes.append(f"{read.name}: no UTF-8, and it does not say what it is; read as {read.encoding}.")
        if tree is not None and is_file:
            broken += [
                (each.citation, local_file.verdict(each.reason, each.evidence))
                for each in tree.broken(read)
                if _is_touched(each.citation.line, touched)
            ]
    if not (citations or problems or broken or changes or tree):
        named = " ".join([*arguments, *(each.name for each in given)])
        problems.append(Problem(named, 0, "nothing is cited here; linkcheck looks for http and https URLs"))
    return Gathered(tuple(citations), tuple(problems), tuple(notes), tuple(broken), tuple(untouched))


def _is_of_before(problem: Problem, changes: documents.Changes | None) -> bool:
    """Whether a file that cannot be read is no part of the change that is asked for."""
    name = problem.document
    if changes is None or not os.path.lexists(name) or Path(name).is_dir():  # a dangling link is there
        return False
    return changes.lines(name) == frozenset() and changes.before(name) is None


def _cited_in(earlier: Document, reading: Reading) -> list[Citation] | None:
    """The citations of a document as it was, by its content; None where that cannot be read."""
    read = documents.as_document(earlier.name, earlier.content)
    if isinstance(read, Problem):
        return None
    read = replace(read, address=earlier.address)
    return [each for each in extract.citations(read, identifiers=reading.identifiers) if isinstance(each, Citation)]


def _new(
    cited: Sequence[Citation], touched: frozenset[int] | None, before: Sequence[Citation] | None
) -> frozenset[int]:
    """The citations, by number, that a change adds or touches: in their line, or in what the source is held against.

    A quote may stand some lines above its URL. Where there are no lines, as in Word, only that can be told.
    """
    if before is None:
        return frozenset(number for number, each in enumerate(cited) if _is_touched(each.line, touched))
    new = {number for number, each in enumerate(cited) if each.line in (touched or ())}
    left = Counter(map(_said, before))
    for number in sorted(range(len(cited)), key=new.__contains__):  # of two alike the one with the touched line is new
        if left[_said(cited[number])]:
            left[_said(cited[number])] -= 1
        else:
            new.add(number)
    return frozenset(new)


def _said(cited: Citation) -> tuple[object, ...]:
    """What the source is held against, wherever it stands; not the words around it, which a neighbour may change."""
    given = (cited.title, cited.author, cited.dated, cited.memento)
    return cited.written, cited.url, cited.quotes, cited.accessed, *given


def _published(base: str, name: str, root: str) -> str:
    """Where a document was published: at ``base``, or under it as it lies under ``root``."""
    if not root:
        return base
    try:
        below = Path(name).resolve().relative_to(Path(root).resolve())
    except ValueError:
        return base
    return uri.join(base if base.endswith("/") else f"{base}/", quote(below.as_posix())) or base


def _is_touched(line: int, touched: frozenset[int] | None) -> bool:
    """Whether a change touches what stands on a line; what has no line is its whole document's."""
    return touched is None or not line or line in touched


def _is_excluded(settings: Settings) -> Callable[[str], bool]:
    """Whether the settings leave a source out: their patterns have ``*`` for anything and are held against its URL."""
    included, excluded = _pattern(settings.include), _pattern(settings.exclude)

    def is_excluded(source: str) -> bool:
        if excluded is not None and excluded.fullmatch(source):
            return True
        return included is not None and not included.fullmatch(source)

    return is_excluded


def _pattern(patterns: Sequence[str]) -> re.Pattern[str] | None:
    if not patterns:
        return None
    parts = (re.split(r"\*+", uri.normalise_pattern(each)) for each in patterns)
    return re.compile("|".join(".*".join(map(re.escape, each)) for each in parts), re.I | re.S)


def cache_folder(environment: Mapping[str, str]) -> Path:
    """Where this user's processes share what no archive of captures belongs to (XDG Base Directory; macOS's own)."""
    home = Path(environment.get("HOME") or Path.home())
    given = environment.get("XDG_CACHE_HOME", "")
    if Path(given).is_absolute():
        return Path(given) / "linkcheck"
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "linkcheck"


def parts(settings: Settings, ports: Ports, keeper: Keeper) -> Completing:
    """What fetches the parts of captured pages."""
    return Completing(ports, keeper, settings.most_requisites, settings.most_requisite_bytes)


@contextlib.contextmanager
def renderer(settings: Settings, *, wanted: bool) -> Iterator[Callable[[str, Answers], Rendition] | None]:
    """What draws pages; None where that is not wanted. It is started before the work, so its absence costs nothing.

    Raises:
        InputError: it is wanted, and there is no browser.
    """
    if not wanted:
        yield None
        return
    with browser_opened(settings.render_timeout) as browser:
        yield browser.render


@contextlib.contextmanager
def opened(
    settings: Settings, interrupt: Interrupt, on_step: Callable[[Step], None], *, read_only: bool = False
) -> Iterator[tuple[Ports, LocalArchive]]:
    """The ports of one run, and the archive; everything is flushed and closed at the end.

    Args:
        settings: of this run.
        interrupt: who holds back Ctrl-C.
        on_step: told of progress.
        read_only: change nothing on disk (``report``, ``show``).

    Raises:
        SettingsError: a setting cannot be used.
        ArchiveError: what is kept on disk cannot be read.
    """
    clock = SystemClock()
    network, manners = settings.network(), settings.manners(os.environ)
    policy = settings.policy(reason.id for reason in judge.REASONS)
    guard = Guard(network)
    root = Path(settings.archive)
    if root.exists() and not root.is_dir():
        raise InputError(f"{root}: the archive is a folder, and this is a file; name another one with --archive")
    archive = LocalArchive(root, clock=clock, tool=TOOL)

    @contextlib.contextmanager
    def open_engine() -> Iterator[Engine[str]]:
        transport = create(settings.transport, network, clock)
        try:
            yield Engine(transport, manners=manners, clock=clock, interrupt=interrupt)
        finally:
            transport.close()

    @functools.cache
    def public() -> PublicArchive | None:
        if not settings.trace or not (settings.wayback or settings.memento):
            return None
        from linkcheck.archives.memento import MementoArchive
        from linkcheck.archives.rates import Rates
        from linkcheck.archives.several import Several
        from linkcheck.archives.spn import keys_of
        from linkcheck.archives.wayback import Wayback
        from linkcheck.web.transports import session

        asking = session.build(network)
        rates = Rates(clock, cache_folder(os.environ) / "archives.json", lambda url: guard.is_ours(url, ""))
        members: list[PublicArchive] = []
        if settings.wayback:
            base = settings.wayback
            keys = keys_of(os.environ, base)
            members.append(Wayback(asking, base=base, clock=clock, tool=TOOL, rates=rates, keys=keys))
        for base in settings.memento:
            members.append(MementoArchive(asking, base=base, clock=clock, tool=TOOL, rates=rates))
        return Several(members, heard=store.latest)

    known: dict[str, tuple[Snapshot, ...]] = {}
    for snapshot in archive.snapshots():
        known[snapshot.uri_r] = (*known.get(snapshot.uri_r, ()), snapshot)
    with Store(root / "history.sqlite", read_only=read_only) as store:
        yield (
            Ports(
                clock=clock,
                interrupt=interrupt,
                open_engine=open_engine,
                manners=manners,
                policy=policy,
                patience=Patience(settings.streak_looks, settings.streak_days),
                is_ours=guard.is_ours,
                is_private=guard.is_private,
                controls=settings.controls,
                store=store,
                known=known,
                recall=lambda snapshot: archive.exchange_at(snapshot.warc, snapshot.offset),
                tool=TOOL,
                on_step=on_step,
                public=public,
                earlier=archive.looks(),
                moved_collections=frozen.parse_rows(settings.moved_collections),
                max_time_s=seconds(settings.max_time) or 0.0,
                max_age_s=seconds(settings.max_age) or 0.0,
                method=settings.method,
                exceptions=settings.exempted(reason.id for reason in judge.REASONS),
                is_excluded=_is_excluded(settings),
            ),
            archive,
        )
