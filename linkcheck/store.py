"""``archive/history.sqlite``: the observations of every run. A cache that can be deleted; nothing else depends on it.

Pages are stored apart from observations, once for each content, so that looking daily at a page that does not
change costs a line a day and not a page a day.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from linkcheck.clock import iso
from linkcheck.errors import ArchiveError
from linkcheck.memento import Fate, Job, Search
from linkcheck.model import (
    Citation,
    Comparison,
    FailureKind,
    Hop,
    Look,
    Observation,
    Page,
    Snapshot,
    State,
    Tally,
)

_VERSION = 4
_SCHEMA = """
CREATE TABLE page (key TEXT PRIMARY KEY, content BLOB NOT NULL);
CREATE TABLE observation (
    id INTEGER PRIMARY KEY, uri_r TEXT NOT NULL, observed_at TEXT NOT NULL,
    status INTEGER, failure TEXT, facts TEXT NOT NULL, page TEXT
);
CREATE INDEX observation_by_source ON observation (uri_r, observed_at);
CREATE TABLE run (id INTEGER PRIMARY KEY, command TEXT NOT NULL, started_at TEXT NOT NULL);
CREATE TABLE citation (run INTEGER NOT NULL, position INTEGER NOT NULL, facts TEXT NOT NULL);
CREATE INDEX citation_by_run ON citation (run, position);
"""
_SEARCH_TABLE = """
CREATE TABLE search (uri_r TEXT PRIMARY KEY, facts TEXT NOT NULL) WITHOUT ROWID;
"""
_JOB_TABLE = """
CREATE TABLE job (uri_r TEXT PRIMARY KEY, facts TEXT NOT NULL) WITHOUT ROWID;
"""
_TALLY_TABLE = """
CREATE TABLE IF NOT EXISTS tally (run INTEGER PRIMARY KEY, ended_at TEXT NOT NULL, counts TEXT NOT NULL);
"""
_FROM_VERSION = {
    0: _SCHEMA + _SEARCH_TABLE + _JOB_TABLE + _TALLY_TABLE,
    1: "DROP TABLE search;" + _SEARCH_TABLE + _JOB_TABLE + _TALLY_TABLE,
    2: _JOB_TABLE + _TALLY_TABLE,
    3: _TALLY_TABLE,
}
"""What makes the newest form of each older one; 1 kept searches without their date, and they are soon made again."""


_PARSED_AS = 3
"""Goes up when ``page.py`` reads pages otherwise, so that what an older one made of them is not taken for the same."""

_PATIENCE_S = 30
_PENDING = 100
_PENDING_TIME = timedelta(seconds=1)


class Store:
    """Observations and the citations of the last run.

    Args:
        path: of the database; made where it is not there, unless ``read_only``.
        read_only: never make or change a file; a missing one counts as empty.

    Raises:
        ArchiveError: it can be neither opened nor put aside.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self._path = path
        self.notes: list[str] = []
        self._run = 0
        self._pending: list[Observation] = []
        self._pending_sources: set[str] = set()
        self._db = self._open(read_only)

    def append(self, observation: Observation) -> None:
        """Adds one observation. It is on disk after a :meth:`flush`, which happens by itself every so often."""
        self._pending.append(observation)
        self._pending_sources.add(observation.uri_r)
        old = observation.observed_at - self._pending[0].observed_at > _PENDING_TIME
        if old or len(self._pending) >= _PENDING:
            self.flush()

    def _insert(self, observation: Observation) -> None:
        page = self._keep_page(observation)
        self._db.execute(
            "INSERT INTO observation (uri_r, observed_at, status, failure, facts, page) VALUES (?, ?, ?, ?, ?, ?)",
            (
                observation.uri_r,
                observation.observed_at.isoformat(),
                observation.status,
                observation.failure,
                _facts(observation),
                page,
            ),
        )

    def flush(self) -> None:
        """Puts everything appended so far on disk."""
        # In one go: a transaction left open while a slow server is waited for would lock out every other run.
        pending, self._pending = self._pending, []
        self._pending_sources.clear()
        with self._trouble():
            for observation in pending:
                self._insert(observation)
            self._db.commit()

    def latest(self, uri_r: str) -> Observation | None:
        """The newest observation of a source, with its page."""
        return next(self.history(uri_r), None)

    def _settle(self, uri_r: str) -> None:
        """Before reading: what was appended of this source is written."""
        if uri_r in self._pending_sources:
            self.flush()

    def answered(self, uri_r: str) -> Observation | None:
        """The newest observation of a source without its page, if that was a success; failures are never cached."""
        self._settle(uri_r)
        with self._trouble():
            row = self._db.execute(
                "SELECT status, facts FROM observation WHERE uri_r = ? ORDER BY observed_at DESC, id DESC LIMIT 1",
                (uri_r,),
            ).fetchone()
        return _observation(row[1], None) if row and row[0] is not None and 200 <= row[0] < 300 else None

    def history(self, uri_r: str) -> Iterator[Observation]:
        """Every observation of a source, newest first."""
        self._settle(uri_r)
        with self._trouble():
            rows = self._db.execute(
                "SELECT facts, content FROM observation LEFT JOIN page ON page.key = observation.page"
                " WHERE uri_r = ? ORDER BY observed_at DESC, id DESC",
                (uri_r,),
            )
            for facts, content in rows:
                yield _observation(facts, content)

    def looks(self, uri_r: str) -> tuple[Look, ...]:
        """The earlier looks at a source that streaks are counted from, oldest first."""
        self._settle(uri_r)
        with self._trouble():
            rows = self._db.execute(
                "SELECT observed_at, status, failure FROM observation WHERE uri_r = ? ORDER BY observed_at, id",
                (uri_r,),
            ).fetchall()
        return tuple(
            Look(datetime.fromisoformat(moment), status, FailureKind(failure) if failure else None)
            for moment, status, failure in rows
        )

    def begin_run(self, command: str, moment: datetime, citations: Iterable[Citation]) -> None:
        """Notes what is cited where, so that ``report`` can speak of it with no document at hand."""
        with self._trouble():
            run = self._db.execute(
                "INSERT INTO run (command, started_at) VALUES (?, ?)", (command, iso(moment))
            ).lastrowid
            self._run = run or 0
            self._db.execute("DELETE FROM citation")
            self._db.executemany(
                "INSERT INTO citation (run, position, facts) VALUES (?, ?, ?)",
                ((run, position, _citation_json(citation)) for position, citation in enumerate(citations)),
            )
            self._db.commit()

    def last_citations(self) -> tuple[Citation, ...]:
        """The citations of the last run, in their order."""
        with self._trouble():
            rows = self._db.execute("SELECT facts FROM citation ORDER BY run, position").fetchall()
        return tuple(_citation(facts) for (facts,) in rows)

    def end_run(self, tally: Tally) -> None:
        """Notes how the run that was begun last ended; what was noted of it before is written over."""
        counts = json.dumps({str(state): number for state, number in tally.counts})
        # The run is done by now, and its report would be lost for a column in a chart.
        with contextlib.suppress(sqlite3.Error):
            self._db.execute(
                "INSERT OR REPLACE INTO tally VALUES (?, ?, ?)", (self._run, tally.ended_at.isoformat(), counts)
            )
            self._db.commit()

    def tallies(self, most: int = 30) -> tuple[Tally, ...]:
        """How the last runs ended, oldest first."""
        with self._trouble():
            rows = self._db.execute("SELECT ended_at, counts FROM tally ORDER BY run DESC LIMIT ?", (most,)).fetchall()
        return tuple(
            Tally(
                datetime.fromisoformat(moment),
                tuple((State(name), number) for name, number in json.loads(counts).items()),
            )
            for moment, counts in reversed(rows)
        )

    def note_search(self, uri_r: str, search: Search) -> None:
        """Notes what the archives said of a source; it stands in for anything they said before."""
        with self._trouble():
            self._db.execute("INSERT OR REPLACE INTO search VALUES (?, ?)", (uri_r, _search_json(search)))

    def search(self, uri_r: str) -> Search | None:
        """What the archives said of a source when they were last asked; None where they never were."""
        with self._trouble():
            row = self._db.execute("SELECT facts FROM search WHERE uri_r = ?", (uri_r,)).fetchone()
        return _search(row[0]) if row else None

    def note_job(self, job: Job) -> None:
        """Notes a capture that an archive was asked for, in place of an earlier one of that source; on disk at once."""
        with self._trouble():
            self._db.execute("INSERT OR REPLACE INTO job VALUES (?, ?)", (job.uri_r, _job_json(job)))
        self.flush()

    def job(self, uri_r: str) -> Job | None:
        """The last capture of a source that an archive was asked for; None where none was, or where it is done with."""
        with self._trouble():
            row = self._db.execute("SELECT facts FROM job WHERE uri_r = ?", (uri_r,)).fetchone()
        return _job(row[0]) if row else None

    def drop_job(self, uri_r: str) -> None:
        """Forgets what was asked for of a source, because it is done with."""
        with self._trouble():
            self._db.execute("DELETE FROM job WHERE uri_r = ?", (uri_r,))

    def close(self) -> None:
        """Flushes and closes."""
        try:
            self.flush()
        finally:
            self._db.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ------------------------------------------------------------ inside

    def _open(self, read_only: bool) -> sqlite3.Connection:
        try:
            if read_only:
                return self._in_memory()
            self._path.parent.mkdir(parents=True, exist_ok=True)
            return self._prepared(sqlite3.connect(self._path, timeout=_PATIENCE_S))
        except sqlite3.OperationalError as error:
            return self._without_writing(error)
        except sqlite3.DatabaseError as error:
            return self._anew(error, read_only)
        except OSError as error:
            return self._without_writing(error)

    def _in_memory(self) -> sqlite3.Connection:
        """A copy that can be written to without a trace; empty where there is no file."""
        db = sqlite3.connect(":memory:")
        try:
            if self._path.exists():
                with contextlib.closing(sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True)) as kept:
                    kept.backup(db)
            return self._prepared(db)
        except BaseException:
            db.close()
            raise

    def _without_writing(self, error: Exception) -> sqlite3.Connection:
        """A read-only checkout can be judged as well; only what this run learns is not kept."""
        self.notes.append(f"{self._path} cannot be written ({error}); what this run learns of the web is not kept.")
        try:
            return self._in_memory()
        except sqlite3.Error:
            return self._prepared(sqlite3.connect(":memory:"))

    def _anew(self, error: Exception, read_only: bool) -> sqlite3.Connection:
        """A file that is no history costs the history and nothing else."""
        if read_only:
            self.notes.append(f"{self._path} is no readable history ({error}) and is left out.")
            return self._prepared(sqlite3.connect(":memory:"))
        aside = self._path.with_name(f"{self._path.name}.broken")
        try:
            self._path.replace(aside)
        except OSError as trouble:
            raise ArchiveError(f"{self._path} is no readable history and cannot be put aside: {trouble}") from trouble
        self.notes.append(f"{self._path} was no readable history ({error}); it is kept as {aside.name}.")
        return self._prepared(sqlite3.connect(self._path, timeout=_PATIENCE_S))

    def _prepared(self, db: sqlite3.Connection) -> sqlite3.Connection:
        try:
            (version,) = db.execute("PRAGMA user_version").fetchone()
            if version > _VERSION:
                raise ArchiveError(f"{self._path} was written by a newer linkcheck; update it, or delete this cache")
            if version < _VERSION:
                self._let_read_while_written(db)
                self._bring_up(db)
            db.execute("PRAGMA synchronous = NORMAL")
            # 40 MB: each checkpoint waits for the disk twice, and in a long run the usual 4 MB are full every second.
            db.execute("PRAGMA wal_autocheckpoint = 10000")
        except BaseException:
            db.close()
            raise
        return db

    @staticmethod
    def _let_read_while_written(db: sqlite3.Connection) -> None:
        """Turns WAL on, for good. Without it all is kept as well; runs over one folder wait more for each other."""
        for _ in range(20):
            try:
                db.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                # Two runs that begin at once: of this statement SQLite says "locked" without waiting for the other.
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    raise
            else:
                return
            db.execute("BEGIN IMMEDIATE")  # which waits
            db.rollback()

    @staticmethod
    def _bring_up(db: sqlite3.Connection) -> None:
        """Makes the newest form. Of two runs that begin at once the second waits, and finds it made."""
        db.execute("BEGIN IMMEDIATE")
        (version,) = db.execute("PRAGMA user_version").fetchone()
        if version < _VERSION:
            for statement in _FROM_VERSION[version].split(";"):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {_VERSION}")
        db.commit()

    def _keep_page(self, observation: Observation) -> str | None:
        """Stores the page unless these very bytes were read at that very address before; returns its key."""
        if observation.page is None:
            return None
        key = f"{_PARSED_AS} {observation.digest} {observation.final_url}"
        if self._db.execute("SELECT 1 FROM page WHERE key = ?", (key,)).fetchone() is None:
            # Another run over this folder may have put it there since.
            self._db.execute("INSERT OR IGNORE INTO page VALUES (?, ?)", (key, _packed(observation.page)))
        return key

    @contextlib.contextmanager
    def _trouble(self) -> Iterator[None]:
        """SQLite's errors in our words."""
        try:
            yield
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_BUSY:
                words = f"another run has held {self._path} for {_PATIENCE_S} seconds; wait for its end, then run again"
                raise ArchiveError(words) from error
            raise ArchiveError(f"{self._path}: {error}") from error


