"""Faults that are made on purpose: a run dies at any byte it writes, a disk is full at any byte, files are torn.

What was finished stays, what is damaged is named, what can be mended is mended, and mending again changes nothing.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from linkcheck.archives import index
from linkcheck.archives.reading import Record, scan
from linkcheck.archives.recovery import mend
from linkcheck.archives.verify import integrity
from linkcheck.errors import ArchiveError
from tests.archives.builders import archive, exchange, landing, only_warc, sample
from tests.command import run as run_command

DYING = """
import json, os, random, resource, signal, sys
from pathlib import Path
from linkcheck import page, quote  # All that is imported is imported now: a limit holds for caches as well.
from linkcheck.errors import ArchiveError
from tests.archives.builders import archive, exchange, landing
sys.dont_write_bytecode = True
top, signalled, first = Path(sys.argv[1]), sys.argv[2] == "killed", json.loads(sys.argv[3])

def run(root, limit):
    # What lies beyond the limit is never written: the process dies at that byte, or is told that there is no room.
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL if signalled else signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        with archive(root).open_for_writing() as writer:
            for number in range(4):
                body = random.Random(number).randbytes(300 * number)
                writer.save(landing(exchange(f"https://example.org/{number}", body, minutes=number)))
                os.write(out, b"%d " % number)
    except ArchiveError as error:
        os.write(out, json.dumps(str(error)).encode())

for limit in first:
    read, out = os.pipe()
    child = os.fork()
    if not child:
        run(top / str(limit), limit)
        os._exit(0)
    os.close(out)
    said = b""
    while piece := os.read(read, 4096):
        said += piece
    os.close(read)
    _, ended = os.waitpid(child, 0)
    numbers, quote, message = said.decode().partition('"')
    print(json.dumps([limit, numbers.split(), quote + message, os.WIFSIGNALED(ended)]), flush=True)
