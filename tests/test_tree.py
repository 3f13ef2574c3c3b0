"""--root: links of a site to its own files are held against the tree; a broken one fails the run like a dead source."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from linkcheck.conduct import Reading
from linkcheck.errors import InputError
from linkcheck.wiring import gather
from tests.command import run as run_command

SITE = {
    "index.md": "# Home & away\n\n[a](docs/a.md) [b](/docs/a) [c](docs/a.html#first-part) [d](#home-away) [e](docs/)\n",
    "docs/a.md": "# A\n\n## First part!\n\n## First part!\n\n<a name='Mark'></a>\n\n### Named {#own-id}\n",
    "docs/README.md": "# Docs\n",
    "page.html": "<h1 id='top-of-it'>x</h1><a href='docs/a.md'>a</a><a href='#top-of-it'>b</a><img src='p%20q.png'>",
    "p q.png": "",
}

WELL = [
    "[a](docs/a.md#first-part-1)",
    "[a](docs/a.md#Mark)",
    "[a](docs/a.md#own-id)",
    "[a](./docs/../docs/a.md?x=1#first-part)",
    "[a](#top) [b](#fn1) [c](page.html#top-of-it)",
    "[a](../elsewhere.md)",
    "[a](mailto:a@b.example) [b](//c.example/x) [c](javascript:void(0)) [d](data:,x)",
    "[a]({{ site.url }}/x) [b](<%= x %>/y)",
    "`[a](nowhere.md)`\n\n```\n[a](nowhere.md)\n```",
    "[a](nowhere.md) <!-- linkcheck: ignore -->",
    "[a](docs/a.md#:~:text=first)",
    "![a](p%20q.png)",
]

BROKEN = {
    "[a](nowhere.md)": ("file-missing", "file:///nowhere.md"),
    "![a](no.png)": ("file-missing", "file:///no.png"),
    "[a](/docs/b.html)": ("file-missing", "file:///docs/b.html"),
    "[a]\n\n[a]: docs/nowhere.md#x": ("file-missing", "file:///docs/nowhere.md#x"),
    "[a](docs/a.md#second-part)": ("anchor-missing", "file:///docs/a.md#second-part"),
    "[a](#topics-of-it)": ("anchor-missing", "file:///new.md#topics-of-it"),
    "[a](page.html#Top-of-it)": ("anchor-missing", "file:///page.html#Top-of-it"),
    "[a](#nothing-here)": ("anchor-missing", "file:///new.md#nothing-here"),
    "<a href='x.html'>x</a>": ("file-missing", "file:///x.html"),
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, text in SITE.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "site"


def broken(site: Path, name: str = "") -> list[tuple[str, str]]:
    gathered = gather([str(site / name)], io.BytesIO(), Reading(root=str(site)))
    assert not gathered.problems
    return [(verdict.reason, citation.url) for citation, verdict in gathered.broken]


def test_a_site_whose_links_lead_somewhere_has_nothing_to_tell(site: Path) -> None:
    assert broken(site) == []


@pytest.mark.parametrize("text", WELL)
def test_what_is_there_or_is_not_the_trees_to_tell_is_passed_over(site: Path, text: str) -> None:
    (site / "new.md").write_text(text)
    assert broken(site, "new.md") == []


@pytest.mark.parametrize("text", BROKEN)
def test_what_is_not_there_is_told(site: Path, text: str) -> None:
    (site / "new.md").write_text(text)
    assert broken(site, "new.md") == [BROKEN[text]]


def test_it_fails_the_run_and_stands_in_the_report_like_a_dead_source(site: Path) -> None:
    (site / "new.md").write_text("words [a](nowhere.md) words\n\n[b](docs/a.md#x)\n")
    done = run_command(site, "check", "new.md", "--root", ".", "--format", "json")
    assert done.returncode == 1, done.stderr
    told = json.loads(done.stdout)["citations"]
    assert [(each["state"], each["reason"], each["written"], each["line"]) for each in told] == [
        ("dead", "file-missing", "nowhere.md", 1),
        ("drifted", "anchor-missing", "docs/a.md#x", 3),
    ]


def test_a_root_that_is_no_directory_is_an_error(site: Path) -> None:
    with pytest.raises(InputError, match="is no directory"):
        gather([str(site)], io.BytesIO(), Reading(root=str(site / "index.md")))


def test_only_what_a_fragment_can_lead_to_is_a_place_of_a_page(site: Path) -> None:
    (site / "places.html").write_text(
        "<meta name=viewport content=x><!-- <p id=hidden> --><script>'<p id=made>'</script>"
        "<p id='a&amp;b'>x<p id=plain>y<a name=old>z</a>"
    )
    there, gone = ("plain", "old", "a%26b"), ("viewport", "hidden", "made")
    (site / "new.md").write_text(" ".join(f"[x](places.html#{place})" for place in (*there, *gone)))
    assert [url.partition("#")[2] for _, url in broken(site, "new.md")] == list(gone)


def test_relative_links_of_a_published_page_are_citations_of_where_it_was_published(site: Path) -> None:
    page = site / "deep" / "page one.html"
    page.parent.mkdir()
    page.write_text("<a href='../x.html'>x</a> <a href='https://a.example/'>a</a>")

    def cited(**more: str) -> list[str]:
        gathered = gather([str(page)], io.BytesIO(), Reading(**more))  # type: ignore[arg-type]
        return [citation.url for citation in gathered.citations]

    assert cited() == ["https://a.example/"]
    assert cited(base="https://b.example/texts/one/p.html") == ["https://b.example/texts/x.html", "https://a.example/"]
    below = cited(base="https://b.example/texts", root=str(site))
    assert below == ["https://b.example/texts/x.html", "https://a.example/"]
    with pytest.raises(InputError, match="--base: 'nonsense' is no address"):
        cited(base="nonsense")
