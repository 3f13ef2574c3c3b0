"""--since and --diff: only the citations that a git change adds or touches."""

from __future__ import annotations

import io
import os
import subprocess
from pathlib import Path

import pytest

from linkcheck.conduct import Reading
from linkcheck.errors import InputError
from linkcheck.wiring import Gathered, gather
from tests.extract.packages import word

OLD, NEW, TOUCHED = "https://a.example/old", "https://a.example/new", "https://a.example/touched"


def git(folder: Path, *arguments: str) -> None:
    name = ("-c", "user.name=T", "-c", "user.email=t@a.example", "-c", "commit.gpgsign=false")
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", "-C", str(folder), *name, *arguments], check=True, capture_output=True, env=environment)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text(f"# A\n\n{OLD}\n\nwords {OLD}2\n")
    (tmp_path / "untouched.md").write_text(f"{OLD}3\n")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "one")
    git(tmp_path, "checkout", "-q", "-b", "work")
    (tmp_path / "docs" / "a.md").write_text(f"# A\n\n{OLD}\n\n++ b/docs words {TOUCHED}\n{NEW}\n")
    (tmp_path / "docs" / "ä ö.md").write_text(f"{NEW}/umlaut\n")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "two")
    (tmp_path / "untracked.md").write_text(f"{NEW}/untracked\n")
    (tmp_path / "untouched.md").write_text(f"{OLD}3\n{NEW}/uncommitted")
    return tmp_path


def urls(gathered: Gathered) -> list[str]:
    return sorted(each.url for each in gathered.citations)


def of(where: object, **asked: str) -> Gathered:
    return gather([str(where)], io.BytesIO(), Reading(**asked))  # type: ignore[arg-type]


def test_since_takes_what_the_branch_adds_or_touches_committed_or_not(repository: Path) -> None:
    (repository / "docs" / "a.md").chmod(0o755)
    assert urls(of(repository, since="main")) == [
        NEW,
        f"{NEW}/umlaut",
        f"{NEW}/uncommitted",
        f"{NEW}/untracked",
        TOUCHED,
    ]


def test_since_leaves_out_what_the_other_branch_did_meanwhile(repository: Path) -> None:
    git(repository, "stash", "-q")
    git(repository, "checkout", "-q", "main")
    (repository / "untouched.md").write_text("gone\n")
    git(repository, "commit", "-qam", "three")
    git(repository, "checkout", "-q", "work")
    assert f"{OLD}3" not in urls(of(repository, since="main"))
    assert TOUCHED in urls(of(repository, since="main"))


def test_diff_takes_what_git_diff_shows_of_a_range(repository: Path) -> None:
    assert urls(of(repository, diff="main..work")) == [NEW, f"{NEW}/umlaut", TOUCHED]
    assert urls(of(repository, diff="HEAD")) == [f"{NEW}/uncommitted"]


def test_a_change_that_cites_nothing_is_no_mistake(repository: Path) -> None:
    gathered = of(repository / "docs" / "a.md", diff="HEAD")
    assert (gathered.citations, gathered.problems) == ((), ())


def test_the_users_settings_of_git_change_nothing(repository: Path) -> None:
    for key, value in (("diff.noprefix", "true"), ("diff.mnemonicPrefix", "true"), ("color.ui", "always")):
        git(repository, "config", key, value)
    git(repository, "config", "diff.external", "false")
    assert urls(of(repository, diff="main..work")) == [NEW, f"{NEW}/umlaut", TOUCHED]


QUOTING = """\
# A

The report said “the river had risen by
four metres” at last
([here]({old})), and [there]({old}2) too.

- [one]({old}3)
- [two]({old}4)
"""


@pytest.mark.parametrize(
    ("words", "others", "touched"),
    [
        ("river", "lake", [OLD]),
        ("# A", "# A\n\nMore.", []),
        ("- [one]", "- a word [one]", [f"{OLD}3"]),
        (" at last", "", []),
        ("four metres” at last\n", "four metres”\nat last ", [OLD, f"{OLD}2"]),
    ],
)
def test_a_citation_is_touched_where_its_line_or_its_quote_is(
    words: str, others: str, touched: list[str], repository: Path
) -> None:
    text = QUOTING.format(old=OLD)
    (repository / "q.md").write_text(text)
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "three")
    (repository / "q.md").write_text(text.replace(words, others))
    gathered = of(repository / "q.md", since="HEAD")
    assert [each.url for each in gathered.citations] == touched
    assert len(gathered.untouched) == 4 - len(touched)


