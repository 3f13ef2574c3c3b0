"""Directories and patterns leave out what .gitignore does; what is named is read."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest

from linkcheck import documents
from linkcheck.model import Document


def names(*arguments: object) -> list[str]:
    found = documents.read_all([str(each) for each in arguments], stdin=io.BytesIO())
    return [Path(each.name).name for each in found if isinstance(each, Document)]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for place in ("a.md", "draft.md", "build/b.md", "docs/c.md", "docs/draft.md", "docs/old/d.md", "docs/keep.tmp.md"):
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("https://a.example/")
    (tmp_path / ".gitignore").write_text("build/\n/draft.md\n*.tmp.md\n# a comment\n\n")
    (tmp_path / "docs" / ".gitignore").write_text("old\n!keep.tmp.md\n")
    return tmp_path


def test_a_directory_is_read_without_what_its_ignore_files_name(tree: Path) -> None:
    assert names(tree) == ["a.md", "c.md", "draft.md", "keep.tmp.md"]


def test_a_pattern_is_held_to_the_same(tree: Path) -> None:
    assert sorted(names(f"{tree}/**/*.md")) == ["a.md", "c.md", "draft.md", "keep.tmp.md"]


def test_what_is_named_is_read_whatever_ignores_it(tree: Path) -> None:
    assert names(tree / "draft.md", tree / "docs" / "old" / "d.md") == ["draft.md", "d.md"]


def test_the_ignore_files_above_count_within_a_repository_and_a_named_directory_is_read(tree: Path) -> None:
    (tree / "docs" / ".gitignore").unlink()
    assert names(tree / "docs") == ["c.md", "draft.md", "keep.tmp.md", "d.md"]
    (tree / ".git" / "info").mkdir(parents=True)
    (tree / ".git" / "info" / "exclude").write_text("c.md\n")
    assert names(tree / "docs") == ["draft.md", "d.md"]
    assert names(tree / "build") == ["b.md"]


def test_git_itself_agrees(tree: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tree)], check=True)
    listed = subprocess.run(
        ["git", "-C", str(tree), "ls-files", "--others", "--exclude-standard", "*.md"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert sorted(Path(each).name for each in listed) == sorted(names(tree))


def test_an_ignore_file_that_is_none_ignores_nothing(tree: Path) -> None:
    (tree / ".gitignore").write_bytes(b"\xff\xfe!\n[z-a]\n!\nbuild/\n")
    assert "a.md" in names(tree)
    assert "b.md" not in names(tree)


def test_of_what_lies_in_a_directory_one_file_may_be_taken_back(tree: Path) -> None:
    (tree / ".gitignore").write_text("docs/**\n!docs/c.md\n")
    (tree / "docs" / ".gitignore").unlink()
    assert names(tree) == ["a.md", "b.md", "c.md", "draft.md"]
    test_git_itself_agrees(tree)
