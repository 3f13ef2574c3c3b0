"""What a run leaves behind that was killed: whole records stay, the torn tail goes, closed files are not touched."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from linkcheck.archives import index
from linkcheck.archives.captures import found_in
from linkcheck.archives.reading import scan
from linkcheck.archives.verify import integrity
from linkcheck.errors import ArchiveError
from linkcheck.model import Snapshot
from tests.archives.builders import archive, exchange, landing, only_warc, sample

SAVING = """
import sys
from pathlib import Path
from tests.archives.builders import archive, exchange, landing
with archive(Path(sys.argv[1])).open_for_writing() as writer:
    for number in range(1_000_000):
        writer.save(landing(exchange(f"https://example.org/{number}", b"%d " % number * 5000, minutes=number)))
        print(number, flush=True)
"""


def test_a_run_killed_in_the_middle_loses_no_finished_capture(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", SAVING, tmp_path], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        finished = [int(child.stdout.readline()) for _ in range(25)]
        child.send_signal(signal.SIGKILL)
        finished += [int(line) for line in child.stdout.read().split()]
    made = archive(tmp_path)
    assert made.snapshots() == ()
    with made.open_for_writing() as writer:
        (said,) = writer.recovered
    found = {line.uri_r for line in made.snapshots()}
    assert {f"https://example.org/{number}" for number in finished} <= found
    assert len(found) <= len(finished) + 1
    assert f"{len(found)} finished captures were recovered" in said
    assert integrity(tmp_path).damage == ()
    assert not list((tmp_path / "warcs").glob("*.open"))
    assert (tmp_path / "indexes" / "index.cdxj").read_text().count("\n") == len(found)


def left_open(root: Path, content: bytes, name: str) -> None:
    (root / "warcs").mkdir(parents=True)
    (root / "warcs" / f"{name}.open").write_bytes(content)


def test_cut_at_any_byte_exactly_the_captures_before_it_are_recovered(tmp_path: Path) -> None:
    made = sample(tmp_path / "whole")
    path = only_warc(tmp_path / "whole")
    content = path.read_bytes()
    every = made.snapshots()
    ends = [record.offset + record.length for record in scan(path)]
    captures = {
        record.offset + record.length
        for record in scan(path)
        if record.kind == "metadata"  # type: ignore[union-attr]
    }
    for cut in sorted(
        {0, *range(0, len(content), 97), *(end + by for end in ends for by in (-1, 0, 1))} - {len(content) + 1}
    ):
        root = tmp_path / str(cut)
        left_open(root, content[:cut], path.name)
        with archive(root).open_for_writing() as writer:
            (said,) = writer.recovered
        finished = sum(end <= cut for end in captures)
        assert archive(root).snapshots() == tuple(
            line for line in every if line in sorted(every, key=lambda line: line.offset)[:finished]
        )
        assert integrity(root).damage == ()
        kept = [closed.read_bytes() for closed in index.closed_files(root)]
        whole = max((end for end in ends if end <= cut), default=0)
        assert kept in ([content[:whole]], [])
        assert ("dropped" in said) == (kept != [] and whole < cut)


def test_damage_with_whole_captures_after_it_costs_only_the_damaged_one(tmp_path: Path) -> None:
    made = sample(tmp_path / "whole")
    path = only_warc(tmp_path / "whole")
    first = min(made.snapshots(), key=lambda line: line.offset)
    content = bytearray(path.read_bytes())
    content[first.offset + 50] ^= 1
    root = tmp_path / "torn"
    left_open(root, bytes(content), path.name)
    with archive(root).open_for_writing() as writer:
        (said,) = writer.recovered
    assert len(archive(root).snapshots()) == len(made.snapshots()) - 1
    assert f"Damaged from offset {first.offset}" in said
    assert only_warc(root).read_bytes() == content


def test_a_kill_between_lock_file_and_rename_lists_nothing_twice(tmp_path: Path) -> None:
    made = sample(tmp_path)
    path = only_warc(tmp_path)
    before = (tmp_path / "snapshots.jsonl").read_bytes()
    path.rename(f"{path}.open")
    for listed in (index.index_path(tmp_path), index.pages_path(tmp_path)):
        listed.unlink()
    with made.open_for_writing() as writer:
        assert len(writer.recovered) == 1
    assert (tmp_path / "snapshots.jsonl").read_bytes() == before
    assert integrity(tmp_path) == integrity(tmp_path).__class__((), (), 12, 3)


def test_recovery_never_touches_a_closed_file(tmp_path: Path) -> None:
    sample(tmp_path)
    path = only_warc(tmp_path)
    content = path.read_bytes()
    Path(f"{path}.open").write_bytes(content[:500] + b"more")
    with pytest.raises(ArchiveError, match="stand side by side"), archive(tmp_path).open_for_writing():
        pytest.fail("it must not open")
    assert path.read_bytes() == content


def test_a_beginning_of_a_closed_file_is_removed_and_the_file_stays(tmp_path: Path) -> None:
    sample(tmp_path)
    path = only_warc(tmp_path)
    content = path.read_bytes()
    Path(f"{path}.open").write_bytes(content[:500])
    with archive(tmp_path).open_for_writing() as writer:
        assert any("was removed" in sentence for sentence in writer.recovered)
    assert only_warc(tmp_path).read_bytes() == content


def test_the_warc_alone_gives_the_lines_of_the_lock_file(tmp_path: Path) -> None:
    made = archive(tmp_path)
    with made.open_for_writing() as writer:
        saved = [
            writer.save(landing(exchange(truncated="length"), title=" a\tb\n„c“ \ud800")),
            writer.save(landing(exchange(minutes=1), title="", fingerprint="")),
        ]
    path = only_warc(tmp_path)
    found = [line for line in found_in(scan(path), f"warcs/{path.name}") if isinstance(line, Snapshot)]
    assert found == saved
    assert found[0].title == "a b „c“ ?"
    assert set(made.snapshots()) == set(saved)
