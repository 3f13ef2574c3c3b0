"""The tree that extraction is measured on is the same every time, and says what stands in it."""

from __future__ import annotations

from pathlib import Path

from bench.extract.tree import Written, write


def files(folder: Path) -> tuple[Written, dict[str, str]]:
    written = write(folder, 40, 4_000)
    return written, {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.*"))}


def test_the_tree_is_the_same_every_time(tmp_path: Path) -> None:
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_every_address_that_is_said_to_be_written_stands_in_one_file(tmp_path: Path) -> None:
    written, texts = files(tmp_path)
    assert len(texts) == written.files == 40
    assert sum(len(text.encode()) for text in texts.values()) == written.size
    whole = "\n".join(texts.values()).replace("&amp;", "&")
    assert len(written.urls) > 100
    assert all(url in whole for url in written.urls)
    assert {kind.partition(" in ")[2] for kind in written.urls.values()} == {"Markdown", "HTML"}
