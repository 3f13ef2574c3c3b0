"""Files, directories, patterns, standard input and URLs are read alike; a bad one does not stop the others."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import threading
from pathlib import Path

import pytest

from linkcheck import documents
from linkcheck.model import Document, Problem

URL = "https://a.example/"


def read(*arguments: object, stdin: bytes = b"") -> list[Document | Problem]:
    return list(documents.read_all([str(each) for each in arguments], stdin=io.BytesIO(stdin)))


def names(found: list[Document | Problem]) -> list[str]:
    return [Path(each.name).name for each in found if isinstance(each, Document)]


def problem(found: list[Document | Problem]) -> Problem:
    (only,) = found
    assert isinstance(only, Problem)
    return only


def document(found: list[Document | Problem]) -> Document:
    (only,) = found
    assert isinstance(only, Document)
    return only


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    places = (
        "b.md a.txt c.png z/deep/d.html .hidden/e.md node_modules/f.md venv/g.md archive/h.md archive/warcs/i.txt .j.md"
    )
    for place in places.split():
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(URL)
    (tmp_path / "venv" / "pyvenv.cfg").touch()
    return tmp_path


def test_a_directory_is_read_in_order_without_what_nobody_wrote(tree: Path) -> None:
    assert names(read(tree)) == ["a.txt", "h.md", "b.md", "d.html"]


def test_an_archive_of_ours_is_not_read_for_its_sources(tree: Path) -> None:
    (tree / "archive" / "snapshots.jsonl").touch()
    assert "h.md" not in names(read(tree))


def test_a_pattern_reaches_subdirectories_and_skips_the_same(tree: Path) -> None:
    assert names(read(f"{tree}/**/*.md")) == ["h.md", "b.md"]
    assert names(read(f"{tree}/*")) == ["a.txt", "b.md"]
    assert names(read(f"{tree}/z/**/*.htm?")) == ["d.html"]


def test_a_pattern_relative_to_the_working_directory(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree)
    assert [each.name for each in read("z/**/*.html") if isinstance(each, Document)] == ["z/deep/d.html"]


def test_a_file_whose_name_looks_like_a_pattern_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "notes[1].txt").write_text("x")
    assert names(read(tmp_path / "notes[1].txt")) == ["notes[1].txt"]


def test_a_file_given_twice_is_read_once(tree: Path) -> None:
    (tree / "link.md").symlink_to(tree / "b.md")
    assert names(read(tree / "b.md", tree / "link.md", f"{tree}/b*", tree / "z", tree / "z")) == ["b.md", "d.html"]


def test_directories_that_link_in_a_circle_end(tree: Path) -> None:
    (tree / "z" / "up").symlink_to(tree)
    assert names(read(tree / "z")) == ["d.html"]


def test_a_pipe_in_a_directory_is_no_document_and_holds_nobody_up(tree: Path) -> None:
    pipe = tree / "z" / "pipe.html"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=("<a href='https://a.example/'>x</a>",))
    writer.start()
    try:
        assert names(read(tree / "z")) == ["d.html"]
        assert names(read(f"{tree}/z/**/*.html")) == ["d.html"]
        reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        writer.join()
        os.close(reader)
        writer = threading.Thread(target=pipe.write_text, args=("<a href='https://a.example/'>x</a>",))
        writer.start()
        assert names(read(pipe)) == ["pipe.html"]  # as <(command) of a shell is one
    finally:
        reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        writer.join()
        os.close(reader)


def test_urls_become_one_list_in_the_place_of_the_first(tree: Path) -> None:
    found = read(URL, tree / "a.txt", " ftp://b.example/x ")
    assert [(each.name, each.format) for each in found if isinstance(each, Document)] == [
        ("<arguments>", "sources"),
        (str(tree / "a.txt"), "sources"),
    ]
    assert isinstance(found[0], Document)
    assert found[0].text == f"{URL}\nftp://b.example/x\n"


def test_a_dash_is_standard_input_read_once() -> None:
    found = document(read("-", "-", stdin=b"Words and https://a.example/"))
    assert (found.name, found.format, found.content) == ("<stdin>", "text", b"Words and https://a.example/")


def test_a_missing_file_is_a_problem_and_the_others_are_read(tree: Path) -> None:
    found = read(tree / "missing.md", tree / "b.md")
    assert isinstance(found[0], Problem)
    assert "no such file" in found[0].message
    assert names(found) == ["b.md"]


@pytest.mark.parametrize(
    ("argument", "words"),
    [
        ("empty", "holds no documents"),
        ("empty/*.md", "no document matches"),
        ("a.txt/b", "cannot be read"),
        ("\0", "cannot be read"),
    ],
)
def test_what_leads_to_no_document_is_named(tree: Path, argument: str, words: str) -> None:
    (tree / "empty").mkdir()
    assert words in problem(read(tree / argument)).message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_a_problem(tree: Path) -> None:
    (tree / "b.md").chmod(0)
    assert "permission denied" in problem(read(tree / "b.md")).message


def test_invalid_utf_8_is_named_by_byte_and_line(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"one\r\ntwo \xc3\xa9\r\ncaf\xe9\n")
    found = problem(read(path))
    assert found.line == 3
    assert "byte 16 (0xe9, line 3); save it as UTF-8" in found.message


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("cp1252", "café"),
        ("cp1252", "Er sagte „das geht so nicht“ und schwieg – für immer."),
        ("cp1251", "Правительство заявило, что переговоры возможны только после прекращения огня и вывода войск."),
        ("shift_jis", "政府は昨日、交渉は停戦と部隊の撤退の後でのみ可能であると発表した。詳しくは次を参照。"),
    ],
)
def test_what_is_no_utf_8_and_says_nothing_is_read_as_what_it_seems_to_be(encoding: str, words: str) -> None:
    text = f"{words} {URL} {words}"
    found = document(read("-", stdin=text.encode(encoding)))
    assert URL in found.text
    assert found.encoding
    if encoding != "cp1251":
        assert found.text == text


def test_utf_8_says_nothing_of_its_encoding() -> None:
    assert document(read("-", stdin="é".encode())).encoding == ""


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("a.md", "<!-- -*- coding: latin-1 -*- -->"),
        ("a.txt", "# -*- coding: iso-8859-1 -*-"),
        ("a.tex", "\\documentclass{article}\n\\usepackage[latin1]{inputenc}"),
        ("a.rss", "<?xml version='1.0' encoding='ISO-8859-1'?>"),
    ],
)
def test_other_texts_declare_their_encoding_too(tmp_path: Path, name: str, head: str) -> None:
    (tmp_path / name).write_bytes(f"{head}\né".encode("latin-1"))
    found = document(read(tmp_path / name))
    assert (found.text[-1], found.encoding) == ("é", "")


@pytest.mark.parametrize("kind", [b"PK\x03\x04x", b"\x89PNG\r\n", b"\x00\x01\x02\x03", "hello".encode("utf-32-le")])
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, kind: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(kind)
    assert problem(read(path)).line == 0


def test_a_document_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "LARGEST", 1024 * 1024)
    assert document(read("-", stdin=b"x" * 1024 * 1024))
    assert "larger than 1 MB" in problem(read("-", stdin=b"x" * (1024 * 1024 + 1))).message


@pytest.mark.parametrize(
    "content",
    [
        codecs.BOM_UTF8 + "é".encode(),
        codecs.BOM_UTF16_LE + "é".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "é".encode("utf-16-be"),
        codecs.BOM_UTF32_LE + "é".encode("utf-32-le"),
    ],
)
def test_a_byte_order_mark_tells_the_encoding_and_is_no_part_of_the_text(content: bytes) -> None:
    assert document(read("-", stdin=content)).text == "é"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_bytes_that_are_numbers_are_no_utf_16_though_every_other_is_zero(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("\x01\x02A".encode(encoding) * 90)
    (problem,) = read(tmp_path / "a.md")
    assert isinstance(problem, Problem)
    assert "no text" in problem.message


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_told_by_its_zeros(encoding: str) -> None:
    text = "Prüfung — see https://a.example/b “now”\r\n"
    found = document(read("-", stdin=text.encode(encoding)))
    assert (found.text, found.encoding) == (text, encoding)
    assert problem(read("-", stdin=f"a\0b{text}".encode(encoding)))


@pytest.mark.parametrize(
    "head",
    [
        b'<meta charset="iso-8859-1">',
        b"<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=windows-1252'>",
        b"<?xml version='1.0' encoding='latin1'?>",
    ],
)
def test_a_web_page_is_read_in_the_character_set_it_declares(tmp_path: Path, head: bytes) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(head + b"<p>caf\xe9 \x93quoted\x94")
    assert document(read(path)).text.endswith("café “quoted”")


@pytest.mark.parametrize("charset", [b"martian", b"base64"])
def test_a_character_set_that_is_none_is_named(charset: bytes) -> None:
    found = problem(read("-", stdin=b"<html><meta charset=" + charset + b">"))
    assert charset.decode() in found.message


def test_a_nul_in_a_text_is_no_reason_to_refuse_it() -> None:
    assert document(read("-", stdin=b"a long enough text \x00 and more")).text.count("\0") == 1


def test_a_gzipped_text_is_read_as_what_is_in_it(tmp_path: Path) -> None:
    packed = tmp_path / "sitemap.xml.gz"
    packed.write_bytes(gzip.compress(b"<urlset><url><loc>https://a.example/</loc></url>") + gzip.compress(b"</urlset>"))
    found = document(read(packed))
    assert (found.format, found.text[:8], found.name) == ("sitemap", "<urlset>", str(packed))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (gzip.compress(b" " * (documents.LARGEST + 1)), "unpacks to more than"),
        (gzip.compress(b"https://a.example/ " * 100)[:-9], "cut short"),
        (b"\x1f\x8bnonsense", "broken"),
        (gzip.compress(gzip.compress(b"https://a.example/")), "a gzip file in a gzip file"),
    ],
    ids=["too-large", "cut-short", "broken", "twice"],
)
def test_a_gzip_file_that_cannot_be_unpacked_is_a_problem(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "a.txt.gz").write_bytes(content)
    assert said in problem(read(tmp_path / "a.txt.gz")).message


@pytest.mark.parametrize("name", ["", " "])
def test_an_empty_name_is_no_folder(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text("https://example.org/\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert list(documents.read_all([name])) == [
        Problem("<arguments>", 0, "the name of a document is empty; write . for this folder")
    ]