"""


def dying(top: Path, how: str, limits: list[int]) -> list[tuple[int, list[str], str, bool]]:
    command = [sys.executable, "-c", DYING, top, how, json.dumps(limits)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return [tuple(json.loads(line)) for line in ran.stdout.splitlines()]  # type: ignore[misc]


LIMITS = [*range(10, 6400, 271)]
"""The WARC file grows to some 5,900 bytes, the lock file to 1,800, the index to 1,100: each is hit on its way."""


@pytest.mark.parametrize("how", ["killed", "full"])
def test_a_run_that_ends_at_any_byte_loses_nothing_that_was_finished(tmp_path: Path, how: str) -> None:
    deaths = 0
    for limit, finished, message, died in dying(tmp_path, how, LIMITS):
        root = tmp_path / str(limit)
        deaths += died
        if how == "full" and len(finished) < 4:
            assert "cannot be written" in message, limit
        with archive(root).open_for_writing():
            pass
        kept = {line.uri_r for line in archive(root).snapshots()}
        assert {f"https://example.org/{number}" for number in finished} <= kept, limit
        assert len(kept) <= len(finished) + 1, limit
        found = integrity(root)
        assert (found.damage, found.notes, found.captures) == ((), (), len(kept)), limit
        assert mend(root) == () or not list((root / "warcs").glob("*.open"))
        assert mend(root) == (), limit
    assert (deaths > 15) == (how == "killed")


# ---------------------------------------------------------------- torn and lost files


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "archive"
    sample(made)
    return made


def tree(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def whole_records(path: Path) -> dict[int, bytes]:
    content = path.read_bytes()
    records = [record for record in scan(path) if isinstance(record, Record)]
    return {one.offset: content[one.offset : one.offset + one.length] for one in records}


def lose_index(root: Path) -> None:
    shutil.rmtree(root / "indexes")


def tear_index(root: Path) -> None:
    path = index.index_path(root)
    path.write_bytes(path.read_bytes()[:-20])


def change_pages(root: Path) -> None:
    path = index.pages_path(root)
    path.write_bytes(path.read_bytes().replace(b"Speech", b"Speach"))


def lose_pages(root: Path) -> None:
    index.pages_path(root).unlink()


def lose_lock_file(root: Path) -> None:
    (root / "snapshots.jsonl").unlink()


def die_before_the_rename(root: Path) -> None:
    path = only_warc(root)
    path.rename(f"{path}.open")


def die_in_a_rewrite(root: Path) -> None:
    (root / ".snapshots.jsonl.x1y2z3.new").write_text('{"uri_r": "https://exa')


def copy_at_a_bad_moment(root: Path) -> None:
    path = only_warc(root)
    Path(f"{path}.open").write_bytes(path.read_bytes()[:2000])


@pytest.mark.parametrize(
    "fault",
    [
        lose_index, tear_index, change_pages, lose_pages, lose_lock_file, die_before_the_rename, die_in_a_rewrite,
        copy_at_a_bad_moment,
    ],
)  # fmt: skip
def test_what_can_be_mended_is_as_it_was_and_is_told(root: Path, fault: Callable[[Path], None]) -> None:
    before = tree(root)
    fault(root)
    assert tree(root) != before
    told = archive(root).mend()
    assert told
    assert all(sentence.endswith(".") for sentence in told)
    assert {name: content for name, content in tree(root).items() if name != ".lock"} == {
        name: content for name, content in before.items() if name != ".lock"
    }
    assert archive(root).mend() == ()
    assert integrity(root).damage == ()


@pytest.mark.parametrize("zeros", [0, 700], ids=["cut", "cut and filled with zeros"])
def test_the_torn_tail_of_a_closed_file_is_put_beside_it_and_the_lost_capture_is_named(root: Path, zeros: int) -> None:
    path = only_warc(root)
    content = path.read_bytes()
    line = archive(root).snapshots("https://example.org/speech")[0]
    cut = line.offset + 100
    path.write_bytes(content[:cut] + bytes(zeros))
    good = whole_records(path)
    told = " ".join(archive(root).mend())
    if not zeros:
        assert f"its last 100 bytes were put into {path.name}.{line.offset}.torn" in told
        assert path.with_name(f"{path.name}.{line.offset}.torn").read_bytes() == content[line.offset : cut]
    assert whole_records(path) == good
    (damage,) = integrity(root).damage
    assert (damage.offset, damage.uri) == (line.offset, "https://example.org/speech")
    before = tree(root)
    archive(root).mend()
    assert tree(root) == before


def test_damage_in_the_middle_is_left_as_it_is_and_named(root: Path) -> None:
    path = only_warc(root)
    line = archive(root).snapshots("https://example.com/")[0]
    content = bytearray(path.read_bytes())
    content[line.offset + 60] ^= 4
    path.write_bytes(content)
    archive(root).mend()
    assert path.read_bytes() == content
    assert [(one.file, one.offset, one.uri) for one in integrity(root).damage] == [
        (line.warc, line.offset, "https://example.com/")
    ]


def test_a_line_that_somebody_took_out_stays_out(root: Path) -> None:
    path = root / "snapshots.jsonl"
    path.write_text("".join(path.read_text().splitlines(keepends=True)[1:]))
    assert archive(root).mend() == ()
    assert len(archive(root).snapshots()) == 2


def test_mending_waits_for_the_run_that_writes(root: Path) -> None:
    with archive(root).open_for_writing() as writer:
        writer.save(landing(exchange("https://example.net/", minutes=9)))
        with pytest.raises(ArchiveError, match="is being written by"):
            archive(root).mend()
    assert len(archive(root).snapshots()) == 4


def test_the_command_tells_what_it_did_and_fails_while_damage_remains(root: Path) -> None:
    def recover() -> subprocess.CompletedProcess[str]:
        return run_command(root.parent, "archive", "--recover", "--archive", str(root))

    lose_index(root)
    done = recover()
    assert (done.returncode, done.stdout) == (
        0,
        "indexes/index.cdxj was made anew from the WARC files.\nThe archive is sound: 12 records, 3 captures.\n",
    )
    path = only_warc(root)
    content = bytearray(path.read_bytes())
    content[-30] ^= 1
    path.write_bytes(content)
    done = recover()
    assert done.returncode == 1
    assert "2 faults cannot be mended; restore these from a backup or from git:\n- warcs/" in done.stdout
    assert done.stdout.count("(https://example.org/speech): ") == 2
