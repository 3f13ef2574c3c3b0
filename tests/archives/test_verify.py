"""Integrity: what was changed is found and named; what is sound is not accused."""

from __future__ import annotations

import json
import shutil
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from linkcheck.archives.reading import scan
from linkcheck.archives.verify import Damage, integrity
from linkcheck.model import FailureKind, Look
from tests.archives.builders import NOON, archive, exchange, landing, only_warc, sample


@pytest.fixture
def root(tmp_path: Path) -> Path:
    sample(tmp_path)
    return tmp_path


def test_an_untouched_archive_is_sound(root: Path) -> None:
    found = integrity(root)
    assert (found.damage, found.notes, found.records, found.captures) == ((), (), 12, 3)


def test_bad_looks_in_the_lock_file_are_no_damage(root: Path) -> None:
    with archive(root).open_for_writing() as writer:
        writer.note_looks("https://example.org/speech", [Look(NOON, None, FailureKind.TIMEOUT)])
    assert '"looks": [{"at": "2026-11-23T12:00:00Z"' in (root / "snapshots.jsonl").read_text()
    assert (integrity(root).damage, integrity(root).notes) == ((), ())


def test_no_archive_at_all_is_sound_too(tmp_path: Path) -> None:
    found = integrity(tmp_path / "nothing")
    assert (found.damage, found.notes, found.records) == ((), (), 0)


@pytest.mark.parametrize(("step", "with_lists"), [(1, False), (7, True)], ids=["bare", "with lists"])
def test_any_changed_byte_is_found_and_its_record_named(root: Path, step: int, with_lists: bool) -> None:
    path = only_warc(root)
    if not with_lists:
        for other in ("indexes", "pages"):
            shutil.rmtree(root / other)
        (root / "snapshots.jsonl").unlink()
    content = path.read_bytes()
    records = list(scan(path))
    for record in records:
        for place in range(record.offset, record.offset + record.length, step):
            changed = bytearray(content)
            changed[place] ^= 1 << place % 8
            path.write_bytes(changed)
            damage = integrity(root).damage
            assert (f"warcs/{path.name}", record.offset) in [(one.file, one.offset) for one in damage], place
    path.write_bytes(content)
    assert integrity(root).damage == ()


def test_the_damaged_source_is_named(root: Path) -> None:
    path = only_warc(root)
    line = archive(root).snapshots("https://example.com/")[0]
    for place in (line.offset, line.offset + 30, line.offset + 350):
        content = path.read_bytes()
        changed = bytearray(content)
        changed[place] ^= 255
        path.write_bytes(changed)
        (damage,) = integrity(root).damage
        assert (damage.offset, damage.uri) == (line.offset, "https://example.com/")
        assert str(damage).startswith(f"warcs/{path.name} at offset {line.offset} (https://example.com/): ")
        path.write_bytes(content)


def test_a_file_cut_anywhere_is_found(root: Path) -> None:
    path = only_warc(root)
    content = path.read_bytes()
    borders = {record.offset for record in scan(path)}
    for cut in sorted({*range(0, len(content), 61), *borders}):
        path.write_bytes(content[:cut])
        assert integrity(root).damage, cut


@pytest.mark.parametrize("extra", [b"\0", b"\n", b"\x1f\x8b", bytes(5000)], ids=["nul", "newline", "gzip", "zeros"])
def test_bytes_put_before_or_after_are_found(root: Path, extra: bytes) -> None:
    path = only_warc(root)
    content = path.read_bytes()
    path.write_bytes(content + extra)
    assert [(one.offset, one.uri) for one in integrity(root).damage] == [(len(content), "")]
    path.write_bytes(extra + content)
    assert integrity(root).damage[0].offset == 0


def test_a_record_taken_out_whole_is_found(root: Path) -> None:
    path = only_warc(root)
    content = path.read_bytes()
    for record in scan(path):
        if record.offset:
            path.write_bytes(content[: record.offset] + content[record.offset + record.length :])
            assert integrity(root).damage, record