# ---------------------------------------------------------------- facts as JSON


_FACTS = tuple(name for name in Observation.__slots__ if name != "page")
_CITED = tuple(Citation.__slots__)
_PAGE = tuple(Page.__slots__)
_COMPARED = tuple(Comparison.__slots__)
_CAPTURED = tuple(Snapshot.__slots__)
_SEARCHED = tuple(Search.__slots__)
_ASKED = tuple(Job.__slots__)


def _facts(observation: Observation) -> str:
    facts: dict[str, Any] = {name: getattr(observation, name) for name in _FACTS}
    facts["observed_at"] = observation.observed_at.isoformat()
    facts["hops"] = [[hop.url, hop.status, hop.fragment][: 3 if hop.fragment else 2] for hop in observation.hops]
    if observation.comparison is not None:
        compared = {name: getattr(observation.comparison, name) for name in _COMPARED}
        facts["comparison"] = compared | {"captured_at": observation.comparison.captured_at.isoformat()}
    return json.dumps(facts, ensure_ascii=True, separators=(",", ":"))


def _observation(facts: str, content: bytes | None) -> Observation:
    fields: dict[str, Any] = json.loads(facts)
    fields["observed_at"] = datetime.fromisoformat(fields["observed_at"])
    fields["hops"] = tuple(Hop(*hop) for hop in fields["hops"])
    fields["headers"] = tuple((name, value) for name, value in fields["headers"])
    fields["failure"] = FailureKind(fields["failure"]) if fields["failure"] else None
    if compared := fields.get("comparison"):
        compared["captured_at"] = datetime.fromisoformat(compared["captured_at"])
        compared |= {name: tuple(compared[name]) for name in ("removed", "added")}
        fields["comparison"] = Comparison(**compared)
    return Observation(**fields, page=_page(content) if content else None)


