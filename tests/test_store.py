"""The history: what goes in comes out, and a broken file costs the history and nothing else."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from linkcheck.errors import ArchiveError
from linkcheck.memento import Fate, Job, Search
from linkcheck.model import Citation, Comparison, FailureKind, Hop, Look, Observation, Page, Snapshot, State, Tally
from linkcheck.store import Store

START = datetime(2026, 11, 24, 12, 0, 0, 123456, tzinfo=UTC)
PAGE = Page(title="Ti\ud800tle", text="Words “quoted” and \U0001f600", ids=("a", "b"), titles=("T", "U"))
SEEN = Observation(
    uri_r="https://a.example/x",
    observed_at=START,
    final_url="https://b.example/y",
    hops=(Hop("https://a.example/x", 301),),
    status=200,
    headers=(("Content-Type", "text/html"), ("X-Odd", "caf\u00e9")),
    media_type="text/html",
    digest="sha256:00",
    length=7,
    confirmed=True,
    sibling_likeness=0.5,
    comparison=Comparison("warcs/a.warc.gz#7", START, 0.25, 900, 40, "Then", "en", ("was here",), ("is here", "too")),
    page=Page(
        title="Title",
        text="Words “quoted” and \U0001f600",
        ids=("a", "b"),
        titles=("T", "U"),
        fingerprint="f" * 16,
        marks=("m",),
        links=2,
    ),
)


HELD = Search(
    START,
    (Snapshot("https://b.example/", "https://archive.example/web/1/b", START, "wayback", 200, "sha1:X"),),
    since=START,
    captures=3,
    more=True,
)


def test_an_observation_comes_back_as_it_went_in(tmp_path: Path) -> None:
    failed = Observation(
        "https://a.example/x", START + timedelta(days=1), "https://a.example/x", failure=FailureKind.TIMEOUT
    )
    with Store(tmp_path / "archive" / "history.sqlite") as store:
        store.append(SEEN)
        store.append(failed)
    with Store(tmp_path / "archive" / "history.sqlite", read_only=True) as store:
        assert list(store.history("https://a.example/x")) == [failed, SEEN]
        assert store.latest("https://a.example/x") == failed
        assert store.latest("https://nobody.example/") is None
        assert store.looks("https://a.example/x") == (
            Look(SEEN.observed_at, 200, None),
            Look(failed.observed_at, None, FailureKind.TIMEOUT),
        )


def test_a_page_that_does_not_change_is_stored_once(tmp_path: Path) -> None:
    with Store(tmp_path / "h.sqlite") as store:
        for _ in range(5):
            store.append(SEEN)
    with sqlite3.connect(tmp_path / "h.sqlite") as db:
        assert db.execute("SELECT count(*) FROM page").fetchone() == (1,)
        assert db.execute("SELECT count(*) FROM observation").fetchone() == (5,)
    db.close()


def test_text_that_no_encoding_holds_is_stored_all_the_same(tmp_path: Path) -> None:
    with Store(tmp_path / "h.sqlite") as store:
        store.append(Observation("u", START, "u", status=200, page=PAGE))
        latest = store.latest("u")
    assert latest is not None
    assert latest.page is not None
    assert latest.page.text == PAGE.text


def test_the_citations_of_the_last_run_are_remembered(tmp_path: Path) -> None:
    first = Citation("https://a.example/", "a", "doc.md", 3, 4, "around", ("q1", "q2"), date(2024, 9, 1), "Title")
    second = Citation("https://b.example/", "b", "doc.md", 9, 1)
    with Store(tmp_path / "h.sqlite") as store:
        store.begin_run("check", START, [second])
        store.begin_run("check", START, [first, second])
        assert store.last_citations() == (first, second)


def test_what_the_archives_said_of_a_source_is_remembered(tmp_path: Path) -> None:
    with Store(tmp_path / "h.sqlite") as store:
        assert store.search("https://a.example/") is None
        store.note_search("https://a.example/", Search(START, neighbours=("https://a.example/b",)))
        store.note_search("https://b.example/", HELD)
    with Store(tmp_path / "h.sqlite") as store:
        assert store.search("https://a.example/") == Search(START, neighbours=("https://a.example/b",))
        assert store.search("https://b.example/") == HELD


def test_a_history_of_the_first_form_goes_on_without_the_searches_it_kept(tmp_path: Path) -> None:
    with Store(tmp_path / "h.sqlite") as store:
        store.append(SEEN)
    with sqlite3.connect(tmp_path / "h.sqlite") as db:
        db.executescript(
            "DROP TABLE job; DROP TABLE search;"
            "CREATE TABLE search (uri_r TEXT PRIMARY KEY, neighbours TEXT NOT NULL) WITHOUT ROWID;"
            "INSERT INTO search VALUES ('https://a.example/', '[]'); PRAGMA user_version = 1;"
        )
    db.close()
    with Store(tmp_path / "h.sqlite") as store:
        assert store.latest(SEEN.uri_r) == SEEN
        assert store.search("https://a.example/") is None
        store.note_search("https://a.example/", HELD)
        assert store.notes == []


def test_what_an_archive_was_asked_for_is_on_disk_at_once_and_kept_until_it_is_done_with(tmp_path: Path) -> None:
    asked = Job("https://a.example/", START, Fate.PENDING, "spn2-1", attempts=2)
    saved = replace(asked, fate=Fate.SAVED, snapshot=HELD.snapshots[0])
    with Store(tmp_path / "h.sqlite") as store:
        store.note_job(asked)
        with Store(tmp_path / "h.sqlite", read_only=True) as other:
            assert other.job("https://a.example/") == asked
        store.note_job(saved)
        assert store.job("https://a.example/") == saved
        store.drop_job("https://a.example/")
        assert store.job("https://a.example/") is None


def test_a_history_of_the_second_form_goes_on_with_the_searches_it_kept(tmp_path: Path) -> None:
    with Store(tmp_path / "h.sqlite") as store:
        store.note_search("https://a.example/", HELD)
    with sqlite3.connect(tmp_path / "h.sqlite") as db:
        db.executescript("DROP TABLE job; PRAGMA user_version = 2;")
    db.close()
    with Store(tmp_path / "h.sqlite") as store:
        assert store.search("https://a.example/") == HELD
        assert store.job("https://a.example/") is None
        assert store.notes == []


def test_a_file_that_is_no_history_is_put_aside(tmp_path: Path) -> None:
    path = tmp_path / "h.sqlite"
    path.write_bytes(b"this is no database, and it is long enough to be looked at twice" * 20)
    with Store(path) as store:
        assert "kept as h.sqlite.broken" in store.notes[0]
        store.append(SEEN)
    assert (tmp_path / "h.sqlite.broken").exists()


def test_a_second_run_is_not_locked_out_while_the_first_waits(tmp_path: Path) -> None:
    with Store(tmp_path / "h.sqlite") as first, Store(tmp_path / "h.sqlite") as second:
        first.append(SEEN)
        second.append(SEEN)
        first.append(SEEN)
    with Store(tmp_path / "h.sqlite", read_only=True) as store:
        assert len(store.looks(SEEN.uri_r)) == 3


def test_a_history_that_another_run_never_lets_go_of_is_named_with_the_way_out(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "h.sqlite", isolation_level=None)
    with Store(tmp_path / "h.sqlite") as store:
        store._db.execute("PRAGMA busy_timeout = 1")
        other.execute("BEGIN IMMEDIATE")
        store.append(SEEN)
        with pytest.raises(ArchiveError, match=r"another run has held .*; wait for its end, then run again"):
            store.flush()
        other.execute("ROLLBACK")
    other.close()


def test_a_report_leaves_a_broken_file_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "h.sqlite"
    path.write_bytes(b"this is no database, and it is long enough to be looked at twice" * 20)
    with Store(path, read_only=True) as store:
        assert "left out" in store.notes[0]
        assert store.latest("https://a.example/") is None
    assert [entry.name for entry in tmp_path.iterdir()] == ["h.sqlite"]


def test_where_nothing_can_be_written_the_run_goes_on_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("a file stands where the folder should be")
    with Store(tmp_path / "archive" / "h.sqlite") as store:
        store.append(SEEN)
        assert store.latest(SEEN.uri_r) == SEEN
        assert "is not kept" in store.notes[0]


def test_reading_makes_no_file(tmp_path: Path) -> None:
    with Store(tmp_path / "archive" / "h.sqlite", read_only=True) as store:
        assert store.latest("https://a.example/") is None
    assert not (tmp_path / "archive").exists()


def test_a_history_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "h.sqlite")
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(ArchiveError, match="newer linkcheck"):
        Store(tmp_path / "h.sqlite")


def test_how_the_last_runs_ended_is_remembered_each_run_once(tmp_path: Path) -> None:
    first = Tally(START, ((State.DEAD, 1), (State.ALIVE, 4)))
    second = replace(first, ended_at=START + timedelta(days=1), counts=((State.DEAD, 2), (State.ALIVE, 3)))
    with Store(tmp_path / "h.sqlite") as store:
        assert store.tallies() == ()
        store.begin_run("check", START, [])
        store.end_run(first)
        store.begin_run("archive", START, [])
        store.end_run(first)
        store.end_run(second)
    with Store(tmp_path / "h.sqlite", read_only=True) as store:
        assert store.tallies() == (first, second)
        assert store.tallies(most=1) == (second,)
        assert second.citations == 5


def test_a_history_that_knew_no_tallies_goes_on(tmp_path: Path) -> None:
    with Store(tmp_path / "h.sqlite") as store:
        store.append(SEEN)
    with sqlite3.connect(tmp_path / "h.sqlite") as db:
        db.executescript("DROP TABLE tally; PRAGMA user_version = 3;")
    db.close()
    with Store(tmp_path / "h.sqlite") as store:
        assert store.latest(SEEN.uri_r) == SEEN
        assert store.tallies() == ()


def test_of_two_runs_that_make_the_history_at_once_both_write_into_it(tmp_path: Path) -> None:
    path = tmp_path / "h.sqlite"

    class Slower(Store):
        """Between its look at the empty file and its own hand at it, another run has made the history."""

        @staticmethod
        def _bring_up(db: sqlite3.Connection) -> None:
            with Store(path) as quicker:
                assert quicker.notes == []
            Store._bring_up(db)

    with Slower(path) as slower:
        assert slower.notes == []
    assert path.exists()


def test_a_run_that_finds_the_new_history_locked_waits_for_the_other(tmp_path: Path) -> None:
    """SQLite waits for a lock, but not to turn WAL on: one of 150 pairs that began at once kept nothing of its run."""
    path = tmp_path / "h.sqlite"

    class Crowded(Store):
        """Another run has its hand at the file, until it is waited for."""

        @staticmethod
        def _let_read_while_written(db: sqlite3.Connection) -> None:
            other = sqlite3.connect(path)
            other.execute("BEGIN IMMEDIATE")

            class Waiting:
                def execute(self, statement: str) -> object:
                    if statement == "BEGIN IMMEDIATE":
                        other.rollback()
                    return db.execute(statement)

                def rollback(self) -> None:
                    db.rollback()

            Store._let_read_while_written(Waiting())  # type: ignore[arg-type]
            other.close()

    with Crowded(path) as store:
        assert store.notes == []
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    db.close()
