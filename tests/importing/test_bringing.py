"""Captures of other tools: what is taken in, what is left out and said, and that a broken file changes nothing."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import shutil
import uuid
import zipfile
from pathlib import Path

import pytest

from linkcheck.archives import wacz
from linkcheck.archives.captures import found_in
from linkcheck.archives.reading import Record, facts, scan
from linkcheck.archives.verify import integrity
from linkcheck.errors import InputError
from linkcheck.importing import bringing
from linkcheck.importing.bringing import Imported
from linkcheck.model import Snapshot
from tests.archives.builders import TOOL, archive, only_warc, sample
from tests.command import run as run_command

PAGE = b"<html><title>Speech</title><p>without preconditions</p></html>"
HTML = "Content-Type: text/html; charset=utf-8\r\n"


def sha1(body: bytes) -> str:
    """As most tools write it."""
    return "sha1:" + base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()


def record(kind: str, uri: str, block: bytes, *fields: str, date: str = "2020-02-03T04:05:06Z") -> bytes:
    """A record as other tools write them: WARC/1.0, SHA-1 in base32."""
    about = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: {date}\r\nWARC-Target-URI: {uri}\r\n"
    about += "".join(f"{field}\r\n" for field in (*fields, f"WARC-Block-Digest: {sha1(block)}"))
    return about.encode() + b"Content-Length: %d\r\n\r\n" % len(block) + block + b"\r\n\r\n"


def visit(
    uri: str, body: bytes = PAGE, *, status: str = "200 OK", head: str = HTML, verb: str = "GET", digest: str = ""
) -> list[bytes]:
    """A response and its request."""
    identity = f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, uri + verb)}>"
    answered = f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body
    asked = f"{verb} / HTTP/1.1\r\nHost: example.org\r\nCookie: k=secret\r\n\r\n".encode()
    return [
        record(
            "response", uri, answered, f"WARC-Record-ID: {identity}", "WARC-IP-Address: 192.0.2.1",
            "Content-Type: application/http; msgtype=response", f"WARC-Payload-Digest: {digest or sha1(body)}",
        ),
        record("request", uri, asked, f"WARC-Concurrent-To: {identity}", "Content-Type: application/http"),
    ]  # fmt: skip


def crawl(path: Path, *, packed: bool = True) -> Path:
    speech = "https://example.org/speech"
    written = [
        record("warcinfo", "", b"software: another tool\r\n"),
        *visit("http://example.org/old", b"", status="301 Moved", head=f"Location: {speech}\r\n"),
        *visit(speech),
        *visit("https://example.org/logo.png", b"\x89PNG", head="Content-Type: image/png\r\n"),
        *visit("https://example.org/gone", b"<p>gone</p>", status="404 Not Found"),
        *visit("https://example.org/form", b"<p>thanks</p>", verb="POST"),
        record(
            "revisit", speech, f"HTTP/1.1 200 OK\r\n{HTML}\r\n".encode(), f"WARC-Payload-Digest: {sha1(PAGE)}",
            f"WARC-Refers-To-Target-URI: {speech}", "WARC-Refers-To-Date: 2020-02-03T04:05:06Z",
            date="2021-01-01T00:00:00Z",
        ),
        record("resource", "urn:log", b"a log"),
    ]  # fmt: skip
    path.write_bytes(b"".join(gzip.compress(one, mtime=0) if packed else one for one in written))
    return path


def tree(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def lines(root: Path) -> list[tuple[str, str, str]]:
    return [(line.uri_r, line.final_url, line.captured_at.isoformat()[:19]) for line in archive(root).snapshots()]


@pytest.mark.parametrize("packed", [True, False])
def test_pages_become_snapshots_and_every_answer_becomes_a_record(tmp_path: Path, packed: bool) -> None:
    root = tmp_path / "archive"
    got = bringing.bring_in(archive(root), [crawl(tmp_path / "crawl.warc", packed=packed)], None)
    assert (got.responses, got.snapshots, got.known) == (6, 3, 0)
    assert got.notes == (
        "Left out (1): resource record; only what a server answered is taken in.",
        "Left out (1): response to a POST request; its address alone does not bring it.",
    )
    speech = "https://example.org/speech"
    assert lines(root) == [
        ("http://example.org/old", speech, "2020-02-03T04:05:06"),
        (speech, speech, "2020-02-03T04:05:06"),
        (speech, speech, "2021-01-01T00:00:00"),
    ]
    found = integrity(root)
    assert (found.damage, found.notes, found.captures) == ((), (), 3)
    for line in archive(root).snapshots():
        kept = archive(root).exchange_at(line.warc, line.offset)
        assert kept is not None
        assert (kept.body, line.title, line.status) == (PAGE, "Speech", 200)
        assert line.fingerprint
        assert line.digest == f"sha256:{hashlib.sha256(PAGE).hexdigest()}"
    assert b"secret" not in b"".join(
        gzip.decompress(content) for name, content in tree(root).items() if "warcs" in name
    )


def test_where_a_capture_came_from_stands_beside_it(tmp_path: Path) -> None:
    root, path = tmp_path / "archive", crawl(tmp_path / "crawl.warc.gz")
    bringing.bring_in(archive(root), [path], None)
    records = [record for record in scan(only_warc(root)) if isinstance(record, Record)]
    digest = f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    assert facts(records[0])["imported-from"] == f"crawl.warc.gz {digest}"
    said = [facts(record) for record in records if record.kind == "metadata"]
    assert {(one["imported-from"], one["imported-file-digest"]) for one in said} == {("crawl.warc.gz", digest)}
    assert all(int(one["imported-offset"]) for one in said)
    assert [one["imported-record-id"][:10] for one in said] == ["<urn:uuid:", "<urn:uuid:", ""]


def test_only_what_is_cited_is_listed_where_documents_are_named(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    cited = frozenset({"http://example.org/old", "https://example.org/gone"})
    got = bringing.bring_in(archive(root), [crawl(tmp_path / "crawl.warc.gz")], cited)
    assert (got.responses, got.snapshots) == (5, 1)
    assert lines(root) == [("http://example.org/old", "https://example.org/speech", "2020-02-03T04:05:06")]


def test_an_import_can_be_repeated_and_changes_nothing(tmp_path: Path) -> None:
    root, path = tmp_path / "archive", crawl(tmp_path / "crawl.warc.gz")
    bringing.bring_in(archive(root), [path], None)
    before = tree(root)
    got = bringing.bring_in(archive(root), [path], None)
    assert (got.responses, got.snapshots, got.known) == (0, 0, 5)
    assert tree(root) == before


CHUNKED = "Transfer-Encoding: chunked\r\n"
CHUNKS = b"1f\r\n" + PAGE[:31] + b"\r\n1f\r\n" + PAGE[31:] + b"\r\n0\r\nX-T: 1\r\n\r\n"


@pytest.mark.parametrize("digest_of", [CHUNKS, PAGE], ids=["with chunks", "without"])
def test_chunks_are_taken_off_whichever_way_their_digest_was_taken(tmp_path: Path, digest_of: bytes) -> None:
    assert len(PAGE) == 62
    path = tmp_path / "chunked.warc"
    path.write_bytes(visit("https://example.org/", CHUNKS, head=HTML + CHUNKED, digest=sha1(digest_of))[0])
    root = tmp_path / "archive"
    bringing.bring_in(archive(root), [path], None)
    (line,) = archive(root).snapshots()
    kept = archive(root).exchange_at(line.warc, line.offset)
    assert kept is not None
    assert (kept.body, kept.truncated) == (PAGE, "")
    assert ("X-Archive-Orig-Transfer-Encoding", "chunked") in kept.headers or b"X-Archive-Orig-Transfer" in kept.head


def test_a_body_whose_last_chunk_never_came_is_marked_as_cut(tmp_path: Path) -> None:
    path = tmp_path / "cut.warc"
    path.write_bytes(visit("https://example.org/", CHUNKS[:60], head=HTML + CHUNKED)[0])
    root = tmp_path / "archive"
    bringing.bring_in(archive(root), [path], None)
    (line,) = archive(root).snapshots()
    kept = archive(root).exchange_at(line.warc, line.offset)
    assert kept is not None
    assert kept.truncated == "unspecified"
    assert PAGE.startswith(kept.body)


def arc() -> list[bytes]:
    about = b"1 0 Tool\nURL IP-address Archive-date Content-type Archive-length\n"
    page = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
    return [
        b"filedesc://old.arc 0.0.0.0 20080430204825 text/plain %d\n" % len(about) + about + b"\n",
        b"dns:example.org 192.0.2.1 20080430204825 text/dns 8\n20080430\n",
        b"http://example.org/ 192.0.2.1 20080430204826 text/html %d\n" % len(page) + page + b"\n",
    ]


@pytest.mark.parametrize("packed", [False, True])
def test_arc_files_are_read_as_well(tmp_path: Path, packed: bool) -> None:
    path, root = tmp_path / "old.arc", tmp_path / "archive"
    path.write_bytes(b"".join(gzip.compress(record) if packed else record for record in arc()))
    got = bringing.bring_in(archive(root), [path], None)
    assert (got.responses, got.snapshots) == (1, 1)
    assert lines(root) == [("http://example.org/", "http://example.org/", "2008-04-30T20:48:26")]
    assert integrity(root).damage == ()


def test_a_whole_file_in_one_gzip_member_is_read(tmp_path: Path) -> None:
    path, root = tmp_path / "crawl.warc.gz", tmp_path / "archive"
    path.write_bytes(gzip.compress(crawl(tmp_path / "plain", packed=False).read_bytes()))
    assert bringing.bring_in(archive(root), [path], None).snapshots == 3


def test_a_wacz_of_ours_comes_back_with_the_same_lines(tmp_path: Path) -> None:
    sample(tmp_path / "one")
    wacz.export(tmp_path / "one", tmp_path / "one.wacz", TOOL)
    got = bringing.bring_in(archive(tmp_path / "two"), [tmp_path / "one.wacz"], None)
    assert got.snapshots == 4  # The redirect, and three pages that its list names.

    def told(root: Path) -> set[tuple[object, ...]]:
        lines = archive(root).snapshots()
        return {(line.uri_r, line.captured_at, line.digest, line.status, line.length) for line in lines}

    assert told(tmp_path / "one") <= told(tmp_path / "two")


def test_of_a_wacz_only_the_pages_it_lists_become_snapshots(tmp_path: Path) -> None:
    path = tmp_path / "some.wacz"
    with zipfile.ZipFile(path, "w") as packed:
        packed.write(crawl(tmp_path / "crawl.warc.gz"), "archive/crawl.warc.gz")
        page = {"url": "https://example.org/speech", "ts": "2021-01-01T00:00:00.000Z"}
        packed.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0"}\n' + json.dumps(page) + "\n")
    root = tmp_path / "archive"
    bringing.bring_in(archive(root), [path], None)
    assert [moment for _, _, moment in lines(root)] == ["2021-01-01T00:00:00"]


# ---------------------------------------------------------------- broken files


def refused(root: Path, *files: Path) -> str:
    """What is said of files that cannot be believed; nothing may be there afterwards."""
    with pytest.raises(InputError) as told:
        bringing.bring_in(archive(root), files, None)
    assert not root.exists()
    return str(told.value)


ONE = visit("https://example.org/")[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"hello there\n", "record 1 at offset 0: neither a WARC nor an ARC record begins here"),
        (b"\x04\x22\x4d\x18....", "packed with lz4"),
        (b"\n\r\n", "there is no record in it"),
        (ONE[:-70], "record 1 at offset 0 (https://example.org/): the file ends 66 bytes before this record does"),
        (ONE[:100], "record 1 at offset 0: it has no Content-Length"),
        (ONE.replace(b"Content-Length: 1", b"Content-Length: x"), "its Content-Length is no number: 'x"),
        (ONE.replace(b"WARC-Date: 2020", b"WARC-Date: twice"), "its date is none: 'twice"),
        (ONE.replace(b"WARC-Type: response\r\n", b""), "it has no WARC-Type"),
        (ONE.replace(b"preconditions", b"Preconditions"), "its bytes do not fit its WARC-Block-Digest"),
        (ONE + b"rest of something", f"record 2 at offset {len(ONE)}: no WARC record begins here"),
        (ONE.replace(b"</html>", b"</html>longer"), "its Content-Length is false"),
        (visit("https://example.org/", digest=sha1(b"other"))[0], "its bytes do not fit its WARC-Payload-Digest"),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_with_record_offset_and_reason(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "broken.warc"
    path.write_bytes(content)
    told = refused(tmp_path / "archive", path)
    assert told.startswith("broken.warc: ")
    assert said in told


def test_one_broken_file_keeps_the_others_out(tmp_path: Path) -> None:
    broken = tmp_path / "broken.warc"
    broken.write_bytes(b"nothing")
    refused(tmp_path / "archive", crawl(tmp_path / "good.warc.gz"), broken)


def test_a_packed_file_cut_anywhere_but_between_records_is_refused(tmp_path: Path) -> None:
    path = crawl(tmp_path / "crawl.warc.gz")
    content = path.read_bytes()
    whole = {at for at in range(len(content)) if content[at:].startswith(b"\x1f\x8b\x08")}
    for cut in range(2, len(content), 37):
        if cut not in whole:
            path.write_bytes(content[:cut])
            assert "the file ends in the middle of the gzip member at offset" in refused(tmp_path / "archive", path)


def test_a_wacz_changed_anywhere_is_refused_or_gives_the_very_same(tmp_path: Path) -> None:
    """What nothing reads, such as a date in the zip, may differ; no record, page or digest may."""
    sample(tmp_path / "one")
    path, root = tmp_path / "one.wacz", tmp_path / "two"
    wacz.export(tmp_path / "one", path, TOOL)
    bringing.bring_in(archive(root), [path], None)
    same, content, refusals = lines(root), path.read_bytes(), 0
    for place in range(0, len(content), 61):
        changed = bytearray(content)
        changed[place] ^= 1 << place % 8
        path.write_bytes(changed)
        shutil.rmtree(root)
        try:
            bringing.bring_in(archive(root), [path], None)
        except InputError:
            assert not root.exists()
            refusals += 1
            root.mkdir()
        else:
            assert lines(root) == same, place
    assert refusals > 80


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("pages/pages.jsonl", "one.wacz!pages/pages.jsonl: its bytes do not fit the digest in datapackage.json"),
        ("datapackage.json", "one.wacz!datapackage.json: its bytes do not fit datapackage-digest.json"),
    ],
)
def test_a_wacz_packed_anew_around_a_changed_entry_is_refused(tmp_path: Path, entry: str, said: str) -> None:
    """Its zip checksums fit then; only its own digests tell."""
    sample(tmp_path / "one")
    wacz.export(tmp_path / "one", tmp_path / "true.wacz", TOOL)
    with zipfile.ZipFile(tmp_path / "true.wacz") as true, zipfile.ZipFile(tmp_path / "one.wacz", "w") as changed:
        for name in true.namelist():
            content = true.read(name)
            changed.writestr(name, content.replace(b"e", b"E", 1) if name == entry else content)
    assert refused(tmp_path / "two", tmp_path / "one.wacz") == said


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "absent.warc: cannot be read" in refused(tmp_path / "archive", tmp_path / "absent.warc")


def test_the_last_record_of_a_run_that_is_imported_gives_its_snapshot_from_the_warc_alone(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    bringing.bring_in(archive(root), [crawl(tmp_path / "crawl.warc.gz")], None)
    path = only_warc(root)
    alone = {line for line in found_in(scan(path), f"warcs/{path.name}") if isinstance(line, Snapshot)}
    assert alone == set(archive(root).snapshots())


def test_the_command_takes_files_and_documents_and_tells_what_it_did(tmp_path: Path) -> None:
    crawl(tmp_path / "one.warc.gz")
    crawl(tmp_path / "two.warc")
    (tmp_path / "sources.txt").write_text("https://example.org/speech\n")

    def command(*arguments: str) -> tuple[int, str]:
        ran = run_command(tmp_path, "archive", *arguments)
        return ran.returncode, ran.stdout + ran.stderr

    code, said = command("--import", "one.warc.gz", "two.warc", "sources.txt")
    assert (code, said.splitlines()[0]) == (
        0,
        "one.warc.gz, two.warc: 5 responses taken into archive, 2 snapshots listed in snapshots.jsonl.",
    )
    assert command("--wacz", "out.wacz") == (0, "out.wacz: 2 pages in 1 WARC file, as WACZ 1.1.1.\n")
    before = tree(tmp_path / "archive")
    (tmp_path / "broken.warc").write_bytes(ONE[:-70])
    code, said = command("--import", "broken.warc")
    assert code == 2
    assert "broken.warc: record 1 at offset 0 (https://example.org/): the file ends 66 bytes before" in said
    assert tree(tmp_path / "archive") == before
    assert command("--recover", "--wacz", "out.wacz")[0] == command("--recover", "sources.txt")[0] == 2


CORPUS = Path(os.environ.get("LINKCHECK_CORPUS", Path(__file__).parents[2].parent / "shared" / "corpus"))


def test_files_of_many_tools_are_taken_in_whole_or_refused_in_words(tmp_path: Path) -> None:
    manifest = CORPUS / "06_warc" / "manifest.json"
    if not manifest.exists():
        pytest.skip("the corpus of other tools' files is not here (LINKCHECK_CORPUS names its folder)")
    taken = 0
    for number, row in enumerate(json.loads(manifest.read_text())):
        root = tmp_path / str(number)
        try:
            got: Imported = bringing.bring_in(archive(root), [CORPUS / row["file"]], None)
        except InputError as error:
            said = str(error)
        else:
            said = ""
        if said:
            assert said.startswith(Path(row["file"]).name), row
            assert not root.exists(), row
            continue
        taken += 1
        assert integrity(root).damage == (), row
        assert got.responses or got.notes, row
    assert taken >= 30