def _packed(page: Page) -> bytes:
    """Huffman coding alone: a third of the time of zlib's quickest level, for a file half as large again."""
    content = json.dumps({name: getattr(page, name) for name in _PAGE}, ensure_ascii=False)
    packer = zlib.compressobj(1, strategy=zlib.Z_HUFFMAN_ONLY)
    return packer.compress(content.encode("utf-8", "replace")) + packer.flush()


def _page(content: bytes) -> Page:
    fields: dict[str, Any] = json.loads(zlib.decompress(content))
    fields = {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
    return Page(**fields)


def _citation_json(citation: Citation) -> str:
    facts = {name: getattr(citation, name) for name in _CITED}
    facts["accessed"] = citation.accessed.isoformat() if citation.accessed else None
    return json.dumps(facts, ensure_ascii=True)


def _citation(facts: str) -> Citation:
    fields: dict[str, Any] = json.loads(facts)
    fields["quotes"], fields["loose"] = tuple(fields["quotes"]), tuple(fields.get("loose", ()))
    fields["accessed"] = date.fromisoformat(fields["accessed"]) if fields["accessed"] else None
    return Citation(**fields)


def _search_json(search: Search) -> str:
    facts = {name: getattr(search, name) for name in _SEARCHED}
    facts["asked_at"] = search.asked_at.isoformat()
    facts["since"] = search.since.isoformat() if search.since else None
    facts["snapshots"] = [_snapshot_facts(snapshot) for snapshot in search.snapshots]
    return json.dumps(facts, ensure_ascii=True)


def _search(facts: str) -> Search:
    fields: dict[str, Any] = json.loads(facts)
    fields["asked_at"] = datetime.fromisoformat(fields["asked_at"])
    fields["since"] = datetime.fromisoformat(fields["since"]) if fields["since"] else None
    fields["neighbours"] = tuple(fields["neighbours"])
    fields["snapshots"] = tuple(map(_snapshot, fields["snapshots"]))
    return Search(**fields)


def _job_json(job: Job) -> str:
    facts = {name: getattr(job, name) for name in _ASKED}
    facts["asked_at"] = job.asked_at.isoformat()
    facts["snapshot"] = _snapshot_facts(job.snapshot) if job.snapshot else None
    return json.dumps(facts, ensure_ascii=True)


def _job(facts: str) -> Job:
    fields: dict[str, Any] = json.loads(facts)
    fields["asked_at"] = datetime.fromisoformat(fields["asked_at"])
    fields["fate"] = Fate(fields["fate"])
    fields["snapshot"] = _snapshot(fields["snapshot"]) if fields["snapshot"] else None
    return Job(**fields)


def _snapshot_facts(snapshot: Snapshot) -> dict[str, Any]:
    return {name: getattr(snapshot, name) for name in _CAPTURED} | {"captured_at": snapshot.captured_at.isoformat()}


def _snapshot(facts: dict[str, Any]) -> Snapshot:
    return Snapshot(**facts | {"captured_at": datetime.fromisoformat(facts["captured_at"])})
