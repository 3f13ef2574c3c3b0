"""Quotes of a text whose URLs stand apart from its sentences go to the sources that have them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from linkcheck.demo import World, serve
from linkcheck.matching import matched
from linkcheck.model import Citation, Finding, QuoteMatch, State, Verdict
from tests.command import run as run_command

A, B = "https://a.example/", "https://b.example/"
ONE, TWO = "the one thing", "the other thing"


def finding(url: str, *quotes: QuoteMatch, apart: bool = True, document: str = "d.txt") -> Finding:
    citation = Citation(url, url, document, 1, 1, loose=(ONE, TWO), apart=apart)
    return Finding(citation, Verdict(State.ALIVE, "ok", "It answers.", quotes=quotes))


def test_a_passage_that_one_source_has_is_shown_there_and_missed_nowhere() -> None:
    told, notes = matched(
        [
            finding(A, QuoteMatch(ONE, True, "live"), QuoteMatch(TWO, False)),
            finding(B, QuoteMatch(ONE, False), QuoteMatch(TWO, True, "memento")),
        ]
    )
    assert [[match.quote for match in each.verdict.quotes] for each in told] == [[ONE], [TWO]]
    assert notes == ()


def test_a_passage_that_no_source_has_is_said_once_with_how_many_could_be_read() -> None:
    unread = finding("https://c.example/")
    nearly = QuoteMatch(TWO, False, "live", ("the source has “another” for “the other”",))
    told, notes = matched([finding(A, QuoteMatch(ONE, True, "live"), nearly), unread])
    assert [len(each.verdict.quotes) for each in told] == [1, 0]
    assert notes == (
        f"d.txt: “{TWO}” stands in none of the sources that could be read (1 of 2). "
        f"{A} comes near to it: the source has “another” for “the other”.",
    )


def test_where_nobody_could_look_nothing_is_said() -> None:
    assert matched([finding(A), finding(B)])[1] == ()


def test_each_document_is_matched_by_itself() -> None:
    _, notes = matched(
        [finding(A, QuoteMatch(ONE, False)), finding(A, QuoteMatch(ONE, True, "live"), document="e.txt")]
    )
    assert [note.partition(":")[0] for note in notes] == ["d.txt"]


def test_passages_beside_their_source_are_none_of_this() -> None:
    before = finding(A, QuoteMatch(ONE, False), apart=False)
    assert matched([before]) == ((before,), ())


ARTICLE = """\
What the advisor offered in June he offered “without preconditions,” and nobody took it up. A recent
Gazette article had said as much.

To call that policy “Distrust and can’t verify” would be unkind.


https://www.whitehouse.gov/briefing-room/speeches-remarks/2023/06/02/\
remarks-by-national-security-advisor-jake-sullivan-for-the-arms-control-association-aca-annual-forum/
https://apnews.com/article/russia-united-states-lavrov-nuclear-ukraine-0065bdbf7aafb340df64a34800698cd4
https://en.wikipedia.org/wiki/Trust,_but_verify

Related article: What nobody ever linked to
"""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with serve(tmp_path_factory.mktemp("world")) as up:
        yield up


@pytest.fixture
def folder(tmp_path: Path, world: World) -> Path:
    entries = [f"{entry.host}:{entry.port}:{entry.address}:{entry.to_port}" for entry in world.resolve]
    settings = f"resolve = {entries}\ncontrols = {list(world.controls)}\nca-file = '{world.ca_file}'\n"
    (tmp_path / "linkcheck.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def run(folder: Path, *words: str) -> dict[str, Any]:
    done = run_command(folder, *words, "--format", "json", env={"CI": "1"})
    assert done.returncode in (0, 1), done.stderr
    made: dict[str, Any] = json.loads(done.stdout)
    return made


@pytest.mark.parametrize("command", ["check", "archive"])
def test_an_article_is_told_which_source_has_which_quote_and_which_has_none(folder: Path, command: str) -> None:
    made = run(folder, command, "article.txt")
    sullivan, apnews, wikipedia = made["citations"]
    assert [each["line"] for each in made["citations"]] == [7, 8, 9]
    found = [(each["quote"], each["found"], each["where"]) for each in sullivan["quotes_found"]]
    assert found == [("without preconditions", True, "memento")]
    assert (apnews["quotes_found"], wikipedia["quotes_found"]) == ([], [])
    assert "is not on it" not in wikipedia["evidence"]
    assert wikipedia["state"] == "alive"
    notes = [note for note in made["notes"] if note.startswith("article.txt")]
    assert notes[:2] == [
        "article.txt:1: a reference that a reader cannot follow: A recent Gazette article",
        "article.txt:11: a reference that a reader cannot follow: Related article: What nobody ever linked to",
    ]
    assert len(notes) == 3
    assert "“Distrust and can’t verify” stands in none of the sources that could be read (2 of 3)." in notes[2]


def test_what_the_settings_exclude_is_not_asked(folder: Path) -> None:
    settings = folder / "linkcheck.toml"
    settings.write_text(f"{settings.read_text()}exclude = ['https://apnews.com/*', '*/wiki/Trust,_but*']\n")
    made = run(folder, "check", "article.txt")
    assert [(each["state"], each["reason"]) for each in made["citations"]][1:] == [("unknown", "excluded")] * 2
    settings.write_text(settings.read_text().replace("exclude = [", "include = ['https://www.whitehouse.gov/*'] #"))
    again = run(folder, "check", "article.txt")
    assert [each["reason"] for each in again["citations"]] == [each["reason"] for each in made["citations"]]