def test_a_missing_file_is_damage_while_others_are_here(root: Path) -> None:
    path = only_warc(root)
    with archive(root).open_for_writing() as writer:
        writer.save(landing(exchange("https://example.net/", b"other", minutes=9)))
    path.unlink()
    shutil.rmtree(root / "indexes")
    shutil.rmtree(root / "pages")
    damage = integrity(root).damage
    assert {one.uri for one in damage} == {
        "https://example.com/",
        "https://example.org/old",
        "https://example.org/speech",
    }
    assert {one.message for one in damage} == {"snapshots.jsonl names this file, and it is not here"}


def test_a_revisit_without_its_original_is_damage(root: Path) -> None:
    path = only_warc(root)
    (first,) = archive(root).snapshots("https://example.org/old")
    with archive(root).open_for_writing() as writer:
        again = writer.save(landing(exchange(minutes=9)))
    path.unlink()
    messages = [one.message for one in integrity(root).damage if one.file == again.warc]
    assert messages == [f"its body is kept in {first.warc} at offset {first.offset}, and is not there or is damaged"]


def test_a_fresh_checkout_without_warc_files_is_told_once_and_is_no_damage(root: Path) -> None:
    only_warc(root).unlink()
    found = integrity(root)
    assert found.damage == ()
    assert found.notes == ("No WARC files are here, so 3 of our own captures could not be verified.",)


def test_index_and_page_list_may_be_absent(root: Path) -> None:
    shutil.rmtree(root / "indexes")
    shutil.rmtree(root / "pages")
    assert integrity(root).damage == ()


@pytest.mark.parametrize("listed", ["indexes/index.cdxj", "pages/pages.jsonl"])
def test_any_changed_byte_of_index_and_page_list_is_found(root: Path, listed: str) -> None:
    path = root / listed
    content = path.read_bytes()
    for place in range(0, len(content), 7):
        changed = bytearray(content)
        changed[place] ^= 1 << place % 8
        path.write_bytes(changed)
        (damage,) = integrity(root).damage
        assert damage.file == listed
        assert "the next `linkcheck archive` writes it anew" in damage.message


def double_last_line(content: bytes) -> bytes:
    return content + content.splitlines(keepends=True)[-1]


def empty(content: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("change", [double_last_line, empty])
def test_an_index_with_all_lines_but_not_as_written_is_found(root: Path, change: Callable[[bytes], bytes]) -> None:
    path = root / "indexes" / "index.cdxj"
    path.write_bytes(change(path.read_bytes()))
    assert [one.file for one in integrity(root).damage] == ["indexes/index.cdxj"]


def test_a_damaged_record_does_not_accuse_the_index_as_well(root: Path) -> None:
    path = only_warc(root)
    line = archive(root).snapshots("https://example.com/")[0]
    content = bytearray(path.read_bytes())
    content[line.offset + 30] ^= 1
    path.write_bytes(content)
    assert [one.file for one in integrity(root).damage] == [line.warc]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("uri_r", "https://example.com/x"),
        ("uri_m", "warcs/other.warc.gz#1"),
        ("captured_at", "2025-11-23T12:02:00Z"),
        ("archive", "wayback"),
        ("status", 404),
        ("digest", "sha256:" + "0" * 64),
        ("media_type", "text/plain"),
        ("title", "Another"),
        ("fingerprint", "00ff00ff00ff00fe"),
        ("length", 13),
        ("final_url", "https://example.com/y"),
        ("warc", "warcs/other.warc.gz"),
        ("offset", 3000),
        ("tool", "linkcheck 9"),
    ],
)
def test_each_fact_of_a_lock_file_line_is_held_against_the_record(root: Path, key: str, value: object) -> None:
    path = root / "snapshots.jsonl"
    first, *others = path.read_text().splitlines(keepends=True)
    said = {**json.loads(first), key: value}
    del said["check"]  # As somebody would who changes a line on purpose.
    path.write_text(json.dumps(said) + "\n" + "".join(others))
    (damage,) = integrity(root).damage
    assert damage.uri.startswith("https://example.com/")
    assert damage.file.startswith("warcs/")


