"""Sources that are gone, traced in the demo's web: archives asked once, remembered, heard again without network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from linkcheck.demo import SOURCES, World, serve
from tests.command import run as run_command

SULLIVAN = "remarks-by-national-security-advisor-jake-sullivan"
FROZEN = "https://bidenwhitehouse.archives.gov/briefing-room/"
TRUE_ADDRESS = "https://www.themoscowtimes.com/2024/08/28/russia-bans-92-us-citizens-over-russophobic-policies-a86187"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with serve(tmp_path_factory.mktemp("world")) as up:
        yield up


@pytest.fixture
def folder(tmp_path: Path, world: World) -> Path:
    (tmp_path / "sources.txt").write_text(SOURCES, encoding="utf-8")
    entries = [f"{entry.host}:{entry.port}:{entry.address}:{entry.to_port}" for entry in world.resolve]
    settings = f"resolve = {entries}\ncontrols = {list(world.controls)}\nca-file = '{world.ca_file}'\n"
    (tmp_path / "linkcheck.toml").write_text(settings, encoding="utf-8")
    return tmp_path


def run(folder: Path, *words: str) -> dict[str, dict[str, Any]]:
    """The citations of the report, by a telling part of their address."""
    done = run_command(folder, *words, "--format", "json", env={"CI": "1"})
    assert done.returncode in (0, 1), done.stderr
    made = json.loads(done.stdout)["citations"]
    names = ("moscow", "sullivan", "apnews", "biden", "wikipedia")
    return {next(name for name in names if name in each["url"]): each for each in made}


def told(citation: dict[str, Any]) -> tuple[str, list[tuple[str, bool]], list[tuple[bool, str]]]:
    suggestions = [(each["kind"], each["verified"]) for each in citation["suggestions"]]
    return citation["trace"], suggestions, [(each["found"], each["where"]) for each in citation["quotes_found"]]


def test_a_check_says_of_the_five_sources_what_became_of_them(folder: Path) -> None:
    made = run(folder, "check")
    assert told(made["moscow"]) == ("neighbours", [("neighbour", True)], [])
    assert made["moscow"]["suggestions"][0]["url"] == TRUE_ADDRESS
    assert made["sullivan"]["suggestions"][0]["url"].startswith(FROZEN)
    assert SULLIVAN in made["sullivan"]["suggestions"][0]["url"]
    for gone in ("sullivan", "biden"):
        assert told(made[gone]) == ("captures", [("moved-collection", True), ("memento", True)], [(True, "memento")])
        assert "the quote is on it" in made[gone]["suggestions"][0]["evidence"]
    assert (made["apnews"]["state"], made["apnews"]["suggestions"]) == ("blocked", [])
    assert made["wikipedia"]["state"] == "alive"
    assert [(each["quote"], each["found"]) for each in made["wikipedia"]["quotes_found"]] == [
        ("Distrust and can’t verify", False)
    ]


def test_a_report_hears_the_same_again_without_network(folder: Path) -> None:
    checked = run(folder, "check")
    (folder / "linkcheck.toml").unlink()
    reported = run(folder, "report")
    assert {name: told(each) for name, each in reported.items()} == {name: told(each) for name, each in checked.items()}
    assert reported["sullivan"]["traced"] == "An archive holds 4 captures of this address, the first of 2023-06-02."


def test_an_archive_is_not_asked_again_for_what_it_said_lately(folder: Path) -> None:
    first = run(folder, "check")
    # An archive that nobody can reach: whatever is known now was remembered.
    second = run(folder, "check", "--wayback", "https://nowhere.example")
    assert {name: told(each) for name, each in second.items()} == {name: told(each) for name, each in first.items()}


def test_nobody_is_asked_for_traces_where_that_is_not_wanted(folder: Path) -> None:
    made = run(folder, "check", "--no-trace")
    assert told(made["moscow"]) == ("not-asked", [], [])
    assert made["moscow"]["state"] == "dead"


def test_a_frozen_copy_that_the_user_knows_of_is_looked_at_too(folder: Path) -> None:
    settings = folder / "linkcheck.toml"
    row = "www.themoscowtimes.com/2025 - - https://en.wikipedia.org"
    settings.write_text(f"{settings.read_text()}moved-collections = ['{row}']\n")
    made = run(folder, "check")
    # It answers 404 there: a candidate that is not there is not suggested.
    assert told(made["moscow"]) == ("neighbours", [("neighbour", True)], [])
    settings.write_text(settings.read_text().replace("https://en.wikipedia.org", "https://example.com/?kept="))
    made = run(folder, "check", "--archive", "another")
    kinds = [(each["kind"], each["verified"]) for each in made["moscow"]["suggestions"]]
    assert ("moved-collection", True) not in kinds


def test_a_dead_source_that_is_cited_by_its_copy_does_not_fail_the_run(folder: Path) -> None:
    source = next(line for line in SOURCES.splitlines() if SULLIVAN in line)
    copy = f"https://web.archive.org/web/20240822113407/{source}"
    (folder / "sources.txt").write_text(f"{copy}\n", encoding="utf-8")
    made = run(folder, "check", "--no-trace")["sullivan"]
    assert (made["state"], made["memento"], made["shortfalls"]) == ("dead", copy, [])
    assert copy in [each["url"] for each in made["suggestions"]]
    (folder / "sources.txt").write_text(f"{source}\n", encoding="utf-8")
    assert run(folder, "check", "--no-trace")["sullivan"]["shortfalls"] != []


def test_a_copy_that_the_text_gives_is_opened_and_one_that_shows_nothing_excuses_nothing(folder: Path) -> None:
    source = next(line for line in SOURCES.splitlines() if SULLIVAN in line)
    copy = f"https://web.archive.org/web/20240822113407/{source}"
    (folder / "sources.txt").write_text(f"{copy}\n    > without preconditions\n", encoding="utf-8")
    made = run(folder, "check")["sullivan"]
    (suggested,) = [each for each in made["suggestions"] if each["url"] == copy]
    assert suggested["verified"], suggested
    assert (made["state"], made["shortfalls"]) == ("dead", [])
    # The archive holds this one as a 404: the site was gone by then.
    copy = f"https://web.archive.org/web/20250121063318/{source}"
    (folder / "sources.txt").write_text(f"{copy}\n", encoding="utf-8")
    made = run(folder, "check")["sullivan"]
    assert copy not in [each["url"] for each in made["suggestions"]]
    assert made["shortfalls"] == ["dead sources fail the run (fail-on)"]
