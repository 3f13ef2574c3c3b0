"""The store: saving, revisits, closing, the lock, a full disk."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from linkcheck.archives import index
from linkcheck.archives.reading import scan
from linkcheck.errors import ArchiveBusy, ArchiveError
from linkcheck.model import FailureKind, Landing, Look, Snapshot
from tests.archives.builders import NOON, TOOL, archive, exchange, landing, only_warc, redirect, sample


def kinds(path: Path) -> list[str]:
    return [record.kind for record in scan(path)]  # type: ignore[union-attr]


def memento(**changes: object) -> Snapshot:
    found = Snapshot(
        uri_r="https://example.org/speech",
        uri_m="https://archive.example/web/2026/https://example.org/speech",
        captured_at=NOON.replace(microsecond=0),
        archive="wayback",
        status=200,
        digest="sha1:ABC",
    )
    return replace(found, **changes)  # type: ignore[arg-type]


def test_a_saved_visit_is_every_exchange_in_order_and_its_page_facts(tmp_path: Path) -> None:
    old, new = "https://example.org/old", "https://example.org/speech"
    with archive(tmp_path).open_for_writing() as writer:
        saved = writer.save(landing(redirect(old, new), exchange(new, minutes=1)))
    path = only_warc(tmp_path)
    assert kinds(path) == ["warcinfo", "request", "response", "request", "response", "metadata"]
    assert saved == Snapshot(
        uri_r=old,
        uri_m=f"warcs/{path.name}#{saved.offset}",
        captured_at=(NOON + timedelta(minutes=1)).replace(microsecond=0),
        archive="local",
        status=200,
        digest="sha256:83ec017307ef1eec70f631fa1d9868ebb9b7bc0b8731771d580a02f9e9a7d681",
        media_type="text/html",
        title="Speech",
        fingerprint="00ff00ff00ff00ff",
        length=49,
        final_url=new,
        warc=f"warcs/{path.name}",
        offset=saved.offset,
        tool=TOOL,
    )
    assert archive(tmp_path).snapshots() == (saved,)


def test_a_capture_comes_back_with_the_body_as_received(tmp_path: Path) -> None:
    made = sample(tmp_path)
    for snapshot in made.snapshots():
        capture = made.exchange_at(snapshot.warc, snapshot.offset)
        assert capture is not None
        assert len(capture.body) == snapshot.length
        assert capture.request.url == snapshot.final_url
        assert capture.header("content-type") == "text/html; charset=utf-8"
        assert capture.started_at == snapshot.captured_at


def test_an_unchanged_payload_is_kept_once_and_read_through_the_revisit(tmp_path: Path) -> None:
    made = archive(tmp_path)
    with made.open_for_writing() as writer:
        first = writer.save(landing(exchange()))
    with made.open_for_writing() as writer:
        second = writer.save(landing(exchange(minutes=5)))
        third = writer.save(landing(exchange("https://example.org/other", minutes=6)))
    assert kinds(tmp_path / first.warc)[2] == "response"
    assert kinds(tmp_path / second.warc)[1:] == ["request", "revisit", "metadata", "request", "response", "metadata"]
    assert first.digest == second.digest == third.digest
    capture = made.exchange_at(second.warc, second.offset)
    assert capture is not None
    assert capture.body == exchange().body


def test_a_damaged_original_is_not_relied_on(tmp_path: Path) -> None:
    made = archive(tmp_path)
    with made.open_for_writing() as writer:
        first = writer.save(landing(exchange()))
    path = tmp_path / first.warc
    content = bytearray(path.read_bytes())
    content[first.offset + 100] ^= 1
    path.write_bytes(content)
    with made.open_for_writing() as writer:
        second = writer.save(landing(exchange(minutes=5)))
    assert "revisit" not in kinds(tmp_path / second.warc)
    with pytest.raises(ArchiveError, match=f"{path.name} at offset {first.offset}: this record is damaged"):
        made.exchange_at(first.warc, first.offset)


def test_an_original_whose_file_is_not_here_is_not_relied_on(tmp_path: Path) -> None:
    made = archive(tmp_path)
    with made.open_for_writing() as writer:
        first = writer.save(landing(exchange()))
    (tmp_path / first.warc).unlink()
    assert made.exchange_at(first.warc, first.offset) is None
    with made.open_for_writing() as writer:
        second = writer.save(landing(exchange(minutes=5)))
    assert "revisit" not in kinds(tmp_path / second.warc)


def test_credentials_in_addresses_are_stored_nowhere(tmp_path: Path) -> None:
    made = archive(tmp_path)
    with made.open_for_writing() as writer:
        writer.save(landing(exchange("https://me:secret@example.org/speech")))
        writer.add(memento(uri_r="https://me:secret@example.org/speech"))
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and b"secret" in path.read_bytes()]
    assert len(made.snapshots("https://me:secret@example.org/speech")) == 2


def test_snapshots_can_be_asked_for_one_source(tmp_path: Path) -> None:
    made = sample(tmp_path)
    assert [line.uri_r for line in made.snapshots("https://example.com/")] == ["https://example.com/"]
    assert archive(tmp_path / "nothing").snapshots() == ()


def test_a_memento_found_again_changes_no_line(tmp_path: Path) -> None:
    made = archive(tmp_path)
    for title in ("first", "second"):
        with made.open_for_writing() as writer:
            writer.add(memento(title=title))
    assert [line.title for line in made.snapshots()] == ["first"]


def test_a_run_that_saved_nothing_leaves_no_file(tmp_path: Path) -> None:
    with archive(tmp_path).open_for_writing():
        pass
    assert [path.name for path in tmp_path.rglob("*") if path.is_file() and path.stat().st_size] == [".lock"]
    assert not (tmp_path / "warcs").exists()


def test_a_visit_without_an_answer_cannot_be_kept(tmp_path: Path) -> None:
    seen = landing(exchange()).observation
    with archive(tmp_path).open_for_writing() as writer, pytest.raises(ValueError, match="nothing was answered"):
        writer.save(Landing(seen))


def test_a_new_file_is_begun_when_one_is_full(tmp_path: Path) -> None:
    made = archive(tmp_path, roll_at=1)
    with made.open_for_writing() as writer:
        for number in range(3):
            writer.save(landing(exchange(f"https://example.org/{number}", minutes=number)))
            assert len(list((tmp_path / "warcs").glob("*.open"))) == 1
    assert len(index.closed_files(tmp_path)) == 3
    assert len(made.snapshots()) == 3


def test_what_was_saved_before_an_error_is_closed_and_listed(tmp_path: Path) -> None:
    made = archive(tmp_path)

    def interrupted() -> None:
        with made.open_for_writing() as writer:
            writer.save(landing(exchange()))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert len(made.snapshots()) == len(index.closed_files(tmp_path)) == 1


def test_index_and_pages_are_the_same_when_made_anew(tmp_path: Path) -> None:
    sample(tmp_path)
    with archive(tmp_path).open_for_writing() as writer:
        writer.save(landing(exchange("https://example.net/", minutes=9)))
    listed = [index.index_path(tmp_path), index.pages_path(tmp_path)]
    before = [path.read_bytes() for path in listed]
    for path in listed:
        path.unlink()
    index.rebuild(tmp_path)
    assert [path.read_bytes() for path in listed] == before
    assert index.index_path(tmp_path).read_text().startswith("com,example)/ 20261123120200 {")


@pytest.mark.parametrize("lost", ["indexes/index.cdxj", "pages/pages.jsonl"])
def test_a_lost_index_is_made_anew_by_the_next_run(tmp_path: Path, lost: str) -> None:
    sample(tmp_path)
    before = (tmp_path / lost).read_bytes()
    (tmp_path / lost).unlink()
    with archive(tmp_path).open_for_writing():
        pass
    assert (tmp_path / lost).read_bytes() == before


def test_a_line_taken_out_of_the_lock_file_does_not_come_back_by_itself(tmp_path: Path) -> None:
    made = sample(tmp_path)
    lock_file = tmp_path / "snapshots.jsonl"
    lock_file.write_text("".join(lock_file.read_text().splitlines(keepends=True)[1:]))
    (tmp_path / "indexes" / "index.cdxj").unlink()
    with made.open_for_writing() as writer:
        writer.add(memento())
    assert len(made.snapshots()) == 3


def test_a_second_writer_is_refused_with_the_process_of_the_first(tmp_path: Path) -> None:
    with archive(tmp_path).open_for_writing() as writer:
        saved = writer.save(landing(exchange()))
        script = (
            "import sys; from pathlib import Path; from tests.archives.builders import archive\n"
            "with archive(Path(sys.argv[1])).open_for_writing(): pass"
        )
        other = subprocess.run([sys.executable, "-c", script, tmp_path], capture_output=True, text=True)
        assert f"ArchiveBusy: {tmp_path} is being written by process {os.getpid()}." in other.stderr
        with pytest.raises(ArchiveBusy, match=str(os.getpid())), archive(tmp_path).open_for_writing():
            pass
    assert archive(tmp_path).snapshots() == (saved,)
    with archive(tmp_path).open_for_writing():
        pass


def test_a_lock_file_that_cannot_be_read_is_told_before_anything_is_captured(tmp_path: Path) -> None:
    (tmp_path / "snapshots.jsonl").write_text("<<<<<<< ours\n")
    with pytest.raises(ArchiveError, match="merge"), archive(tmp_path).open_for_writing():
        pytest.fail("it must not open")


def test_an_archive_that_is_a_file_is_an_error_in_words(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("")
    with pytest.raises(ArchiveError, match="archive cannot be opened for writing"):  # noqa: SIM117
        with archive(tmp_path / "archive").open_for_writing():
            pytest.fail("it must not open")


FILLING = """
import random, resource, sys
from pathlib import Path
from linkcheck.errors import ArchiveError
from tests.archives.builders import archive, exchange, landing
with archive(Path(sys.argv[1])).open_for_writing() as writer:
    for name in sys.argv[2:]:
        big = name == "big"
        limit = 6000 if big else resource.RLIM_INFINITY
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        try:
            body = random.Random(1).randbytes(99_999) if big else b"small"
            writer.save(landing(exchange(f"https://example.org/{name}", body)))
        except ArchiveError as error:
            print(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
"""


def fill_up(root: Path, *names: str) -> str:
    """Saves captures in a process of its own; a file size limit stands for the disk and ends a write half-way."""
    command = [sys.executable, "-c", FILLING, root, *names]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_a_capture_that_does_not_fit_is_taken_back_whole_and_the_others_stay(tmp_path: Path) -> None:
    assert f"cannot be written: {os.strerror(errno.EFBIG)}." in fill_up(tmp_path, "before", "big", "after")
    found = archive(tmp_path).snapshots()
    assert [line.uri_r for line in found] == ["https://example.org/after", "https://example.org/before"]
    assert len(kinds(only_warc(tmp_path))) == 7


def test_a_file_whose_only_capture_did_not_fit_is_taken_away(tmp_path: Path) -> None:
    assert "cannot be written" in fill_up(tmp_path, "big")
    assert list((tmp_path / "warcs").iterdir()) == []


def test_a_full_disk_is_named_and_what_was_finished_stays(tmp_path: Path) -> None:
    """A real full disk: a small tmpfs, where this machine lets us mount one."""
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"no tmpfs can be mounted here: {mounted.stderr.strip()}")

    def fill() -> None:
        with archive(small).open_for_writing() as writer:
            writer.save(landing(exchange()))
            writer.save(landing(exchange("https://example.org/big", os.urandom(100_000))))

    try:
        with pytest.raises(ArchiveError, match=r"the disk is full\. What was finished before is kept"):
            fill()
        assert [line.uri_r for line in archive(small).snapshots()] == ["https://example.org/speech"]
        assert len(kinds(only_warc(small))) == 4
    finally:
        subprocess.run(["umount", small], check=True)


def test_bad_looks_are_carried_in_the_lock_file_until_the_source_answers(tmp_path: Path) -> None:
    silent = Look(NOON.replace(microsecond=0), None, FailureKind.TIMEOUT)
    answered = Look(silent.observed_at + timedelta(days=1), 200, None)
    with archive(tmp_path).open_for_writing() as writer:
        writer.save(landing(exchange()))
        writer.note_looks("https://user:pa55@example.org/", [silent])
        writer.note_looks("https://example.com/", [silent])
    lock_file = (tmp_path / "snapshots.jsonl").read_text()
    assert "pa55" not in lock_file
    assert archive(tmp_path).looks() == {"https://example.org/": (silent,), "https://example.com/": (silent,)}
    with archive(tmp_path).open_for_writing() as writer:
        writer.note_looks("https://example.org/", [silent, answered])
    assert archive(tmp_path).looks() == {"https://example.com/": (silent,)}
    assert len(archive(tmp_path).snapshots()) == 1
    with archive(tmp_path).open_for_writing() as writer:
        writer.save(landing(exchange(minutes=9)))
    assert archive(tmp_path).looks() == {"https://example.com/": (silent,)}