def test_a_quote_in_a_list_of_sources_may_change_or_go_without_its_url(repository: Path) -> None:
    listed = repository / "sources.txt"
    listed.write_text(f"{OLD}\n    > one\n    > two\n{OLD}2\n    accessed: 2024-01-01\n")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "three")
    listed.write_text(listed.read_text().replace("    > two\n", ""))
    assert urls(of(listed, since="HEAD")) == [OLD]
    git(repository, "commit", "-qam", "four")
    git(repository, "mv", "sources.txt", "more.txt")
    more = repository / "more.txt"
    more.write_text(more.read_text().replace("2024", "2025"))
    git(repository, "commit", "-qam", "five")
    assert urls(of(more, diff="HEAD~1..HEAD")) == [f"{OLD}2"], "renamed, and touched in one place"


def docx(*links: str) -> bytes:
    named = {f"r{number}": link for number, link in enumerate(links)}
    body = "".join(f'<w:p><w:hyperlink r:id="{name}"><w:r><w:t>words</w:t></w:r></w:hyperlink></w:p>' for name in named)
    return word(body, " ".join(f"{name}={link}" for name, link in named.items()))


def test_of_a_document_without_lines_only_what_it_says_anew_counts(repository: Path) -> None:
    book = repository / "a.docx"
    book.write_bytes(docx(OLD, f"{OLD}2"))
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "three")
    assert urls(of(book, since="HEAD~1")) == [OLD, f"{OLD}2"], "a new one is taken whole"
    book.write_bytes(docx(OLD, NEW, f"{OLD}2", OLD))
    assert urls(of(book, since="HEAD")) == [NEW, OLD]


def test_standard_input_and_urls_are_no_part_of_a_repository_and_are_taken_whole(repository: Path) -> None:
    gathered = gather(["-", f"{OLD}9"], io.BytesIO(f"see {OLD}8".encode()), Reading(since="main"))
    assert urls(gathered) == [f"{OLD}8", f"{OLD}9"]


def test_a_document_that_cannot_be_read_counts_only_where_the_change_touches_it(repository: Path) -> None:
    (repository / "docs" / "old.md").symlink_to("nowhere.md")
    (repository / "docs" / "old.txt").write_bytes(b"\xff\xfe\x00")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "three")
    assert len(of(repository / "docs", since="main").problems) == 2
    (repository / "docs" / "new.txt").write_bytes(b"\xff\xfe\x00")
    assert [Path(each.document).name for each in of(repository / "docs", since="HEAD").problems] == ["new.txt"]
    (missing,) = of(repository / "docs" / "mistyped.md", since="HEAD").problems
    assert "no such file" in missing.message


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"since": "nonsense"}, "git does not know 'nonsense'"),
        ({"diff": "main..nonsense"}, "git does not know 'main..nonsense'"),
        ({"since": "--output=x"}, "takes a revision of git"),
        ({"diff": "--no-index"}, "takes a revision of git"),
    ],
)
def test_a_revision_that_is_none_is_named(repository: Path, asked: dict[str, str], words: str) -> None:
    with pytest.raises(InputError, match=words):
        of(repository / "docs", **asked)


def test_a_clone_of_a_part_of_the_history_says_how_to_fetch_the_rest(repository: Path, tmp_path: Path) -> None:
    before = subprocess.check_output(["git", "-C", str(repository), "rev-parse", "main"], text=True).strip()
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", "clone")
    with pytest.raises(InputError, match=r"git does not know .* not the whole history: git fetch --unshallow"):
        of(tmp_path / "clone" / "docs", since=before)
    assert "whole history" not in _said(repository)


def _said(repository: Path) -> str:
    with pytest.raises(InputError) as caught:
        of(repository / "docs", since="nonsense")
    return str(caught.value)


def test_outside_of_a_repository_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(OLD)
    with pytest.raises(InputError, match="lies in no git repository"):
        of(tmp_path / "a.md", since="main")
