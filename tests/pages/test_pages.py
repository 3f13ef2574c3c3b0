"""The pages of docs/ say what is true of the program, and hang together."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from linkcheck import documents, extract
from linkcheck.model import Citation, Document, Finding, QuoteMatch, Report, Snapshot, State, Verdict
from linkcheck.reports._words import PARTS
from linkcheck.score import score
from tests.command import run as run_command
from tests.pages.commands_page import commands_page
from tests.pages.comparison_page import comparison_page
from tests.pages.configuration_page import configuration_page
from tests.pages.documents_page import WITHOUT_LINES, documents_page
from tests.pages.manpage import manpage
from tests.pages.told import commands, program
from tests.readme import ROOT

DOCS = ROOT / "docs"
SAMPLES = ROOT / "tests" / "extract" / "real"
PAGES = sorted(path.name for path in DOCS.glob("*.md"))
NOW = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("commands.md", commands_page),
        ("configuration.md", configuration_page),
        ("documents.md", documents_page),
        ("comparison.md", comparison_page),
        ("man/linkcheck.1", manpage),
    ],
)
def test_a_page_that_is_written_from_the_program_is_up_to_date(name: str, write: Callable[[], str]) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == write(), "run: make pages"


@pytest.mark.parametrize("name", PAGES)
def test_commands_and_options_that_a_page_names_exist(name: str) -> None:
    known = {told.name: _flags(told.options) for told in commands()}
    every = set().union(*known.values(), _flags(program().options))
    for line in (DOCS / name).read_text(encoding="utf-8").splitlines():
        for called in re.findall(r"(?<![\w./-])linkcheck ([a-z]+(?: [^`|#>&;]*)?)", line if _is_code(line) else ""):
            words = called.split()
            used = {word.partition("=")[0] for word in words if re.match(r"--[a-z]", word)}
            if words[0] in known:
                assert used <= known[words[0]], line
            assert used <= every, line


def _is_code(line: str) -> bool:
    return "`linkcheck " in line or line.startswith(("linkcheck ", "$ linkcheck "))


def _flags(options: tuple[tuple[str, str], ...]) -> set[str]:
    return {word for written, _ in options for word in re.findall(r"--[a-z][a-z-]*", written)}


REAL = sorted(path.with_name(path.name.removesuffix(".expected.jsonl")) for path in SAMPLES.glob("*.expected.jsonl"))


def test_the_formats_without_lines_are_those_that_the_page_of_documents_says() -> None:
    lined: dict[str, set[bool]] = {}
    for document in documents.read_all(list(map(str, REAL))):
        for each in extract.citations(document) if isinstance(document, Document) else ():
            if isinstance(each, Citation):
                lined.setdefault(document.format, set()).add(bool(each.line))
                assert each.line or each.place
    assert {name for name, has in lined.items() if has == {False}} == WITHOUT_LINES.keys() & lined.keys()
    assert all(len(has) == 1 for has in lined.values())
    assert len(lined) > len(extract.formats()) / 2


# ---------------------------------------------------------------- the score


def table(text: str, *columns: str) -> list[dict[str, str]]:
    """The rows of the first table that has these columns."""
    for block in re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE):
        head, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in block.splitlines()]
        if set(columns) <= set(head):
            return [dict(zip(head, row, strict=True)) for row in rows]
    raise AssertionError(f"no table has {columns}")


def _finding(row: dict[str, str]) -> Finding:
    url = f"https://{row['#']}.example/"
    quotes = {"": (), "found": (QuoteMatch("words", True),), "not found": (QuoteMatch("words", False),)}[row["quotes"]]
    cited = Citation(url, url, "a.md", 1, 1, quotes=tuple(match.quote for match in quotes))
    copy = Snapshot(url, "warcs/a.warc.gz#0", NOW, "local", 200, "sha256:00")
    verdict = Verdict(State(row["state"]), row["reason"], "", quotes=quotes)
    return Finding(cited, verdict, snapshots=(copy,) if row["copy"] == "yes" else ())


def test_the_example_of_the_score_comes_out_as_its_page_says() -> None:
    text = (DOCS / "score.md").read_text(encoding="utf-8")
    found = score(Report("check", NOW, "linkcheck", tuple(map(_finding, table(text, "#", "state", "quotes", "copy")))))
    told = {row["part"]: row for row in table(text, "part", "good", "of", "share")}
    assert list(told) == [PARTS[part.name] for part in found.parts]
    for part in found.parts:
        assert part.share is not None
        shown = {"part": PARTS[part.name], "good": str(part.good), "of": str(part.of), "share": f"{part.share:.1%}"}
        assert {**told[PARTS[part.name]], "share": told[PARTS[part.name]]["share"].replace(" %", "%")} == shown
    assert f"the score is **{found.value}**, with {found.untold} that could not be told" in text
    shares = " + ".join(f"{100 * (part.share or 0):.1f}" for part in found.parts)
    assert f"({shares}) / 4 = " in text


# ---------------------------------------------------------------- the manual page


@pytest.mark.skipif(shutil.which("mandoc") is None, reason="there is no mandoc here")
def test_mandoc_finds_nothing_wrong_with_the_manual_page() -> None:
    done = subprocess.run(
        ["mandoc", "-Tlint", DOCS / "man" / "linkcheck.1"], capture_output=True, text=True, check=False
    )
    wrong = [line for line in (done.stdout + done.stderr).splitlines() if "missing date" not in line]
    assert wrong == []


@pytest.mark.skipif(shutil.which("groff") is None, reason="there is no groff here")
def test_groff_shows_every_command_and_option_of_the_manual_page() -> None:
    done = subprocess.run(
        ["groff", "-man", "-ww", "-Tascii", "-P-cbou", "-rLL=200n", "-rHY=0", DOCS / "man" / "linkcheck.1"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stderr == ""
    for told in commands():
        section = re.search(rf"^   {told.name}\n(.*?)(?=^   \w|^\w)", done.stdout, re.DOTALL | re.MULTILINE)
        assert section is not None, told.name
        assert _flags(told.options) <= set(re.findall(r"--[a-z][a-z-]*", section[1])), told.name
        assert told.examples[0] in section[1]


# ---------------------------------------------------------------- the site


def _checked(folder: Path, root: Path) -> tuple[list[tuple[str, str, str]], set[str]]:
    """What linkcheck says of a site's own links, and the URLs that lead out of it, which are listed and not asked."""
    (folder / "linkcheck.toml").write_text('exclude = ["*"]\n')
    done = run_command(folder, "check", str(root), "--root", str(root), "--format", "json")
    assert done.stderr == ""
    told = json.loads(done.stdout)["citations"]
    broken = [(each["document"], each["written"], each["reason"]) for each in told if each["reason"] != "excluded"]
    return broken, {each["url"] for each in told if each["reason"] == "excluded"}


def test_links_between_the_pages_lead_somewhere_as_linkcheck_itself_says(tmp_path: Path) -> None:
    broken, outward = _checked(tmp_path, DOCS)
    assert broken == []
    assert "https://opml.org/spec2.opml" in outward


def test_every_page_stands_in_the_navigation_of_the_site() -> None:
    nav = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    assert sorted(re.findall(r"[\w-]+\.md", json.dumps(nav))) == PAGES


@pytest.mark.skipif(importlib.util.find_spec("material") is None, reason="mkdocs-material is not here (extra: docs)")
def test_the_site_is_built_strictly_and_fetches_nothing_from_elsewhere(tmp_path: Path) -> None:
    site = tmp_path / "site"
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(site)],
        cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    for name in PAGES:
        tree = LexborHTMLParser((site / name).with_suffix(".html").read_text(encoding="utf-8"))
        fetched = [
            node.attributes.get(attribute) or ""
            for attribute, query in (("src", "[src]"), ("href", "link[href]"))
            for node in tree.css(query)
        ]
        assert fetched
        assert [address for address in fetched if re.match(r"(?:https?:)?//", address)] == []
    (site / "404.html").unlink()  # its links are for the root of a server
    broken, _ = _checked(tmp_path, site)
    assert broken == []