def test_any_changed_byte_of_the_lock_file_is_found_even_where_no_record_of_ours_stands_behind_it(root: Path) -> None:
    with archive(root).open_for_writing() as writer:
        found = archive(root).snapshots()[0]
        writer.add(found.__class__("https://a.org/", "https://b.org/1", found.captured_at, "wayback", 200, "sha1:A"))
        writer.note_looks("https://c.org/", [Look(found.captured_at, None, FailureKind.TIMEOUT)])
    path = root / "snapshots.jsonl"
    content = path.read_bytes()
    assert content.count(b"\n") == 5
    for without_warcs in (False, True):
        if without_warcs:
            shutil.rmtree(root / "warcs")
        for place in range(0, len(content), 5 if without_warcs else 23):
            changed = bytearray(content)
            changed[place] ^= 1 << place % 8
            path.write_bytes(changed)
            assert {one.file for one in integrity(root).damage} >= {"snapshots.jsonl"}, place
        path.write_bytes(content)
        assert integrity(root).damage == ()


def test_one_bad_line_of_the_lock_file_is_named_and_the_others_are_still_held(root: Path) -> None:
    path = root / "snapshots.jsonl"
    content = bytearray(path.read_bytes())
    content[content.index(b"K\xc3\xbcrze")] ^= 1
    path.write_bytes(content)
    only_warc(root).write_bytes(only_warc(root).read_bytes()[:-40])
    first, second, *_ = integrity(root).damage
    assert (first.file, first.uri) == ("snapshots.jsonl", "https://example.com/")
    assert f"{path}:1: this line was changed after it was written" in first.message
    assert second.file.startswith("warcs/")


def test_a_lock_file_that_cannot_be_read_is_damage_with_its_line(root: Path) -> None:
    path = root / "snapshots.jsonl"
    path.write_text(path.read_text() + "=======\n")
    (damage,) = integrity(root).damage
    assert damage.file == "snapshots.jsonl"
    assert f"{path}:4: a merge was left unfinished here" in damage.message


def test_captures_that_the_lock_file_does_not_list_are_a_note(root: Path) -> None:
    (root / "snapshots.jsonl").unlink()
    found = integrity(root)
    assert found.damage == ()
    assert found.notes == ("3 captures in the WARC files are not listed in snapshots.jsonl.",)


def test_a_file_at_work_is_a_note(root: Path) -> None:
    with archive(root).open_for_writing() as writer:
        writer.save(landing(exchange("https://example.net/", minutes=9)))
        found = integrity(root)
    assert found.damage == ()
    (note,) = found.notes
    assert "is being written, or was left by a run that was cut off" in note


def test_public_mementos_are_not_looked_for_in_our_own_files(root: Path) -> None:
    line = archive(root).snapshots()[0]
    with archive(root).open_for_writing() as writer:
        writer.add(line.__class__("https://a.org/", "https://b.org/1", line.captured_at, "wayback", 200, "sha1:A"))
    assert integrity(root).damage == ()


def test_memory_stays_flat_however_large_the_records(tmp_path: Path) -> None:
    with archive(tmp_path).open_for_writing() as writer:
        for number in range(3):
            writer.save(landing(exchange(f"https://example.org/{number}", bytes(20_000_000))))
    tracemalloc.start()
    assert integrity(tmp_path).damage == ()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


def test_damage_reads_as_a_sentence() -> None:
    assert str(Damage("pages/pages.jsonl", 0, "", "it cannot be read")) == "pages/pages.jsonl: it cannot be read."
